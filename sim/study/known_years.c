#include "study/known_years.h"

#include <stdio.h>

/* NULL where nothing is written of it. */
static const bg_node *actual_of(const bg_contract *contract, size_t scheme, int year)
{
    char key[16];
    snprintf(key, sizeof key, "%d", year);
    const bg_node *of = bg_node_child(bg_scenario_find(contract->scenario, "actual"), key);
    return bg_node_child(of, contract->history.scheme[scheme].name);
}

static double paid_in(const bg_contract *contract, size_t scheme, size_t year,
                      const bg_year_to_date *to_date)
{
    const int calendar = contract->first_year + (int)year;
    const bg_node *actual = actual_of(contract, scheme, calendar);
    return bg_node_child(actual, "expense")
               ? (double)bg_node_fen(actual, "expense") / bg_node_double(actual, "completion")
               : to_date->before[scheme][to_date->year - calendar - 1];
}

bg_known_years bg_known_years_of(const bg_contract *contract, size_t year,
                                 const bg_year_to_date *to_date)
{
    bg_known_years self = {0};
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        for (size_t y = 0; y < year; y++) {
            self.paid[s][y] = paid_in(contract, s, y, to_date);
        }
    }
    return self;
}
