/* What providers do, as far as the contract leaves them something of a yuan saved: the marginal share of
 * projection/incentive.h, on pilot futures without it, has demand act by it, once. */
#ifndef BAOGAN_PROJECTION_RESPONSE
#define BAOGAN_PROJECTION_RESPONSE

#include "projection/parties.h"

/* Has demand act as it did in `years`, [scheme][year]. */
void bg_response_repeat(const bg_model *model, const bg_response_year *years);
/* Has all demand of the parties act as their contract has providers do, in place of what it did before; what it came
 * to is kept in `years`, [community][scheme][year], which is NULL where no scenario says what providers do. Free with
 * free(). `most` is the number of futures that will be drawn. As bg_incentive_find otherwise. */
bg_status bg_response_find(const bg_parties *parties, const bg_projection_options *options,
                           size_t most, bg_response_year **years, bg_errors *errors);

#endif
