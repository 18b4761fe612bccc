/* What measures do to the contributions to a pooled fund. */
#include "rules/messages.h"
#include <baogan/pool.h>

#include <string.h>

enum { MONTHS = 12, JANUARY = 0, DECEMBER = 11 };

/* Contributions are paid for a year. */
static bg_status check_year(const bg_node *month, int in_year, const char *words, bg_errors *errors)
{
    if (!month || month->value.integer % MONTHS == in_year) {
        return BG_OK;
    }
    return bg_errors_say(errors, BG_INVALID, month->mark, month->path,
                         BG_SAY(contributions_whole_years), words);
}

static bg_status read_change(const bg_node *measure, const bg_node *size,
                             bg_contribution_change *to, bg_errors *errors)
{
    const bg_node *from = bg_node_child(measure, "from"), *until = bg_node_child(measure, "until");
    bg_status status = check_year(
        from, JANUARY,
        BG_BOTH("begins in a January, such as 2027-01", "须始于某年一月，如 2027-01"), errors);
    bg_first(&status, check_year(until, DECEMBER,
                                 BG_BOTH("ends in a December, such as 2028-12",
                                         "须止于某年十二月，如 2028-12"),
                                 errors));
    *to = (bg_contribution_change){
        .measure = measure->key,
        .first_year = from ? (int)(from->value.integer / MONTHS) : 0, /* refused elsewhere */
        .last_year = until ? (int)(until->value.integer / MONTHS) : INT32_MAX,
        .factor = BG_ONE + size->value.decimal};
    return status;
}

/* Into each pool by contributions; false where there is none, or no room. */
static bool take(bg_pool *pools, size_t count, const bg_contribution_change *change)
{
    bool taken = false;
    for (size_t s = 0; s < count; s++) {
        bg_pool *pool = &pools[s];
        if (pool->contribution && pool->change_count < BG_MOST_CONTRIBUTION_CHANGES) {
            pool->change[pool->change_count++] = *change;
            taken = true;
        }
    }
    return taken;
}

bg_status bg_pool_read_measures(const bg_scenario *scenario, bg_pool *pools, size_t count,
                                bg_errors *errors)
{
    const bg_node *measures = bg_scenario_find(scenario, "measures");
    bg_status status = BG_OK;
    for (const bg_node *at = measures ? measures->child : NULL; at; at = at->next) {
        const bg_node *size = bg_node_child(at, "contributions");
        bg_contribution_change change;
        if (!size) {
            continue;
        }
        bg_first(&status, read_change(at, size, &change, errors));
        if (!take(pools, count, &change)) {
            bg_first(&status,
                     bg_errors_say(errors, BG_INVALID, size->mark, size->path,
                                   BG_SAY(contributions_none), BG_MOST_CONTRIBUTION_CHANGES));
        }
    }
    return status;
}

void bg_pool_keep_measure(bg_pool *self, const char *measure, bool acts)
{
    for (size_t i = 0; i < self->change_count; i++) {
        if (strcmp(self->change[i].measure, measure) == 0) {
            self->change[i].off = !acts;
        }
    }
}
