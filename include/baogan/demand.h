/* The demand model: expense of each scheme by month, simulated (sim/demand/README.md has the
 * formulas) or on its central path. There are two implementations of the model: bg_demand_draw is the
 * reference, bg_demand_draw_block is fast. */
#ifndef BAOGAN_DEMAND_H
#define BAOGAN_DEMAND_H

#include <baogan/horizon.h>

typedef struct bg_demand bg_demand;

/* Reads `demand`, fits trends, prepares factors. The history must outlive it. */
bg_status bg_demand_read(const bg_scenario *scenario, const bg_history *history,
                         const bg_horizon *horizon, bg_demand **demand, bg_errors *errors);
void bg_demand_free(bg_demand *self);

/* The blended trend of a line, for reports: own growth and its sd (0 and infinite with one year),
 * prior, credibility Z, and what is used. Part 0: frequency (NULL for total lines), 1: cost. */
typedef struct bg_trend_view {
    double own, own_sd, prior, prior_sd, credibility, used, used_sd;
} bg_trend_view;
/* False where the line has no such part. */
bool bg_demand_trend(const bg_demand *self, size_t line, int part, bg_trend_view *view);

/* Growth of a scheme's fund payments a head on its trends from the year before a budget year (from 0) to that year, and
 * what of it is ageing: what its mix of people would have made of the payments of the year before. The rest is the
 * difference. False where its people are not by group, or their mix stays. */
typedef struct bg_growth_split {
    double growth, ageing;
} bg_growth_split;
bool bg_demand_growth_split(const bg_demand *self, size_t scheme, size_t year,
                            bg_growth_split *split);

/* Whether changed benefit terms lower a cap of the line, of which something returns. */
bool bg_demand_cuts(const bg_demand *self, size_t line);
/* Whether its admissions react to changed terms of outpatient care. */
bool bg_demand_substitutes(const bg_demand *self, size_t line);

/* Measures of the scenario in byte order of their names, then its incidents likewise, then its changes of benefit
 * terms in order of time; 64 at most. Surges of the demand model are none of them. */
size_t bg_demand_change_count(const bg_demand *self);
typedef struct bg_change_view {
    const char *name; /* borrowed from the scenario */
    const char *list; /* where it stands there: "measures", "incidents", "benefits" */
} bg_change_view;
bg_change_view bg_demand_change(const bg_demand *self, size_t index);
/* Lets those act whose bits are set (bit j: number j), an incident with its rebound, and no other; a model
 * that was read has all. The random numbers stay what they are, so that two choices differ by what these do and by
 * nothing else. Not while the model is being drawn from. */
void bg_demand_keep_changes(bg_demand *self, uint64_t which);
#define BG_ALL_CHANGES UINT64_MAX
/* What a measure or a change of terms costs beside care, in fen; the same in all futures. It is no fund
 * payment: no expense and no settlement has it. */
typedef enum bg_outlay_payer {
    BG_PAYER_COMMUNITY,
    BG_PAYER_POOL,
    BG_PAYER_GOVERNMENT,
    BG_OUTLAY_PAYERS
} bg_outlay_payer; /* in the order of the catalogue's choices */
const char *bg_outlay_payer_name(bg_outlay_payer payer); /* "community", "pool", "government" */
/* Whether change number `index` has an outlay; that of a payer in a budget year (from 0), whether or not the
 * change is kept. */
bool bg_demand_has_outlay(const bg_demand *self, size_t index);
/* The name of the purpose of what the community keeps from which it is paid, as written; NULL: none is named. */
const bg_node *bg_demand_outlay_purpose(const bg_demand *self, size_t index);
bg_fen bg_demand_outlay(const bg_demand *self, size_t index, bg_outlay_payer payer, size_t scheme,
                        size_t year);
/* Of all changes that are kept, in a month (from 0). */
bg_fen bg_demand_outlay_of_month(const bg_demand *self, bg_outlay_payer payer, size_t scheme,
                                 size_t year, size_t month);
/* Whether a measure brings anything back to the pooled funds, whether or not it is kept. */
bool bg_demand_recovers(const bg_demand *self);
/* Likewise, whether a measure changes the insured people of a scheme. */
bool bg_demand_changes_people(const bg_demand *self);
/* What providers do (`response`): as far as the contract leaves them something of a yuan saved. Whether the scenario
 * says anything of it. */
bool bg_demand_has_providers(const bg_demand *self);
/* Lets it act in a scheme by the share of a yuan saved that is kept, of each budget year, of which what lies below 0
 * counts as 0 and above 1 as 1; NULL: not at all, as in a model that was read. Not while the model is being drawn
 * from. */
void bg_demand_let_providers_act(bg_demand *self, size_t scheme, const double *kept);
typedef enum bg_provider_action {
    BG_PROVIDERS_SPEND_LESS,   /* on a case in the county */
    BG_PROVIDERS_KEEP_HEAVIER, /* cases there, which cost more */
    BG_PROVIDERS_BRING_HOME,   /* cases from outside */
    BG_PROVIDERS_SHIFT         /* to patients a part of what spending less saves */
} bg_provider_action;
/* Lets only those of their actions act whose bits (1 << action) are set, for a comparison; likewise. */
void bg_demand_let_providers_do(bg_demand *self, unsigned actions);
#define BG_ALL_ACTIONS (~0U)
/* What an action does in a budget year, as it acts now, in a future with that normal luck: the factor of the cost of a
 * case in the county; the share of the cases outside that come home; the share of what is saved that patients pay. 1, 0
 * and 0 where there is none of it. */
double bg_demand_provider_effect(const bg_demand *self, bg_provider_action action, size_t scheme,
                                 size_t year, double normal);
/* The mean of the factor of an action on the cost of a case in the county; likewise 1 where there is none. */
double bg_demand_provider_mean(const bg_demand *self, bg_provider_action action, size_t scheme,
                               size_t year);
/* How much of their full response there is in a budget year where that share is kept: 0 to 1. */
double bg_demand_providers_strength(const bg_demand *self, size_t year, double kept);
/* Lets no emergency and no surge begin by chance from now on, as in a year of which it is known; incidents stay. Not while the
 * model is being drawn from. */
void bg_demand_rule_out_emergencies(bg_demand *self);
/* Draws futures by another seed from now on; likewise. */
void bg_demand_draw_by(bg_demand *self, uint64_t seed);

/* Enrolment follows the contribution: terms of a scheme whose contribution is not that of the last base year
 * in all budget years. */
typedef struct bg_enrolment_terms {
    double elasticity,
        elasticity_sd;       /* of the number of insured to it; drawn once a future, 0 at most */
    double relative_cost;    /* of those who leave or come, to that of all: its median */
    double relative_cost_sd; /* of its logarithm, drawn once a future */
    const double *ratio;     /* [budget year] of the contribution; from 1/10 to 10 */
} bg_enrolment_terms;
/* Takes them, in place of those before; before samplers are made. */
void bg_demand_enrol(bg_demand *self, size_t scheme, const bg_enrolment_terms *terms);

#define BG_MAX_QUANTITIES 32
/* Quantities that the simulated indicators of performance ask for, in their order: shares and growth in per cent,
 * amounts in yuan, NaN where there is nothing to divide by. They are expected of the year in a future: with its trends,
 * shocks, changes and emergencies, without the noise of its months. */
size_t bg_demand_quantity_count(const bg_demand *self);

/* One future: arrays indexed by [scheme][year][month], [scheme][year] or [line][year], flattened with
 * the macros below; years are budget years from simulation.first_year. */
typedef struct bg_future {
    size_t schemes, years, lines, quantities;
    bg_fen *expense;   /* [scheme][year][month] fund payments, all of it */
    bg_fen *outside;   /* part of expense at providers outside the county */
    bg_fen *emergency; /* part of expense: direct cost of an emergency */
    bg_fen *rebound;   /* part of expense: deferred care returning */
    bg_fen *patients;  /* [scheme][year] patients' own payments; 0 where cost is not known */
    bg_fen
        *disallowed; /* [scheme][year] demand.disallowed of what is neither emergency nor rebound */
    bg_fen *recovered;     /* [scheme][year] brought back to the pooled fund, no part of expense */
    bg_fen *line_paid;     /* [line][year] */
    double *line_cases;    /* [line][year] */
    bg_fen *line_patients; /* [line][year] patients' own payments, likewise */
    double *people;        /* [scheme][year] */
    bool *begins;          /* [year] an emergency began in it */
    double *quantity;      /* [quantity][year], see bg_demand_quantity_count */
    void *storage;         /* private, as its size */
    size_t size;
} bg_future;

#define BG_FUTURE_MONTH(path, scheme, year, month)                                                 \
    ((((scheme) * (path)->years) + (year)) * 12 + (month))
#define BG_FUTURE_YEAR(path, row, year) (((row) * (path)->years) + (year))

/* What the community pays in each month of a year: all of it, or what is inside the county. */
void bg_future_months(const bg_future *path, size_t scheme, size_t year, bool inside,
                      bg_fen months[12]);
/* Expense of a scheme in a whole year; demand bounds a month so that the sum fits. */
bg_fen bg_future_expense(const bg_future *self, size_t scheme, size_t year);

bg_status bg_future_init(bg_future *self, const bg_demand *demand);
void bg_future_free(bg_future *self);

/* Scratch of one thread. */
typedef struct bg_sampler bg_sampler;
bg_sampler *bg_sampler_new(const bg_demand *demand); /* NULL when out of memory */
void bg_sampler_free(bg_sampler *self);

/* Fills `path` with future number `replication` (from 1). A function of seed and replication only.
 * Amounts beyond 10^15 fen a month-line: BG_OVERFLOW. */
bg_status bg_demand_draw(const bg_demand *self, bg_sampler *sampler, uint32_t replication,
                         bg_future *path);
/* Futures as columns: one year of one scheme with one entry a future. */
typedef struct bg_demand_columns {
    bg_fen *expense[12]; /* fund payments of the month */
    bg_fen *outside, *emergency, *rebound, *patients,
        *disallowed; /* of the whole year; as in bg_future */
    double *people;
    bg_fen *recovered;  /* as in bg_future; may be NULL where nothing is (bg_demand_recovers) */
    bool *begins;       /* may be shared by the schemes */
    bool outside_apart; /* set by the caller: the months are of care in the county alone */
    bg_fen **
        line; /* [line] payments of the year by line of the scheme, which add up to its expense; NULL where they
                    * are not wanted. Nothing else depends on it. */
} bg_demand_columns;

/* Scratch of one thread for blocks of up to `capacity` futures. NULL when out of memory. */
typedef struct bg_block_sampler bg_block_sampler;
bg_block_sampler *bg_block_sampler_new(const bg_demand *demand, size_t capacity);
void bg_block_sampler_free(bg_block_sampler *self);

/* Adds up the year's expense, in the county and outside, of n futures. */
void bg_demand_columns_expense(const bg_demand_columns *self, size_t n, bg_fen *expense);

/* Fills entries 0 … n - 1 of columns[scheme][year] with futures first_replication … + n - 1, all years
 * and schemes. A future is a function of seed and replication only, with the same bits in any block, on
 * any number of threads and with every instruction set and compiler; it is another one than the
 * reference's of the same number. Amounts beyond 10^15 fen in a month: BG_OVERFLOW. */
bg_status bg_demand_draw_block(const bg_demand *self, bg_block_sampler *sampler,
                               uint32_t first_replication, size_t n,
                               bg_demand_columns *const *columns);

/* A quantity of a budget year in the futures that were drawn last. */
const double *bg_block_sampler_quantity(const bg_block_sampler *self, size_t quantity, size_t year);

/* All multipliers at their mean, no emergency. */
bg_status bg_demand_central(const bg_demand *self, bg_future *path);

/* Expected fund payments of a line in a budget year (from 0), over all futures, in fen: the central
 * path times the mean of what emergencies add and take (sim/demand/README.md, "The mean"). In closed
 * form; the mean of simulated amounts differs by sampling error and the rounding to the fen only. Under changed
 * benefit terms by an integral over the cost of a case, in which an incident that may not happen, or another place,
 * does not change that cost. */
double bg_demand_mean(const bg_demand *self, size_t line, size_t year);

#endif
