/* What measures and incidents do to the money, in sentences and tables. */
#include "base/text.h"
#include "report/text_page.h"
#include "statistics/uncertainty.h"

#include <math.h>
#include <stdlib.h>

enum { INDENT = 2 };

/* What is said of the unit that holds all schemes. */
typedef struct effects {
    const bg_text_page *page;
    const bg_contributions *of;
    size_t unit;
    bg_money_scale money;
    size_t order[BG_MAX_CONTRIBUTIONS]; /* rows as the scenario has them */
} effects;

__attribute__((format_arg(2), format_arg(3))) static const char *
words(const effects *self, const char *en, const char *zh)
{
    return bg_text_page_words(self->page, en, zh);
}

static const bg_effect *effect(const effects *self, size_t row, size_t year, bg_effect_kind kind)
{
    return bg_contributions_effect(self->of, row, self->unit, year, kind);
}

static double margin(const bg_effect *effect)
{
    return bg_margin_of_se(effect->se);
}

/* The unit with the decimals that all figures said here can have. */
static bg_money_scale scale(const effects *self)
{
    double largest = 0;
    for (size_t row = 0; row < self->of->count; row++) {
        for (bg_effect_kind kind = 0; kind < bg_contributions_kinds(self->of); kind++) {
            largest = fmax(largest, margin(effect(self, row, self->of->years, kind)));
        }
    }
    return bg_money_scale_for_error(self->page->unit, largest);
}

static int year_of(const effects *self, size_t year)
{
    return bg_text_page_year(self->page, year);
}

/* The section of a measure or incident. */
static const bg_node *section_of(const effects *self, const bg_contribution *row)
{
    return bg_text_page_contribution_section(self->page, row);
}

static const char *name_of(const effects *self, size_t row)
{
    return bg_text_page_contribution_name(self->page, &self->of->row[row]);
}

static bool stands_before(const bg_node *a, const bg_node *b)
{
    while (a && a != b) {
        a = a->next;
    }
    return a;
}

/* Each measure, then each incident, in the order of the sentences that say what they are. */
static void put_in_order(effects *self)
{
    for (size_t row = 0; row < self->of->count; row++) {
        const bg_contribution *of = &self->of->row[row];
        size_t place = row;
        while (row < self->of->changes && place > 0) {
            const bg_contribution *before = &self->of->row[self->order[place - 1]];
            if (before->kind != of->kind ||
                stands_before(section_of(self, before), section_of(self, of))) {
                break;
            }
            self->order[place] = self->order[place - 1];
            place--;
        }
        self->order[place] = row;
    }
}

/* ---- sentences ---- */

/* The one year in which expense, or income, is touched; `years` where none or several are. */
static size_t only_year(const effects *self, size_t row, bg_effect_kind kind)
{
    size_t only = self->of->years, count = 0;
    for (size_t year = 0; year < self->of->years; year++) {
        const bg_effect *of = effect(self, row, year, kind);
        if (of->mean != 0 || of->se > 0) {
            only = year;
            count++;
        }
    }
    return count == 1 ? only : self->of->years;
}

static bool is_zero(const bg_effect *effect)
{
    return effect->mean == 0 && !(effect->se > 0);
}

/* Whether it reaches the last digit that is shown. */
static bool shows(const effects *self, const bg_effect *effect)
{
    return bg_error_shows(self->money, fabs((double)effect->mean)) ||
           bg_error_shows(self->money, margin(effect));
}

static void add_amount(const effects *self, const bg_effect *of, int sign, bg_text *text)
{
    char amount[BG_TEXT_SIZE];
    bg_text_add(text, "%s",
                bg_amount_with_error(self->money, sign * (double)of->mean, margin(of), amount));
}

/* "in 2026" or "by 2030" */
static void add_time(const effects *self, size_t year, bg_text *text)
{
    const size_t last = self->of->years - 1;
    if (year <= last) {
        bg_text_add(text, words(self, " in %d", "（%d年）"), year_of(self, year));
    } else {
        bg_text_add(text, words(self, " by %d", "（至%d年累计）"), year_of(self, last));
    }
}

static bool is_all(const effects *self, size_t row)
{
    return self->of->row[row].kind == BG_CONTRIBUTION_TOGETHER;
}

static const char *subject(const effects *self, size_t row)
{
    return is_all(self, row) ? words(self, "Together they", "各项同时发生") : name_of(self, row);
}

/* "22.3 ±0.1 million yuan in 2026"; `of_what` stands before the time. */
static void add_sum(const effects *self, size_t row, bg_effect_kind kind, int sign,
                    const char *of_what, bg_text *text)
{
    add_amount(self, effect(self, row, self->of->years, kind), sign, text);
    bg_text_add(text, words(self, " %s%s", "%s%s"), self->money.name, of_what);
    add_time(self, only_year(self, row, kind), text);
}

/* "Flu winter costs the fund 22.3 ±0.1 million yuan in 2026." Of what was said to bring income: "It costs …" */
static void add_expense(const effects *self, size_t row, int sign, bool again, bg_text *text)
{
    static const char *const verbs[2][2] = {{"costs", "saves"}, {"cost", "save"}};
    const bool all = is_all(self, row);
    const char *it = all ? words(self, " They", "同时") : words(self, " It", "同时");
    bg_text_add(text, words(self, "%s %s the fund ", "%s%.0s使基金支出"),
                again ? it : subject(self, row), verbs[all][sign < 0]);
    bg_text_add(text, "%s", sign < 0 ? words(self, "", "减少") : words(self, "", "增加"));
    add_sum(self, row, BG_EFFECT_EXPENSE, sign, "", text);
    bg_text_add(text, "%s", words(self, ".", "。"));
}

/* "Fraud is cut brings the pooled fund 60.0 ±0.4 million yuan of income by 2030." */
static void add_income(const effects *self, size_t row, bg_text *text)
{
    static const char *const verbs[2][2] = {{"brings", "costs"}, {"bring", "cost"}};
    const bg_effect *of = effect(self, row, self->of->years, BG_EFFECT_INCOME);
    const int sign = of->mean < 0 ? -1 : 1;
    bg_text_add(text, words(self, "%s %s the pooled fund ", "%s%.0s使统筹基金收入"),
                subject(self, row), verbs[is_all(self, row)][sign < 0]);
    bg_text_add(text, "%s", sign < 0 ? words(self, "", "减少") : words(self, "", "增加"));
    add_sum(self, row, BG_EFFECT_INCOME, sign, words(self, " of income", ""), text);
    bg_text_add(text, "%s", words(self, ".", "。"));
}

/* " By 2030 the community bears 4.1 ±0.1 of it, the pool 6.2 ±0.1, emergency cover 1.8 ±0.1." */
static void add_bearers(const effects *self, size_t row, int sign, bg_text *text)
{
    static const struct {
        bg_effect_kind kind;
        const char *en, *zh;
    } bearers[] = {
        {BG_EFFECT_POOL, ", the pool ", "，统筹基金"},
        {BG_EFFECT_COVER, ", emergency cover ", "，突发事件弥补"},
        {BG_EFFECT_ELSEWHERE, ", budgets and other funds ", "，总额变动与其他资金"},
    };
    const size_t years = self->of->years;
    if (only_year(self, row, BG_EFFECT_EXPENSE) + 1 < years) {
        bg_text_add(text, words(self, " By %d the community ", "至%d年其中医共体"),
                    year_of(self, years - 1));
    } else {
        bg_text_add(text, "%s", words(self, " The community ", "其中医共体"));
    }
    bg_text_add(text, "%s", sign < 0 ? words(self, "has ", "受益") : words(self, "bears ", "承担"));
    add_amount(self, effect(self, row, years, BG_EFFECT_COMMUNITY), -sign, text);
    bg_text_add(text, "%s", words(self, " of it", ""));
    for (size_t i = 0; i < sizeof bearers / sizeof *bearers; i++) {
        const bg_effect *of = effect(self, row, years, bearers[i].kind);
        if (shows(self, of)) {
            bg_text_add(text, "%s", words(self, bearers[i].en, bearers[i].zh));
            add_amount(self, of, sign, text);
        }
    }
}

static void add_patients(const effects *self, size_t row, bg_text *text)
{
    const bg_effect *of = effect(self, row, self->of->years, BG_EFFECT_PATIENTS);
    if (shows(self, of)) {
        const bool less = of->mean < 0;
        bg_text_add(text, "%s",
                    words(self, "; patients pay ", less ? "；个人少支付" : "；个人多支付"));
        add_amount(self, of, less ? -1 : 1, text);
        bg_text_add(text, "%s", words(self, less ? " less" : " more", ""));
    }
    bg_text_add(text, "%s", words(self, ".", "。"));
}

static bool is_clear(const bg_effect *effect)
{
    return fabs((double)effect->mean) > margin(effect);
}

static void add_no_expense(const effects *self, size_t row, bool again, bg_text *text)
{
    const bool none = is_zero(effect(self, row, self->of->years, BG_EFFECT_EXPENSE));
    if (again) {
        bg_text_add(text, "%s",
                    none ? words(self, " Expense stays as it is.", "基金支出不变。")
                         : words(self, " The effect on expense is within its sampling error.",
                                 "对基金支出的影响在抽样误差之内。"));
        return;
    }
    bg_text_add(text,
                none ? words(self, "%s: expense stays as it is.", "%s：基金支出不变。")
                     : words(self, "%s: the effect on expense is within its sampling error.",
                             "%s：对基金支出的影响在抽样误差之内。"),
                name_of(self, row));
}

static void say_row(const effects *self, size_t row)
{
    const bg_effect *expense = effect(self, row, self->of->years, BG_EFFECT_EXPENSE);
    const bg_effect *income = effect(self, row, self->of->years, BG_EFFECT_INCOME);
    const bool brings = is_clear(income) && shows(self, income);
    const int sign = expense->mean < 0 ? -1 : 1;
    bg_text text = {0};
    if (brings) {
        add_income(self, row, &text);
    }
    if (is_clear(expense)) {
        add_expense(self, row, sign, brings, &text);
        add_bearers(self, row, sign, &text);
        add_patients(self, row, &text);
    } else {
        add_no_expense(self, row, brings, &text);
    }
    char *sentence = bg_text_take(&text);
    self->page->document->failed = self->page->document->failed || !sentence;
    if (sentence) {
        bg_document_add(self->page->document, BG_PART_SENTENCE, INDENT, "%s", sentence);
    }
    free(sentence);
}

/* ---- tables ---- */

static void add_heading(const effects *self, bg_sheet *sheet, const char *heading)
{
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_AMOUNT,
                                           .heading = heading,
                                           .form = BG_FORM_CHANGE,
                                           .scale = self->money});
}

static void add_effect(bg_sheet *sheet, const bg_effect *of)
{
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, (double)of->mean, margin(of));
}

static void begin(const effects *self, bg_sheet *sheet, const char *heading)
{
    bg_sheet_init(sheet, self->page->language);
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_TEXT, .heading = heading});
}

static bool any(const effects *self, bg_effect_kind kind)
{
    bool found = false;
    for (size_t row = 0; row < self->of->count; row++) {
        found = found || shows(self, effect(self, row, self->of->years, kind));
    }
    return found;
}

static void tabulate_years(const effects *self, bg_effect_kind kind, const char *heading)
{
    const size_t years = self->of->years;
    bg_sheet sheet;
    begin(self, &sheet, heading);
    for (size_t year = 0; year < years; year++) {
        add_heading(self, &sheet, bg_sheet_keep(&sheet, "%d", year_of(self, year)));
    }
    if (years > 1) {
        add_heading(self, &sheet, words(self, "all years", "合计"));
    }
    for (size_t place = 0; place < self->of->count; place++) {
        const size_t row = self->order[place];
        bg_sheet_add_text(&sheet, name_of(self, row));
        for (size_t year = 0; year < years + (years > 1); year++) {
            add_effect(&sheet, effect(self, row, year, kind));
        }
    }
    bg_document_add_gap(self->page->document);
    bg_document_add_sheet(self->page->document, INDENT, &sheet);
}

/* Who bears it, in all years. */
static void tabulate_parties(const effects *self)
{
    static const struct {
        bg_effect_kind kind;
        const char *en, *zh;
    } columns[] = {
        {BG_EFFECT_COMMUNITY, "Community", "医共体留用"},
        {BG_EFFECT_POOL, "Pool pays", "统筹基金承担"},
        {BG_EFFECT_COVER, "Emergency cover", "突发事件弥补"},
        {BG_EFFECT_ELSEWHERE, "Budgets, other funds", "总额与其他资金"},
        {BG_EFFECT_PATIENTS, "Patients pay", "个人支付"},
    };
    enum { COLUMNS = sizeof columns / sizeof *columns };
    bg_sheet sheet;
    begin(self, &sheet, "");
    for (size_t i = 0; i < COLUMNS; i++) {
        if (any(self, columns[i].kind)) {
            add_heading(self, &sheet, words(self, columns[i].en, columns[i].zh));
        }
    }
    sheet.columns[0].heading =
        self->of->years > 1 ? bg_sheet_keep(&sheet, words(self, "%d to %d", "%d至%d年"),
                                            year_of(self, 0), year_of(self, self->of->years - 1))
                            : bg_sheet_keep(&sheet, words(self, "%d", "%d年"), year_of(self, 0));
    for (size_t place = 0; place < self->of->count; place++) {
        const size_t row = self->order[place];
        bg_sheet_add_text(&sheet, name_of(self, row));
        for (size_t i = 0; i < COLUMNS; i++) {
            if (any(self, columns[i].kind)) {
                add_effect(&sheet, effect(self, row, self->of->years, columns[i].kind));
            }
        }
    }
    bg_document_add_gap(self->page->document);
    bg_document_add_sheet(self->page->document, INDENT, &sheet);
}

static void say_notes(const effects *self)
{
    char count[BG_AMOUNT_TEXT];
    bg_document_add(
        self->page->document, BG_PART_SENTENCE, INDENT,
        words(self,
              "+ is more: expense, what the community keeps, what the others pay. In brackets: "
              "within the sampling error. Means of %s futures, each with and without it%s.",
              "+为增加（基金支出、医共体留用、他方支付）；括号内的影响在抽样误差之内。"
              "数值为%s种情形下有该项与无该项之差的均值%s。"),
        bg_amount_text((bg_money_scale){"", 1, 0}, (double)self->of->futures, count),
        self->unit > 0 ? words(self, ", all schemes together", "，各险种合计") : "");
    if (any(self, BG_EFFECT_INCOME)) {
        bg_document_add(
            self->page->document, BG_PART_SENTENCE, INDENT, "%s",
            words(self,
                  "Pool's income: what more comes in, by contributions, subsidies and what is "
                  "brought back, interest apart. It is no part of expense and of who bears it.",
                  "统筹基金收入：缴费、财政补助和追回资金的增加，不含利息；不计入基金支出及其分担"
                  "。"));
    }
    if (self->of->count > self->of->changes) {
        bg_document_add(self->page->document, BG_PART_SENTENCE, INDENT, "%s",
                        words(self,
                              "The rest is what they do to each other: all together less the sum "
                              "of each alone.",
                              "相互作用：同时发生的影响减去各项单独影响之和。"));
    }
}

static bool touches_expense(const effects *self)
{
    bool found = false;
    for (bg_effect_kind kind = 0; kind < BG_EFFECT_INCOME; kind++) {
        found = found || any(self, kind);
    }
    return found;
}

static void tabulate(const effects *self)
{
    const bool income = any(self, BG_EFFECT_INCOME);
    if (income) {
        tabulate_years(self, BG_EFFECT_INCOME, words(self, "Pool's income", "统筹基金收入"));
    }
    if (!income || touches_expense(self)) {
        tabulate_years(self, BG_EFFECT_EXPENSE, words(self, "Expense", "基金支出"));
        tabulate_parties(self);
    }
}

void bg_text_page_contributions(bg_text_page *page)
{
    const bg_contributions *of = page->report->contributions;
    if (!of || of->count == 0) {
        return;
    }
    effects self = {.page = page, .of = of, .unit = of->units - 1};
    self.money = scale(&self);
    bg_document_add_gap(page->document);
    put_in_order(&self);
    for (size_t i = 0; i < of->count; i++) {
        if (of->row[self.order[i]].kind != BG_CONTRIBUTION_REST) {
            say_row(&self, self.order[i]);
        }
    }
    tabulate(&self);
    say_notes(&self);
    bg_text_page_net(page, self.order);
}
