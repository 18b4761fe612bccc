/* Direct cost of incidents: to the fen by hand where it is certain, by closed forms where not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_loaded.h"
#include "../../support/says.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { EMPLOYEES, IN, OUT, LINES };
enum { YEARS = 2, N = 5000 };

/* In 2025 60 and 20 million are expected of the residents' lines, 20 * 1.05 = 21 million of the employees. */
static const char county[] =
    "history: {2024: {residents.inpatient.in: {cases: 10000, paid: 60M},\n"
    "                 residents.inpatient.out: {cases: 200, paid: 20M}, employees.total: 20M}}\n"
    "people: {residents: {count: 100000, growth: 0%, growth_sd: 0%},\n"
    "         employees: {count: 10000, growth: 5%, growth_sd: 0%}}\n"
    "demand: {trend: {prior: 0%, prior_sd: 0%}, emergency: {probability: 0%},\n"
    "         services: {inpatient: {frequency_trend: 0%, cost_trend: 0%}}}\n"
    "budget: {growth: 0%}\n"
    "simulation: {years: 2}\n";

/* 40.4 million in four months: 6, 2 and 2.1 million a month. */
#define WINTER "from: 2025-11, until: 2026-02, direct_cost: 40.4M"

static const bg_fen a_month[LINES] = {[IN] = 600000000, [OUT] = 200000000, [EMPLOYEES] = 210000000};

static demand_loaded load(const char *incident)
{
    char text[2048];
    snprintf(text, sizeof text, "%sincidents: {%s}\n", county, incident);
    return demand_load(text);
}

static demand_loaded load_valid(const char *incident)
{
    demand_loaded self = load(incident);
    assert_int_equal(self.status, BG_OK);
    return self;
}

static bool paid_in(size_t year, size_t month)
{
    return year == 0 ? month >= 10 : month < 2;
}

static bg_fen residents_of(size_t year, size_t month)
{
    return paid_in(year, month) ? a_month[IN] + a_month[OUT] : 0;
}

static bg_fen employees_of(size_t year, size_t month)
{
    return paid_in(year, month) ? a_month[EMPLOYEES] : 0;
}

/* ---- certain ---- */

/* What `with` adds to `without`, month by month. */
static void assert_paths(const bg_future *with, const bg_future *without, bool emergency)
{
    for (size_t year = 0; year < YEARS; year++) {
        bg_fen line[LINES] = {0};
        for (size_t month = 0; month < 12; month++) {
            const size_t r = BG_FUTURE_MONTH(with, 0, year, month);
            const size_t e = BG_FUTURE_MONTH(with, 1, year, month);
            const bool paid = paid_in(year, month);
            const bg_fen residents = residents_of(year, month);
            assert_int_equal(with->expense[r] - without->expense[r], residents);
            assert_int_equal(with->expense[e] - without->expense[e], employees_of(year, month));
            assert_int_equal(with->outside[r] - without->outside[r], paid ? a_month[OUT] : 0);
            assert_int_equal(with->emergency[r] - without->emergency[r], emergency ? residents : 0);
            assert_int_equal(with->rebound[r], without->rebound[r]);
            for (size_t i = 0; i < LINES; i++) {
                line[i] += paid ? a_month[i] : 0;
            }
        }
        for (size_t i = 0; i < LINES; i++) {
            const size_t at = BG_FUTURE_YEAR(with, i, year);
            assert_int_equal(with->line_paid[at] - without->line_paid[at], line[i]);
            assert_true(with->line_cases[at] == without->line_cases[at]);
        }
        assert_int_equal(with->patients[year], without->patients[year]);
    }
}

static void a_future_pays_equal_parts_in_the_months_of_the_incident(void **state)
{
    (void)state;
    for (int emergency = 0; emergency < 2; emergency++) {
        demand_loaded with =
            load_valid(emergency ? "camp: {" WINTER "}" : "camp: {" WINTER ", emergency: false}");
        demand_loaded without = load_valid("");
        bg_sampler *sampler = bg_sampler_new(with.demand);
        bg_future a, b;
        assert_int_equal(bg_future_init(&a, with.demand), BG_OK);
        assert_int_equal(bg_future_init(&b, without.demand), BG_OK);
        for (uint32_t replication = 1; replication <= 20; replication++) {
            assert_int_equal(bg_demand_draw(with.demand, sampler, replication, &a), BG_OK);
            assert_int_equal(bg_demand_draw(without.demand, sampler, replication, &b), BG_OK);
            assert_paths(&a, &b, emergency);
            assert_true(a.begins[0] == (emergency == 1) && !a.begins[1]);
        }
        assert_int_equal(bg_demand_central(with.demand, &a), BG_OK);
        assert_int_equal(bg_demand_central(without.demand, &b), BG_OK);
        assert_paths(&a, &b, emergency);
        bg_future_free(&a);
        bg_future_free(&b);
        bg_sampler_free(sampler);
        demand_unload(&with);
        demand_unload(&without);
    }
}

/* Care outside may be kept apart from that in the county. */
static void assert_columns(const demand_block *with, const demand_block *without, bool emergency,
                           bool apart)
{
    for (size_t i = 0; i < (size_t)YEARS * with->capacity; i++) {
        const size_t year = i / with->capacity, future = i % with->capacity;
        const bg_demand_columns *a = &with->columns[0][year], *b = &without->columns[0][year];
        const bg_demand_columns *c = &with->columns[1][year], *d = &without->columns[1][year];
        bg_fen all = 0;
        for (size_t month = 0; month < 12; month++) {
            const bg_fen residents = residents_of(year, month);
            const bg_fen out = apart && residents ? a_month[OUT] : 0;
            assert_int_equal(a->expense[month][future] - b->expense[month][future],
                             residents - out);
            assert_int_equal(c->expense[month][future] - d->expense[month][future],
                             employees_of(year, month));
            all += residents;
        }
        assert_int_equal(a->outside[future] - b->outside[future], 2 * a_month[OUT]);
        assert_int_equal(a->emergency[future] - b->emergency[future], emergency ? all : 0);
        assert_int_equal(a->patients[future], b->patients[future]);
        assert_true(a->begins[future] == (emergency && year == 0) && !b->begins[future]);
    }
}

static void set_apart(demand_block *block, bool apart)
{
    for (size_t i = 0; i < (size_t)YEARS * 2; i++) {
        block->columns[i / YEARS][i % YEARS].outside_apart = apart;
    }
}

static void a_block_of_futures_pays_them_too(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        const bool emergency = i & 1, apart = i & 2;
        demand_loaded with =
            load_valid(emergency ? "camp: {" WINTER "}" : "camp: {" WINTER ", emergency: false}");
        demand_loaded without = load_valid("");
        demand_block a = demand_block_new(with.demand, 50), b = demand_block_new(with.demand, 50);
        set_apart(&a, apart);
        set_apart(&b, apart);
        assert_int_equal(demand_block_draw(&a, with.demand, 50), BG_OK);
        assert_int_equal(demand_block_draw(&b, without.demand, 50), BG_OK);
        assert_columns(&a, &b, emergency, apart);
        demand_block_free(&a);
        demand_block_free(&b);
        demand_unload(&with);
        demand_unload(&without);
    }
}

/* ---- uncertain ---- */

/* 40 % of futures; in these the logarithm of the yuan is normal about ln 2,000,000, with the sd
 * ln 4 / (2 * 1.2815515655). */
#define UNCERTAIN                                                                                  \
    "camp: {lines: [residents.inpatient.*], from: 2026-06, until: 2026-06, probability: 40%,\n"    \
    "       direct_cost: {p10: 1000000, p90: 4000000}}"
static const double chance = 0.4, log_sd = 0.5408656188293053;

typedef struct sizes {
    double happens, sum, squares;
} sizes;

static void count_size(sizes *self, bg_fen more)
{
    if (more != 0) {
        const double log_yuan = log((double)more / 100);
        self->happens++;
        self->sum += log_yuan;
        self->squares += log_yuan * log_yuan;
    }
}

static void assert_sizes(const sizes *self)
{
    const double mean = self->sum / self->happens;
    const double spread = sqrt(self->squares / self->happens - mean * mean);
    assert_close(self->happens / N, chance, 4 * sqrt(chance * (1 - chance) / N));
    assert_close(mean, log(2000000), 4 * log_sd / sqrt(self->happens));
    assert_close(spread, log_sd, 4 * log_sd / sqrt(2 * self->happens));
}

static void an_uncertain_cost_is_paid_where_the_incident_happens(void **state)
{
    (void)state;
    demand_loaded with = load_valid(UNCERTAIN), without = load_valid("");
    demand_block a = demand_block_new(with.demand, N), b = demand_block_new(with.demand, N);
    assert_int_equal(demand_block_draw(&a, with.demand, 100), BG_OK);
    assert_int_equal(demand_block_draw(&b, without.demand, 100), BG_OK);
    bg_sampler *sampler = bg_sampler_new(with.demand);
    bg_future c, d;
    assert_int_equal(bg_future_init(&c, with.demand), BG_OK);
    assert_int_equal(bg_future_init(&d, without.demand), BG_OK);
    sizes fast = {0}, reference = {0};
    for (uint32_t i = 0; i < N; i++) {
        count_size(&fast, a.columns[0][1].expense[5][i] - b.columns[0][1].expense[5][i]);
        assert_int_equal(bg_demand_draw(with.demand, sampler, i + 1, &c), BG_OK);
        assert_int_equal(bg_demand_draw(without.demand, sampler, i + 1, &d), BG_OK);
        const size_t june = BG_FUTURE_MONTH(&c, 0, 1, 5);
        count_size(&reference, c.expense[june] - d.expense[june]);
    }
    assert_sizes(&fast);
    assert_sizes(&reference);
    bg_future_free(&c);
    bg_future_free(&d);
    bg_sampler_free(sampler);
    demand_block_free(&a);
    demand_block_free(&b);
    demand_unload(&with);
    demand_unload(&without);
}

/* 0.4 * 2,000,000 e^(0.5408656^2 / 2) yuan, three quarters of it inside. */
static void its_mean_is_closed(void **state)
{
    (void)state;
    demand_loaded with = load_valid(UNCERTAIN), without = load_valid("");
    const double expected = chance * 200000000 * exp(log_sd * log_sd / 2);
    static const double share[LINES] = {[IN] = 0.75, [OUT] = 0.25};
    bg_future a, b;
    assert_int_equal(bg_future_init(&a, with.demand), BG_OK);
    assert_int_equal(bg_future_init(&b, without.demand), BG_OK);
    assert_int_equal(bg_demand_central(with.demand, &a), BG_OK);
    assert_int_equal(bg_demand_central(without.demand, &b), BG_OK);
    for (size_t i = 0; i < LINES; i++) {
        const double more =
            bg_demand_mean(with.demand, i, 1) - bg_demand_mean(without.demand, i, 1);
        const size_t at = BG_FUTURE_YEAR(&a, i, 1);
        assert_close(more, share[i] * expected, 20);
        assert_close((double)(a.line_paid[at] - b.line_paid[at]), share[i] * expected, 21);
        assert_true(bg_demand_mean(with.demand, i, 0) == bg_demand_mean(without.demand, i, 0));
    }
    bg_future_free(&a);
    bg_future_free(&b);
    demand_unload(&with);
    demand_unload(&without);
}

/* With more cases in the same futures: 4 standard errors. */
static void simulated_means_are_those_of_the_formula(void **state)
{
    (void)state;
    demand_loaded self =
        load_valid("flu: {from: 2025-11, until: 2026-02, probability: 50%, emergency: false,\n"
                   "      cases: {p10: 5%, p90: 40%}, direct_cost: {p10: 2M, p90: 20M}}");
    demand_block block = demand_block_new(self.demand, (size_t)4 * N);
    assert_int_equal(demand_block_draw(&block, self.demand, 100), BG_OK);
    for (size_t year = 0; year < YEARS; year++) {
        double sum = 0, square = 0;
        for (size_t i = 0; i < block.capacity; i++) {
            const double expense = (double)demand_block_expense(&block, 0, year, i);
            sum += expense / (double)block.capacity;
            square += expense * expense / (double)block.capacity;
        }
        const double expected =
            bg_demand_mean(self.demand, IN, year) + bg_demand_mean(self.demand, OUT, year);
        assert_close(sum, expected, 4 * sqrt((square - sum * sum) / (double)block.capacity));
    }
    demand_block_free(&block);
    demand_unload(&self);
}

/* ---- nothing ---- */

static uint64_t hash_of(const demand_loaded *self)
{
    demand_block block = demand_block_new(self->demand, 200);
    assert_int_equal(demand_block_draw(&block, self->demand, 64), BG_OK);
    const uint64_t hash = demand_block_hash(&block);
    demand_block_free(&block);
    return hash;
}

static void a_cost_of_nothing_or_one_left_out_leaves_every_bit(void **state)
{
    (void)state;
    static const char flu[] = "flu: {from: 2025-11, until: 2026-02, cases: 20%}";
    demand_loaded none = load_valid(""), plain = load_valid(flu);
    demand_loaded zero =
        load_valid("flu: {from: 2025-11, until: 2026-02, cases: 20%, direct_cost: 0}");
    demand_loaded camp = load_valid("camp: {" WINTER "}, fair: {from: 2025-01, until: 2025-01,\n"
                                    "  direct_cost: 0}");
    assert_int_equal(hash_of(&zero), hash_of(&plain));
    assert_int_not_equal(hash_of(&camp), hash_of(&none));
    bg_demand_keep_changes(camp.demand, 2); /* the fair alone */
    assert_int_equal(hash_of(&camp), hash_of(&none));
    assert_true(bg_demand_mean(camp.demand, IN, 0) == bg_demand_mean(none.demand, IN, 0));
    demand_unload(&none);
    demand_unload(&plain);
    demand_unload(&zero);
    demand_unload(&camp);
}

/* ---- errors ---- */

static void what_is_not_an_amount_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *direct_cost, *message;
    } cases[] = {
        {"{p10: 1M}", "This is one amount such as 2000000, or has both p10 and p90."},
        {"{amount: 1M, p90: 2M}", "This is one amount such as 2000000, or has both p10 and p90."},
        {"{p10: 2M, p90: 2M}", "p90 must be above p10."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char incident[256];
        snprintf(incident, sizeof incident,
                 "camp: {from: 2025-01, until: 2025-01, direct_cost: %s}", cases[i].direct_cost);
        demand_loaded self = load(incident);
        assert_int_not_equal(self.status, BG_OK);
        assert_says(self.errors.items[0].message, cases[i].message);
        demand_unload(&self);
    }
}

/* Eleven times 10^14 fen in one month of a line. */
static void a_month_beyond_the_bound_is_an_overflow(void **state)
{
    (void)state;
    char incidents[1536] = "";
    for (int i = 0; i < 11; i++) {
        const size_t used = strlen(incidents);
        snprintf(incidents + used, sizeof incidents - used,
                 "%scamp_%d: {lines: [employees.total], from: 2025-01, until: 2025-01,\n"
                 "  direct_cost: 1000000000000}",
                 i ? ",\n" : "", i);
    }
    demand_loaded self = load_valid(incidents);
    demand_block block = demand_block_new(self.demand, 10);
    assert_int_equal(demand_block_draw(&block, self.demand, 10), BG_OVERFLOW);
    bg_sampler *sampler = bg_sampler_new(self.demand);
    bg_future path;
    assert_int_equal(bg_future_init(&path, self.demand), BG_OK);
    assert_int_equal(bg_demand_draw(self.demand, sampler, 1, &path), BG_OVERFLOW);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    demand_block_free(&block);
    demand_unload(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_future_pays_equal_parts_in_the_months_of_the_incident),
        cmocka_unit_test(a_block_of_futures_pays_them_too),
        cmocka_unit_test(an_uncertain_cost_is_paid_where_the_incident_happens),
        cmocka_unit_test(its_mean_is_closed),
        cmocka_unit_test(simulated_means_are_those_of_the_formula),
        cmocka_unit_test(a_cost_of_nothing_or_one_left_out_leaves_every_bit),
        cmocka_unit_test(what_is_not_an_amount_is_refused),
        cmocka_unit_test(a_month_beyond_the_bound_is_an_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
