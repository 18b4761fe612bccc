#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/scenario_text.h"
#include "study/default_keys.h"

#include <string.h>

static const char two_schemes[] =
    "money_unit: wan\n"
    "history:\n"
    "  2023: {residents.total: 50000, employees.inpatient.in: {cases: 9000, paid: 20000}}\n"
    "  2024: {residents.total: 52000, employees.inpatient.in: {cases: 9100, paid: 21000}}\n"
    "budget: {growth: 5%}\n";

typedef struct listed {
    bg_scenario *scenario;
    bg_model model;
    bg_default_key key[256];
    size_t count;
} listed;

static void list(listed *self, const char *text)
{
    bg_errors errors;
    bg_errors_init(&errors);
    self->scenario = scenario_of(text, NULL);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &errors), BG_OK);
    bg_errors_free(&errors);
    self->count = bg_default_keys(&self->model, self->key, 256);
    assert_in_range(self->count, 10, 256);
}

static void finish(listed *self)
{
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
}

static const bg_default_key *key_of(const listed *self, const char *path)
{
    for (size_t i = 0; i < self->count; i++) {
        if (strcmp(self->key[i].node->path, path) == 0) {
            return &self->key[i];
        }
    }
    return NULL;
}

static void what_the_scenario_says_is_no_default(void **state)
{
    (void)state;
    listed self;
    list(&self, two_schemes);
    assert_null(key_of(&self, "budget.growth"));
    const bg_default_key *prior = key_of(&self, "demand.trend.prior");
    assert_non_null(prior);
    assert_true(prior->assumption);
    assert_null(strstr(prior->source, "assumption"));
    finish(&self);
}

static void a_pool_without_income_adds_no_assumptions(void **state)
{
    (void)state;
    listed self;
    list(&self, two_schemes);
    bool employees = false;
    for (size_t i = 0; i < self.count; i++) {
        assert_null(strstr(self.key[i].node->path, "pool["));
        employees = employees || strstr(self.key[i].node->path, "people[employees]");
    }
    assert_true(employees);
    finish(&self);
}

#define VISITS                                                                                     \
    "history:\n"                                                                                   \
    "  2024: {residents.inpatient.in: {cases: 100, cost: 600000, paid: 300000},\n"                 \
    "         residents.outpatient.in: {cases: 5000, cost: 500000, paid: 250000}}\n"               \
    "budget: {growth: 5%}\n"                                                                       \
    "benefits:\n"                                                                                  \
    "  in_force: {lines: '*.outpatient.*', rate: 50%}\n"

/* A rate changes the price of visits, a cap cuts something off, too. */
static void what_changed_terms_do_to_other_care_counts_where_they_do(void **state)
{
    (void)state;
    static const char *const texts[] = {
        VISITS, VISITS "  dearer: {lines: '*.outpatient.*', from: 2025-02, rate: 40%}\n",
        VISITS "  capped: {lines: '*.outpatient.*', from: 2025-02, cap: 40}\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        listed self;
        list(&self, texts[i]);
        assert_true(!key_of(&self, "demand.services[outpatient].cap_visits") == (i < 2));
        assert_true(!key_of(&self, "demand.services[outpatient].cap_admissions_sd") == (i < 2));
        assert_true(!key_of(&self, "demand.services[inpatient].outpatient_elasticity") == (i < 1));
        assert_null(key_of(&self, "demand.services[inpatient].cap_admissions_sd"));
        assert_non_null(key_of(&self, "demand.services[outpatient].cases_elasticity"));
        finish(&self);
    }
}

static void a_pool_adds_the_assumptions_of_the_way_its_income_is_given(void **state)
{
    (void)state;
    listed self;
    list(&self, "history: {2024: {residents.total: 100M, employees.total: 40M}}\n"
                "budget: {growth: 5%}\n"
                "pool: {residents: {contribution: {2025: 400, 2026: 420}, subsidy: 700},\n"
                "       employees: {wage_base: 80000, contribution_rate: 8%}}\n");
    static const struct {
        const char *path;
        bool counts;
    } cases[] = {
        {"pool[residents].subsidy_growth", true},
        {"pool[residents].subsidy_growth_sd", true},
        {"pool[residents].growth", false},
        {"pool[residents].wage_growth_sd", false},
        {"pool[residents].retired", false},
        {"pool[employees].retired", true},
        {"pool[employees].wage_growth", true},
        {"pool[employees].subsidy_growth", false},
        {"pool[residents].enrolment.elasticity", true},
        {"pool[employees].enrolment.elasticity", false},
        {"pool[residents].bounds.surplus", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if ((key_of(&self, cases[i].path) != NULL) != cases[i].counts) {
            fail_msg("%s", cases[i].path);
        }
    }
    finish(&self);
}

static void who_watches_a_year_adds_no_assumptions(void **state)
{
    (void)state;
    listed self;
    list(&self, two_schemes);
    assert_null(key_of(&self, "monitor.month_noise"));
    assert_null(key_of(&self, "monitor.red"));
    finish(&self);
}

static void more_keys_than_there_is_room_for_are_counted(void **state)
{
    (void)state;
    listed self;
    list(&self, two_schemes);
    bg_default_key few[2] = {{0}};
    assert_int_equal(bg_default_keys(&self.model, few, 1), self.count);
    assert_ptr_equal(few[0].node, self.key[0].node);
    assert_null(few[1].node);
    finish(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_scenario_says_is_no_default),
        cmocka_unit_test(a_pool_without_income_adds_no_assumptions),
        cmocka_unit_test(what_changed_terms_do_to_other_care_counts_where_they_do),
        cmocka_unit_test(a_pool_adds_the_assumptions_of_the_way_its_income_is_given),
        cmocka_unit_test(who_watches_a_year_adds_no_assumptions),
        cmocka_unit_test(more_keys_than_there_is_room_for_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
