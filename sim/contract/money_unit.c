#include "contract/money_unit.h"

#include <math.h>

static double largest_payment(const bg_history *history)
{
    double largest = 0;
    for (size_t s = 0; s < history->scheme_count; s++) {
        for (size_t y = 0; y < history->year_count; y++) {
            largest = fmax(largest, (double)history->scheme[s].paid_fen[y]);
        }
    }
    return largest;
}

bg_money_scale bg_contract_money(const bg_contract *contract, const char *language)
{
    const bg_fen shown = bg_scenario_money_shown(contract->scenario);
    const double largest = largest_payment(&contract->history);
    return shown ? bg_money_scale_of(shown, largest, language)
                 : bg_money_scale_choose(largest, language);
}

bg_money_scale bg_contract_money_to_fen(const bg_contract *contract, const char *language)
{
    const bg_fen shown = bg_scenario_money_shown(contract->scenario);
    return bg_money_scale_of(shown ? shown : 100, largest_payment(&contract->history), language);
}
