#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "study/axis.h"

#include <stdlib.h>

static void a_range_is_read_as_its_key_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *key, *range;
        double low, high;
        const char *unit;
    } cases[] = {
        {"budget.growth", "2%:8%", 0.02, 0.08, "rate"},
        {"budget.growth", "-0.01:0.125", -0.01, 0.125, "rate"},
        {"demand.services[total].cost_cv", "0.5:2", 0.5, 2, "number"},
        {"people[residents].count", "1000:500000", 1000, 500000, "number"},
        {"budget.adjustments[beds].amount", "100万:3亿", 1e6, 3e8, "yuan"},
        {"pool[residents].income_per_head", "1000:1086.01", 1000, 1086.01, "yuan"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_axis axis;
        assert_int_equal(bg_axis_range(cases[i].key, cases[i].range, 100, &axis, NULL), BG_OK);
        assert_string_equal(axis.key, cases[i].key);
        assert_close(axis.spread.low, cases[i].low, 0);
        assert_close(axis.spread.high, cases[i].high, 0);
        assert_string_equal(bg_axis_unit(&axis), cases[i].unit);
    }
}

static void totals_without_a_suffix_are_in_the_unit_and_prices_in_yuan(void **state)
{
    (void)state;
    static const struct {
        const char *key, *range;
        double low, high; /* yuan */
    } cases[] = {
        {"budget.adjustments[beds].amount", "0:6000", 0, 6e7},
        {"budget.adjustments[beds].amount", "0万:6000万", 0, 6e7},
        {"budget.adjustments[beds].amount", "100yuan:60 million yuan", 100, 6e7},
        {"budget.adjustments[beds].amount", "0.5 wan:1 yi yuan", 5000, 1e8},
        {"pool[residents].income_per_head", "1000:1100", 1000, 1100},
        {"people[residents].count", "1000:500000", 1000, 500000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_axis axis;
        assert_int_equal(bg_axis_range(cases[i].key, cases[i].range, 1000000, &axis, NULL), BG_OK);
        assert_close(axis.spread.low, cases[i].low, 0);
        assert_close(axis.spread.high, cases[i].high, 0);
    }
}

static void values_are_the_nearest_that_are_written_briefly(void **state)
{
    (void)state;
    static const struct {
        const char *key, *range;
        double x;
        int64_t value;
        const char *shown;
    } cases[] = {
        {"budget.growth", "0%:20%", 1.0 / 11, BG_ONE / 1000000 * 90909 + 90000, "9.090909%"},
        {"budget.growth", "0%:20%", 0.05, BG_ONE / 20, "5%"},
        {"demand.services[total].cost_cv", "0.5:2", 2.0 / 3, 666666670000, "0.66666667"},
        {"people[residents].count", "10:20", 12.5, 13, "13"},
        {"budget.adjustments[beds].amount", "0:3亿", 1234.567, 123457, "0.123457万元"},
        {"budget.adjustments[beds].amount", "0:3亿", 27315500, 2731550000, "2731.55万元"},
        {"pool[residents].income_per_head", "1000:1100", 1086.01, 108601, "1086.01"},
    };
    const bg_money_scale wan = {"万元", 1e6, 0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_axis axis;
        char shown[BG_VALUE_TEXT];
        assert_int_equal(bg_axis_range(cases[i].key, cases[i].range, 100, &axis, NULL), BG_OK);
        assert_int_equal(bg_axis_nearest(&axis, cases[i].x), cases[i].value);
        assert_string_equal(bg_axis_shown(&axis, cases[i].x, wan, shown), cases[i].shown);
    }
}

static void what_is_no_range_is_refused_with_the_key(void **state)
{
    (void)state;
    static const struct {
        const char *key, *range, *message;
        bg_status status;
    } cases[] = {
        {"budget.growt", "0%:1%", "did you mean budget.growth?", BG_USAGE},
        {"budget.later_rule", "0:1", "no number", BG_USAGE},
        {"simulation.seed", "1:2", "how to simulate", BG_USAGE},
        {"budget.growth", "5%", "\"5%\" is no range", BG_USAGE},
        {"budget.growth", "5%:5%", "no range", BG_USAGE},
        {"budget.growth", "5%:much", "no range", BG_USAGE},
        {"budget.adjustments[beds].amount", "1", "100万:3亿", BG_USAGE},
        {"budget.growth", "0%:500%", "at most 100%", BG_RANGE},
        {"budget.growth", "-500%:0%", "at least -", BG_RANGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_axis axis;
        bg_errors errors;
        bg_errors_init(&errors);
        assert_int_equal(bg_axis_range(cases[i].key, cases[i].range, 100, &axis, &errors),
                         cases[i].status);
        char *messages = messages_of(&errors);
        assert_reports(messages, cases[i].message);
        assert_contains(messages, cases[i].key);
        free(messages);
        bg_errors_free(&errors);
    }
}

static void what_is_unusual_is_taken_with_a_warning(void **state)
{
    (void)state;
    bg_axis axis;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_axis_range("budget.growth", "0%:90%", 100, &axis, &errors), BG_OK);
    assert_int_equal(errors.error_count, 0);
    char *messages = messages_of(&errors);
    assert_reports(messages, "beyond what is usual: -5% to 20%");
    free(messages);
    bg_errors_free(&errors);
}

static void the_usual_range_is_the_catalogues(void **state)
{
    (void)state;
    bg_axis axis;
    assert_true(bg_axis_usual("budget.growth", &axis));
    assert_close(axis.spread.low, -0.05, 0);
    assert_close(axis.spread.high, 0.2, 0);
    assert_false(bg_axis_usual("budget.later_rule", &axis));
    assert_false(bg_axis_usual("simulation.replications", &axis));
    assert_false(bg_axis_usual("no.such.key", &axis));
}

static void a_key_is_turned_once(void **state)
{
    (void)state;
    static const char *const range[] = {"1%:8%", "2%:9%"};
    static const struct {
        const char *path[2];
        bg_status status;
    } rows[] = {
        {{"budget.growth", "budget.growth"}, BG_USAGE},
        {{"budget.growth", "budget.growth[2027]"}, BG_USAGE},
        {{"budget.growth[2027]", "budget.growth"}, BG_USAGE},
        {{"budget.growth[2027]", "budget.growth[2028]"}, BG_OK},
        {{"budget.growth", "budget.growth_cap"}, BG_OK},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bg_axis axes[2];
        bg_errors errors;
        bg_errors_init(&errors);
        assert_int_equal(bg_axis_ranges(bg_axis_range, 2, rows[i].path, range, 100, axes, &errors),
                         rows[i].status);
        assert_int_equal(errors.error_count, rows[i].status != BG_OK);
        if (errors.error_count) {
            assert_string_equal(errors.items[0].path, rows[i].path[1]);
            assert_string_equal(errors.items[0].name, "range_key_twice");
        }
        bg_errors_free(&errors);
    }
}

static void what_is_believed_of_a_key_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *key, *range;
        bg_spread_kind kind;
        double low, middle, high; /* the ends shown, and the median */
    } cases[] = {
        {"budget.growth", "2%:8%", BG_SPREAD_UNIFORM, 0.02, 0.05, 0.08},
        {"budget.growth", "p10=2%:p90=8%", BG_SPREAD_NORMAL, 0.02, 0.05, 0.08},
        {"people[residents].count", "p10=1000:p90=4000", BG_SPREAD_LOGNORMAL, 1000, 2000, 4000},
        {"budget.adjustments[beds].amount", "p10=-1万:p90=3万", BG_SPREAD_NORMAL, -1e4, 1e4, 3e4},
        {"budget.growth", "2%:5%:8%", BG_SPREAD_PERT, 0.02, 0.05, 0.08},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_axis axis;
        assert_int_equal(bg_axis_belief(cases[i].key, cases[i].range, 100, &axis, NULL), BG_OK);
        assert_int_equal(axis.spread.kind, cases[i].kind);
        const double scale = cases[i].high;
        assert_close(bg_axis_end(&axis, false) / scale, cases[i].low / scale, 1e-9);
        assert_close(bg_spread_at(&axis.spread, 0.5) / scale, cases[i].middle / scale, 1e-9);
        assert_close(bg_axis_end(&axis, true) / scale, cases[i].high / scale, 1e-9);
    }
}

/* The catalogue ends people at zero and growth at -50 %. */
static void a_belief_stays_within_the_catalogue(void **state)
{
    (void)state;
    bg_axis axis;
    assert_int_equal(bg_axis_belief("budget.growth", "p10=-40%:p90=20%", 100, &axis, NULL), BG_OK);
    assert_true(bg_spread_at(&axis.spread, 1e-9) >= -0.5);
    static const char *const wrong[] = {
        "p10=8%:p90=2%", "p10=2%",        "p10=2%:8%",     "2%:9%:8%",    "2%:3%:4%:5%",
        "8%:5%:2%",      "p90=2%:p10=8%", "p10=2%:p50=4%", "2%:three:8%", ""};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        bg_errors errors;
        bg_errors_init(&errors);
        assert_int_equal(bg_axis_belief("budget.growth", wrong[i], 100, &axis, &errors), BG_USAGE);
        char *messages = messages_of(&errors);
        assert_reports(messages, "is no range");
        free(messages);
        bg_errors_free(&errors);
    }
    assert_int_equal(bg_axis_range("budget.growth", "p10=2%:p90=8%", 100, &axis, NULL), BG_USAGE);
    assert_int_equal(bg_axis_belief("budget.growth", "p10=2%:p90=800%", 100, &axis, NULL),
                     BG_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_range_is_read_as_its_key_is_written),
        cmocka_unit_test(totals_without_a_suffix_are_in_the_unit_and_prices_in_yuan),
        cmocka_unit_test(values_are_the_nearest_that_are_written_briefly),
        cmocka_unit_test(what_is_no_range_is_refused_with_the_key),
        cmocka_unit_test(what_is_unusual_is_taken_with_a_warning),
        cmocka_unit_test(the_usual_range_is_the_catalogues),
        cmocka_unit_test(a_key_is_turned_once),
        cmocka_unit_test(what_is_believed_of_a_key_is_read),
        cmocka_unit_test(a_belief_stays_within_the_catalogue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
