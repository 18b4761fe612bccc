/* Figures of a projection by name, for those who ask for one: when to stop, what to solve for, what to
 * put into a table.
 *
 *     p_EVENT                          the chance of an event: p_overspend
 *     mean(OUTCOME)                    mean(pool_balance.2029)
 *     mean(OUTCOME | EVENT)            the mean of the futures with the event: mean(overspend | overspend)
 *     q01(OUTCOME) … q99(OUTCOME)      a quantile: q05(balance.first.residents)
 *     tvar51(OUTCOME) … tvar99         the mean of the draws above that quantile: tvar95(overspend)
 *     tvar01(OUTCOME) … tvar50         the mean of the draws below it: tvar05(pool_balance)
 *     kept_marginal, kept_average      what the community keeps of the next yuan saved, and of what is saved on average
 *     borne_average                    what it bears of what is overspent: kept_average.first.residents
 *
 * EVENT is one of BG_EVENTS or a sharing band, surplus_band1, overspend_band2, … After the name of the event or outcome may stand .YEAR and .UNIT, in any order. YEAR is a calendar
 * year, `first`, `last` or `ever`: of events in any year, of shares kept and borne all years together. UNIT is a scheme, `all` (the sums) or, of
 * events, `any`: in at least one scheme. Left out, the year is the last (of events and shares, ever) and the unit
 * the whole; those of an event behind a bar are then those of the outcome before it. */
#ifndef BAOGAN_FIGURE_H
#define BAOGAN_FIGURE_H

#include <baogan/projection.h>

typedef enum bg_figure_kind {
    BG_FIGURE_CHANCE,
    BG_FIGURE_MEAN,
    BG_FIGURE_MEAN_GIVEN,
    BG_FIGURE_QUANTILE,
    BG_FIGURE_TAIL,
    BG_FIGURE_KEPT_MARGINAL, /* effective shares: those of projection/incentive.h */
    BG_FIGURE_KEPT_AVERAGE,
    BG_FIGURE_BORNE_AVERAGE
} bg_figure_kind;

typedef struct bg_figure {
    bg_figure_kind kind;
    unsigned percent; /* of a quantile or tail */
    bg_event event;   /* of a chance, and that a mean is given */
    int band;         /* in place of the event: the number of a sharing band; 0: none */
    size_t outcome;   /* of all but chances and effective shares */
    size_t unit;
    bool unit_named; /* by the text; else it is the whole */
    size_t
        year; /* from 0; of events also the number of years: in any of them; of effective shares: all together */
    /* Of the event that a mean is given; without a unit of its own it has that of the outcome. */
    size_t given_unit, given_year;
    bool given_unit_named;
} bg_figure;

/* Reads a figure of the model. An error says what is allowed, for what stands at `where` ("--until");
 * its status is BG_USAGE. */
bg_status bg_figure_parse(const bg_model *model, const char *text, const char *where,
                          bg_figure *self, bg_errors *errors);
/* The figure with all its parts: "mean(pool_balance.2029.all)". New string; NULL when out of memory. */
char *bg_figure_text(const bg_figure *self, const bg_model *model);

/* The unit of the event that a mean is given. */
size_t bg_figure_given_unit(const bg_figure *self);

/* Units that a figure without one is asked of: each scheme and, of events, any. One that names its unit, or is
 * the same for all (the score), has that unit alone. Returns how many. */
#define BG_FIGURE_UNITS (BG_MAX_SCHEMES + 1)
size_t bg_figure_units(const bg_figure *self, const bg_model *model, size_t units[BG_FIGURE_UNITS]);
/* For those who answer one figure with one number: BG_USAGE, and an error that names the units, where there are
 * several and the text names none. */
bg_status bg_figure_check_unit(const bg_figure *self, const bg_model *model, const char *text,
                               const char *where, bg_errors *errors);

/* Whether it is a share, a chance or an effective share, and no amount. */
bool bg_figure_is_share(const bg_figure *self);
/* Whether it is an effective share, which is of the first 4,096 futures at most. */
bool bg_figure_is_effective(const bg_figure *self);
/* Whether it is the chance of a sharing band, or a mean given one. */
bool bg_figure_is_of_band(const bg_figure *self);
/* Sets what the figure needs in an array as in bg_projection_options.outcomes. */
void bg_figure_want(const bg_figure *self, bool *outcomes);

/* A figure, its standard error and its 95 % interval: in fen, or a share for a chance. The standard
 * error of a chance and of a quantile is that of which the interval is 1.96 either way: Wilson's, and the
 * order statistics'. That of a mean given an event is the spread within the futures that have it over the
 * root of their number, which is the ratio estimator's. NaN where the number of replications gives none: of a
 * mean given an event below BG_GIVEN_FEWEST futures that have it; where none has it the value is NaN, too. */
#define BG_GIVEN_FEWEST 30
typedef struct bg_estimate {
    double value, se, low, high;
} bg_estimate;

/* An effective share whose expected saving (or overspend) is less than twice its error is not told: NaN.
 * BG_MEMORY; BG_INVALID where the projection did not want the outcome, or bg_projection_options.figures does not name the effective share, or where the draws of a mean given an
 * event were not kept and bg_projection_options.figures does not name it, or of a band that is not wanted. */
bg_status bg_figure_read(const bg_figure *self, const bg_projection *projection,
                         bg_estimate *result);

/* A figure, or its error, held against a bound:
 *
 *     FIGURE <= BOUND          also >=, <, >: p_overspend <= 10%, mean(pool_balance.2029) >= 0
 *     se(FIGURE) <= BOUND      its standard error: se(p_overspend) <= 0.1%
 *     rse(FIGURE) <= SHARE     its standard error as a share of its size: rse(mean(expense)) <= 0.1%
 *
 * BOUND is a share for a chance or an effective share (10%, 0.1), else an amount (0, 500万, 1.2亿, 36.47M; without a suffix in the
 * unit of money of the scenario's file, as --set has it) or a share of the mean of an outcome in the same year and unit: tvar95(overspend) <= 2% budget. */
typedef enum bg_target_kind {
    BG_TARGET_VALUE,
    BG_TARGET_SE,
    BG_TARGET_RELATIVE_SE,
    BG_TARGET_KIND_COUNT
} bg_target_kind;

typedef struct bg_target {
    const char *text;       /* borrowed */
    const char *comparison; /* what stands in it from the sign on: "<= 10%" */
    bg_target_kind kind;
    bg_figure figure;
    bool at_least, strict; /* >= and >; < and > */
    double bound;          /* fen or share; with a base the share of it */
    const char *
        unit; /* of an amount in another unit than yuan that the text leaves without: "wan"; else "" */
    bool has_base;
    size_t base; /* outcome */
} bg_target;

bg_status bg_target_parse(const bg_model *model, const char *text, const char *where,
                          bg_target *self, bg_errors *errors);
/* The target with all parts of its figure, and of an amount the unit: "p_overspend.ever.residents <= 10%",
 * "mean(result.2026.all) >= 1000wan". New string; NULL when out of memory. */
char *bg_target_text(const bg_target *self, const bg_model *model);
void bg_target_want(const bg_target *self, bool *outcomes);

typedef struct bg_reading {
    bg_estimate estimate; /* of the figure */
    double measured;      /* what is held against the bound */
    double bound;         /* in the same units */
    bool met;             /* never where `measured` is NaN */
} bg_reading;

bg_status bg_target_read(const bg_target *self, const bg_projection *projection,
                         bg_reading *result);

/* What figures and targets are made of, for help: the words that they are read by. */
typedef enum bg_figure_part {
    BG_FIGURE_PART_STATISTIC,
    BG_FIGURE_PART_OUTCOME,
    BG_FIGURE_PART_EVENT,
    BG_FIGURE_PART_YEAR,
    BG_FIGURE_PART_UNIT,
    BG_FIGURE_PART_TARGET,
    BG_FIGURE_PART_COUNT
} bg_figure_part;

typedef struct bg_figure_word {
    const char *form;    /* as it is written; what varies is in capitals: "fund.NAME" */
    const char *en, *zh; /* what it means */
    const char *example; /* a whole figure or target that has it */
} bg_figure_word;

/* Number 0, 1, … of a part; NULL after the last. */
const bg_figure_word *bg_figure_word_at(bg_figure_part part, size_t index);

#endif
