#include "../../support/demand_block.h"
#include "../../support/projected.h"
#include "../../support/says.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void start(projected *self, const char *text, int threads)
{
    start_projection(self, text, NULL, threads);
}

static void start_with(projected *self, const char *text, const bg_projection_options *options)
{
    start_projection_with(self, text, NULL, options);
}

/* For each unit, year and replication. */
#define EACH_DRAW(self, u, y, i)                                                                   \
    for (size_t u = 0; u < bg_projection_unit_count((self)->projection); u++)                      \
        for (size_t y = 0; y < bg_projection_year_count((self)->projection); y++)                  \
            for (size_t i = 0; i < bg_projection_replications((self)->projection); i++)

/* Two schemes, four lines, emergencies, a disallowed share, pools, an opening balance. */
static const char county[] =
    "money_unit: wan\n"
    "history:\n"
    "  2022: {residents.inpatient.in: {cases: 70000, cost: 32000, paid: 20000},\n"
    "         residents.inpatient.out: {cases: 15000, cost: 20000, paid: 11000},\n"
    "         residents.outpatient.in: {cases: 900000, cost: 9000, paid: 5000},\n"
    "         employees.total: 9000}\n"
    "  2023: {residents.inpatient.in: {cases: 73000, cost: 33000, paid: 21000},\n"
    "         residents.inpatient.out: {cases: 16000, cost: 21000, paid: 12000},\n"
    "         residents.outpatient.in: {cases: 950000, cost: 9500, paid: 5300},\n"
    "         employees.total: 9600}\n"
    "  2024: {residents.inpatient.in: {cases: 75000, cost: 35000, paid: 22000},\n"
    "         residents.inpatient.out: {cases: 17000, cost: 23000, paid: 13000},\n"
    "         residents.outpatient.in: {cases: 990000, cost: 9900, paid: 5600},\n"
    "         employees.total: 9900}\n"
    "people: {residents: 400000, employees: 40000}\n"
    "budget: {growth: 9%, funds: {guarantee: 3%, risk: {rate: 2%, carry_over: true,\n"
    "         opening: 300}}, base: {completion: {2024: 98%, other: 100%}}}\n"
    "performance: {score: {2025: 92, 2026: 85, later: 55}}\n"
    "pool: {residents: {income_per_head: 1010, balance: 500}, employees: {income_per_head: 2400}}\n"
    "demand: {disallowed: 1%, emergency: {probability: 20%}}\n"
    "simulation: {years: 3, replications: 300}\n";

/* ---- reproducibility ---- */

static void assert_same(const projected *a, const projected *b)
{
    const bg_projection *p = a->projection;
    const bg_projection *q = b->projection;
    const size_t n = bg_projection_replications(p);
    for (size_t u = 0; u < bg_projection_unit_count(p); u++) {
        for (size_t y = 0; y < bg_projection_year_count(p); y++) {
            for (size_t o = 0; o < bg_projection_outcome_count(p); o++) {
                assert_memory_equal(bg_projection_draws(p, u, y, o),
                                    bg_projection_draws(q, u, y, o), n * sizeof(bg_fen));
                assert_true(bg_projection_central(p, u, y, o) == bg_projection_central(q, u, y, o));
                const bg_statistics *s = bg_projection_statistics(p, u, y, o);
                const bg_statistics *t = bg_projection_statistics(q, u, y, o);
                assert_true(s->mean == t->mean && s->sd == t->sd);
                assert_true(s->tvar_upper == t->tvar_upper && s->tvar_lower == t->tvar_lower);
                assert_true(s->quantile[BG_Q99].value == t->quantile[BG_Q99].value);
            }
            for (size_t month = 0; month < 12; month++) {
                assert_true(bg_projection_cash(p, u, y, month)->mean ==
                            bg_projection_cash(q, u, y, month)->mean);
            }
            for (bg_event e = 0; e < BG_EVENT_COUNT; e++) {
                assert_int_equal(bg_projection_probability(p, u, y, e).hits,
                                 bg_projection_probability(q, u, y, e).hits);
            }
        }
    }
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    (void)state;
    projected one;
    start(&one, county, 1);
    projected two;
    start(&two, county, 2);
    projected eight;
    start(&eight, county, 8);
    assert_same(&one, &two);
    assert_same(&one, &eight);
    finish_projection(&one);
    finish_projection(&two);
    finish_projection(&eight);
}

static void any_size_of_blocks_gives_the_same_bytes(void **state)
{
    (void)state;
    projected usual;
    start(&usual, county, 2);
    static const size_t sizes[] = {1, 7, 128, 1000};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        const bg_projection_options options = {.threads = 2, .block_size = sizes[i]};
        projected other;
        start_with(&other, county, &options);
        assert_same(&usual, &other);
        finish_projection(&other);
    }
    finish_projection(&usual);
}

/* Two outcomes of 25, and no cash by month. */
static void what_is_not_wanted_is_absent_and_changes_nothing_else(void **state)
{
    (void)state;
    projected all, few;
    start(&all, county, 2);
    bool wanted[BG_OUTCOME_COUNT + 8] = {[BG_OUTCOME_balance] = true,
                                         [BG_OUTCOME_COUNT + 1] = true};
    const bg_projection_options options = {.threads = 2, .outcomes = wanted, .no_cash = true};
    start_with(&few, county, &options);
    EACH_DRAW(&all, u, y, i)
    {
        for (size_t o = 0; i == 0 && o < bg_projection_outcome_count(all.projection); o++) {
            const bg_statistics *s = bg_projection_statistics(few.projection, u, y, o);
            assert_true((s != NULL) == wanted[o]);
            assert_true((bg_projection_draws(few.projection, u, y, o) != NULL) == wanted[o]);
            assert_true(bg_projection_central(few.projection, u, y, o) ==
                        bg_projection_central(all.projection, u, y, o));
            size_t n[4];
            double mean[4], se[4];
            bg_projection_convergence(few.projection, u, y, o, n, mean, se);
            assert_true(isnan(mean[3]) == !wanted[o]);
        }
        for (bg_event e = 0; i == 0 && e < BG_EVENT_COUNT; e++) {
            assert_int_equal(bg_projection_probability(few.projection, u, y, e).hits,
                             bg_projection_probability(all.projection, u, y, e).hits);
        }
        assert_null(bg_projection_cash(few.projection, u, y, 3));
        assert_true(bg_projection_draws(few.projection, u, y, BG_OUTCOME_COUNT + 1)[i] ==
                    bg_projection_draws(all.projection, u, y, BG_OUTCOME_COUNT + 1)[i]);
    }
    assert_true(bg_projection_statistics(few.projection, 1, 2, BG_OUTCOME_balance)->tvar_lower ==
                bg_projection_statistics(all.projection, 1, 2, BG_OUTCOME_balance)->tvar_lower);
    finish_projection(&few);
    finish_projection(&all);
}

/* ---- runs too long to keep their draws ---- */

static const char long_run[] = "history: {2024: 110M}\n"
                               "budget: {growth: 4%}\n"
                               "simulation: {years: 1, replications: 100500}\n";

static void start_long(projected *self, int threads, size_t block_size)
{
    static const bool wanted[64] = {[BG_OUTCOME_balance] = true, [BG_OUTCOME_overspend] = true};
    const bg_projection_options options = {
        .threads = threads, .block_size = block_size, .outcomes = wanted, .no_cash = true};
    start_with(self, long_run, &options);
}

static void a_long_run_is_the_same_for_any_threads_and_blocks(void **state)
{
    (void)state;
    projected a, b;
    start_long(&a, 1, 64);
    start_long(&b, 3, 1000);
    static const bg_outcome outcomes[] = {BG_OUTCOME_balance, BG_OUTCOME_overspend};
    for (size_t i = 0; i < COUNT(outcomes); i++) {
        const bg_statistics *s = bg_projection_statistics(a.projection, 0, 0, outcomes[i]);
        const bg_statistics *t = bg_projection_statistics(b.projection, 0, 0, outcomes[i]);
        assert_null(bg_projection_draws(a.projection, 0, 0, outcomes[i]));
        for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
            assert_true(s->quantile[q].value == t->quantile[q].value);
            assert_true(s->quantile[q].low == t->quantile[q].low);
            assert_true(s->quantile[q].high == t->quantile[q].high);
        }
        assert_true(s->n == 100500 && s->mean == t->mean && s->sd == t->sd);
        assert_true(s->tvar_lower == t->tvar_lower && s->tvar_upper_se == t->tvar_upper_se);
    }
    assert_int_equal(bg_projection_probability_ever(a.projection, 0, BG_EVENT_overspend).hits,
                     bg_projection_probability_ever(b.projection, 0, BG_EVENT_overspend).hits);
    finish_projection(&a);
    finish_projection(&b);
}

/* The balance is below zero as often as there is an overspend. A cover may make it zero exactly. */
static void a_long_run_has_a_distribution_without_draws(void **state)
{
    (void)state;
    projected r;
    start_long(&r, 2, 0);
    const bg_statistics *s = bg_projection_statistics(r.projection, 0, 0, BG_OUTCOME_balance);
    const bg_fen edges[] = {s->minimum, 0, s->maximum + 1};
    size_t below[3];
    assert_int_equal(bg_projection_below(r.projection, 0, 0, BG_OUTCOME_balance, edges, 3, below),
                     BG_OK);
    const size_t hits = bg_projection_probability(r.projection, 0, 0, BG_EVENT_overspend).hits;
    assert_true(below[0] == 0 && below[2] == 100500);
    assert_int_equal(below[1], hits); /* bins end at 0 */
    finish_projection(&r);
}

/* ---- draws in passing ---- */

typedef struct passage {
    size_t n, calls, fail_at;
    bg_fen balance, january;
    size_t overspent;
} passage;

static bg_status count_passing(void *context, const bg_projection *p, size_t first, size_t n,
                               bg_errors *errors)
{
    passage *self = context;
    assert_true(first == self->n && n > 0);
    self->n += n;
    for (size_t i = 0; i < n; i++) {
        self->balance += bg_projection_passing(p, 0, 1, BG_OUTCOME_balance)[i];
        self->january += bg_projection_passing_cash(p, 1, 2, 0)[i];
        self->overspent += bg_projection_passing_events(p, 2, 0)[i] >> BG_EVENT_overspend & 1;
    }
    return ++self->calls == self->fail_at
               ? bg_errors_say(errors, BG_IO, BG_NOWHERE, NULL, "test", "no room", "no room")
               : BG_OK;
}

static void draws_pass_in_order_and_all_of_them(void **state)
{
    (void)state;
    passage passed = {0};
    const bg_projection_options options = {
        .threads = 3, .take = count_passing, .take_context = &passed};
    projected r;
    start_with(&r, county, &options);
    assert_int_equal(passed.n, 300);
    bg_fen balance = 0;
    for (size_t i = 0; i < 300; i++) {
        balance += bg_projection_draws(r.projection, 0, 1, BG_OUTCOME_balance)[i];
    }
    assert_true(passed.balance == balance);
    assert_true(
        fabs((double)passed.january / 300 - bg_projection_cash(r.projection, 1, 2, 0)->mean) < 1);
    assert_int_equal(passed.overspent,
                     bg_projection_probability(r.projection, 2, 0, BG_EVENT_overspend).hits);
    finish_projection(&r);
}

static void who_takes_draws_can_end_the_run(void **state)
{
    (void)state;
    bg_scenario *scenario = parse_scenario(county, NULL);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    passage passed = {.fail_at = 1};
    const bg_projection_options options = {.take = count_passing, .take_context = &passed};
    bg_projection *projection;
    assert_int_equal(bg_projection_run(&model, &options, &projection, &errors), BG_IO);
    assert_null(projection);
    assert_int_equal(errors.error_count, 1);
    bg_errors_free(&errors);
    bg_model_free(&model);
    bg_scenario_free(scenario);
}

static void figures_do_not_depend_on_the_order_in_the_file(void **state)
{
    (void)state;
    static const char turned[] =
        "money_unit: wan\n"
        "simulation: {replications: 300, years: 3}\n"
        "demand: {emergency: {probability: 20%}, disallowed: 1%}\n"
        "pool: {employees: {income_per_head: 2400}, residents: {balance: 500, income_per_head: "
        "1010}}\n"
        "performance: {score: {2025: 92, 2026: 85, later: 55}}\n"
        "budget: {funds: {risk: {opening: 300, rate: 2%, carry_over: true}, guarantee: 3%},\n"
        "         base: {completion: {2024: 98%, other: 100%}}, growth: 9%}\n"
        "settlement:\n"
        "  - disallow: {}\n"
        "  - release: {fund: guarantee, by_score: {90: 100%, 80: 80%, 60: 50%, 0: 0%}, rest: "
        "pool}\n"
        "  - cover_emergency: {fund: risk}\n"
        "  - share_surplus: {base: budget, bands: {10%: 100%, rest: 0%}}\n"
        "  - share_overspend: {base: budget, bands: {5%: 30%, 10%: 50%, rest: 100%}, payer: pool}\n"
        "  - split: {village_clinics: 10%, county_hospital: 60%, township_centres: 30%}\n"
        "  - clear: {}\n"
        "people: {employees: 40000, residents: 400000}\n"
        "history:\n"
        "  2022: {employees.total: 9000,\n"
        "         residents.outpatient.in: {cases: 900000, cost: 9000, paid: 5000},\n"
        "         residents.inpatient.out: {cases: 15000, cost: 20000, paid: 11000},\n"
        "         residents.inpatient.in: {cases: 70000, cost: 32000, paid: 20000}}\n"
        "  2023: {residents.inpatient.in: {cases: 73000, cost: 33000, paid: 21000},\n"
        "         residents.inpatient.out: {cases: 16000, cost: 21000, paid: 12000},\n"
        "         residents.outpatient.in: {cases: 950000, cost: 9500, paid: 5300},\n"
        "         employees.total: 9600}\n"
        "  2024: {residents.inpatient.out: {cases: 17000, cost: 23000, paid: 13000},\n"
        "         residents.inpatient.in: {cases: 75000, cost: 35000, paid: 22000},\n"
        "         employees.total: 9900,\n"
        "         residents.outpatient.in: {cases: 990000, cost: 9900, paid: 5600}}\n";
    projected a;
    start(&a, county, 2);
    projected b;
    start(&b, turned, 2);
    const size_t n = bg_projection_replications(a.projection);
    for (size_t u = 0; u < bg_projection_unit_count(a.projection); u++) {
        assert_string_equal(bg_projection_unit(a.projection, u),
                            bg_projection_unit(b.projection, u));
        for (size_t y = 0; y < bg_projection_year_count(a.projection); y++) {
            for (size_t o = 0; o < bg_projection_outcome_count(a.projection); o++) {
                const char *name = bg_projection_outcome(a.projection, o);
                assert_memory_equal(projected_draws(&a, u, y, name),
                                    projected_draws(&b, u, y, name), n * sizeof(bg_fen));
            }
        }
    }
    finish_projection(&a);
    finish_projection(&b);
}

/* Each month of each line is rounded to the fen once: 36 month-lines a year in residents, and the
 * rules round a dozen times more. Balances gather the differences of three years. */
static void doubling_all_money_doubles_every_outcome(void **state)
{
    (void)state;
    static const char doubled[] =
        "money_unit: wan\n"
        "history:\n"
        "  2022: {residents.inpatient.in: {cases: 70000, cost: 64000, paid: 40000},\n"
        "         residents.inpatient.out: {cases: 15000, cost: 40000, paid: 22000},\n"
        "         residents.outpatient.in: {cases: 900000, cost: 18000, paid: 10000},\n"
        "         employees.total: 18000}\n"
        "  2023: {residents.inpatient.in: {cases: 73000, cost: 66000, paid: 42000},\n"
        "         residents.inpatient.out: {cases: 16000, cost: 42000, paid: 24000},\n"
        "         residents.outpatient.in: {cases: 950000, cost: 19000, paid: 10600},\n"
        "         employees.total: 19200}\n"
        "  2024: {residents.inpatient.in: {cases: 75000, cost: 70000, paid: 44000},\n"
        "         residents.inpatient.out: {cases: 17000, cost: 46000, paid: 26000},\n"
        "         residents.outpatient.in: {cases: 990000, cost: 19800, paid: 11200},\n"
        "         employees.total: 19800}\n"
        "people: {residents: 400000, employees: 40000}\n"
        "budget: {growth: 9%, funds: {guarantee: 3%, risk: {rate: 2%, carry_over: true,\n"
        "         opening: 600}}, base: {completion: {2024: 98%, other: 100%}}}\n"
        "performance: {score: {2025: 92, 2026: 85, later: 55}}\n"
        "pool: {residents: {income_per_head: 2020, balance: 1000},\n"
        "       employees: {income_per_head: 4800}}\n"
        "demand: {disallowed: 1%, emergency: {probability: 20%}}\n"
        "simulation: {years: 3, replications: 300}\n";
    projected once;
    start(&once, county, 2);
    projected twice;
    start(&twice, doubled, 2);
    for (size_t o = 0; o < bg_projection_outcome_count(once.projection); o++) {
        EACH_DRAW(&once, u, y, i)
        {
            const bg_fen single = bg_projection_draws(once.projection, u, y, o)[i];
            const bg_fen both = bg_projection_draws(twice.projection, u, y, o)[i];
            assert_true(llabs(both - 2 * single) <= 500);
        }
    }
    finish_projection(&once);
    finish_projection(&twice);
}

static bg_fen yearly(const bg_fen *months)
{
    bg_fen sum = 0;
    for (size_t month = 0; month < 12; month++) {
        sum += months[month];
    }
    return sum;
}

static void start_engine(projected *self, const char *engine)
{
    const char *const overrides[] = {engine, NULL};
    start_projection(self, county, overrides, 2);
}

/* Entry i is future i + 1, in whichever block it falls. */
static void futures_of_the_reference_engine_are_its_demand_in_order(void **state)
{
    (void)state;
    static const size_t entries[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 63, 64, 299};
    projected r;
    start_engine(&r, "simulation.engine=reference");
    bg_future path;
    assert_int_equal(bg_future_init(&path, r.model.demand), BG_OK);
    bg_sampler *sampler = bg_sampler_new(r.model.demand);
    assert_non_null(sampler);
    for (size_t e = 0; e < COUNT(entries); e++) {
        const size_t i = entries[e];
        assert_int_equal(bg_demand_draw(r.model.demand, sampler, (uint32_t)i + 1, &path), BG_OK);
        for (size_t u = 0; u < 2; u++) {
            for (size_t y = 0; y < 3; y++) {
                const size_t january = BG_FUTURE_MONTH(&path, u, y, 0);
                assert_true(projected_draws(&r, u, y, "expense")[i] ==
                            yearly(path.expense + january));
                assert_true(projected_draws(&r, u, y, "outside")[i] ==
                            yearly(path.outside + january));
                /* 1 % of what is neither emergency nor its rebound. */
                const bg_fen ordinary = yearly(path.expense + january) -
                                        yearly(path.emergency + january) -
                                        yearly(path.rebound + january);
                assert_true(projected_draws(&r, u, y, "disallowed")[i] == (ordinary + 50) / 100);
                assert_true(projected_draws(&r, u, y, "patients")[i] ==
                            path.patients[BG_FUTURE_YEAR(&path, u, y)]);
            }
        }
    }
    assert_true(projected_statistics(&r, 0, 0, "outside")->minimum > 0);
    assert_true(projected_statistics(&r, 0, 0, "patients")->minimum > 0);
    bg_sampler_free(sampler);
    bg_future_free(&path);
    finish_projection(&r);
}

static void futures_of_the_fast_engine_are_its_demand_in_order(void **state)
{
    (void)state;
    projected r;
    start_engine(&r, "simulation.engine=fast");
    const size_t n = bg_projection_replications(r.projection);
    demand_block block = demand_block_new(r.model.demand, n);
    assert_int_equal(demand_block_draw(&block, r.model.demand, 50), BG_OK);
    for (size_t u = 0; u < 2; u++) {
        for (size_t y = 0; y < 3; y++) {
            const bg_demand_columns *columns = &block.columns[u][y];
            assert_memory_equal(projected_draws(&r, u, y, "outside"), columns->outside,
                                n * sizeof(bg_fen));
            assert_memory_equal(projected_draws(&r, u, y, "patients"), columns->patients,
                                n * sizeof(bg_fen));
            for (size_t i = 0; i < n; i++) {
                const bg_fen expense = demand_block_expense(&block, u, y, i);
                const bg_fen ordinary = expense - columns->emergency[i] - columns->rebound[i];
                assert_true(projected_draws(&r, u, y, "expense")[i] == expense);
                assert_true(projected_draws(&r, u, y, "disallowed")[i] == (ordinary + 50) / 100);
            }
        }
    }
    demand_block_free(&block);
    finish_projection(&r);
}

/* ---- what must hold in every future ---- */

/* All of the payable amount but what is expected outside: of the residents 13000 of the 40600 that
 * 2024 paid, of the employees, whose total alone is known, nothing. */
static bg_fen prepaid_of(const projected *self, size_t unit, size_t year, size_t i)
{
    if (unit == 2) {
        return prepaid_of(self, 0, year, i) + prepaid_of(self, 1, year, i);
    }
    bg_fen prepaid = projected_draws(self, unit, year, "payable")[i];
    if (unit == 0) {
        assert_int_equal(bg_money_times(prepaid, BG_ONE - INT64_C(320197044335), &prepaid), BG_OK);
    }
    return prepaid;
}

static void parts_add_up_to_wholes_in_every_future(void **state)
{
    (void)state;
    projected r;
    start(&r, county, 2);
    EACH_DRAW(&r, u, y, i)
    {
#define AT(name) (projected_draws(&r, u, y, name)[i])
        assert_true(AT("entitlement") == AT("expense") - AT("disallowed") + AT("result"));
        assert_true(AT("entitlement") ==
                    AT("payable") + AT("released") + AT("covered") + AT("shared"));
        assert_true(AT("surplus") >= 0 && AT("overspend") >= 0);
        assert_true(AT("surplus") - AT("overspend") == AT("balance"));
        assert_true(AT("over_budget") ==
                    (AT("expense") > AT("budget") ? AT("expense") - AT("budget") : 0));
        assert_true(AT("institution.county_hospital") + AT("institution.township_centres") +
                        AT("institution.village_clinics") ==
                    AT("result") - AT("disallowed"));
        assert_true(AT("clearing") == AT("entitlement") - AT("outside") - prepaid_of(&r, u, y, i));
        const bg_fen before = y > 0 ? projected_draws(&r, u, y - 1, "reserve")[i] : 0;
        assert_true(AT("reserve") == before + AT("result"));
#undef AT
    }
    finish_projection(&r);
}

/* The pool and the funds pay the entitlement, and nobody else does. */
static void pool_and_funds_pay_the_entitlement_and_nothing_else(void **state)
{
    (void)state;
    projected r;
    start(&r, county, 2);
    static const char *const funds[] = {"fund.guarantee", "fund.risk"};
    for (size_t u = 0; u < 2; u++) {
        for (size_t i = 0; i < bg_projection_replications(r.projection); i++) {
            /* Of the opening 300 wan, the share of a scheme goes by its first total. */
            bg_fen held = bg_budget_fund(r.model.contract.terms[u], 1)->opening;
            bg_fen pool = u == 0 ? 500 * INT64_C(1000000) : 0;
            for (size_t y = 0; y < 3; y++) {
                const bg_fen now =
                    projected_draws(&r, u, y, funds[0])[i] + projected_draws(&r, u, y, funds[1])[i];
                const bg_fen paid = projected_draws(&r, u, y, "entitlement")[i] + now - held;
                pool += projected_draws(&r, u, y, "income")[i] - paid;
                assert_true(projected_draws(&r, u, y, "pool_balance")[i] == pool);
                held = now;
            }
            assert_true(held == 0); /* the contract has ended */
        }
    }
    finish_projection(&r);
}

static void all_is_the_sum_of_the_schemes(void **state)
{
    (void)state;
    projected r;
    start(&r, county, 2);
    assert_int_equal(bg_projection_unit_count(r.projection), 3);
    assert_string_equal(bg_projection_unit(r.projection, 0), "residents");
    assert_string_equal(bg_projection_unit(r.projection, 1), "employees");
    assert_string_equal(bg_projection_unit(r.projection, 2), "all");
    for (size_t o = 0; o < bg_projection_outcome_count(r.projection); o++) {
        const char *name = bg_projection_outcome(r.projection, o);
        if (!strcmp(name, "over_budget") || !strcmp(name, "surplus") ||
            !strcmp(name, "overspend") || !strcmp(name, "lowest_cash")) {
            continue; /* those of the sums: see parts_add_up_to_wholes_in_every_future */
        }
        for (size_t y = 0; y < 3; y++) {
            for (size_t i = 0; i < 300; i++) {
                assert_true(projected_draws(&r, 2, y, name)[i] ==
                            projected_draws(&r, 0, y, name)[i] +
                                projected_draws(&r, 1, y, name)[i]);
            }
            assert_true(projected_central(&r, 2, y, name) ==
                        projected_central(&r, 0, y, name) + projected_central(&r, 1, y, name));
        }
    }
    finish_projection(&r);
}

static size_t count_below(const bg_fen *values, size_t n, bg_fen bound)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += values[i] < bound;
    }
    return count;
}

/* Unit 2 counts an event where unit 0 or unit 1 has it. */
static void assert_counts_any(const projected *r, size_t year, bg_event event)
{
    size_t hits[3];
    for (size_t u = 0; u < 3; u++) {
        hits[u] = bg_projection_probability(r->projection, u, year, event).hits;
    }
    assert_true(hits[0] + hits[1] > 0);
    assert_true(hits[2] >= hits[0] && hits[2] >= hits[1] && hits[2] <= hits[0] + hits[1]);
}

static void probabilities_count_what_the_draws_show(void **state)
{
    (void)state;
    projected r;
    start(&r, county, 2);
    const size_t n = bg_projection_replications(r.projection);
    for (size_t u = 0; u < 3; u++) {
        for (size_t y = 0; y < 3; y++) {
#define HITS(event) (bg_projection_probability(r.projection, u, y, BG_EVENT_##event).hits)
            assert_int_equal(HITS(over_budget),
                             n - count_below(projected_draws(&r, u, y, "over_budget"), n, 1));
            assert_int_equal(HITS(overspend),
                             count_below(projected_draws(&r, u, y, "balance"), n, 0));
            assert_int_equal(HITS(loss), count_below(projected_draws(&r, u, y, "result"), n, 0));
            assert_int_equal(HITS(cash_negative),
                             count_below(projected_draws(&r, u, y, "lowest_cash"), n, 0));
            if (u < 2) {
                assert_int_equal(HITS(pool_deficit),
                                 count_below(projected_draws(&r, u, y, "pool_balance"), n, 0));
            } else {
                assert_counts_any(&r, y, BG_EVENT_pool_deficit);
                assert_counts_any(&r, y, BG_EVENT_risk_exhausted);
            }
            /* An emergency strikes all schemes: 20 % a year, 4 standard errors. */
            assert_int_equal(
                HITS(emergency),
                bg_projection_probability(r.projection, 0, y, BG_EVENT_emergency).hits);
            assert_true(fabs((double)HITS(emergency) / (double)n - 0.2) <
                        4 * sqrt(0.16 / (double)n));
#undef HITS
        }
        for (bg_event e = 0; e < BG_EVENT_COUNT; e++) {
            const size_t ever = bg_projection_probability_ever(r.projection, u, e).hits;
            size_t most = 0;
            size_t sum = 0;
            for (size_t y = 0; y < 3; y++) {
                const size_t hits = bg_projection_probability(r.projection, u, y, e).hits;
                most = hits > most ? hits : most;
                sum += hits;
            }
            assert_true(ever >= most && ever <= sum);
        }
    }
    finish_projection(&r);
}

/* ---- worked by hand ---- */

/* 120 million yuan every year, so that demand stands still: 10 million a month. The budget is that
 * of the worked example of the Guangdong rule: 115.5, 119.5425, 123.7264875 million. */
static const char worked[] =
    "history: {2022: 120M, 2023: 120M, 2024: 120M}\n"
    "people: {residents: {count: 130000, growth: 0%, growth_sd: 0%}}\n"
    "budget: {growth: {2025: -3.75%, later: 4%}, growth_cap: 3.5%}\n"
    "performance: {score: 85}\n"
    "pool: {residents: {income_per_head: 1000, growth: 3%, balance: 10M}}\n"
    "demand: {trend: {prior: 0%}, disallowed: 0.5%, emergency: {probability: 0%},\n"
    "         season: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}\n"
    "simulation: {years: 3, replications: 200}\n";

static void an_outcome_is_known_by_its_kind_and_name(void **state)
{
    (void)state;
    projected r;
    start(&r, worked, 1);
    static const struct {
        const char *outcome;
        bg_outcome_info info;
    } cases[] = {
        {"expense", {BG_OUTCOME_KIND_PLAIN, "expense", false}},
        {"reserve", {BG_OUTCOME_KIND_PLAIN, "reserve", true}},
        {"pool_balance", {BG_OUTCOME_KIND_PLAIN, "pool_balance", true}},
        {"lowest_cash", {BG_OUTCOME_KIND_PLAIN, "lowest_cash", false}},
        {"fund.guarantee", {BG_OUTCOME_KIND_FUND, "guarantee", true}},
        {"fund.risk", {BG_OUTCOME_KIND_FUND, "risk", true}},
        {"institution.county_hospital", {BG_OUTCOME_KIND_INSTITUTION, "county_hospital", false}},
        {"institution.village_clinics", {BG_OUTCOME_KIND_INSTITUTION, "village_clinics", false}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const int index = bg_projection_outcome_index(r.projection, cases[i].outcome);
        assert_true(index >= 0);
        const bg_outcome_info info = bg_projection_outcome_info(r.projection, (size_t)index);
        assert_int_equal(info.kind, cases[i].info.kind);
        assert_string_equal(info.name, cases[i].info.name);
        assert_int_equal(info.balance, cases[i].info.balance);
    }
    finish_projection(&r);
}

/* Year 1: balance 109.725 - 120 = -10.275, disallowed 0.6 added back, released 80 % of 3.465 = 2.772:
 * -6.903; the community bears 30 % of 5.775 and half of the other 1.128: 2.2965.
 * Year 2: 113.565375 - 120 + 0.6 + 2.86902 = -2.965605, of which 30 %.
 * Year 3: 117.54016312 - 120 + 0.6 + 2.9694357 = 1.10959882, all kept; the risk fund of 2.31 +
 * 2.39085 + 2.47452975 returns to the pool.
 * Pool: 10 + 130 - 117.1035 - 2.31, then + 133.9 - 118.5103185 - 2.39085, then + 137.917 -
 * 120.50959882 + 4.70085. */
static void central_path_is_the_one_worked_by_hand(void **state)
{
    (void)state;
    static const struct {
        const char *outcome;
        bg_fen year[3];
    } expected[] = {
        {"budget", {11550000000, 11954250000, 12372648750}},
        {"payable", {10972500000, 11356537500, 11754016312}},
        {"expense", {12000000000, 12000000000, 12000000000}},
        {"outside", {0, 0, 0}},
        {"over_budget", {450000000, 45750000, 0}},
        {"balance", {-690300000, -296560500, 110959882}},
        {"surplus", {0, 0, 110959882}},
        {"overspend", {690300000, 296560500, 0}},
        {"released", {277200000, 286902000, 296943570}},
        {"covered", {0, 0, 0}},
        {"shared", {460650000, 207592350, 0}},
        {"shared_total", {460650000, 668242350, 668242350}},
        {"result", {-229650000, -88968150, 110959882}},
        {"disallowed", {60000000, 60000000, 60000000}},
        {"entitlement", {11710350000, 11851031850, 12050959882}},
        {"clearing", {737850000, 494494350, 296943570}},
        {"reserve", {-229650000, -318618150, -207658268}},
        {"income", {13000000000, 13390000000, 13791700000}},
        {"pool_balance", {2058650000, 3358533150, 5569358268}},
        {"lowest_cash", {-1027500000, -643462500, -245983688}},
        {"patients", {0, 0, 0}},
        {"fund.guarantee", {0, 0, 0}},
        {"fund.risk", {231000000, 470085000, 0}},
        {"institution.county_hospital", {-173790000, -89380890, 30575929}},
        {"institution.township_centres", {-86895000, -44690445, 15287965}},
        {"institution.village_clinics", {-28965000, -14896815, 5095988}},
    };
    projected r;
    start(&r, worked, 1);
    assert_int_equal(bg_projection_unit_count(r.projection), 1);
    assert_int_equal(bg_projection_outcome_count(r.projection), COUNT(expected));
    for (size_t o = 0; o < COUNT(expected); o++) {
        assert_string_equal(bg_projection_outcome(r.projection, o), expected[o].outcome);
        for (size_t y = 0; y < 3; y++) {
            const bg_fen obtained = bg_projection_central(r.projection, 0, y, o);
            if (obtained != expected[o].year[y]) {
                fail_msg("%s in year %zu: %lld instead of %lld", expected[o].outcome, y + 1,
                         (long long)obtained, (long long)expected[o].year[y]);
            }
        }
    }
    /* 9.14375 million a month against 10 million. */
    for (size_t month = 0; month < 12; month++) {
        assert_true(bg_projection_central_cash(r.projection, 0, 0, month) ==
                    -85625000 * (bg_fen)(month + 1));
    }
    finish_projection(&r);
}

/* 20 % more than the expense of 10 million a month: what is left after January is the least. */
static void lowest_cash_of_a_rich_budget_is_that_of_january(void **state)
{
    (void)state;
    static const char *const rich[] = {"budget.growth[2025]=20%",
                                       "pool[residents].income_per_head=2000", NULL};
    projected r;
    start_projection(&r, worked, rich, 1);
    const bg_fen january = bg_projection_central_cash(r.projection, 0, 0, 0);
    assert_true(january == 14400000000 / 100 * 95 / 12 - 1000000000);
    assert_true(projected_central(&r, 0, 0, "lowest_cash") == january);
    finish_projection(&r);
}

/* Under "previous_total" nothing random enters the budget. */
static void budget_of_a_previous_total_is_the_same_in_every_future(void **state)
{
    (void)state;
    projected r;
    start(&r, worked, 2);
    static const bg_fen total[] = {11550000000, 11954250000, 12372648750};
    for (size_t y = 0; y < 3; y++) {
        const bg_statistics *budget = projected_statistics(&r, 0, y, "budget");
        assert_true(budget->minimum == total[y] && budget->maximum == total[y]);
        assert_true(bg_projection_year(r.projection, y) == 2025 + (int)y);
    }
    finish_projection(&r);
}

/* Without emergencies every multiplier has mean one. 4 standard errors at 15 places. */
static void mean_expense_is_that_of_the_central_path(void **state)
{
    (void)state;
    static const char *const calm[] = {"demand.emergency.probability=0%",
                                       "simulation.replications=4000", NULL};
    projected r;
    start_projection(&r, county, calm, 2);
    for (size_t u = 0; u < 3; u++) {
        for (size_t y = 0; y < 3; y++) {
            const bg_statistics *expense = projected_statistics(&r, u, y, "expense");
            assert_true(expense->mean_se < 0.01 * expense->mean);
            assert_true(fabs(expense->mean - (double)projected_central(&r, u, y, "expense")) <
                        4 * expense->mean_se);
            assert_int_equal(bg_projection_probability(r.projection, u, y, BG_EVENT_emergency).hits,
                             0);
            assert_true(projected_statistics(&r, u, y, "covered")->maximum == 0);
        }
    }
    finish_projection(&r);
}

/* ---- years linked ---- */

/* Weights 1, 2, 3; half up. */
static bg_fen weighted_mean(bg_fen a, bg_fen b, bg_fen c)
{
    return (a + 2 * b + 3 * c + 3) / 6;
}

static bg_fen plain_mean(bg_fen a, bg_fen b, bg_fen c)
{
    return (2 * (a + b + c) + 3) / 6;
}

static bg_fen grown(bg_fen amount, bg_fen per_cent)
{
    return (amount * (100 + per_cent) + 50) / 100;
}

/* Completed expense of the past, then the simulated expense of each future. */
static void rolling_budget_follows_the_last_three_expenses_of_each_future(void **state)
{
    (void)state;
    static const char rolling[] = "history: {2022: 100M, 2023: 110M, 2024: 117M}\n"
                                  "people: {residents: 130000}\n"
                                  "budget: {later_rule: rolling, growth: 7%,\n"
                                  "         base: {weights: [1, 2, 3],\n"
                                  "                completion: {2024: 97.5%, other: 100%}}}\n"
                                  "simulation: {years: 4, replications: 100}\n";
    const bg_fen past[] = {10000000000, 11000000000, 12000000000};
    projected r;
    start(&r, rolling, 2);
    for (size_t i = 0; i < 100; i++) {
        const bg_fen spent[] = {past[0],
                                past[1],
                                past[2],
                                projected_draws(&r, 0, 0, "expense")[i],
                                projected_draws(&r, 0, 1, "expense")[i],
                                projected_draws(&r, 0, 2, "expense")[i]};
        for (size_t y = 0; y < 4; y++) {
            const bg_fen total = grown(weighted_mean(spent[y], spent[y + 1], spent[y + 2]), 7);
            assert_true(projected_draws(&r, 0, y, "budget")[i] == total);
        }
    }
    finish_projection(&r);
}

static void rolling_budget_works_from_one_past_year(void **state)
{
    (void)state;
    static const char short_past[] = "history: {2024: 100M}\n"
                                     "people: {residents: 130000}\n"
                                     "budget: {later_rule: rolling, growth: 0%}\n"
                                     "simulation: {years: 3, replications: 20}\n";
    projected r;
    start(&r, short_past, 1);
    for (size_t i = 0; i < 20; i++) {
        const bg_fen first = projected_draws(&r, 0, 0, "expense")[i];
        const bg_fen second = projected_draws(&r, 0, 1, "expense")[i];
        assert_true(projected_draws(&r, 0, 0, "budget")[i] == 10000000000);
        assert_true(projected_draws(&r, 0, 1, "budget")[i] == (10000000000 + first + 1) / 2);
        assert_true(projected_draws(&r, 0, 2, "budget")[i] ==
                    plain_mean(10000000000, first, second));
    }
    finish_projection(&r);
}

/* 130,000 people pay 850 yuan each: 110.5 million is less than the total of 115.5 million. */
static void budget_stays_within_the_income_of_each_future(void **state)
{
    (void)state;
    static const char limited[] =
        "history: {2022: 110M, 2023: 110M, 2024: 110M}\n"
        "people: {residents: {count: 130000, growth: 0%, growth_sd: 1%}}\n"
        "budget: {growth: {2025: 5%, later: 0%}, income_limit: 98%}\n"
        "pool: {residents: {income_per_head: 850, growth: 0%, outside_spending: 1M}}\n"
        "simulation: {years: 2, replications: 100}\n";
    projected r;
    start(&r, limited, 2);
    size_t differing = 0;
    for (size_t i = 0; i < 100; i++) {
        const bg_fen income = projected_draws(&r, 0, 0, "income")[i];
        const bg_fen limit = ((income - 100000000) * 98 + 50) / 100;
        assert_true(projected_draws(&r, 0, 0, "budget")[i] ==
                    (limit < 11550000000 ? limit : 11550000000));
        differing += income != projected_draws(&r, 0, 0, "income")[0];
    }
    assert_true(differing > 90);
    finish_projection(&r);
}

/* Emergencies every year whose direct cost is beyond the 2 %: the risk fund is emptied and no more
 * is covered than went in. */
static void carried_fund_covers_emergencies_until_it_is_empty(void **state)
{
    (void)state;
    static const char shaken[] =
        "history: {2022: 110M, 2023: 110M, 2024: 110M}\n"
        "people: {residents: 130000}\n"
        "budget: {growth: 0%}\n"
        "demand: {emergency: {probability: 100%, direct_cost: 30%, direct_cost_sd: 0%, dip: 0%,\n"
        "                     dip_sd: 0%, rebound: 0%, rebound_sd: 0%}}\n"
        "simulation: {years: 2, replications: 50}\n";
    projected r;
    start(&r, shaken, 2);
    for (size_t y = 0; y < 2; y++) {
        const bg_fen added = 220000000; /* 2 % of 110 million */
        assert_true(projected_statistics(&r, 0, y, "covered")->minimum == added);
        assert_true(projected_statistics(&r, 0, y, "covered")->maximum == added);
        assert_true(projected_statistics(&r, 0, y, "fund.risk")->maximum == 0);
        assert_int_equal(
            bg_projection_probability(r.projection, 0, y, BG_EVENT_risk_exhausted).hits, 50);
    }
    finish_projection(&r);
}

/* A fund that returns at the contract's end has not been exhausted, nor has one never filled. */
static void fund_that_returns_or_was_never_filled_is_not_exhausted(void **state)
{
    (void)state;
    projected r;
    start(&r, worked, 1);
    for (size_t y = 0; y < 3; y++) {
        assert_int_equal(
            bg_projection_probability(r.projection, 0, y, BG_EVENT_risk_exhausted).hits, 0);
    }
    finish_projection(&r);
    static const char unfilled[] = "history: {2024: 110M}\n"
                                   "budget: {funds: {guarantee: 3%, risk: {carry_over: true}}}\n"
                                   "simulation: {years: 2, replications: 20}\n";
    projected none;
    start(&none, unfilled, 1);
    assert_int_equal(
        bg_projection_probability_ever(none.projection, 0, BG_EVENT_risk_exhausted).hits, 0);
    finish_projection(&none);
}

/* Without income there is no balance to be in deficit: only movements are shown. */
static void pool_without_income_is_never_in_deficit(void **state)
{
    (void)state;
    projected r;
    start(&r,
          "history: {2024: 110M}\n"
          "simulation: {years: 2, replications: 20}\n",
          1);
    assert_true(projected_statistics(&r, 0, 1, "pool_balance")->maximum < 0);
    assert_true(projected_statistics(&r, 0, 1, "income")->maximum == 0);
    assert_int_equal(bg_projection_probability_ever(r.projection, 0, BG_EVENT_pool_deficit).hits,
                     0);
    finish_projection(&r);
}

/* ---- statistics of a run ---- */

static void convergence_is_of_the_first_replications(void **state)
{
    (void)state;
    projected r;
    start(&r, county, 2);
    const int expense = bg_projection_outcome_index(r.projection, "expense");
    size_t n[4];
    double mean[4], se[4];
    bg_projection_convergence(r.projection, 0, 1, (size_t)expense, n, mean, se);
    const bg_statistics *last = projected_statistics(&r, 0, 1, "expense");
    const bg_fen *values = projected_draws(&r, 0, 1, "expense");
    double sum = 0;
    for (size_t i = 0; i < 37; i++) {
        sum += (double)values[i];
    }
    assert_true(n[0] == 37 && n[1] == 75 && n[2] == 150 && n[3] == 300);
    assert_true(fabs(mean[0] - sum / 37) < 1);
    assert_true(mean[3] == last->mean && se[3] == last->mean_se);
    assert_true(se[0] > se[3]);
    finish_projection(&r);
}

static void one_replication_is_enough_to_run(void **state)
{
    (void)state;
    projected r;
    start(&r, "history: {2024: 110M}\nsimulation: {years: 1, replications: 1}\n", 8);
    const bg_statistics *expense = projected_statistics(&r, 0, 0, "expense");
    assert_true(expense->mean == (double)projected_draws(&r, 0, 0, "expense")[0]);
    assert_true(isnan(expense->mean_se));
    size_t n[4];
    double mean[4], se[4];
    bg_projection_convergence(r.projection, 0, 0, BG_OUTCOME_expense, n, mean, se);
    assert_true(n[0] == 1 && n[3] == 1);
    finish_projection(&r);
}

static void unknown_outcome_has_no_index(void **state)
{
    (void)state;
    projected r;
    start(&r, "history: {2024: 110M}\nsimulation: {years: 1, replications: 1}\n", 1);
    assert_int_equal(bg_projection_outcome_index(r.projection, "fund.none"), -1);
    assert_int_equal(bg_projection_outcome_index(r.projection, "budget"), BG_OUTCOME_budget);
    finish_projection(&r);
}

/* ---- progress, stop, errors ---- */

typedef struct watch {
    size_t calls;
    double last;
    bool rising;
    volatile int stop;
    size_t stop_after;
} watch;

static void look(void *context, double share)
{
    watch *self = context;
    self->rising = self->rising && share > self->last;
    self->last = share;
    self->calls++;
    if (self->stop_after && self->calls >= self->stop_after) {
        self->stop = 1;
    }
}

static bg_status run_watched(const char *text, int threads, watch *self, bg_errors *errors)
{
    bg_scenario *scenario = parse_scenario(text, NULL);
    bg_model model;
    assert_int_equal(bg_model_read(scenario, &model, errors), BG_OK);
    bg_projection *projection = NULL;
    const bg_projection_options options = {
        .threads = threads, .progress = look, .context = self, .stop = &self->stop};
    bg_status status = bg_projection_run(&model, &options, &projection, errors);
    assert_true((status == BG_OK) == (projection != NULL));
    bg_projection_free(projection);
    bg_model_free(&model);
    bg_scenario_free(scenario);
    return status;
}

static void progress_rises_to_the_whole(void **state)
{
    (void)state;
    bg_errors errors;
    bg_errors_init(&errors);
    watch self = {.rising = true};
    assert_int_equal(run_watched(county, 2, &self, &errors), BG_OK);
    assert_true(self.rising && self.calls > 1 && self.last == 1);
    bg_errors_free(&errors);
}

static void stop_ends_the_run_with_no_result(void **state)
{
    (void)state;
    bg_errors errors;
    bg_errors_init(&errors);
    watch self = {.rising = true, .stop_after = 1};
    assert_int_equal(run_watched(county, 1, &self, &errors), BG_INTERRUPTED);
    assert_int_equal(self.calls, 1);
    assert_int_equal(errors.error_count, 1);
    bg_errors_free(&errors);
}

/* A stop that comes with the last block is too late: the result is whole. */
static void stop_after_the_last_block_changes_nothing(void **state)
{
    (void)state;
    bg_errors errors;
    bg_errors_init(&errors);
    watch self = {.rising = true, .stop_after = 1};
    assert_int_equal(run_watched("history: {2024: 110M}\n"
                                 "simulation: {years: 1, replications: 10}\n",
                                 1, &self, &errors),
                     BG_OK);
    assert_int_equal(errors.error_count, 0);
    bg_errors_free(&errors);
}

/* 9 x 10^14 fen a month is near the most that a line may cost; an emergency that doubles it is too
 * much in every future, though not on the central path. */
static void overflow_is_the_same_error_for_any_number_of_threads(void **state)
{
    (void)state;
    static const char runaway[] =
        "history: {2024: 108000000M}\n"
        "people: {residents: {count: 1000000000, growth: 0%, growth_sd: 0%}}\n"
        "demand: {trend: {prior: 0%, prior_sd: 0.01%}, volatility: {total: 0%},\n"
        "         season: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],\n"
        "         emergency: {probability: 100%, direct_cost: 100%, direct_cost_sd: 0%, dip: 0%,\n"
        "                     dip_sd: 0%}}\n"
        "simulation: {years: 1, replications: 1000}\n";
    char *first = NULL;
    static const int threads[] = {1, 2, 8};
    for (size_t t = 0; t < COUNT(threads); t++) {
        bg_errors errors;
        bg_errors_init(&errors);
        watch self = {.rising = true};
        assert_int_equal(run_watched(runaway, threads[t], &self, &errors), BG_OVERFLOW);
        char *text = NULL;
        for (size_t i = 0; i < errors.count; i++) {
            if (!errors.items[i].warning) {
                text = bg_error_text(&errors.items[i], NULL);
            }
        }
        assert_non_null(text);
        if (first) {
            assert_string_equal(text, first);
            free(text);
        } else {
            first = text;
        }
        bg_errors_free(&errors);
    }
    free(first);
}

static bool mentions(const bg_errors *errors, const char *path)
{
    for (size_t i = 0; i < errors->count; i++) {
        if (errors->items[i].path && strstr(errors->items[i].path, path)) {
            return true;
        }
    }
    return false;
}

static void mistakes_in_independent_parts_are_reported_together(void **state)
{
    (void)state;
    bg_scenario *scenario =
        parse_scenario("history: {2023: 100M, 2024: 110M}\n"
                       "budget: {base: {weights: [0, 0]}}\n"
                       "performance: {indicators: {satisfaction: {weight: 10}}}\n"
                       "pool: {employees: {income_per_head: 4000}}\n"
                       "demand: {season: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}\n",
                       NULL);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    assert_int_not_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    assert_true(mentions(&errors, "budget.base.weights"));
    assert_true(mentions(&errors, "performance.indicators[satisfaction]"));
    assert_true(mentions(&errors, "pool[employees].income_per_head"));
    assert_true(mentions(&errors, "demand.season"));
    bg_model_free(&model);
    bg_model_free(&model);
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
}

/* Two schemes, one plan: its mistake is said once. An indicator's is not repeated every year. */
static void mistake_is_reported_once(void **state)
{
    (void)state;
    bg_scenario *scenario = parse_scenario(
        "history: {2024: {residents.total: 100M, employees.total: 50M}}\n"
        "performance: {indicators: {satisfaction: {weight: 10}}}\n"
        "settlement: [{release: {fund: no_such_fund}}, {split: {hospital: 100%}}, {clear: {}}]\n",
        NULL);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    assert_int_not_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    assert_int_equal(errors.error_count, 2);
    assert_true(mentions(&errors, "settlement[release].fund"));
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
}

static void first_year_must_follow_the_history(void **state)
{
    (void)state;
    bg_scenario *scenario =
        parse_scenario("history: {2023: 100M, 2024: 110M}\nsimulation: {first_year: 2024}\n", NULL);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    assert_int_not_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    assert_int_equal(errors.error_count, 1);
    assert_true(mentions(&errors, "simulation.first_year"));
    assert_says_among_others(errors.items[0].message, "2024");
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
}

static void broken_history_does_not_hide_a_broken_indicator(void **state)
{
    (void)state;
    bg_scenario *scenario =
        parse_scenario("history: {2022: 100M, 2024: 110M}\n"
                       "simulation: {first_year: 2025}\n"
                       "performance: {indicators: {satisfaction: {weight: 10}}}\n",
                       NULL);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    assert_int_not_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    assert_true(errors.error_count >= 2);
    assert_true(mentions(&errors, "performance.indicators[satisfaction]"));
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
}

/* The defaults of keys without effect, and of a share beside its score tiers, are no one's wish. */
static void scenario_written_with_its_defaults_is_read_without_a_word(void **state)
{
    (void)state;
    bg_scenario *scenario = parse_scenario("history: {2022: 400, 2023: 420, 2024: 441}", NULL);
    char *text = bg_scenario_yaml(scenario, true);
    assert_non_null(text);
    bg_scenario *again = parse_scenario(text, NULL);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    assert_int_equal(bg_model_read(again, &model, &errors), BG_OK);
    assert_int_equal(errors.count, 0);
    bg_errors_free(&errors);
    bg_model_free(&model);
    bg_scenario_free(again);
    free(text);
    bg_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenario_written_with_its_defaults_is_read_without_a_word),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
        cmocka_unit_test(any_size_of_blocks_gives_the_same_bytes),
        cmocka_unit_test(what_is_not_wanted_is_absent_and_changes_nothing_else),
        cmocka_unit_test(a_long_run_is_the_same_for_any_threads_and_blocks),
        cmocka_unit_test(a_long_run_has_a_distribution_without_draws),
        cmocka_unit_test(draws_pass_in_order_and_all_of_them),
        cmocka_unit_test(who_takes_draws_can_end_the_run),
        cmocka_unit_test(figures_do_not_depend_on_the_order_in_the_file),
        cmocka_unit_test(doubling_all_money_doubles_every_outcome),
        cmocka_unit_test(futures_of_the_reference_engine_are_its_demand_in_order),
        cmocka_unit_test(futures_of_the_fast_engine_are_its_demand_in_order),
        cmocka_unit_test(lowest_cash_of_a_rich_budget_is_that_of_january),
        cmocka_unit_test(parts_add_up_to_wholes_in_every_future),
        cmocka_unit_test(pool_and_funds_pay_the_entitlement_and_nothing_else),
        cmocka_unit_test(an_outcome_is_known_by_its_kind_and_name),
        cmocka_unit_test(all_is_the_sum_of_the_schemes),
        cmocka_unit_test(probabilities_count_what_the_draws_show),
        cmocka_unit_test(central_path_is_the_one_worked_by_hand),
        cmocka_unit_test(budget_of_a_previous_total_is_the_same_in_every_future),
        cmocka_unit_test(mean_expense_is_that_of_the_central_path),
        cmocka_unit_test(rolling_budget_follows_the_last_three_expenses_of_each_future),
        cmocka_unit_test(rolling_budget_works_from_one_past_year),
        cmocka_unit_test(budget_stays_within_the_income_of_each_future),
        cmocka_unit_test(carried_fund_covers_emergencies_until_it_is_empty),
        cmocka_unit_test(fund_that_returns_or_was_never_filled_is_not_exhausted),
        cmocka_unit_test(pool_without_income_is_never_in_deficit),
        cmocka_unit_test(convergence_is_of_the_first_replications),
        cmocka_unit_test(one_replication_is_enough_to_run),
        cmocka_unit_test(unknown_outcome_has_no_index),
        cmocka_unit_test(progress_rises_to_the_whole),
        cmocka_unit_test(stop_ends_the_run_with_no_result),
        cmocka_unit_test(stop_after_the_last_block_changes_nothing),
        cmocka_unit_test(overflow_is_the_same_error_for_any_number_of_threads),
        cmocka_unit_test(mistakes_in_independent_parts_are_reported_together),
        cmocka_unit_test(mistake_is_reported_once),
        cmocka_unit_test(first_year_must_follow_the_history),
        cmocka_unit_test(broken_history_does_not_hide_a_broken_indicator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
