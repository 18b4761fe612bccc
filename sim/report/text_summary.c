/* What a planner wants to know first: a few sentences a scheme. */
#include "report/response_rows.h"
#include "report/text_page.h"

#include <math.h>

enum { SCHEME_INDENT = 2, SENTENCE_INDENT = 4, DEED_SIZE = 256 };

/* A scheme being summed up: a copy of the page whose unit fits its errors. */
typedef struct summary {
    bg_text_page *page;
    bg_money_scale unit;
    size_t scheme;
    int first, last; /* budget years */
} summary;

__attribute__((format_arg(2), format_arg(3))) static const char *
words(const summary *self, const char *en, const char *zh)
{
    return bg_text_page_words(self->page, en, zh);
}

static const bg_statistics *first_year(const summary *self, bg_outcome outcome)
{
    return bg_text_page_statistics(self->page, self->scheme, 0, outcome);
}

static bool one_year(const summary *self)
{
    return self->first == self->last;
}

/* ", 0.1% ±0.1 more" than the budget; nothing where there is no budget to compare with. */
static const char *comparison(const summary *self, bg_fen budget, char buffer[BG_TEXT_SIZE])
{
    const bg_statistics *expense = first_year(self, BG_OUTCOME_expense);
    buffer[0] = '\0';
    if (budget <= 0) {
        return buffer;
    }
    const double share = 100 * (expense->mean / (double)budget - 1);
    const double error = 100 * bg_mean_error(expense) / (double)budget;
    char amount[32];
    int length = snprintf(amount, sizeof amount, "%.1f%%", fabs(share));
    if (error >= 0.05) {
        snprintf(amount + length, sizeof amount - (size_t)length, " ±%.1f", error);
    }
    snprintf(buffer, BG_TEXT_SIZE,
             share < 0 ? words(self, ", %s less", "，比总额低%s")
                       : words(self, ", %s more", "，比总额高%s"),
             amount);
    return buffer;
}

static void say_expense(const summary *self)
{
    const bg_budget_year *budget = bg_budgets_year(self->page->report->budget, self->scheme, 0);
    const bg_statistics *expense = first_year(self, BG_OUTCOME_expense);
    char total[BG_AMOUNT_TEXT], mean[BG_TEXT_SIZE], more[BG_TEXT_SIZE];
    char interval[BG_TEXT_SIZE], ends[BG_TEXT_SIZE];
    bg_document_add(
        self->page->document, BG_PART_SENTENCE, SENTENCE_INDENT,
        words(self, "Budget %d: %s. Expected expense: %s%s; 8 futures in 10 lie within %s%s.",
              "%d年度付费总额%s；预计基金支出%s%s；八成情形在%s之间%s。"),
        self->first, bg_amount_text(self->unit, (double)budget->total, total),
        bg_text_page_mean(self->unit, expense, 1, mean), comparison(self, budget->total, more),
        bg_text_page_interval(self->page, self->unit, expense, interval),
        bg_text_page_ends_note(self->page, self->unit, expense, ends));
}

static void probability_text(bg_probability p, char buffer[BG_TEXT_SIZE])
{
    bg_share_with_error(p.estimate, p.low, p.high, buffer);
}

static void say_chance(const summary *self, bg_event event, const char *en, const char *zh)
{
    const bg_projection *projection = self->page->report->projection;
    char first[BG_TEXT_SIZE], ever[BG_TEXT_SIZE];
    probability_text(bg_projection_probability(projection, self->scheme, 0, event), first);
    probability_text(bg_projection_probability_ever(projection, self->scheme, event), ever);
    const char *what = bg_in_language(self->page->language, en, zh);
    if (one_year(self)) {
        bg_document_add(self->page->document, BG_PART_SENTENCE, SENTENCE_INDENT,
                        words(self, "Chance of %s: %s in %d.", "%s：%s（%d年）。"), what, first,
                        self->first);
        return;
    }
    bg_document_add(self->page->document, BG_PART_SENTENCE, SENTENCE_INDENT,
                    words(self, "Chance of %s: %s in %d, %s ever by %d.",
                          "%s：%s（%d年），%s（至%d年至少一次）。"),
                    what, first, self->first, ever, self->last);
}

/* What someone does in the first year and in all: "lose 6.3 ±0.5 in 2025, 258.3 ±6.1 by 2029". */
static void deed_text(const summary *self, const bg_statistics *first, const bg_statistics *all,
                      const char *gain, const char *loss, char buffer[DEED_SIZE])
{
    bool loses = first->mean < 0, turns = (all->mean < 0) != loses;
    char amount[BG_TEXT_SIZE], sum[BG_TEXT_SIZE];
    bg_text_page_mean(self->unit, first, loses ? -1 : 1, amount);
    bg_text_page_mean(self->unit, all, all->mean < 0 ? -1 : 1, sum);
    if (one_year(self)) {
        snprintf(buffer, DEED_SIZE, words(self, "%s %s in %d", "%s%s（%d年）"), loses ? loss : gain,
                 amount, self->first);
        return;
    }
    snprintf(buffer, DEED_SIZE,
             words(self, "%s %s in %d, %s%s%s by %d", "%s%s（%d年）、%s%s%s（至%d年累计）"),
             loses ? loss : gain, amount, self->first,
             !turns          ? ""
             : all->mean < 0 ? loss
                             : gain,
             turns ? words(self, " ", "") : "", sum, self->last);
}

static void say_parties(const summary *self, const bg_statistics *results,
                        const bg_statistics *shares)
{
    char community[DEED_SIZE], pool[DEED_SIZE];
    deed_text(self, first_year(self, BG_OUTCOME_result), results, words(self, "gain", "留用结余"),
              words(self, "lose", "分担超支"), community);
    deed_text(self, first_year(self, BG_OUTCOME_shared), shares, words(self, "pays", "承担"),
              words(self, "takes", "收回"), pool);
    bg_document_add(
        self->page->document, BG_PART_SENTENCE, SENTENCE_INDENT,
        words(self, "The community is expected to %s; the pool %s.", "预计医共体%s；统筹基金%s。"),
        community, pool);
}

static void say_lag(const summary *self)
{
    const bg_budget_lag_view *lag = &self->page->report->budget->lag[self->scheme];
    char cut[128] = "";
    if (lag->carried < lag->unlimited) {
        snprintf(cut, sizeof cut,
                 words(self, " (without the income limit %.1f%%)", "（若无以收定支上限为%.1f%%）"),
                 bg_percent_points(lag->unlimited));
    }
    bg_document_add(
        self->page->document, BG_PART_SENTENCE, SENTENCE_INDENT,
        words(self, "Base: %.1f years back, carries %.1f%% growth%s; standing still needs %.1f%%.",
              "基数平均比首个付费年度早%.1f年，首年总额比基数高%.1f%%%s；维持现状需增长%.1f%%。"),
        lag->years, bg_percent_points(lag->carried), cut, bg_percent_points(lag->needed));
}

/* What is assumed of providers is in all of the figures. */
static void say_response(const summary *self)
{
    const bg_projection *projection = self->page->report->projection;
    if (!bg_response_known(self->page->report)) {
        return;
    }
    const size_t end = bg_text_page_years(self->page) - 1;
    const double first = bg_response_change(bg_projection_response(projection, self->scheme, 0));
    const double last = bg_response_change(bg_projection_response(projection, self->scheme, end));
    char later[64] = "";
    if (!one_year(self)) {
        snprintf(later, sizeof later, words(self, ", %+.1f%% in %d", "、%+.1f%%（%d年）"),
                 100 * last, self->last);
    }
    bg_document_add(self->page->document, BG_PART_SENTENCE, SENTENCE_INDENT,
                    words(self,
                          "This assumes that providers answer the contract, which changes expense "
                          "by %+.1f%% in %d%s.",
                          "以上假设医疗机构对包干作出反应，基金支出由此变化%+.1f%%（%d年）%s。"),
                    100 * first, self->first, later);
    int alarm = 0;
    if (bg_response_first_alarm(self->page->report, self->scheme, &alarm)) {
        bg_document_add(self->page->document, BG_PART_SENTENCE, SENTENCE_INDENT,
                        words(self,
                              "ALARM: from %d on care shrinks by so much that too little may be "
                              "done.",
                              "警示：自%d年起服务减少过多，可能服务不足。"),
                        alarm);
    }
}

static void say_scheme(bg_text_page *page, size_t scheme)
{
    summary self = {.page = page, .unit = page->unit, .scheme = scheme};
    self.first = bg_text_page_year(page, 0);
    self.last = bg_text_page_year(page, bg_text_page_years(page) - 1);
    const size_t end = bg_text_page_years(page) - 1;
    const bg_statistics *results = bg_text_page_statistics(page, scheme, end, BG_OUTCOME_reserve);
    const bg_statistics *shares =
        bg_text_page_statistics(page, scheme, end, BG_OUTCOME_shared_total);
    self.unit =
        bg_money_scale_for_error(page->unit, fmax(bg_mean_error(results), bg_mean_error(shares)));
    bg_document_add(page->document, BG_PART_SENTENCE, SCHEME_INDENT, "%s",
                    bg_label_of_scheme(page->report->model->contract.history.scheme[scheme].name,
                                       page->language));
    say_expense(&self);
    say_chance(&self, BG_EVENT_over_budget, "expense over budget", "支出超过总额的概率");
    say_chance(&self, BG_EVENT_overspend, "an overspend", "发生超支的概率");
    say_parties(&self, results, shares);
    say_response(&self);
    say_lag(&self);
}

void bg_text_page_summary(bg_text_page *page)
{
    bg_text_page_heading(page, BG_LABEL_summary_heading);
    bg_document_add(page->document, BG_PART_SENTENCE, SCHEME_INDENT, "%s",
                    bg_label(BG_LABEL_summary_words, page->language));
    for (size_t i = 0; i < page->report->model->contract.history.scheme_count; i++) {
        say_scheme(page, i);
    }
    bg_text_page_outturns(page);
}
