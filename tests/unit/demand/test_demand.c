#include "../../support/close.h"
#include "../../support/demand_draft.h"
#include "../../support/moments.h"
#include "../../support/rng.h"
#include "demand/correlation.h"
#include "random/gsl_samplers.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const names[] = {"residents.inpatient.in", "residents.total",
                                    "residents.outpatient.out"};

/* Three lines with every kind of uncertainty but emergencies, larger than life, so that a missing
 * correction of a mean shows. */
static bg_demand uncertain(void)
{
    bg_demand draft = {
        .seed = 1,
        .line_count = 3,
        .scheme_count = 1,
        .years = 3,
        .season = {2, 0.5, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1},
        .persistence = 0.6,
        .shock_correlation = 0.5,
        .trend_correlation = 0.8,
        .emergency = {.dip_months = 6},
        .scheme = {{.people = 20000, .growth = -0.01, .growth_sd = 0.03}},
        .line = {draft_line(0.2, 300000, 1.06), draft_total(40000, 5), draft_line(2, 5000, 1)},
    };
    for (size_t i = 0; i < 3; i++) {
        bg_demand_line *line = &draft.line[i];
        line->dispersion = 2;
        line->part[BG_COST].volatility = 0.2;
        line->part[BG_COST].trend = (bg_trend_view){.used = 0.05, .used_sd = 0.08};
        if (line->has_cases) {
            line->part[BG_FREQUENCY].volatility = 0.25;
            line->part[BG_FREQUENCY].trend = (bg_trend_view){.used = 0.03, .used_sd = 0.06};
            line->correlation = i == 0 ? -0.7 : 0.7;
        }
    }
    return draft;
}

static void without_emergencies_the_mean_is_the_central_path(void **state)
{
    (void)state;
    enum { N = 4000, YEARS = 3, LINE_YEARS = 3 * YEARS };
    const bg_demand draft = uncertain();
    bg_demand *demand = draft_finished(&draft, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand), central = draft_path(demand);
    assert_int_equal(bg_demand_central(demand, &central), BG_OK);
    moments paid[LINE_YEARS] = {0}, cases[LINE_YEARS] = {0}, people[YEARS] = {0};
    for (uint32_t replication = 1; replication <= N; replication++) {
        assert_int_equal(bg_demand_draw(demand, sampler, replication, &path), BG_OK);
        for (size_t i = 0; i < LINE_YEARS; i++) {
            moments_add(&paid[i], (double)path.line_paid[i]);
            moments_add(&cases[i], path.line_cases[i]);
        }
        for (size_t year = 0; year < YEARS; year++) {
            moments_add(&people[year], path.people[year]);
        }
    }
    for (size_t i = 0; i < LINE_YEARS; i++) {
        assert_mean(&paid[i], (double)central.line_paid[i]);
        assert_mean(&cases[i], central.line_cases[i]);
    }
    for (size_t year = 0; year < YEARS; year++) {
        assert_mean(&people[year], central.people[year]);
    }
    bg_future_free(&central);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
}

static void the_central_path_follows_the_formula(void **state)
{
    (void)state;
    bg_demand draft = uncertain();
    draft.gap = 1; /* 2026 is two years after the last base year */
    draft.line[0].patient_share = 0.5;
    draft.line[2].outside = true;
    bg_demand *demand = draft_finished(&draft, names);
    bg_future path = draft_path(demand);
    assert_int_equal(bg_demand_central(demand, &path), BG_OK);
    const double people = 20000 * 0.99 * 0.99;
    const double inpatient = people * 0.2 * exp(2 * 0.03) * 300000 * exp(2 * 0.05);
    const double total = people * 40000 * exp(2 * 0.05);
    const double outpatient = people * 2 * exp(2 * 0.03) * 5000 * exp(2 * 0.05);
    assert_close(path.people[0], people, 1e-6);
    assert_close(path.line_cases[BG_FUTURE_YEAR(&path, 0, 0)], people * 0.2 * exp(0.06), 1e-6);
    assert_true(path.line_cases[BG_FUTURE_YEAR(&path, 1, 0)] == 0);
    assert_close((double)path.line_paid[BG_FUTURE_YEAR(&path, 0, 0)], inpatient, 6);
    assert_close((double)path.line_paid[BG_FUTURE_YEAR(&path, 1, 0)], total, 6);
    assert_close((double)path.expense[0], (inpatient + total + outpatient) / 6, 1.5);
    assert_close((double)path.expense[1], (inpatient + total + outpatient) / 24, 1.5);
    assert_close((double)path.outside[0], outpatient / 6, 0.5);
    assert_close((double)path.patients[0], inpatient / 2, 12);
    assert_int_equal(draft_year(path.emergency, &path, 0, 0), 0);
    assert_int_equal(draft_year(path.rebound, &path, 0, 0), 0);
    assert_false(path.begins[0]);
    bg_future_free(&path);
    bg_demand_free(demand);
}

/* One line, one year ahead, nothing but shocks, people and claims. With V the variances of the log
 * parts and M = N f c: Var S = E[N f c^2] (dispersion + cv^2) + Var M, E[N f c^2] = E[M] c_0 exp(V_c),
 * Var M / E[M]^2 = (1 + s^2/(1+g)^2) exp(V_f + V_c + 2 Cov) - 1. */
static void the_variance_is_that_of_claims_plus_that_of_the_year(void **state)
{
    (void)state;
    enum { N = 20000 };
    bg_demand draft = uncertain();
    draft.line_count = 1;
    draft.years = 1;
    draft.scheme[0].people = 3000;
    bg_demand_part *frequency = &draft.line[0].part[BG_FREQUENCY];
    bg_demand_part *cost = &draft.line[0].part[BG_COST];
    frequency->trend = cost->trend = (bg_trend_view){0};
    frequency->volatility = 0.07;
    cost->volatility = 0.05;
    assert_true(bg_severity_init(&draft.line[0].severity, BG_SEVERITY_GAMMA, 2));
    bg_demand *demand = draft_finished(&draft, names);
    const double mean = 3000 * 0.99 * 0.2 * 300000;
    const double claims = mean * 300000 * exp(0.0025) * (2 + 4);
    const double spread = 0.0049 + 0.0025 - 2 * 0.7 * 0.07 * 0.05;
    const double year = mean * mean * ((1 + 0.0009 / (0.99 * 0.99)) * exp(spread) - 1);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    double squares = 0, fourths = 0;
    for (uint32_t replication = 1; replication <= N; replication++) {
        assert_int_equal(bg_demand_draw(demand, sampler, replication, &path), BG_OK);
        const double off = (double)path.line_paid[0] - mean;
        squares += off * off;
        fourths += off * off * off * off;
    }
    const double variance = squares / N;
    assert_close(variance, claims + year, 4 * sqrt((fourths / N - variance * variance) / N));
    assert_true(claims > year / 4 && claims < 4 * year); /* both matter */
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
}

static void a_future_does_not_depend_on_those_drawn_before(void **state)
{
    (void)state;
    bg_demand draft = uncertain();
    draft.emergency = (bg_emergency_terms){.probability = 0.5,
                                           .dip = 0.15,
                                           .dip_sd = 0.08,
                                           .dip_months = 6,
                                           .direct = 0.01,
                                           .direct_sd = 0.02,
                                           .rebound = 0.1,
                                           .rebound_sd = 0.08};
    bg_demand *demand = draft_finished(&draft, names);
    bg_sampler *sampler = draft_sampler(demand), *other = draft_sampler(demand);
    bg_future path = draft_path(demand), again = draft_path(demand);
    bg_demand_draw(demand, sampler, 17, &path);
    for (uint32_t replication = 1; replication <= 20; replication++) {
        bg_demand_draw(demand, other, replication, &again);
        bg_demand_draw(demand, other, 17, &again);
        assert_memory_equal(path.expense, again.expense, 36 * sizeof(bg_fen));
        assert_memory_equal(path.rebound, again.rebound, 36 * sizeof(bg_fen));
    }
    bg_demand_draw(demand, other, 18, &again);
    assert_memory_not_equal(path.expense, again.expense, 36 * sizeof(bg_fen));
    bg_future_free(&again);
    bg_future_free(&path);
    bg_sampler_free(other);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
}

static void lines_in_another_order_or_among_others_pay_the_same(void **state)
{
    (void)state;
    const bg_demand draft = uncertain();
    bg_demand turned = draft;
    turned.line_count = 2;
    turned.line[0] = draft.line[2];
    turned.line[1] = draft.line[0];
    const char *const turned_names[] = {names[2], names[0]};
    bg_demand *demand = draft_finished(&draft, names);
    bg_demand *other = draft_finished(&turned, turned_names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand), again = draft_path(other);
    bg_demand_draw(demand, sampler, 3, &path);
    bg_demand_draw(other, sampler, 3, &again);
    for (size_t year = 0; year < 3; year++) {
        assert_int_equal(path.line_paid[BG_FUTURE_YEAR(&path, 0, year)],
                         again.line_paid[BG_FUTURE_YEAR(&again, 1, year)]);
        assert_int_equal(path.line_paid[BG_FUTURE_YEAR(&path, 2, year)],
                         again.line_paid[BG_FUTURE_YEAR(&again, 0, year)]);
    }
    bg_future_free(&again);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(other);
    bg_demand_free(demand);
}

static void a_year_is_the_same_in_shorter_longer_and_later_projections(void **state)
{
    (void)state;
    const bg_demand draft = uncertain();
    bg_demand later = draft;
    later.gap = 1;
    later.years = 1;
    bg_demand *demand = draft_finished(&draft, names), *other = draft_finished(&later, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand), again = draft_path(other);
    bg_demand_draw(demand, sampler, 3, &path);
    bg_demand_draw(other, sampler, 3, &again);
    assert_memory_equal(path.expense + 12, again.expense, 12 * sizeof(bg_fen));
    assert_true(path.people[1] == again.people[0]);
    bg_future_free(&again);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(other);
    bg_demand_free(demand);
}

static void doubled_money_doubles_every_amount_within_rounding(void **state)
{
    (void)state;
    bg_demand draft = uncertain();
    bg_demand doubled = draft;
    for (size_t i = 0; i < 3; i++) {
        doubled.line[i].part[BG_COST].level *= 2;
    }
    bg_demand *demand = draft_finished(&draft, names), *other = draft_finished(&doubled, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand), again = draft_path(other);
    for (uint32_t replication = 1; replication <= 20; replication++) {
        bg_demand_draw(demand, sampler, replication, &path);
        bg_demand_draw(other, sampler, replication, &again);
        for (size_t month = 0; month < 36; month++) {
            assert_close((double)again.expense[month], 2 * (double)path.expense[month], 4.5);
        }
        assert_memory_equal(path.line_cases, again.line_cases, 9 * sizeof(double));
    }
    bg_future_free(&again);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(other);
    bg_demand_free(demand);
}

static void parts_of_the_expense_add_up(void **state)
{
    (void)state;
    bg_demand draft = uncertain();
    draft.scheme_count = 2;
    draft.scheme[1] = draft.scheme[0];
    draft.line[1].scheme = 1;
    draft.line[2].outside = true;
    draft.line[2].patient_share = 0.25;
    draft.emergency = (bg_emergency_terms){
        .probability = 0.5, .dip = 0.15, .dip_months = 6, .direct = 0.01, .rebound = 0.1};
    draft.scheme[1].growth = 0.5;
    bg_demand *demand = draft_finished(&draft, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    assert_int_equal(bg_demand_central(demand, &path), BG_OK);
    assert_close(path.people[BG_FUTURE_YEAR(&path, 1, 1)], 20000 * 2.25, 1e-6);
    for (uint32_t replication = 1; replication <= 20; replication++) {
        bg_demand_draw(demand, sampler, replication, &path);
        for (size_t year = 0; year < 3; year++) {
            const bg_fen *line = path.line_paid;
            const bg_fen outside = line[BG_FUTURE_YEAR(&path, 2, year)];
            const bg_fen emergency = draft_year(path.emergency, &path, 0, year);
            assert_int_equal(draft_year(path.expense, &path, 0, year),
                             line[BG_FUTURE_YEAR(&path, 0, year)] + outside);
            assert_int_equal(draft_year(path.expense, &path, 1, year),
                             line[BG_FUTURE_YEAR(&path, 1, year)]);
            assert_int_equal(draft_year(path.outside, &path, 0, year), outside);
            assert_int_equal(draft_year(path.outside, &path, 1, year), 0);
            assert_int_equal(emergency > 0, path.begins[year]);
            assert_true(path.patients[BG_FUTURE_YEAR(&path, 0, year)] <= outside / 4 + 6);
            assert_int_equal(path.patients[BG_FUTURE_YEAR(&path, 1, year)], 0);
        }
    }
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
}

/* So many people that the claims' own noise is below one in a thousand. */
static bg_demand emergency_each_year(void)
{
    return (bg_demand){
        .seed = 1,
        .line_count = 1,
        .scheme_count = 1,
        .years = 2,
        .emergency =
            {.probability = 1, .dip = 0.15, .dip_months = 6, .direct = 0.012, .rebound = 0.1},
        .scheme = {{.people = 1e8}},
        .line = {draft_line(0.2, 300000, 1)},
    };
}

static void an_emergency_puts_care_off_costs_money_and_rebounds_in_the_next_year(void **state)
{
    (void)state;
    const bg_demand draft = emergency_each_year();
    bg_demand *demand = draft_finished(&draft, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    assert_int_equal(bg_demand_draw(demand, sampler, 1, &path), BG_OK);
    const double expected = 1e8 * 0.2 * 300000;
    for (size_t year = 0; year < 2; year++) {
        const bg_fen direct = draft_year(path.emergency, &path, 0, year);
        const double care = (double)(draft_year(path.expense, &path, 0, year) - direct);
        assert_true(path.begins[year]);
        assert_close((double)direct, 0.012 * expected, 6);
        assert_close(care / expected, (year ? 1.1 : 1) * 0.85, 1e-3);
        for (size_t month = 0; month < 12; month++) {
            const size_t at = BG_FUTURE_MONTH(&path, 0, year, month);
            const double monthly = (double)(path.expense[at] - path.emergency[at]);
            assert_close((double)path.rebound[at], year ? monthly * 0.1 / 1.1 : 0, 0.5001);
            const double multiplier = path.emergency[at] > 0 ? 0.7 : 1;
            assert_close(monthly / (expected / 12), (year ? 1.1 : 1) * multiplier, 2e-3);
        }
    }
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
}

static void patients_pay_nothing_towards_the_direct_cost(void **state)
{
    (void)state;
    bg_demand draft = emergency_each_year();
    draft.line[0].patient_share = 0.5;
    bg_demand *demand = draft_finished(&draft, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    assert_int_equal(bg_demand_draw(demand, sampler, 1, &path), BG_OK);
    for (size_t year = 0; year < 2; year++) {
        const bg_fen care =
            draft_year(path.expense, &path, 0, year) - draft_year(path.emergency, &path, 0, year);
        assert_close((double)path.patients[year], (double)care / 2, 6);
    }
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
}

static void an_emergency_before_the_first_budget_year_rebounds_in_it(void **state)
{
    (void)state;
    bg_demand draft = emergency_each_year();
    draft.gap = 1;
    draft.years = 1;
    bg_demand *demand = draft_finished(&draft, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    assert_int_equal(bg_demand_draw(demand, sampler, 1, &path), BG_OK);
    assert_true(draft_year(path.rebound, &path, 0, 0) > 0);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
}

/* With correlation 1 and equal sizes two lines move alike, apart from the claims' own noise. */
static void lines_move_together_as_far_as_they_correlate(void **state)
{
    (void)state;
    for (int together = 0; together < 4; together++) {
        const bool trends = together & 1, shocks = together & 2;
        bg_demand draft = emergency_each_year();
        draft.emergency.probability = 0;
        draft.line_count = 2;
        draft.line[0].part[BG_FREQUENCY] = (bg_demand_part){
            .level = 0.2, .trend = {.used_sd = trends ? 0.1 : 0}, .volatility = shocks ? 0.1 : 0};
        draft.line[1] = draft.line[0];
        for (int correlated = 0; correlated < 2; correlated++) {
            draft.trend_correlation = trends && correlated;
            draft.shock_correlation = shocks && correlated;
            bg_demand *demand = draft_finished(&draft, names);
            bg_sampler *sampler = draft_sampler(demand);
            bg_future path = draft_path(demand);
            assert_int_equal(bg_demand_draw(demand, sampler, 1, &path), BG_OK);
            const double apart = fabs(path.line_cases[0] / path.line_cases[2] - 1);
            assert_int_equal(apart < 0.002, correlated || !together);
            bg_future_free(&path);
            bg_sampler_free(sampler);
            bg_demand_free(demand);
        }
    }
}

/* Emergencies larger than life, whose falls often exceed what their months hold. */
static void simulated_means_are_those_of_the_formula(void **state)
{
    (void)state;
    enum { N = 4000, YEARS = 3, LINE_YEARS = 3 * YEARS };
    static const bg_emergency_terms forms[] = {
        {.probability = 0.4,
         .dip = 0.3,
         .dip_sd = 0.25,
         .dip_months = 4,
         .direct = 0.1,
         .direct_sd = 0.2,
         .rebound = 0.3,
         .rebound_sd = 0.2},
        {.probability = 0.4, .form = BG_EMERGENCY_MULTIPLIER, .mu = 0.5, .sigma = 0.4},
    };
    for (size_t form = 0; form < 2; form++) {
        bg_demand draft = uncertain();
        draft.emergency = forms[form];
        draft.stationary = form == 1;
        draft.line[0].exposure = draft.line[1].exposure = 0.5;
        draft.line[2].exposure = 1;
        bg_demand *demand = draft_finished(&draft, names);
        bg_sampler *sampler = draft_sampler(demand);
        bg_future path = draft_path(demand);
        moments paid[LINE_YEARS] = {0};
        for (uint32_t replication = 1; replication <= N; replication++) {
            assert_int_equal(bg_demand_draw(demand, sampler, replication, &path), BG_OK);
            for (size_t i = 0; i < LINE_YEARS; i++) {
                moments_add(&paid[i], (double)path.line_paid[i]);
            }
        }
        for (size_t i = 0; i < LINE_YEARS; i++) {
            assert_mean(&paid[i], bg_demand_mean(demand, i / YEARS, i % YEARS));
        }
        bg_future_free(&path);
        bg_sampler_free(sampler);
        bg_demand_free(demand);
    }
}

static void without_emergencies_the_mean_of_the_formula_is_the_central_path(void **state)
{
    (void)state;
    bg_demand draft = uncertain();
    draft.gap = 2;
    bg_demand *demand = draft_finished(&draft, names);
    bg_future path = draft_path(demand);
    assert_int_equal(bg_demand_central(demand, &path), BG_OK);
    for (size_t i = 0; i < 9; i++) {
        assert_close(bg_demand_mean(demand, i / 3, i % 3), (double)path.line_paid[i], 6);
    }
    bg_future_free(&path);
    bg_demand_free(demand);
}

/* Lines so large that counting and claims hardly show, and nothing else uncertain. */
static bg_demand large_lines(size_t n)
{
    bg_demand draft = {
        .seed = 1,
        .line_count = n,
        .scheme_count = 1,
        .years = 3,
        .persistence = 0.6,
        .emergency = {.dip_months = 6},
        .scheme = {{.people = 1e9}},
    };
    for (size_t i = 0; i < n; i++) {
        draft.line[i] = draft_line(0.2, 5, 0.01);
    }
    return draft;
}

/* log(cases / expected) of N futures, [line and year][replication]; lines have 2e8 cases a year. */
static void draw_logarithms(const bg_demand *demand, size_t n, double *result)
{
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    for (size_t replication = 0; replication < n; replication++) {
        assert_int_equal(bg_demand_draw(demand, sampler, (uint32_t)replication + 1, &path), BG_OK);
        for (size_t i = 0; i < path.lines * path.years; i++) {
            result[i * n + replication] = log(path.line_cases[i] / 2e8);
        }
    }
    bg_future_free(&path);
    bg_sampler_free(sampler);
}

static double covariance_of(const double *x, const double *y, size_t n)
{
    double sum = 0, of_x = 0, of_y = 0;
    for (size_t i = 0; i < n; i++) {
        sum += x[i] * y[i];
        of_x += x[i];
        of_y += y[i];
    }
    return (sum - of_x * of_y / (double)n) / (double)n;
}

/* Var x(t) = sigma^2 (1 + phi^2 + ... + phi^(2t-2)) from a known start, sigma^2 / (1 - phi^2) from a
 * stationary one; Cov(x(t), x(t+1)) = phi Var x(t). Half the variance is taken off the logarithm.
 * Bounds of four standard errors. */
static void deviations_spread_from_a_known_or_a_stationary_start(void **state)
{
    (void)state;
    enum { N = 4000 };
    static const double expected[2][3] = {{0.16, 0.16 * 1.36, 0.16 * 1.4896}, {0.25, 0.25, 0.25}};
    static double x[3 * N];
    for (int stationary = 0; stationary < 2; stationary++) {
        bg_demand draft = large_lines(1);
        draft.stationary = stationary;
        draft.line[0].part[BG_FREQUENCY].volatility = 0.4;
        bg_demand *demand = draft_finished(&draft, names);
        draw_logarithms(demand, N, x);
        for (size_t year = 0; year < 3; year++) {
            const double variance = expected[stationary][year];
            double mean = 0;
            for (size_t i = 0; i < N; i++) {
                mean += x[year * N + i] / N;
            }
            assert_close(mean, -variance / 2, 4 * sqrt(variance / N));
            assert_close(covariance_of(x + year * N, x + year * N, N), variance,
                         4 * variance * sqrt(2.0 / N));
            if (year < 2) {
                assert_close(covariance_of(x + year * N, x + (year + 1) * N, N), 0.6 * variance,
                             4 * variance * sqrt(2.0 / N));
            }
        }
        bg_demand_free(demand);
    }
}

static void shocks_of_lines_correlate_by_the_matrix(void **state)
{
    (void)state;
    enum { N = 4000, LINES = 3, YEARS = 3 };
    static const double matrix[] = {1, 0.5, -0.3, 0.5, 1, 0.2, -0.3, 0.2, 1};
    static double x[LINES * YEARS * N];
    bg_demand draft = large_lines(LINES);
    draft.shock_correlation = 0.9; /* not used */
    draft.shock_root = malloc(sizeof matrix);
    assert_non_null(draft.shock_root);
    memcpy(draft.shock_root, matrix, sizeof matrix);
    assert_int_equal(bg_correlation_root(draft.shock_root, LINES), LINES);
    for (size_t i = 0; i < LINES; i++) {
        draft.line[i].part[BG_FREQUENCY].volatility = 0.05;
    }
    bg_demand *demand = draft_finished(&draft, names);
    draw_logarithms(demand, N, x);
    for (size_t i = 0; i < sizeof matrix / sizeof *matrix; i++) {
        const size_t a = i / LINES, b = i % LINES;
        const double rho = matrix[i];
        assert_close(covariance_of(x + a * YEARS * N, x + b * YEARS * N, N) / 0.0025, rho,
                     4 * sqrt((1 + rho * rho) / N));
    }
    bg_demand_free(demand);
}

/* E[M] = exp(mu + sigma^2 / 2), and what it adds is the emergency part. */
static void a_multiplier_raises_cases_as_far_as_a_line_is_exposed(void **state)
{
    (void)state;
    enum { N = 4000 };
    static const double exposure[] = {1, 0.5, 0};
    bg_demand draft = large_lines(3);
    draft.years = 1;
    draft.emergency = (bg_emergency_terms){
        .probability = 0.25, .form = BG_EMERGENCY_MULTIPLIER, .mu = 0.12, .sigma = 0.1};
    for (size_t i = 0; i < 3; i++) {
        draft.line[i].exposure = exposure[i];
    }
    bg_demand *demand = draft_finished(&draft, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    moments cases[3] = {0}, emergency = {0};
    int emergencies = 0;
    for (uint32_t replication = 1; replication <= N; replication++) {
        assert_int_equal(bg_demand_draw(demand, sampler, replication, &path), BG_OK);
        for (size_t i = 0; i < 3; i++) {
            moments_add(&cases[i], path.line_cases[i] / 2e8);
        }
        moments_add(&emergency, (double)draft_year(path.emergency, &path, 0, 0) / 1e9);
        assert_int_equal(draft_year(path.rebound, &path, 0, 0), 0);
        assert_true((draft_year(path.emergency, &path, 0, 0) > 0) <= path.begins[0]);
        emergencies += path.begins[0];
    }
    const double added = 0.25 * expm1(0.12 + 0.005);
    for (size_t i = 0; i < 3; i++) {
        assert_mean(&cases[i], 1 + exposure[i] * added);
    }
    assert_mean(&emergency, 1.5 * added);
    assert_close(emergencies, 0.25 * N, 4 * sqrt(0.25 * 0.75 * N));
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
}

/* Cumulants of the sum of claims in a month: k2 = k1^2 / r + lambda mu^2 (1 + cv^2). */
static void months_of_quadratic_variance_vary_by_their_shape(void **state)
{
    (void)state;
    enum { N = 3000 };
    bg_demand draft = large_lines(1);
    draft.years = 1;
    draft.scheme[0].people = 2e4;
    draft.line[0] = draft_line(0.6, 5e4, 1.1); /* 1,000 cases a month */
    draft.line[0].dispersion = 500;            /* not used */
    draft.line[0].count_shape = 200;
    bg_demand *demand = draft_finished(&draft, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    double squares = 0, fourths = 0;
    for (uint32_t replication = 1; replication <= N; replication++) {
        assert_int_equal(bg_demand_draw(demand, sampler, replication, &path), BG_OK);
        for (size_t month = 0; month < 12; month++) {
            const double off = ((double)path.expense[month] - 5e7) / 5e7;
            squares += off * off;
            fourths += off * off * off * off;
        }
    }
    const double n = 12 * N, variance = squares / n;
    assert_close(variance, 1.0 / 200 + (1 + 1.21) / 1000,
                 4 * sqrt((fourths / n - variance * variance) / n));
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
}

static void people_fall_by_four_standard_deviations_at_most(void **state)
{
    (void)state;
    const bg_demand_scheme worst = {.growth = -0.2, .growth_sd = 0.1};
    const uint32_t down[] = {SCRIPT_FAR_BELOW_ZERO}, up[] = {SCRIPT_FAR_ABOVE_ZERO};
    bg_rng *rng = scripted_rng(down, 3);
    assert_close(bg_people_factor(&worst, 0, rng), 0.4, 1e-12);
    rng_free(rng);
    rng = scripted_rng(up, 3);
    assert_close(bg_people_factor(&worst, 0, rng), 1.2, 1e-12);
    rng_free(rng);
}

static void amounts_beyond_the_bound_overflow(void **state)
{
    (void)state;
    const struct {
        double people, cost, patient_share;
        bg_status status;
    } cases[] = {
        {1e6, 5.5e10, 0, BG_OK},       /* 0.2 / 12 x 1e6 x 5.5e10 = 0.92e15 a month */
        {1e6, 6.5e10, 0, BG_OVERFLOW}, /* 1.08e15 */
        {1e6, 5.5e9, 12, BG_OVERFLOW}, /* what patients pay */
        {1e6, INFINITY, 0, BG_OVERFLOW}, {1e14, 1e-3, 0, BG_OVERFLOW}, /* cases beyond counting */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_demand draft = emergency_each_year();
        draft.emergency.probability = 0;
        draft.scheme[0].people = cases[i].people;
        draft.line[0].part[BG_COST].level = cases[i].cost;
        draft.line[0].patient_share = cases[i].patient_share;
        draft.line[0].severity.cv = 0.01;
        bg_demand *demand = draft_finished(&draft, names);
        bg_sampler *sampler = draft_sampler(demand);
        bg_future path = draft_path(demand);
        assert_int_equal(bg_demand_draw(demand, sampler, 1, &path), cases[i].status);
        if (cases[i].people < 1e14) {
            assert_int_equal(bg_demand_central(demand, &path), cases[i].status);
        }
        bg_future_free(&path);
        bg_sampler_free(sampler);
        bg_demand_free(demand);
    }
}

static void a_trend_is_shown_for_each_part_that_a_line_has(void **state)
{
    (void)state;
    const bg_demand draft = uncertain();
    bg_demand *demand = draft_finished(&draft, names);
    bg_trend_view view;
    assert_true(bg_demand_trend(demand, 0, 0, &view));
    assert_true(view.used == 0.03);
    assert_true(bg_demand_trend(demand, 0, 1, &view));
    assert_true(view.used == 0.05);
    assert_false(bg_demand_trend(demand, 1, 0, &view));
    assert_true(bg_demand_trend(demand, 1, 1, &view));
    assert_false(bg_demand_trend(demand, 3, 1, &view));
    assert_false(bg_demand_trend(demand, 0, 2, &view));
    assert_false(bg_demand_trend(demand, 0, -1, &view));
    bg_demand_free(demand);
}

static bg_rng at_stream(bg_stream *stream, const char *kind, int year, size_t month)
{
    char name[64];
    snprintf(name, sizeof name, "%s/residents.inpatient.in/%d/%02zu", kind, year, month + 1);
    bg_stream_select(stream, 1, 7, bg_stream_key(name));
    return bg_stream_rng(stream);
}

static void each_month_of_a_line_is_drawn_from_the_streams_of_its_name(void **state)
{
    (void)state;
    const bg_demand draft = {.seed = 1,
                             .line_count = 1,
                             .scheme_count = 1,
                             .years = 2,
                             .emergency = {.dip_months = 6},
                             .scheme = {{.people = 20000}},
                             .line = {draft_line(0.3, 300000, 1.06)}};
    bg_demand *demand = draft_finished(&draft, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    assert_int_equal(bg_demand_draw(demand, sampler, 7, &path), BG_OK);
    bg_stream stream;
    for (size_t year = 0; year < 2; year++) {
        for (size_t month = 0; month < 12; month++) {
            uint64_t count = 0;
            bg_rng counts = at_stream(&stream, "count", 2025 + (int)year, month);
            assert_int_equal(bg_draw_count(&counts, 500, 1, &count), BG_OK);
            bg_rng costs = at_stream(&stream, "cost", 2025 + (int)year, month);
            const double paid = 300000 * bg_severity_total(&draft.line[0].severity, &costs, count);
            assert_close((double)path.expense[BG_FUTURE_MONTH(&path, 0, year, month)], paid, 1);
        }
    }
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
}

static void no_two_names_of_a_large_model_share_a_stream(void **state)
{
    (void)state;
    static char text[BG_MAX_LINES][32];
    const char *many[BG_MAX_LINES];
    bg_demand *draft = calloc(1, sizeof *draft);
    assert_non_null(draft);
    draft->line_count = BG_MAX_LINES;
    draft->scheme_count = 2;
    draft->years = 20;
    for (int i = 0; i < BG_MAX_LINES; i++) {
        snprintf(text[i], sizeof text[i], "residents.service%d.%s", i / 2, i % 2 ? "in" : "out");
        many[i] = text[i];
    }
    bg_demand *demand = draft_finished(draft, many);
    const bg_demand_line *last = &demand->line[BG_MAX_LINES - 1];
    assert_true(demand->trend_key[BG_COST] == bg_stream_key("trend/cost"));
    assert_true(demand->common_key[1] == bg_stream_key("shock/common/2026"));
    assert_true(demand->emergency_key[19] == bg_stream_key("emergency/2044"));
    assert_true(demand->scheme[1].people_key[0] == bg_stream_key("people/employees/2025"));
    assert_true(last->trend_key[0] == bg_stream_key("trend/frequency/residents.service31.in"));
    assert_true(last->shock_key[1][2] == bg_stream_key("shock/cost/residents.service31.in/2027"));
    assert_true(last->count_key[14] == bg_stream_key("count/residents.service31.in/2026/03"));
    assert_true(last->cost_key[239] == bg_stream_key("cost/residents.service31.in/2044/12"));
    bg_demand_free(demand);
    free(draft);
}

static void equal_keys_are_found(void **state)
{
    (void)state;
    uint64_t apart[] = {3, 1, UINT64_MAX, 2, 0}, shared[] = {3, 1, 2, 3};
    assert_true(bg_stream_keys_distinct(apart, 5));
    assert_false(bg_stream_keys_distinct(shared, 4));
}

static void lines_of_one_name_are_refused(void **state)
{
    (void)state;
    bg_demand *demand = calloc(1, sizeof *demand);
    bg_history *history = calloc(1, sizeof *history);
    assert_non_null(demand);
    assert_non_null(history);
    demand->years = 1;
    demand->line_count = history->line_count = 2;
    history->year_count = 1;
    history->year[0] = 2024;
    history->line[0].name = history->line[1].name = "residents.total";
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_demand_name_streams(demand, history, &errors), BG_INTERNAL);
    assert_int_equal(errors.error_count, 1);
    bg_errors_free(&errors);
    free(history);
    bg_demand_free(demand);
}

static void freeing_twice_is_safe(void **state)
{
    (void)state;
    const bg_demand draft = uncertain();
    bg_demand *demand = draft_finished(&draft, names);
    bg_future path = draft_path(demand);
    bg_future_free(&path);
    bg_future_free(&path);
    bg_demand_free(demand);
    bg_demand_free(NULL);
    bg_sampler_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_emergencies_the_mean_is_the_central_path),
        cmocka_unit_test(the_central_path_follows_the_formula),
        cmocka_unit_test(the_variance_is_that_of_claims_plus_that_of_the_year),
        cmocka_unit_test(a_future_does_not_depend_on_those_drawn_before),
        cmocka_unit_test(lines_in_another_order_or_among_others_pay_the_same),
        cmocka_unit_test(a_year_is_the_same_in_shorter_longer_and_later_projections),
        cmocka_unit_test(doubled_money_doubles_every_amount_within_rounding),
        cmocka_unit_test(parts_of_the_expense_add_up),
        cmocka_unit_test(an_emergency_puts_care_off_costs_money_and_rebounds_in_the_next_year),
        cmocka_unit_test(patients_pay_nothing_towards_the_direct_cost),
        cmocka_unit_test(an_emergency_before_the_first_budget_year_rebounds_in_it),
        cmocka_unit_test(lines_move_together_as_far_as_they_correlate),
        cmocka_unit_test(simulated_means_are_those_of_the_formula),
        cmocka_unit_test(without_emergencies_the_mean_of_the_formula_is_the_central_path),
        cmocka_unit_test(deviations_spread_from_a_known_or_a_stationary_start),
        cmocka_unit_test(shocks_of_lines_correlate_by_the_matrix),
        cmocka_unit_test(a_multiplier_raises_cases_as_far_as_a_line_is_exposed),
        cmocka_unit_test(months_of_quadratic_variance_vary_by_their_shape),
        cmocka_unit_test(people_fall_by_four_standard_deviations_at_most),
        cmocka_unit_test(amounts_beyond_the_bound_overflow),
        cmocka_unit_test(a_trend_is_shown_for_each_part_that_a_line_has),
        cmocka_unit_test(each_month_of_a_line_is_drawn_from_the_streams_of_its_name),
        cmocka_unit_test(no_two_names_of_a_large_model_share_a_stream),
        cmocka_unit_test(equal_keys_are_found),
        cmocka_unit_test(lines_of_one_name_are_refused),
        cmocka_unit_test(freeing_twice_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
