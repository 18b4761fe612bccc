/* Which scores the settlement asks for, and how likely a score that is simulated reaches them. */
#ifndef BAOGAN_STUDY_SCORE
#define BAOGAN_STUDY_SCORE

#include <baogan/projection.h>

#define BG_MAX_SCORE_BOUNDS 16
#define BG_SCORE_NEAR       2 /* points */

/* Above 0, falling, each once: the lower bounds of all tiers (`by_score`), and what conditions (`when: {score:
 * {from: …, below: …}}`) begin or end with. */
typedef struct bg_score_bounds {
    size_t count;
    bg_decimal bound[BG_MAX_SCORE_BOUNDS];
} bg_score_bounds;

bg_score_bounds bg_score_bounds_of(const bg_scenario *scenario);
/* Those of conditions alone. */
bg_score_bounds bg_score_gates_of(const bg_scenario *scenario);

/* The chance that the score of a year reaches a bound: exact for bounds in hundredths of a point, while the draws are
 * kept. The model's score is simulated (bg_model_has_score), and its outcome was wanted. BG_MEMORY. */
bg_status bg_score_chance(const bg_projection *projection, size_t year, bg_decimal bound,
                          bg_probability *chance);
/* The chance that it misses the bound by at most BG_SCORE_NEAR points, or reaches it by less; else likewise. */
bg_status bg_score_near(const bg_projection *projection, size_t year, bg_decimal bound,
                        bg_probability *chance);

#endif
