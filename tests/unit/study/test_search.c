/* Search for a contract: the front that a grid of all policies has, whatever the number of threads. */
#include "../../support/folder.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "study/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD                                                                                       \
    "history: {2023: 50M, 2024: 55M}\n"                                                            \
    "simulation: {replications: 200, years: 2, seed: 7}\n"                                         \
    "budget: {funds: {risk: 2%}}\n"                                                                \
    "settlement: [{share_surplus: {bands: {rest: 50%}}}, {share_overspend: {bands: {rest: "        \
    "50%}}}, "                                                                                     \
    "{clear: {}}]\n"                                                                               \
    "sweep:\n"

/* 13 growths by 11 shares: what the community gains the pool pays, but for what it saves. */
#define TWO_KEYS                                                                                   \
    HEAD "  axes:\n"                                                                               \
         "    growth: {key: budget.growth, from: 4%, to: 16%, steps: 13, role: policy}\n"          \
         "    borne: {key: 'settlement[share_overspend].bands[rest]', from: 0%, to: 100%, steps: " \
         "11, role: policy}\n"                                                                     \
         "  figures: {result: mean(reserve.last), total: mean(budget.last)}\n"                     \
         "  better: {result: higher, total: lower}\n"                                              \
         "  targets: {often: p_overspend.ever <= 60%}\n"

static bg_sweep *sweep_of(const char *plan)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_sweep *sweep = NULL;
    folder_write("plan.yaml", plan);
    const bg_scenario_source source = {.path = "plan.yaml"};
    if (bg_sweep_read(&source, &sweep, &errors) != BG_OK) {
        fail_msg("%s", messages_of(&errors));
    }
    bg_errors_free(&errors);
    return sweep;
}

static bg_search searched(const bg_sweep *sweep, size_t points, int threads)
{
    bg_search self = {.sweep = sweep, .threads = threads};
    assert_int_equal(bg_search_check(sweep, NULL), BG_OK);
    assert_int_equal(bg_search_run(&self, points, NULL), BG_OK);
    return self;
}

/* Whether another policy of the grid is no worse in result and total, and better in one: of those within the target. */
static bool is_bettered(const double (*grid)[3], size_t count, size_t at)
{
    bool bettered = grid[at][2] < 1;
    for (size_t i = 0; i < count && !bettered; i++) {
        const bool no_worse = grid[i][0] >= grid[at][0] && grid[i][1] <= grid[at][1];
        bettered =
            grid[i][2] >= 1 && no_worse && (grid[i][0] > grid[at][0] || grid[i][1] < grid[at][1]);
    }
    return bettered;
}

static void the_front_of_two_keys_is_that_of_their_grid(void **state)
{
    (void)state;
    enum { ALL = 143, FIGURES = 3 };
    bg_sweep *sweep = sweep_of(TWO_KEYS);
    bg_sweep_runner *runner = NULL;
    double grid[ALL][FIGURES], error[FIGURES];
    bool fits = false;
    assert_int_equal(bg_sweep_count(sweep), ALL);
    assert_int_equal(bg_sweep_runner_new(sweep, &runner, NULL), BG_OK);
    for (uint64_t i = 0; i < ALL; i++) {
        assert_int_equal(bg_sweep_measure(runner, i, &fits, grid[i], error, NULL), BG_OK);
        assert_true(fits);
        assert_true((error[2] > 0) == (grid[i][2] < 1));
    }
    bg_search found = searched(sweep, 1200, 2);
    size_t expected = 0;
    for (size_t i = 0; i < ALL; i++) {
        expected += !is_bettered((const double(*)[FIGURES])grid, ALL, i);
    }
    assert_true(expected > 3 && expected < 100);
    assert_int_equal(found.best_count, expected);
    for (size_t i = 0; i < found.best_count; i++) {
        const bg_search_point *point = &found.point[found.best[i]];
        assert_false(is_bettered((const double(*)[FIGURES])grid, ALL, point->number));
        assert_memory_equal(point->value, grid[point->number], FIGURES * sizeof(double));
    }
    bg_search_free(&found);
    bg_sweep_runner_free(runner);
    bg_sweep_free(sweep);
}

static void assert_same(const bg_search *a, const bg_search *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->point[i].number, b->point[i].number);
        assert_memory_equal(a->point[i].value, b->point[i].value, 6 * sizeof(double));
    }
    assert_int_equal(a->best_count, b->best_count);
    assert_memory_equal(a->best, b->best, a->best_count * sizeof *a->best);
}

static void threads_make_no_difference(void **state)
{
    (void)state;
    bg_sweep *sweep = sweep_of(TWO_KEYS);
    bg_search one = searched(sweep, 200, 1), three = searched(sweep, 200, 3);
    assert_same(&one, &three);
    bg_search_free(&one);
    bg_search_free(&three);
    bg_sweep_free(sweep);
}

typedef struct ledger {
    bg_search_point kept[200];
    size_t count, calls;
} ledger;

static bg_status note(void *context, const bg_search_point *points, size_t count, bg_errors *errors)
{
    (void)errors;
    ledger *self = context;
    self->calls++;
    memcpy(self->kept + self->count, points, count * sizeof *points);
    self->count += count;
    return BG_OK;
}

/* What a search has told goes into another one, which then runs nothing again. */
static void what_is_known_is_not_run_again(void **state)
{
    (void)state;
    bg_sweep *sweep = sweep_of(TWO_KEYS);
    ledger first = {0}, second = {0};
    bg_search a = {.sweep = sweep, .threads = 1, .keep = note, .context = &first};
    assert_int_equal(bg_search_run(&a, 120, NULL), BG_OK);
    assert_int_equal(first.count, a.count);
    assert_int_equal(a.asked, 120);
    bg_search b = {.sweep = sweep, .threads = 1, .keep = note, .context = &second};
    for (size_t i = 0; i < first.count; i++) {
        const bg_search_point *known = &first.kept[i];
        assert_int_equal(bg_search_know(&b, known->number, known->fits, a.point[i].value), BG_OK);
    }
    assert_int_equal(bg_search_run(&b, 120, NULL), BG_OK);
    assert_int_equal(second.calls, 0);
    assert_same(&a, &b);
    bg_search_free(&a);
    bg_search_free(&b);
    bg_sweep_free(sweep);
}

/* Policies by name are chosen from, too, and filters leave points out. */
static void names_are_chosen_and_filters_hold(void **state)
{
    (void)state;
    bg_sweep *sweep = sweep_of(
        HEAD "  axes: {growth: {key: budget.growth, from: 4%, to: 16%, steps: 13, role: policy}}\n"
             "  policies: {dear: {set: ['budget.funds[risk].rate=4%']}, cheap: {}}\n"
             "  filters: [growth >= 6%]\n"
             "  figures: {payable: mean(payable.last)}\n"
             "  better: {payable: lower}\n");
    bg_search found = searched(sweep, 240, 2);
    assert_int_equal(found.best_count, 1);
    /* The first policy holds back more; the third growth is the first that the filter leaves. */
    assert_int_equal(found.point[found.best[0]].number, 2);
    assert_true(bg_search_feasible(&found) < found.count);
    char *yaml = bg_sweep_scenario(sweep, 2);
    assert_non_null(yaml);
    assert_non_null(strstr(yaml, "6%"));
    assert_null(strstr(yaml, "sweep"));
    free(yaml);
    bg_search_free(&found);
    bg_search_free(&found);
    bg_sweep_free(sweep);
}

static void refuse(const char *plan, const char *words)
{
    bg_sweep *sweep = sweep_of(plan);
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_search_check(sweep, &errors), BG_INVALID);
    char *said = messages_of(&errors);
    assert_says_among_others(said, words);
    free(said);
    bg_errors_free(&errors);
    bg_sweep_free(sweep);
}

static void what_is_no_search_is_refused(void **state)
{
    (void)state;
    refuse(HEAD "  axes: {trend: {key: demand.trend.prior, values: [4%, 6%]}}\n"
                "  figures: {total: mean(budget)}\n  better: {total: lower}\n",
           "give axes of the future a single value, or `role: policy` with levels");
    refuse(HEAD "  axes: {growth: {key: budget.growth, values: [4%], role: policy}}\n"
                "  figures: {total: mean(budget)}\n  better: {total: lower}\n",
           "There is nothing to choose");
    refuse(HEAD "  axes: {growth: {key: budget.growth, values: [4%, 5%], role: policy}}\n"
                "  figures: {total: mean(budget)}\n",
           "which way figures are better");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_front_of_two_keys_is_that_of_their_grid),
        cmocka_unit_test(threads_make_no_difference),
        cmocka_unit_test(what_is_known_is_not_run_again),
        cmocka_unit_test(names_are_chosen_and_filters_hold),
        cmocka_unit_test(what_is_no_search_is_refused),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
