/* Bounds of a condition that another input sets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "settlement/condition.h"
#include "settlement/inputs.h"
#include <stdio.h>
#include <string.h>

typedef struct fixture {
    bg_scenario *scenario;
    bg_inputs inputs;
    bg_conditions conditions;
    bg_errors errors;
    bg_status status;
} fixture;

/* The condition stands in line 4 of "when.yaml". */
static fixture read_when(const char *when)
{
    fixture self = {.status = BG_OK};
    char text[1024];
    const int size =
        snprintf(text, sizeof text,
                 "inputs: {rate: rate, quality: rate, income: {kind: money, optional: true}, "
                 "word: text}\n"
                 "settlement:\n"
                 "- cap:\n"
                 "    when: %s\n"
                 "    gain: 1%%\n"
                 "- clear: {}\n",
                 when);
    bg_errors_init(&self.errors);
    self.status = bg_scenario_parse(text, (size_t)size, "when.yaml", NULL, NULL, 0, &self.scenario,
                                    &self.errors);
    if (!self.status) {
        self.status =
            bg_inputs_read(bg_scenario_find(self.scenario, "inputs"), &self.inputs, &self.errors);
    }
    if (!self.status) {
        self.status = bg_conditions_read(bg_scenario_find(self.scenario, "settlement[cap].when"),
                                         &self.inputs, &self.conditions, &self.errors);
    }
    return self;
}

static void drop(fixture *self)
{
    bg_conditions_free(&self->conditions);
    bg_inputs_free(&self->inputs);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

/* Whether the condition holds for one unit; an income below zero is absent. */
static bool holds(const char *when, int64_t rate, int64_t quality, bg_fen expense, bg_fen income)
{
    fixture self = read_when(when);
    assert_int_equal(self.status, BG_OK);
    int64_t value[BG_MAX_INPUTS] = {0};
    int64_t known[BG_MAX_INPUTS];
    int64_t *input[BG_MAX_INPUTS], *given[BG_MAX_INPUTS] = {NULL};
    for (size_t i = 0; i < BG_MAX_INPUTS; i++) {
        input[i] = &value[i];
        known[i] = 1;
        given[i] = i < BG_INPUT_COUNT ? NULL : &known[i];
    }
    const int place = bg_inputs_index(&self.inputs, "income");
    input[bg_inputs_index(&self.inputs, "rate")][0] = rate;
    input[bg_inputs_index(&self.inputs, "quality")][0] = quality;
    input[BG_INPUT_expense][0] = expense;
    input[place][0] = income < 0 ? 0 : income;
    given[place][0] = income >= 0;
    int64_t mask = 7;
    const bool any = bg_conditions_select(&self.conditions, input, given, &mask, 1);
    assert_int_equal(mask, any ? -1 : 0);
    drop(&self);
    return any;
}

static void a_printed_rate_agrees_with_a_sharper_one_within_half_a_unit(void **state)
{
    (void)state;
    const char *agree = "{rate: {from: {input: quality, times: 50%, plus: -0.5%}, "
                        "to: {input: quality, times: 50%, plus: 0.5%}}}";
    const char *above = "{rate: {above: {input: quality, times: 50%, plus: 0.5%}}}";
    const char *below = "{rate: {below: {input: quality, times: 50%, plus: -0.5%}}}";
    const struct {
        int64_t rate, quality; /* in 10^-12 */
        int side;
    } rows[] = {
        /* 0.9687 x 0.5 = 0.48435: 0.48 and 0.47935 agree, one step below that does not. */
        {480000000000, 968700000000, 0},
        {479350000000, 968700000000, 0},
        {479349999999, 968700000000, -1},
        {489350000000, 968700000000, 0},
        {489350000001, 968700000000, 1},
        {500000000000, 968700000000, 1},
        {0, 968700000000, -1},
        /* Half of an odd number of steps lies between two rates. */
        {5000000000, 1, 0},
        {5000000001, 1, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(holds(agree, rows[i].rate, rows[i].quality, 0, 0), rows[i].side == 0);
        assert_int_equal(holds(above, rows[i].rate, rows[i].quality, 0, 0), rows[i].side > 0);
        assert_int_equal(holds(below, rows[i].rate, rows[i].quality, 0, 0), rows[i].side < 0);
    }
}

static void an_amount_compares_with_an_amount(void **state)
{
    (void)state;
    const char *over = "{expense: {above: {input: income}}}";
    assert_true(holds(over, 0, 0, 101, 100));
    assert_false(holds(over, 0, 0, 100, 100));
    assert_false(holds(over, 0, 0, 101, -1)); /* not known: the condition is not met */
    assert_true(holds("{expense: {to: {input: income, plus: 1}}}", 0, 0, 200, 100));
    assert_false(holds("{expense: {to: {input: income, plus: 1}}}", 0, 0, 201, 100));
    assert_true(holds("{expense: {from: 10, above: {input: income}}}", 0, 0, 1000, 999));
    assert_false(holds("{expense: {from: 10, above: {input: income}}}", 0, 0, 999, 998));
}

static void the_largest_amounts_compare_without_overflow(void **state)
{
    (void)state;
    const char *far = "{expense: {above: {input: income, times: 9000000, plus: -1000000000}}}";
    assert_false(holds(far, 0, 0, INT64_MAX, INT64_MAX));
    assert_true(holds(far, 0, 0, INT64_MAX, 0));
}

static void a_bound_that_makes_no_sense_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *when, *message;
    } rows[] = {
        {"{rate: {from: {times: 2}}}", "the bound names no input of the kind rate"},
        {"{expense: {from: {times: 2}}}", "the bound names no input of the kind money"},
        {"{rate: {from: {input: nothing}}}", "the bound names no input of the kind rate"},
        {"{rate: {from: {input: budget}}}", "the bound names no input of the kind rate"},
        {"{expense: {from: {input: rate}}}", "the bound names no input of the kind money"},
        {"{rate: {from: {input: word}}}", "the bound names no input of the kind rate"},
        {"{rate: {from: {input: quality, plus: x}}}", "rate is \"x\""},
        {"{rate: {from: {input: quality, times: x}}}", "\"x\" is not allowed; allowed is a factor"},
        {"{rate: {from: {input: quality, minus: 1}}}", "the key \"minus\" is not allowed"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fixture self = read_when(rows[i].when);
        assert_int_not_equal(self.status, BG_OK);
        assert_says_among_others(self.errors.items[0].message, rows[i].message);
        assert_int_equal(self.errors.items[0].line, 4);
        drop(&self);
    }
}

static void bounds_by_another_input_never_count_as_excluding(void **state)
{
    (void)state;
    fixture low = read_when("{rate: {below: {input: quality}}}");
    fixture high = read_when("{rate: {above: {input: quality}}}");
    assert_false(bg_conditions_exclude(&low.conditions, &high.conditions));
    drop(&low);
    drop(&high);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_printed_rate_agrees_with_a_sharper_one_within_half_a_unit),
        cmocka_unit_test(an_amount_compares_with_an_amount),
        cmocka_unit_test(the_largest_amounts_compare_without_overflow),
        cmocka_unit_test(a_bound_that_makes_no_sense_is_refused_with_its_line),
        cmocka_unit_test(bounds_by_another_input_never_count_as_excluding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
