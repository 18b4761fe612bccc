#include "report/as_read_parts.h"

#include "report/label.h"
#include "report/rule_words.h"

#include <string.h>

/* ---- terms ---- */

/* What holds for the scheme: its own entry, else that of the budget. */
static const bg_node *budget_key(const bg_contract *contract, size_t scheme, const char *key)
{
    const bg_node *budget = bg_scenario_find(contract->scenario, "budget");
    const bg_node *own = bg_node_child(
        bg_node_child(bg_node_child(budget, "schemes"), contract->history.scheme[scheme].name),
        key);
    return own ? own : bg_node_child(budget, key);
}

static void add_growth(bg_text *text, const bg_contract *contract, const char *language,
                       bg_money_scale unit)
{
    (void)unit;
    const size_t schemes = contract->history.scheme_count;
    const bool one =
        schemes == 1 || budget_key(contract, 0, "growth") == budget_key(contract, 1, "growth");
    for (size_t s = 0; s < (one ? 1 : schemes); s++) {
        bg_text_add(text, "%s", s ? bg_in_language(language, "; ", "；") : "");
        if (!one) {
            bg_text_add(text, "%s ",
                        bg_label_of_scheme(contract->history.scheme[s].name, language));
        }
        bg_add_rule_words(text, budget_key(contract, s, "growth"), language);
        const bg_node *cap = budget_key(contract, s, "growth_cap");
        if (cap) {
            bg_text_add(
                text, "%s",
                bg_in_language(language, ", from the second year at most ", "，次年起不超过"));
            bg_add_rule_words(text, cap, language);
        }
    }
}

/* A share of the total, or whatever else fills a fund. */
static void add_levy(bg_text *text, const bg_node *fund, const char *language)
{
    static const char *const of[][2] = {{"", ""},
                                        {" of the year's income", "（当年基金收入）"},
                                        {" of last year's payments", "（上年基金支出）"}};
    const bg_node *base = bg_node_child(fund, "base");
    const bg_node *per_head = bg_node_child(fund, "per_head");
    const bg_node *ceiling = bg_node_child(fund, "ceiling");
    if (!per_head || bg_node_decimal(fund, "rate")) {
        bg_text_add(text, "%s%s", bg_node_text(fund, "rate"),
                    bg_in_language(language, of[base ? base->value.integer : 0][0],
                                   of[base ? base->value.integer : 0][1]));
    }
    if (per_head) {
        bg_text_add(text, "%s",
                    bg_node_decimal(fund, "rate") ? bg_in_language(language, " and ", "加") : "");
        bg_add_rule_words(text, per_head, language);
        bg_text_add(text, "%s", bg_in_language(language, " yuan a head", "元/人"));
    }
    if (ceiling) {
        bg_text_add(
            text,
            bg_in_language(language, " up to a balance of %s of the total", "，至总额的%s为止"),
            ceiling->text);
    }
}

static void add_funds(bg_text *text, const bg_contract *contract, const char *language,
                      bg_money_scale unit)
{
    (void)unit;
    const bg_node *funds = bg_scenario_find(contract->scenario, "budget.funds");
    if (bg_node_count(funds) == 0) {
        bg_text_add(text, "%s", bg_in_language(language, "none", "无"));
    }
    for (const bg_node *fund = funds ? funds->child : NULL; fund; fund = fund->next) {
        bg_text_add(text, bg_in_language(language, "%s%s ", "%s%s"),
                    fund == funds->child ? "" : bg_in_language(language, ", ", "，"),
                    bg_label_of_account(fund->key, language));
        add_levy(text, fund, language);
        bg_text_add(text, "%s",
                    bg_node_bool(fund, "carry_over")
                        ? bg_in_language(language, " (carried over)", "（可结转）")
                        : "");
    }
}

static void add_base(bg_text *text, const bg_contract *contract, const char *language,
                     bg_money_scale unit)
{
    (void)unit;
    const bg_history *history = &contract->history;
    const size_t weights =
        bg_node_count(bg_scenario_find(contract->scenario, "budget.base.weights"));
    const size_t years = weights && weights < history->year_count ? weights : history->year_count;
    const int last = history->year[history->year_count - 1];
    bg_text_add(text, bg_in_language(language, "fund payments of %d to %d", "%d至%d年基金支出"),
                last - (int)years + 1, last);
}

static void add_later_rule(bg_text *text, const bg_contract *contract, const char *language,
                           bg_money_scale unit)
{
    enum { OF_INCOME = BG_LATER_PER_CAPITA + 1 };
    (void)unit;
    const bg_node *budget = bg_scenario_find(contract->scenario, "budget");
    static const struct {
        const char *en, *zh;
    } rules[] = {{"last year's total, grown", "上年总额按增长率增长"},
                 {"anew from the last years' payments", "按最近各年基金支出滚动计算"},
                 {"an amount a head", "按人头标准"},
                 [OF_INCOME] = {"a share of the year's income", "当年基金收入的一定比例"}};
    const int64_t rule =
        bg_node_child(budget, "from_income") ? OF_INCOME : bg_node_integer(budget, "later_rule");
    bg_text_add(text, "%s", bg_in_language(language, rules[rule].en, rules[rule].zh));
    if (bg_pool_uses(&contract->pool[0], "income_per_head") ||
        bg_pool_uses(&contract->pool[0], "contribution")) {
        bg_text_add(text,
                    bg_in_language(language, "; at most %s of the pool's income",
                                   "；不超过统筹基金收入的%s"),
                    bg_node_text(budget, "income_limit"));
    }
}

static void add_adjustments(bg_text *text, const bg_contract *contract, const char *language,
                            bg_money_scale unit)
{
    const bg_node *all = bg_scenario_find(contract->scenario, "budget.adjustments");
    for (const bg_node *each = all ? all->child : NULL; each; each = each->next) {
        char amount[BG_AMOUNT_TEXT];
        const bg_node *reason = bg_node_child(each, "reason");
        bg_text_add(text, "%s%s %s", each == all->child ? "" : bg_in_language(language, ", ", "，"),
                    bg_label_of_scheme(bg_node_text(each, "scheme"), language),
                    bg_amount_exact_grouped(unit, bg_node_fen(each, "amount"), amount));
        if (reason) {
            bg_text_add(text, bg_in_language(language, " (%s)", "（%s）"), reason->text);
        }
    }
    if (bg_node_count(all) == 0) {
        bg_text_add(text, "%s", bg_in_language(language, "none", "无"));
    }
}

static void add_score(bg_text *text, const bg_contract *contract, const char *language,
                      bg_money_scale unit)
{
    (void)unit;
    if (contract->performance) {
        bg_text_add(text, "%s",
                    bg_in_language(language, "simulated by future and year", "逐情形逐年模拟"));
    } else {
        char score[BG_NUMBER_TEXT];
        bg_text_add(text, bg_in_language(language, "%s of 100 in %d", "%s分（百分制，%d年）"),
                    bg_decimal_text(contract->score[0], score), contract->first_year);
    }
}

/* A month that counts from January of the next year. */
static void add_month(bg_text *text, size_t month, const char *language)
{
    static const char *const names[12] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
    const size_t years = month / 12;
    if (strcmp(language, "zh") == 0) {
        bg_text_add(text, "%s%zu月",
                    years == 1   ? "次年"
                    : years == 2 ? "第三年"
                                 : "第四年",
                    month % 12 + 1);
    } else {
        bg_text_add(text, "%s of %s", names[month % 12],
                    years == 1   ? "the next year"
                    : years == 2 ? "the year after the next"
                                 : "the third year after");
    }
}

static void add_repayment(bg_text *text, const bg_calendar *calendar, bg_money_scale unit,
                          const char *language)
{
    bg_text_add(text, "%s", bg_in_language(language, "; what is owed is repaid, ", "；应退款"));
    if (calendar->repaid_at_once > 0) {
        char amount[BG_AMOUNT_TEXT];
        bg_text_add(text, bg_in_language(language, "%s of it at once, ", "先退%s，其余"),
                    bg_amount_exact_grouped(unit, calendar->repaid_at_once, amount));
    }
    bg_text_add(text,
                bg_in_language(language, "in %zu equal months from ", "分%zu个月等额归还，自"),
                calendar->repaid_months);
    add_month(text, calendar->repaid_from, language);
    bg_text_add(text, "%s",
                calendar->remainder_last
                    ? bg_in_language(language, " on, the last with what does not divide",
                                     "起，余数归入末期")
                    : bg_in_language(language, " on, the first with what does not divide",
                                     "起，余数归入首期"));
}

/* "; settled in March of the next year, paid in May of the next year" */
static void add_calendar(bg_text *text, const bg_calendar *calendar, bg_money_scale unit,
                         const char *language)
{
    bg_text_add(text, "%s", bg_in_language(language, "; settled in ", "；"));
    add_month(text, calendar->settled, language);
    bg_text_add(text, "%s", bg_in_language(language, ", paid in ", "清算，"));
    add_month(text, calendar->paid, language);
    bg_text_add(text, "%s", bg_in_language(language, "", "收付"));
    if (calendar->repaid_months > 0) {
        add_repayment(text, calendar, unit, language);
    }
    bg_text_add(text, "%s",
                bg_in_language(language, "; cash runs on over the years", "；现金逐年连续"));
}

/* "by quarter: 30%, 20%, 20%, 30%, paid in its first month" */
static void add_shares(bg_text *text, const bg_node *prepayment, const char *language)
{
    enum { QUARTERS = 4 };
    static const struct {
        const char *en, *zh;
    } paid_in[] = {{"first", "第一个月"}, {"second", "第二个月"}, {"third", "第三个月"}};
    const bg_node *shares = bg_node_child(prepayment, "shares");
    const bool by_quarter = bg_node_count(shares) == QUARTERS;
    bg_text_add(text, "%s",
                by_quarter ? bg_in_language(language, "by quarter: ", "按季度：")
                           : bg_in_language(language, "by month: ", "按月："));
    for (const bg_node *share = shares->child; share; share = share->next) {
        bg_text_add(text, "%s%s",
                    share == shares->child ? "" : bg_in_language(language, ", ", "、"),
                    share->text);
    }
    if (by_quarter) {
        const bg_node *named = bg_node_child(prepayment, "quarter_month");
        const int64_t month = named ? named->value.integer - 1 : 0;
        bg_text_add(text, bg_in_language(language, ", paid in its %s month", "，于季度%s拨付"),
                    bg_in_language(language, paid_in[month].en, paid_in[month].zh));
    }
}

/* "97% of each month's approved cost, 1 months later, at most 100% of what is payable" */
static void add_approved(bg_text *text, const bg_node *prepayment, const bg_calendar *calendar,
                         const char *language)
{
    const bg_node *ceiling = bg_node_child(prepayment, "ceiling");
    bg_text_add(text,
                bg_in_language(language, "%s of each month's approved cost, paid %s",
                               "各月核定费用的%s，%s"),
                bg_node_text(prepayment, "approved"),
                calendar->delay == 0 ? bg_in_language(language, "in the same month", "当月拨付")
                : calendar->delay == 1 ? bg_in_language(language, "in the next month", "次月拨付")
                                       : bg_in_language(language, "after ", ""));
    if (calendar->delay > 1) {
        bg_text_add(text, bg_in_language(language, "%zu months", "%zu个月后拨付"), calendar->delay);
    }
    if (ceiling) {
        bg_text_add(
            text,
            bg_in_language(language, ", at most %s of what is payable", "，全年不超过可支付额的%s"),
            ceiling->text);
    }
}

static void add_instalments(bg_text *text, const bg_contract *contract, const char *language,
                            bg_money_scale unit)
{
    const bg_node *prepayment = bg_scenario_find(contract->scenario, "budget.prepayment");
    if (bg_node_child(prepayment, "approved")) {
        add_approved(text, prepayment, &contract->calendar, language);
        add_calendar(text, &contract->calendar, unit, language);
        return;
    }
    bg_text_add(text, bg_in_language(language, "%s of what is payable, ", "可支付额的%s，"),
                bg_node_text(prepayment, "ratio"));
    if (bg_node_child(prepayment, "shares")) {
        add_shares(text, prepayment, language);
    } else {
        bg_text_add(text, "%s",
                    bg_node_integer(prepayment, "months") == 0
                        ? bg_in_language(language, "in equal months", "按月等额")
                        : bg_in_language(language, "by the season", "按季节"));
    }
    if (contract->calendar.given) {
        add_calendar(text, &contract->calendar, unit, language);
    }
}

static const bg_contract_term terms[] = {
    {"base", "基数", add_base, false},
    {"growth", "增长率", add_growth, true},
    {"later years", "以后年度", add_later_rule, true},
    {"adjustments", "调整事项", add_adjustments, false},
    {"held back inside the total", "总额内预留", add_funds, true},
    {"monthly instalments", "按月预拨", add_instalments, false},
    {"performance score", "考核得分", add_score, true}};

const bg_contract_term *bg_contract_term_row(size_t index)
{
    return index < sizeof terms / sizeof *terms ? &terms[index] : NULL;
}

/* ---- on the page ---- */

void bg_as_read_terms(const bg_contract *contract, bg_money_scale unit, bg_document *page)
{
    bg_text text = {0};
    bg_text_add(&text, "%s", bg_in_language(page->language, "Contract: growth ", "合同：增长率"));
    add_growth(&text, contract, page->language, unit);
    bg_text_add(&text, "%s", bg_in_language(page->language, "; held back: ", "；预留："));
    add_funds(&text, contract, page->language, unit);
    bg_text_add(&text, "%s", bg_in_language(page->language, "; score ", "；考核得分"));
    add_score(&text, contract, page->language, unit);
    bg_text_add(&text, "%s", bg_in_language(page->language, ".", "。"));
    bg_as_read_say(page, &text, 0);
}

static void say_terms(const bg_contract *contract, bg_money_scale unit, bg_document *page)
{
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        bg_text text = {0};
        bg_text_add(&text, bg_in_language(page->language, "%s: ", "%s："),
                    bg_in_language(page->language, terms[i].en, terms[i].zh));
        terms[i].add(&text, contract, page->language, unit);
        bg_as_read_say(page, &text, 2);
    }
}

static void say_steps(const bg_contract *contract, bg_document *page)
{
    const bg_node *plan = bg_scenario_find(contract->scenario, "settlement");
    int number = 0;
    for (const bg_node *step = plan ? plan->child : NULL; step; step = step->next) {
        bg_text text = {0};
        bg_text_add(&text, bg_in_language(page->language, "%d %s: ", "%d %s："), ++number,
                    strcmp(step->key, step->text) != 0 && !strchr(step->key, '#')
                        ? step->key
                        : bg_label_of_step(step->text, page->language));
        bg_add_step_words(&text, step, page->language);
        bg_as_read_say(page, &text, 4);
    }
}

void bg_as_read_contract(const bg_contract *contract, bg_money_scale unit, bg_document *page)
{
    bg_document_add(page, BG_PART_HEADING, 0,
                    bg_in_language(page->language, "The contract %d to %d, as read",
                                   "%d至%d年包干合同（按读入的内容）"),
                    contract->first_year, contract->first_year + (int)contract->years - 1);
    say_terms(contract, unit, page);
    bg_document_add(page, BG_PART_SENTENCE, 2, "%s",
                    bg_in_language(page->language, "settlement, step by step:", "年度清算步骤："));
    say_steps(contract, page);
}
