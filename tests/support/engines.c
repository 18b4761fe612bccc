#include "engines.h"

#include "demand_block.h"
#include "projected.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

const char *const engine_scenarios[ENGINE_SCENARIOS] = {
    /* Lines and totals with every default. */
    "history:\n"
    "  2023:\n"
    "    residents.inpatient.in: {cases: 60000, cost: 400M, paid: 240M}\n"
    "    residents.inpatient.out: {cases: 9000, cost: 160M, paid: 80M}\n"
    "    residents.outpatient.in: {cases: 1000000, cost: 90M, paid: 50M}\n"
    "    employees.total: 150M\n"
    "  2024:\n"
    "    residents.inpatient.in: {cases: 64000, cost: 420M, paid: 250M}\n"
    "    residents.inpatient.out: {cases: 9600, cost: 175M, paid: 86M}\n"
    "    residents.outpatient.in: {cases: 1100000, cost: 100M, paid: 55M}\n"
    "    employees.total: 160M\n"
    "people: {residents: {count: 400000}, employees: {count: 50000}}\n"
    "demand: {emergency: {probability: 20%}}\n"
    "budget: {growth: {2025: 5%, later: 5%}}\n"
    "simulation: {years: 3}\n",
    /* Few cases of every kind, drawn one by one in all or in some futures. */
    "history:\n"
    "  2024:\n"
    "    residents.inpatient.in: {cases: 240, cost: 2M, paid: 1M}\n"
    "    residents.inpatient.out: {cases: 60, cost: 1M, paid: 0.6M}\n"
    "    residents.outpatient.in: {cases: 12000, cost: 1M, paid: 0.5M}\n"
    "    residents.chronic.in: {cases: 1100, cost: 0.5M, paid: 0.3M}\n"
    "people: {residents: {count: 3000}}\n"
    "demand:\n"
    "  emergency: {probability: 30%, dip: 40%, dip_sd: 20%}\n"
    "  services:\n"
    "    inpatient: {severity: lognormal, cost_cv: 1.5}\n"
    "    outpatient: {dispersion: 20}\n"
    "  lines: {residents.inpatient.out: {severity: lognormal_pareto, cost_cv: 2}}\n"
    "budget: {growth: {2025: 5%, later: 5%}}\n"
    "simulation: {first_year: 2026, years: 2}\n",
    /* What the benchmark workload needs, with the noise of each line. */
    "history:\n"
    "  2024:\n"
    "    residents.inpatient.in: {cases: 48000, cost: 400M, paid: 200M}\n"
    "    residents.inpatient.out: {cases: 6000, cost: 90M, paid: 75M}\n"
    "    residents.outpatient.in: {cases: 360000, cost: 90M, paid: 60M}\n"
    "people: {residents: {count: 400000}}\n"
    "demand:\n"
    "  emergency: {probability: 30%, form: multiplier, multiplier: {mu: 0.12, sigma: 0.10}}\n"
    "  volatility:\n"
    "    start: stationary\n"
    "    matrix:\n"
    "      residents.inpatient.out: {residents.inpatient.in: 0.6}\n"
    "      residents.outpatient.in: {residents.inpatient.in: 0.36, residents.inpatient.out: 0.6}\n"
    "  services:\n"
    "    inpatient: {count_variance: quadratic, count_shape: 150, emergency_exposure: 1}\n"
    "    outpatient: {emergency_exposure: 0.3}\n"
    "budget: {growth: {2025: 5%, later: 5%}}\n"
    "simulation: {years: 3, noise: line}\n",
    /* Changes of whole years and of months, sure and uncertain, of many cases and of few. */
    "history:\n"
    "  2024:\n"
    "    residents.inpatient.in: {cases: 24000, cost: 200M, paid: 100M}\n"
    "    residents.inpatient.out: {cases: 600, cost: 9M, paid: 7M}\n"
    "    residents.outpatient.in: {cases: 180000, cost: 45M, paid: 30M}\n"
    "    employees.total: 60M\n"
    "people: {residents: {count: 200000}, employees: {count: 20000}}\n"
    "benefits:\n"
    "  now: {lines: '*.inpatient.*', eligible: 90%, deductible: {first: 600, second: 300}, rate: "
    "70%}\n"
    "  then: {lines: '*.inpatient.*', from: 2025-07, deductible: 200, bands: {20000: 75%, rest: "
    "80%}, cap: 20000,\n"
    "         referred: 10%}\n"
    "  year: {lines: residents.*, ceiling: 60000}\n"
    "  visits: {lines: '*.outpatient.*', rate: 67%, outpatient_limit: 600}\n"
    "  visits_capped: {lines: '*.outpatient.*', from: 2025-10, cap: 120, outpatient_limit: 800}\n"
    "  insurance: {lines: '*.inpatient.*', from: 2026-04,\n"
    "    catastrophic: {threshold: 8000, bands: {30000: 60%, rest: 70%}, paid_by: pool}}\n"
    "demand: {emergency: {probability: 25%, dip: 20%, surge: {probability: {2025: 50%, later: "
    "30%},\n"
    "  lines: residents.inpatient.*, months: [1, 2, 3], cases: {p10: 5%, p90: 40%}}}}\n"
    "measures:\n"
    "  referral: {lines: '*.inpatient.out', from: 2025-04, cases: {p10: -30%, p90: -5%}}\n"
    "  return: {lines: '*.inpatient.out', from: 2025-01, ramp: {form: linear, months: 12},\n"
    "           place: {to: residents.inpatient.in, share: {p10: 10%, p90: 40%}, relative_cost: "
    "140%}}\n"
    "  prices: {lines: [residents.*], from: 2026-01, until: 2026-12, cost: -5%,\n"
    "           ramp: {form: half_time, months: 6}, rebound: 50%}\n"
    "  caps: {lines: '*.outpatient.*', from: 2025-01, months: [2, 3, 11], cases: {p10: 0, p90: "
    "20%},\n"
    "         cost: {p10: -20%, p90: -10%}}\n"
    "incidents:\n"
    "  flu: {from: 2025-12, until: 2026-02, probability: 40%, cases: {p10: 10%, p90: 50%},\n"
    "        rebound: {change: -10%, months: 6}}\n"
    "  strike: {lines: '*.in', from: 2026-06, until: 2026-06, emergency: no, cases: -40%}\n"
    "budget: {growth: {2025: 5%, later: 5%}}\n"
    "simulation: {years: 2}\n",
};

/* Year's expense, its parts, people, whether an emergency begins, and two months. */
enum { QUANTITIES = 9, POINTS = 5, BLOCK = 128 };

static const double points[POINTS] = {0.85, 0.95, 1, 1.05, 1.2}; /* times the central path */

typedef struct tally {
    double power[4]; /* sums of powers of x / scale - 1 */
} tally;

typedef struct sample {
    size_t n;
    tally quantity[QUANTITIES];
    double below[POINTS];
} sample;

typedef struct comparison {
    bg_model model;
    size_t cells; /* schemes x years */
    double *central;
    sample *engine[2]; /* by bg_engine_kind */
} comparison;

static void add(tally *self, double x)
{
    double power = 1;
    for (int i = 0; i < 4; i++) {
        power *= x;
        self->power[i] += power;
    }
}

static void add_future(sample *self, const double quantity[QUANTITIES], double central)
{
    self->n++;
    for (size_t i = 0; i < QUANTITIES; i++) {
        /* Amounts by the expense expected, so that their powers stay of one size. */
        add(&self->quantity[i], i == 5 || i == 6 ? quantity[i] : quantity[i] / central);
    }
    for (size_t i = 0; i < POINTS; i++) {
        self->below[i] += quantity[0] <= points[i] * central;
    }
}

static double year_of(const bg_fen *month)
{
    double sum = 0;
    for (size_t i = 0; i < 12; i++) {
        sum += (double)month[i];
    }
    return sum;
}

static void add_path(const comparison *self, const bg_future *path)
{
    for (size_t cell = 0; cell < self->cells; cell++) {
        const size_t january = 12 * cell;
        const double quantity[QUANTITIES] = {
            year_of(path->expense + january),   year_of(path->outside + january),
            year_of(path->emergency + january), year_of(path->rebound + january),
            (double)path->patients[cell],       path->people[cell] / 1e5,
            path->begins[cell % path->years],   (double)path->expense[january + 1],
            (double)path->expense[january + 6],
        };
        add_future(&self->engine[BG_ENGINE_REFERENCE][cell], quantity, self->central[cell]);
    }
}

static void add_columns(const comparison *self, bg_demand_columns *const *columns, size_t n)
{
    for (size_t cell = 0; cell < self->cells; cell++) {
        const bg_demand_columns *of =
            &columns[cell / self->model.contract.years][cell % self->model.contract.years];
        for (size_t i = 0; i < n; i++) {
            bg_fen month[12];
            for (size_t m = 0; m < 12; m++) {
                month[m] = of->expense[m][i];
            }
            const double quantity[QUANTITIES] = {
                year_of(month),         (double)of->outside[i],  (double)of->emergency[i],
                (double)of->rebound[i], (double)of->patients[i], of->people[i] / 1e5,
                of->begins[i],          (double)month[1],        (double)month[6],
            };
            add_future(&self->engine[BG_ENGINE_FAST][cell], quantity, self->central[cell]);
        }
    }
}

static void draw_reference(const comparison *self, size_t replications)
{
    const bg_demand *demand = self->model.demand;
    bg_sampler *sampler = bg_sampler_new(demand);
    bg_future path;
    assert_non_null(sampler);
    assert_int_equal(bg_future_init(&path, demand), BG_OK);
    for (size_t i = 1; i <= replications; i++) {
        assert_int_equal(bg_demand_draw(demand, sampler, (uint32_t)i, &path), BG_OK);
        add_path(self, &path);
    }
    bg_future_free(&path);
    bg_sampler_free(sampler);
}

static void draw_fast(const comparison *self, size_t replications)
{
    const bg_demand *demand = self->model.demand;
    bg_block_sampler *sampler = bg_block_sampler_new(demand, BLOCK);
    demand_block block = demand_block_new(demand, BLOCK);
    assert_non_null(sampler);
    for (size_t first = 0; first < replications; first += BLOCK) {
        const size_t left = replications - first, n = left < BLOCK ? left : BLOCK;
        assert_int_equal(
            bg_demand_draw_block(demand, sampler, (uint32_t)first + 1, n, block.columns), BG_OK);
        add_columns(self, block.columns, n);
    }
    demand_block_free(&block);
    bg_block_sampler_free(sampler);
}

/* Mean, squared standard error; of the variance, too. */
typedef struct estimate {
    double value, square_error;
} estimate;

static estimate mean_of(const tally *self, double n)
{
    const double mean = self->power[0] / n;
    return (estimate){mean, (self->power[1] / n - mean * mean) / n};
}

static estimate variance_of(const tally *self, double n)
{
    const double m = self->power[0] / n, p2 = self->power[1] / n, p3 = self->power[2] / n;
    const double variance = p2 - m * m;
    const double fourth = self->power[3] / n - 4 * m * p3 + 6 * m * m * p2 - 3 * m * m * m * m;
    return (estimate){variance, (fourth - variance * variance) / n};
}

static void check(estimate reference, estimate fast, double bound, size_t cell, const char *what,
                  size_t which)
{
    const double error = sqrt(reference.square_error + fast.square_error);
    const double off = fabs(reference.value - fast.value);
    /* Amounts in fen are rounded at other levels: a fen in 10^8 is no difference. */
    if (!(off <= bound * error + 1e-8)) {
        fail_msg("scheme and year %zu, %s %zu: reference %.8g, fast %.8g, %.2f joint errors", cell,
                 what, which, reference.value, fast.value, off / error);
    }
}

static void check_cell(const comparison *self, size_t cell, double bound)
{
    const sample *a = &self->engine[0][cell], *b = &self->engine[1][cell];
    const double n = (double)a->n;
    for (size_t i = 0; i < QUANTITIES; i++) {
        check(mean_of(&a->quantity[i], n), mean_of(&b->quantity[i], n), bound, cell, "mean", i);
        check(variance_of(&a->quantity[i], n), variance_of(&b->quantity[i], n), bound, cell,
              "variance", i);
    }
    for (size_t i = 0; i < POINTS; i++) {
        const double p = a->below[i] / n, q = b->below[i] / n, both = (p + q) / 2;
        const double square = both * (1 - both) / n;
        check((estimate){p, square}, (estimate){q, square}, bound, cell, "share below point", i);
    }
}

static void start(comparison *self, const bg_scenario *scenario)
{
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_model_read(scenario, &self->model, &errors), BG_OK);
    bg_errors_free(&errors);
    self->cells = self->model.contract.history.scheme_count * self->model.contract.years;
    self->central = calloc(self->cells, sizeof *self->central);
    bg_future path;
    assert_non_null(self->central);
    assert_int_equal(bg_future_init(&path, self->model.demand), BG_OK);
    assert_int_equal(bg_demand_central(self->model.demand, &path), BG_OK);
    for (size_t cell = 0; cell < self->cells; cell++) {
        self->central[cell] = year_of(path.expense + 12 * cell);
    }
    bg_future_free(&path);
    for (int kind = 0; kind < 2; kind++) {
        self->engine[kind] = calloc(self->cells, sizeof(sample));
        assert_non_null(self->engine[kind]);
    }
}

void compare_engines(const char *scenario, size_t replications)
{
    comparison self;
    bg_scenario *parsed = parse_scenario(scenario, NULL);
    start(&self, parsed);
    draw_reference(&self, replications);
    draw_fast(&self, replications);
    const double tests = (double)(self.cells * (2 * QUANTITIES + POINTS));
    const double bound = gsl_cdf_ugaussian_Qinv(1e-3 / tests / 2);
    for (size_t cell = 0; cell < self.cells; cell++) {
        check_cell(&self, cell, bound);
    }
    free(self.engine[0]);
    free(self.engine[1]);
    free(self.central);
    bg_model_free(&self.model);
    bg_scenario_free(parsed);
}
