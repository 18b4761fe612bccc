#include "../../support/projected.h"
#include "../../support/says.h"

#include <baogan/figure.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Two schemes, three years from 2025, 2,000 futures. */
static const char county[] = "history:\n"
                             "  2023: {residents.total: 100M, employees.total: 40M}\n"
                             "  2024: {residents.total: 110M, employees.total: 43M}\n"
                             "people: {residents: 130000, employees: 12000}\n"
                             "pool: {residents: {income_per_head: 1000}}\n"
                             "simulation: {years: 3, replications: 2000}\n";

static projected run;

static int set_up(void **state)
{
    (void)state;
    start_projection(&run, county, NULL, 2);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    finish_projection(&run);
    return 0;
}

static bg_figure parsed(const char *text)
{
    bg_figure figure;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_figure_parse(&run.model, text, NULL, &figure, &errors), BG_OK);
    assert_int_equal(errors.count, 0);
    bg_errors_free(&errors);
    return figure;
}

static void figures_say_their_full_name(void **state)
{
    (void)state;
    static const struct {
        const char *text, *full;
    } rows[] = {
        {"p_overspend", "p_overspend.ever.all"},
        {"p_overspend.2026", "p_overspend.2026.all"},
        {"p_over_budget.residents", "p_over_budget.ever.residents"},
        {"p_overspend.any", "p_overspend.ever.any"},
        {"p_overspend.首年.居民医保", "p_overspend.2025.residents"},
        {"p_loss.2026年.任一险种", "p_loss.2026.any"},
        {"mean(expense.末年.职工)", "mean(expense.2027.employees)"},
        {"p_loss.任一年度.合计", "p_loss.ever.all"},
        {"p_loss.any.2026", "p_loss.2026.any"},
        {"p_emergency.employees.last", "p_emergency.2027.employees"},
        {"mean(expense)", "mean(expense.2027.all)"},
        {" mean ( pool_balance.2026 ) ", "mean(pool_balance.2026.all)"},
        {"mean(fund.risk.first.residents)", "mean(fund.risk.2025.residents)"},
        {"mean(institution.county_hospital)", "mean(institution.county_hospital.2027.all)"},
        {"mean(shared)", "mean(shared.2027.all)"},
        {"mean(shared_total)", "mean(shared_total.2027.all)"},
        {"q05(balance.employees)", "q05(balance.2027.employees)"},
        {"q99(result.all.2025)", "q99(result.2025.all)"},
        {"tvar95(overspend)", "tvar95(overspend.2027.all)"},
        {"tvar01(pool_balance)", "tvar01(pool_balance.2027.all)"},
        {"p_overspend_band1", "p_overspend_band1.ever"}, /* the sums of schemes are in no band */
        {"p_surplus_band1.any.first", "p_surplus_band1.2025.any"},
        {"mean(result.first | overspend_band1)", "mean(result.2025 | overspend_band1.2025)"},
        {"mean(result.first.all | overspend)", "mean(result.2025.all | overspend.2025.all)"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const bg_figure figure = parsed(rows[i].text);
        char *full = bg_figure_text(&figure, &run.model);
        assert_string_equal(full, rows[i].full);
        const bg_figure again = parsed(full);
        assert_true(again.kind == figure.kind && again.year == figure.year &&
                    again.unit == figure.unit && again.outcome == figure.outcome &&
                    again.event == figure.event && again.percent == figure.percent);
        free(full);
    }
}

static void assert_refused(bg_status status, bg_errors *errors, const char *words)
{
    assert_int_equal(status, BG_USAGE);
    assert_int_equal(errors->error_count, 1);
    assert_string_equal(errors->items[0].path, "--until");
    assert_says_among_others(errors->items[0].message, words);
    bg_errors_free(errors);
}

static void what_is_no_figure_is_refused_with_what_is_allowed(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"", "p_EVENT"},
        {"overspend", "p_EVENT"},
        {"mean expense", "p_EVENT"},
        {"mean(expense", "p_EVENT"},
        {"median(expense)", "p_EVENT"},
        {"q5(expense)", "q01(OUTCOME)"},
        {"q00(expense)", "q01(OUTCOME)"},
        {"q100(expense)", "q01(OUTCOME)"},
        {"tvar9x(expense)", "tvar01(OUTCOME)"},
        {"p_overspent", "did you mean overspend"},
        {"p_rain", "over_budget, overspend, loss"},
        {"mean(expnse)", "did you mean expense"},
        {"mean(pool_balanc.2026.all)", "did you mean pool_balance"},
        {"mean(found.risk.last)", "did you mean fund.risk"},
        {"mean()", "budget, payable, expense"},
        {"mean(expense.2028)", "2025, 2026, 2027, first, last, residents, employees, all"},
        {"mean(expense.ever)", "2025, 2026"},
        {"mean(expense.2025.2026)", "2025, 2026"},
        {"mean(expense.resident)", "did you mean residents"},
        {"p_overspend.2028", "first, last, ever, residents, employees, all, any"},
        {"mean(result.any)", "unit of events (p_overspend.any)"},
        {"p_overspend.", "first, last, ever"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        bg_figure figure;
        bg_errors errors;
        bg_errors_init(&errors);
        bg_status status = bg_figure_parse(&run.model, rows[i].text, "--until", &figure, &errors);
        assert_refused(status, &errors, rows[i].words);
    }
}

static int by_value(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a;
    const int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The draws of the balance of all schemes in the last year, sorted. */
static bg_fen *sorted_balance(void)
{
    const size_t n = bg_projection_replications(run.projection);
    bg_fen *draws = malloc(n * sizeof *draws);
    assert_non_null(draws);
    memcpy(draws, projected_draws(&run, 2, 2, "balance"), n * sizeof *draws);
    qsort(draws, n, sizeof *draws, by_value);
    return draws;
}

static bg_estimate read_figure(const char *text)
{
    const bg_figure figure = parsed(text);
    bg_estimate result;
    assert_int_equal(bg_figure_read(&figure, run.projection, &result), BG_OK);
    return result;
}

static void assert_near(double obtained, double expected)
{
    if (!(fabs(obtained - expected) <= 1e-12 * fabs(expected))) {
        fail_msg("obtained %.17g, expected %.17g", obtained, expected);
    }
}

/* At levels that the table of quantiles has and at others: of 2,000 draws the 20 p-th. */
static void quantiles_and_tails_are_those_of_the_draws(void **state)
{
    (void)state;
    bg_fen *draws = sorted_balance();
    assert_true(read_figure("q07(balance)").value == (double)draws[139]);
    assert_true(read_figure("q50(balance)").value == (double)draws[999]);
    assert_true(read_figure("q95(balance)").value ==
                projected_statistics(&run, 2, 2, "balance")->quantile[BG_Q95].value);
    double upper = 0, lower = 0;
    for (size_t i = 0; i < 200; i++) {
        upper += (double)draws[1999 - i] / 200;
        lower += (double)draws[i] / 200;
    }
    assert_near(read_figure("tvar90(balance)").value, upper);
    assert_near(read_figure("tvar10(balance)").value, lower);
    const bg_statistics *s = projected_statistics(&run, 2, 2, "balance");
    const bg_estimate tail = read_figure("tvar95(balance)");
    assert_near(tail.value, s->tvar_upper);
    assert_near(tail.se, s->tvar_upper_se);
    assert_near(read_figure("tvar05(balance)").value, s->tvar_lower);
    free(draws);
}

/* qbinom(c(.025, .975), 2000, .5) of R 4.2.2 is 956 and 1044: ranks 956 and 1045. */
static void errors_are_those_that_the_reports_show(void **state)
{
    (void)state;
    bg_fen *draws = sorted_balance();
    const bg_estimate median = read_figure("q50(balance)");
    assert_true(median.low == (double)draws[955] && median.high == (double)draws[1044]);
    assert_near(median.se, (median.high - median.low) / 2 / 1.959963984540054);
    const bg_estimate mean = read_figure("mean(balance)");
    const bg_statistics *s = projected_statistics(&run, 2, 2, "balance");
    assert_true(mean.value == s->mean && mean.se == s->mean_se);
    assert_near(mean.high - mean.low, 2 * 1.959963984540054 * s->mean_se);
    const bg_estimate chance = read_figure("p_overspend.2025.residents");
    const bg_probability p = bg_projection_probability(run.projection, 0, 0, BG_EVENT_overspend);
    assert_true(chance.value == p.estimate && chance.low == p.low && chance.high == p.high);
    /* The usual formula, which Wilson's half width comes close to. */
    assert_true(fabs(chance.se / sqrt(p.estimate * (1 - p.estimate) / 2000) - 1) < 0.01);
    free(draws);
}

/* What never happened in 2,000 futures is not known to be impossible. */
static void a_chance_of_nothing_has_an_error(void **state)
{
    (void)state;
    const bg_estimate never = read_figure("p_pool_deficit.first.employees");
    assert_true(never.value == 0 && never.se > 0.0004 && never.se < 0.001);
    assert_true(read_figure("p_overspend").value >= read_figure("p_overspend.last").value);
}

/* A quantile near the end of few draws has no interval, so no error either. */
static void an_error_that_is_not_known_is_not_a_number(void **state)
{
    (void)state;
    projected few;
    start_projection(&few, county, (const char *const[]){"simulation.replications=20", NULL}, 1);
    const bg_figure figure = parsed("q01(expense)");
    bg_estimate result;
    assert_int_equal(bg_figure_read(&figure, few.projection, &result), BG_OK);
    assert_true(!isnan(result.value) && isnan(result.se) && isnan(result.low));
    bg_target target;
    assert_int_equal(bg_target_parse(&few.model, "se(q01(expense)) <= 1亿", NULL, &target, NULL),
                     BG_OK);
    bg_reading reading;
    assert_int_equal(bg_target_read(&target, few.projection, &reading), BG_OK);
    assert_false(reading.met);
    finish_projection(&few);
}

static bg_reading reading_of(const char *text)
{
    bg_target target;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_target_parse(&run.model, text, NULL, &target, &errors), BG_OK);
    bg_errors_free(&errors);
    bg_reading reading;
    assert_int_equal(bg_target_read(&target, run.projection, &reading), BG_OK);
    return reading;
}

static void targets_compare_figures_errors_and_shares(void **state)
{
    (void)state;
    const bg_estimate mean = read_figure("mean(expense.2026.residents)");
    const double budget = projected_statistics(&run, 0, 1, "budget")->mean;
    static const char expense[] = "mean(expense.2026.residents)";
    const struct {
        const char *format;
        double measured, bound;
        bool met;
    } rows[] = {
        {"%s >= 0", mean.value, 0, true},
        {"%s <= 0", mean.value, 0, false},
        {"%s<1.2亿", mean.value, 1.2e10, mean.value < 1.2e10},
        {"%s > 36.47M", mean.value, 3.647e9, true},
        {"%s >= -500万", mean.value, -5e8, true},
        {"%s <= 250% budget", mean.value, 2.5 * budget, true},
        {"%s ≥ 0.5 budget", mean.value, 0.5 * budget, true},
        {"se(%s) ≤ 1,000,000", mean.se, 1e8, mean.se <= 1e8},
        {"se( %s ) <= 0.1% budget", mean.se, 0.001 * budget, mean.se <= 0.001 * budget},
        {"rse(%s) <= 5%", mean.se / mean.value, 0.05, true},
        {"rse(%s) >= 5%", mean.se / mean.value, 0.05, false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[128];
        const char *at = strstr(rows[i].format, "%s");
        snprintf(text, sizeof text, "%.*s%s%s", (int)(at - rows[i].format), rows[i].format, expense,
                 at + 2);
        const bg_reading reading = reading_of(text);
        assert_near(reading.measured, rows[i].measured);
        assert_near(reading.bound, rows[i].bound);
        assert_int_equal(reading.met, rows[i].met);
    }
    const bg_reading chance = reading_of("p_overspend.2025 <= 10%");
    assert_true(chance.bound == 0.1 && chance.met == (chance.estimate.value <= 0.1));
    const bg_reading se = reading_of("se(p_overspend)<=0.1%");
    assert_true(se.bound == 0.001 && se.measured == se.estimate.se && !se.met);
}

/* Equality meets <= and >= but not < and >. */
static void strict_comparisons_are_strict(void **state)
{
    (void)state;
    assert_true(reading_of("mean(income.employees) <= 0").met);
    assert_true(reading_of("mean(income.employees) >= 0").met);
    assert_false(reading_of("mean(income.employees) < 0").met);
    assert_false(reading_of("mean(income.employees) > 0").met);
}

static void what_is_no_target_is_refused_with_what_is_allowed(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"p_overspend", "compares nothing"},
        {"p_overspend = 10%", "compares nothing"},
        {"p_overspend <=", "needs a share"},
        {"p_overspend <= 5万", "needs a share"},
        {"p_overspend <= 5% budget", "compares a share"},
        {"rse(mean(expense)) <= 5% budget", "compares a share"},
        {"rse(mean(expense)) <= 5M", "needs a share"},
        {"mean(expense) <= 5%", "needs an amount"},
        {"mean(expense) <= lots", "needs an amount"},
        {"mean(expense) <= 5% bugdet", "did you mean budget"},
        {"mean(expense) <= 5M budget", "needs a share"},
        {"se(mean(expense) <= 5M", "is no figure"},
        {"se(mean(expense <= 5M", "not closed"},
        {"se(se(mean(expense))) <= 5M", "is no figure"},
        {"se() <= 5M", "is no figure"},
        {"se(median(expense)) <= 5M", "is no figure"},
        {"<= 5M", "is no figure"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        bg_target target;
        bg_errors errors;
        bg_errors_init(&errors);
        bg_status status = bg_target_parse(&run.model, rows[i].text, "--until", &target, &errors);
        assert_refused(status, &errors, rows[i].words);
    }
}

static void a_projection_can_want_no_more_than_its_target(void **state)
{
    (void)state;
    bool wanted[BG_OUTCOME_COUNT + 8] = {false};
    bg_target target;
    assert_int_equal(
        bg_target_parse(&run.model, "tvar95(overspend) <= 2% budget", NULL, &target, NULL), BG_OK);
    bg_target_want(&target, wanted);
    projected small;
    start_projection_with(&small, county, NULL,
                          &(bg_projection_options){.outcomes = wanted, .no_cash = true});
    bg_reading few, all;
    assert_int_equal(bg_target_read(&target, small.projection, &few), BG_OK);
    assert_int_equal(bg_target_read(&target, run.projection, &all), BG_OK);
    assert_true(few.measured == all.measured && few.bound == all.bound);
    assert_null(bg_projection_statistics(small.projection, 0, 0, BG_OUTCOME_expense));
    const bg_figure other = parsed("mean(expense)");
    bg_estimate none;
    assert_int_equal(bg_figure_read(&other, small.projection, &none), BG_INVALID);
    assert_true(isnan(none.value));
    finish_projection(&small);
}

/* ---- runs until a target is met ---- */

static void run_until(const char *text, size_t most, projected *result)
{
    static bg_target target; /* outlives the run */
    assert_int_equal(bg_target_parse(&run.model, text, NULL, &target, NULL), BG_OK);
    const bg_projection_options options = {.threads = 2, .until = &target, .most = most};
    start_projection_with(result, county, NULL, &options);
}

/* The chance is near 0.71, its error 0.454 / sqrt(N): 1.43 % at 1,000, 1.01 % at 2,000, 0.77 % at 3,500,
 * 0.72 % at 4,000. */
static void a_run_ends_at_the_first_look_that_meets_the_target(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t most, n;
        bool met;
    } rows[] = {
        {"se(p_over_budget.first) <= 50%", 100000, 1000, true},
        {"se(p_over_budget.first) <= 1.2%", 100000, 2000, true},
        {"se(p_over_budget.first) <= 0.74%", 100000, 4000, true},
        {"se(p_over_budget.first) <= 0.74%", 3500, 3500, false},
        {"se(p_over_budget.first) <= 0.74%", 0, 2000, false}, /* simulation.replications */
        {"se(p_over_budget.first) <= 49%", 300, 300, true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        projected r;
        run_until(rows[i].text, rows[i].most, &r);
        assert_int_equal(bg_projection_replications(r.projection), rows[i].n);
        assert_int_equal(bg_projection_reading(r.projection)->met, rows[i].met);
        finish_projection(&r);
    }
    assert_null(bg_projection_reading(run.projection));
}

static void how_a_run_came_to_its_length_changes_no_figure(void **state)
{
    (void)state;
    projected until, plain;
    run_until("se(p_over_budget.first) <= 0.74%", 1000000, &until);
    start_projection(&plain, county, (const char *const[]){"simulation.replications=4000", NULL},
                     1);
    for (size_t o = 0; o < bg_projection_outcome_count(plain.projection); o++) {
        const bg_statistics *s = bg_projection_statistics(until.projection, 2, 1, o);
        const bg_statistics *t = bg_projection_statistics(plain.projection, 2, 1, o);
        assert_true(s->n == 4000 && s->mean == t->mean && s->tvar_lower == t->tvar_lower);
        size_t n[2][4];
        double mean[2][4], se[2][4];
        bg_projection_convergence(until.projection, 2, 1, o, n[0], mean[0], se[0]);
        bg_projection_convergence(plain.projection, 2, 1, o, n[1], mean[1], se[1]);
        assert_memory_equal(n[0], n[1], sizeof n[0]);
        assert_memory_equal(mean[0], mean[1], sizeof mean[0]);
        assert_memory_equal(se[0], se[1], sizeof se[0]);
    }
    finish_projection(&until);
    finish_projection(&plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_say_their_full_name),
        cmocka_unit_test(what_is_no_figure_is_refused_with_what_is_allowed),
        cmocka_unit_test(quantiles_and_tails_are_those_of_the_draws),
        cmocka_unit_test(errors_are_those_that_the_reports_show),
        cmocka_unit_test(a_chance_of_nothing_has_an_error),
        cmocka_unit_test(an_error_that_is_not_known_is_not_a_number),
        cmocka_unit_test(targets_compare_figures_errors_and_shares),
        cmocka_unit_test(strict_comparisons_are_strict),
        cmocka_unit_test(what_is_no_target_is_refused_with_what_is_allowed),
        cmocka_unit_test(a_projection_can_want_no_more_than_its_target),
        cmocka_unit_test(a_run_ends_at_the_first_look_that_meets_the_target),
        cmocka_unit_test(how_a_run_came_to_its_length_changes_no_figure),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
