#include "../../support/close.h"
#include "../../support/demand_draft.h"
#include "../../support/demand_loaded.h"
#include "../../support/says.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static size_t warnings(const demand_loaded *self)
{
    return self->errors.count - self->errors.error_count;
}

/* Two years of three lines: with cases and bills, with cases, without cases. */
#define LINES                                                                                      \
    "schema: 1\n"                                                                                  \
    "history:\n"                                                                                   \
    "  2023:\n"                                                                                    \
    "    residents.inpatient.in: {cases: 9900, cost: 50000000, paid: 29700000}\n"                  \
    "    residents.outpatient.out: {cases: 99000, paid: 4950000}\n"                                \
    "    employees.total: 20000000\n"                                                              \
    "  2024:\n"                                                                                    \
    "    residents.inpatient.in: {cases: 10000, cost: 51000000, paid: 30000000}\n"                 \
    "    residents.outpatient.out: {cases: 110000, paid: 5500000}\n"                               \
    "    employees.total: 22330000\n"                                                              \
    "people: {residents: {count: 50000, growth: -1%}, employees: {count: 10150, growth: 1.5%}}\n"

enum { EMPLOYEES_TOTAL, INPATIENT, OUTPATIENT };

static void levels_are_per_person_and_per_case_of_the_last_year(void **state)
{
    (void)state;
    demand_loaded self = demand_load(LINES);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.errors.count, 0);
    const bg_demand *demand = self.demand;
    assert_int_equal(demand->line_count, 3);
    assert_true(demand->line[INPATIENT].part[BG_FREQUENCY].level == 0.2);
    assert_true(demand->line[INPATIENT].part[BG_COST].level == 300000);
    assert_true(demand->line[EMPLOYEES_TOTAL].part[BG_FREQUENCY].level == 1);
    assert_true(demand->line[EMPLOYEES_TOTAL].part[BG_COST].level == 220000);
    assert_true(demand->line[INPATIENT].has_cases && !demand->line[EMPLOYEES_TOTAL].has_cases);
    assert_true(demand->line[OUTPATIENT].outside && !demand->line[INPATIENT].outside);
    assert_close(demand->line[INPATIENT].patient_share, 0.7, 1e-15);
    assert_true(demand->line[OUTPATIENT].patient_share == 0);
    assert_int_equal(demand->line[EMPLOYEES_TOTAL].scheme, 1);
    assert_true(demand->scheme[1].people == 10150);
    demand_unload(&self);
}

/* Past people are the last ones led back at their growth: residents 50000 / 0.99, employees
 * 10150 / 1.015 = 10000. Two years weigh sigma^2 sum-of-squares: with x_0 = 0 a year before, the
 * difference of two years has variance sigma^2 (1 + (1 - phi)^2) = 1.25 sigma^2 at phi = 0.5. */
static void trends_are_blended_with_the_priors_of_service_and_total(void **state)
{
    (void)state;
    demand_loaded self = demand_load(LINES);
    static const struct {
        size_t line;
        int part;
        double own, prior, prior_sd, volatility;
    } cases[] = {
        {INPATIENT, 0, 10000 / 9900.0 / 0.99, 0.04, 0.04, 0.07},
        {INPATIENT, 1, 1, 0.02, 0.03, 0.05},
        {OUTPATIENT, 0, 110000 / 99000.0 / 0.99, 0.06, 0.04, 0.07},
        {OUTPATIENT, 1, 1, 0.05, 0.03, 0.04},
        {EMPLOYEES_TOTAL, 1, 1.1, 0.06, 0.03, 0.055},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_trend_view view;
        assert_true(bg_demand_trend(self.demand, cases[i].line, cases[i].part, &view));
        const double variance = 1.25 * cases[i].volatility * cases[i].volatility;
        const double square = cases[i].prior_sd * cases[i].prior_sd;
        const double z = square / (square + variance);
        assert_close(view.own, log(cases[i].own), 1e-12);
        assert_close(view.own_sd, sqrt(variance), 1e-12);
        assert_true(view.prior == cases[i].prior && view.prior_sd == cases[i].prior_sd);
        assert_close(view.credibility, z, 1e-12);
        assert_close(view.used, z * view.own + (1 - z) * view.prior, 1e-12);
        assert_close(view.used_sd, sqrt(z * variance), 1e-12);
    }
    demand_unload(&self);
}

static void services_and_totals_have_their_catalogue_defaults(void **state)
{
    (void)state;
    demand_loaded self = demand_load(LINES);
    const bg_demand *demand = self.demand;
    assert_true(demand->line[INPATIENT].correlation == -0.7);
    assert_true(demand->line[OUTPATIENT].correlation == 0);
    assert_true(demand->line[EMPLOYEES_TOTAL].correlation == 1);
    assert_true(demand->line[INPATIENT].severity.cv == 1.06);
    assert_true(demand->line[OUTPATIENT].severity.cv == 1);
    assert_true(demand->line[EMPLOYEES_TOTAL].severity.cv == 5.5);
    assert_true(demand->line[EMPLOYEES_TOTAL].dispersion == 2);
    assert_true(demand->line[EMPLOYEES_TOTAL].part[BG_FREQUENCY].volatility == 0);
    assert_true(demand->persistence == 0.5 && demand->shock_correlation == 0.85);
    assert_true(demand->trend_correlation == 0.8);
    assert_true(demand->emergency.probability == 0.08 && demand->emergency.dip_months == 6);
    assert_true(demand->years == 5 && demand->gap == 0 && demand->seed == 1);
    assert_close(demand->season[1], 0.85, 1e-15); /* the default adds up to 12 */
    demand_unload(&self);
}

static void a_line_overrides_its_service_and_a_total_its_own_defaults(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(LINES "demand:\n"
                          "  season: [3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2]\n"
                          "  services: {outpatient: {dispersion: 5, cost_cv: 2}}\n"
                          "  lines:\n"
                          "    residents.outpatient.out: {cost_cv: 3, severity: lognormal}\n"
                          "    employees.total: {cost_trend: 7%, cost_volatility: 2%}\n"
                          "simulation: {first_year: 2027, years: 2, seed: 12}\n");
    assert_int_equal(self.status, BG_OK);
    const bg_demand *demand = self.demand;
    assert_true(demand->line[OUTPATIENT].dispersion == 5);
    assert_true(demand->line[OUTPATIENT].severity.cv == 3);
    assert_int_equal(demand->line[OUTPATIENT].severity.kind, BG_SEVERITY_LOGNORMAL);
    assert_true(demand->line[EMPLOYEES_TOTAL].part[BG_COST].trend.prior == 0.07);
    assert_true(demand->line[EMPLOYEES_TOTAL].part[BG_COST].trend.prior_sd == 0.03);
    assert_true(demand->line[EMPLOYEES_TOTAL].part[BG_COST].volatility == 0.02);
    assert_true(demand->gap == 2 && demand->years == 2 && demand->seed == 12);
    assert_true(demand->season[0] == 2.25 && demand->season[11] == 1.5);
    demand_unload(&self);
}

static void totals_are_completed_and_declared_years_left_out(void **state)
{
    (void)state;
    demand_loaded self = demand_load("schema: 1\n"
                                     "history: {2022: 90000000, 2023: 99000000, 2024: 60000000}\n"
                                     "people: {residents: {count: 100000, growth: 0}}\n"
                                     "budget: {base: {completion: {2023: 90%, other: 100%}}}\n"
                                     "demand: {emergency: {declared: {2024: dip}}}\n");
    assert_int_equal(self.status, BG_OK);
    bg_trend_view view;
    assert_true(bg_demand_trend(self.demand, 0, BG_COST, &view));
    assert_close(view.own, log(110 / 90.0), 1e-12);
    assert_close(self.demand->line[0].part[BG_COST].level, 110000 * exp(view.used), 1e-6);
    demand_unload(&self);
}

static void an_earlier_declared_year_does_not_touch_the_level(void **state)
{
    (void)state;
    demand_loaded self = demand_load("schema: 1\n"
                                     "history: {2022: 90000000, 2023: 99000000, 2024: 110000000}\n"
                                     "people: {residents: {count: 100000, growth: 0}}\n"
                                     "demand: {emergency: {declared: {2022: dip}}}\n");
    assert_int_equal(self.status, BG_OK);
    bg_trend_view view;
    assert_true(bg_demand_trend(self.demand, 0, BG_COST, &view));
    assert_close(view.own, log(110 / 99.0), 1e-12);
    assert_close(self.demand->line[0].part[BG_COST].level, 110000, 1e-9);
    demand_unload(&self);
}

static void completion_leaves_the_payment_for_a_case_alone(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(LINES "budget: {base: {completion: {2024: 80%, other: 100%}}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_close(self.demand->line[INPATIENT].part[BG_FREQUENCY].level, 0.25, 1e-15);
    assert_close(self.demand->line[INPATIENT].part[BG_COST].level, 300000, 1e-9);
    demand_unload(&self);
}

static void three_numbers_and_a_fitted_level_are_enough(void **state)
{
    (void)state;
    demand_loaded self = demand_load("schema: 1\n"
                                     "money_unit: wan\n"
                                     "history: {2022: 49400, 2023: 55200, 2024: 56300}\n"
                                     "demand: {level: fitted, volatility: {persistence: 0}}\n");
    assert_int_equal(self.status, BG_OK);
    const double people = self.history.scheme[0].people;
    const double a = 49400 * 0.99 * 0.99, b = 55200 * 0.99, c = 56300; /* at 2024's people */
    const double slope = log(c / a) / 2;
    assert_close(self.demand->line[0].part[BG_COST].level,
                 cbrt(a * b * c) * exp(slope) * 1e6 / people, 1e-6);
    demand_unload(&self);
}

static void a_total_is_the_same_line_under_its_short_and_its_full_name(void **state)
{
    (void)state;
    static const char *const names[] = {"total", "residents.total"};
    for (size_t i = 0; i < 4; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "schema: 1\nhistory: {2024: {%s: 110000000}}\n"
                 "demand: {lines: {%s: {cost_volatility: 3%%}}}\n",
                 names[i / 2], names[i % 2]);
        demand_loaded self = demand_load(text);
        assert_int_equal(self.status, BG_OK);
        assert_true(self.demand->line[0].part[BG_COST].volatility == 0.03);
        assert_true(self.demand->line[0].trend_key[BG_COST] ==
                    bg_stream_key("trend/cost/residents.total"));
        demand_unload(&self);
    }
}

/* Of three lines in byte order of their names, 0.5^|i-j| has the root 1; 0.5, 0.75^(1/2); 0.25, 0.5
 * 0.75^(1/2), 0.75^(1/2); the pair that is not given has the common correlation. */
static void a_correlation_matrix_is_read_by_pairs_of_lines(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(LINES "demand:\n"
                          "  volatility:\n"
                          "    start: stationary\n"
                          "    correlation: 0.25\n"
                          "    matrix:\n"
                          "      residents.inpatient.in: {employees.total: 0.5, "
                          "residents.inpatient.in: 1, residents.outpatient.out: 0.5}\n"
                          "      employees.total: {residents.inpatient.in: 0.5}\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.errors.count, 0);
    assert_true(self.demand->stationary);
    static const double root[] = {
        1, 0, 0, 0.5, 0.8660254037844386, 0, 0.25, 0.4330127018922193, 0.8660254037844386};
    for (size_t i = 0; i < 9; i++) {
        assert_close(self.demand->shock_root[i], root[i], 1e-15);
    }
    demand_unload(&self);
    self = demand_load(LINES);
    assert_null(self.demand->shock_root);
    assert_false(self.demand->stationary);
    demand_unload(&self);
}

static void an_emergency_may_multiply_the_cases_of_a_year(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(LINES "demand:\n"
                          "  emergency: {form: multiplier, multiplier: {mu: 0.12, sigma: 0.1}}\n"
                          "  services: {outpatient: {emergency_exposure: 30%}}\n"
                          "  lines: {employees.total: {emergency_exposure: 0}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.errors.count, 0);
    const bg_emergency_terms *terms = &self.demand->emergency;
    assert_int_equal(terms->form, BG_EMERGENCY_MULTIPLIER);
    assert_true(terms->probability == 0.08 && terms->mu == 0.12 && terms->sigma == 0.1);
    assert_true(self.demand->line[INPATIENT].exposure == 1);
    assert_true(self.demand->line[OUTPATIENT].exposure == 0.3);
    assert_true(self.demand->line[EMPLOYEES_TOTAL].exposure == 0);
    demand_unload(&self);
}

static void counts_may_vary_quadratically(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(LINES "demand:\n"
                          "  services: {inpatient: {count_variance: quadratic, count_shape: 200}}\n"
                          "  lines: {residents.outpatient.out: {count_variance: quadratic, "
                          "count_shape: 400}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.errors.count, 0);
    assert_true(self.demand->line[INPATIENT].count_shape == 200);
    assert_true(self.demand->line[OUTPATIENT].count_shape == 400);
    assert_true(self.demand->line[EMPLOYEES_TOTAL].count_shape == 0);
    demand_unload(&self);
}

static void a_trend_may_be_given_without_doubt(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(LINES "demand:\n"
                          "  lines:\n"
                          "    residents.outpatient.out: {frequency_trend: 4%, "
                          "frequency_trend_sd: 0, cost_trend: 0, cost_trend_sd: 0, "
                          "cost_volatility: 0}\n");
    assert_int_equal(self.status, BG_OK);
    for (int part = 0; part < BG_PARTS; part++) {
        bg_trend_view view;
        assert_true(bg_demand_trend(self.demand, OUTPATIENT, part, &view));
        assert_true(view.used == (part ? 0 : 0.04) && view.used_sd == 0 && view.credibility == 0);
    }
    demand_unload(&self);
}

static void the_level_of_a_line_may_be_given(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(LINES "demand: {lines: {residents.inpatient.in: {cases: 12000},\n"
                          "  residents.outpatient.out: {paid_per_case: 62.5},\n"
                          "  residents.dental: {cases: 5000, paid_per_case: 300, cost_cv: 3}}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.errors.count, 0);
    const bg_demand_line *line = self.demand->line;
    enum { DENTAL = 1, FIRST = 2, SECOND = 3 };
    assert_int_equal(self.demand->line_count, 4);
    assert_close(line[FIRST].part[BG_FREQUENCY].level, 12000.0 / 50000, 1e-15);
    assert_true(line[FIRST].part[BG_COST].level == 300000);
    assert_true(line[FIRST].part[BG_FREQUENCY].trend.credibility > 0); /* its own, as before */
    assert_close(line[SECOND].part[BG_FREQUENCY].level, 110000.0 / 50000, 1e-15);
    assert_true(line[SECOND].part[BG_COST].level == 6250);
    assert_close(line[DENTAL].part[BG_FREQUENCY].level, 0.1, 1e-15);
    assert_true(line[DENTAL].part[BG_COST].level == 30000);
    assert_true(line[DENTAL].severity.cv == 3 && line[DENTAL].patient_share == 0);
    bg_trend_view view; /* of any other service */
    assert_true(bg_demand_trend(self.demand, DENTAL, BG_FREQUENCY, &view));
    assert_true(view.used == 0.04 && view.used_sd == 0.04 && view.credibility == 0);
    demand_unload(&self);
}

/* 2023's cases are trended to 2024; growth comes from 2022 and 2023, the years that give lines. */
static void years_that_give_a_total_alone_say_nothing_of_the_lines(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load("schema: 1\n"
                    "history:\n"
                    "  2021: 900000\n"
                    "  2022: {residents.dental: {cases: 1000, cost: 1200000, paid: 1000000}}\n"
                    "  2023: {residents.dental: {cases: 1100, cost: 2200000, paid: 1100000}}\n"
                    "  2024: 1300000\n"
                    "people: {residents: {count: 10000, growth: 0}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.demand->line_count, 1);
    const bg_demand_part *part = self.demand->line[0].part;
    assert_close(part[BG_FREQUENCY].trend.own, log(1.1), 1e-12);
    assert_close(part[BG_FREQUENCY].level, 0.11 * exp(part[BG_FREQUENCY].trend.used), 1e-12);
    assert_close(part[BG_COST].trend.own, 0, 1e-12);
    assert_close(self.demand->line[0].patient_share, 1, 1e-12);
    demand_unload(&self);
}

static void a_prior_from_later_figures_is_warned(void **state)
{
    (void)state;
    static const struct {
        const char *demand;
        size_t warnings;
    } cases[] = {
        {"{}", 1},
        {"{trend: {as_of: 2021}}", 0},
        {"{trend: {prior: 5%}}", 1},
        {"{trend: {prior: 5%, prior_sd: 2%}, volatility: {total: 4%}}", 0},
        {"{trend: {prior: 5%, prior_sd: 2%, as_of: 2023}, volatility: {total: 4%}}", 1},
        {"{lines: {residents.total: {cost_trend: 5%, cost_trend_sd: 2%, cost_volatility: 4%}}}", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "schema: 1\nhistory: {2020: 90000000, 2021: 95000000}\ndemand: %s\n",
                 cases[i].demand);
        demand_loaded self = demand_load(text);
        assert_int_equal(self.status, BG_OK);
        assert_int_equal(warnings(&self), cases[i].warnings);
        if (cases[i].warnings) {
            assert_string_equal(self.errors.items[0].path, "demand.trend.as_of");
            assert_says_among_others(self.errors.items[0].message, "2021");
        }
        demand_unload(&self);
    }
}

static void past_years_that_the_newest_prior_does_not_know_are_warned(void **state)
{
    (void)state;
    static const struct {
        int last_year;
        const char *demand;
        size_t warnings;
    } cases[] = {
        {2024, "{}", 0},
        {2025, "{}", 0},
        {2026, "{}", 1},
        {2026, "{trend: {prior: 5%}}", 1},
        {2026, "{trend: {as_of: 2025}}", 0}, /* they are wanted */
        {2026, "{trend: {prior: 5%, prior_sd: 2%}, volatility: {total: 4%}}", 0},
        {2024, "{trend: {as_of: 2025}}", 1}, /* later figures than the past has */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "schema: 1\nhistory: {%d: 90000000, %d: 95000000}\npeople: {residents: 90000}\n"
                 "demand: %s\n",
                 cases[i].last_year - 1, cases[i].last_year, cases[i].demand);
        demand_loaded self = demand_load(text);
        assert_int_equal(self.status, BG_OK);
        assert_int_equal(warnings(&self), cases[i].warnings);
        if (cases[i].warnings) {
            char year[8];
            snprintf(year, sizeof year, "%d", cases[i].last_year);
            assert_string_equal(self.errors.items[0].path, "demand.trend.as_of");
            assert_says_among_others(self.errors.items[0].message, year);
            assert_says_among_others(self.errors.items[0].message, "2025");
        }
        demand_unload(&self);
    }
}

static void settings_without_effect_are_warned(void **state)
{
    (void)state;
    demand_loaded self = demand_load(LINES "demand:\n"
                                           "  services: {dental: {dispersion: 5}}\n"
                                           "  lines: {employees.total: {frequency_trend: 5%}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(warnings(&self), 2);
    assert_string_equal(self.errors.items[0].path, "demand.services[dental]");
    assert_string_equal(self.errors.items[1].path, "demand.lines[employees.total].frequency_trend");
    demand_unload(&self);
    static const struct {
        const char *demand, *path, *words;
    } cases[] = {
        {"{emergency: {multiplier: {mu: 0}}}", "demand.emergency.multiplier", "months"},
        {"{emergency: {form: multiplier, multiplier: {mu: 0, sigma: 0}, dip: 20%}}",
         "demand.emergency.dip", "multiplier"},
        {"{lines: {employees.total: {emergency_exposure: 50%}}}",
         "demand.lines[employees.total].emergency_exposure", "not multiplier"},
        {"{services: {inpatient: {emergency_exposure: 5%}}, lines: {residents.inpatient.out: "
         "{cases: 9, paid_per_case: 9}}}",
         "demand.services[inpatient].emergency_exposure", "not multiplier"},
        {"{services: {inpatient: {count_shape: 5}}}", "demand.services[inpatient].count_shape",
         "linear"},
        {"{services: {inpatient: {count_variance: quadratic, count_shape: 5, dispersion: 3}}}",
         "demand.services[inpatient].dispersion", "quadratic"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2048];
        snprintf(text, sizeof text, "%sdemand: %s\n", LINES, cases[i].demand);
        self = demand_load(text);
        assert_int_equal(self.status, BG_OK);
        assert_int_equal(warnings(&self), 1);
        assert_string_equal(self.errors.items[0].path, cases[i].path);
        assert_says_among_others(self.errors.items[0].message, cases[i].words);
        demand_unload(&self);
    }
}

#define MATRIX "demand: {volatility: {matrix: "

static void what_is_wrong_between_values_is_an_error_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *path;
        bg_status status;
        const char *words; /* of the sentence */
    } cases[] = {
        {LINES "demand: {season: [1, 1, 1]}\n", "demand.season", BG_RANGE, "3 factors"},
        {LINES "demand: {season: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}\n", "demand.season",
         BG_RANGE, "all 0"},
        {LINES "demand: {emergency: {dip: 20%, dip_sd: 40%}}\n", "demand.emergency.dip_sd",
         BG_RANGE, "below 0.4"},
        {LINES "demand: {emergency: {declared: {2023: dip, 2024: rebound}}}\n",
         "demand.emergency.declared", BG_RANGE, "Every past year"},
        {LINES "demand: {lines: {employees.total: {cases: 5}}}\n",
         "demand.lines[employees.total].cases", BG_INVALID, "per person"},
        {LINES "demand: {lines: {residents.dental: {cases: 5}}}\n",
         "demand.lines[residents.dental]", BG_UNKNOWN_KEY, "`paid_per_case`"},
        {"schema: 1\nhistory: {2023: 1, 2024: {residents.a: 1}}\n"
         "demand: {emergency: {declared: {2024: dip}}}\n",
         "demand.emergency.declared", BG_RANGE, "residents.a"},
        {"schema: 1\nhistory: {2024: 1000}\ndemand: {lines: {total: {cost_trend: 1%},\n"
         "  residents.a: {cases: 10, paid_per_case: 100}}}\n",
         "demand.lines[total]", BG_UNKNOWN_KEY, "in whose place"},
        {LINES "demand: {lines: {residents.inpatient.out: {cost_cv: 2}}}\n",
         "demand.lines[residents.inpatient.out]", BG_UNKNOWN_KEY, "no line"},
        {LINES "demand: {emergency: {form: multiplier}}\n", "demand.emergency.form", BG_MISSING,
         "needs demand.emergency.multiplier"},
        {LINES "demand: {emergency: {form: multiplier, multiplier: {mu: 0.1}}}\n",
         "demand.emergency.multiplier", BG_MISSING, "sigma"},
        {LINES "demand: {services: {inpatient: {count_variance: quadratic}}}\n",
         "demand.services[inpatient].count_variance", BG_MISSING, "needs a `count_shape`"},
        {LINES MATRIX "{residents.dental: {employees.total: 0.5}}}}\n",
         "demand.volatility.matrix[residents.dental]", BG_UNKNOWN_KEY, "no line"},
        {LINES MATRIX "{employees.total: {residents.dental: 0.5}}}}\n",
         "demand.volatility.matrix[employees.total][residents.dental]", BG_UNKNOWN_KEY, "no line"},
        {LINES MATRIX "{employees.total: {employees.total: 0.5}}}}\n",
         "demand.volatility.matrix[employees.total][employees.total]", BG_RANGE,
         "by 1, not by 0.5"},
        {LINES MATRIX "{employees.total: {residents.inpatient.in: 0.5}, residents.inpatient.in: "
                      "{employees.total: 0.6}}}}\n",
         "demand.volatility.matrix[residents.inpatient.in][employees.total]", BG_INVALID,
         "0.6 here and 0.5 at demand.volatility.matrix[employees.total]"},
        {LINES MATRIX "{employees.total: {residents.inpatient.in: 0.9, residents.outpatient.out: "
                      "-0.9}}}}\n",
         "demand.volatility.matrix", BG_INVALID, "\"residents.outpatient.out\""},
        {LINES "demand: {services: {inpatient: {severity: lognormal_pareto, cost_cv: 0.05}}}\n",
         "demand.services[inpatient].cost_cv", BG_RANGE, "from 0.10 to 9.59"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        demand_loaded self = demand_load(cases[i].text);
        assert_int_equal(self.status, cases[i].status);
        assert_null(self.demand);
        assert_int_equal(self.errors.error_count, 1);
        const bg_error *error = &self.errors.items[self.errors.count - 1];
        assert_string_equal(error->path, cases[i].path);
        assert_int_equal(error->status, cases[i].status);
        assert_says_among_others(error->message, cases[i].words);
        demand_unload(&self);
    }
}

static void more_services_than_a_map_holds_are_refused(void **state)
{
    (void)state;
    static char text[65536];
    size_t length =
        (size_t)snprintf(text, sizeof text, "%s",
                         "schema: 1\nhistory: {2024: {residents.dental: {cases: 10, paid: 5000}}}\n"
                         "demand:\n  services:\n");
    for (int i = 0; i < 1000; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length,
                                   "    service%d: {dispersion: 2}\n", i);
    }
    demand_loaded self = demand_load(text);
    assert_int_equal(self.status, BG_LIMIT);
    assert_null(self.demand);
    assert_string_equal(self.errors.items[0].path, "demand.services");
    demand_unload(&self);
}

static void all_that_is_wrong_is_reported_at_once(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(LINES "demand: {season: [1], lines: {residents.x.in: {cost_cv: 2}}}\n");
    assert_null(self.demand);
    assert_int_equal(self.errors.error_count, 2);
    demand_unload(&self);
}

static void a_small_dip_may_have_a_spread_just_below_its_bound(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(LINES "demand: {emergency: {dip: 2%, dip_sd: 13.9%, probability: 100%}}\n");
    assert_int_equal(self.status, BG_OK);
    bg_sampler *sampler = draft_sampler(self.demand);
    bg_future path = draft_path(self.demand);
    for (uint32_t replication = 1; replication <= 200; replication++) {
        assert_int_equal(bg_demand_draw(self.demand, sampler, replication, &path), BG_OK);
    }
    bg_future_free(&path);
    bg_sampler_free(sampler);
    demand_unload(&self);
}

static void lines_permuted_in_the_file_pay_the_same(void **state)
{
    (void)state;
    demand_loaded self = demand_load(LINES);
    demand_loaded other = demand_load(
        "schema: 1\n"
        "history:\n"
        "  2023:\n"
        "    employees.total: 20000000\n"
        "    residents.outpatient.out: {cases: 99000, paid: 4950000}\n"
        "    residents.inpatient.in: {cases: 9900, cost: 50000000, paid: 29700000}\n"
        "  2024:\n"
        "    residents.outpatient.out: {cases: 110000, paid: 5500000}\n"
        "    employees.total: 22330000\n"
        "    residents.inpatient.in: {cases: 10000, cost: 51000000, paid: 30000000}\n"
        "people: {employees: {count: 10150, growth: 1.5%}, residents: {count: 50000}}\n");
    bg_sampler *sampler = draft_sampler(self.demand);
    bg_future path = draft_path(self.demand), again = draft_path(other.demand);
    assert_int_equal(bg_demand_draw(self.demand, sampler, 1, &path), BG_OK);
    assert_int_equal(bg_demand_draw(other.demand, sampler, 1, &again), BG_OK);
    assert_memory_equal(path.line_paid, again.line_paid, 15 * sizeof(bg_fen));
    bg_future_free(&again);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    demand_unload(&other);
    demand_unload(&self);
}

/* ---- measures and incidents ---- */

#define FLU                                                                                        \
    "incidents:\n"                                                                                 \
    "  flu: {lines: employees.total, from: 2026-11, until: 2027-02, cases: 20%,\n"                 \
    "        probability: 30%, emergency: false}\n"
#define MEASURES                                                                                   \
    "measures:\n"                                                                                  \
    "  referral:\n"                                                                                \
    "    lines: ['*.inpatient.*', residents.outpatient.out]\n"                                     \
    "    from: 2026-07\n"                                                                          \
    "    cases: {p10: -10%, p90: 20%}\n"                                                           \
    "    ramp: {form: linear, months: 12}\n"                                                       \
    "  caps: {from: 2025-01, until: 2026-06, months: [1, 12], cost: -5%}\n"

static void measures_and_incidents_are_read_in_order_of_their_names(void **state)
{
    (void)state;
    demand_loaded self = demand_load(LINES FLU MEASURES);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.errors.count, 0);
    const bg_change *caps = self.demand->change, *referral = caps + 1, *flu = caps + 2;
    assert_int_equal(self.demand->change_count, 3);
    assert_string_equal(caps->name, "caps");
    assert_true(caps->line[EMPLOYEES_TOTAL] && caps->line[INPATIENT] && caps->line[OUTPATIENT]);
    assert_true(caps->months[0] == 0x801 && caps->months[1] == 1 && caps->months[2] == 0);
    assert_true(caps->size[BG_COST].factor == 0.95 && caps->size[BG_FREQUENCY].factor == 1);
    assert_true(caps->probability == 1 && !caps->emergency && caps->weight[0] == 1);
    assert_string_equal(referral->name, "referral");
    assert_true(!referral->line[EMPLOYEES_TOTAL] && referral->line[INPATIENT] &&
                referral->line[OUTPATIENT]);
    assert_true(referral->months[0] == 0 && referral->months[1] == 0xFC0 &&
                referral->months[2] == BG_ALL_MONTHS);
    /* Half-months 0.5 to 5.5 of twelve, then 6.5 to 11.5 and six months of 1. */
    assert_close(referral->weight[1], 3.0 / 12, 1e-15);
    assert_close(referral->weight[2], (6 * 9.0 / 12 + 6) / 12, 1e-15);
    /* The normal that is below ln 0.9 and above ln 1.2 with a chance of a tenth each. */
    const bg_change_size *size = &referral->size[BG_FREQUENCY];
    assert_close(size->mu, (log(0.9) + log(1.2)) / 2, 1e-15);
    assert_close(size->sigma, (log(1.2) - log(0.9)) / 2 / 1.2815515655446004, 1e-15);
    assert_true(flu->kind == BG_CHANGE_INCIDENT && flu->probability == 0.3 && !flu->emergency);
    assert_true(flu->line[EMPLOYEES_TOTAL] && !flu->line[INPATIENT]);
    assert_true(flu->months[1] == 0xC00 && flu->months[2] == 3 && flu->months[3] == 0);
    assert_true(self.demand->spells[1].count == 4 && self.demand->spells[0].count == 2);
    demand_unload(&self);
}

/* Streams go by names, so that another measure does not touch a measure's luck. */
static void a_measure_keeps_its_draw_beside_others(void **state)
{
    (void)state;
    demand_loaded self = demand_load(LINES MEASURES), both = demand_load(LINES FLU MEASURES);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(both.status, BG_OK);
    assert_true(self.demand->change[1].size_key == both.demand->change[1].size_key);
    assert_true(self.demand->change[1].size_key == bg_stream_key("measure/referral"));
    assert_true(both.demand->change[2].happens_key == bg_stream_key("incident/flu/happens"));
    demand_unload(&both);
    demand_unload(&self);
}

static void what_cannot_change_demand_is_an_error_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *change, *path;
        bg_status status;
        const char *words;
    } cases[] = {
        {"measures: {a: {from: 2026-01}}", "measures[a]", BG_MISSING,
         "fund_share, people, contributions or disallowed"},
        {"measures: {a: {cases: 1%}}", "measures[a]", BG_MISSING, "`from`"},
        {"incidents: {a: {from: 2026-01, cases: 1%}}", "incidents[a]", BG_MISSING, "`until`"},
        {"measures: {a: {from: 2026-01, lines: '*.outside', cases: 1%}}", "measures[a].lines[1]",
         BG_INVALID, "residents.inpatient.in"},
        {"measures: {a: {from: 2024-12, cases: 1%}}", "measures[a].from", BG_RANGE, "2025-01"},
        {"measures: {a: {from: 2030-01, cases: 1%}}", "measures[a].from", BG_RANGE, "2025 to 2029"},
        {"measures: {a: {from: 2026-03, until: 2026-02, cases: 1%}}", "measures[a].until", BG_RANGE,
         "2026-03"},
        {"measures: {a: {from: 2026-03, cases: {p10: 1%}}}", "measures[a].cases", BG_INVALID,
         "p10 and p90"},
        {"measures: {a: {from: 2026-03, cases: {change: 1%, p90: 3%}}}", "measures[a].cases",
         BG_INVALID, "one change"},
        {"measures: {a: {from: 2026-03, cost: {p10: 1%, p90: 1%}}}", "measures[a].cost.p90",
         BG_RANGE, "above p10"},
        {"measures: {a: {from: 2026-03, place: {share: 5%}}}", "measures[a].place", BG_MISSING,
         "`to`"},
        {"measures: {a: {from: 2026-03, place: {to: residents.inpatient.out, share: 5%}}}",
         "measures[a].place.to", BG_INVALID, "residents.inpatient.in"},
        {"measures: {a: {from: 2026-03, lines: residents.outpatient.out,\n"
         "  place: {to: residents.inpatient.in}}}",
         "measures[a].place", BG_MISSING, "p10 and p90"},
        {"measures: {a: {from: 2026-03, place: {to: residents.inpatient.in, share: 5%}}}",
         "measures[a].place.to", BG_INVALID, "employees.total"},
        {"measures: {a: {from: 2026-03, lines: residents.inpatient.in,\n"
         "  place: {to: residents.inpatient.in, share: 5%}}}",
         "measures[a].place.to", BG_INVALID, "No other line"},
        {"demand: {emergency: {surge: {probability: 10%}}}", "demand.emergency.surge.probability",
         BG_MISSING, "`cases`"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2048];
        snprintf(text, sizeof text, "%s%s\n", LINES, cases[i].change);
        demand_loaded self = demand_load(text);
        assert_int_equal(self.status, cases[i].status);
        assert_null(self.demand);
        assert_int_equal(self.errors.count, 1);
        assert_string_equal(self.errors.items[0].path, cases[i].path);
        assert_says_among_others(self.errors.items[0].message, cases[i].words);
        demand_unload(&self);
    }
}

static void surges_and_rebounds_are_read_by_year(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(LINES "demand: {emergency: {surge: {probability: {2026: 20%, 2027: 0, "
                          "later: 5%}, months: [1, 12],\n  lines: residents.*, cases: {p10: 10%, "
                          "p90: 40%}}}}\n"
                          "incidents: {a: {from: 2026-11, until: 2026-12, cases: 20%, "
                          "probability: 30%,\n  rebound: {change: -5%, months: 3}}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.demand->change_count, 5); /* incident, rebound, 2026, 2028, 2029 */
    const bg_change *incident = self.demand->change, *rebound = incident + 1;
    assert_true(rebound->kind == BG_CHANGE_REBOUND && !rebound->emergency);
    assert_true(rebound->months[1] == 0 && rebound->months[2] == 7 && rebound->months[3] == 0);
    assert_true(rebound->size[BG_FREQUENCY].factor == 0.95 && rebound->probability == 0.3);
    assert_true(rebound->happens_key == incident->happens_key);
    const bg_change *surge = incident + 2;
    assert_true(surge->kind == BG_CHANGE_SURGE && surge->emergency && surge->begins == 2026);
    assert_true(surge->probability == 0.2 && surge->months[1] == 0x801 && surge->months[2] == 0);
    assert_true(surge->size_key == bg_stream_key("emergency/surge/2026"));
    assert_true(surge[1].begins == 2028 && surge[2].begins == 2029 && surge[2].probability == 0.05);
    assert_true(surge->line[INPATIENT] && !surge->line[EMPLOYEES_TOTAL]);
    demand_unload(&self);
}

static void cases_move_to_another_line(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(LINES "measures: {a: {from: 2026-03, lines: residents.outpatient.out,\n"
                          "  place: {to: residents.inpatient.in, share: {p10: 2%, p90: 10%}}}}\n");
    assert_int_equal(self.status, BG_OK);
    const bg_change_place *place = &self.demand->change->place;
    const bg_change_share *share = &self.demand->change->share;
    const double low = log(0.02 / 0.98), high = log(0.1 / 0.9);
    assert_true(place->moves && place->to == INPATIENT && place->relative_cost == 1);
    assert_close(share->mu, (low + high) / 2, 1e-15);
    assert_close(share->sigma, (high - low) / 2 / 1.2815515655446004, 1e-15);
    demand_unload(&self);
}

static void months_of_a_step_are_warned(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(LINES "measures: {a: {from: 2026-03, cases: 1%, ramp: {months: 12}}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(warnings(&self), 1);
    assert_string_equal(self.errors.items[0].path, "measures[a].ramp.months");
    demand_unload(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_are_per_person_and_per_case_of_the_last_year),
        cmocka_unit_test(trends_are_blended_with_the_priors_of_service_and_total),
        cmocka_unit_test(services_and_totals_have_their_catalogue_defaults),
        cmocka_unit_test(a_line_overrides_its_service_and_a_total_its_own_defaults),
        cmocka_unit_test(totals_are_completed_and_declared_years_left_out),
        cmocka_unit_test(an_earlier_declared_year_does_not_touch_the_level),
        cmocka_unit_test(completion_leaves_the_payment_for_a_case_alone),
        cmocka_unit_test(three_numbers_and_a_fitted_level_are_enough),
        cmocka_unit_test(a_total_is_the_same_line_under_its_short_and_its_full_name),
        cmocka_unit_test(a_correlation_matrix_is_read_by_pairs_of_lines),
        cmocka_unit_test(an_emergency_may_multiply_the_cases_of_a_year),
        cmocka_unit_test(counts_may_vary_quadratically),
        cmocka_unit_test(a_trend_may_be_given_without_doubt),
        cmocka_unit_test(the_level_of_a_line_may_be_given),
        cmocka_unit_test(years_that_give_a_total_alone_say_nothing_of_the_lines),
        cmocka_unit_test(a_prior_from_later_figures_is_warned),
        cmocka_unit_test(past_years_that_the_newest_prior_does_not_know_are_warned),
        cmocka_unit_test(settings_without_effect_are_warned),
        cmocka_unit_test(what_is_wrong_between_values_is_an_error_at_its_place),
        cmocka_unit_test(more_services_than_a_map_holds_are_refused),
        cmocka_unit_test(all_that_is_wrong_is_reported_at_once),
        cmocka_unit_test(a_small_dip_may_have_a_spread_just_below_its_bound),
        cmocka_unit_test(lines_permuted_in_the_file_pay_the_same),
        cmocka_unit_test(measures_and_incidents_are_read_in_order_of_their_names),
        cmocka_unit_test(a_measure_keeps_its_draw_beside_others),
        cmocka_unit_test(what_cannot_change_demand_is_an_error_at_its_place),
        cmocka_unit_test(surges_and_rebounds_are_read_by_year),
        cmocka_unit_test(cases_move_to_another_line),
        cmocka_unit_test(months_of_a_step_are_warned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
