#include "scenario/messages.h"
#include <baogan/horizon.h>

static int last_past_year(const bg_history *history)
{
    return history->year[history->year_count - 1];
}

bool bg_horizon_read(const bg_scenario *scenario, const bg_history *history, bg_horizon *self)
{
    const bg_node *simulation = bg_scenario_find(scenario, "simulation");
    const bg_node *first = bg_node_child(simulation, "first_year");
    *self = (bg_horizon){
        .first_year = first     ? (int)first->value.integer
                      : history ? last_past_year(history) + 1
                                : 0,
        .years = (size_t)bg_node_integer(simulation, "years"),
        .replications = (size_t)bg_node_integer(simulation, "replications"),
        .seed = (uint64_t)bg_node_integer(simulation, "seed"),
        .engine = (bg_engine_kind)bg_node_integer(simulation, "engine"),
    };
    return first || history;
}

bg_status bg_horizon_check(const bg_horizon *self, const bg_scenario *scenario,
                           const bg_history *history, bg_errors *errors)
{
    const bg_node *first = bg_scenario_find(scenario, "simulation.first_year");
    const bg_node *years = bg_scenario_find(scenario, "simulation.years");
    const int last = last_past_year(history);
    const int end = self->first_year + (int)self->years - 1;
    if (first && self->first_year <= last) {
        return bg_errors_say(errors, BG_RANGE, first->mark, first->path,
                             BG_SAY(horizon_before_history), self->first_year, last);
    }
    if (first && self->first_year - last > BG_MOST_YEARS_AHEAD) {
        return bg_errors_say(errors, BG_RANGE, first->mark, first->path, BG_SAY(horizon_too_far),
                             self->first_year, last, self->first_year - last, BG_MOST_YEARS_AHEAD);
    }
    return end <= BG_LAST_YEAR ? BG_OK
                               : bg_errors_say(errors, BG_RANGE, years->mark, years->path,
                                               BG_SAY(horizon_beyond_years), end, BG_LAST_YEAR);
}
