#include <baogan/compare.h>

#include "statistics/tail.h"
#include "statistics/uncertainty.h"
#include "study/messages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- amounts ---- */

enum { MEAN, Q10, MEDIAN, Q90, LOWEST, STATISTICS };
enum { TAIL = 5 /* hundredths */ };

static int compare_fen(const void *a, const void *b)
{
    const bg_fen x = *(const bg_fen *)a, y = *(const bg_fen *)b;
    return (x > y) - (x < y);
}

/* Of sorted draws, as sim/statistics/tail.c has it: the one at the bound counts for what is missing to a whole number. */
static double lowest_mean(const bg_fen *draws, size_t n)
{
    const size_t whole = bg_tail_whole(n, TAIL);
    double beyond = 0;
    for (size_t i = 0; i < whole; i++) {
        beyond += (double)(draws[whole] - draws[i]);
    }
    return (double)draws[whole] - beyond / ((double)n * TAIL / 100);
}

/* Mean, quantiles and lowest tail of n draws, which are sorted. */
static void describe(bg_fen *draws, size_t n, double result[STATISTICS])
{
    static const unsigned level[LOWEST] = {[Q10] = 1000, [MEDIAN] = 5000, [Q90] = 9000};
    __extension__ __int128 sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += draws[i];
    }
    result[MEAN] = (double)sum / (double)n;
    qsort(draws, n, sizeof *draws, compare_fen);
    for (int s = Q10; s < LOWEST; s++) {
        result[s] = (double)draws[bg_quantile_rank(n, level[s]) - 1];
    }
    result[LOWEST] = lowest_mean(draws, n);
}

/* The differences of every batch; `scratch` has room for two batches. */
static void describe_batches(const bg_fen *base, const bg_fen *reform, size_t n, bg_fen *scratch,
                             double difference[STATISTICS][BG_BATCHES])
{
    for (size_t b = 0; b < BG_BATCHES; b++) {
        const size_t first = bg_batch_start(n, b), size = bg_batch_start(n, b + 1) - first;
        double of_base[STATISTICS], of_reform[STATISTICS];
        memcpy(scratch, base + first, size * sizeof *scratch);
        describe(scratch, size, of_base);
        memcpy(scratch, reform + first, size * sizeof *scratch);
        describe(scratch, size, of_reform);
        for (int s = 0; s < STATISTICS; s++) {
            difference[s][b] = of_reform[s] - of_base[s];
        }
    }
}

bg_status bg_contrast_draws(const bg_fen *base, const bg_fen *reform, size_t n,
                            bg_contrasts *result)
{
    bg_fen *scratch = malloc(n * sizeof *scratch);
    if (!scratch) {
        return BG_MEMORY;
    }
    double of_base[STATISTICS], of_reform[STATISTICS], batch[STATISTICS][BG_BATCHES];
    if (n >= BG_BATCHES) {
        describe_batches(base, reform, n, scratch, batch);
    }
    memcpy(scratch, base, n * sizeof *scratch);
    describe(scratch, n, of_base);
    memcpy(scratch, reform, n * sizeof *scratch);
    describe(scratch, n, of_reform);
    free(scratch);
    bg_contrast *const to[STATISTICS] = {&result->mean, &result->q10, &result->median, &result->q90,
                                         &result->lowest};
    for (int s = 0; s < STATISTICS; s++) {
        *to[s] = (bg_contrast){.base = of_base[s],
                               .reform = of_reform[s],
                               .difference = of_reform[s] - of_base[s],
                               .margin = n >= BG_BATCHES ? bg_margin_of_batches(batch[s]) : NAN};
    }
    return BG_OK;
}

/* ---- probabilities ---- */

/* Share of draws whose sign is `sign`. */
static double share(const bg_fen *draws, size_t n, int sign)
{
    size_t hits = 0;
    for (size_t i = 0; i < n; i++) {
        hits += (draws[i] > 0) - (draws[i] < 0) == sign;
    }
    return (double)hits / (double)n;
}

static bg_contrast contrast_sign(const bg_fen *base, const bg_fen *reform, size_t n, int sign)
{
    double difference[BG_BATCHES];
    for (size_t b = 0; n >= BG_BATCHES && b < BG_BATCHES; b++) {
        const size_t first = bg_batch_start(n, b), size = bg_batch_start(n, b + 1) - first;
        difference[b] = share(reform + first, size, sign) - share(base + first, size, sign);
    }
    const double of_base = share(base, n, sign), of_reform = share(reform, n, sign);
    return (bg_contrast){.base = of_base,
                         .reform = of_reform,
                         .difference = of_reform - of_base,
                         .margin = n >= BG_BATCHES ? bg_margin_of_batches(difference) : NAN};
}

bg_contrast bg_contrast_above(const bg_fen *base, const bg_fen *reform, size_t n)
{
    return contrast_sign(base, reform, n, 1);
}

bg_contrast bg_contrast_below(const bg_fen *base, const bg_fen *reform, size_t n)
{
    return contrast_sign(base, reform, n, -1);
}

/* ---- what can be compared ---- */

static bg_status refuse(const bg_model *reform, const char *path, const char *what,
                        bg_errors *errors)
{
    const bg_node *node = bg_scenario_find(reform->contract.scenario, path);
    return bg_errors_say(errors, BG_INVALID, node ? node->mark : BG_NOWHERE, path,
                         BG_SAY(reform_differs), what);
}

static int64_t simulation(const bg_model *model, const char *key)
{
    return bg_node_integer(bg_scenario_find(model->contract.scenario, "simulation"), key);
}

static bool same_schemes(const bg_history *a, const bg_history *b)
{
    bool same = a->scheme_count == b->scheme_count;
    for (size_t s = 0; same && s < a->scheme_count; s++) {
        same = strcmp(a->scheme[s].name, b->scheme[s].name) == 0;
    }
    return same;
}

static const struct {
    const char *key, *path, *what;
} simulation_keys[] = {
    {"years", "simulation.years", BG_BOTH("number of years", "年数")},
    {"replications", "simulation.replications", BG_BOTH("number of replications", "模拟次数")},
    {"seed", "simulation.seed", BG_BOTH("seed", "随机种子")},
};

enum { SIMULATION_KEYS = sizeof simulation_keys / sizeof *simulation_keys };

/* Question 0, 1, … of what must be the same: NULL where it is. *path is its key; false: there is no such question. */
static bool unlike_at(const bg_model *base, const bg_model *reform, size_t question,
                      const char **what, const char **path)
{
    *what = NULL;
    if (question == 0) {
        *path = "simulation.first_year";
        *what = base->contract.first_year != reform->contract.first_year
                    ? BG_BOTH("first year", "首年")
                    : NULL;
    } else if (question <= SIMULATION_KEYS) {
        const size_t i = question - 1;
        *path = simulation_keys[i].path;
        if (simulation(base, simulation_keys[i].key) !=
            simulation(reform, simulation_keys[i].key)) {
            *what = simulation_keys[i].what;
        }
    } else if (question == SIMULATION_KEYS + 1) {
        *path = "history";
        *what = same_schemes(&base->contract.history, &reform->contract.history)
                    ? NULL
                    : BG_BOTH("set of schemes", "险种");
    }
    return question <= SIMULATION_KEYS + 1;
}

const char *bg_compare_unlike(const bg_model *base, const bg_model *reform, const char **path)
{
    const char *what = NULL;
    for (size_t i = 0; !what && unlike_at(base, reform, i, &what, path); i++) {
    }
    return what;
}

bg_status bg_compare_check(const bg_model *base, const bg_model *reform, bg_errors *errors)
{
    bg_status status = BG_OK;
    const char *what, *path;
    for (size_t i = 0; unlike_at(base, reform, i, &what, &path); i++) {
        if (what) {
            status = refuse(reform, path, what, errors);
        }
    }
    return status;
}
