/* One number a question, by scheme and for all, with last year beside this; and the fan of expense. */
#include "report/brief_parts.h"
#include "report/given_rows.h"
#include "statistics/uncertainty.h"

#include <math.h>

/* A row of the table: what is asked, the figure of a unit, and what stands beside it ("" for nothing). */
typedef struct question {
    const char *en, *zh;
    void (*add)(const bg_brief *self, size_t unit, bg_sheet *sheet);
    const char *(*beside)(const bg_brief *self, size_t unit, bg_sheet *sheet);
    bool stressed;
} question;

/* ---- what stands beside ---- */

static const char *change_words(const bg_brief *self, double now, double before, bg_sheet *sheet)
{
    return before > 0
               ? bg_sheet_keep(sheet, bg_brief_words(self, "%+.1f%% on last year", "比上年%+.1f%%"),
                               bg_percent_points(now / before - 1))
               : "";
}

static const char *share_of_total(const bg_brief *self, size_t unit, double fen, const char *lead,
                                  bg_sheet *sheet)
{
    const double total = bg_brief_total(self, unit);
    return total > 0
               ? bg_sheet_keep(sheet, bg_brief_words(self, "%s%.1f%% of total", "%s总额的%.1f%%"),
                               lead, fabs(bg_percent_points(fen / total)))
               : lead;
}

/* ---- the questions ---- */

static void add_past(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    bg_sheet_add_amount(sheet, bg_brief_past(self, unit));
}

static const char *beside_past(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    return change_words(self, bg_brief_past(self, unit), bg_brief_before(self, unit), sheet);
}

static void add_total(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    bg_sheet_add_amount(sheet, bg_brief_total(self, unit));
}

static const char *beside_total(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    return change_words(self, bg_brief_total(self, unit), bg_brief_past(self, unit), sheet);
}

static void add_expense(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    bg_add_mean(sheet, bg_brief_first(self, unit, BG_OUTCOME_expense), 1);
}

static const char *beside_expense(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    return change_words(self, bg_brief_first(self, unit, BG_OUTCOME_expense)->mean,
                        bg_brief_past(self, unit), sheet);
}

static void add_chance(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    const bg_probability p = bg_brief_chance(self, unit);
    bg_sheet_add_interval(sheet, BG_CELL_SHARE, p.estimate, p.low, p.high);
}

static const char *beside_chance(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    const char *word =
        bg_brief_verdict_word(self, bg_brief_verdict(self, bg_brief_chance(self, unit)));
    return unit < self->schemes
               ? word
               : bg_sheet_keep(sheet, bg_brief_words(self, "at least one: %s", "至少一个：%s"),
                               word);
}

/* That of all schemes would be of the netted sum, which nobody settles. */
static void add_overspend(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    const bg_estimate once = bg_given_estimate(self->page.report->projection, unit, 0,
                                               BG_OUTCOME_overspend, BG_EVENT_overspend);
    if (unit < self->schemes && !isnan(once.value)) {
        bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, once.value, bg_margin_of_se(once.se));
    } else {
        bg_sheet_add_absent(sheet);
    }
}

static const char *beside_overspend(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    const bg_estimate once = bg_given_estimate(self->page.report->projection, unit, 0,
                                               BG_OUTCOME_overspend, BG_EVENT_overspend);
    return unit < self->schemes && !isnan(once.value)
               ? share_of_total(self, unit, once.value, "", sheet)
               : "";
}

/* Who gains and who pays is said in words, not by a sign. */
static void add_size(bg_sheet *sheet, double mean, double error)
{
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, fabs(mean), error);
}

static const char *community_word(const bg_brief *self, double result)
{
    return result < 0 ? bg_brief_words(self, "borne, ", "承担，")
                      : bg_brief_words(self, "kept, ", "留用，");
}

static void add_result(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    const bg_statistics *s = bg_brief_first(self, unit, BG_OUTCOME_result);
    add_size(sheet, s->mean, bg_mean_error(s));
}

static const char *beside_result(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    const double mean = bg_brief_first(self, unit, BG_OUTCOME_result)->mean;
    return share_of_total(self, unit, mean, community_word(self, mean), sheet);
}

static void add_shared(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    const bg_statistics *s = bg_brief_first(self, unit, BG_OUTCOME_shared);
    add_size(sheet, s->mean, bg_mean_error(s));
}

static const char *beside_shared(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    const double mean = bg_brief_first(self, unit, BG_OUTCOME_shared)->mean;
    return share_of_total(self, unit, mean,
                          mean < 0 ? bg_brief_words(self, "taken back, ", "收回，")
                                   : bg_brief_words(self, "paid in, ", "分担，"),
                          sheet);
}

static void add_paid(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    bg_add_mean(sheet, bg_brief_first(self, unit, BG_OUTCOME_entitlement), 1);
}

static const char *beside_paid(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    return share_of_total(self, unit, bg_brief_first(self, unit, BG_OUTCOME_entitlement)->mean, "",
                          sheet);
}

static void add_worst(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    const bg_statistics *s = bg_brief_first(self, unit, BG_OUTCOME_result);
    if (isnan(s->tvar_lower)) {
        bg_sheet_add_absent(sheet);
    } else {
        add_size(sheet, s->tvar_lower, bg_varies(s) ? bg_margin_of_se(s->tvar_lower_se) : 0);
    }
}

static const char *beside_worst(const bg_brief *self, size_t unit, bg_sheet *sheet)
{
    const double worst = bg_brief_first(self, unit, BG_OUTCOME_result)->tvar_lower;
    return isnan(worst) ? ""
                        : share_of_total(self, unit, worst, community_word(self, worst), sheet);
}

static const question questions[] = {
    {NULL, NULL, add_past, beside_past, false}, /* said with its year */
    {"Total of this year", "定多少：年度付费总额", add_total, beside_total, false},
    {"Expected expense", "会花多少：预计基金支出", add_expense, beside_expense, false},
    {"Chance of an overspend", "会超支吗：超支可能性", add_chance, beside_chance, true},
    {"Size of an overspend", "一旦超支，平均超支", add_overspend, beside_overspend, false},
    {"Community, on average", "医共体平均得失", add_result, beside_result, false},
    {"Pooled fund, on average", "统筹基金平均分担", add_shared, beside_shared, false},
    {"Fund pays in all", "基金合计支付", add_paid, beside_paid, false},
    {"Community, worst 5%", "最坏5%情形，医共体", add_worst, beside_worst, false}};

/* ---- the table ---- */

static void add_columns(const bg_brief *self, bg_sheet *sheet)
{
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_TEXT});
    for (size_t unit = 0; unit <= self->whole; unit++) {
        const char *name = bg_projection_unit(self->page.report->projection, unit);
        bg_sheet_add_column(sheet,
                            (bg_column){.kind = BG_CELL_AMOUNT,
                                        .heading = bg_label_of_scheme(name, self->page.language),
                                        .form = BG_FORM_WHOLE,
                                        .scale = self->page.unit});
        bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_TEXT, .aside = true});
    }
}

static void add_fans(bg_brief *self)
{
    for (size_t scheme = 0; scheme < self->schemes; scheme++) {
        bg_text_page_chart(&self->page, "fan", scheme);
        bg_document_small_chart(self->page.document);
    }
}

void bg_brief_figures(bg_brief *self)
{
    bg_brief_heading(self, true, "The main figures", "主要数字");
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->page.language);
    add_columns(self, &sheet);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        bg_sheet_add_text(
            &sheet, questions[i].en
                        ? bg_brief_words(self, questions[i].en, questions[i].zh)
                        : bg_sheet_keep(&sheet, bg_brief_words(self, "Spent in %d", "%d年支出"),
                                        self->past));
        for (size_t unit = 0; unit <= self->whole; unit++) {
            questions[i].add(self, unit, &sheet);
            bg_sheet_add_text(&sheet, questions[i].beside(self, unit, &sheet));
        }
        if (questions[i].stressed) {
            bg_sheet_stress(&sheet);
        }
    }
    bg_document_add_sheet(self->page.document, 0, &sheet);
    bg_document_add(
        self->page.document, BG_PART_NOTE, 0, "%s%s",
        bg_brief_words(
            self,
            "±: with other random numbers a figure mostly stays within this; one without it is "
            "exact. Overspend: expense above what is available, that is the total less the funds "
            "held back, with what of them is released.",
            "±：换一批随机数重算，数字大多只在此范围内变动；不带±的是精确数。超支：支出高于可用额"
            "（总额减预留，加按考核返还）。"),
        self->schemes > 1
            ? bg_brief_words(
                  self,
                  " Of all schemes: the chance that at least one overspends, money added "
                  "up.",
                  "合计一栏：可能性为至少一个险种超支，金额为各险种相加。")
            : "");
    bg_brief_heading(self, true, "Expense beside the totals", "支出与付费总额");
    add_fans(self);
}
