#include "report/live_budget.h"

#include "base/columns.h"
#include "report/label.h"
#include "report/live_parts.h"
#include "report/live_rate.h"
#include "rules/budget_terms.h"

/* An amount that others are worked out from. */
typedef bg_live_amount amount;

typedef struct budgeting {
    bg_sheet *sheet;
    const bg_budgets *budgets;
    const bg_budget_terms *terms;
    size_t scheme;
    const char *label; /* of the next row, then NULL */
    amount completed[BG_MAX_HISTORY_YEARS];
    amount base, total; /* the total of the year before */
} budgeting;

/* ---- rows ---- */

static const char *words(const budgeting *self, const char *en, const char *zh)
    __attribute__((format_arg(2), format_arg(3)));

static const char *words(const budgeting *self, const char *en, const char *zh)
{
    return bg_in_language(self->sheet->language, en, zh);
}

static amount add_row(budgeting *self, bg_live_row row, bg_fen value, const char *formula,
                      const char *what)
{
    row.cell[BG_LIVE_STEP] = bg_live_text(self->label);
    row.cell[BG_LIVE_WHAT] = bg_live_text(what);
    row.cell[BG_LIVE_AMOUNT] = bg_live_fen(value, formula);
    self->label = NULL;
    const size_t at = bg_live_add(self->sheet, &row);
    return (amount){value, bg_live_place(self->sheet, at, BG_LIVE_AMOUNT)};
}

static amount add_amount(budgeting *self, bg_fen value, const char *formula, const char *what)
{
    return add_row(self, (bg_live_row){0}, value, formula, what);
}

/* The row that comes next: names of its cells. */
typedef struct next {
    const char *rate, *of, *product;
} next;

static next next_row(const budgeting *self)
{
    const size_t row = bg_sheet_row_count(self->sheet);
    return (next){bg_live_place(self->sheet, row, BG_LIVE_RATE),
                  bg_live_place(self->sheet, row, BG_LIVE_RATE_OF),
                  bg_live_place(self->sheet, row, BG_LIVE_PRODUCT)};
}

/* Whether an amount by a rate over that denominator is exact, which may then be more than the whole. */
static bool is_exact(bg_fen value, bg_decimal rate, int64_t of)
{
    const bg_wide factor = of + (rate < 0 ? -1 : 1) * (bg_wide)bg_live_numerator(rate, of);
    return (value < 0 ? -(bg_wide)value : value) * factor < BG_LIVE_MOST;
}

/* `from` by a rate, or grown by it, rounded once; the amount alone where that is not exact. */
static amount add_share(budgeting *self, amount from, bg_decimal rate, bool grown, bg_fen value,
                        const char *what)
{
    int64_t of = 100;
    bg_fen found = 0;
    if (bg_money_times(from.value, grown ? BG_ONE + rate : rate, &found) || found != value ||
        !bg_live_decimal_over(rate, &of) || !is_exact(from.value, rate, of)) {
        return add_amount(self, value, NULL, what);
    }
    const next at = next_row(self);
    const bg_live_row row = {.cell[BG_LIVE_RATE] = bg_live_whole(bg_live_numerator(rate, of), NULL),
                             .cell[BG_LIVE_RATE_OF] = bg_live_whole(of, NULL)};
    return add_row(
        self, row, value,
        grown
            ? bg_sheet_keep(self->sheet, "=ROUND(%s*(%s+%s)/%s,0)", from.is, at.of, at.rate, at.of)
            : bg_sheet_keep(self->sheet, "=ROUND(%s*%s/%s,0)", from.is, at.rate, at.of),
        what);
}

/* ---- means ---- */

/* An amount and what it counts in a mean. */
typedef struct weighed {
    amount from;
    bg_decimal weight;
    const char *what;
} weighed;

static bool find_over(const weighed *items, size_t count, int64_t *of)
{
    bg_wide sum = 0;
    *of = 1;
    for (size_t i = 0; i < count; i++) {
        if (!bg_live_decimal_over(items[i].weight, of)) {
            return false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        sum += (bg_wide)items[i].from.value * bg_live_numerator(items[i].weight, *of);
    }
    return sum < BG_LIVE_MOST;
}

static amount add_mean(budgeting *self, const weighed *items, size_t count, bg_fen value,
                       const char *what)
{
    const size_t first = bg_sheet_row_count(self->sheet);
    int64_t of;
    if (!find_over(items, count, &of)) {
        return add_amount(self, value, NULL, what);
    }
    for (size_t i = 0; i < count; i++) {
        const next at = next_row(self);
        const int64_t weight = bg_live_numerator(items[i].weight, of);
        const bg_live_row row = {
            .cell[BG_LIVE_RATE] = bg_live_whole(weight, NULL),
            .cell[BG_LIVE_PRODUCT] =
                bg_live_whole(items[i].from.value * weight,
                              bg_sheet_keep(self->sheet, "=%s*%s", items[i].from.is, at.rate))};
        add_row(self, row, items[i].from.value, bg_sheet_keep(self->sheet, "=%s", items[i].from.is),
                items[i].what);
    }
    const char *products = bg_live_range(self->sheet, first, first + count - 1, BG_LIVE_PRODUCT);
    return add_amount(
        self, value,
        bg_sheet_keep(self->sheet, "=ROUND(SUM(%s)/SUM(%s),0)", products,
                      bg_live_range(self->sheet, first, first + count - 1, BG_LIVE_RATE)),
        what);
}

/* ---- the base ---- */

/* What a past year comes to when all its claims are in. */
static amount add_completed(budgeting *self, const base_year *year)
{
    const char *what =
        bg_sheet_keep(self->sheet, words(self, "expense of %d", "%d年基金支出"), year->year);
    const amount recorded = add_amount(self, year->recorded.value, NULL, what);
    int64_t of = 100;
    if (year->completion.value == BG_ONE) {
        return recorded;
    }
    if (!bg_live_decimal_over(year->completion.value, &of) || !is_exact(recorded.value, 0, of)) {
        return add_amount(self, year->completed, NULL, words(self, "completed", "完成后的支出"));
    }
    const next at = next_row(self);
    const bg_live_row row = {.cell[BG_LIVE_RATE] =
                                 bg_live_whole(bg_live_numerator(year->completion.value, of), NULL),
                             .cell[BG_LIVE_RATE_OF] = bg_live_whole(of, NULL)};
    return add_row(self, row, year->completed,
                   bg_sheet_keep(self->sheet, "=ROUND(%s*%s/%s,0)", recorded.is, at.of, at.rate),
                   words(self, "completed, by the share settled", "按已结算比例还原"));
}

/* A year of trend at a time, each rounded. */
static amount add_trended(budgeting *self, const base_year *year, amount from)
{
    for (int i = 0; i < year->trend_years; i++) {
        bg_fen grown = from.value;
        bg_money_times(from.value, BG_ONE + self->terms->trend.value, &grown);
        from = add_share(self, from, self->terms->trend.value, true, grown,
                         words(self, "a year of trend", "按趋势推一年"));
    }
    return from;
}

static void add_base(budgeting *self)
{
    weighed items[BG_MAX_HISTORY_YEARS];
    const bg_budget_terms *terms = self->terms;
    bg_live_heading(self->sheet, words(self, "Base", "基数"));
    for (size_t i = 0; i < terms->base_count; i++) {
        const base_year *year = &terms->base_year[i];
        self->completed[i] = add_completed(self, year);
        items[i] =
            (weighed){add_trended(self, year, self->completed[i]), year->weight,
                      bg_sheet_keep(self->sheet, words(self, "%d, by its weight", "%d年（按权重）"),
                                    year->year)};
    }
    self->base = add_mean(self, items, terms->base_count, terms->base,
                          words(self, "base: the weighted mean", "基数（加权平均）"));
}

/* ---- a year's total ---- */

/* The line of that kind in the explanation of the year; NULL: none. */
static const bg_budget_line *find_line(const budgeting *self, int year, bg_budget_line_kind kind)
{
    const bg_budget_lines *lines = &self->budgets->lines[self->scheme];
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].year == year && lines->items[i].kind == kind) {
            return &lines->items[i];
        }
    }
    return NULL;
}

/* The mean of those of the last three expenses that are known. */
static amount add_rolling(budgeting *self, size_t year)
{
    const bg_budget_terms *terms = self->terms;
    weighed items[ROLLING_YEARS];
    int64_t values[ROLLING_YEARS], weights[ROLLING_YEARS];
    size_t count = 0;
    for (int i = 0; i < ROLLING_YEARS; i++) {
        const int back = ROLLING_YEARS - i, offset = (int)year - back;
        const long past = (long)terms->base_count + offset;
        const char *what = bg_sheet_keep(self->sheet, words(self, "expense of %d", "%d年基金支出"),
                                         terms->first_year + offset);
        if (offset < 0 && past < 0) {
            continue;
        }
        const bg_fen expense =
            offset < 0
                ? self->completed[past].value
                : self->budgets->expense[self->scheme * self->budgets->years + (size_t)offset];
        const amount from =
            offset < 0
                ? self->completed[past]
                : add_amount(self, expense, NULL, words(self, "expected expense", "预期基金支出"));
        items[count] = (weighed){from, terms->rolling_weight[i], what};
        values[count] = expense;
        weights[count++] = terms->rolling_weight[i];
    }
    bg_fen mean = 0;
    bg_money_mean(values, weights, count, &mean);
    return add_mean(self, items, count, mean,
                    words(self, "mean of the last expenses", "近年支出平均"));
}

/* What is grown; false where it is worked out in another way. */
static bool find_basis(budgeting *self, size_t year, amount *basis)
{
    const bg_budget_terms *terms = self->terms;
    if (terms->from_income || find_line(self, terms->year[year].year, BG_BUDGET_LINE_CARRIED) ||
        find_line(self, terms->year[year].year, BG_BUDGET_LINE_CORRECTED)) {
        return false;
    }
    if (year == 0) {
        *basis = self->base;
    } else if (terms->later_rule == BG_LATER_PREVIOUS_TOTAL) {
        *basis = self->total;
    } else if (terms->later_rule == BG_LATER_ROLLING) {
        *basis = add_rolling(self, year);
    } else {
        return false;
    }
    return true;
}

/* Growth as written and its cap; the lower of both is applied. */
static amount add_growth(budgeting *self, const budget_year *year, amount basis)
{
    bg_fen grown = basis.value;
    bg_money_times(basis.value, BG_ONE + year->applied, &grown);
    int64_t of = 100;
    if (!year->capped || !bg_live_decimal_over(year->growth.value, &of) ||
        !bg_live_decimal_over(year->cap.value, &of) || !is_exact(basis.value, year->applied, of)) {
        return add_share(self, basis, year->applied, true, grown,
                         words(self, "grown", "按增长率增长"));
    }
    const next written = next_row(self);
    bg_live_row row = {
        .cell[BG_LIVE_WHAT] = bg_live_text(words(self, "growth as written", "拟定增长率")),
        .cell[BG_LIVE_RATE] = bg_live_whole(bg_live_numerator(year->growth.value, of), NULL),
        .cell[BG_LIVE_RATE_OF] = bg_live_whole(of, NULL)};
    bg_live_add(self->sheet, &row);
    const next cap = next_row(self);
    row.cell[BG_LIVE_WHAT] = bg_live_text(words(self, "its cap", "增长率上限"));
    row.cell[BG_LIVE_RATE].whole = bg_live_numerator(year->cap.value, of);
    bg_live_add(self->sheet, &row);
    const next at = next_row(self);
    row.cell[BG_LIVE_RATE] =
        bg_live_whole(bg_live_numerator(year->applied, of),
                      bg_sheet_keep(self->sheet, "=MIN(%s,%s)", written.rate, cap.rate));
    return add_row(
        self, row, grown,
        bg_sheet_keep(self->sheet, "=ROUND(%s*(%s+%s)/%s,0)", basis.is, at.of, at.rate, at.of),
        words(self, "grown, by the lower of both", "按两者较低者增长"));
}

/* With what is added or taken off up to the end of the year, within the limit. */
static amount add_changes(budgeting *self, const budget_year *year, amount grown)
{
    amount total = grown;
    const bg_budget_line *limit = find_line(self, year->year, BG_BUDGET_LINE_LIMIT);
    for (size_t month = 0; month < MONTHS; month++) {
        if (year->change[month] != 0) {
            const amount change = add_amount(
                self, year->change[month], NULL,
                bg_sheet_keep(self->sheet,
                              words(self, "adjustment from month %zu on", "自%zu月起调整"),
                              month + 1));
            total = (amount){total.value + change.value,
                             bg_sheet_keep(self->sheet, "%s+%s", total.is, change.is)};
        }
    }
    if (!limit) {
        return add_amount(self, total.value, bg_sheet_keep(self->sheet, "=%s", total.is),
                          words(self, "total", "年度付费总额"));
    }
    const amount most =
        add_amount(self, limit->amount, NULL, words(self, "income limit", "以收定支上限"));
    return add_amount(self, total.value < most.value ? total.value : most.value,
                      bg_sheet_keep(self->sheet, "=MIN(%s,%s)", total.is, most.is),
                      words(self, "total, within the limit", "年度付费总额（不超过上限）"));
}

static amount add_total(budgeting *self, size_t year)
{
    const bg_fen found = bg_budgets_year(self->budgets, self->scheme, year)->total;
    const size_t cells = self->sheet->count;
    amount basis;
    if (find_basis(self, year, &basis)) {
        const budget_year *terms = &self->terms->year[year];
        const amount total = add_changes(self, terms, add_growth(self, terms, basis));
        if (total.value == found) {
            return total;
        }
    }
    self->sheet->count = cells;
    return add_amount(self, found, NULL,
                      words(self, "total: the program's, without formulas",
                            "年度付费总额（程序计算结果，不含公式）"));
}

/* ---- what is held back, and instalments ---- */

static amount add_funds(budgeting *self, size_t year, amount total, bg_live_links *links)
{
    const bg_budget_year *found = bg_budgets_year(self->budgets, self->scheme, year);
    amount payable = total;
    for (size_t f = 0; f < self->terms->fund_count; f++) {
        const bg_fund_terms *fund = &self->terms->fund[f];
        const char *name = bg_label_of_account(fund->name, self->sheet->language);
        const amount held = self->terms->levies
                                ? add_amount(self, found->fund[f], NULL, name)
                                : add_share(self, total, fund->rate, false, found->fund[f], name);
        payable = (amount){payable.value - held.value,
                           bg_sheet_keep(self->sheet, "%s-%s", payable.is, held.is)};
        links->fund[f] = held;
    }
    return add_amount(self, found->payable, bg_sheet_keep(self->sheet, "=%s", payable.is),
                      words(self, "payable", "可支付额"));
}

/* Instalments of a year whose total changes, or that follow what was approved, are spread in another way. */
static bool is_divided_once(const budgeting *self, size_t year)
{
    bool once = !self->terms->approves;
    for (size_t month = 1; month < MONTHS; month++) {
        once = once && self->terms->year[year].change[month] == 0;
    }
    return once;
}

static bool divide_months(budgeting *self, amount due, const bg_fen *found)
{
    static const char *const months[] = {"1", "2", "3", "4",  "5",  "6",
                                         "7", "8", "9", "10", "11", "12"};
    bg_live_part parts[MONTHS];
    int64_t of = 1, sum = 0;
    bool same = true;
    for (size_t month = 0; month < MONTHS; month++) {
        same = same && bg_live_decimal_over(self->terms->month_weight[month], &of);
    }
    for (size_t month = 0; month < MONTHS && same; month++) {
        const int64_t weight = bg_live_numerator(self->terms->month_weight[month], of);
        parts[month] = (bg_live_part){
            .name = bg_sheet_keep(self->sheet, words(self, "month %s", "%s月"), months[month]),
            .weight = bg_live_whole(weight, NULL),
            .order = month + 1};
        sum += weight;
    }
    same = same && bg_live_divide(self->sheet, due.value, due.is, sum, parts, MONTHS);
    for (size_t month = 0; month < MONTHS && same; month++) {
        same = parts[month].value == found[month];
    }
    return same;
}

static amount add_instalments(budgeting *self, size_t year, amount total, amount payable)
{
    const bg_budget_year *found = bg_budgets_year(self->budgets, self->scheme, year);
    const amount due = add_share(
        self, self->terms->earmarked ? total : payable, self->terms->year[year].instalment_rate,
        false, bg_budget_year_prepaid(found), words(self, "paid in instalments", "全年预拨"));
    const size_t cells = self->sheet->count;
    if (is_divided_once(self, year) && divide_months(self, due, found->instalment)) {
        return due;
    }
    self->sheet->count = cells;
    for (size_t month = 0; month < MONTHS; month++) {
        add_amount(self, found->instalment[month], NULL,
                   bg_sheet_keep(self->sheet, words(self, "month %zu", "%zu月"), month + 1));
    }
    return due;
}

static void add_year(budgeting *self, size_t year, bg_live_links *links)
{
    bg_live_heading(self->sheet, bg_sheet_keep(self->sheet, words(self, "%d", "%d年度"),
                                               self->terms->year[year].year));
    self->total = add_total(self, year);
    const amount payable = add_funds(self, year, self->total, links);
    links->total = self->total;
    links->payable = payable;
    links->prepaid = add_instalments(self, year, self->total, payable);
}

void bg_live_budget(const bg_budgets *budgets, size_t scheme, bg_sheet *sheet, bg_live_links *links)
{
    budgeting self = {.sheet = sheet,
                      .budgets = budgets,
                      .terms = budgets->contract->terms[scheme],
                      .scheme = scheme};
    add_base(&self);
    for (size_t year = 0; year < budgets->years; year++) {
        add_year(&self, year, &links[year]);
    }
}
