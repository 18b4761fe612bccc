/* The conditions of a step as a formula: 1 where all hold, else 0. */
#include "base/text.h"
#include "report/live_rate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct asked {
    bg_live_settling *self;
    bg_text text;
    bool lost;
} asked;

static const bg_named_input *input_of(const asked *to, size_t input)
{
    return bg_plan_input(to->self->year->plan, input);
}

/* A value as a formula has it: fen, or a decimal. */
static const char *value_text(const asked *to, size_t input, int64_t value,
                              char buffer[BG_NUMBER_TEXT])
{
    if (input_of(to, input)->kind == BG_KIND_MONEY) {
        snprintf(buffer, BG_NUMBER_TEXT, "%" PRId64, value);
        return buffer;
    }
    return bg_decimal_text(value, buffer);
}

/* Where the input stands; the year of the settlement stands in no cell. */
static const char *place_of(const asked *to, size_t input, char buffer[BG_NUMBER_TEXT])
{
    if (input == BG_INPUT_year) {
        snprintf(buffer, BG_NUMBER_TEXT, "%d", to->self->year->year);
        return buffer;
    }
    return to->self->input[input];
}

/* A step beyond a value: what is above it, or below. */
static bool is_beyond(int64_t bound, int64_t step)
{
    return (bound - step) % (BG_ONE / 1000000) == 0;
}

static void add_bound(asked *to, size_t input, const char *place, int64_t bound, bool low)
{
    char value[BG_NUMBER_TEXT];
    const int64_t step = low ? 1 : -1;
    const bool beyond = input_of(to, input)->kind != BG_KIND_MONEY && is_beyond(bound, step);
    bg_text_add(&to->text, ",%s%s%s%s", place, low ? ">" : "<", beyond ? "" : "=",
                value_text(to, input, beyond ? bound - step : bound, value));
}

static void add_word(asked *to, size_t input, const char *place, const bg_range *range)
{
    char word[BG_INPUT_TEXT];
    bg_named_input_text(input_of(to, input), range->low, word);
    to->lost = to->lost || range->low != range->high || strchr(word, '"');
    bg_text_add(&to->text, ",%s=\"%s\"", place, word);
}

static void add_range(asked *to, size_t input, const char *place, const bg_range *range)
{
    char value[BG_NUMBER_TEXT];
    bg_text_add(&to->text, ",AND(TRUE");
    if (input_of(to, input)->kind == BG_KIND_TEXT) {
        add_word(to, input, place, range);
    } else if (range->low == range->high) {
        bg_text_add(&to->text, ",%s=%s", place, value_text(to, input, range->low, value));
    } else {
        if (range->low != INT64_MIN) {
            add_bound(to, input, place, range->low, true);
        }
        if (range->high != INT64_MAX) {
            add_bound(to, input, place, range->high, false);
        }
    }
    bg_text_add(&to->text, ")");
}

/* Both sides times what makes `times` whole. */
static void add_relation(asked *to, size_t input, const char *place, const bg_relation *bound)
{
    char other[BG_NUMBER_TEXT], plus[BG_NUMBER_TEXT];
    int64_t over = 1;
    const char *second = place_of(to, bound->other, other);
    to->lost = !second || !bg_live_decimal_over(bound->times, &over) || to->lost;
    bg_text_add(&to->text, ",%s*%" PRId64 "%s%s%s*%" PRId64 "+(%s)*%" PRId64, place, over,
                bound->least ? ">" : "<", bound->strict ? "" : "=", second ? second : "",
                bg_live_numerator(bound->times, over), value_text(to, input, bound->plus, plus),
                over);
}

/* An input that the unit lacks meets nothing. */
static void add_condition(asked *to, const bg_condition *condition)
{
    char buffer[BG_NUMBER_TEXT];
    const char *place = place_of(to, condition->input, buffer);
    if (!place) {
        bg_text_add(&to->text, ",FALSE");
        return;
    }
    if (condition->count > 0) {
        bg_text_add(&to->text, ",OR(FALSE");
        for (size_t r = 0; r < condition->count; r++) {
            add_range(to, condition->input, place, &condition->range[r]);
        }
        bg_text_add(&to->text, ")");
    }
    for (size_t r = 0; r < condition->relation_count; r++) {
        add_relation(to, condition->input, place, &condition->relation[r]);
    }
}

static bool holds(const bg_live_settling *self)
{
    const bg_settlement_block *block = self->year->block;
    int64_t mask = 0;
    return bg_conditions_select(&self->step->when, block->input, block->given, &mask, 1);
}

bool bg_live_when(bg_live_settling *self)
{
    self->applies = NULL;
    self->applied = true;
    if (self->step->when.count == 0) {
        return true;
    }
    asked to = {.self = self};
    bg_text_add(&to.text, "=IF(AND(TRUE");
    for (size_t i = 0; i < self->step->when.count; i++) {
        add_condition(&to, &self->step->when.item[i]);
    }
    bg_text_add(&to.text, "),1,0)");
    char *formula = bg_text_take(&to.text);
    char *line = bg_node_line(bg_node_child(self->step->node, "when"));
    self->sheet->failed = self->sheet->failed || !formula;
    self->applied = holds(self);
    bg_live_row row = {
        .cell[BG_LIVE_RATE] =
            bg_live_whole(self->applied, bg_sheet_keep(self->sheet, "%s", formula ? formula : "")),
        .cell[BG_LIVE_WHY] = bg_live_text(bg_sheet_keep(self->sheet, "%s", line ? line : ""))};
    const size_t at = bg_live_step_row(
        self, &row, bg_live_words(self, "applies: 1, else 0", "是否适用（1为适用，0为不适用）"));
    self->applies = bg_live_place(self->sheet, at, BG_LIVE_RATE);
    free(formula);
    free(line);
    return !to.lost;
}
