/* By what a community's futures are drawn: everything in its scenario, and in that of its pooling area, that demand reads
 * (bg_catalogue_reader). Where it is the same, so is every future, to the bit. */
#ifndef BAOGAN_PROJECTION_DRAWN
#define BAOGAN_PROJECTION_DRAWN

#include <baogan/projection.h>
#include <stdbool.h>

/* A digest of it, which as good as never is the same for two. */
typedef struct bg_drawn {
    uint8_t bytes[16];
} bg_drawn;

/* Of the demand as it was read: whoever changes it by hand (bg_demand_keep_changes, bg_demand_draw_by), or lets providers
 * act, draws something else. `whole`: what the model's area is together, or NULL. */
bg_drawn bg_drawn_of(const bg_model *model, const bg_model *whole);
bool bg_drawn_same(const bg_drawn *a, const bg_drawn *b);

#endif
