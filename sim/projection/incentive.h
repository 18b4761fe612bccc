/* What a community can expect to keep of a yuan that it saves, and to bear of a yuan that it overspends: the
 * effective share, which the rates of a plan alone do not tell, as funds, caps, scores, shared funds and the budgets of
 * later years have a part in it.
 *
 *   marginal  Σ_(j ≥ t) [gain_j(0.99 E_t) − gain_j(E_t)] / (0.01 E_t): the contract applied to the same futures at
 *             99 % of the expense of year t (months, care outside, emergencies, rebound and disallowed expense alike,
 *             each rounded to the fen), over that year and the later ones of the contract. In an area all communities
 *             spend less at once.
 *   average   of a saving: the result where there is a surplus before sharing / that surplus; of an overspend: what is
 *             borne where there is one / that overspend
 *
 * A gain is the community's result less its disallowed expense, which it bears. Each is a ratio of two sums over pilot
 * futures, the first of those that a projection has. */
#ifndef BAOGAN_PROJECTION_INCENTIVE
#define BAOGAN_PROJECTION_INCENTIVE

#include "projection/parties.h"

#define BG_INCENTIVE_PILOT 4096 /* futures, where a projection has as many */

/* A ratio of two means with its standard error. Not known where the lower mean is less than twice its error: it could
 * as well be nothing. */
typedef struct bg_effective_share {
    double ratio, se;
    bool known;
} bg_effective_share;

typedef struct bg_incentive_row {
    bg_effective_share marginal, saved, overspent;
} bg_incentive_row;

typedef struct bg_incentive {
    size_t parties, units, years; /* units: schemes, and all together where there are two */
    size_t futures;
    bg_incentive_row *row; /* [party][unit][year], the years followed by all of them together */
} bg_incentive;

/* As many as a projection has, and at most BG_INCENTIVE_PILOT. */
size_t bg_incentive_pilot(const bg_projection *projection);

/* Draws the futures, or takes what is kept of them, and runs the contract on them years + 1 times, with the threads, stop and
 * kept futures of the options. Same bytes for any number of threads. Free with bg_incentive_free, also after failure. */
bg_status bg_incentive_find(const bg_parties *parties, size_t futures,
                            const bg_projection_options *options, bg_incentive *self,
                            bg_errors *errors);
void bg_incentive_free(bg_incentive *self);

/* Year `years` is all of them together. */
const bg_incentive_row *bg_incentive_at(const bg_incentive *self, size_t party, size_t unit,
                                        size_t year);

#endif
