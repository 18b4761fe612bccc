#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/scenario_text.h"
#include "study/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* ---- plans in files ---- */

static char directory[] = "/tmp/baogan-test-sweep-XXXXXX";

static int make_directory(void **state)
{
    (void)state;
    return mkdtemp(directory) ? 0 : -1;
}

static void write_file(const char *name, const char *text, char path[128])
{
    snprintf(path, 128, "%s/%s", directory, name);
    FILE *stream = fopen(path, "w");
    assert_non_null(stream);
    fputs(text, stream);
    assert_int_equal(fclose(stream), 0);
}

static int remove_directory(void **state)
{
    (void)state;
    static const char *const names[] = {"plan.yaml", "policy.yaml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", directory, names[i]);
        unlink(path);
    }
    return rmdir(directory);
}

#define HEAD                                                                                       \
    "money_unit: wan\n"                                                                            \
    "history: {2023: 5000, 2024: 5500}\n"                                                          \
    "simulation: {replications: 20, years: 2, seed: 7}\n"                                          \
    "sweep:\n"

static bg_sweep *sweep_of(const char *plan)
{
    static char path[128]; /* outlives the sweep */
    bg_errors errors;
    bg_errors_init(&errors);
    bg_sweep *sweep = NULL;
    write_file("plan.yaml", plan, path);
    const bg_scenario_source source = {.path = path};
    if (bg_sweep_read(&source, &sweep, &errors) != BG_OK) {
        fail_msg("%s", messages_of(&errors));
    }
    bg_errors_free(&errors);
    return sweep;
}

/* Row `number`, "" where a filter leaves it out; free it. */
static char *row_of(bg_sweep_runner *runner, uint64_t number)
{
    char *row = NULL;
    bg_errors errors;
    bg_errors_init(&errors);
    if (bg_sweep_run(runner, number, &row, &errors) != BG_OK) {
        fail_msg("%s", messages_of(&errors));
    }
    bg_errors_free(&errors);
    return row ? row : strdup("");
}

static bg_sweep_runner *runner_of(const bg_sweep *sweep)
{
    bg_sweep_runner *runner = NULL;
    assert_int_equal(bg_sweep_runner_new(sweep, &runner, NULL), BG_OK);
    return runner;
}

#define PLAN                                                                                       \
    HEAD "  axes:\n"                                                                               \
         "    growth: {key: budget.growth, values: [3%, 6%], role: policy}\n"                      \
         "    balance: {key: 'pool[residents].balance', from: 100, to: 300, steps: 3}\n"           \
         "    trend: {key: demand.trend.prior, values: [4%, 6%]}\n"                                \
         "  policies: {base: {}, other: {set: ['budget.funds[risk].rate=3%']}}\n"                  \
         "  figures: {expense: mean(expense)}\n"

/* ---- what a plan spans ---- */

static void a_plan_spans_its_futures_times_its_policies(void **state)
{
    (void)state;
    bg_sweep *sweep = sweep_of(PLAN);
    assert_int_equal(bg_sweep_futures(sweep), 6);
    assert_int_equal(bg_sweep_policies(sweep), 4);
    assert_int_equal(bg_sweep_count(sweep), 24);
    static const char *const names[] = {"scenario", "future",  "policy",  "policy_name",
                                        "growth",   "balance", "trend",   "seed",
                                        "status",   "reason",  "expense", "expense_se"};
    assert_int_equal(bg_sweep_column_count(sweep), sizeof names / sizeof *names);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_string_equal(bg_sweep_column_at(sweep, i)->name, names[i]);
    }
    assert_string_equal(bg_sweep_column_at(sweep, 5)->unit, "yuan");
    assert_string_equal(bg_sweep_column_at(sweep, 5)->meaning, "pool[residents].balance");
    bg_sweep_free(sweep);
}

/* Amounts of the plan are in its unit, 10,000 yuan; rows are in yuan. */
static void rows_name_the_values_of_their_scenario(void **state)
{
    (void)state;
    static const struct {
        uint64_t number;
        const char *start;
    } cases[] = {
        {0, "0,0,0,base,0.03,1000000.00,0.04,7,ok,,"},
        {1, "1,0,1,base,0.06,1000000.00,0.04,7,ok,,"},
        {2, "2,0,2,other,0.03,1000000.00,0.04,7,ok,,"},
        {7, "7,1,3,other,0.06,1000000.00,0.06,7,ok,,"},
        {8, "8,2,0,base,0.03,2000000.00,0.04,7,ok,,"},
        {23, "23,5,3,other,0.06,3000000.00,0.06,7,ok,,"},
    };
    bg_sweep *sweep = sweep_of(PLAN);
    bg_sweep_runner *runner = runner_of(sweep);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *row = row_of(runner, cases[i].number);
        if (strncmp(row, cases[i].start, strlen(cases[i].start)) != 0) {
            fail_msg("%s does not begin with %s", row, cases[i].start);
        }
        free(row);
    }
    bg_sweep_runner_free(runner);
    bg_sweep_free(sweep);
}

static void a_row_does_not_depend_on_those_that_were_run_before(void **state)
{
    (void)state;
    bg_sweep *sweep = sweep_of(PLAN);
    bg_sweep_runner *runner = runner_of(sweep);
    for (uint64_t step = 0; step < 24; step++) {
        const uint64_t number = step * 7 % 24;
        bg_sweep_runner *fresh = runner_of(sweep);
        char *a = row_of(runner, number), *b = row_of(fresh, number);
        assert_string_equal(a, b);
        free(a);
        free(b);
        bg_sweep_runner_free(fresh);
    }
    bg_sweep_runner_free(runner);
    bg_sweep_free(sweep);
}

static void filters_leave_scenarios_out(void **state)
{
    (void)state;
    static const struct {
        const char *filter;
        int kept;
    } cases[] = {
        {"growth <= trend", 9}, /* 3 of the 4 pairs, for each of 3 balances */
        {"growth < trend", 6},
        {"balance >= 200", 8},
        {"balance == 2000000元", 4},
        {"balance != 200", 8},
        {"trend > 4%", 6},
        {"growth = 3%", 6},
        {"growth + trend <= 10%", 9},
        {"trend - growth >= 1%", 6},
        {"growth < trend + 1%", 9},
        {"growth + trend - growth < 5%", 6},
        {"trend / growth >= 2", 3},
        {"growth / trend == 0.75", 3},
        {"growth > -1% + trend", 6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char plan[1024];
        snprintf(plan, sizeof plan,
                 HEAD "  axes:\n"
                      "    growth: {key: budget.growth, values: [3%%, 6%%]}\n"
                      "    balance: {key: 'pool[residents].balance', values: [100, 200, 300]}\n"
                      "    trend: {key: demand.trend.prior, values: [4%%, 6%%]}\n"
                      "  filters: ['%s']\n"
                      "  figures: {expense: mean(expense)}\n",
                 cases[i].filter);
        bg_sweep *sweep = sweep_of(plan);
        bg_design_cursor cursor;
        bg_design_cursor_init(&sweep->design, &cursor);
        int kept = 0;
        for (uint64_t number = 0; number < bg_sweep_count(sweep); number++) {
            bg_sweep_point point;
            kept += bg_sweep_point_at(sweep, &cursor, number, &point);
        }
        assert_int_equal(kept, cases[i].kept);
        bg_sweep_free(sweep);
    }
}

static void each_future_may_have_a_seed_of_its_own_that_policies_share(void **state)
{
    (void)state;
    bg_sweep *sweep = sweep_of(HEAD "  random_numbers: by_future\n"
                                    "  axes:\n"
                                    "    g: {key: budget.growth, values: [3%, 6%], role: policy}\n"
                                    "    n: {key: simulation.years, values: [1, 2]}\n"
                                    "  figures: {expense: mean(expense)}\n");
    static const char *const seeds[] = {",7,ok", ",7,ok", ",8,ok", ",8,ok"};
    bg_sweep_runner *runner = runner_of(sweep);
    for (uint64_t i = 0; i < 4; i++) {
        char *row = row_of(runner, i);
        assert_contains(row, seeds[i]);
        free(row);
    }
    bg_sweep_runner_free(runner);
    bg_sweep_free(sweep);
}

static void a_policy_may_be_a_file(void **state)
{
    (void)state;
    char path[128];
    write_file("policy.yaml",
               "settlement: [{share_surplus: {bands: {rest: 50%}}}, "
               "{share_overspend: {bands: {rest: 50%}}}, {clear: {}}]\n",
               path);
    bg_sweep *sweep = sweep_of(HEAD "  policies: {base: {}, half: {file: policy.yaml}}\n"
                                    "  figures: {result: mean(result)}\n");
    bg_sweep *alone = sweep_of(HEAD "  figures: {result: mean(result)}\n");
    bg_sweep_runner *runner = runner_of(sweep), *other = runner_of(alone);
    char *base = row_of(runner, 0), *half = row_of(runner, 1), *same = row_of(other, 0);
    assert_string_equal(strstr(base, ",ok,"), strstr(same, ",ok,"));
    assert_string_not_equal(strstr(base, ",ok,"), strstr(half, ",ok,"));
    free(base);
    free(half);
    free(same);
    bg_sweep_runner_free(runner);
    bg_sweep_runner_free(other);
    bg_sweep_free(sweep);
    bg_sweep_free(alone);
}

static char *text_of(const char *plan)
{
    bg_sweep *sweep = sweep_of(plan);
    char *text = bg_sweep_text(sweep);
    assert_non_null(text);
    bg_sweep_free(sweep);
    return text;
}

static void the_text_of_a_plan_tells_apart_all_that_changes_rows(void **state)
{
    (void)state;
    static const char *const plans[] = {
        PLAN,
        PLAN "  seed: 2\n",
        PLAN "  filters: [trend < 9%]\n",
        PLAN "  random_numbers: by_future\n",
        PLAN "demand: {volatility: {total: 6%}}\n",
        PLAN "budget: {growth_cap: 4%}\n",
    };
    enum { COUNT = sizeof plans / sizeof *plans };
    char *texts[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        texts[i] = text_of(plans[i]);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(texts[i], texts[j]);
        }
    }
    char *again = text_of(PLAN);
    assert_string_equal(again, texts[0]);
    free(again);
    for (size_t i = 0; i < COUNT; i++) {
        free(texts[i]);
    }
}

/* A million scenarios are planned and found without being held: what the process has grown by is far
 * less than a word for each. */
static void a_million_scenarios_take_no_memory(void **state)
{
    (void)state;
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    bg_sweep *sweep = sweep_of(
        HEAD "  design: latin_hypercube\n"
             "  points: 1000000\n"
             "  axes:\n"
             "    growth: {key: budget.growth, from: 0%, to: 10%}\n"
             "    trend: {key: demand.trend.prior, distribution: normal, mean: 5%, sd: 2%}\n"
             "  figures: {expense: mean(expense)}\n");
    bg_design_cursor cursor;
    bg_design_cursor_init(&sweep->design, &cursor);
    double sum = 0;
    for (uint64_t number = 0; number < 1000000; number++) {
        bg_sweep_point point;
        assert_true(bg_sweep_point_at(sweep, &cursor, number, &point));
        sum += (double)point.value[0];
    }
    /* Stratified: the mean of a million equal slices of 0 to 10 %. */
    assert_true(sum / 1e6 / 1e12 > 0.0499999 && sum / 1e6 / 1e12 < 0.0500001);
    getrusage(RUSAGE_SELF, &after);
#ifndef __SANITIZE_ADDRESS__ /* it needs memory of its own */
    assert_true(after.ru_maxrss - before.ru_maxrss < 4000);
#endif
    bg_sweep_free(sweep);
}

/* Policies share the futures of their point of the design where demand reads nothing of them; a row is what it is alone. */
static void a_row_does_not_depend_on_what_was_run_before(void **state)
{
    (void)state;
    static const char *const plans[] = {
        HEAD "  axes:\n"
             "    growth: {key: budget.growth, values: [3%, 6%, 9%], role: policy}\n"
             "    trend: {key: demand.trend.prior, values: [4%, 6%]}\n"
             "  policies: {base: {}, other: {set: ['budget.funds[risk].rate=3%']},\n"
             "    dear: {set: ['demand.volatility.total=9%']}, all: {set: ['budget.base={weights: "
             "[1], completion: {2024: 90%}}']}}\n"
             "  figures: {expense: mean(expense), p: p_overspend, result: mean(result)}\n",
        HEAD "  axes:\n"
             "    swing: {key: demand.volatility.total, values: [3%, 9%], role: policy}\n"
             "    growth: {key: budget.growth, values: [3%, 6%], role: policy}\n"
             "    people: {key: 'people[residents].growth', values: [0%, 1%]}\n"
             "  figures: {expense: mean(expense), p: p_overspend}\n"};
    for (size_t plan = 0; plan < sizeof plans / sizeof *plans; plan++) {
        bg_sweep *sweep = sweep_of(plans[plan]);
        bg_sweep_runner *all = runner_of(sweep);
        for (uint64_t number = 0; number < bg_sweep_count(sweep); number++) {
            bg_sweep_runner *alone = runner_of(sweep);
            char *row = row_of(all, number), *fresh = row_of(alone, number);
            assert_non_null(strstr(row, ",ok,"));
            assert_string_equal(row, fresh);
            free(row);
            free(fresh);
            bg_sweep_runner_free(alone);
        }
        bg_sweep_runner_free(all);
        bg_sweep_free(sweep);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_million_scenarios_take_no_memory),
        cmocka_unit_test(a_plan_spans_its_futures_times_its_policies),
        cmocka_unit_test(rows_name_the_values_of_their_scenario),
        cmocka_unit_test(a_row_does_not_depend_on_those_that_were_run_before),
        cmocka_unit_test(filters_leave_scenarios_out),
        cmocka_unit_test(each_future_may_have_a_seed_of_its_own_that_policies_share),
        cmocka_unit_test(a_policy_may_be_a_file),
        cmocka_unit_test(the_text_of_a_plan_tells_apart_all_that_changes_rows),
        cmocka_unit_test(a_row_does_not_depend_on_what_was_run_before),
    };
    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
