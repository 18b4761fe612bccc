#include "demand_draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

bg_demand_line draft_line(double frequency, double cost_fen, double cv)
{
    bg_demand_line line = {
        .has_cases = true,
        .part = {[BG_FREQUENCY] = {.level = frequency}, [BG_COST] = {.level = cost_fen}},
        .dispersion = 1,
    };
    assert_true(bg_severity_init(&line.severity, BG_SEVERITY_GAMMA, cv));
    return line;
}

bg_demand_line draft_total(double paid_fen, double cv)
{
    bg_demand_line line = draft_line(1, paid_fen, cv);
    line.has_cases = false;
    line.correlation = 1;
    return line;
}

bg_demand *draft_finished(const bg_demand *draft, const char *const *names)
{
    return draft_finished_after(draft, names, 2024);
}

bg_demand *draft_finished_after(const bg_demand *draft, const char *const *names, int base_year)
{
    bg_demand *demand = malloc(sizeof *demand);
    bg_history *history = calloc(1, sizeof *history);
    assert_non_null(demand);
    assert_non_null(history);
    *demand = *draft;
    double season = 0;
    for (size_t month = 0; month < 12; month++) {
        season += demand->season[month];
    }
    for (size_t month = 0; season <= 0 && month < 12; month++) {
        demand->season[month] = 1;
    }
    history->year_count = 1;
    history->year[0] = base_year;
    history->scheme[0].name = "residents";
    history->scheme[1].name = "employees";
    history->line_count = demand->line_count;
    for (size_t i = 0; i < demand->line_count; i++) {
        history->line[i].name = names[i];
    }
    assert_int_equal(bg_demand_name_streams(demand, history, NULL), BG_OK);
    free(history);
    return demand;
}

bg_future draft_path(const bg_demand *demand)
{
    bg_future path;
    assert_int_equal(bg_future_init(&path, demand), BG_OK);
    return path;
}

bg_sampler *draft_sampler(const bg_demand *demand)
{
    bg_sampler *sampler = bg_sampler_new(demand);
    assert_non_null(sampler);
    return sampler;
}

bg_fen draft_year(const bg_fen *monthly, const bg_future *path, size_t scheme, size_t year)
{
    bg_fen sum = 0;
    for (size_t month = 0; month < 12; month++) {
        sum += monthly[BG_FUTURE_MONTH(path, scheme, year, month)];
    }
    return sum;
}
