#include "study/monitor.h"

#include "base/special.h"
#include "study/messages.h"
#include "study/monitor_questions.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS = BG_YEAR_MONTHS };

/* ---- what the scenario says of it ---- */

static const bg_node *terms_of(const bg_model *model)
{
    return bg_scenario_find(model->contract.scenario, "monitor");
}

static bg_run_off run_off_of(const bg_monitor *self, const bg_observed *data)
{
    const bg_node *terms = terms_of(self->model), *given = bg_node_child(terms, "completion");
    return given ? bg_run_off_given(given, bg_node_double(terms, "completion_error"))
           : self->to_date.run_off ? bg_run_off_of(data, self->to_date.delay)
                                   : bg_run_off_none();
}

static bg_status read_bounds(bg_monitor *self, bg_errors *errors)
{
    const bg_node *terms = terms_of(self->model);
    self->bounds = (bg_light_bounds){.amber = bg_node_double(terms, "amber"),
                                     .red = bg_node_double(terms, "red")};
    const bg_node *amber = bg_node_child(terms, "amber");
    return self->bounds.amber > self->bounds.red
               ? bg_errors_say(errors, BG_RANGE, amber->mark, amber->path,
                               BG_SAY(monitor_amber_above_red))
               : BG_OK;
}

static bg_status read_year(bg_monitor *self, const bg_observed *data, int year, const char *name,
                           bg_errors *errors)
{
    const bg_contract *contract = &self->model->contract;
    const bool incurred = strcmp(bg_node_text(terms_of(self->model), "basis"), "incurred") == 0;
    const bg_status status = bg_year_to_date_find(data, &contract->history, year, incurred, name,
                                                  &self->to_date, errors);
    const int first = contract->first_year, last = first + (int)contract->years - 1;
    if (status == BG_OK && (self->to_date.year < first || self->to_date.year > last)) {
        return bg_errors_say(errors, BG_RANGE, (bg_mark){.file = name}, NULL,
                             BG_SAY(monitor_year_unknown), self->to_date.year, first, last);
    }
    self->year = status ? 0 : (size_t)(self->to_date.year - first);
    self->known = bg_known_years_of(contract, self->year, &self->to_date);
    return status;
}

/* Years of the contract that are over and of which nothing is known. */
static void advise_of_unknown(const bg_monitor *self, const char *name, bg_errors *errors)
{
    const bg_contract *contract = &self->model->contract;
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        for (size_t y = 0; y < self->year; y++) {
            if (self->known.paid[s][y] <= 0) {
                bg_errors_advise(errors, (bg_mark){.file = name}, NULL,
                                 BG_SAY(monitor_year_before_unknown),
                                 bg_scheme_words(contract->history.scheme[s].name),
                                 contract->first_year + (int)y);
            }
        }
    }
}

/* ---- a unit ---- */

/* Sum over the unit's months from `from` to before `until`. */
static double sum_of(const bg_monitor *self, size_t unit, const double *months, size_t from,
                     size_t until)
{
    return bg_month_prior_sum(&self->prior, unit, months, from, until);
}

/* What the scheme spent in the year before; 0 where it is not known. */
static double last_total(const bg_monitor *self, size_t scheme)
{
    const bg_history *history = &self->model->contract.history;
    const size_t base = history->year_count - 1;
    return self->year > 0 ? self->known.paid[scheme][self->year - 1]
           : history->year[base] == self->to_date.year - 1
               ? (double)history->scheme[scheme].completed_fen[base]
               : 0;
}

/* The year before by months, else divided as this one is expected to be; 0 where it is not known. */
static double last_month(const bg_monitor *self, size_t i)
{
    const size_t scheme = i / MONTHS;
    return self->to_date.has_last ? self->to_date.last[i]
                                  : last_total(self, scheme) * self->prior.expected[i] /
                                        sum_of(self, scheme, self->prior.expected, 0, MONTHS);
}

static void find_ends(bg_monitor *self, size_t end)
{
    const double *seen = self->to_date.seen[end > 0 ? end - 1 : 0];
    bg_lognormal year[BG_MONITOR_UNITS];
    bg_watch_look(&self->watch, end, seen, year);
    for (size_t u = 0; u < self->units; u++) {
        const bg_overspend_line *line = &self->unit[u].line;
        bg_monitor_end *at = &self->unit[u].end[end];
        at->year = year[u];
        at->overspend = bg_lognormal_above(&year[u], (double)line->line);
        at->over_budget = bg_lognormal_above(&year[u], (double)line->budget);
        at->light = bg_light_of(&self->bounds, at->overspend);
        if (end > 0) {
            const double share = self->watch.run_off.share[0];
            const double amount = sum_of(self, u, seen, end - 1, end) / share;
            at->deviation = bg_log(amount / sum_of(self, u, self->prior.expected, end - 1, end));
        }
    }
}

static size_t find_turn(const bg_monitor_unit *unit, size_t months)
{
    size_t turned = months;
    while (turned > 0 && unit->end[turned - 1].light == unit->end[months].light) {
        turned--;
    }
    return turned;
}

/* The months as they are known or expected now, and those of the year before. */
static void find_months(bg_monitor *self)
{
    const size_t months = self->to_date.months;
    for (size_t i = 0; i < self->prior.logs.n; i++) {
        self->paid[i] = bg_watch_month(&self->watch, months, self->to_date.seen[months - 1],
                                       i / MONTHS, i % MONTHS);
        self->last[i] = last_month(self, i);
    }
}

static void describe(bg_monitor *self, size_t u)
{
    bg_monitor_unit *unit = &self->unit[u];
    const size_t months = self->to_date.months;
    unit->turned = find_turn(unit, months);
    unit->known = sum_of(self, u, self->to_date.seen[months - 1], 0, months);
    unit->to_date = sum_of(self, u, self->paid, 0, months);
    unit->expected_to_date = sum_of(self, u, self->prior.expected, 0, months);
    unit->rest_expected = sum_of(self, u, self->prior.expected, months, MONTHS);
    unit->rest_likely = sum_of(self, u, self->paid, months, MONTHS);
    unit->rest_allowed = (double)unit->line.line - unit->to_date;
    unit->carried = bg_watch_carried(&self->watch, months, u < self->prior.schemes ? u : 0);
    unit->to_date_last = sum_of(self, u, self->last, 0, months);
    unit->rest_last = sum_of(self, u, self->last, months, MONTHS);
}

/* What the community has of a year that ends low, in the middle, high. */
static bg_status find_results(bg_monitor *self, bg_errors *errors)
{
    static const double normal[BG_RESULTS_AT] = {-BG_P90_NORMAL, 0, BG_P90_NORMAL};
    bg_status status = BG_OK;
    for (size_t u = 0; u < self->prior.schemes && status == BG_OK; u++) {
        bg_fen expense[BG_RESULTS_AT];
        for (size_t i = 0; i < BG_RESULTS_AT; i++) {
            const bg_lognormal *year = &self->unit[u].end[self->to_date.months].year;
            expense[i] = (bg_fen)bg_lognormal_at(year, normal[i]);
        }
        status = bg_result_at(self->model, self->year, &self->known, u, expense,
                              self->unit[u].result, errors);
    }
    return status;
}

/* ---- incidents ---- */

static bg_status find_incidents(bg_monitor *self)
{
    bg_demand *demand = self->model->demand;
    const size_t count = bg_demand_change_count(demand);
    bg_future with, without;
    bg_status status = bg_future_init(&with, demand);
    bg_first(&status, bg_future_init(&without, demand));
    bg_first(&status, status ? status : bg_demand_central(demand, &with));
    for (size_t j = 0; j < count && status == BG_OK; j++) {
        if (strcmp(bg_demand_change(demand, j).list, "incidents") == 0) {
            bg_demand_keep_changes(demand, BG_ALL_CHANGES & ~(UINT64_C(1) << j));
            status = bg_demand_central(demand, &without);
            for (size_t s = 0; s < with.schemes && status == BG_OK; s++) {
                const bool acts = bg_future_expense(&with, s, self->year) !=
                                  bg_future_expense(&without, s, self->year);
                self->incidents |= (uint64_t)acts << j;
            }
        }
    }
    bg_demand_keep_changes(demand, BG_ALL_CHANGES);
    bg_future_free(&with);
    bg_future_free(&without);
    return status;
}

/* ---- all of it ---- */

static bg_status find_lines(bg_monitor *self, bg_errors *errors)
{
    bg_overspend_line line[BG_MONITOR_UNITS];
    const bg_status status =
        bg_overspend_lines_find(self->model, self->year, &self->known, line, errors);
    self->units = bg_model_unit_count(self->model);
    for (size_t u = 0; u < self->units && status == BG_OK; u++) {
        self->unit[u] = (bg_monitor_unit){.name = bg_model_unit(self->model, u), .line = line[u]};
        if (!line[u].found) {
            bg_errors_advise(errors, BG_NOWHERE, NULL, BG_SAY(monitor_never_overspends),
                             bg_scheme_words(self->unit[u].name));
        }
    }
    return status;
}

static bg_status find_alarms(bg_monitor *self)
{
    double line[BG_MONITOR_UNITS];
    bg_alarm alarm[BG_MONITOR_UNITS];
    for (size_t u = 0; u < self->units; u++) {
        line[u] = (double)self->unit[u].line.line;
    }
    const bg_status status =
        bg_alarm_find(&self->watch, &self->bounds, line, self->model->horizon.seed, alarm);
    for (size_t u = 0; u < self->units && status == BG_OK; u++) {
        self->unit[u].alarm = alarm[u];
    }
    return status;
}

static bg_status watch_year(bg_monitor *self, const bg_observed *data, bg_errors *errors)
{
    const double noise = bg_node_double(terms_of(self->model), "month_noise");
    const bg_run_off run_off = run_off_of(self, data);
    bg_status status =
        bg_month_prior_find(self->model, self->year, noise, &self->known, &self->prior, errors);
    status = status ? status : find_lines(self, errors);
    if (status != BG_OK) {
        return status;
    }
    status = find_incidents(self);
    status = status ? status : bg_watch_init(&self->watch, &self->prior, &run_off);
    status = status ? status : find_alarms(self);
    if (status != BG_OK) {
        return bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(months_not_expected),
                             bg_status_both(status));
    }
    for (size_t end = 0; end <= self->to_date.months; end++) {
        find_ends(self, end);
    }
    find_months(self);
    for (size_t u = 0; u < self->units; u++) {
        describe(self, u);
    }
    return find_results(self, errors);
}

bg_status bg_monitor_run(const bg_model *model, const bg_observed *data, int year, const char *name,
                         bg_monitor *self, bg_errors *errors)
{
    *self = (bg_monitor){.model = model};
    bg_status status = read_bounds(self, errors);
    status = status ? status : read_year(self, data, year, name, errors);
    status = status ? status : watch_year(self, data, errors);
    if (status == BG_OK) {
        advise_of_unknown(self, name, errors);
        bg_monitor_ask(self, name, errors);
    }
    return status;
}

void bg_monitor_free(bg_monitor *self)
{
    bg_watch_free(&self->watch);
    bg_month_prior_free(&self->prior);
    *self = (bg_monitor){0};
}
