/* A scenario from text, run through the projection. */
#ifndef BAOGAN_TESTS_SUPPORT_PROJECTED
#define BAOGAN_TESTS_SUPPORT_PROJECTED

#include <baogan/projection.h>

typedef struct projected {
    bg_scenario *scenario;
    bg_model model;
    bg_projection *projection;
} projected;

/* Overrides "path=value" end with NULL; none: NULL. Any error fails the test. */
bg_scenario *parse_scenario(const char *text, const char *const *overrides);

/* The projection points into the model: a run stays where it was started. */
void start_projection(projected *self, const char *text, const char *const *overrides, int threads);
void start_projection_with(projected *self, const char *text, const char *const *overrides,
                           const bg_projection_options *options);
/* Of a file, by its path in the tree. */
void start_projection_of(projected *self, const char *path, const char *const *overrides,
                         int threads);
void finish_projection(projected *self);

/* By the outcome's name, which must exist. */
const bg_fen *projected_draws(const projected *self, size_t unit, size_t year, const char *outcome);
bg_fen projected_central(const projected *self, size_t unit, size_t year, const char *outcome);
const bg_statistics *projected_statistics(const projected *self, size_t unit, size_t year,
                                          const char *outcome);

/* Fails the test unless a figure is refused with these words. */
void figure_refused(const bg_model *model, const char *text, const char *words);

#endif
