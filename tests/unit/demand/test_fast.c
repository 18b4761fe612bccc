/* The fast engine: its own promises, and closed forms of what it draws. tests/verify/test_engines.c
 * holds it against the reference engine. */
#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"
#include "../../support/engines.h"
#include "../../support/moments.h"
#include "base/isa.h"
#include "demand/correlation.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const names[] = {"residents.inpatient.in", "residents.total",
                                    "residents.outpatient.out", "employees.total"};

/* Every kind of uncertainty, larger than life; the third line has few cases in some futures. */
static bg_demand uncertain(void)
{
    bg_demand draft = {
        .seed = 1,
        .line_count = 4,
        .scheme_count = 2,
        .years = 3,
        .season = {2, 0.5, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1},
        .persistence = 0.6,
        .shock_correlation = 0.5,
        .trend_correlation = 0.8,
        .emergency = {.dip_months = 6},
        .scheme = {{.people = 20000, .growth = -0.01, .growth_sd = 0.03}, {.people = 5000}},
        .line = {draft_line(0.2, 300000, 1.06), draft_total(40000, 5), draft_line(0.04, 5000, 1),
                 draft_total(90000, 2)},
    };
    for (size_t i = 0; i < draft.line_count; i++) {
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
    draft.line[0].patient_share = 0.5;
    draft.line[2].patient_share = 0.25;
    draft.line[2].outside = true;
    draft.line[3].scheme = 1;
    return draft;
}

static const bg_emergency_terms frequent = {.probability = 0.5,
                                            .dip = 0.15,
                                            .dip_sd = 0.08,
                                            .dip_months = 6,
                                            .direct = 0.01,
                                            .direct_sd = 0.02,
                                            .rebound = 0.1,
                                            .rebound_sd = 0.08};

static bg_demand with_emergencies(void)
{
    bg_demand draft = uncertain();
    draft.emergency = frequent;
    return draft;
}

/* What workload W needs: a settled start, a matrix, a multiplier, quadratic counts. */
static bg_demand with_further_forms(void)
{
    bg_demand draft = uncertain();
    draft.emergency = (bg_emergency_terms){
        .probability = 0.5, .form = BG_EMERGENCY_MULTIPLIER, .mu = 0.12, .sigma = 0.1};
    draft.stationary = true;
    draft.line[0].count_shape = 200;
    draft.line[0].exposure = 1;
    draft.line[2].exposure = 0.5;
    return draft;
}

/* Correlations 0.6^|i - j| of four lines, as their root; freed with the model. */
static double *correlated_root(void)
{
    static const double power[] = {1, 0.6, 0.36, 0.216};
    double *root = calloc(16, sizeof *root);
    assert_non_null(root);
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
            root[4 * i + j] = power[abs(i - j)];
        }
    }
    assert_int_equal(bg_correlation_root(root, 4), 4);
    return root;
}

static bg_demand *finished(int form)
{
    const bg_demand draft = form == 0   ? uncertain()
                            : form == 1 ? with_emergencies()
                                        : with_further_forms();
    bg_demand *demand = draft_finished(&draft, names);
    demand->noise = form == 3 ? BG_NOISE_LINE : BG_NOISE_MONTH;
    demand->shock_root = form >= 2 ? correlated_root() : NULL;
    return demand;
}

enum { FORMS = 4 };

static uint64_t drawn(const bg_demand *demand, size_t n, size_t block_size)
{
    demand_block block = demand_block_new(demand, n);
    assert_int_equal(demand_block_draw(&block, demand, block_size), BG_OK);
    const uint64_t hash = demand_block_hash(&block);
    demand_block_free(&block);
    return hash;
}

/* ---- the same bits ---- */

static void blocks_of_any_size_hold_the_same_futures(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 7, 64, 128, 200, 1000};
    for (int form = 0; form < FORMS; form++) {
        bg_demand *demand = finished(form);
        const uint64_t all = drawn(demand, 200, 200);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            assert_true(drawn(demand, 200, sizes[i]) == all);
        }
        bg_demand_free(demand);
    }
}

/* One recorded number for every instruction set, compiler and C library. */
static void the_bits_are_those_on_record(void **state)
{
    (void)state;
    static const uint64_t record[FORMS] = {0x903c52eb2d6eb7de, 0xdd117ebf12595ad6,
                                           0xe1450966250203d9, 0x16f8503c61890c54};
    const bg_isa before = bg_isa_current();
    for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
        if (!bg_isa_use((bg_isa)isa)) {
            continue;
        }
        for (int form = 0; form < FORMS; form++) {
            bg_demand *demand = finished(form);
            const uint64_t hash = drawn(demand, 500, 128);
            if (hash != record[form]) {
                fail_msg("form %d with %s: 0x%016llx", form, bg_isa_name((bg_isa)isa),
                         (unsigned long long)hash);
            }
            bg_demand_free(demand);
        }
    }
    assert_true(bg_isa_use(before));
}

static void a_year_is_the_same_in_shorter_longer_and_later_projections(void **state)
{
    (void)state;
    enum { N = 30 };
    const bg_demand draft = with_emergencies();
    bg_demand later = draft;
    later.gap = 1;
    later.years = 1;
    bg_demand *demand = draft_finished(&draft, names), *other = draft_finished(&later, names);
    demand_block block = demand_block_new(demand, N), again = demand_block_new(other, N);
    assert_int_equal(demand_block_draw(&block, demand, N), BG_OK);
    assert_int_equal(demand_block_draw(&again, other, N), BG_OK);
    for (size_t month = 0; month < 12; month++) {
        assert_memory_equal(block.columns[0][1].expense[month], again.columns[0][0].expense[month],
                            N * sizeof(bg_fen));
    }
    assert_memory_equal(block.columns[0][1].rebound, again.columns[0][0].rebound,
                        N * sizeof(bg_fen));
    demand_block_free(&again);
    demand_block_free(&block);
    bg_demand_free(other);
    bg_demand_free(demand);
}

/* Shocks are drawn for an even year and the next. Nothing else here hangs on how many years have passed. */
static void a_year_is_the_same_whether_an_even_or_an_odd_year_comes_first(void **state)
{
    (void)state;
    enum { N = 30 };
    bg_demand draft = uncertain();
    draft.persistence = 0;
    draft.scheme[0].growth = draft.scheme[0].growth_sd = 0;
    for (size_t i = 0; i < draft.line_count; i++) {
        draft.line[i].part[BG_FREQUENCY].trend = draft.line[i].part[BG_COST].trend =
            (bg_trend_view){0};
    }
    bg_demand *even = draft_finished_after(&draft, names, 2023);
    bg_demand *odd = draft_finished_after(&draft, names, 2024);
    assert_true(!even->first_odd && odd->first_odd);
    demand_block block = demand_block_new(even, N), again = demand_block_new(odd, N);
    assert_int_equal(demand_block_draw(&block, even, N), BG_OK);
    assert_int_equal(demand_block_draw(&again, odd, N), BG_OK);
    for (size_t scheme = 0; scheme < 2; scheme++) {
        for (size_t year = 0; year < 2; year++) { /* 2025 and 2026 */
            for (size_t month = 0; month < 12; month++) {
                assert_memory_equal(block.columns[scheme][year + 1].expense[month],
                                    again.columns[scheme][year].expense[month], N * sizeof(bg_fen));
            }
        }
    }
    demand_block_free(&again);
    demand_block_free(&block);
    bg_demand_free(odd);
    bg_demand_free(even);
}

static void a_scheme_is_the_same_without_the_other(void **state)
{
    (void)state;
    enum { N = 30 };
    const bg_demand draft = with_emergencies();
    bg_demand alone = draft;
    alone.scheme_count = 1;
    alone.line_count = 3;
    bg_demand *demand = draft_finished(&draft, names), *other = draft_finished(&alone, names);
    demand_block block = demand_block_new(demand, N), again = demand_block_new(other, N);
    assert_int_equal(demand_block_draw(&block, demand, N), BG_OK);
    assert_int_equal(demand_block_draw(&again, other, N), BG_OK);
    for (size_t year = 0; year < 3; year++) {
        for (size_t month = 0; month < 12; month++) {
            assert_memory_equal(block.columns[0][year].expense[month],
                                again.columns[0][year].expense[month], N * sizeof(bg_fen));
        }
    }
    demand_block_free(&again);
    demand_block_free(&block);
    bg_demand_free(other);
    bg_demand_free(demand);
}

/* ---- closed forms ---- */

static moments moments_of(const demand_block *block, size_t scheme, size_t year)
{
    moments result = {0};
    for (size_t i = 0; i < block->capacity; i++) {
        moments_add(&result, (double)demand_block_expense(block, scheme, year, i));
    }
    return result;
}

/* Without emergencies the mean is the central path (dip, direct and rebound 0); with them
 * (1 - p dip)(1 + p rebound) + p direct times it, without rebound in the first year. */
static void the_mean_is_the_central_path_with_what_emergencies_change(void **state)
{
    (void)state;
    enum { N = 20000 };
    for (int form = 0; form < 2; form++) {
        bg_demand *demand = finished(form);
        const bg_emergency_terms *e = &demand->emergency;
        demand_block block = demand_block_new(demand, N);
        bg_future central = draft_path(demand);
        assert_int_equal(bg_demand_central(demand, &central), BG_OK);
        assert_int_equal(demand_block_draw(&block, demand, 128), BG_OK);
        for (size_t scheme = 0; scheme < 2; scheme++) {
            for (size_t year = 0; year < 3; year++) {
                const double rebound = year > 0 ? e->probability * e->rebound : 0;
                const double factor =
                    (1 - e->probability * e->dip) * (1 + rebound) + e->probability * e->direct;
                const moments paid = moments_of(&block, scheme, year);
                const double path = (double)draft_year(central.expense, &central, scheme, year);
                assert_mean(&paid, factor * path);
            }
        }
        bg_future_free(&central);
        demand_block_free(&block);
        bg_demand_free(demand);
    }
}

/* One line, one year ahead, nothing but shocks, people and claims: as for the reference engine in
 * test_demand.c. Once with cases enough for the normal, once with so few that they are drawn. */
static void the_variance_is_that_of_claims_plus_that_of_the_year(void **state)
{
    (void)state;
    enum { N = 40000 };
    for (int few = 0; few < 2; few++) {
        bg_demand draft = uncertain();
        draft.line_count = draft.scheme_count = draft.years = 1;
        const double people = few ? 300 : 60000, cv = few ? 2 : 3, dispersion = few ? 2 : 50;
        draft.scheme[0].people = people;
        draft.line[0].dispersion = dispersion;
        bg_demand_part *frequency = &draft.line[0].part[BG_FREQUENCY];
        bg_demand_part *cost = &draft.line[0].part[BG_COST];
        frequency->trend = cost->trend = (bg_trend_view){0};
        frequency->volatility = 0.07;
        cost->volatility = 0.05;
        assert_true(bg_severity_init(&draft.line[0].severity, BG_SEVERITY_GAMMA, cv));
        bg_demand *demand = draft_finished(&draft, names);
        const double mean = people * 0.99 * 0.2 * 300000;
        const double claims = mean * 300000 * exp(0.0025) * (dispersion + cv * cv);
        const double spread = 0.0049 + 0.0025 - 2 * 0.7 * 0.07 * 0.05;
        const double year = mean * mean * ((1 + 0.0009 / (0.99 * 0.99)) * exp(spread) - 1);
        demand_block block = demand_block_new(demand, N);
        assert_int_equal(demand_block_draw(&block, demand, 128), BG_OK);
        double squares = 0, fourths = 0;
        for (size_t i = 0; i < N; i++) {
            const double off = (double)demand_block_expense(&block, 0, 0, i) - mean;
            squares += off * off;
            fourths += off * off * off * off;
        }
        const double variance = squares / N;
        assert_close(variance, claims + year, 4 * sqrt((fourths / N - variance * variance) / N));
        demand_block_free(&block);
        bg_demand_free(demand);
    }
}

/* Without shocks a month's sum has the mean n c and the variance n c^2 (1 + cv^2) + (n c)^2 / r. */
static void quadratic_counts_vary_as_they_should(void **state)
{
    (void)state;
    enum { N = 20000 };
    bg_demand draft = {
        .seed = 1,
        .line_count = 1,
        .scheme_count = 1,
        .years = 1,
        .season = {2, 0.5, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1},
        .emergency = {.dip_months = 1},
        .scheme = {{.people = 60000}},
        .line = {draft_line(0.2, 300000, 1.06)},
    };
    draft.line[0].count_shape = 100;
    bg_demand *demand = draft_finished(&draft, names);
    demand_block block = demand_block_new(demand, N);
    assert_int_equal(demand_block_draw(&block, demand, 128), BG_OK);
    for (size_t month = 0; month < 3; month++) {
        const double cases = 1000 * draft.season[month], mean = cases * 300000;
        const double variance = mean * 300000 * (1 + 1.06 * 1.06) + mean * mean / 100;
        double sum = 0, squares = 0;
        for (size_t i = 0; i < N; i++) {
            const double off = (double)block.columns[0][0].expense[month][i] - mean;
            sum += off;
            squares += off * off;
        }
        assert_close(sum / N, 0, 4 * sqrt(variance / N));
        assert_close(squares / N, variance, 4 * variance * sqrt(2.2 / N));
    }
    demand_block_free(&block);
    bg_demand_free(demand);
}

/* tests/verify/test_engines.c does so with five hundred times as many futures. */
static void both_engines_draw_from_one_distribution(void **state)
{
    (void)state;
    for (size_t i = 0; i < ENGINE_SCENARIOS; i++) {
        compare_engines(engine_scenarios[i], 4000);
    }
}

/* ---- parts ---- */

/* Kept apart, care outside leaves the months, and nothing else changes. */
static void care_outside_can_be_kept_apart(void **state)
{
    (void)state;
    enum { N = 300 };
    for (int form = 1; form < FORMS; form++) {
        bg_demand *demand = finished(form);
        demand_block whole = demand_block_new(demand, N), apart = demand_block_new(demand, N);
        bg_fen expense[2][N];
        for (size_t year = 0; year < 3; year++) {
            apart.columns[0][year].outside_apart = apart.columns[1][year].outside_apart = true;
        }
        assert_int_equal(demand_block_draw(&whole, demand, 64), BG_OK);
        assert_int_equal(demand_block_draw(&apart, demand, 64), BG_OK);
        for (size_t cell = 0; cell < 6; cell++) {
            const bg_demand_columns *a = &whole.columns[cell / 3][cell % 3];
            const bg_demand_columns *b = &apart.columns[cell / 3][cell % 3];
            bg_demand_columns_expense(a, N, expense[0]);
            bg_demand_columns_expense(b, N, expense[1]);
            assert_memory_equal(expense[0], expense[1], sizeof expense[0]);
            assert_memory_equal(a->outside, b->outside, sizeof expense[0]);
            assert_memory_equal(a->emergency, b->emergency, sizeof expense[0]);
            assert_memory_equal(a->rebound, b->rebound, sizeof expense[0]);
            assert_memory_equal(a->patients, b->patients, sizeof expense[0]);
            assert_memory_equal(a->disallowed, b->disallowed, sizeof expense[0]);
            for (size_t i = 0; i < N; i++) {
                const bg_fen in_county = demand_block_expense(&apart, cell / 3, cell % 3, i);
                assert_int_equal(in_county + b->outside[i], expense[0][i]);
                assert_true(b->expense[3][i] <= a->expense[3][i]);
                assert_true(cell < 3 || a->expense[3][i] == b->expense[3][i]);
            }
        }
        demand_block_free(&whole);
        demand_block_free(&apart);
        bg_demand_free(demand);
    }
}

static void parts_of_the_expense_add_up(void **state)
{
    (void)state;
    enum { N = 300 };
    for (int form = 1; form < FORMS; form++) {
        bg_demand *demand = finished(form);
        demand_block block = demand_block_new(demand, N);
        assert_int_equal(demand_block_draw(&block, demand, 64), BG_OK);
        for (size_t year = 0; year < 3; year++) {
            const bg_demand_columns *residents = &block.columns[0][year];
            const bg_demand_columns *employees = &block.columns[1][year];
            size_t emergencies = 0, rebounds = 0;
            for (size_t i = 0; i < N; i++) {
                const bg_fen expense = demand_block_expense(&block, 0, year, i);
                assert_true(residents->outside[i] >= 0 && residents->outside[i] < expense);
                assert_true(residents->emergency[i] >= 0 && residents->rebound[i] >= 0);
                assert_true(residents->emergency[i] + residents->rebound[i] < expense);
                assert_true(residents->patients[i] > 0 && 2 * residents->patients[i] <= expense);
                assert_int_equal(employees->outside[i], 0);
                assert_int_equal(employees->patients[i], 0);
                assert_true(residents->begins[i] || residents->emergency[i] == 0);
                assert_int_equal(residents->begins[i], employees->begins[i]);
                emergencies += residents->begins[i];
                rebounds += residents->rebound[i] > 0;
            }
            assert_true(emergencies > N / 3 && emergencies < 2 * N / 3);
            assert_true(form == 1 && year > 0 ? rebounds > N / 4 : rebounds == 0);
        }
        demand_block_free(&block);
        bg_demand_free(demand);
    }
}

/* So many people that claims add less than one in a thousand; every size is at its mean. */
static void an_emergency_puts_care_off_costs_money_and_rebounds(void **state)
{
    (void)state;
    enum { N = 20 };
    bg_demand draft = {
        .seed = 1,
        .line_count = 1,
        .scheme_count = 1,
        .years = 2,
        .emergency =
            {.probability = 1, .dip = 0.15, .dip_months = 6, .direct = 0.012, .rebound = 0.1},
        .scheme = {{.people = 1e8}},
        .line = {draft_line(0.2, 1000, 1)},
    };
    draft.line[0].patient_share = 0.5;
    bg_demand *demand = draft_finished(&draft, names);
    demand_block block = demand_block_new(demand, N);
    assert_int_equal(demand_block_draw(&block, demand, N), BG_OK);
    const double usual = 1e8 * 0.2 * 1000;
    for (size_t i = 0; i < N; i++) {
        const bg_demand_columns *first = &block.columns[0][0], *second = &block.columns[0][1];
        assert_close((double)demand_block_expense(&block, 0, 0, i), 0.862 * usual, 1e-3 * usual);
        assert_close((double)demand_block_expense(&block, 0, 1, i), 0.947 * usual, 1e-3 * usual);
        assert_close((double)first->emergency[i], 0.012 * usual, 6);
        assert_close((double)second->emergency[i], 0.012 * usual, 6);
        assert_close((double)second->rebound[i], 0.085 * usual, 1e-3 * usual);
        assert_close((double)first->patients[i],
                     0.5 * (double)(demand_block_expense(&block, 0, 0, i) - first->emergency[i]),
                     6);
        size_t low = 0;
        for (size_t month = 0; month < 12; month++) {
            const double share = 12 * (double)first->expense[month][i] / usual;
            low += share < 0.9;
            assert_close(share, share < 0.9 ? 0.7 + 0.024 : 1, 4e-3);
        }
        assert_int_equal(low, 6);
    }
    demand_block_free(&block);
    bg_demand_free(demand);
}

/* With Poisson counts of mean 2 and equal payments a month pays as many times 1,000 fen, all but for
 * one per cent each: classes of the count are told apart. Pearson's statistic; 1 in 100,000. */
static void few_cases_are_counted_one_by_one(void **state)
{
    (void)state;
    enum { N = 5000, CLASSES = 7 };
    bg_demand draft = {
        .seed = 1,
        .line_count = 1,
        .scheme_count = 1,
        .years = 1,
        .emergency = {.dip_months = 1},
        .scheme = {{.people = 24}},
        .line = {draft_line(1, 100000, 0.01)},
    };
    bg_demand *demand = draft_finished(&draft, names);
    demand_block block = demand_block_new(demand, N);
    assert_int_equal(demand_block_draw(&block, demand, 128), BG_OK);
    double observed[CLASSES] = {0}, left = 1, probability = exp(-2), statistic = 0;
    for (size_t i = 0; i < N; i++) {
        for (size_t month = 0; month < 12; month++) {
            const double cases = (double)block.columns[0][0].expense[month][i] / 100000;
            const double nearest = floor(cases + 0.5);
            assert_close(cases, nearest, 0.06 * sqrt(nearest));
            observed[nearest < CLASSES - 1 ? (size_t)nearest : CLASSES - 1]++;
        }
    }
    for (size_t class = 0; class < CLASSES; class ++) {
        const double expected = 12.0 * N * (class < CLASSES - 1 ? probability : left);
        statistic += (observed[class] - expected) * (observed[class] - expected) / expected;
        left -= probability;
        probability *= 2 / (double)(class + 1);
    }
    assert_true(statistic < gsl_cdf_chisq_Qinv(1e-5, CLASSES - 1));
    demand_block_free(&block);
    bg_demand_free(demand);
}

static void a_line_that_ended_pays_nothing(void **state)
{
    (void)state;
    bg_demand draft = uncertain();
    draft.line[3].part[BG_COST].level = 0;
    bg_demand *demand = draft_finished(&draft, names);
    demand_block block = demand_block_new(demand, 10);
    assert_int_equal(demand_block_draw(&block, demand, 10), BG_OK);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(demand_block_expense(&block, 1, 0, i), 0);
        assert_true(demand_block_expense(&block, 0, 0, i) > 0);
    }
    demand_block_free(&block);
    bg_demand_free(demand);
}

static void amounts_beyond_the_bound_overflow(void **state)
{
    (void)state;
    const struct {
        double people, cost;
        bg_status status;
    } cases[] = {
        {1e6, 5.5e10, BG_OK},       /* 0.2 / 12 x 1e6 x 5.5e10 = 0.92e15 a month */
        {1e6, 6.5e10, BG_OVERFLOW}, /* 1.08e15 */
        {60, 1e20, BG_OVERFLOW},    /* case by case */
        {1e6, 1e120, BG_OVERFLOW},  /* whose skewness is no number */
        {1e6, INFINITY, BG_OVERFLOW},
    };
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        const size_t of = i / 2;
        bg_demand draft = {
            .line_count = 1,
            .scheme_count = 1,
            .years = 1,
            /* Without an emergency, and in one that changes nothing. */
            .emergency = {.dip_months = 1, .probability = (double)(i % 2)},
            .scheme = {{.people = cases[of].people}},
            .line = {draft_line(0.2, cases[of].cost, 0.05)},
        };
        bg_demand *demand = draft_finished(&draft, names);
        demand_block block = demand_block_new(demand, 20);
        assert_int_equal(demand_block_draw(&block, demand, 20), cases[of].status);
        demand_block_free(&block);
        bg_demand_free(demand);
    }
}

/* A year of which a share beyond what a double holds exactly came from the multiplier. */
static void shares_of_more_than_2_to_the_52_overflow(void **state)
{
    (void)state;
    bg_demand draft = {
        .line_count = 1,
        .scheme_count = 1,
        .years = 1,
        .emergency = {.probability = 1, .form = BG_EMERGENCY_MULTIPLIER, .mu = 0.1},
        .scheme = {{.people = 1e6}},
        .line = {draft_line(0.2, 2e10, 0.05)},
    };
    draft.line[0].exposure = 1;
    for (int large = 0; large < 2; large++) {
        draft.line[0].part[BG_COST].level = large ? 4e10 : 2e10; /* 0.2 x 1e6 x that a year */
        bg_demand *demand = draft_finished(&draft, names);
        demand_block block = demand_block_new(demand, 20);
        assert_int_equal(demand_block_draw(&block, demand, 20), large ? BG_OVERFLOW : BG_OK);
        demand_block_free(&block);
        bg_demand_free(demand);
    }
}

static void freeing_nothing_is_safe(void **state)
{
    (void)state;
    bg_block_sampler_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_of_any_size_hold_the_same_futures),
        cmocka_unit_test(the_bits_are_those_on_record),
        cmocka_unit_test(a_year_is_the_same_in_shorter_longer_and_later_projections),
        cmocka_unit_test(a_year_is_the_same_whether_an_even_or_an_odd_year_comes_first),
        cmocka_unit_test(a_scheme_is_the_same_without_the_other),
        cmocka_unit_test(the_mean_is_the_central_path_with_what_emergencies_change),
        cmocka_unit_test(the_variance_is_that_of_claims_plus_that_of_the_year),
        cmocka_unit_test(quadratic_counts_vary_as_they_should),
        cmocka_unit_test(both_engines_draw_from_one_distribution),
        cmocka_unit_test(care_outside_can_be_kept_apart),
        cmocka_unit_test(parts_of_the_expense_add_up),
        cmocka_unit_test(an_emergency_puts_care_off_costs_money_and_rebounds),
        cmocka_unit_test(few_cases_are_counted_one_by_one),
        cmocka_unit_test(a_line_that_ended_pays_nothing),
        cmocka_unit_test(amounts_beyond_the_bound_overflow),
        cmocka_unit_test(shares_of_more_than_2_to_the_52_overflow),
        cmocka_unit_test(freeing_nothing_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
