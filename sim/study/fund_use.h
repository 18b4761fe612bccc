/* Where the money goes that a budget holds back in funds: sums over the years of a contract, by future.
 *
 *   opening + set aside = released + covered + returned
 *
 * Exact to the fen in every future, and of the means, which are whole fen. What is set aside follows from
 * the total; `released` and `covered` are outcomes, and returned is what remains: when the contract ends
 * nothing stays in a fund. A projection does not say which fund paid; the plan does where one fund alone is
 * released, one alone covers emergencies, and none is used otherwise. Else all are looked at together. */
#ifndef BAOGAN_STUDY_FUND_USE
#define BAOGAN_STUDY_FUND_USE

#include <baogan/projection.h>

typedef enum bg_fund_flow {
    BG_FUND_FLOW_SET_ASIDE, /* out of the yearly totals */
    BG_FUND_FLOW_RELEASED,  /* to the community's balance */
    BG_FUND_FLOW_COVERED,   /* to the same, for emergencies */
    BG_FUND_FLOW_RETURNED, /* to the pool; with what the sharing moves, where a fund takes part in it */
    BG_FUND_FLOW_COUNT
} bg_fund_flow;

const char *bg_fund_flow_name(bg_fund_flow flow); /* "set_aside", … */

/* A mean over the futures, with its standard error (NaN of one future). */
typedef struct bg_flow_mean {
    bg_fen mean;
    double se;
} bg_flow_mean;

typedef struct bg_fund_row {
    const char *fund; /* borrowed from the model; NULL: all together */
    bg_fen opening;
    bg_flow_mean flow[BG_FUND_FLOW_COUNT];
    bg_probability pays; /* releases or covers anything in at least one year */
} bg_fund_row;

typedef struct bg_fund_use {
    bool known;  /* false: the draws were not kept, or sums do not fit in whole fen */
    bool shares; /* a fund takes part in the sharing: then pays says nothing of that */
    size_t count;
    bg_fund_row row[BG_MAX_FUNDS];
} bg_fund_use;

/* Of a scheme. Nothing is to be freed. BG_MEMORY. */
bg_status bg_fund_use_find(const bg_model *model, const bg_projection *projection, size_t scheme,
                           bg_fund_use *self);

#endif
