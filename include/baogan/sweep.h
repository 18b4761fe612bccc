/* Sweeps: a scenario run thousands of times with other values, as its section `sweep` plans it
 * (sim/study/README.md).
 *
 * A plan spans futures × policies. A scenario of the sweep has the number future × policies + policy,
 * from 0, and is a function of the plan and that number alone: nothing is held for each of them, and
 * any part can be run anywhere, in any order. */
#ifndef BAOGAN_SWEEP_H
#define BAOGAN_SWEEP_H

#include <baogan/scenario.h>

#define BG_MAX_AXES          64
#define BG_MAX_SWEEP_NUMBERS INT64_C(1000000000) /* scenarios of a sweep */

typedef struct bg_sweep bg_sweep;

/* Reads and checks the plan: the scenario itself, every axis, policy, filter and figure. `source` and
 * what it points to is borrowed for the life of the sweep. On failure *sweep is NULL. */
bg_status bg_sweep_read(const bg_scenario_source *source, bg_sweep **sweep, bg_errors *errors);
void bg_sweep_free(bg_sweep *self);

/* Scenarios that are planned, with those that filters leave out. */
uint64_t bg_sweep_count(const bg_sweep *self);
uint64_t bg_sweep_futures(const bg_sweep *self);
uint64_t bg_sweep_policies(const bg_sweep *self);

/* Of the plan's scenario: its title ("" if it has none), and its simulation. */
const char *bg_sweep_title(const bg_sweep *self, const char *language);
int64_t bg_sweep_replications(const bg_sweep *self);
int64_t bg_sweep_seed(const bg_sweep *self);

/* All that the results depend on, as text to be hashed: for each policy the resolved scenario, then the
 * plan with every value of its lists. New string, NULL when out of memory. */
char *bg_sweep_text(const bg_sweep *self);

/* Columns of the results. The first is the number of the scenario; texts are owned by the sweep. */
typedef enum bg_column_type { BG_COLUMN_INTEGER, BG_COLUMN_REAL, BG_COLUMN_TEXT } bg_column_type;

/* What a column is for. BG_COLUMN_ERROR: the standard error of the figure before it. */
typedef enum bg_column_role {
    BG_COLUMN_LABEL,
    BG_COLUMN_FUTURE,
    BG_COLUMN_POLICY,
    BG_COLUMN_FIGURE,
    BG_COLUMN_LOWER_FIGURE,  /* the lower the better */
    BG_COLUMN_HIGHER_FIGURE, /* the higher the better */
    BG_COLUMN_ERROR,
    BG_COLUMN_TARGET
} bg_column_role;

typedef struct bg_sweep_column {
    const char *name;
    bg_column_type type;
    bg_column_role role;
    const char *unit;    /* "yuan", "1", "persons", …, or "" */
    const char *meaning; /* the key of an axis, the expression of a figure, or a sentence */
} bg_sweep_column;

size_t bg_sweep_column_count(const bg_sweep *self);
const bg_sweep_column *bg_sweep_column_at(const bg_sweep *self, size_t column);

/* What one thread needs to run scenarios of the sweep, which must outlive it. */
typedef struct bg_sweep_runner bg_sweep_runner;
bg_status bg_sweep_runner_new(const bg_sweep *sweep, bg_sweep_runner **runner, bg_errors *errors);
void bg_sweep_runner_free(bg_sweep_runner *self);

/* Runs scenario `number` with one thread. *row becomes its row, cells separated by commas as in CSV,
 * without an end of line; NULL where a filter leaves the scenario out. New string. The row holds what
 * the plan and the number determine and nothing else: no time, no machine. A scenario that fails is a
 * row, too, with its reason; the status is that of running it at all (out of memory). */
bg_status bg_sweep_run(bg_sweep_runner *self, uint64_t number, char **row, bg_errors *errors);

#endif
