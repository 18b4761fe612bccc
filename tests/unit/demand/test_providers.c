/* What providers do: by hand where it is sure, by simulation where it is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_loaded.h"
#include "../../support/demand_means.h"
#include "../../support/moments.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include "base/elementary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    INSIDE,
    OUTSIDE,
    VISITS,
    VISITS_OUTSIDE,
    LINES,
    YEARS = 5
}; /* in byte order of their names */

static const char county[] = "history: {2024: {residents.inpatient.in: {cases: 9000, paid: 45M},\n"
                             "  residents.inpatient.out: {cases: 3000, paid: 30M},\n"
                             "  residents.outpatient.in: {cases: 400000, paid: 20M},\n"
                             "  residents.outpatient.out: {cases: 20000, paid: 2M}}}\n"
                             "people: {residents: {count: 100000}}\n"
                             "demand: {emergency: {probability: 0}}\n"
                             "simulation: {years: 5, first_year: 2025}\n";

static demand_loaded load_of(const char *base, const char *response)
{
    char text[2048];
    snprintf(text, sizeof text, "%s%s\n", base, response);
    demand_loaded self = demand_load(text);
    if (self.status != BG_OK) {
        fail_msg("%s", messages_of(&self.errors));
    }
    return self;
}

static demand_loaded load(const char *response)
{
    return load_of(county, response);
}

static void find_means(const bg_demand *demand, double mean[LINES][YEARS])
{
    for (size_t line = 0; line < LINES; line++) {
        for (size_t year = 0; year < YEARS; year++) {
            mean[line][year] = bg_demand_mean(demand, line, year);
        }
    }
}

/* In the contract years 1 to 5: 17, 42, 67, 100 and 100 %, by what is kept. */
static void the_response_builds_up_and_is_by_what_is_kept(void **state)
{
    (void)state;
    demand_loaded self = load("response: {cost: -6%}");
    static const double build_up[YEARS] = {0.17, 0.42, 0.67, 1, 1};
    for (size_t year = 0; year < YEARS; year++) {
        assert_true(bg_demand_providers_strength(self.demand, year, 1) == build_up[year]);
        assert_true(bg_demand_providers_strength(self.demand, year, 0.5) == build_up[year] * 0.5);
        assert_true(bg_demand_providers_strength(self.demand, year, 1.5) == build_up[year]);
        assert_true(bg_demand_providers_strength(self.demand, year, -0.5) == 0);
        assert_true(bg_demand_providers_strength(self.demand, year, (double)NAN) == 0);
    }
    demand_unload(&self);
    self =
        load("response: {cost: -6%, full_share: 80%, build_up: [10%, 30%, 50%], contract_year: 2}");
    assert_close(bg_demand_providers_strength(self.demand, 0, 0.4), 0.15, 1e-12);
    assert_close(bg_demand_providers_strength(self.demand, 1, 0.8), 0.5, 1e-12);
    assert_close(bg_demand_providers_strength(self.demand, 4, 0.9), 0.5, 1e-12);
    demand_unload(&self);
}

/* 0.9^(0.42 · 0.5) and 1.05^(0.42 · 0.5) of the cost in the county; outside nothing. */
static void cost_in_the_county_falls_and_its_case_mix_rises(void **state)
{
    (void)state;
    static const double kept[YEARS] = {0, 0.5, 1, 0, 0};
    double without[LINES][YEARS], with[LINES][YEARS];
    demand_loaded self = load("response: {cost: -10%, case_mix: 5%}");
    assert_true(bg_demand_has_providers(self.demand));
    assert_int_equal(bg_demand_change_count(self.demand), 0); /* it is nobody's choice */
    find_means(self.demand, without);
    bg_demand_let_providers_act(self.demand, 0, kept);
    find_means(self.demand, with);
    const double strength[YEARS] = {0, 0.21, 0.67, 0, 0};
    for (size_t year = 0; year < YEARS; year++) {
        const double factor = pow(0.9 * 1.05, strength[year]);
        assert_close(with[INSIDE][year] / without[INSIDE][year], factor, 1e-12);
        assert_close(with[VISITS][year] / without[VISITS][year], factor, 1e-12);
        assert_true(with[OUTSIDE][year] == without[OUTSIDE][year]);
    }
    bg_demand_let_providers_act(self.demand, 0, NULL);
    find_means(self.demand, with);
    assert_memory_equal(with, without, sizeof with);
    demand_unload(&self);
}

/* 20 % of those who go outside come back: each costs about half as much there as outside, as histories say. */
static void cases_come_back_to_the_same_service(void **state)
{
    (void)state;
    static const double kept[YEARS] = {1, 1, 1, 1, 1};
    static const double strength[YEARS] = {0.17, 0.42, 0.67, 1, 1};
    double without[LINES][YEARS], with[LINES][YEARS];
    demand_loaded self = load("response: {returned: 20%}");
    find_means(self.demand, without);
    bg_demand_let_providers_act(self.demand, 0, kept);
    find_means(self.demand, with);
    for (size_t inside = INSIDE; inside < LINES; inside += 2) {
        for (size_t year = 0; year < YEARS; year++) {
            const size_t outside = inside + 1;
            const double share = 0.2 * strength[year], left = share * without[outside][year];
            const double came = with[inside][year] - without[inside][year];
            assert_close(with[outside][year] / without[outside][year], 1 - share, 1e-12);
            assert_true(came > 0.4 * left && came < 0.6 * left);
        }
    }
    demand_unload(&self);
}

/* One draw of each a future, in all lines and years; both engines have the means. */
static void what_is_not_sure_is_drawn_once_a_future(void **state)
{
    (void)state;
    static const double kept[YEARS] = {0.6, 0.6, 0.6, 0.6, 0.6};
    demand_loaded self =
        load("response: {cost: {p10: -12%, p90: -2%}, case_mix: {p10: 1%, p90: 6%},\n"
             "           returned: {p10: 5%, p90: 25%, relative_cost: 80%}}");
    bg_demand_let_providers_act(self.demand, 0, kept);
    for (size_t i = 0; i < self.demand->change_count; i++) {
        for (size_t j = 0; j < i; j++) {
            const bool same = strcmp(self.demand->change[i].name, self.demand->change[j].name) == 0;
            assert_true((self.demand->change[i].size_key == self.demand->change[j].size_key) ==
                        same);
        }
    }
    assert_demand_means(self.demand, 4000);
    demand_unload(&self);
}

/* Bills of 60 M in the county by which the fund pays 45 M, others without a bill. */
static const char billed[] =
    "history: {2024: {residents.inpatient.in: {cases: 9000, paid: 45M, cost: 60M},\n"
    "  residents.inpatient.out: {cases: 3000, paid: 30M, cost: 60M},\n"
    "  residents.outpatient.in: {cases: 400000, paid: 20M}}}\n"
    "people: {residents: {count: 100000}}\n"
    "demand: {emergency: {probability: 0}}\n"
    "simulation: {years: 5, first_year: 2025}\n";

static demand_loaded load_billed(const char *response)
{
    return load_of(billed, response);
}

/* What patients pay and what the fund pays in each year on the central path, in yuan. */
typedef struct central_years {
    double patients[YEARS], fund[YEARS];
} central_years;

static central_years on_the_central_path(const bg_demand *demand)
{
    central_years result;
    bg_future path;
    assert_int_equal(bg_future_init(&path, demand), BG_OK);
    assert_int_equal(bg_demand_central(demand, &path), BG_OK);
    for (size_t year = 0; year < YEARS; year++) {
        result.patients[year] = (double)path.patients[year] / 100;
        result.fund[year] = (double)bg_future_expense(&path, 0, year) / 100;
    }
    bg_future_free(&path);
    return result;
}

/* Of inpatient care in the county the fund pays 10 % less in the fourth year and patients a third of that more; what
 * they pay outside stays. What visits save is not shifted, as their bills are not known. */
static void a_part_of_what_is_saved_is_shifted_to_patients(void **state)
{
    (void)state;
    static const double kept[YEARS] = {1, 1, 1, 1, 0};
    demand_loaded self = load_billed("response: {cost: -10%, shifted_to_patients: 30%}");
    const double before = bg_demand_mean(self.demand, 0, 3) / 100;
    const central_years without = on_the_central_path(self.demand);
    bg_demand_let_providers_act(self.demand, 0, kept);
    const central_years with = on_the_central_path(self.demand);
    assert_close((with.patients[3] - without.patients[3]) / (0.3 * 0.1 * before), 1, 1e-6);
    assert_close(with.patients[4] / without.patients[4], 1, 1e-12);
    assert_close(bg_demand_mean(self.demand, 0, 3) / 100 / before, 0.9, 1e-12);
    demand_unload(&self);
    /* Patients pay their part of the lower bill where nothing is said. */
    self = load_billed("response: {cost: -10%}");
    bg_demand_let_providers_act(self.demand, 0, kept);
    const double less = without.patients[3] - on_the_central_path(self.demand).patients[3];
    assert_close(less / (before / 3 * 0.1), 1, 1e-6);
    demand_unload(&self);
}

/* A cost that rises leaves patients their part of it. */
static void what_costs_more_shifts_nothing(void **state)
{
    (void)state;
    static const double kept[YEARS] = {1, 1, 1, 1, 1};
    demand_loaded self = load_billed("response: {cost: 10%, shifted_to_patients: 30%}");
    const double before = bg_demand_mean(self.demand, 0, 3) / 100;
    const double without = on_the_central_path(self.demand).patients[3];
    bg_demand_let_providers_act(self.demand, 0, kept);
    const double more = on_the_central_path(self.demand).patients[3] - without;
    assert_close(more / (before / 3 * 0.1), 1, 1e-6);
    demand_unload(&self);
}

/* Patients' payments in year 3 by the reference engine and by the fast one. */
static moments patients_of_reference(const bg_demand *demand, uint32_t futures)
{
    moments result = {0};
    bg_future path;
    bg_sampler *sampler = bg_sampler_new(demand);
    assert_non_null(sampler);
    assert_int_equal(bg_future_init(&path, demand), BG_OK);
    for (uint32_t i = 1; i <= futures; i++) {
        assert_int_equal(bg_demand_draw(demand, sampler, i, &path), BG_OK);
        moments_add(&result, (double)path.patients[3] / 100);
    }
    bg_future_free(&path);
    bg_sampler_free(sampler);
    return result;
}

static moments patients_of_fast(const bg_demand *demand, size_t futures)
{
    moments result = {0};
    demand_block block = demand_block_new(demand, futures);
    assert_int_equal(demand_block_draw(&block, demand, 500), BG_OK);
    for (size_t i = 0; i < futures; i++) {
        moments_add(&result, (double)block.columns[0][3].patients[i] / 100);
    }
    demand_block_free(&block);
    return result;
}

/* With a factor X of cost and a share S that are drawn apart, patients of inpatient care in the county pay
 * [q + E S·(1 - E X)] of the fund's payment without; the mean of the share is an integral over
 * its normal logit, 0.391237 for one of 20 to 60 %. */
static void engines_shift_the_same_to_patients(void **state)
{
    (void)state;
    enum { FUTURES = 4000 };
    static const double kept[YEARS] = {1, 1, 1, 1, 1};
    demand_loaded self = load_billed("response: {cost: {p10: -20%, p90: -5%},\n"
                                     "           shifted_to_patients: {p10: 20%, p90: 60%}}");
    const double without = on_the_central_path(self.demand).patients[3];
    const double before = bg_demand_mean(self.demand, 0, 3) / 100;
    bg_demand_let_providers_act(self.demand, 0, kept);
    const double saved = before - bg_demand_mean(self.demand, 0, 3) / 100;
    const moments reference = patients_of_reference(self.demand, FUTURES);
    const moments fast = patients_of_fast(self.demand, FUTURES);
    const double expected = without + 0.391237 * saved;
    assert_mean(&reference, expected);
    assert_mean(&fast, expected);
    assert_close(on_the_central_path(self.demand).patients[3] / expected, 1, 1e-6);
    demand_unload(&self);
}

/* The same bits as without: nothing is kept, or nothing was asked for yet. */
static void where_nothing_is_kept_the_bits_are_those_without(void **state)
{
    (void)state;
    static const double none[YEARS] = {0, -0.2, 0, 0, 0};
    demand_loaded plain = load(""),
                  self = load("response: {cost: {p10: -12%, p90: -2%}, returned: 20%}");
    demand_block expected = demand_block_new(plain.demand, 500),
                 drawn = demand_block_new(self.demand, 500);
    assert_int_equal(demand_block_draw(&expected, plain.demand, 500), BG_OK);
    assert_int_equal(demand_block_draw(&drawn, self.demand, 500), BG_OK);
    const uint64_t hash = demand_block_hash(&expected);
    assert_true(demand_block_hash(&drawn) == hash);
    bg_demand_let_providers_act(self.demand, 0, (const double[YEARS]){1, 1, 1, 1, 1});
    assert_int_equal(demand_block_draw(&drawn, self.demand, 500), BG_OK);
    assert_true(demand_block_hash(&drawn) != hash);
    bg_demand_let_providers_act(self.demand, 0, none);
    assert_int_equal(demand_block_draw(&drawn, self.demand, 500), BG_OK);
    assert_true(demand_block_hash(&drawn) == hash);
    demand_block_free(&expected);
    demand_block_free(&drawn);
    demand_unload(&plain);
    demand_unload(&self);
}

static void what_cannot_be_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *history, *response, *message;
    } cases[] = {
        {"{2024: 100M}", "{returned: 5%}",
         "response.returned: no cases can come back: no line outside the county has cases and a "
         "line of "
         "the same service inside."},
        {"{2024: 100M}", "{cost: {p10: -2%, p90: -12%}}",
         "response.cost.p90: p90 must be above p10."},
        {"{2024: 100M}", "{returned: 5%, shifted_to_patients: 35%}",
         "response.shifted_to_patients: There is nothing to shift: it is a part of what `cost` "
         "saves, "
         "which is missing."},
        {"{2024: 100M}", "{cost: -6%, shifted_to_patients: 35%}",
         "response.shifted_to_patients: What patients pay is not known: no line in the county has "
         "a "
         "bill (`cost`) in its history."},
        {"{2024: {residents.inpatient.in: {cases: 900, paid: 5M, cost: 8M}}}",
         "{cost: -6%, shifted_to_patients: {p10: 35%, p90: 20%}}",
         "response.shifted_to_patients.p90: p90 must be above p10."},
        {"{2024: 100M}", "{build_up: [17%, 42%]}",
         "response.build_up: this says nothing as long as the response has none of cost, case_mix "
         "and "
         "returned."},
        {"{2024: 100M}", "{contract_year: 2}",
         "response.contract_year: this says nothing as long as the response has none of cost, "
         "case_mix and returned."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        snprintf(text, sizeof text, "history: %s\npeople: {residents: 100000}\nresponse: %s\n",
                 cases[i].history, cases[i].response);
        demand_loaded self = demand_load(text);
        char *messages = messages_of(&self.errors);
        assert_reports(messages, cases[i].message);
        free(messages);
        demand_unload(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_response_builds_up_and_is_by_what_is_kept),
        cmocka_unit_test(cost_in_the_county_falls_and_its_case_mix_rises),
        cmocka_unit_test(cases_come_back_to_the_same_service),
        cmocka_unit_test(what_is_not_sure_is_drawn_once_a_future),
        cmocka_unit_test(a_part_of_what_is_saved_is_shifted_to_patients),
        cmocka_unit_test(what_costs_more_shifts_nothing),
        cmocka_unit_test(engines_shift_the_same_to_patients),
        cmocka_unit_test(where_nothing_is_kept_the_bits_are_those_without),
        cmocka_unit_test(what_cannot_be_is_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
