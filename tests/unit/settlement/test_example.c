/* What help shows of the settlement is read as a plan, and says the same in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "settlement/example.h"
#include "settlement/steps.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_use(const bg_example *example)
{
    return example->kind && strcmp(example->kind, "use") == 0;
}

/* The plan of the example alone, but for what must stand before and behind it. */
static test_plan read_example(const bg_example *example)
{
    char text[1024];
    snprintf(text, sizeof text, "%s  - %s\n%s%s\n",
             is_use(example) ? "  - split: {county_hospital: 100%}\n" : "", example->entry,
             strncmp(example->entry, "clear:", strlen("clear:")) == 0 ? "" : "  - clear: {}\n",
             example->sections);
    test_plan plan = test_plan_read(text, 1);
    if (plan.status) {
        fail_msg("%s: %s", example->entry, plan.errors.items[plan.errors.count - 1].message);
    }
    return plan;
}

static void every_kind_has_an_example_that_is_a_step_of_it(void **state)
{
    (void)state;
    const bg_example *example = NULL;
    size_t count = 0;
    for (; (example = bg_example_at(BG_EXAMPLE_STEP, count)) != NULL; count++) {
        test_plan plan = read_example(example);
        assert_ptr_equal(plan.plan->step[is_use(example)].kind, bg_step_kind_find(example->kind));
        test_plan_free(&plan);
    }
#define COUNTED(kind) +1
    assert_int_equal(count, 0 BG_STEP_KINDS(COUNTED));
}

static void every_form_of_a_rate_has_an_example_that_is_of_it(void **state)
{
    (void)state;
    unsigned seen = 0;
    const bg_example *example = NULL;
    for (size_t i = 0; (example = bg_example_at(BG_EXAMPLE_RATE, i)) != NULL; i++) {
        test_plan plan = read_example(example);
        bg_rate_rule rule;
        assert_int_equal(bg_rate_rule_read(plan.plan,
                                           bg_node_child(plan.plan->step[0].node, "gain"), &rule,
                                           &plan.errors),
                         BG_OK);
        assert_int_equal(rule.form, example->form);
        seen |= 1U << example->form;
        test_plan_free(&plan);
    }
    assert_int_equal(seen, (2U << BG_RATE_RULE_PLUS) - (1U << BG_RATE_RULE_CONSTANT));
}

static void every_other_form_is_read(void **state)
{
    (void)state;
    const bg_example *example = NULL;
    size_t count = 0;
    for (; (example = bg_example_at(BG_EXAMPLE_FORM, count)) != NULL; count++) {
        test_plan plan = read_example(example);
        test_plan_free(&plan);
    }
    assert_true(count > 0);
}

/* ---- the sentences ---- */

static int by_value(const void *a, const void *b)
{
    const long x = *(const long *)a, y = *(const long *)b;
    return (x > y) - (x < y);
}

#define MOST_NUMBERS 32

/* The numbers of a text, each once, in rising order. */
static size_t numbers_of(const char *text, long *number)
{
    size_t count = 0, kept = 0;
    while (*text) {
        char *end = NULL;
        if (isdigit((unsigned char)*text)) {
            assert_true(count < MOST_NUMBERS);
            number[count++] = strtol(text, &end, 10);
            text = end;
        } else {
            text++;
        }
    }
    qsort(number, count, sizeof *number, by_value);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || number[kept - 1] != number[i]) {
            number[kept++] = number[i];
        }
    }
    return kept;
}

static void assert_same_numbers(const char *a, const char *b)
{
    long in_a[MOST_NUMBERS], in_b[MOST_NUMBERS];
    const size_t count = numbers_of(a, in_a);
    if (count != numbers_of(b, in_b) || memcmp(in_a, in_b, count * sizeof *in_a) != 0) {
        fail_msg("not the same numbers: %s / %s", a, b);
    }
}

static void both_languages_have_the_numbers_of_the_example(void **state)
{
    (void)state;
    for (bg_example_part part = 0; part < BG_EXAMPLE_PART_COUNT; part++) {
        const bg_example *example = NULL;
        for (size_t i = 0; (example = bg_example_at(part, i)) != NULL; i++) {
            assert_same_numbers(example->entry, example->en);
            assert_same_numbers(example->entry, example->zh);
            assert_string_not_equal(example->en, example->zh);
        }
    }
}

static bg_fen result_of(const char *kind, bg_fen budget, bg_fen expense)
{
    const bg_example *example = NULL;
    size_t i = 0;
    while ((example = bg_example_at(BG_EXAMPLE_STEP, i)) != NULL &&
           strcmp(example->kind, kind) != 0) {
        i++;
    }
    if (!example) {
        fail_msg("no example of %s", kind);
        return 0;
    }
    test_plan plan = read_example(example);
    plan.block.input[bg_plan_input_index(plan.plan, "budget")][0] = budget;
    plan.block.input[bg_plan_input_index(plan.plan, "payable")][0] = budget;
    plan.block.input[bg_plan_input_index(plan.plan, "expense")][0] = expense;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_OK);
    const bg_fen result = plan.block.result[BG_RESULT_result][0];
    test_plan_free(&plan);
    return result;
}

/* Of a budget of 1,000 fen; what the sentences of these examples say, by hand. */
static void examples_do_what_their_sentences_say(void **state)
{
    (void)state;
    assert_int_equal(result_of("share_surplus", 1000, 850), 80);     /* 80% of 100, 0% of 50 */
    assert_int_equal(result_of("share_overspend", 1000, 1120), -60); /* 15 + 25 + 20 */
    assert_int_equal(result_of("corridor", 1000, 981), 0);           /* 19 < 2% */
    assert_int_equal(result_of("corridor", 1000, 980), 20);
    assert_int_equal(result_of("corridor", 1000, 1009), 0); /* 9 < 1% */
    assert_int_equal(result_of("corridor", 1000, 1010), -10);
    assert_int_equal(result_of("deduct", 1000, 900), 90);
    assert_int_equal(result_of("deduct", 1000, 1100), -80);
    assert_int_equal(result_of("cap", 1000, 700), 100);
    assert_int_equal(result_of("cap", 1000, 1300), -50);
    assert_int_equal(result_of("carry_forward", 1000, 1100), -50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_an_example_that_is_a_step_of_it),
        cmocka_unit_test(every_form_of_a_rate_has_an_example_that_is_of_it),
        cmocka_unit_test(every_other_form_is_read),
        cmocka_unit_test(both_languages_have_the_numbers_of_the_example),
        cmocka_unit_test(examples_do_what_their_sentences_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
