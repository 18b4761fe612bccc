#include "projection/budgets.h"
#include "format/amount.h"

#include "projection/messages.h"
#include "projection/parties.h"

#include <stdlib.h>

/* Of one community: [scheme][year]; NULL when out of memory. */
static bg_expected_year *expect(const bg_model *model, bg_status *status)
{
    bg_future path;
    const size_t count = model->contract.history.scheme_count * model->contract.years;
    bg_expected_year *expected = calloc(count, sizeof *expected);
    *status = expected ? bg_future_init(&path, model->demand) : BG_MEMORY;
    if (*status == BG_OK) {
        *status = bg_demand_central(model->demand, &path);
        for (size_t i = 0; i < count; i++) {
            expected[i] = (bg_expected_year){
                .expense = bg_future_expense(&path, i / path.years, i % path.years),
                .people = path.people[i],
                .total = -1,
                .disallowed = path.disallowed[i],
            };
            bg_future_months(&path, i / path.years, i % path.years,
                             !bg_budget_community_pays_outside(model->contract.scenario),
                             expected[i].month);
        }
        bg_future_free(&path);
    }
    return expected;
}

static bg_status compute(const bg_parties *parties, bg_budgets *budgets, bg_errors *errors)
{
    const size_t count = parties->count;
    const bg_contract **contract = calloc(count, sizeof(const bg_contract *));
    bg_expected_year **expected = calloc(count, sizeof(bg_expected_year *));
    bg_status status = contract && expected ? BG_OK : BG_MEMORY;
    for (size_t c = 0; c < count; c++) {
        budgets[c] = (bg_budgets){0};
    }
    for (size_t c = 0; c < count && status == BG_OK; c++) {
        contract[c] = &parties->member[c].contract;
        expected[c] = expect(&parties->member[c], &status);
    }
    if (status == BG_OK) {
        status =
            bg_budgets_compute(contract, count, parties->whole ? &parties->whole->contract : NULL,
                               (const bg_expected_year *const *)expected, budgets, errors);
    } else {
        bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(projection_budgets_failed),
                      bg_status_both(status));
    }
    for (size_t c = 0; expected && c < count; c++) {
        free(expected[c]);
    }
    free(expected);
    free(contract);
    return status;
}

/* Of each scheme the first year in which the limit cuts the total. */
static void warn_of_limit(const bg_model *model, const bg_budgets *budgets, bg_errors *errors)
{
    const bg_node *limit = bg_scenario_find(model->contract.scenario, "budget.income_limit");
    for (size_t s = 0; s < budgets->schemes; s++) {
        size_t y = 0;
        while (y < budgets->years &&
               bg_budgets_year(budgets, s, y)->total >= bg_budgets_year(budgets, s, y)->unlimited) {
            y++;
        }
        if (y < budgets->years) {
            char total[BG_AMOUNT_PHRASE], unlimited[BG_AMOUNT_PHRASE];
            const bg_fen money = bg_scenario_money_shown(model->contract.scenario);
            const bg_budget_year *year = bg_budgets_year(budgets, s, y);
            bg_errors_advise(errors, limit ? limit->mark : BG_NOWHERE, "budget.income_limit",
                             BG_SAY(income_limit_cuts),
                             bg_scheme_words(model->contract.history.scheme[s].name), year->year,
                             bg_amount_phrase(money, year->unlimited, unlimited),
                             bg_amount_phrase(money, year->total, total));
        }
    }
}

bg_status bg_model_budgets(const bg_model *model, bg_budgets *budgets, bg_errors *errors)
{
    const bg_status status = compute(&(bg_parties){.member = model, .count = 1}, budgets, errors);
    if (status == BG_OK) {
        warn_of_limit(model, budgets, errors);
    }
    return status;
}

bg_status bg_area_model_budgets(const bg_area_model *model, bg_budgets *budgets, bg_errors *errors)
{
    const size_t count = model->area.count;
    const bg_status status =
        compute(&(bg_parties){.member = model->member, .count = count, .whole = &model->whole},
                budgets, errors);
    for (size_t c = 0; c < count && status == BG_OK; c++) {
        warn_of_limit(&model->member[c], &budgets[c], errors);
    }
    return status;
}
