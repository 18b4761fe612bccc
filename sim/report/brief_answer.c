/* The answer first: headline, verdict, and three sentences to repeat. */
#include "report/brief_parts.h"

#include <math.h>

/* ---- the headline ---- */

static void say_lead(bg_brief *self)
{
    bg_text text = {0};
    bg_text_add(&text, "%s",
                bg_brief_words(self, "On average of all futures, savings and losses set off, ",
                               "各种情形平均（结余与超支相抵），"));
    bg_brief_add_community(self, &text, bg_brief_first(self, self->whole, BG_OUTCOME_result)->mean);
    bg_text_add(&text, "%s", bg_brief_words(self, ", ", "，"));
    bg_brief_add_pool(self, &text, bg_brief_first(self, self->whole, BG_OUTCOME_shared)->mean);
    bg_text_add(&text, "%s", bg_brief_words(self, ".", "。"));
    bg_brief_say(self, BG_PART_PARAGRAPH, &text);
}

static void say_verdict(bg_brief *self, bg_probability p)
{
    const double from = 100 * self->facts->noticeable, above = 100 * self->facts->high;
    bg_document_add(
        self->page.document, BG_PART_NOTE, 0,
        bg_brief_words(
            self,
            "Risk: %s. Called low below a chance of %.3g%%, noticeable up to %.3g%%, high "
            "above (--verdict sets the limits). Amounts in %s%s.",
            "风险：%s。超支可能性低于%.3g%%为低，至%.3g%%为明显，以上为高"
            "（界限可用 --verdict 设定）。金额单位：%s%s。"),
        bg_brief_verdict_word(self, bg_brief_verdict(self, p)), from, above, self->page.unit.name,
        bg_money_scale_meaning(self->page.unit));
}

void bg_brief_headline(bg_brief *self)
{
    const bg_probability p = bg_brief_chance(self, self->whole);
    const char *verdict = bg_brief_verdict_word(self, bg_brief_verdict(self, p));
    bg_text text = {0};
    bg_text_add(&text,
                self->schemes > 1
                    ? bg_brief_words(
                          self,
                          "%d: the risk of an overspend is %s; at least one scheme overspends with "
                          "a chance of ",
                          "%d年超支风险%s：至少一个险种超支的可能性")
                    : bg_brief_words(self, "%d: the risk of an overspend is %s; its chance is ",
                                     "%d年超支风险%s：超支的可能性"),
                self->first, verdict);
    bg_brief_add_chance(self, &text, p);
    bg_brief_say(self, BG_PART_TITLE, &text);
    say_lead(self);
    say_verdict(self, p);
}

/* ---- three sentences ---- */

/* A total below what was spent already comes before all else. */
static bool say_below_last_year(bg_brief *self)
{
    bg_text text = {0};
    bool any = false;
    for (size_t s = 0; s < self->schemes; s++) {
        const double total = bg_brief_total(self, s), past = bg_brief_past(self, s);
        if (total < past) {
            bg_text_add(&text, any ? bg_brief_words(self, "; ", "；") : "%s", "");
            bg_text_add(
                &text,
                bg_brief_words(self, "%s: the total of %d is below what was spent in %d by ",
                               "%s%d年度付费总额低于%d年实际支出，少"),
                bg_label_of_scheme(self->page.report->model->contract.history.scheme[s].name,
                                   self->page.language),
                self->first, self->past);
            bg_brief_add_money(self, &text, past - total);
            any = true;
        }
    }
    if (any) {
        bg_text_add(
            &text, "%s",
            bg_brief_words(self, ": standing still is not enough.", "，支出不再增长也不够用。"));
        bg_brief_say(self, BG_PART_ITEM, &text);
    }
    return any;
}

static void add_change(const bg_brief *self, bg_text *text, double change)
{
    const double points = bg_percent_points(change);
    if (points == 0) {
        bg_text_add(text, "%s", bg_brief_words(self, "equal to", "持平"));
        return;
    }
    bg_text_add(text,
                points < 0 ? bg_brief_words(self, "%.1f%% below", "少%.1f%%")
                           : bg_brief_words(self, "%.1f%% above", "多%.1f%%"),
                fabs(points));
}

static void say_enough(bg_brief *self)
{
    static const char *const endings[][2] = {
        [BG_VERDICT_LOW] = {"it will mostly be enough", "一般够用"},
        [BG_VERDICT_NOTICEABLE] = {"it may not be enough", "未必够用"},
        [BG_VERDICT_HIGH] = {"it will probably not be enough", "多半不够用"}};
    const bg_verdict verdict = bg_brief_verdict(self, bg_brief_chance(self, self->whole));
    const double past = bg_brief_past(self, self->whole), total = bg_brief_total(self, self->whole);
    const double expense = bg_brief_first(self, self->whole, BG_OUTCOME_expense)->mean;
    bg_text text = {0};
    bg_text_add(&text, bg_brief_words(self, "The total is ", "总额比%d年支出"), self->past);
    add_change(self, &text, total / past - 1);
    bg_text_add(&text,
                bg_brief_words(self, " what was spent in %d, expected spending ", "，预计支出"),
                self->past);
    add_change(self, &text, expense / past - 1);
    bg_text_add(&text, "%s", bg_brief_words(self, " it; ", "；"));
    const double held = 1 - bg_brief_payable(self, self->whole) / total;
    if (held > 0) {
        bg_text_add(&text,
                    bg_brief_words(
                        self, "%.3g%% of the total is held back first: ", "总额中先预留%.3g%%，"),
                    bg_percent_points(held));
    }
    bg_text_add(&text, bg_brief_words(self, "%s.", "%s。"),
                bg_brief_words(self, endings[verdict][0], endings[verdict][1]));
    bg_brief_say(self, BG_PART_ITEM, &text);
}

static void say_money(bg_brief *self)
{
    const double worst = bg_brief_first(self, self->whole, BG_OUTCOME_result)->tvar_lower;
    bg_text text = {0};
    bg_text_add(&text, bg_brief_words(self, "On average of %d ", "%d年平均，"), self->first);
    bg_brief_add_community(self, &text, bg_brief_first(self, self->whole, BG_OUTCOME_result)->mean);
    bg_text_add(&text, "%s", bg_brief_words(self, " and ", "，"));
    bg_brief_add_pool(self, &text, bg_brief_first(self, self->whole, BG_OUTCOME_shared)->mean);
    if (!isnan(worst)) {
        bg_text_add(&text, "%s",
                    bg_brief_words(self, "; in the worst 5% of the futures ", "；最坏的5%情形，"));
        bg_brief_add_community(self, &text, worst);
        bg_text_add(&text, bg_brief_words(self, ", %.0f%% of the total", "，为总额的%.0f%%"),
                    100 * fabs(worst) / bg_brief_total(self, self->whole));
    }
    bg_text_add(&text, "%s", bg_brief_words(self, ".", "。"));
    bg_brief_say(self, BG_PART_ITEM, &text);
}

static void say_later(bg_brief *self)
{
    const bg_projection *projection = self->page.report->projection;
    const size_t years = bg_text_page_years(&self->page), end = years - 1;
    const bg_statistics *result =
        bg_text_page_statistics(&self->page, self->whole, end, BG_OUTCOME_reserve);
    const bg_statistics *shared =
        bg_text_page_statistics(&self->page, self->whole, end, BG_OUTCOME_shared_total);
    bg_text text = {0};
    bg_text_add(&text,
                bg_brief_words(self, "In the %zu years to %d together ", "%zu年（至%d年）合计，"),
                years, bg_text_page_year(&self->page, end));
    bg_brief_add_community(self, &text, result->mean);
    bg_text_add(&text, "%s", bg_brief_words(self, ", ", "，"));
    bg_brief_add_pool(self, &text, shared->mean);
    bg_text_add(&text, "%s",
                bg_brief_words(self, "; the chance of an overspend in the last year is ",
                               "；末年超支的可能性"));
    bg_brief_add_chance(self, &text,
                        bg_projection_probability(projection, self->any, end, BG_EVENT_overspend));
    bg_text_add(&text, "%s",
                bg_brief_words(self, ", in at least one year ", "，至少一年超支的可能性"));
    bg_brief_add_chance(self, &text,
                        bg_projection_probability_ever(projection, self->any, BG_EVENT_overspend));
    bg_text_add(&text, "%s", bg_brief_words(self, ".", "。"));
    bg_brief_say(self, BG_PART_ITEM, &text);
}

/* Where there is one year only. */
static void say_range(bg_brief *self)
{
    const bg_statistics *result = bg_brief_first(self, self->whole, BG_OUTCOME_result);
    bg_text text = {0};
    bg_text_add(
        &text, "%s",
        bg_brief_words(self, "In 8 futures of 10 it lies between: ", "八成情形介于以下两者之间："));
    bg_brief_add_community(self, &text, result->quantile[BG_Q10].value);
    bg_text_add(&text, "%s", bg_brief_words(self, ", and ", "；"));
    bg_brief_add_community(self, &text, result->quantile[BG_Q90].value);
    bg_text_add(&text, "%s", bg_brief_words(self, ".", "。"));
    bg_brief_say(self, BG_PART_ITEM, &text);
}

void bg_brief_sentences(bg_brief *self)
{
    bg_brief_heading(self, false, "Three sentences", "三句话");
    if (!say_below_last_year(self)) {
        say_enough(self);
    }
    say_money(self);
    if (bg_text_page_years(&self->page) > 1) {
        say_later(self);
    } else {
        say_range(self);
    }
}
