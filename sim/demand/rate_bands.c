#include "demand/rate_bands.h"
#include "demand/messages.h"

#include <string.h>

#define PER_FEN ((double)(BG_ONE / 100)) /* a limit counts 10^-12 yuan */

bool bg_rate_bands_given(const bg_node *section)
{
    return bg_node_child(section, "rate") || bg_node_child(section, "bands");
}

bool bg_rate_bands_check(bg_demand_reader *reader, const bg_node *section)
{
    const bg_node *table = bg_node_child(section, "bands"), *last = NULL;
    if (!table) {
        return true;
    }
    if (bg_node_child(section, "rate")) {
        BG_DEMAND_FAIL(reader, BG_INVALID, table, BG_SAY(rate_and_bands));
        return false;
    }
    if (bg_node_count(table) > BG_BENEFIT_BANDS) {
        BG_DEMAND_FAIL(reader, BG_LIMIT, table, BG_SAY(rate_bands_too_many), bg_node_count(table),
                       BG_BENEFIT_BANDS);
        return false;
    }
    for (const bg_node *band = table->child; band; band = band->next) {
        last = band;
    }
    if (!last || strcmp(last->key, "rest") != 0) {
        BG_DEMAND_FAIL(reader, BG_MISSING, table, BG_SAY(rate_bands_without_rest));
        return false;
    }
    return true;
}

/* A band begins where the one before it ends. */
bg_rate_bands bg_rate_bands_of(const bg_node *section)
{
    const bg_node *table = bg_node_child(section, "bands");
    bg_rate_bands result = {.count = 1};
    if (!table) {
        result.rate[0] = bg_demand_number(bg_node_child(section, "rate"));
        return result;
    }
    double from = 0;
    result.count = 0;
    for (const bg_node *band = table->child; band; band = band->next) {
        result.from[result.count] = from;
        result.rate[result.count++] = bg_demand_number(band);
        from = (double)band->limit / PER_FEN;
    }
    return result;
}
