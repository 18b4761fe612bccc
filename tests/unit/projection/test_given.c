/* Means given an event: by hand, against closed forms, and how often their intervals hold the truth. */
#include "../../support/projected.h"
#include "../../support/says.h"

#include "projection/collect.h"

#include <baogan/figure.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_near(double obtained, double expected, double error)
{
    if (!(fabs(obtained - expected) <= error)) {
        fail_msg("obtained %.12g, expected %.12g within %.3g", obtained, expected, error);
    }
}

/* ---- by hand ---- */

/* A collection of one scheme, one year and two outcomes, fed with columns in place of futures. */
typedef struct fixture {
    bg_scenario *scenario;
    bg_model model;
    bg_collection collection;
} fixture;

static const bg_figure result_given = {
    .kind = BG_FIGURE_MEAN_GIVEN, .outcome = BG_OUTCOME_expense, .event = BG_EVENT_overspend};
static const bg_figure overspend_given = {
    .kind = BG_FIGURE_MEAN_GIVEN, .outcome = BG_OUTCOME_overspend, .event = BG_EVENT_overspend};

static void open_fixture(fixture *self, size_t n, size_t figures)
{
    static const bool wanted[64] = {[BG_OUTCOME_expense] = true, [BG_OUTCOME_overspend] = true};
    const bg_projection_options options = {
        .outcomes = wanted, .no_cash = true, .figures = &result_given, .figure_count = figures};
    bg_errors errors;
    bg_errors_init(&errors);
    self->scenario = parse_scenario("history: {2024: 110M}\nsimulation: {years: 1}\n", NULL);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &errors), BG_OK);
    bg_errors_free(&errors);
    assert_int_equal(bg_collection_init(&self->collection, &self->model, &options, &n, 1, 1),
                     BG_OK);
}

static void close_fixture(fixture *self)
{
    bg_collection_free(&self->collection);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
}

/* Replication i has an expense of i fen; every fifth an overspend of as much. */
static void feed(bg_collection *self, size_t n)
{
    while (self->n < n) {
        size_t room;
        assert_int_equal(bg_collection_room(self, 2, &room), BG_OK);
        const size_t more = n - self->n < room ? n - self->n : room;
        for (size_t i = 0; i < more; i++) {
            const size_t number = self->n + i, at = self->held + i;
            const bool happens = number % 5 == 0;
            bg_frame_column(&self->frame, 0)[at] = (bg_fen)number;
            bg_frame_column(&self->frame, 1)[at] = happens ? (bg_fen)number + 1 : 0;
            bg_frame_event(&self->frame, 0, 0)[at] = (uint8_t)(happens << BG_EVENT_overspend);
        }
        bg_collection_take(self, more, 2);
    }
}

/* Of 0, 5, …, 5 (m - 1) the mean is 5 (m - 1) / 2, the variance 25 m (m + 1) / 12. */
static void assert_multiples_of_five(const bg_moments *of, size_t m, double beside)
{
    assert_int_equal(of->n, m);
    assert_near(bg_moments_mean(of), 5 * ((double)m - 1) / 2 + beside, 1e-9);
    const double se = 5 * sqrt(((double)m + 1) / 12);
    assert_near(bg_moments_se(of), se, 1e-12 * se);
}

static void the_sums_are_those_of_the_futures_that_have_the_event(void **state)
{
    (void)state;
    static const size_t sizes[] = {5, 1000, 100000, 200000};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        for (size_t figures = 0; figures < 2; figures++) {
            fixture f;
            bg_moments found;
            open_fixture(&f, sizes[s], figures);
            feed(&f.collection, sizes[s]);
            assert_int_equal(bg_collection_given(&f.collection, &overspend_given, &found), BG_OK);
            if (sizes[s] > 5) {
                assert_multiples_of_five(&found, sizes[s] / 5, 1);
            }
            /* Of more than are kept only what was asked for before. */
            const bool known = figures == 1 || sizes[s] <= BG_EXACT_MOST;
            assert_int_equal(bg_collection_given(&f.collection, &result_given, &found),
                             known ? BG_OK : BG_INVALID);
            if (known && sizes[s] > 5) {
                assert_multiples_of_five(&found, sizes[s] / 5, 0);
            }
            close_fixture(&f);
        }
    }
}

static void values_that_are_taken_back_leave_no_trace(void **state)
{
    (void)state;
    static const int64_t values[] = {7, 0, INT64_MAX, 0, -5, 0, INT64_MIN, 11};
    static const int64_t left[] = {7, INT64_MAX, -5, INT64_MIN, 11};
    bg_moments all = {0}, expected = {0};
    bg_moments_add(&all, values, sizeof values / sizeof *values);
    bg_moments_remove(&all, 0, 3);
    bg_moments_add(&expected, left, sizeof left / sizeof *left);
    assert_true(all.n == 5 && bg_moments_mean(&all) == bg_moments_mean(&expected));
    assert_true(bg_moments_sd(&all) == bg_moments_sd(&expected));
}

/* ---- futures ---- */

/* Two schemes, two years from 2025. */
static const char county[] = "history:\n"
                             "  2023: {residents.total: 100M, employees.total: 40M}\n"
                             "  2024: {residents.total: 110M, employees.total: 43M}\n"
                             "people: {residents: 130000, employees: 12000}\n"
                             "simulation: {years: 2, replications: 4000}\n";

static bg_figure parsed(const bg_model *model, const char *text)
{
    bg_figure figure;
    assert_int_equal(bg_figure_parse(model, text, NULL, &figure, NULL), BG_OK);
    return figure;
}

static bg_estimate read_figure(const projected *run, const char *text)
{
    const bg_figure figure = parsed(&run->model, text);
    bg_estimate result;
    assert_int_equal(bg_figure_read(&figure, run->projection, &result), BG_OK);
    return result;
}

static bool happens(const projected *run, size_t unit, size_t year, size_t i)
{
    return bg_projection_events(run->projection, unit, year)[i] >> BG_EVENT_overspend & 1;
}

/* Residents' result of 2025, of the futures that the events of unit and year say, one by one. */
static void the_event_may_be_of_another_unit_and_year(void **state)
{
    (void)state;
    projected run;
    start_projection(&run, county, NULL, 2);
    const bg_fen *result = projected_draws(&run, 0, 0, "result");
    double any = 0, ever = 0;
    size_t in_any = 0, in_ever = 0;
    for (size_t i = 0; i < 4000; i++) {
        const bool first = happens(&run, 0, 0, i) || happens(&run, 1, 0, i);
        const bool employees = happens(&run, 1, 0, i) || happens(&run, 1, 1, i);
        any += first ? (double)result[i] : 0;
        in_any += first;
        ever += employees ? (double)result[i] : 0;
        in_ever += employees;
    }
    assert_true(in_any < 4000 && in_ever < 4000 && in_any != in_ever);
    assert_near(read_figure(&run, "mean(result.first.residents | overspend.any)").value,
                any / (double)in_any, 1e-3);
    assert_near(read_figure(&run, "mean(result.2025.residents | overspend.ever.employees)").value,
                ever / (double)in_ever, 1e-3);
    finish_projection(&run);
}

static void the_full_name_has_the_place_of_both(void **state)
{
    (void)state;
    static const struct {
        const char *text, *full;
    } rows[] = {
        {"mean(overspend|overspend)", "mean(overspend.2026.all | overspend.2026.all)"},
        {"mean( result.first.residents | loss )",
         "mean(result.2025.residents | loss.2025.residents)"},
        {"mean(result.residents | emergency.ever.any)",
         "mean(result.2026.residents | emergency.ever.any)"},
        {"mean(fund.risk | overspend.first)", "mean(fund.risk.2026.all | overspend.2025.all)"},
    };
    projected run;
    start_projection(&run, county, NULL, 2);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const bg_figure figure = parsed(&run.model, rows[i].text);
        char *full = bg_figure_text(&figure, &run.model);
        assert_string_equal(full, rows[i].full);
        const bg_figure again = parsed(&run.model, full);
        char *same = bg_figure_text(&again, &run.model);
        assert_string_equal(same, full);
        free(same);
        free(full);
    }
    finish_projection(&run);
}

/* Without a unit: of each scheme, in which the event then is, too. */
static void without_a_unit_each_scheme_is_asked(void **state)
{
    (void)state;
    projected run;
    start_projection(&run, county, NULL, 2);
    size_t units[BG_FIGURE_UNITS];
    bg_figure figure = parsed(&run.model, "mean(overspend.2025 | overspend)");
    assert_int_equal(bg_figure_units(&figure, &run.model, units), 2);
    figure.unit = units[1];
    char *full = bg_figure_text(&figure, &run.model);
    assert_string_equal(full, "mean(overspend.2025.employees | overspend.2025.employees)");
    free(full);
    finish_projection(&run);
}

static void what_is_no_event_or_no_mean_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"mean(result | overspent)", "did you mean overspend"},
        {"mean(result | )", "over_budget, overspend, loss"},
        {"mean(result | overspend.2024)", "first, last, ever"},
        {"mean(reslt | overspend)", "did you mean result"},
        {"mean(result.any | overspend)", "unit of events"},
        {"q95(result | overspend)", "only means are"},
        {"tvar95(result | overspend)", "only means are"},
    };
    projected run;
    start_projection(&run, county, (const char *const[]){"simulation.replications=10", NULL}, 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        figure_refused(&run.model, rows[i].text, rows[i].words);
    }
    finish_projection(&run);
}

/* A run that stops at a look says what one of that length says; the target's sums pass beside bins. */
static void a_run_stops_when_it_is_known(void **state)
{
    (void)state;
    static const char text[] = "rse(mean(result.first.residents | overspend.any)) <= 1.2%";
    const char *const beyond[] = {"simulation.replications=300000", NULL};
    projected model, run, same;
    start_projection(&model, county, NULL, 1);
    bg_target target;
    assert_int_equal(bg_target_parse(&model.model, text, NULL, &target, NULL), BG_OK);
    bool wanted[64] = {0};
    bg_target_want(&target, wanted);
    start_projection_with(&run, county, beyond,
                          &(bg_projection_options){.until = &target, .outcomes = wanted});
    const bg_reading *reading = bg_projection_reading(run.projection);
    const size_t n = bg_projection_replications(run.projection);
    assert_true(reading->met && n >= 1000 && n < 300000);
    char replications[64];
    snprintf(replications, sizeof replications, "simulation.replications=%zu", n);
    start_projection(&same, county, (const char *const[]){replications, NULL}, 2);
    const bg_estimate expected = read_figure(&same, "mean(result.first.residents | overspend.any)");
    assert_true(reading->estimate.value == expected.value && reading->estimate.se == expected.se);
    finish_projection(&model);
    finish_projection(&run);
    finish_projection(&same);
}

static void what_never_happens_has_no_size(void **state)
{
    (void)state;
    const char *const rich[] = {"budget.growth=60%", NULL};
    projected run;
    start_projection(&run, county, rich, 2);
    assert_true(read_figure(&run, "p_overspend.first.residents").value == 0);
    const bg_estimate none = read_figure(&run, "mean(overspend.first.residents | overspend)");
    assert_true(isnan(none.value) && isnan(none.se) && isnan(none.low));
    finish_projection(&run);
}

/* ---- closed forms ---- */

/* One total line of two thousand million people: ln E ~ N(mu, s²), s² = 3 %² + 5.5 %², against a budget of 1.08e13
 * fen that nothing is taken from. */
static const char lognormal[] =
    "history: {2024: 100000M}\n"
    "people: {residents: {count: 2000000000, growth: 0%, growth_sd: 0%}}\n"
    "budget: {growth: 8%, funds: {}}\n"
    "settlement: [{share_surplus: {base: budget, payer: pool, bands: {rest: 100%}}},\n"
    "             {share_overspend: {base: budget, payer: pool, bands: {rest: 100%}}}, clear]\n"
    "demand: {trend: {prior: 6%, prior_sd: 3%}, volatility: {total: 5.5%, persistence: 0.5},\n"
    "         emergency: {probability: 0%}}\n"
    "simulation: {years: 1, replications: 1000}\n";

static double mean_expense(void)
{
    return 1e13 * exp(0.06);
}

/* E[E | E > B] = mean Φ(d + s) / Φ(d) with d = (mu - ln B) / s. */
static double mean_beyond(double budget)
{
    const double s = sqrt(0.03 * 0.03 + 0.055 * 0.055);
    const double d = (log(mean_expense()) - s * s / 2 - log(budget)) / s;
    return mean_expense() * gsl_cdf_ugaussian_P(d + s) / gsl_cdf_ugaussian_P(d);
}

/* Within 4 standard errors, with each engine: false alarm 3e-4. */
static void the_size_of_an_overspend_is_that_of_the_lognormal(void **state)
{
    (void)state;
    static const char *const engines[] = {"simulation.engine=fast", "simulation.engine=reference"};
    const double budget = 1.08e13;
    for (size_t e = 0; e < 2; e++) {
        projected run;
        start_projection(&run, lognormal,
                         (const char *const[]){engines[e], "simulation.replications=20000", NULL},
                         2);
        const bg_estimate size = read_figure(&run, "mean(overspend | overspend)");
        assert_near(size.value, mean_beyond(budget) - budget, 4 * size.se);
        const bg_estimate expense = read_figure(&run, "mean(expense | over_budget)");
        assert_near(expense.value, mean_beyond(budget), 4 * expense.se);
        /* The community bears all of it. */
        const bg_estimate result = read_figure(&run, "mean(result | loss)");
        assert_true(result.value == -size.value && result.se == size.se);
        finish_projection(&run);
    }
}

/* Of 200 runs of 1,000 as many intervals hold the true value as 95 % allow (4 standard errors: 178 to 200). */
static void intervals_cover_the_truth_as_often_as_they_say(void **state)
{
    (void)state;
    enum { RUNS = 200 };
    const double truth = mean_beyond(1.08e13) - 1.08e13;
    size_t covered = 0;
    double width = 0;
    for (int seed = 1; seed <= RUNS; seed++) {
        char text[64];
        snprintf(text, sizeof text, "simulation.seed=%d", seed);
        projected run;
        start_projection(&run, lognormal, (const char *const[]){text, NULL}, 1);
        const bg_estimate size = read_figure(&run, "mean(overspend | overspend)");
        covered += size.low <= truth && truth <= size.high;
        width += (size.high - size.low) / RUNS;
        finish_projection(&run);
    }
    assert_in_range(covered, 178, 200);
    assert_true(width < truth / 4);
}

/* Of few futures with the event the mean is told without an error. */
static void fewer_than_thirty_say_too_little(void **state)
{
    (void)state;
    static const size_t hits[] = {29, 30};
    for (size_t i = 0; i < 2; i++) {
        size_t n = 0;
        bg_estimate size = {0};
        projected run;
        /* The first length of run at which so many futures have the event. */
        start_projection(&run, lognormal,
                         (const char *const[]){"simulation.replications=200", NULL}, 1);
        const uint8_t *events = bg_projection_events(run.projection, 0, 0);
        for (size_t had = 0; had < hits[i]; n++) {
            had += events[n] >> BG_EVENT_overspend & 1;
        }
        finish_projection(&run);
        char text[64];
        snprintf(text, sizeof text, "simulation.replications=%zu", n);
        start_projection(&run, lognormal, (const char *const[]){text, NULL}, 1);
        size = read_figure(&run, "mean(overspend | overspend)");
        assert_true(size.value > 0 && isnan(size.se) == (hits[i] < 30) &&
                    isnan(size.high) == (hits[i] < 30));
        finish_projection(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sums_are_those_of_the_futures_that_have_the_event),
        cmocka_unit_test(values_that_are_taken_back_leave_no_trace),
        cmocka_unit_test(the_event_may_be_of_another_unit_and_year),
        cmocka_unit_test(the_full_name_has_the_place_of_both),
        cmocka_unit_test(without_a_unit_each_scheme_is_asked),
        cmocka_unit_test(what_is_no_event_or_no_mean_is_refused),
        cmocka_unit_test(a_run_stops_when_it_is_known),
        cmocka_unit_test(what_never_happens_has_no_size),
        cmocka_unit_test(the_size_of_an_overspend_is_that_of_the_lognormal),
        cmocka_unit_test(intervals_cover_the_truth_as_often_as_they_say),
        cmocka_unit_test(fewer_than_thirty_say_too_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
