/* Whose futures are simulated together: one community's, or those of all communities of an area. */
#ifndef BAOGAN_PROJECTION_PARTIES
#define BAOGAN_PROJECTION_PARTIES

#include "projection/drawn.h"

/* Of an area the last party is all of it together. */
typedef struct bg_parties {
    const bg_model *member; /* [count], with the same schemes, years and settlement */
    size_t count;
    const bg_model *whole; /* NULL: one community for itself */
    const bg_drawn *drawn; /* [count] by what their futures are drawn; NULL: these are not kept */
} bg_parties;

/* [count], to be freed; NULL when out of memory. */
bg_drawn *bg_parties_drawn(const bg_parties *self);

static inline size_t bg_parties_count(const bg_parties *self)
{
    return self->count + (self->whole ? 1 : 0);
}

static inline const bg_model *bg_parties_model(const bg_parties *self, size_t party)
{
    return party < self->count ? &self->member[party] : self->whole;
}

#endif
