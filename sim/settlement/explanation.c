/* Postings in words. */
#include "base/text.h"
#include "format/amount.h"
#include "settlement/plan.h"
#include "settlement/sentence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct bg_sentence bg_sentences[BG_SENTENCE_COUNT] = {
#define SENTENCE(name, en, zh) {en, zh},
#include "settlement/sentences.def"
#undef SENTENCE
};

void bg_trace_free(bg_trace *self)
{
    free(self->items);
    *self = (bg_trace){0};
}

#define YUAN 100

/* In yuan with the fen, in other units no longer than it must be. */
static void add_amount(bg_text *text, const bg_argument *amount, bg_fen unit)
{
    const bool negative = amount->value < 0 || amount->beyond < 0;
    char whole[BG_AMOUNT_TEXT], beyond[24] = "";
    if (amount->beyond != 0) {
        snprintf(beyond, sizeof beyond, "%016lld", llabs(amount->beyond));
        size_t length = strlen(beyond);
        while (beyond[length - 1] == '0') {
            beyond[--length] = '\0';
        }
    }
    const bg_fen size = negative ? -amount->value : amount->value;
    const bg_money_scale nameless = {"", (double)unit, 0};
    if (unit > YUAN && !beyond[0]) {
        bg_amount_exact_grouped(nameless, size, whole);
    } else {
        bg_money_in(size, unit ? unit : YUAN, whole);
    }
    bg_text_add(text, "%s%s%s", negative ? "-" : "", whole, beyond);
}

static const char *worded(const char *name, const char *(*words)(const char *, const char *),
                          const char *language)
{
    return words ? words(name, language) : name;
}

static void add_argument(bg_text *text, const bg_argument *argument, const bg_plan *plan,
                         const bg_posting_words *words)
{
    char number[BG_NUMBER_TEXT];
    const size_t index = (size_t)argument->value;
    switch (argument->kind) {
    case BG_ARGUMENT_AMOUNT:
        add_amount(text, argument, words->unit);
        break;
    case BG_ARGUMENT_RATE:
        bg_text_add(text, "%s", bg_percent_text(argument->value, number));
        break;
    case BG_ARGUMENT_NUMBER:
        bg_text_add(text, "%s", bg_decimal_text(argument->value, number));
        break;
    case BG_ARGUMENT_ACCOUNT:
        bg_text_add(text, "%s",
                    worded(bg_plan_account(plan, index), words->account, words->language));
        break;
    case BG_ARGUMENT_INPUT:
        bg_text_add(text, "%s",
                    worded(bg_plan_input_name(plan, (int)index), words->input, words->language));
        break;
    case BG_ARGUMENT_NONE:
        break;
    }
}

static void add_reason(bg_text *text, const bg_reason *reason, const bg_plan *plan,
                       const bg_posting_words *words)
{
    const bool chinese = strcmp(words->language, "zh") == 0;
    const bg_argument *next = reason->argument;
    const char *rest = chinese ? reason->sentence->zh : reason->sentence->en;
    for (const char *gap; (gap = strstr(rest, "%s")); rest = gap + strlen("%s")) {
        bg_text_add(text, "%.*s", (int)(gap - rest), rest);
        add_argument(text, next++, plan, words);
    }
    bg_text_add(text, "%s", rest);
}

char *bg_posting_text(const bg_posting *self, const bg_plan *plan, const bg_posting_words *words)
{
    bg_text text = {0};
    for (size_t i = 0; i < BG_POSTING_REASONS && self->reason[i].sentence; i++) {
        add_reason(&text, &self->reason[i], plan, words);
    }
    return bg_text_sentence(bg_text_take(&text));
}

char *bg_posting_rate(const bg_posting *self, char buffer[BG_NUMBER_TEXT])
{
    buffer[0] = '\0';
    return self->has_rate ? bg_percent_text(self->rate, buffer) : buffer;
}
