/* How far the fast engine's noise is from the exact distribution of a month and of a year, given the
 * year's factors: largest difference of the distribution functions, without sampling. Run with
 * NOISE_TABLE=1 it prints the table of sim/demand/README.md. */
#include "../support/demand_draft.h"
#include "../support/fourier.h"
#include "demand/fast.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { LINES = 3, QUADRATURE = 600 };

/* Lines of one group in months with these shares of their year's cases. */
typedef struct group {
    size_t lines, months;
    compound line[LINES]; /* cases of the year */
    double shape[LINES];  /* above 0: quadratic variance */
    double share[12];
} group;

static compound in_month(const group *self, size_t line, size_t month)
{
    compound result = self->line[line];
    result.cases *= self->share[month];
    if (self->shape[line] > 0) {
        result.excess = result.cases / self->shape[line];
    }
    return result;
}

/* ---- exact ---- */

static double complex exact_at(const void *context, double frequency)
{
    const group *self = context;
    double complex product = 1;
    for (size_t month = 0; month < self->months; month++) {
        for (size_t line = 0; line < self->lines; line++) {
            const compound sum = in_month(self, line, month);
            product *= compound_characteristic(&sum, frequency);
        }
    }
    return product;
}

static double exact_bound(const void *context, double frequency)
{
    const group *self = context;
    double product = 1;
    for (size_t month = 0; month < self->months; month++) {
        for (size_t line = 0; line < self->lines; line++) {
            const compound sum = in_month(self, line, month);
            product *= compound_bound(&sum, frequency);
        }
    }
    return product;
}

/* ---- as the engine draws it ---- */

/* One future's column entries, filled by the engine's own functions. */
typedef struct drawn {
    const group *of;
    bool quadratic;
    double mean, sd; /* of the year; of a thinnest month */
    float single[7];
    bg_fast_noise noise;
    double amount[12][QUADRATURE + 1], weight[QUADRATURE + 1];
} drawn;

static bg_fast_terms terms_of(const compound *line, double shape)
{
    bg_demand draft = {.line_count = 1,
                       .scheme_count = 1,
                       .years = 1,
                       .emergency = {.dip_months = 1},
                       .scheme = {{.people = 1}},
                       .line = {draft_line(1, 1, line->cv)}};
    draft.line[0].dispersion = 1 + line->excess;
    draft.line[0].count_shape = shape;
    static const char *const names[] = {"residents.inpatient.in"};
    bg_demand *demand = draft_finished(&draft, names);
    bg_block_sampler *sampler = bg_block_sampler_new(demand, 1);
    assert_non_null(sampler);
    const bg_fast_terms terms = sampler->line[0].terms;
    bg_block_sampler_free(sampler);
    bg_demand_free(demand);
    return terms;
}

static void add_line(const group *of, size_t line, const bg_fast_sums *sums)
{
    const bg_fast_functions *loops = BG_ISA_TABLE(bg_fast_functions);
    bg_fast_terms terms = terms_of(&of->line[line], of->shape[line]);
    terms.enough = 0; /* what is judged is what it would be */
    double one = 1, none = 0, cases;
    const bg_fast_effect calm = {.rise = &one, .excess = &none, .thinnest = &one};
    const double *expected = &of->line[line].cases, *cost = &of->line[line].cost;
    loops->gather(1, &terms, &calm, expected, cost, &cases, sums);
    loops->gather_quadratic(1, &terms, &calm, &cases, cost, sums);
}

static void draw(drawn *self, const group *of)
{
    const bg_fast_functions *loops = BG_ISA_TABLE(bg_fast_functions);
    double number[8] = {0};
    const bg_fast_sums sums = {.mean = &number[0],
                               .plain = &number[1],
                               .second = {&number[2], &number[3]},
                               .third = {&number[4], &number[5], &number[6]},
                               .patients = &number[7]};
    self->of = of;
    self->quadratic = false;
    self->noise = (bg_fast_noise){
        .sd = &self->single[0],
        .skewness = &self->single[1],
        .second = {&self->single[2], &self->single[3]},
        .third = {&self->single[4], &self->single[5], &self->single[6]},
    };
    for (size_t line = 0; line < of->lines; line++) {
        add_line(of, line, &sums);
        self->quadratic = self->quadratic || of->shape[line] > 0;
    }
    (self->quadratic ? loops->relate_quadratic : loops->relate)(1, &sums, &self->noise);
    self->mean = number[0];
    const double reach = 9, step = 2 * reach / QUADRATURE;
    for (int i = 0; i <= QUADRATURE; i++) {
        const double z = -reach + i * step;
        self->weight[i] = step * exp(-z * z / 2) * 0.39894228040143267794;
        for (size_t month = 0; month < of->months; month++) {
            const bg_fast_month in = bg_fast_month_of(of->share[month]);
            const bg_fast_spread spread = self->quadratic
                                              ? bg_fast_spread_quadratic(&self->noise, 0, in)
                                              : bg_fast_spread_linear(&self->noise, 0, in);
            const float deviation = bg_fast_deviation(spread, (float)z);
            self->amount[month][i] = bg_fast_amount(self->mean, in, deviation);
        }
    }
}

/* The trapezoid rule is exact to the last digits as long as its steps see the waves; where they do not,
 * the function is long below them. */
static double complex drawn_at(const void *context, double frequency)
{
    const drawn *self = context;
    if (frequency * self->sd > 60) {
        return 0;
    }
    double complex product = 1;
    for (size_t month = 0; month < self->of->months; month++) {
        double complex sum = 0;
        for (int i = 0; i <= QUADRATURE; i++) {
            sum += self->weight[i] * cexp(I * frequency * self->amount[month][i]);
        }
        product *= sum;
    }
    return product;
}

/* Its own variance makes it vanish sooner than the exact one. */
static double drawn_bound(const void *context, double frequency)
{
    (void)context;
    (void)frequency;
    return 0;
}

static double distance(const group *of)
{
    static drawn approximation;
    draw(&approximation, of);
    double mean = 0, variance = 0, third = 0;
    for (size_t month = 0; month < of->months; month++) {
        for (size_t line = 0; line < of->lines; line++) {
            const compound sum = in_month(of, line, month);
            double cumulant[4];
            compound_cumulants(&sum, cumulant);
            mean += cumulant[0];
            variance += cumulant[1];
            third += cumulant[2];
        }
    }
    approximation.sd = sqrt(variance / (double)of->months);
    const double sd = sqrt(variance), skewness = third / (variance * sd);
    const characteristic exact = {exact_at, exact_bound, of};
    const characteristic engine = {drawn_at, drawn_bound, &approximation};
    return fourier_distance(&exact, &engine, mean - 9 * sd, mean + (9 + 30 * skewness) * sd);
}

/* ---- the range that the catalogue admits ---- */

static const double cvs[] = {0.01, 0.05, 0.2, 0.5, 1, 2, 5.5, 20};
static const double dispersions[] = {1, 1.3, 2, 5, 20, 100, 1000};

static double fewest(double cv, double dispersion, double shape)
{
    const compound line = {.cases = 1, .excess = dispersion - 1, .cost = 1, .cv = cv};
    return terms_of(&line, shape).enough;
}

static group one_line(double cv, double dispersion, double cases)
{
    return (group){
        .lines = 1,
        .months = 1,
        .line = {{.cases = cases, .excess = dispersion - 1, .cost = 300000, .cv = cv}},
        .share = {1},
    };
}

/* As a multiple of its mean, at a normal z. */
static double amount_at(const group *of, float z)
{
    static drawn approximation;
    draw(&approximation, of);
    const bg_fast_month in = bg_fast_month_of(of->share[0]);
    const bg_fast_spread spread = bg_fast_spread_linear(&approximation.noise, 0, in);
    const double amount = bg_fast_amount(approximation.mean, in, bg_fast_deviation(spread, z));
    return amount / (approximation.mean * in.share);
}

static group with_year(group month)
{
    for (size_t line = 0; line < month.lines; line++) {
        month.line[line].cases *= 12;
    }
    month.months = 12;
    for (size_t i = 0; i < 12; i++) {
        month.share[i] = 1.0 / 12;
    }
    return month;
}

static void assert_at_most(double obtained, double bound, const char *what)
{
    if (getenv("NOISE_TABLE")) {
        printf("%s %.1e\n", what, obtained);
    }
    if (!(obtained <= bound)) {
        fail_msg("%s: %.3g, at most %.3g allowed", what, obtained, bound);
    }
}

static void a_month_line_with_just_enough_cases_is_within_the_bound(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cvs / sizeof *cvs; i++) {
        for (size_t j = 0; j < sizeof dispersions / sizeof *dispersions; j++) {
            const double enough = fewest(cvs[i], dispersions[j], 0);
            char what[96];
            for (int doublings = 0; doublings < 3; doublings++) {
                const double times = 1 << doublings;
                const group month = one_line(cvs[i], dispersions[j], times * enough);
                snprintf(what, sizeof what, "month, cv %g, dispersion %g, cases %.0f", cvs[i],
                         dispersions[j], times * enough);
                assert_at_most(distance(&month), 5e-4, what);
                /* One in 10^9 is beyond either; BG_FAST_MEAN_MAX rests on the latter. */
                assert_true(amount_at(&month, -6) > 0);
                assert_true(amount_at(&month, 6) < BG_MONTH_LINE_MAX / BG_FAST_MEAN_MAX);
            }
            const group year = with_year(one_line(cvs[i], dispersions[j], enough));
            snprintf(what, sizeof what, "year, cv %g, dispersion %g, cases %.0f a month", cvs[i],
                     dispersions[j], enough);
            assert_at_most(distance(&year), 5e-5, what);
        }
    }
}

static void counts_of_quadratic_variance_are_within_the_bound(void **state)
{
    (void)state;
    static const double shapes[] = {60, 100, 400, 10000};
    for (size_t i = 0; i < sizeof cvs / sizeof *cvs; i++) {
        for (size_t j = 0; j < sizeof shapes / sizeof *shapes; j++) {
            const double enough = fewest(cvs[i], 1, shapes[j]);
            char what[96];
            static const double multiples[] = {1, 30, 900, 27000};
            for (size_t k = 0; k < 4 && (k == 0 || multiples[k] * enough < 2e5); k++) {
                const double times = multiples[k];
                group month = one_line(cvs[i], 1, times * enough);
                month.shape[0] = shapes[j];
                snprintf(what, sizeof what, "month, cv %g, shape %g, cases %.0f", cvs[i], shapes[j],
                         times * enough);
                assert_at_most(distance(&month), 5e-4, what);
            }
        }
    }
    assert_true(isinf(fewest(1, 1, 20)));
}

/* A skewed line beside a symmetric one, in every proportion of their variances. */
static void groups_of_unlike_lines_are_within_the_bound(void **state)
{
    (void)state;
    static const double parts[] = {0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95};
    static const struct {
        double cv, dispersion;
    } skewed[] = {{0.5, 1}, {1, 2}, {5.5, 2}, {20, 1}, {1, 1000}};
    for (size_t i = 0; i < sizeof skewed / sizeof *skewed; i++) {
        for (size_t j = 0; j < sizeof parts / sizeof *parts; j++) {
            const double enough = fewest(skewed[i].cv, skewed[i].dispersion, 0);
            group month = one_line(skewed[i].cv, skewed[i].dispersion, enough);
            double cumulant[4];
            compound_cumulants(&month.line[0], cumulant);
            const double cases = 1e7, other = cumulant[1] * (1 - parts[j]) / parts[j];
            month.lines = 2;
            month.line[1] =
                (compound){.cases = cases, .excess = 1, .cost = sqrt(other / (cases * 3)), .cv = 1};
            char what[96];
            snprintf(what, sizeof what, "cv %g, dispersion %g, %g of the variance", skewed[i].cv,
                     skewed[i].dispersion, parts[j]);
            assert_at_most(distance(&month), 5e-4, what);
            const group year = with_year(month);
            assert_at_most(distance(&year), 5e-5, what);
        }
    }
}

/* Workload W's out-of-county inpatients, whose exact quantiles another program gives: R's actuar,
 * aggregateDist. The oracle itself is on trial here. */
static void the_series_agrees_with_another_program(void **state)
{
    (void)state;
    static const double quantile[] = {5003500, 6221500, 7594000, 8209000};
    static const double level[] = {0.05, 0.5, 0.95, 0.99};
    const group month = {.lines = 1,
                         .months = 1,
                         .line = {{.cases = 500, .cost = 12500, .cv = 1.4}},
                         .shape = {100},
                         .share = {1}};
    const characteristic exact = {exact_at, exact_bound, &month};
    for (size_t i = 0; i < 4; i++) {
        /* A step of 500 yuan, as the other program took it, moves the level by up to 3e-4. */
        assert_at_most(fabs(fourier_distribution(&exact, quantile[i], 0, 14e6) - level[i]), 3e-4,
                       "level of the other program's quantile");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_line_with_just_enough_cases_is_within_the_bound),
        cmocka_unit_test(counts_of_quadratic_variance_are_within_the_bound),
        cmocka_unit_test(groups_of_unlike_lines_are_within_the_bound),
        cmocka_unit_test(the_series_agrees_with_another_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
