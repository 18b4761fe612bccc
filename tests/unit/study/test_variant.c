#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/demand_block.h"
#include "../../support/folder.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "study/variant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char base[] = "money_unit: wan\n"
                           "history: {2023: 49400, 2024: 56300}\n"
                           "budget: {growth: {2025: 6%, later: 5%}, growth_cap: 5%}\n"
                           "pool: {residents: {income_per_head: 1000, balance: 4000}}\n";

static const char *const given[] = {"simulation.years=2"};

static bg_scenario_source source_of(const char *text)
{
    folder_write("base.yaml", text);
    return (bg_scenario_source){.path = "base.yaml", .overrides = given, .override_count = 1};
}

static bg_setting setting(const char *key, int64_t value)
{
    const bg_setting made = {key, bg_catalogue_find(key), value};
    assert_non_null(made.row);
    return made;
}

static char *yaml_of(const bg_scenario *scenario)
{
    char *text = bg_scenario_yaml(scenario, true);
    assert_non_null(text);
    return text;
}

/* The source with further overrides, as --set gives them. */
static char *loaded_yaml(const bg_scenario_source *source, const char *first, const char *second)
{
    const char *overrides[] = {given[0], first, second};
    bg_scenario_source set = *source;
    set.overrides = overrides;
    set.override_count = second ? 3 : 2;
    bg_scenario *scenario = NULL;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_scenario_load(&set, &scenario, &errors), BG_OK);
    bg_errors_free(&errors);
    char *text = yaml_of(scenario);
    bg_scenario_free(scenario);
    return text;
}

static void read_model(const bg_scenario_source *source, const bg_setting *settings, size_t count,
                       bg_scenario **scenario)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    const bg_status status = bg_variant_read(source, settings, count, scenario, &model, &errors);
    char *messages = messages_of(&errors);
    assert_string_equal(status ? messages : "", "");
    free(messages);
    assert_ptr_equal(model.contract.scenario, *scenario);
    bg_model_free(&model);
    bg_errors_free(&errors);
}

static void a_variation_is_a_load_with_the_same_values(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        int64_t first, second;
        const char *override;
    } cases[] = {
        {"budget.growth", BG_ONE / 50, BG_ONE / 25, "budget.growth=4%"},
        {"budget.growth[2025]", BG_ONE / 50, BG_ONE / 25, "budget.growth[2025]=4%"},
        {"budget.growth[2026]", BG_ONE / 50, -BG_ONE / 100, "budget.growth[2026]=-1%"},
        {"budget.funds[risk].rate", 0, BG_ONE / 40, "budget.funds[risk].rate=2.5%"},
        {"budget.funds[new].rate", 0, BG_ONE / 100, "budget.funds[new].rate=1%"},
        {"settlement[share_overspend].bands[5%]", 0, BG_ONE,
         "settlement[share_overspend].bands[5%]=1"},
        {"pool[residents].balance", 1, 12345, "pool[residents].balance=123.45元"},
        {"pool[residents].income_per_head", 1, 123456, "pool[residents].income_per_head=1234.56"},
        {"demand.season[2]", BG_ONE, BG_ONE / 2, "demand.season[2]=0.5"},
        {"people[residents].count", 100, 4000, "people[residents].count=4000"},
        {"demand.level", 0, 1, "demand.level=fitted"},
        {"budget.funds[risk].carry_over", 0, 1, "budget.funds[risk].carry_over=true"},
        {"simulation.seed", 2, 9, "simulation.seed=9"},
    };
    const bg_scenario_source source = source_of(base);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_scenario *scenario = NULL;
        const bg_setting first = setting(cases[i].key, cases[i].first);
        const bg_setting second = setting(cases[i].key, cases[i].second);
        read_model(&source, &first, 1, &scenario);
        read_model(&source, &second, 1, &scenario);
        char *varied = yaml_of(scenario), *loaded = loaded_yaml(&source, cases[i].override, NULL);
        assert_string_equal(varied, loaded);
        free(varied);
        free(loaded);
        bg_scenario_free(scenario);
    }
}

static void several_keys_vary_together_and_the_file_is_read_once(void **state)
{
    (void)state;
    const bg_scenario_source source = source_of(base);
    bg_setting settings[] = {setting("budget.growth[2025]", BG_ONE / 50),
                             setting("budget.funds[risk].rate", BG_ONE / 50)};
    bg_scenario *scenario = NULL;
    read_model(&source, settings, 2, &scenario);
    assert_true(bg_variant_fits(scenario, settings, 2));
    assert_int_equal(remove("base.yaml"), 0);
    settings[0].value = BG_ONE / 25;
    settings[1].value = BG_ONE / 100;
    read_model(&source, settings, 2, &scenario);
    folder_write("base.yaml", base);
    char *varied = yaml_of(scenario);
    char *loaded = loaded_yaml(&source, "budget.growth[2025]=4%", "budget.funds[risk].rate=1%");
    assert_string_equal(varied, loaded);
    free(varied);
    free(loaded);
    bg_scenario_free(scenario);
}

/* The second makes a table of the first. */
static void a_key_within_another_one_is_loaded_each_time(void **state)
{
    (void)state;
    const bg_scenario_source source = source_of(base);
    bg_setting settings[] = {setting("budget.growth", BG_ONE / 50),
                             setting("budget.growth[2026]", BG_ONE / 100)};
    bg_scenario *scenario = NULL;
    read_model(&source, settings, 2, &scenario);
    assert_false(bg_variant_fits(scenario, settings, 2));
    settings[0].value = BG_ONE / 25;
    read_model(&source, settings, 2, &scenario);
    char *varied = yaml_of(scenario);
    char *loaded = loaded_yaml(&source, "budget.growth=4%", "budget.growth[2026]=1%");
    assert_string_equal(varied, loaded);
    free(varied);
    free(loaded);
    bg_scenario_free(scenario);
}

static void expect_refusal(const bg_setting *set, bg_scenario **scenario, bg_status status,
                           const char *message)
{
    const bg_scenario_source source = source_of(base);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    assert_int_equal(bg_variant_read(&source, set, 1, scenario, &model, &errors), status);
    bg_model_free(&model);
    char *messages = messages_of(&errors);
    assert_reports(messages, message);
    assert_contains(messages, set->key);
    free(messages);
    bg_errors_free(&errors);
}

static void bad_values_are_refused_with_their_key_at_first_and_later(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        int64_t good, bad;
        bg_status status;
        const char *message;
    } cases[] = {
        {"budget.growth", BG_ONE / 50, 4 * BG_ONE, BG_RANGE, "400% is out of range"},
        {"budget.growth[2026]", BG_ONE / 50, 4 * BG_ONE, BG_RANGE, "400% is out of range"},
        {"simulation.seed", 100, -1, BG_RANGE, "-1 is out of range"},
        {"demand.level", 0, 7, BG_TYPE, "not allowed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bg_setting good = setting(cases[i].key, cases[i].good);
        const bg_setting bad = setting(cases[i].key, cases[i].bad);
        bg_scenario *scenario = NULL;
        expect_refusal(&bad, &scenario, cases[i].status, cases[i].message);
        assert_null(scenario);
        const bg_scenario_source source = source_of(base);
        read_model(&source, &good, 1, &scenario);
        expect_refusal(&bad, &scenario, cases[i].status, cases[i].message);
        read_model(&source, &good, 1, &scenario); /* which goes on with the next value */
        bg_scenario_free(scenario);
    }
}

static void what_the_parts_say_of_each_other_is_told_at_the_value(void **state)
{
    (void)state;
    const bg_scenario_source source =
        source_of("history: {2024: 1亿}\n"
                  "budget: {funds: {guarantee: {rate: 40%}, risk: {rate: 40%}, c: {rate: 1%}}}\n");
    bg_setting set = setting("budget.funds[c].rate", BG_ONE / 50);
    bg_scenario *scenario = NULL;
    read_model(&source, &set, 1, &scenario);
    set.value = BG_ONE / 4;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    assert_int_equal(bg_variant_read(&source, &set, 1, &scenario, &model, &errors), BG_RANGE);
    char *messages = messages_of(&errors);
    assert_reports(messages, "The funds take 105%");
    free(messages);
    bg_errors_free(&errors);
    bg_model_free(&model);
    bg_scenario_free(scenario);
}

/* ---- what demand does not read ---- */

static const char rich[] =
    "history: {2023: {residents.inpatient.in: {cases: 9000, paid: 45M, cost: 60M},\n"
    "  residents.inpatient.out: {cases: 3000, paid: 30M}, employees.total: {paid: 30M}},\n"
    "  2024: {residents.inpatient.in: {cases: 9500, paid: 46M, cost: 62M},\n"
    "  residents.inpatient.out: {cases: 3100, paid: 32M}, employees.total: {paid: 33M}}}\n"
    "people: {residents: 100000, employees: 20000}\n"
    "budget: {growth: {2025: 6%, later: 5%}, growth_cap: 8%, base: {weights: [1, 2], trend: 5%,\n"
    "  trend_years: budget_year, completion: {2024: 98%}}, per_head: 900, adjustments: {a: "
    "{amount: "
    "1M, scheme: residents, year: 2025}}, income_limit: 99%, prepayment: {ratio: 95%}}\n"
    "pool: {residents: {income_per_head: 1200}}\n"
    "performance: {score: 80}\n";

typedef struct walk {
    const bg_scenario_source *source;
    bg_scenario *scenario; /* that is varied */
    uint64_t usual;        /* what is drawn at the values of the source */
    size_t tried;
} walk;

static uint64_t draw(const bg_model *model)
{
    demand_block block = demand_block_new(model->demand, 50);
    assert_int_equal(demand_block_draw(&block, model->demand, 50), BG_OK);
    const uint64_t hash = demand_block_hash(&block);
    demand_block_free(&block);
    return hash;
}

/* Another value, whatever it counts; those that cannot be are passed over. */
static void vary(walk *self, const bg_node *node)
{
    const bg_parameter *row = node->parameter;
    const bool whole = row->type == BG_TYPE_MONEY || row->type == BG_TYPE_PRICE ||
                       row->type == BG_TYPE_INTEGER || row->type == BG_TYPE_YEAR;
    bg_setting other = {node->path, row,
                        whole ? node->value.integer + 1 : node->value.decimal - BG_ONE / 200};
    bg_errors errors;
    bg_model model;
    bg_errors_init(&errors);
    if (bg_variant_read(self->source, &other, 1, &self->scenario, &model, &errors) == BG_OK &&
        bg_variant_leaves_demand(&model, &other, 1)) {
        if (draw(&model) != self->usual) {
            fail_msg("demand reads %s", node->path);
        }
        self->tried++;
    }
    bg_model_free(&model);
    bg_errors_free(&errors);
    bg_scenario_free(self->scenario);
    self->scenario = NULL;
}

static void walk_through(walk *self, const bg_node *node)
{
    const bool number =
        node->parameter &&
        (node->parameter->type == BG_TYPE_RATE || node->parameter->type == BG_TYPE_DECIMAL ||
         node->parameter->type == BG_TYPE_MONEY || node->parameter->type == BG_TYPE_PRICE ||
         node->parameter->type == BG_TYPE_INTEGER);
    if (node->kind == BG_NODE_VALUE && number) {
        vary(self, node);
    }
    for (const bg_node *child = node->child; child; child = child->next) {
        walk_through(self, child);
    }
}

/* Every number of a scenario that is said to be none of demand's is turned, and draws the same futures. */
static void keys_of_the_contract_leave_what_is_drawn(void **state)
{
    (void)state;
    const bg_scenario_source source = source_of(rich);
    bg_errors errors;
    bg_model model;
    bg_scenario *scenario = NULL;
    bg_errors_init(&errors);
    assert_int_equal(bg_scenario_load(&source, &scenario, &errors), BG_OK);
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    walk self = {.source = &source, .usual = draw(&model)};
    walk_through(&self, bg_scenario_root(scenario));
    assert_true(self.tried >= 20);
    bg_model_free(&model);
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
}

static bool leaves(const char *text, const char *key)
{
    const bg_scenario_source source = source_of(text);
    const bg_setting of = setting(key, 0);
    bg_errors errors;
    bg_model model;
    bg_scenario *scenario = NULL;
    bg_errors_init(&errors);
    assert_int_equal(bg_scenario_load(&source, &scenario, &errors), BG_OK);
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    const bool result = bg_variant_leaves_demand(&model, &of, 1);
    bg_model_free(&model);
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
    return result;
}

static void what_demand_reads_draws_anew(void **state)
{
    (void)state;
    static const char *const read[] = {
        "demand.trend.prior",           "people[residents].growth",
        "budget.base.completion",       "budget.prepayment.outside",
        "pool[residents].contribution", "performance.indicators[stays].floor",
        "simulation.replications"};
    for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
        assert_false(leaves(rich, read[i]));
    }
    assert_true(leaves(rich, "budget.growth"));
    assert_true(leaves(rich, "performance.score"));
    assert_true(bg_key_leaves_demand("settlement[share_surplus].bands"));
    assert_false(bg_key_leaves_demand("settlement[pots].pots"));
    assert_false(bg_key_leaves_demand("settlement"));
    assert_false(bg_key_leaves_demand("budget"));
    assert_false(bg_key_leaves_demand("budget.base")); /* which holds the completion */
    /* providers follow the contract */
    char text[2048];
    snprintf(text, sizeof text, "%s%s", rich, "response: {cost: -6%}\n");
    assert_false(leaves(text, "budget.growth"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_variation_is_a_load_with_the_same_values),
        cmocka_unit_test(several_keys_vary_together_and_the_file_is_read_once),
        cmocka_unit_test(a_key_within_another_one_is_loaded_each_time),
        cmocka_unit_test(bad_values_are_refused_with_their_key_at_first_and_later),
        cmocka_unit_test(what_the_parts_say_of_each_other_is_told_at_the_value),
        cmocka_unit_test(keys_of_the_contract_leave_what_is_drawn),
        cmocka_unit_test(what_demand_reads_draws_anew),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
