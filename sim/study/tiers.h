/* Tiers on the whole amount: what a fen moves at their edges, how likely a year ends beside one, and what bands
 * give that can be read in two ways. */
#ifndef BAOGAN_STUDY_TIERS
#define BAOGAN_STUDY_TIERS

#include <baogan/projection.h>

/* A limit at which the community's part jumps. */
typedef struct bg_tier_edge {
    int year;
    bg_share_terms sharing;
    size_t band;         /* below the edge */
    bg_fen at;           /* limit x base, on the central path */
    bg_fen moves;        /* by which the community is better off, + or worse, - one fen beyond it */
    bg_probability near; /* balance before sharing within half a point of the base of the edge */
} bg_tier_edge;

/* Bands that can be read in two ways: the community's part on average over all futures, signed as its result. */
typedef struct bg_two_readings {
    int year;
    bg_share_terms sharing;
    double by_parts, as_whole; /* fen */
} bg_two_readings;

typedef struct bg_tiers {
    size_t edge_count, reading_count;
    bg_tier_edge *edge;
    bg_two_readings *reading;
} bg_tiers;

/* Of a scheme, year by year. Known are steps whose base is the budget or what is payable and whose shares no input
 * of a unit decides; readings, while the draws are kept. The base is that of each future while the draws are kept,
 * else that of the central path. Free with bg_tiers_free whatever the outcome. BG_MEMORY. */
bg_status bg_tiers_find(const bg_model *model, const bg_projection *projection, size_t scheme,
                        bg_tiers *self);
void bg_tiers_free(bg_tiers *self);

/* Whether a plan of any scheme has edges, or bands of two readings, to be found in the first year. */
bool bg_tiers_with_edges(const bg_model *model);
bool bg_tiers_open(const bg_model *model);

#endif
