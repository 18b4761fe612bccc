#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include <baogan/pool.h>
#include <math.h>
#include <string.h>

#define MILLION (1000000 * INT64_C(100))

typedef struct pool_case {
    bg_errors errors;
    bg_scenario *scenario;
    bg_pool pool;
} pool_case;

static void read_pool(pool_case *self, const char *yaml, const char *scheme)
{
    bg_errors_init(&self->errors);
    assert_int_equal(bg_scenario_parse(yaml, strlen(yaml), "case.yaml", NULL, NULL, 0,
                                       &self->scenario, &self->errors),
                     BG_OK);
    assert_int_equal(bg_pool_read(self->scenario, scheme, 2025, &self->pool, &self->errors), BG_OK);
}

static void free_pool(pool_case *self)
{
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static const char full[] = "history: {2024: 400M}\n"
                           "pool:\n"
                           "  residents: {income_per_head: 1193, growth: 3%, balance: 320M,\n"
                           "              outside_spending: {2025: 50M, later: 60M}}\n";

static void income_is_per_head_times_people_grown_from_the_first_year(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self, full, "residents");
    assert_true(self.pool.modelled);
    assert_int_equal(self.pool.opening, 320 * MILLION);
    const double people[2] = {500000, 400000.4};
    bg_fen income[2];
    assert_int_equal(bg_pool_income(&self.pool, 2025, 2, people, NULL, income), BG_OK);
    assert_int_equal(income[0], 59650000000); /* 1,193 x 500,000 */
    assert_int_equal(income[1], 47720000000);
    assert_int_equal(bg_pool_income(&self.pool, 2027, 2, people, NULL, income), BG_OK);
    assert_int_equal(income[0], 63282685000); /* x 1.0609 */
    free_pool(&self);
}

static void income_is_rounded_once(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self,
              "history: {2024: 400M}\n"
              "pool: {residents: {income_per_head: 0.05, growth: 10%}}\n",
              "residents");
    const double one[1] = {1};
    bg_fen income[1];
    /* 5 fen x 1.1^4 = 7.3205; rounding every year would give 6, 7, 8, 9. */
    assert_int_equal(bg_pool_income(&self.pool, 2029, 1, one, NULL, income), BG_OK);
    assert_int_equal(income[0], 7);
    free_pool(&self);
}

static void the_balance_takes_income_other_spending_and_movements(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self, full, "residents");
    const bg_fen income[2] = {500 * MILLION, 500 * MILLION};
    const bg_fen movement[2] = {-460 * MILLION, 10 * MILLION};
    bg_fen balance[2] = {320 * MILLION, 0};
    assert_int_equal(bg_pool_outside_spending(&self.pool, 2025), 50 * MILLION);
    assert_int_equal(bg_pool_advance(&self.pool, 2025, 2, income, movement, balance), BG_OK);
    assert_int_equal(balance[0], 310 * MILLION);
    assert_int_equal(balance[1], 460 * MILLION);
    assert_int_equal(bg_pool_outside_spending(&self.pool, 2028), 60 * MILLION);
    assert_int_equal(bg_pool_advance(&self.pool, 2028, 2, income, movement, balance), BG_OK);
    assert_int_equal(balance[0], 290 * MILLION);
    free_pool(&self);
}

/* 2 % of 320 million; half a fen becomes one; nobody pays interest on a debt. */
static void a_balance_above_zero_bears_interest(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self,
              "history: {2024: 400M}\n"
              "pool: {residents: {income_per_head: 1000, interest: 2%}}\n",
              "residents");
    const bg_fen balance[4] = {320 * MILLION, 25, -320 * MILLION, 0};
    bg_fen income[4] = {100, 100, 100, 100};
    assert_int_equal(bg_pool_add_interest(&self.pool, 4, balance, income), BG_OK);
    assert_int_equal(income[0], 640000100);
    assert_int_equal(income[1], 101);
    assert_int_equal(income[2], 100);
    assert_int_equal(income[3], 100);
    free_pool(&self);
}

/* More than a strip of them. */
static void each_of_many_balances_bears_its_own_interest(void **state)
{
    (void)state;
    enum { MANY = 300 };
    pool_case self;
    read_pool(&self,
              "history: {2024: 400M}\n"
              "pool: {residents: {income_per_head: 1000, interest: 10%}}\n",
              "residents");
    bg_fen balance[MANY], income[MANY] = {0};
    for (size_t i = 0; i < MANY; i++) {
        balance[i] = 10 * (bg_fen)i;
    }
    assert_int_equal(bg_pool_add_interest(&self.pool, MANY, balance, income), BG_OK);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(income[i], i);
    }
    const bg_fen large[1] = {MILLION};
    bg_fen most[1] = {INT64_MAX};
    assert_int_equal(bg_pool_add_interest(&self.pool, 1, large, most), BG_OVERFLOW);
    free_pool(&self);
}

static void without_income_only_movements_are_followed_from_zero(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self,
              "history: {2024: 400M}\n"
              "pool: {employees: {balance: 5M, outside_spending: 1M}}\n",
              "employees");
    assert_false(self.pool.modelled);
    assert_int_equal(self.pool.opening, 0);
    assert_int_equal(bg_pool_outside_spending(&self.pool, 2025), 0);
    const bg_fen movement[1] = {-3};
    bg_fen balance[1] = {0};
    assert_int_equal(bg_pool_advance(&self.pool, 2025, 1, NULL, movement, balance), BG_OK);
    assert_int_equal(balance[0], -3);
    free_pool(&self);
}

static void what_the_pool_spends_beside_is_taken_from_its_balance(void **state)
{
    (void)state;
    bg_fen balance[2] = {70, -30};
    assert_int_equal(bg_pool_spend(100, 2, balance), BG_OK);
    assert_int_equal(balance[0], -30);
    assert_int_equal(balance[1], -130);
    assert_int_equal(bg_pool_spend(INT64_MAX, 2, balance), BG_OVERFLOW);
}

static void figures_that_are_not_used_are_warned_of(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self, "history: {2024: 400M}\npool: {residents: {balance: 5M}}\n", "residents");
    assert_int_equal(self.errors.count, 1);
    assert_true(self.errors.items[0].warning);
    assert_string_equal(self.errors.items[0].path, "pool[residents].balance");
    assert_says_among_others(self.errors.items[0].message, "income_per_head is not given");
    free_pool(&self);
    read_pool(&self, "history: {2024: 400M}\n", "residents");
    assert_int_equal(self.errors.count, 0);
    free_pool(&self);
}

static void people_and_amounts_that_cannot_be_are_refused(void **state)
{
    (void)state;
    pool_case self;
    read_pool(&self, full, "residents");
    static const double wrong[] = {-1, NAN, 1e15};
    bg_fen income[1];
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(bg_pool_income(&self.pool, 2025, 1, &wrong[i], NULL, income), BG_RANGE);
    }
    const double many[1] = {9e14};
    assert_int_equal(bg_pool_income(&self.pool, 2025, 1, many, NULL, income), BG_OVERFLOW);
    const bg_fen most[1] = {INT64_MAX};
    bg_fen balance[1] = {1};
    assert_int_equal(bg_pool_advance(&self.pool, 2025, 1, most, balance, balance), BG_OVERFLOW);
    assert_int_equal(balance[0], 1);
    free_pool(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(income_is_per_head_times_people_grown_from_the_first_year),
        cmocka_unit_test(income_is_rounded_once),
        cmocka_unit_test(the_balance_takes_income_other_spending_and_movements),
        cmocka_unit_test(a_balance_above_zero_bears_interest),
        cmocka_unit_test(each_of_many_balances_bears_its_own_interest),
        cmocka_unit_test(without_income_only_movements_are_followed_from_zero),
        cmocka_unit_test(what_the_pool_spends_beside_is_taken_from_its_balance),
        cmocka_unit_test(figures_that_are_not_used_are_warned_of),
        cmocka_unit_test(people_and_amounts_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
