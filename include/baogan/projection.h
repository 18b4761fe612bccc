/* The projection: simulated futures of demand put through budget, instalments, settlement and pool,
 * years linked, summarised. */
#ifndef BAOGAN_PROJECTION_H
#define BAOGAN_PROJECTION_H

#include <baogan/contract.h>
#include <baogan/demand.h>
#include <baogan/summary.h>

/* Everything that was read from a scenario; checking a scenario is building this. */
typedef struct bg_model {
    bg_contract contract;
    bg_demand *demand;
    bg_horizon horizon;
    bool of_area;       /* the communities of an area together: each is settled by itself */
    bool shares_demand; /* which is another model's */
} bg_model;

/* Reads all parts, collecting the errors of all. bg_model_free is safe after failure and twice. */
bg_status bg_model_read(const bg_scenario *scenario, bg_model *self, bg_errors *errors);
/* The same of a scenario that since `like` was read from it has changed in nothing that demand reads
 * (bg_catalogue_reader), at a fifth of the cost: the demand is that of `like`, which must outlive it. */
bg_status bg_model_read_like(const bg_scenario *scenario, const bg_model *like, bg_model *self,
                             bg_errors *errors);
void bg_model_free(bg_model *self);

/* Outcomes by scheme and year. X(name, English, Chinese); all in fen. Fund and institution outcomes
 * follow, named "fund.<name>" (closing balance) and "institution.<name>" (result less disallowed), "purpose.<name>" (use of what is kept), and last
 * "score" where performance is simulated: hundredths of a point, cut, which all schemes have in common.
 * over_budget, surplus and overspend are never negative. Of all schemes together they and lowest_cash
 * are those of the sums; every other outcome is a sum itself. */
#define BG_OUTCOMES(X)                                                                             \
    X(budget, "budget (annual payment total)", "年度付费总额")                                     \
    X(payable, "payable (budget less funds)", "可支付额（总额扣除预留资金）")                      \
    X(expense, "expense", "基金支出")                                                              \
    X(outside, "expense outside the county", "县外支出")                                           \
    X(over_budget, "expense over budget", "超出总额")                                              \
    X(balance, "balance before sharing", "分担前结余")                                             \
    X(surplus, "surplus before sharing", "结余")                                                   \
    X(overspend, "overspend before sharing", "超支")                                               \
    X(released, "released from funds", "预留资金返还")                                             \
    X(covered, "emergency cover", "突发事件弥补")                                                  \
    X(shared, "borne or taken by the pool", "统筹基金承担")                                        \
    X(shared_total, "borne or taken by the pool so far (added up)", "统筹基金累计承担")            \
    X(result, "community's result", "医共体留用或承担")                                            \
    X(disallowed, "disallowed", "不予支付")                                                        \
    X(entitlement, "entitlement", "应付额")                                                        \
    X(clearing, "year-end clearing", "年终清算")                                                   \
    X(reserve, "community reserve (results added up)", "医共体累计留用")                           \
    X(income, "pool income", "基金收入")                                                           \
    X(pool_balance, "pool balance", "统筹基金累计结余")                                            \
    X(lowest_cash, "lowest cash of the year", "年内最低现金")                                      \
    X(patients, "patients' own payments", "个人支付")

typedef enum bg_outcome {
#define BG_OUTCOME_ENUM(name, en, zh) BG_OUTCOME_##name,
    BG_OUTCOMES(BG_OUTCOME_ENUM)
#undef BG_OUTCOME_ENUM
        BG_OUTCOME_COUNT
} bg_outcome;

/* Events by scheme and year. X(name, English, Chinese). risk_exhausted: a fund that carries over is
 * drawn and empty at the year's end. Of all schemes together they are read off the sums, but
 * risk_exhausted, pool_deficit and emergency happen where any scheme has them. A pool whose income is
 * not given is never in deficit. */
#define BG_EVENTS(X)                                                                               \
    X(over_budget, "expense over budget", "支出超过总额")                                          \
    X(overspend, "overspend before sharing", "发生超支")                                           \
    X(loss, "community makes a loss", "医共体承担超支")                                            \
    X(risk_exhausted, "a carried fund runs out", "结转资金用尽")                                   \
    X(pool_deficit, "pool balance below zero", "统筹基金累计赤字")                                 \
    X(cash_negative, "cash below zero in some month", "月度现金为负")                              \
    X(emergency, "an emergency begins", "发生突发公共卫生事件")

typedef enum bg_event {
#define BG_EVENT_ENUM(name, en, zh) BG_EVENT_##name,
    BG_EVENTS(BG_EVENT_ENUM)
#undef BG_EVENT_ENUM
        BG_EVENT_COUNT
} bg_event;

const char *bg_event_name(bg_event event); /* "overspend", … */

/* Sharing bands are events, too: that the rate of surplus or overspend of a scheme lies in a band of the plan in force.
 * Their numbers are those of bg_settlement_block.band: 1, 2, … of a surplus, -1, -2, … of an overspend. The number of
 * bands of a side, the most that a scheme has; 0 for an area, which no plan settles. */
size_t bg_model_band_count(const bg_model *self, bool of_overspend);
/* "overspend_band2"; at most so long. */
#define BG_BAND_NAME 32
const char *bg_band_name(int band, char buffer[BG_BAND_NAME]);

/* What a projection of the model has. Units: scheme 0..scheme_count-1, and scheme_count for all
 * schemes together where there are two. Outcomes: BG_OUTCOMES, then the funds, then the
 * institutions, then the purposes of what is kept, then the score where it is simulated. */
size_t bg_model_unit_count(const bg_model *self);
/* The unit of events alone: that a future has the event in at least one scheme, in any year also in
 * different ones. The number after those of all other units; of one scheme it is the scheme. */
size_t bg_model_unit_any(const bg_model *self);
const char *bg_model_unit(const bg_model *self, size_t unit); /* "residents", …, "all", "any" */
size_t bg_model_outcome_count(const bg_model *self);

typedef enum bg_outcome_kind {
    BG_OUTCOME_KIND_PLAIN,       /* of BG_OUTCOMES */
    BG_OUTCOME_KIND_FUND,        /* what a fund holds at the end of the year */
    BG_OUTCOME_KIND_INSTITUTION, /* the result of an institution less its disallowed expense */
    BG_OUTCOME_KIND_PURPOSE,     /* what goes to a purpose of what is kept */
    BG_OUTCOME_KIND_SCORE,       /* the performance score */
    BG_OUTCOME_KIND_COUNT
} bg_outcome_kind;

typedef struct bg_outcome_info {
    bg_outcome_kind kind;
    const char *name; /* of the outcome, the fund or the institution; borrowed from the model */
    bool balance;     /* of several years the last one counts, not the sum */
} bg_outcome_info;

/* Whether the last outcome is the score. */
bool bg_model_has_score(const bg_model *self);
bg_outcome_info bg_model_outcome_info(const bg_model *self, size_t outcome);
/* The machine name of an outcome; new string, NULL when out of memory. */
char *bg_model_outcome(const bg_model *self, size_t outcome);

typedef struct bg_projection bg_projection;

/* As many futures as the numbers of random draws can tell apart. */
#define BG_MOST_REPLICATIONS INT64_C(4000000000)

struct bg_figure;
struct bg_kept;
struct bg_target;
struct bg_reading;

/* All zero asks for everything. */
typedef struct bg_projection_options {
    int threads;                                   /* 0: as OpenMP decides */
    void (*progress)(void *context, double share); /* or NULL; one thread at a time */
    void *context;
    const volatile int *stop; /* non-zero: BG_INTERRUPTED; may be NULL */
    const bool *outcomes;     /* [bg_model_outcome_count]: which are wanted; NULL: all */
    bool no_cash;             /* monthly cash is not wanted (lowest_cash is an outcome) */
    bool no_cash_event; /* nor is the chance that it falls below zero, which is then nothing */
    bool no_bands;      /* chances of sharing bands are not wanted */
    size_t
        years; /* only the first so many budget years are run, but for the central path; 0: all */
    bool keep; /* all draws, 8 bytes each, also beyond what statistics need */
    size_t block_size; /* futures simulated at a time, 0: as is fastest; no result depends on it */
    /* Handed the draws of replications first + 1 … first + n as they pass, in order, one call at a
     * time; or NULL. What it returns other than BG_OK ends the run. */
    bg_status (*take)(void *context, const bg_projection *self, size_t first, size_t n,
                      bg_errors *errors);
    void *take_context;
    /* Ends the run at the first of 1,000 · 2^k replications at which the target is met (see figure.h),
     * or at the most allowed, which is looked at too; or NULL. */
    const struct bg_target *until;
    size_t most; /* replications, up to BG_MOST_REPLICATIONS; 0: simulation.replications */
    /* Means given an event that will be asked for, so that they are known also of more replications than draws are
     * kept of, and effective shares, which take runs of their own; other figures are passed over. That of `until` is
     * one without being named. */
    const struct bg_figure *figures;
    size_t figure_count;
    /* Futures of other runs: those drawn by the same demand are taken, others kept; the bits are those of drawing. NULL:
     * all is drawn. Where providers respond their demand follows the contract, and only pilot futures are kept. The model's
     * demand is to be as it was read (sim/projection/drawn.h). */
    struct bg_kept *kept;
    /* Of one community: its providers do what they did there, and no pilot futures are drawn for it; or NULL. */
    const bg_projection *respond_as;
} bg_projection_options;

/* What a run of the model refuses before its first future, though the model can be read: figures of the pool without
 * its income, pots of which only real years tell the expense. */
bg_status bg_projection_check(const bg_model *model, bg_errors *errors);
/* Runs simulation.replications futures, or as many as the options say, and the central path. The model
 * must outlive the result. */
bg_status bg_projection_run(const bg_model *model, const bg_projection_options *options,
                            bg_projection **projection, bg_errors *errors);
void bg_projection_free(bg_projection *self);

/* Of an outcome that was not wanted, and of cash where it was not, statistics and draws are NULL and
 * convergence is NaN; probabilities and the central path are always there. */

size_t bg_projection_unit_count(const bg_projection *self);
/* See bg_model_unit_any: bg_projection_probability and _ever take it too. */
size_t bg_projection_unit_any(const bg_projection *self);
const char *bg_projection_unit(const bg_projection *self, size_t unit);
size_t bg_projection_year_count(const bg_projection *self);
int bg_projection_year(const bg_projection *self, size_t year);
size_t bg_projection_replications(const bg_projection *self);
/* How the target of the options stood at the end; NULL where there was none. */
const struct bg_reading *bg_projection_reading(const bg_projection *self);
/* Outcomes with funds and institutions appended; names are machine names. */
size_t bg_projection_outcome_count(const bg_projection *self);
const char *bg_projection_outcome(const bg_projection *self, size_t outcome);
bg_outcome_info bg_projection_outcome_info(const bg_projection *self, size_t outcome);
int bg_projection_outcome_index(const bg_projection *self, const char *name); /* -1 if none */

const bg_statistics *bg_projection_statistics(const bg_projection *self, size_t unit, size_t year,
                                              size_t outcome);
bg_probability bg_projection_probability(const bg_projection *self, size_t unit, size_t year,
                                         bg_event event);
/* Probability that the event happens in at least one year. */
bg_probability bg_projection_probability_ever(const bg_projection *self, size_t unit,
                                              bg_event event);
/* That the unit, a scheme, is in a sharing band in the year or, of the number of years, in any of them; of any scheme
 * that at least one is. Nothing where bands were not wanted or the band is none of the model's: n is 0. */
bg_probability bg_projection_band(const bg_projection *self, size_t unit, size_t year, int band);
bg_fen bg_projection_central(const bg_projection *self, size_t unit, size_t year, size_t outcome);
/* The draws of one outcome, in order of replication (borrowed); NULL where they were not kept: of more
 * than 100,000 replications, or of more than 512 MiB in all, unless the options say so. */
const bg_fen *bg_projection_draws(const bg_projection *self, size_t unit, size_t year,
                                  size_t outcome);
/* The events of the same futures (bit e is event e), NULL likewise. */
const uint8_t *bg_projection_events(const bg_projection *self, size_t unit, size_t year);
/* How many draws of an outcome that was wanted are below each of the `count` edges, which rise: exactly
 * where the draws are kept, else to a small part of a bin. BG_MEMORY. */
bg_status bg_projection_below(const bg_projection *self, size_t unit, size_t year, size_t outcome,
                              const bg_fen *edges, size_t count, size_t *below);
/* Cash position of the community at the end of a month: instalments less the fund payments that it makes
 * itself, since January of that year: those in the county, and those outside it unless the pool pays these
 * (`budget.prepayment.outside`), and less what it pays beside care (bg_demand_outlay_of_month). At the end of
 * December, cash + clearing = entitlement - expense - these outlays. */
const bg_statistics *bg_projection_cash(const bg_projection *self, size_t unit, size_t year,
                                        size_t month);
bg_fen bg_projection_central_cash(const bg_projection *self, size_t unit, size_t year,
                                  size_t month);
/* What providers did in a year of a scheme (`response`). */
typedef struct bg_response_year {
    double kept,
        kept_se;     /* share of a yuan saved that the community keeps, before they do anything */
    bool known;      /* it is known; else nothing was done */
    double strength; /* how much of their full response there was: 0 to 1 */
    double without, with; /* expected expense in fen if they did nothing, and as it is */
    /* What that is more, in the order in which they are counted: by spending less on a case in the county, by heavier
     * cases there, by bringing cases home. */
    double by_spending_less, by_heavier, by_home;
} bg_response_year;
/* NULL where the scenario says nothing of it, and for an area's whole. */
const bg_response_year *bg_projection_response(const bg_projection *self, size_t scheme,
                                               size_t year);
/* Care of a line in a budget year on the central path: cases, and in fen what the fund and patients pay for them. */
typedef struct bg_line_care {
    double cases, paid, patients;
} bg_line_care;
/* As it is, or as if providers did nothing. NULL where no account of institutions is asked for (bg_accounts_read), and
 * for an area's whole. */
const bg_line_care *bg_projection_care(const bg_projection *self, bool response, size_t line,
                                       size_t year);
/* Convergence: mean with standard error of an outcome at N/8, N/4, N/2, N (rows 0..3). */
void bg_projection_convergence(const bg_projection *self, size_t unit, size_t year, size_t outcome,
                               size_t n[4], double mean[4], double se[4]);

/* While options.take is called: the first of the n draws that pass, of an outcome and of cash at the end
 * of a month (NULL where not wanted), and of events (bit e is event e). */
const bg_fen *bg_projection_passing(const bg_projection *self, size_t unit, size_t year,
                                    size_t outcome);
const bg_fen *bg_projection_passing_cash(const bg_projection *self, size_t unit, size_t year,
                                         size_t month);
const uint8_t *bg_projection_passing_events(const bg_projection *self, size_t unit, size_t year);

#endif
