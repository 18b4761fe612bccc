#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/says.h"
#include <baogan/pool.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array)      (sizeof(array) / sizeof((array)[0]))
#define HISTORY           "history: {2024: {residents.total: 400M, employees.total: 90M}}\n"
#define FEN_OF(yuan_cent) ((bg_fen)INT64_C(yuan_cent))

typedef struct pool_case {
    bg_errors errors;
    bg_scenario *scenario;
    bg_pool pool;
    bg_status status;
} pool_case;

/* From the first budget year 2025. */
static void read_pool(pool_case *self, const char *yaml, const char *scheme)
{
    bg_errors_init(&self->errors);
    assert_int_equal(bg_scenario_parse(yaml, strlen(yaml), "case.yaml", NULL, NULL, 0,
                                       &self->scenario, &self->errors),
                     BG_OK);
    self->status = bg_pool_read(self->scenario, scheme, 2025, &self->pool, &self->errors);
}

static void free_pool(pool_case *self)
{
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static bg_fen income_of(const pool_case *self, int year, double people, const double *growth)
{
    bg_fen income;
    assert_int_equal(bg_pool_income(&self->pool, year, 1, &people, growth, &income), BG_OK);
    return income;
}

static const char residents[] =
    HISTORY "pool: {residents: {contribution: {2025: 400, 2027: 420}, subsidy: {2025: 700},\n"
            "                   subsidy_growth: 4%}}\n";

/* 500,000 x (400 + 700), x (400 + 700 x 1.04), x (420 + 700 x 1.0816), x (420 + 700 x 1.124864) */
static void residents_pay_and_the_government_adds(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self, residents, "residents");
    assert_int_equal(self.status, BG_OK);
    assert_true(self.pool.modelled);
    assert_int_equal(income_of(&self, 2025, 500000, NULL), FEN_OF(55000000000));
    assert_int_equal(income_of(&self, 2026, 500000, NULL), FEN_OF(56400000000));
    assert_int_equal(income_of(&self, 2027, 500000, NULL), FEN_OF(58856000000));
    assert_int_equal(income_of(&self, 2028, 500000, NULL), FEN_OF(60370240000));
    assert_int_equal(bg_pool_contribution(&self.pool, 2026), 40000);
    assert_int_equal(bg_pool_contribution(&self.pool, 2030), 42000);
    free_pool(&self);
}

/* 3 people: 3 x 0.10 + 3 x 0.05 x 1.1 = 0.30 + 0.165 yuan; parts are rounded, not amounts a head. */
static void each_part_is_rounded_once(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self,
              HISTORY "pool: {residents: {contribution: 0.10, subsidy: 0.05, subsidy_growth: 10%}}",
              "residents");
    assert_int_equal(income_of(&self, 2026, 3, NULL), 47);
    free_pool(&self);
}

/* What is announced for a year is known; growth is since the last year announced. */
static void only_what_is_not_announced_grows_as_drawn(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self, residents, "residents");
    assert_true(bg_pool_is_uncertain(&self.pool));
    const double growth = 1.05;
    assert_int_equal(income_of(&self, 2025, 500000, &growth), FEN_OF(55000000000));
    /* 500,000 x 400 + 500,000 x 700 x 1.05 */
    assert_int_equal(income_of(&self, 2026, 500000, &growth), FEN_OF(56750000000));
    assert_int_equal(bg_pool_amount_year(&self.pool, 2025), 2025);
    assert_int_equal(bg_pool_amount_year(&self.pool, 2028), 2025);
    free_pool(&self);
}

/* The last year announced may lie before the first budget year, and years between two be missing. */
static void an_amount_of_a_former_year_grows_up_to_the_next_one(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self,
              HISTORY "pool: {residents: {contribution: {2024: 400}, subsidy: {2023: 640, 2024: "
                      "670, 2027: 800}, subsidy_growth: 10%, subsidy_growth_sd: 0}}\n",
              "residents");
    assert_false(bg_pool_is_uncertain(&self.pool));
    /* 1,000 x (400 + 737), x (400 + 810.7), x (400 + 800), x (400 + 880) */
    static const bg_fen expected[] = {113700000, 121070000, 120000000, 128000000};
    for (int y = 0; y < 4; y++) {
        assert_int_equal(income_of(&self, 2025 + y, 1000, NULL), expected[y]);
    }
    free_pool(&self);
}

/* 60,000 x 73 % x 80,000 x 8 %; x 1.032^2, of whom 28 % are then retired. */
static void employees_in_work_pay_a_share_of_their_wages(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self,
              HISTORY "pool: {employees: {wage_base: 80000, contribution_rate: 8%,\n"
                      "                   retired: {2025: 27%, 2027: 28%}}}\n",
              "employees");
    assert_int_equal(income_of(&self, 2025, 60000, NULL), FEN_OF(28032000000));
    assert_int_equal(income_of(&self, 2027, 60000, NULL), FEN_OF(29445783552));
    const double growth = 0.5;
    assert_int_equal(income_of(&self, 2027, 60000, &growth), FEN_OF(13824000000));
    free_pool(&self);
}

static void each_of_many_units_has_its_own_people_and_growth(void **state)
{
    (void)state;
    enum { MANY = 300 };
    pool_case self;
    read_pool(&self, HISTORY "pool: {residents: {contribution: 1, subsidy: 2}}", "residents");
    double people[MANY], growth[MANY];
    bg_fen income[MANY];
    for (size_t i = 0; i < MANY; i++) {
        people[i] = (double)(100 * i);
        growth[i] = 1 + (double)i;
    }
    assert_int_equal(bg_pool_income(&self.pool, 2026, MANY, people, growth, income), BG_OK);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(income[i], 100 * i * (100 + 200 * (1 + i)));
    }
    const double beyond = 1e15;
    assert_int_equal(bg_pool_income(&self.pool, 2026, 1, &people[1], &beyond, income), BG_OVERFLOW);
    free_pool(&self);
}

/* ---- what enrolment follows ---- */

static void a_contribution_stands_to_that_of_the_base_year(void **state)
{
    (void)state;
    static const struct {
        const char *contribution;
        int base_year, year;
        double ratio;
    } cases[] = {
        {"{2024: 380, 2025: 400, 2027: 440}", 2024, 2025, 400.0 / 380},
        {"{2024: 380, 2025: 400, 2027: 440}", 2024, 2026, 400.0 / 380},
        {"{2024: 380, 2025: 400, 2027: 440}", 2023, 2027,
         440.0 / 380}, /* the first that is given */
        {"{2025: 400, 2027: 440}", 2024, 2026, 1},
        {"400", 2024, 2027, 1},
        {"{2024: 1, 2025: 400}", 2024, 2025, 10},
        {"{2024: 400, 2025: 1}", 2024, 2025, 0.1},
        {"{2024: 0, 2025: 400}", 2024, 2025, 10},
        {"{2024: 0, 2026: 400}", 2024, 2025, 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char yaml[512];
        snprintf(yaml, sizeof yaml, HISTORY "pool: {residents: {contribution: %s, subsidy: 700}}\n",
                 cases[i].contribution);
        pool_case self;
        read_pool(&self, yaml, "residents");
        const double ratio =
            bg_pool_contribution_ratio(&self.pool, cases[i].base_year, cases[i].year);
        assert_true(ratio > cases[i].ratio - 1e-12 && ratio < cases[i].ratio + 1e-12);
        free_pool(&self);
    }
    pool_case other;
    read_pool(&other, HISTORY "pool: {residents: {income_per_head: 1000}}\n", "residents");
    assert_true(bg_pool_contribution_ratio(&other.pool, 2024, 2026) == 1);
    free_pool(&other);
}

/* ---- errors ---- */

static void income_that_is_given_badly_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *pool, *path, *words;
        bg_status status;
    } cases[] = {
        {"{income_per_head: 1000, contribution: 400, subsidy: 700}", "pool[residents].contribution",
         "given twice, here and by income_per_head", BG_INVALID},
        {"{contribution: 400, subsidy: 700, wage_base: 80000}", "pool[residents].wage_base",
         "given twice, here and by contribution", BG_INVALID},
        {"{subsidy: 700}", "pool[residents].subsidy", "needs contribution beside this", BG_MISSING},
        {"{contribution: 400}", "pool[residents].contribution", "needs subsidy beside this",
         BG_MISSING},
        {"{wage_base: 80000}", "pool[residents].wage_base", "needs contribution_rate beside this",
         BG_MISSING},
        {"{contribution_rate: 8%}", "pool[residents].contribution_rate",
         "needs wage_base beside this", BG_MISSING},
        {"{contribution: {2026: 400}, subsidy: 700}", "pool[residents].contribution",
         "contribution says nothing of 2025, the first budget year", BG_MISSING},
        {"{contribution: 400, subsidy: {2027: 700}}", "pool[residents].subsidy",
         "subsidy says nothing of 2025", BG_MISSING},
        {"{wage_base: 80000, contribution_rate: 8%, retired: {2026: 27%}}",
         "pool[residents].retired", "retired says nothing of 2025", BG_MISSING},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char yaml[512];
        snprintf(yaml, sizeof yaml, HISTORY "pool: {residents: %s}\n", cases[i].pool);
        pool_case self;
        read_pool(&self, yaml, "residents");
        assert_int_equal(self.status, cases[i].status);
        assert_int_equal(self.errors.count, 1);
        assert_string_equal(self.errors.items[0].path, cases[i].path);
        assert_int_equal(self.errors.items[0].line, 2);
        assert_says_among_others(self.errors.items[0].message, cases[i].words);
        free_pool(&self);
    }
}

static void read_enrolment(pool_case *self, const char *enrolment, const char *rest)
{
    char yaml[512];
    snprintf(yaml, sizeof yaml,
             HISTORY
             "pool: {residents: {contribution: {2025: 400, 2026: 440}, subsidy: 700%s}}\n%s",
             enrolment, rest);
    read_pool(self, yaml, "residents");
}

/* The root of 0.3 x 0.8, and ln(0.8/0.3) / (2 x 1.2815516). */
static void who_leaves_costs_a_sure_or_an_uncertain_part_of_the_mean(void **state)
{
    (void)state;
    static const struct {
        const char *enrolment;
        double cost, sd;
    } cases[] = {
        {"", 0.4898979486, 0.3826726},
        {", enrolment: {relative_cost: 60%}", 0.6, 0},
        {", enrolment: {relative_cost: {p10: 20%, p90: 45%}}", 0.3, 0.3163868},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        pool_case self;
        read_enrolment(&self, cases[i].enrolment, "");
        assert_int_equal(self.status, BG_OK);
        assert_close(self.pool.relative_cost, cases[i].cost, 1e-9);
        assert_close(self.pool.relative_cost_sd, cases[i].sd, 1e-6);
        assert_true(bg_pool_uses(&self.pool, "relative_cost"));
        free_pool(&self);
    }
}

static void a_cost_of_who_leaves_that_is_given_badly_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *enrolment, *message;
    } cases[] = {
        {", enrolment: {relative_cost: {p10: 60%, p90: 40%}}", "`p90` must be above `p10`"},
        {", enrolment: {relative_cost: {p10: 60%}}", "is one rate, such as 50%, or uncertain"},
        {", enrolment: {relative_cost: {cost: 50%, p90: 60%}}",
         "is one rate, such as 50%, or uncertain"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        pool_case self;
        read_enrolment(&self, cases[i].enrolment, "");
        assert_int_not_equal(self.status, BG_OK);
        assert_int_equal(self.errors.count, 1);
        assert_says_among_others(self.errors.items[0].message, cases[i].message);
        free_pool(&self);
    }
}

static void terms_of_enrolment_are_not_warned_of_where_a_measure_changes_contributions(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self,
              HISTORY "pool: {residents: {contribution: 400, subsidy: 700, enrolment: -0.2}}\n"
                      "measures: {higher: {from: 2026-01, contributions: 10%}}\n",
              "residents");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.errors.count, 0);
    free_pool(&self);
}

static void keys_of_another_way_to_give_income_are_warned_of(void **state)
{
    (void)state;
    static const struct {
        const char *pool, *path, *words;
    } cases[] = {
        {"{contribution: 400, subsidy: 700, growth: 4%}", "pool[residents].growth",
         "has no effect, because income is given by subsidy"},
        {"{income_per_head: 1000, subsidy_growth: 4%}", "pool[residents].subsidy_growth",
         "has no effect, because income is given by income_per_head"},
        {"{income_per_head: 1000, retired: 30%}", "pool[residents].retired",
         "has no effect, because income is given by income_per_head"},
        {"{contribution: 400, subsidy: 700, wage_growth_sd: 2%}", "pool[residents].wage_growth_sd",
         "has no effect, because income is given by subsidy"},
        {"{interest: 2%}", "pool[residents].interest", "income_per_head is not given"},
        {"{contribution: 400, subsidy: 700, enrolment: -0.2}", "pool[residents].enrolment",
         "the contribution is not given, or is the same in all years"},
        {"{income_per_head: 1000, enrolment: {relative_cost: 60%}}", "pool[residents].enrolment",
         "the contribution is not given, or is the same in all years"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char yaml[512];
        snprintf(yaml, sizeof yaml, HISTORY "pool: {residents: %s}\n", cases[i].pool);
        pool_case self;
        read_pool(&self, yaml, "residents");
        assert_int_equal(self.status, BG_OK);
        assert_int_equal(self.errors.count, 1);
        assert_true(self.errors.items[0].warning);
        assert_string_equal(self.errors.items[0].path, cases[i].path);
        assert_says_among_others(self.errors.items[0].message, cases[i].words);
        free_pool(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(residents_pay_and_the_government_adds),
        cmocka_unit_test(each_part_is_rounded_once),
        cmocka_unit_test(only_what_is_not_announced_grows_as_drawn),
        cmocka_unit_test(an_amount_of_a_former_year_grows_up_to_the_next_one),
        cmocka_unit_test(employees_in_work_pay_a_share_of_their_wages),
        cmocka_unit_test(each_of_many_units_has_its_own_people_and_growth),
        cmocka_unit_test(a_contribution_stands_to_that_of_the_base_year),
        cmocka_unit_test(income_that_is_given_badly_is_refused),
        cmocka_unit_test(who_leaves_costs_a_sure_or_an_uncertain_part_of_the_mean),
        cmocka_unit_test(a_cost_of_who_leaves_that_is_given_badly_is_refused),
        cmocka_unit_test(
            terms_of_enrolment_are_not_warned_of_where_a_measure_changes_contributions),
        cmocka_unit_test(keys_of_another_way_to_give_income_are_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
