/* What is expected of months, beside the closed forms of the demand model. */
#include "../../support/close.h"
#include "../../support/projected.h"
#include "../../support/says.h"

#include "study/month_prior.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { MONTHS = BG_YEAR_MONTHS };

static const bg_known_years nothing;

typedef struct fixture {
    bg_scenario *scenario;
    bg_model model;
    bg_month_prior prior;
    bg_errors errors;
    bg_status status;
} fixture;

static fixture find(const char *text, size_t year, const bg_known_years *known)
{
    fixture self;
    bg_errors_init(&self.errors);
    self.scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_model_read(self.scenario, &self.model, &self.errors), BG_OK);
    self.status = bg_month_prior_find(&self.model, year, 0.04, known, &self.prior, &self.errors);
    return self;
}

static void finish(fixture *self)
{
    bg_month_prior_free(&self->prior);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

/* One year's total of a scheme with so many people that chance is nothing, growth of people without doubt: the months have the
 * variance sd(a)^2 + sigma^2 in common, 3 % and 4 %, and that of the noise for themselves. */
static void months_share_the_variance_of_trend_and_year(void **state)
{
    (void)state;
    fixture self = find("history: {2024: 1000M}\n"
                        "people: {residents: {count: 2000000000, growth: 0%, growth_sd: 0%}}\n"
                        "demand: {trend: {prior: 5%, prior_sd: 3%, as_of: 2024}, "
                        "volatility: {total: 4%},\n"
                        "         emergency: {probability: 20%}}\n"
                        "simulation: {years: 1, replications: 10000}\n",
                        0, &nothing);
    assert_int_equal(self.status, BG_OK);
    const double *covariance = self.prior.logs.covariance, common = 0.0009 + 0.0016;
    const double error = 5 * common * sqrt(2.0 / 10000);
    assert_close(covariance[5], common, error);
    assert_close(covariance[0], common + 0.0016, error + 1e-5);
    double year = 0;
    for (size_t m = 0; m < MONTHS; m++) {
        year += self.prior.expected[m];
    }
    assert_close(year / 1e11, exp(0.05), 5 * sqrt(common / 10000) * 1.06); /* no emergency in it */
    assert_close(self.prior.expected[1] / self.prior.expected[0], 0.85, 1e-4);
    assert_close(self.prior.logs.mean[0], log(self.prior.expected[0]) - covariance[0] / 2, 1e-12);
    finish(&self);
}

/* An incident of an uncertain size in two months: these vary more, and together. */
static void months_of_an_uncertain_incident_vary_together(void **state)
{
    (void)state;
    fixture self = find("history: {2024: 1000M}\n"
                        "people: {residents: {count: 2000000000, growth: 0%, growth_sd: 0%}}\n"
                        "incidents: {flu: {lines: [residents.*], from: 2025-02, until: 2025-03,\n"
                        "                  cases: {p10: 0%, p90: 50%}}}\n"
                        "simulation: {years: 1, replications: 10000}\n",
                        0, &nothing);
    const double *covariance = self.prior.logs.covariance;
    const double usual = covariance[0 * MONTHS + 5], flu = covariance[1 * MONTHS + 2];
    const double sigma = log(1.5) / 2 / 1.2815515655446004;
    assert_close(flu - usual, sigma * sigma, 0.05 * sigma * sigma);
    assert_close(covariance[1 * MONTHS + 5], usual, 0.1 * usual);
    finish(&self);
}

static void a_scheme_that_costs_nothing_cannot_be_watched(void **state)
{
    (void)state;
    fixture self = find("history: {2024: 1000M}\npeople: {residents: 500000}\n"
                        "demand: {season: [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}\n"
                        "simulation: {years: 1, replications: 1000}\n",
                        0, &nothing);
    assert_int_equal(self.status, BG_INVALID);
    assert_says_among_others(self.errors.items[0].message, "month 2025-01");
    finish(&self);
}

/* Of a year before that came to 10 % more than the centre of its logarithm, with trends sure and phi = 0.5: half of its deviation
 * is left, and the variance is that of the year's own shock. */
static void what_is_known_of_the_year_before_is_learned_from(void **state)
{
    (void)state;
    static const char text[] =
        "history: {2024: 1000M}\n"
        "people: {residents: {count: 2000000000, growth: 0%, growth_sd: 0%}}\n"
        "demand: {trend: {prior: 0%, prior_sd: 0%, as_of: 2024}, volatility: {total: 4%}}\n"
        "simulation: {years: 2, replications: 10000}\n";
    bg_known_years known = {.paid = {{1e11 * exp(-0.0008) * 1.1}}};
    fixture self = find(text, 1, &known);
    assert_int_equal(self.status, BG_OK);
    double year = 0;
    for (size_t m = 0; m < MONTHS; m++) {
        year += self.prior.expected[m];
    }
    /* ln E of x2 = phi x1 + u, less Var x2 / 2 = (0.25 + 1) sigma^2 / 2, plus sigma^2 / 2 */
    assert_close(log(year / 1e11), 0.5 * log(1.1) - 0.25 * 0.0016 / 2, 0.003);
    assert_close(self.prior.logs.covariance[5], 0.0016, 5 * 0.0016 * sqrt(2.0 / 10000));
    finish(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_share_the_variance_of_trend_and_year),
        cmocka_unit_test(months_of_an_uncertain_incident_vary_together),
        cmocka_unit_test(a_scheme_that_costs_nothing_cannot_be_watched),
        cmocka_unit_test(what_is_known_of_the_year_before_is_learned_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
