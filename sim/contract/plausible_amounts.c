/* Amounts that no key bounds, beside what the fund paid in the last of the past years. */
#include "contract/plausible.h"

#include "contract/messages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Of one scheme, or with NULL of all. */
static double paid_last(const bg_history *history, const char *scheme)
{
    double paid = 0;
    for (size_t s = 0; s < history->scheme_count; s++) {
        if (!scheme || strcmp(history->scheme[s].name, scheme) == 0) {
            paid += (double)history->scheme[s].paid_fen[history->year_count - 1];
        }
    }
    return paid;
}

static void judge_by(bg_plausible_id check, const bg_contract *contract, const bg_node *amount,
                     const char *scheme, bg_errors *errors)
{
    static const double factors[] = {0.1, 10, 1e-4, 1e4, 1e-8, 1e8, 0};
    const double paid = paid_last(&contract->history, scheme);
    if (!amount || paid <= 0) {
        return;
    }
    const double share = fabs((double)amount->value.fen) / paid;
    const bg_scenario *scenario = contract->scenario;
    char written[2 * BG_AMOUNT_TEXT], beside[3 * BG_AMOUNT_TEXT], hint[BG_PLAUSIBLE_TEXT];
    char en[BG_AMOUNT_TEXT], zh[BG_AMOUNT_TEXT];
    snprintf(written, sizeof written, BG_BOTH("%s", "%s"),
             bg_plausible_amount(scenario, (double)amount->value.fen, "en", en),
             bg_plausible_amount(scenario, (double)amount->value.fen, "zh", zh));
    snprintf(beside, sizeof beside, BG_BOTH(" (%s)", "（%s）"),
             bg_plausible_amount(scenario, paid, "en", en),
             bg_plausible_amount(scenario, paid, "zh", zh));
    bg_plausible_unit(contract->scenario, amount, bg_plausible_factor(check, share, 1, factors),
                      true, hint);
    bg_plausible_judge(check,
                       &(bg_measured){.what = written,
                                      .value = share,
                                      .beside = beside,
                                      .hint = hint,
                                      .mark = amount->mark,
                                      .path = amount->path},
                       errors);
}

static void judge(const bg_contract *contract, const bg_node *amount, const char *scheme,
                  bg_errors *errors)
{
    judge_by(BG_PLAUSIBLE_amount, contract, amount, scheme, errors);
}

/* None at all may have been paid, or little of a year that ends early. */
static void judge_instalments(const bg_contract *contract, const bg_node *prepaid,
                              const char *scheme, bg_errors *errors)
{
    if (prepaid && prepaid->value.fen > 0) {
        judge_by(BG_PLAUSIBLE_instalments, contract, prepaid, scheme, errors);
    }
}

static void judge_actuals(const bg_contract *contract, bg_errors *errors)
{
    const bg_node *actual = bg_scenario_find(contract->scenario, "actual");
    for (const bg_node *year = actual ? actual->child : NULL; year; year = year->next) {
        for (const bg_node *scheme = year->child; scheme; scheme = scheme->next) {
            const bg_node *opening = bg_node_child(scheme, "opening");
            judge_instalments(contract, bg_node_child(scheme, "prepaid"), scheme->key, errors);
            judge(contract, bg_node_child(scheme, "deficit"), scheme->key, errors);
            for (const bg_node *fund = opening ? opening->child : NULL; fund; fund = fund->next) {
                judge(contract, fund, scheme->key, errors);
            }
        }
    }
}

static void judge_income(const bg_contract *contract, const bg_node *pool, bg_errors *errors)
{
    const bg_node *income = bg_node_child(pool, "income_per_head");
    const bg_history *history = &contract->history;
    for (size_t s = 0; income && s < history->scheme_count; s++) {
        const bg_scheme *scheme = &history->scheme[s];
        if (strcmp(scheme->name, pool->key) != 0 || scheme->people <= 0) {
            continue;
        }
        const double paid =
            (double)scheme->paid_fen[history->year_count - 1] / 100 / scheme->people;
        char beside[128], shown[32];
        bg_plausible_number(paid, shown);
        snprintf(beside, sizeof beside,
                 BG_BOTH(" (the fund paid %s yuan a head)", "（基金人均支付%s元）"), shown, shown);
        bg_plausible_judge(BG_PLAUSIBLE_income,
                           &(bg_measured){.what = bg_scheme_words(scheme->name),
                                          .value = (double)income->value.fen / 100,
                                          .scale = paid,
                                          .beside = beside,
                                          .hint = "",
                                          .mark = income->mark,
                                          .path = income->path},
                           errors);
    }
}

void bg_amounts_judge(const bg_contract *contract, bg_errors *errors)
{
    const bg_scenario *scenario = contract->scenario;
    const bg_node *adjustments = bg_scenario_find(scenario, "budget.adjustments");
    const bg_node *funds = bg_scenario_find(scenario, "budget.funds");
    const bg_node *pools = bg_scenario_find(scenario, "pool");
    for (const bg_node *each = adjustments ? adjustments->child : NULL; each; each = each->next) {
        judge(contract, bg_node_child(each, "amount"), bg_node_text(each, "scheme"), errors);
    }
    for (const bg_node *fund = funds ? funds->child : NULL; fund; fund = fund->next) {
        judge(contract, bg_node_child(fund, "opening"), NULL, errors);
    }
    for (const bg_node *pool = pools ? pools->child : NULL; pool; pool = pool->next) {
        judge(contract, bg_node_child(pool, "balance"), pool->key, errors);
        judge_income(contract, pool, errors);
    }
    judge_actuals(contract, errors);
}
