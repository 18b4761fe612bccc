/* A budget in words: each amount with what it was computed from and where the rate was written. */
#include "base/array.h"
#include "base/text.h"
#include "format/amount.h"
#include "rules/budget_terms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- lines ---- */

void bg_budget_lines_free(bg_budget_lines *self)
{
    for (size_t i = 0; i < self->count; i++) {
        free(self->items[i].label_en);
        free(self->items[i].label_zh);
        free(self->items[i].inputs);
        free(self->items[i].shape);
    }
    free(self->items);
    *self = (bg_budget_lines){0};
}

static bool has_room(bg_budget_lines *self)
{
    bg_budget_line *items =
        bg_array_room(self->items, &self->capacity, self->count + 1, sizeof *items);
    self->items = items ? items : self->items;
    return items != NULL;
}

/* ---- amounts in texts ---- */

/* An amount in the shape of a text: its fen between two signs that no text of a file can hold. */
#define SIGN "\1"
#define YUAN 100

typedef struct number_text {
    char text[BG_NUMBER_TEXT];
} number_text;

static number_text money(bg_fen amount)
{
    number_text result;
    snprintf(result.text, sizeof result.text, SIGN "%lld" SIGN, (long long)amount);
    return result;
}

/* In yuan with the fen, as ever; in other units no longer than it must be. */
static void add_amount(bg_text *text, bg_fen amount, bg_fen unit)
{
    char number[BG_AMOUNT_TEXT];
    const bg_money_scale nameless = {"", (double)unit, 0};
    bg_text_add(text, "%s",
                unit == YUAN ? bg_money_grouped(amount, number)
                             : bg_amount_exact_grouped(nameless, amount, number));
}

/* The shape with its amounts in the unit. */
static char *filled(const char *shape, bg_fen unit)
{
    bg_text text = {0};
    const char *rest = shape;
    for (const char *at; (at = strchr(rest, SIGN[0])); rest++) {
        char *end;
        bg_text_add(&text, "%.*s", (int)(at - rest), rest);
        add_amount(&text, strtoll(at + 1, &end, 10), unit);
        rest = end;
    }
    bg_text_add(&text, "%s", rest);
    return bg_text_sentence(bg_text_take(&text));
}

char *bg_budget_line_inputs(const bg_budget_line *self, bg_fen unit)
{
    return filled(self->shape, unit);
}

/* Where lines go, and the year they are about. */
typedef struct writer {
    bg_budget_lines *lines;
    int year;
} writer;

/* Adds a line and takes over its three texts, any of which may be NULL for want of memory. */
static bg_status add(const writer *self, bg_budget_line_kind kind, sourced from, bg_fen amount,
                     char *en, char *zh, char *shape)
{
    en = bg_text_sentence(en);
    zh = bg_text_sentence(zh);
    shape = bg_text_sentence(shape);
    char *inputs = shape ? filled(shape, YUAN) : NULL;
    if (!en || !zh || !inputs || !has_room(self->lines)) {
        free(en);
        free(zh);
        free(inputs);
        free(shape);
        return BG_MEMORY;
    }
    self->lines->items[self->lines->count++] = (bg_budget_line){
        .kind = kind,
        .year = self->year,
        .label_en = en,
        .label_zh = zh,
        .inputs = inputs,
        .shape = shape,
        .mark = from.mark,
        .assumption = from.assumption,
        .amount = amount,
    };
    return BG_OK;
}

static const sourced nowhere = {0};

/* ---- pieces of arithmetic ---- */

static number_text percent(bg_decimal rate)
{
    number_text result;
    bg_percent_text(rate, result.text);
    return result;
}

static number_text plain(bg_decimal value)
{
    number_text result;
    bg_decimal_text(value, result.text);
    return result;
}

/* "(1 + 5%)" or "(1 - 5%)". */
static char *one_plus(bg_decimal rate)
{
    return bg_text_format("(1 %c %s)", rate < 0 ? '-' : '+', percent(rate < 0 ? -rate : rate).text);
}

/* "100.00 x (1 + 5%)", with "^2" where the exponent is above one. */
static char *grown_text(bg_fen amount, bg_decimal rate, int exponent)
{
    char *factor = one_plus(rate);
    char power[16] = "";
    if (exponent > 1) {
        snprintf(power, sizeof power, "^%d", exponent);
    }
    char *result = factor ? bg_text_format("%s x %s%s", money(amount).text, factor, power) : NULL;
    free(factor);
    return result;
}

/* Adds to a text; NULL stays NULL. */
static char *joined(char *before, const char *between, char *after)
{
    char *result = before && after ? bg_text_format("%s%s%s", before, between, after) : NULL;
    free(before);
    free(after);
    return result;
}

/* ---- base ---- */

static bg_status explain_base_year(const bg_budget_terms *terms, const base_year *year,
                                   bg_budget_lines *lines)
{
    const writer at = {lines, year->year};
    bg_status status = add(&at, BG_BUDGET_LINE_EXPENSE, year->recorded, year->recorded.value,
                           bg_text_format("Expense of %d", year->year),
                           bg_text_format("%d年基金支出", year->year), bg_text_format("%s", ""));
    if (!status && year->completion.value != BG_ONE) {
        status =
            add(&at, BG_BUDGET_LINE_COMPLETED, year->completion, year->completed,
                bg_text_format("Completed: %s is settled", percent(year->completion.value).text),
                bg_text_format("完成系数调整：已结算%s", percent(year->completion.value).text),
                bg_text_format("%s / %s", money(year->recorded.value).text,
                               percent(year->completion.value).text));
    }
    if (!status && year->trend_years > 0) {
        int to = year->year + year->trend_years;
        status = add(&at, BG_BUDGET_LINE_TRENDED, terms->trend, year->trended,
                     bg_text_format("Trended to %d", to), bg_text_format("趋势调整至%d年", to),
                     grown_text(year->completed, terms->trend.value, year->trend_years));
    }
    return status;
}

static bool equally_weighted(const bg_budget_terms *terms)
{
    for (size_t i = 1; i < terms->base_count; i++) {
        if (terms->base_year[i].weight != terms->base_year[0].weight) {
            return false;
        }
    }
    return true;
}

/* "(a + b + c) / 3", or "(1 x a + 2 x b) / 3" where weights differ. */
static char *mean_text(const bg_budget_terms *terms)
{
    bool equal = equally_weighted(terms);
    bg_decimal sum = 0;
    char *terms_text = bg_text_format("(");
    for (size_t i = 0; i < terms->base_count; i++) {
        const base_year *year = &terms->base_year[i];
        sum += equal ? BG_ONE : year->weight;
        char *term =
            equal ? bg_text_format("%s", money(year->trended).text)
                  : bg_text_format("%s x %s", plain(year->weight).text, money(year->trended).text);
        terms_text = joined(terms_text, i ? " + " : "", term);
    }
    return joined(terms_text, ") / ", bg_text_format("%s", plain(sum).text));
}

bg_status bg_budget_explain_base(const bg_budget_terms *self, bg_budget_lines *lines)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->base_count && !status; i++) {
        status = explain_base_year(self, &self->base_year[i], lines);
    }
    if (status) {
        return status;
    }
    const writer at = {lines, self->first_year};
    return add(&at, BG_BUDGET_LINE_BASE, self->weights, self->base,
               bg_text_format("Base: mean of %zu past years", self->base_count),
               bg_text_format("基数：前%zu年平均", self->base_count), mean_text(self));
}

/* ---- total ---- */

static bg_status explain_per_head(const writer *at, const bg_budget_terms *terms,
                                  const budget_year *year, const year_result *result)
{
    if (year->has_per_head) {
        return add(
            at, BG_BUDGET_LINE_PER_HEAD, year->per_head, result->grown,
            bg_text_format("Amount per head x people"), bg_text_format("人均金额×参保人数"),
            bg_text_format("%s x %lld", money(result->basis).text, (long long)result->persons));
    }
    return add(at, BG_BUDGET_LINE_PER_HEAD, year->capped ? year->cap : year->growth, result->grown,
               bg_text_format("First total per head, grown, x people"),
               bg_text_format("首年人均总额逐年增长×参保人数"),
               bg_text_format("%s x %s x %lld / %lld", money(result->basis).text,
                              plain(year->since_first).text, (long long)result->persons,
                              (long long)terms->first_persons));
}

static bg_status explain_from_income(const writer *at, const bg_budget_terms *terms,
                                     const budget_year *year, const year_result *result)
{
    const bg_status status =
        add(at, BG_BUDGET_LINE_OF_INCOME, year->income_share, result->grown - result->brought,
            bg_text_format("Share of the year's income"), bg_text_format("当年基金收入×比例"),
            bg_text_format("%s x %s", percent(year->income_share.value).text,
                           money(result->income).text));
    return status || !bg_budget_carries_pool(terms)
               ? status
               : add(at, BG_BUDGET_LINE_BROUGHT, terms->carried_share, result->brought,
                     bg_text_format("Balance of the pool that is carried in"),
                     bg_text_format("统筹基金上年累计结余转入"),
                     bg_text_format("%s x %s", percent(terms->carried_share.value).text,
                                    money(result->pool_balance).text));
}

/* Of last year's total, where it was made for another number of people than there were. */
static bg_status explain_correction(const writer *at, const bg_budget_terms *terms,
                                    const budget_year *year, const year_result *result)
{
    const budget_year *before = &terms->year[year->year - 1 - terms->first_year];
    return add(at, BG_BUDGET_LINE_CORRECTED, before->forecast, result->corrected,
               bg_text_format("Last year's total, for the people there were"),
               bg_text_format("上年总额，按实际参保人数修正"),
               bg_text_format("%s x %lld / %lld", money(result->basis).text,
                              (long long)result->persons_before,
                              (long long)before->forecast.value));
}

static bg_status explain_growth(const writer *at, const bg_budget_terms *terms,
                                const budget_year *year, const year_result *result)
{
    static const struct {
        const char *en, *zh;
    } basis[] = {{"Base", "基数"},
                 {"Last year's total", "上年总额"},
                 {"Mean of the last three expenses", "近三年支出平均"}};
    bool first = year->year == terms->first_year;
    if (terms->from_income) {
        return explain_from_income(at, terms, year, result);
    }
    if (!first && terms->later_rule == BG_LATER_PER_CAPITA) {
        return explain_per_head(at, terms, year, result);
    }
    size_t row = first ? 0 : terms->later_rule == BG_LATER_PREVIOUS_TOTAL ? 1 : 2;
    if (result->persons_before) {
        const bg_status status = explain_correction(at, terms, year, result);
        if (status) {
            return status;
        }
    }
    char *inputs =
        grown_text(result->persons_before ? result->corrected : result->basis, year->applied, 1);
    number_text wanted = percent(year->growth.value);
    number_text applied = percent(year->applied);
    if (year->capped) {
        return add(at, BG_BUDGET_LINE_GROWN, year->cap, result->grown,
                   bg_text_format("%s, growth of %s cut to the cap of %s", basis[row].en,
                                  wanted.text, applied.text),
                   bg_text_format("%s，增长率%s超过上限，按%s计", basis[row].zh, wanted.text,
                                  applied.text),
                   inputs);
    }
    return add(at, BG_BUDGET_LINE_GROWN, year->growth, result->grown,
               bg_text_format("%s, grown by %s", basis[row].en, applied.text),
               bg_text_format("%s，增长%s", basis[row].zh, applied.text), inputs);
}

static bg_status explain_adjustments(const writer *at, const bg_budget_terms *terms)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < terms->adjustment_count && !status; i++) {
        const adjustment *each = &terms->adjustment[i];
        if (each->scheme != terms->scheme || each->year != at->year) {
            continue;
        }
        status = add(at, BG_BUDGET_LINE_ADJUSTMENT, each->amount, each->amount.value,
                     bg_text_format("Adjustment %s, from month %d", each->name, each->month),
                     bg_text_format("调整事项 %s（自%d月起）", each->name, each->month),
                     bg_text_format("%s", each->reason ? each->reason : ""));
    }
    return status;
}

/* "100% x (60.00 - 1.00)", and what the pool's balance adds. */
static char *limit_text(const bg_budget_terms *terms, const year_result *result, bg_fen outside)
{
    char *text = bg_text_format("%s x (%s - %s)", percent(terms->income_limit.value).text,
                                money(result->income).text, money(outside).text);
    return bg_budget_carries_pool(terms)
               ? joined(text, " + ", bg_text_format("%s", money(result->brought).text))
               : text;
}

static bg_status explain_limit(const writer *at, const bg_budget_terms *terms,
                               const year_result *result)
{
    if (result->cut) {
        return add(at, BG_BUDGET_LINE_LIMIT, terms->income_limit, result->opening_total,
                   bg_text_format("Income limit over all communities: cut to"),
                   bg_text_format("以收定支（全统筹区）：压减为"), bg_text_format("%s", ""));
    }
    if (!result->limited) {
        return BG_OK;
    }
    bg_fen outside = bg_pool_outside_spending(&terms->pool, at->year);
    return add(at, BG_BUDGET_LINE_LIMIT, terms->income_limit, result->limit,
               bg_text_format("Income limit: the total may not exceed"),
               bg_text_format("以收定支：总额上限"), limit_text(terms, result, outside));
}

static bg_status explain_carried(const writer *at, const year_result *result)
{
    if (result->recovered == 0) {
        return BG_OK;
    }
    const bool gain = result->recovered < 0;
    return add(at, BG_BUDGET_LINE_CARRIED, nowhere, -result->recovered,
               gain ? bg_text_format("Gain of earlier years, carried into the total")
                    : bg_text_format("Deficit of earlier years, recovered from the total"),
               gain ? bg_text_format("以前年度盈余结转并入") : bg_text_format("抵扣以前年度亏损"),
               bg_text_format("%s", ""));
}

/* ---- funds and instalments ---- */

/* The customary name of a fund, or its own. */
static const char *chinese_fund(const char *name)
{
    static const struct {
        const char *name, *zh;
    } known[] = {{"guarantee", "年度保障金"}, {"risk", "风险调剂金"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(name, known[i].name) == 0) {
            return known[i].zh;
        }
    }
    return name;
}

/* "5% x 120,000,000.00 + 3.00 x 88,838, but no more than 10% x 100,000,000.00 - 9,500,000.00" */
static char *levy_inputs(const writer *at, const bg_budget_terms *terms, const year_result *result,
                         size_t fund)
{
    const fund_levy *levy = &terms->levy[fund];
    bg_text text = {0};
    if (terms->fund[fund].rate || !levy->per_head) {
        bg_text_add(
            &text, "%s x %s", percent(terms->fund[fund].rate).text,
            money(levy->base == FUND_OF_TOTAL ? result->total : result->fund_base[fund]).text);
    }
    if (levy->per_head) {
        bg_text_add(&text, "%s%s x %lld", text.length ? " + " : "",
                    money(bg_node_in_year(levy->per_head, at->year)->value.fen).text,
                    (long long)result->persons);
    }
    if (levy->has_ceiling) {
        bg_text_add(&text, " <= %s x %s - %s", percent(levy->ceiling.value).text,
                    money(result->total).text, money(result->fund_held[fund]).text);
    }
    return bg_text_take(&text);
}

static bg_status explain_funds(const writer *at, const bg_budget_terms *terms,
                               const year_result *result)
{
    bg_status status = BG_OK;
    char *payable = bg_text_format("%s", money(result->total).text);
    for (size_t i = 0; i < terms->fund_count && !status; i++) {
        const char *name = terms->fund[i].name;
        status =
            add(at, BG_BUDGET_LINE_FUND, terms->fund_rate[i], result->fund[i],
                bg_text_format("%s fund", name), bg_text_format("预留：%s", chinese_fund(name)),
                levy_inputs(at, terms, result, i));
        payable = joined(payable, " - ", bg_text_format("%s", money(result->fund[i]).text));
    }
    if (status) {
        free(payable);
        return status;
    }
    return add(at, BG_BUDGET_LINE_PAYABLE, nowhere, result->payable, bg_text_format("Payable"),
               bg_text_format("可支付额"), payable);
}

/* Last month with the same instalment as `month`, without a gap. */
static int last_alike(const year_result *result, int month)
{
    while (month + 1 < MONTHS && result->instalment[month + 1] == result->instalment[month]) {
        month++;
    }
    return month;
}

/* Months in which nothing falls due are not worth a line where the contract says which do. */
static bool is_silent(const bg_budget_terms *terms, const year_result *result, int month)
{
    return terms->shares >= INSTALMENTS_BY_QUARTER && result->instalment[month] == 0;
}

static bg_status explain_alike(const writer *at, bg_fen instalment, int first, int last)
{
    const bool single = first == last;
    return add(at, BG_BUDGET_LINE_MONTHS, nowhere, instalment,
               single ? bg_text_format("Instalment of month %d", first + 1)
                      : bg_text_format("Instalment of months %d to %d, each", first + 1, last + 1),
               single ? bg_text_format("%d月预拨", first + 1)
                      : bg_text_format("%d–%d月每月预拨", first + 1, last + 1),
               bg_text_format("%s", ""));
}

static bg_status explain_months(const writer *at, const bg_budget_terms *terms,
                                const year_result *result)
{
    bg_status status = BG_OK;
    for (int first = 0; first < MONTHS && !status;) {
        const int last = last_alike(result, first);
        if (!is_silent(terms, result, first)) {
            status = explain_alike(at, result->instalment[first], first, last);
        }
        first = last + 1;
    }
    return status;
}

/* What the pool is expected to pay outside, where that is anything; what the instalments are taken of. */
static bg_status explain_outside(const writer *at, const budget_year *year, bg_fen of)
{
    bg_fen expected;
    if (year->outside_share.value == 0) {
        return BG_OK;
    }
    if (bg_money_times(of, year->outside_share.value, &expected) != BG_OK) {
        return BG_OVERFLOW;
    }
    return add(at, BG_BUDGET_LINE_OUTSIDE, year->outside_share, expected,
               bg_text_format("Expected to be paid outside by the pool"),
               bg_text_format("预计统筹基金直接支付县外"),
               bg_text_format("%s x %s", percent(year->outside_share.value).text, money(of).text));
}

/* "100.00 x 90%", with "x (1 - 20%)" where the pool pays a part outside. */
static char *instalments_text(const bg_budget_terms *terms, const budget_year *year, bg_fen of)
{
    char *text = bg_text_format("%s x %s", money(of).text, percent(terms->ratio.value).text);
    return year->outside_share.value == 0
               ? text
               : joined(text, " x ", one_plus(-year->outside_share.value));
}

/* What each month's instalment comes to depends on what is spent. */
static bg_status explain_approved(const writer *at, const bg_budget_terms *terms,
                                  const year_result *result, bg_fen sum)
{
    const number_text share = percent(terms->approved.value);
    return add(at, BG_BUDGET_LINE_INSTALMENTS, terms->approved, sum,
               bg_text_format("Instalments in all: %s of each month's approved cost", share.text),
               bg_text_format("全年预拨合计（各月核定费用的%s）", share.text),
               terms->has_ceiling ? bg_text_format("at most %s x %s", money(result->payable).text,
                                                   percent(terms->ceiling).text)
                                  : bg_text_format("%s", ""));
}

static bg_status explain_instalments(const writer *at, const bg_budget_terms *terms,
                                     const budget_year *year, const year_result *result)
{
    static const struct {
        const char *en, *zh;
    } shares[] = {[INSTALMENTS_EQUAL] = {"equal", "等额"},
                  [INSTALMENTS_BY_SEASON] = {"by season", "按季节"},
                  [INSTALMENTS_BY_QUARTER] = {"by shares of quarters", "按各季度比例"},
                  [INSTALMENTS_BY_MONTH] = {"by shares of months", "按各月比例"}};
    bg_fen sum = 0;
    for (int month = 0; month < MONTHS; month++) {
        sum += result->instalment[month];
    }
    if (terms->approves) {
        const bg_status added = explain_approved(at, terms, result, sum);
        return added ? added : explain_months(at, terms, result);
    }
    bg_fen of = terms->earmarked ? result->total : result->payable;
    bg_status status = explain_outside(at, year, of);
    status = status ? status
                    : add(at, BG_BUDGET_LINE_INSTALMENTS, terms->ratio, sum,
                          bg_text_format("Instalments in all, %s", shares[terms->shares].en),
                          bg_text_format("全年预拨合计（%s）", shares[terms->shares].zh),
                          instalments_text(terms, year, of));
    return status ? status : explain_months(at, terms, result);
}

bg_status bg_budget_explain_year(const bg_budget_terms *terms, const budget_year *year,
                                 const year_result *result, bg_budget_lines *lines)
{
    const writer at = {lines, year->year};
    bg_status status = explain_growth(&at, terms, year, result);
    status = status ? status : explain_adjustments(&at, terms);
    status = status ? status : explain_limit(&at, terms, result);
    status = status ? status : explain_carried(&at, result);
    if (!status) {
        status = add(&at, BG_BUDGET_LINE_TOTAL, nowhere, result->total,
                     bg_text_format("Budget (annual payment total)"),
                     bg_text_format("年度付费总额"), bg_text_format("%s", ""));
    }
    status = status ? status : explain_funds(&at, terms, result);
    return status ? status : explain_instalments(&at, terms, year, result);
}
