#include <baogan/figure.h>

#include "base/text.h"
#include "projection/figure_words.h"
#include "projection/messages.h"
#include "scenario/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a target says, in pieces that each end with a zero byte. */
typedef struct pieces {
    char *figure, *bound, *base; /* base: "" where there is none */
} pieces;

static char *skip_blanks(char *text)
{
    return text + strspn(text, " \t");
}

static void cut_blanks(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
        text[--length] = '\0';
    }
}

/* Finds the comparison in a copy of the text and cuts it there. */
static bool cut_comparison(bg_target *self, char *copy, pieces *result)
{
    static const struct {
        const char *sign;
        bool at_least, strict;
    } signs[] = {
        {"<=", false, false}, {">=", true, false}, {"≤", false, false},
        {"≥", true, false},   {"<", false, true},  {">", true, true},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        char *at = strstr(copy, signs[i].sign);
        if (at) {
            self->at_least = signs[i].at_least;
            self->strict = signs[i].strict;
            self->comparison = self->text + (at - copy);
            result->bound = skip_blanks(at + strlen(signs[i].sign));
            *at = '\0';
            result->figure = skip_blanks(copy);
            cut_blanks(result->figure);
            return true;
        }
    }
    return false;
}

/* "2% budget" is a bound and its base; "2 million yuan" is a bound. */
static void cut_base(pieces *self)
{
    bg_fen amount;
    const bool whole = bg_money_parse(self->bound, 100, &amount) == BG_OK;
    char *end = self->bound + (whole ? strlen(self->bound) : strcspn(self->bound, " \t"));
    self->base = skip_blanks(end);
    *end = '\0';
}

/* "(FIGURE)" leaves the figure. */
static bool cut_brackets(char *open, pieces *from)
{
    char *close = open + strlen(open) - 1;
    from->figure = skip_blanks(open + 1);
    if (close == open || *close != ')') {
        return false;
    }
    *close = '\0';
    cut_blanks(from->figure);
    return true;
}

/* "se(FIGURE)" and "rse(FIGURE)" leave the figure. */
static bool cut_measure(bg_target *self, pieces *from)
{
    for (bg_target_kind kind = BG_TARGET_VALUE + 1; kind < BG_TARGET_KIND_COUNT; kind++) {
        const char *head = bg_measure_words[kind].head;
        const size_t length = strlen(head);
        if (strncmp(from->figure, head, length) != 0) {
            continue;
        }
        char *open = skip_blanks(from->figure + length);
        if (*open == '(') {
            self->kind = kind;
            return cut_brackets(open, from);
        }
    }
    return true;
}

static bg_status read_base(bg_target *self, const bg_model *model, const char *base,
                           const char *where, bg_errors *errors)
{
    if (bg_figure_is_share(&self->figure) || self->kind == BG_TARGET_RELATIVE_SE) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, where, BG_SAY(target_share_with_base),
                             self->text);
    }
    const size_t size = strlen(base) + sizeof "mean()";
    char *mean = malloc(size);
    if (!mean) {
        return bg_no_memory(errors);
    }
    snprintf(mean, size, "mean(%s)", base);
    bg_figure figure = {0};
    bg_status status = bg_figure_parse(model, mean, where, &figure, errors);
    free(mean);
    self->has_base = true;
    self->base = figure.outcome;
    return status;
}

/* The most that a share is: a chance, its standard error, or one that may be anything. */
static double most_of(const bg_target *self)
{
    const bool chance = self->figure.kind == BG_FIGURE_CHANCE;
    return chance && self->kind == BG_TARGET_VALUE ? 1
           : chance && self->kind == BG_TARGET_SE  ? 0.5
                                                   : HUGE_VAL;
}

/* Whether so many per cent are likely meant: written without a sign, the bound bounds nothing, or is several
 * times a whole. */
static bool seems_percent(const bg_target *self, const char *bound, bool share)
{
    if (!share || strchr(bound, '%') || strstr(bound, "％")) {
        return false;
    }
    return self->bound >= 2 || self->bound > most_of(self) ||
           (self->bound >= most_of(self) && !self->at_least);
}

/* A bound that no figure of its kind can lie at, so that a target always holds or never. */
static bg_status check_bound(const bg_target *self, const char *bound, bool share,
                             const char *where, bg_errors *errors)
{
    const double most = most_of(self);
    if (seems_percent(self, bound, share)) {
        char read[BG_NUMBER_TEXT];
        bg_percent_text((bg_decimal)(self->bound * (double)BG_ONE), read);
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, where,
                             BG_SAY(target_share_without_percent), self->text, bound, read, bound);
    }
    if (most <= 1 && (self->bound < 0 || self->bound > most ||
                      (self->strict && self->bound == (self->at_least ? most : 0)))) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, where, BG_SAY(target_share_impossible),
                             self->text);
    }
    return self->kind != BG_TARGET_VALUE && self->bound < 0
               ? bg_errors_say(errors, BG_USAGE, BG_NOWHERE, where, BG_SAY(target_error_below_0),
                               self->text)
               : BG_OK;
}

/* Of an amount without a suffix: that of the scenario's file; of points, which are no money, hundredths. */
static bg_fen unit_of(const bg_target *self, const bg_model *model)
{
    return bg_model_outcome_info(model, self->figure.outcome).kind == BG_OUTCOME_KIND_SCORE
               ? 100
               : bg_scenario_money_unit(model->contract.scenario);
}

/* The word for the unit that a bound hangs on: that is so where another one would make another amount of it. */
static const char *unit_left_out(const char *bound, bg_fen amount, bg_fen unit)
{
    bg_fen other = 0;
    const bool hangs = unit != 100 && !bg_money_parse(bound, 100, &other) && other != amount;
    return hangs ? bg_money_word(unit) : "";
}

static bg_status read_bound(bg_target *self, const bg_model *model, const pieces *from,
                            const char *where, bg_errors *errors)
{
    const bool share =
        bg_figure_is_share(&self->figure) || self->kind == BG_TARGET_RELATIVE_SE || from->base[0];
    const bg_fen unit = unit_of(self, model);
    bg_decimal decimal = 0;
    bg_fen amount = 0;
    if (share && bg_decimal_parse(from->bound, true, &decimal) == BG_OK) {
        self->bound = (double)decimal / (double)BG_ONE;
    } else if (!share && bg_money_parse(from->bound, unit, &amount) == BG_OK) {
        self->bound = (double)amount;
        self->unit = unit_left_out(from->bound, amount, unit);
    } else if (share) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, where, BG_SAY(target_bound_no_share),
                             self->text);
    } else {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, where, BG_SAY(target_bound_no_amount),
                             self->text);
    }
    const bg_status status =
        from->base[0] ? read_base(self, model, from->base, where, errors) : BG_OK;
    return status ? status : check_bound(self, from->bound, share, where, errors);
}

/* `copy` is the text, to be cut up. */
static bg_status parse(bg_target *self, const bg_model *model, char *copy, const char *where,
                       bg_errors *errors)
{
    pieces found;
    if (!cut_comparison(self, copy, &found)) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, where, BG_SAY(target_compares_nothing),
                             self->text);
    }
    cut_blanks(found.bound);
    cut_base(&found);
    if (!cut_measure(self, &found)) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, where, BG_SAY(target_bracket_open),
                             self->text);
    }
    bg_status status = bg_figure_parse(model, found.figure, where, &self->figure, errors);
    return status ? status : read_bound(self, model, &found, where, errors);
}

bg_status bg_target_parse(const bg_model *model, const char *text, const char *where,
                          bg_target *self, bg_errors *errors)
{
    *self = (bg_target){.text = text, .unit = ""};
    const size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (!copy) {
        return bg_no_memory(errors);
    }
    memcpy(copy, text, size);
    bg_status status = parse(self, model, copy, where, errors);
    free(copy);
    return status;
}

char *bg_target_text(const bg_target *self, const bg_model *model)
{
    const bool plain = self->kind == BG_TARGET_VALUE;
    char *figure = bg_figure_text(&self->figure, model);
    char *text = figure ? bg_text_format("%s%s%s%s %s%s", bg_measure_words[self->kind].head,
                                         plain ? "" : "(", figure, plain ? "" : ")",
                                         self->comparison, self->unit)
                        : NULL;
    free(figure);
    return text;
}

void bg_target_want(const bg_target *self, bool *outcomes)
{
    bg_figure_want(&self->figure, outcomes);
    if (self->has_base) {
        outcomes[self->base] = true;
    }
}

/* ---- measuring ---- */

static bg_status read_base_mean(const bg_target *self, const bg_projection *projection,
                                bg_reading *result)
{
    const bg_figure base = {.kind = BG_FIGURE_MEAN,
                            .outcome = self->base,
                            .unit = self->figure.unit,
                            .year = self->figure.year};
    bg_estimate mean;
    bg_status status = bg_figure_read(&base, projection, &mean);
    result->bound = self->bound * mean.value;
    return status;
}

static double measured(const bg_target *self, const bg_estimate *estimate)
{
    switch (self->kind) {
    case BG_TARGET_SE:
        return estimate->se;
    case BG_TARGET_RELATIVE_SE:
        return estimate->se / fabs(estimate->value);
    default:
        return estimate->value;
    }
}

bg_status bg_target_read(const bg_target *self, const bg_projection *projection, bg_reading *result)
{
    *result = (bg_reading){.bound = self->bound};
    bg_status status = bg_figure_read(&self->figure, projection, &result->estimate);
    if (status == BG_OK && self->has_base) {
        status = read_base_mean(self, projection, result);
    }
    const double above = measured(self, &result->estimate);
    result->measured = above;
    const double slack = self->at_least ? above - result->bound : result->bound - above;
    result->met = status == BG_OK && (self->strict ? slack > 0 : slack >= 0);
    return status;
}
