#include "report/brief_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *bg_brief_words(const bg_brief *self, const char *en, const char *zh)
{
    return bg_in_language(self->page.language, en, zh);
}

void bg_brief_heading(bg_brief *self, bool money, const char *en, const char *zh)
{
    static const char *const numerals[] = {"一", "二", "三", "四",   "五",   "六",  "七",
                                           "八", "九", "十", "十一", "十二", "十三"};
    const size_t number = (size_t)self->headings++;
    const char *unit = money ? self->page.unit.name : "";
    if (strcmp(self->page.language, "zh") == 0) {
        bg_document_add(self->page.document, BG_PART_HEADING, 0, "%s、%s%s%s%s",
                        numerals[number % (sizeof numerals / sizeof *numerals)], zh,
                        money ? "（" : "", unit, money ? "）" : "");
    } else {
        bg_document_add(self->page.document, BG_PART_HEADING, 0, "%zu. %s%s%s%s", number + 1, en,
                        money ? " (" : "", unit, money ? ")" : "");
    }
}

void bg_brief_say(bg_brief *self, bg_part_kind kind, bg_text *text)
{
    char *words = bg_text_take(text);
    bg_document_add(self->page.document, kind, 0, "%s", words ? words : "");
    self->page.document->failed = self->page.document->failed || !words;
    free(words);
}

/* ---- figures ---- */

/* Adds up what a scheme has, over those of the unit. */
static double sum(const bg_brief *self, size_t unit,
                  double (*of)(const bg_brief *self, size_t scheme))
{
    double all = 0;
    for (size_t s = 0; s < self->schemes; s++) {
        all += unit == s || unit >= self->schemes ? of(self, s) : 0;
    }
    return all;
}

static double total_of(const bg_brief *self, size_t scheme)
{
    return (double)bg_budgets_year(self->page.report->budget, scheme, 0)->total;
}

static double payable_of(const bg_brief *self, size_t scheme)
{
    return (double)bg_budgets_year(self->page.report->budget, scheme, 0)->payable;
}

static double past_of(const bg_brief *self, size_t scheme)
{
    const bg_history *history = &self->page.report->model->contract.history;
    return (double)history->scheme[scheme].completed_fen[history->year_count - 1];
}

static double before_of(const bg_brief *self, size_t scheme)
{
    const bg_history *history = &self->page.report->model->contract.history;
    return history->year_count < 2
               ? NAN
               : (double)history->scheme[scheme].completed_fen[history->year_count - 2];
}

double bg_brief_total(const bg_brief *self, size_t unit)
{
    return sum(self, unit, total_of);
}

double bg_brief_payable(const bg_brief *self, size_t unit)
{
    return sum(self, unit, payable_of);
}

double bg_brief_past(const bg_brief *self, size_t unit)
{
    return sum(self, unit, past_of);
}

double bg_brief_before(const bg_brief *self, size_t unit)
{
    return sum(self, unit, before_of);
}

const bg_statistics *bg_brief_first(const bg_brief *self, size_t unit, size_t outcome)
{
    return bg_text_page_statistics(&self->page, unit, 0, outcome);
}

bg_probability bg_brief_chance(const bg_brief *self, size_t unit)
{
    return bg_projection_probability(self->page.report->projection,
                                     unit < self->schemes ? unit : self->any, 0,
                                     BG_EVENT_overspend);
}

/* ---- words ---- */

void bg_brief_add_money(const bg_brief *self, bg_text *text, double fen)
{
    char amount[BG_AMOUNT_TEXT];
    bg_text_add(text, "%s", bg_amount_named(self->page.unit, fen, amount));
}

void bg_brief_add_chance(const bg_brief *self, bg_text *text, bg_probability p)
{
    if (p.estimate < 0.005) {
        bg_text_add(text, "%s", bg_brief_words(self, "less than 1%", "不足1%"));
    } else if (p.estimate >= 0.995) {
        bg_text_add(text, "%s", bg_brief_words(self, "more than 99%", "超过99%"));
    } else {
        bg_text_add(text, bg_brief_words(self, "about %.0f%%", "约%.0f%%"), 100 * p.estimate);
    }
}

/* What somebody does with an amount, or that it is nothing to the digits that are shown. */
typedef struct deed {
    const char *gains, *loses, *nothing;
} deed;

static void add_deed(const bg_brief *self, bg_text *text, deed of, double fen)
{
    char amount[BG_AMOUNT_TEXT];
    bg_amount_text(self->page.unit, fabs(fen), amount);
    if (amount[strspn(amount, "0.")] == '\0') {
        bg_text_add(text, "%s", of.nothing);
        return;
    }
    bg_text_add(text, bg_brief_words(self, "%s ", "%s"), fen < 0 ? of.loses : of.gains);
    bg_brief_add_money(self, text, fabs(fen));
}

void bg_brief_add_community(const bg_brief *self, bg_text *text, double result)
{
    const deed community = {
        bg_brief_words(self, "the community keeps", "医共体留用"),
        bg_brief_words(self, "the community bears", "医共体承担"),
        bg_brief_words(self, "the community neither keeps nor bears anything", "医共体无得失")};
    add_deed(self, text, community, result);
}

void bg_brief_add_pool(const bg_brief *self, bg_text *text, double shared)
{
    const deed pool = {bg_brief_words(self, "the pooled fund pays in", "统筹基金分担"),
                       bg_brief_words(self, "the pooled fund takes back", "统筹基金收回"),
                       bg_brief_words(self, "the pooled fund pays in nothing", "统筹基金无须分担")};
    add_deed(self, text, pool, shared);
}

bg_verdict bg_brief_verdict(const bg_brief *self, bg_probability p)
{
    return p.estimate < self->facts->noticeable ? BG_VERDICT_LOW
           : p.estimate <= self->facts->high    ? BG_VERDICT_NOTICEABLE
                                                : BG_VERDICT_HIGH;
}

const char *bg_brief_verdict_word(const bg_brief *self, bg_verdict verdict)
{
    static const char *const words[][2] = {[BG_VERDICT_LOW] = {"low", "低"},
                                           [BG_VERDICT_NOTICEABLE] = {"noticeable", "明显"},
                                           [BG_VERDICT_HIGH] = {"high", "高"}};
    return bg_brief_words(self, words[verdict][0], words[verdict][1]);
}
