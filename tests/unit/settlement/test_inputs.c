/* How the text of a cell becomes the value of an input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "settlement/inputs.h"
#include <stdio.h>
#include <string.h>

typedef struct fixture {
    bg_scenario *scenario;
    bg_inputs inputs;
    bg_errors errors;
    bg_status status;
} fixture;

/* Lines 3 and on of "inputs.yaml" are `section`. */
static fixture read_section(const char *section)
{
    fixture self = {.status = BG_OK};
    char text[2048];
    const int size = snprintf(text, sizeof text, "history: {2024: 100}\ninputs:\n%s", section);
    bg_errors_init(&self.errors);
    self.status = bg_scenario_parse(text, (size_t)size, "inputs.yaml", NULL, NULL, 0,
                                    &self.scenario, &self.errors);
    if (!self.status) {
        self.status =
            bg_inputs_read(bg_scenario_find(self.scenario, "inputs"), &self.inputs, &self.errors);
    }
    return self;
}

static void drop(fixture *self)
{
    bg_inputs_free(&self->inputs);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static const bg_named_input *input(const fixture *self, const char *name)
{
    const int index = bg_inputs_index(&self->inputs, name);
    assert_true(index >= 0);
    return &self->inputs.item[index];
}

static int64_t value_of(fixture *self, const char *name, const char *text)
{
    int64_t value = -1;
    bool given = false;
    const bg_mark mark = {.file = "f.csv", .line = 3, .column = 2};
    assert_int_equal(
        bg_named_input_read(input(self, name), text, mark, NULL, &value, &given, &self->errors),
        BG_OK);
    assert_true(given);
    return value;
}

static void assert_refused(fixture *self, const char *name, const char *text, bg_status status,
                           const char *sentence)
{
    int64_t value;
    bool given;
    const bg_mark mark = {.file = "f.csv", .line = 3, .column = 2};
    assert_int_equal(
        bg_named_input_read(input(self, name), text, mark, NULL, &value, &given, &self->errors),
        status);
    const bg_error *last = &self->errors.items[self->errors.count - 1];
    assert_says(last->message, sentence);
    assert_int_equal(last->line, 3);
    assert_int_equal(last->column, 2);
}

static const char programme[] =
    "  budget: {column: benchmark}\n"
    "  score: {column: quality, scale: 100, values: {P4R: 1}, empty: 1}\n"
    "  share_rate: rate\n"
    "  long_rate: {kind: rate, decimals: rounded}\n"
    "  relief: {kind: money, sign: absolute, empty: 0}\n"
    "  owed: {kind: money, sign: reversed, scale: 10000}\n"
    "  revenue: {kind: money, optional: true}\n"
    "  track: {kind: text, allowed: [A, B, EN]}\n"
    "  remark: {kind: text, values: {old: new}}\n";

static void a_cell_is_scaled_and_signed_as_the_mapping_says(void **state)
{
    (void)state;
    fixture self = read_section(programme);
    assert_int_equal(self.status, BG_OK);
    assert_string_equal(input(&self, "budget")->column, "benchmark");
    assert_string_equal(input(&self, "expense")->column, "expense");
    assert_int_equal(value_of(&self, "budget", "146995248"), INT64_C(14699524800));
    assert_int_equal(value_of(&self, "score", "0.793415179"), INT64_C(79341517900000));
    assert_int_equal(value_of(&self, "score", "P4R"), 100 * BG_ONE);
    assert_int_equal(value_of(&self, "score", ""), 100 * BG_ONE);
    assert_int_equal(value_of(&self, "share_rate", "44.61%"), INT64_C(446100000000));
    assert_int_equal(value_of(&self, "long_rate", "0.02411227041051"), INT64_C(24112270411));
    assert_int_equal(value_of(&self, "relief", "-12.34"), 1234);
    assert_int_equal(value_of(&self, "relief", "12.34"), 1234);
    assert_int_equal(value_of(&self, "relief", ""), 0);
    assert_int_equal(value_of(&self, "owed", "-1.5"), 1500000);
    drop(&self);
}

static void a_text_becomes_the_place_of_its_word(void **state)
{
    (void)state;
    fixture self = read_section(programme);
    assert_int_equal(value_of(&self, "track", "A"), 1);
    assert_int_equal(value_of(&self, "track", "EN"), 3);
    assert_refused(&self, "track", "Z", BG_RANGE,
                   "track is \"Z\"; allowed are \"A\", \"B\", \"EN\".");
    assert_int_equal(value_of(&self, "remark", "old"), 0);
    bg_named_input *remark = &self.inputs.item[bg_inputs_index(&self.inputs, "remark")];
    assert_int_equal(bg_named_input_word(remark, "new"), 1);
    assert_int_equal(bg_named_input_word(remark, "new"), 1);
    assert_int_equal(value_of(&self, "remark", "old"), 1);
    drop(&self);
}

static void an_optional_input_may_be_absent_and_no_other(void **state)
{
    (void)state;
    fixture self = read_section(programme);
    int64_t value = 7;
    bool given = true;
    assert_int_equal(bg_named_input_read(input(&self, "revenue"), "", BG_NOWHERE, NULL, &value,
                                         &given, &self.errors),
                     BG_OK);
    assert_false(given);
    assert_int_equal(value, 0);
    assert_refused(&self, "track", "", BG_MISSING,
                   "track is empty; give it, say with `empty` what an empty text stands for, or "
                   "make it `optional`.");
    drop(&self);
}

static void a_cell_that_cannot_be_read_is_refused_with_what_is_allowed(void **state)
{
    (void)state;
    fixture self = read_section(programme);
    assert_refused(&self, "budget", "1.234", BG_TYPE,
                   "budget is \"1.234\"; allowed is an amount of money such as 5200, 4100万, 1.2亿 "
                   "or 36.47M, in whole fen.");
    assert_refused(&self, "share_rate", "half", BG_TYPE,
                   "share_rate is \"half\"; allowed is a rate such as 3% or 0.03, with at most 12 "
                   "decimals.");
    assert_refused(&self, "score", "90%", BG_TYPE,
                   "score is \"90%\"; allowed is a number such as 2 or 0.85, with at most 12 "
                   "decimals.");
    assert_refused(&self, "score", "90000000", BG_OVERFLOW,
                   "score is \"90000000\", which is larger than baogan can hold.");
    assert_refused(&self, "owed", "-9223372036854.775808", BG_OVERFLOW,
                   "owed is \"-9223372036854.775808\", which is larger than baogan can hold.");
    drop(&self);
}

static void a_value_is_written_for_people(void **state)
{
    (void)state;
    fixture self = read_section(programme);
    char text[BG_INPUT_TEXT];
    assert_string_equal(bg_named_input_text(input(&self, "budget"), 123456789, text),
                        "1,234,567.89");
    assert_string_equal(bg_named_input_text(input(&self, "share_rate"), BG_ONE / 4, text), "25%");
    assert_string_equal(bg_named_input_text(input(&self, "score"), 85 * BG_ONE, text), "85");
    assert_string_equal(bg_named_input_text(input(&self, "track"), 2, text), "B");
    assert_string_equal(bg_named_input_text(input(&self, "track"), 0, text), "-");
    drop(&self);
}

static void a_mapping_that_makes_no_sense_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *section, *path, *message;
    } cases[] = {
        {"  a: {column: b}\n", "inputs[a]",
         "the input \"a\" has no `kind`; allowed are money, rate, number and text."},
        {"  budget: rate\n", "inputs[budget].kind",
         "\"budget\" is built in and of the kind money."},
        {"  budget: {optional: true}\n", "inputs[budget].optional",
         "\"budget\" is built in; only inputs of your own can be optional."},
        {"  a: {kind: text, sign: reversed}\n", "inputs[a].sign",
         "this has no meaning for an input of the kind text."},
        {"  a: {kind: text, scale: 2}\n", "inputs[a].scale",
         "this has no meaning for an input of the kind text."},
        {"  a: {kind: money, decimals: rounded}\n", "inputs[a].decimals",
         "this has no meaning for an input of the kind money."},
        {"  a: {kind: rate, allowed: [x]}\n", "inputs[a].allowed",
         "this has no meaning for an input of the kind rate."},
        {"  a: {kind: money, scale: 0.001}\n", "inputs[a]",
         "the scale 0.001 of an amount of money leaves parts of a fen."},
        {"  a: {kind: rate, empty: none}\n", "inputs[a].empty",
         "a is \"none\"; allowed is a rate such as 3% or 0.03, with at most 12 decimals."},
        {"  a: {kind: rate, values: {x: y}}\n", "inputs[a].values[x]",
         "a is \"y\"; allowed is a rate such as 3% or 0.03, with at most 12 decimals."},
        {"  a: {kind: text, allowed: [x], empty: y}\n", "inputs[a].empty",
         "a is \"y\"; allowed are \"x\"."},
        {"  a: {pool: surplus, kind: money}\n", "inputs[a].kind",
         "`kind` says nothing of what the year of the whole pool comes to: that is worked out in "
         "each future, and "
         "given of each real year."},
        {"  a: {pool: months, empty: 6}\n", "inputs[a].empty",
         "`empty` says nothing of what the year of the whole pool comes to: that is worked out in "
         "each future, and "
         "given of each real year."},
        {"  a: {pool: balance, optional: true}\n", "inputs[a].optional",
         "`optional` says nothing of what the year of the whole pool comes to: that is worked out "
         "in each future, "
         "and given of each real year."},
        {"  budget: {pool: surplus}\n", "inputs[budget].pool",
         "\"budget\" is built in and is no figure of the pool; choose another name."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture self = read_section(cases[i].section);
        assert_int_not_equal(self.status, BG_OK);
        const bg_error *error = &self.errors.items[0];
        assert_says(error->message, cases[i].message);
        assert_string_equal(error->path, cases[i].path);
        assert_int_equal(error->line, 3);
        drop(&self);
    }
}

static void what_the_pool_comes_to_has_a_kind_of_its_own(void **state)
{
    (void)state;
    fixture self = read_section("  a: {pool: surplus, scale: 10000}\n"
                                "  b: {pool: balance}\n"
                                "  c: {pool: surplus_rate}\n"
                                "  d: {pool: balance_rate}\n"
                                "  e: {pool: months}\n");
    static const bg_input_kind kinds[] = {BG_KIND_MONEY, BG_KIND_MONEY, BG_KIND_RATE, BG_KIND_RATE,
                                          BG_KIND_NUMBER};
    assert_int_equal(self.status, BG_OK);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const bg_named_input *each = input(&self, (const char[]){(char)('a' + i), '\0'});
        assert_int_equal(each->kind, kinds[i]);
        assert_int_equal(each->pool, BG_POOL_SURPLUS + i);
        assert_false(each->optional);
    }
    assert_int_equal(value_of(&self, "a", "-12.5"), -12500000);
    assert_int_equal(value_of(&self, "c", "-3%"), -BG_ONE / 100 * 3);
    drop(&self);
}

static void more_inputs_than_there_is_room_for_are_refused(void **state)
{
    (void)state;
    char section[2048] = "";
    for (int i = 0; i <= BG_MAX_NAMED_INPUTS; i++) {
        snprintf(section + strlen(section), 24, "  n%d: rate\n", i);
    }
    fixture self = read_section(section);
    assert_int_equal(self.status, BG_LIMIT);
    assert_says(self.errors.items[0].message,
                "there are more than 64 inputs; no more are allowed.");
    drop(&self);
}

/* An input of kind money whose empty text stands for `empty`, in a file that counts in wan. */
static fixture read_in_wan(const char *empty)
{
    fixture self = {.status = BG_OK};
    char text[256];
    const int size = snprintf(text, sizeof text,
                              "money_unit: wan\ninputs:\n  drugs: {kind: money, empty: %s}\n  "
                              "scaled: {kind: money, scale: "
                              "10000, empty: 3}\n",
                              empty);
    bg_errors_init(&self.errors);
    self.status = bg_scenario_parse(text, (size_t)size, "inputs.yaml", NULL, NULL, 0,
                                    &self.scenario, &self.errors);
    if (!self.status) {
        self.status =
            bg_inputs_read(bg_scenario_find(self.scenario, "inputs"), &self.inputs, &self.errors);
    }
    return self;
}

static void an_amount_without_a_unit_in_a_file_that_counts_in_another_is_refused(void **state)
{
    (void)state;
    static const char *const clear[] = {"3 wan yuan", "30000 yuan", "3万元", "0.0003亿", "0"};
    fixture self = read_in_wan("3");
    assert_int_equal(self.status, BG_TYPE);
    assert_int_equal(self.errors.count, 1);
    assert_string_equal(self.errors.items[0].name, "input_amount_of_two_readings");
    assert_int_equal(self.errors.items[0].line, 3);
    assert_says(self.errors.items[0].message,
                "\"3\" has no unit: it can be read as 3.00 yuan or, as amounts of this file count, "
                "as 3 wan yuan. Write it with its unit.");
    assert_says(self.errors.items[0].message_zh,
                "“3”未写单位：可读作3.00元，也可按本文件的金额单位读作3万元。请写明单位。");
    drop(&self);
    for (size_t i = 0; i < sizeof clear / sizeof *clear; i++) {
        self = read_in_wan(clear[i]);
        assert_int_equal(self.status, BG_OK);
        assert_int_equal(value_of(&self, "drugs", ""), i < 4 ? 3000000 : 0);
        assert_int_equal(value_of(&self, "scaled", ""), 3000000);
        drop(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_is_scaled_and_signed_as_the_mapping_says),
        cmocka_unit_test(a_text_becomes_the_place_of_its_word),
        cmocka_unit_test(an_optional_input_may_be_absent_and_no_other),
        cmocka_unit_test(a_cell_that_cannot_be_read_is_refused_with_what_is_allowed),
        cmocka_unit_test(a_value_is_written_for_people),
        cmocka_unit_test(a_mapping_that_makes_no_sense_is_refused_with_its_line),
        cmocka_unit_test(what_the_pool_comes_to_has_a_kind_of_its_own),
        cmocka_unit_test(more_inputs_than_there_is_room_for_are_refused),
        cmocka_unit_test(an_amount_without_a_unit_in_a_file_that_counts_in_another_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
