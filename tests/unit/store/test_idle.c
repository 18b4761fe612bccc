/* What of a sweep changed no figure, wherever rows can tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/folder.h"
#include "store/idle.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BASE                                                                                       \
    "history: {2023: 50M, 2024: 55M}\n"                                                            \
    "simulation: {replications: 20, years: 1}\n"

static bool go_on(void *context)
{
    (void)context;
    return true;
}

static void run_all(const bg_folder *folder, const bg_sweep *sweep)
{
    bg_sweep_runner *runner = NULL;
    assert_int_equal(bg_sweep_runner_new(sweep, &runner, NULL), BG_OK);
    for (uint64_t chunk = 0; chunk < folder->chunks; chunk++) {
        assert_int_equal(bg_chunk_run(folder, chunk, runner, go_on, NULL, NULL), BG_OK);
    }
    bg_sweep_runner_free(runner);
}

static void remove_sweep(const bg_folder *folder)
{
    for (uint64_t chunk = 0; chunk < folder->chunks; chunk++) {
        char *file = bg_folder_file(folder, chunk, "csv");
        remove(file);
        free(file);
    }
    remove("out/rows");
    remove("out/sweep.json");
    remove("out/lock");
    remove("out");
}

/* The names of the sentences on a complete sweep of that plan, each with its key and a blank behind it. */
static void assert_said(const char *plan, const char *expected)
{
    folder_write("plan.yaml", plan);
    const bg_scenario_source source = {.path = "plan.yaml"};
    bg_errors errors;
    bg_errors_init(&errors);
    bg_sweep *sweep = NULL;
    bg_folder folder;
    assert_int_equal(bg_sweep_read(&source, &sweep, &errors), BG_OK);
    bg_errors_free(&errors); /* of an unusually small number of replications */
    assert_int_equal(bg_folder_make(&folder, "out", sweep, NULL), BG_OK);
    run_all(&folder, sweep);
    assert_int_equal(bg_idle_find(&folder, &errors), BG_OK);
    char said[512] = "";
    for (size_t i = 0; i < errors.count; i++) {
        const size_t length = strlen(said);
        snprintf(said + length, sizeof said - length, "%s ", errors.items[i].name);
        assert_true(errors.items[i].warning);
    }
    assert_string_equal(said, expected);
    bg_errors_free(&errors);
    remove_sweep(&folder);
    bg_folder_close(&folder);
    bg_sweep_free(sweep);
}

static void an_axis_is_idle_where_no_rows_differ_by_it(void **state)
{
    (void)state;
    assert_said(BASE "sweep:\n"
                     "  axes:\n"
                     "    g: {key: budget.growth, values: [2%, 4%]}\n"
                     "    s: {key: performance.score, values: [85, 95]}\n"
                     "  figures: {total: mean(budget)}\n",
                "axis_idle ");
}

/* 85 and 88 points release the same; 95 release more. */
static void one_that_changes_some_rows_is_not(void **state)
{
    (void)state;
    assert_said(BASE "sweep:\n"
                     "  axes: {s: {key: performance.score, values: [85, 88, 95]}}\n"
                     "  figures: {back: mean(released)}\n",
                "");
}

static void rows_that_differ_in_all_axes_at_once_say_nothing_of_one(void **state)
{
    (void)state;
    assert_said(BASE "sweep:\n"
                     "  design: latin_hypercube\n"
                     "  points: 3\n"
                     "  axes:\n"
                     "    s: {key: performance.score, from: 85, to: 95}\n"
                     "    g: {key: budget.growth, from: 2%, to: 4%}\n"
                     "  figures: {spent: mean(expense)}\n",
                "");
}

static void a_policy_is_idle_that_gives_what_the_first_gives(void **state)
{
    (void)state;
    assert_said(BASE "sweep:\n"
                     "  axes: {g: {key: budget.growth, values: [2%, 4%]}}\n"
                     "  policies:\n"
                     "    today: {}\n"
                     "    scored: {set: [performance.score=70]}\n"
                     "    capped: {set: [budget.growth_cap=1%]}\n"
                     "    more: {set: ['budget.adjustments[more].amount=1M']}\n"
                     "  figures: {total: mean(budget)}\n",
                "policy_idle policy_idle "); /* of one year there is no growth to cap */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_axis_is_idle_where_no_rows_differ_by_it),
        cmocka_unit_test(one_that_changes_some_rows_is_not),
        cmocka_unit_test(rows_that_differ_in_all_axes_at_once_say_nothing_of_one),
        cmocka_unit_test(a_policy_is_idle_that_gives_what_the_first_gives),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
