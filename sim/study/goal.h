/* Goal seek: at which values of a key a figure meets a target. */
#ifndef BAOGAN_STUDY_GOAL
#define BAOGAN_STUDY_GOAL

#include "study/variant.h"

#include <baogan/figure.h>
#include <baogan/solve.h>

/* The question; all is borrowed. It may be put again with another value of the key that is held: the
 * scenario is loaded once. Zero-initialise, and free with bg_goal_free. */
typedef struct bg_goal {
    const bg_scenario_source *source;
    const bg_axis *axis; /* the key that is turned along its range, read by bg_axis_range */
    const bg_axis *held; /* another one, or NULL */
    double held_at;
    bg_target target;  /* of the model of the source */
    const char *where; /* what names the target in errors, such as "--until" */
    int threads;       /* as in bg_projection_options, and so is `stop` */
    const volatile int *stop;
    /* Units of which the same will be asked: each point is then run once for all of them. None where NULL. */
    const size_t *units;
    size_t unit_count;
    size_t seeks; /* that there will be, for the progress */
    void (*progress)(void *context, double share);
    void *context;
    bg_variant variant;          /* private */
    size_t looked;               /* private: points so far */
    struct bg_kept *kept;        /* private: futures that serve at other points */
    struct bg_goal_point *point; /* private: [points] what was read so far */
    size_t points, point_room;
} bg_goal;

typedef struct bg_goal_crossing {
    double holds_at;          /* the round value near it from which on the target is met */
    bool upward;              /* and goes on being met above, else below */
    double low, high;         /* what Monte Carlo error leaves, 95 %; */
    bool open_low, open_high; /* it reaches beyond the range, where `low` or `high` is its end */
} bg_goal_crossing;

/* What was found. The key is looked at at even values and on both sides of each at which a score that is not
 * simulated reaches a bound of the settlement. Points are by the value of the key; their `value` is how far the figure lies above its
 * bound. */
typedef struct bg_goal_answer {
    bg_goal_crossing crossing[BG_SOLVE_CROSSINGS];
    size_t count;
    bool everywhere; /* without a crossing: the target is met in the whole range, else nowhere */
    bool unmoved;    /* the figure was the same wherever it was looked at */
    /* The value of the key at which the figure came nearest to its bound, or farthest beyond it. */
    double best_at, best_measured;
    /* Where the target is never met and the figure is the same over an end of the range: from where on; else
     * NaN. */
    double still_up_from, still_down_from;
    double
        limited_at; /* where a limit shows that makes the best value the best: its end of the range, or itself */
    bg_solution solution;
} bg_goal_answer;

typedef enum bg_goal_limit_kind {
    BG_GOAL_LIMIT_GROWTH_CAP, /* budget.growth_cap cuts the growth of the year */
    BG_GOAL_LIMIT_INCOME      /* budget.income_limit cuts its total */
} bg_goal_limit_kind;

/* A limit of the budget that binds, and the first year in which it does. */
typedef struct bg_goal_limit {
    bg_goal_limit_kind kind;
    size_t scheme;
    int year;
} bg_goal_limit;

#define BG_GOAL_LIMITS (2 * BG_MAX_SCHEMES)

/* The limits that bind where the key has the value, up to the target's year, of the scheme of the target or of
 * each: on the central path. Returns errors as bg_goal_seek. */
bg_status bg_goal_limits(bg_goal *self, double x, bg_goal_limit limits[BG_GOAL_LIMITS],
                         size_t *count, bg_errors *errors);

/* What a value of the key means in money: the total of a scheme in the year of the target's figure (of ever: the
 * first), the mean over the futures, and what it is beside: the total of the year before, or what the fund paid in
 * the last past year. In fen. */
typedef struct bg_goal_total {
    size_t scheme;
    int year;
    double total, before;
    bool before_is_paid;
} bg_goal_total;

/* Of the scheme of the target, or of each where it is of all or any. Returns errors as bg_goal_seek. */
bg_status bg_goal_totals(bg_goal *self, double x, bg_goal_total totals[BG_MAX_SCHEMES],
                         size_t *count, bg_errors *errors);

/* BG_RANGE, named after `where`, where the figure has too few replications; else a failure is that of the
 * scenario at some value, or of projecting it. Free with bg_goal_answer_free. */
bg_status bg_goal_seek(bg_goal *self, bg_goal_answer *answer, bg_errors *errors);
void bg_goal_answer_free(bg_goal_answer *self);
void bg_goal_free(bg_goal *self);

/* A value of the key as precise as answers are. */
double bg_goal_rounded(const bg_goal *self, double x);

#endif
