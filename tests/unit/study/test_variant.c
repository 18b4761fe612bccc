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
                       bg_variant *variant)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    const bg_status status = bg_variant_read(variant, source, settings, count, &model, &errors);
    char *messages = messages_of(&errors);
    assert_string_equal(status ? messages : "", "");
    free(messages);
    assert_ptr_equal(model.contract.scenario, variant->scenario);
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
        bg_variant variant = {0};
        const bg_setting first = setting(cases[i].key, cases[i].first);
        const bg_setting second = setting(cases[i].key, cases[i].second);
        read_model(&source, &first, 1, &variant);
        read_model(&source, &second, 1, &variant);
        char *varied = yaml_of(variant.scenario),
             *loaded = loaded_yaml(&source, cases[i].override, NULL);
        assert_string_equal(varied, loaded);
        free(varied);
        free(loaded);
        bg_variant_free(&variant);
    }
}

static void several_keys_vary_together_and_the_file_is_read_once(void **state)
{
    (void)state;
    const bg_scenario_source source = source_of(base);
    bg_setting settings[] = {setting("budget.growth[2025]", BG_ONE / 50),
                             setting("budget.funds[risk].rate", BG_ONE / 50)};
    bg_variant variant = {0};
    read_model(&source, settings, 2, &variant);
    assert_true(bg_variant_fits(variant.scenario, settings, 2));
    assert_int_equal(remove("base.yaml"), 0);
    settings[0].value = BG_ONE / 25;
    settings[1].value = BG_ONE / 100;
    read_model(&source, settings, 2, &variant);
    folder_write("base.yaml", base);
    char *varied = yaml_of(variant.scenario);
    char *loaded = loaded_yaml(&source, "budget.growth[2025]=4%", "budget.funds[risk].rate=1%");
    assert_string_equal(varied, loaded);
    free(varied);
    free(loaded);
    bg_variant_free(&variant);
}

/* The second makes a table of the first. */
static void a_key_within_another_one_is_loaded_each_time(void **state)
{
    (void)state;
    const bg_scenario_source source = source_of(base);
    bg_setting settings[] = {setting("budget.growth", BG_ONE / 50),
                             setting("budget.growth[2026]", BG_ONE / 100)};
    bg_variant variant = {0};
    read_model(&source, settings, 2, &variant);
    assert_false(bg_variant_fits(variant.scenario, settings, 2));
    settings[0].value = BG_ONE / 25;
    read_model(&source, settings, 2, &variant);
    char *varied = yaml_of(variant.scenario);
    char *loaded = loaded_yaml(&source, "budget.growth=4%", "budget.growth[2026]=1%");
    assert_string_equal(varied, loaded);
    free(varied);
    free(loaded);
    bg_variant_free(&variant);
}

static void expect_refusal(const bg_setting *set, bg_variant *variant, bg_status status,
                           const char *message)
{
    const bg_scenario_source source = source_of(base);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    assert_int_equal(bg_variant_read(variant, &source, set, 1, &model, &errors), status);
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
        bg_variant variant = {0};
        expect_refusal(&bad, &variant, cases[i].status, cases[i].message);
        assert_null(variant.scenario);
        const bg_scenario_source source = source_of(base);
        read_model(&source, &good, 1, &variant);
        expect_refusal(&bad, &variant, cases[i].status, cases[i].message);
        read_model(&source, &good, 1, &variant); /* which goes on with the next value */
        bg_variant_free(&variant);
    }
}

static void what_the_parts_say_of_each_other_is_told_at_the_value(void **state)
{
    (void)state;
    const bg_scenario_source source =
        source_of("history: {2024: 1亿}\n"
                  "budget: {funds: {guarantee: {rate: 40%}, risk: {rate: 40%}, c: {rate: 1%}}}\n");
    bg_setting set = setting("budget.funds[c].rate", BG_ONE / 50);
    bg_variant variant = {0};
    read_model(&source, &set, 1, &variant);
    set.value = BG_ONE / 4;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    assert_int_equal(bg_variant_read(&variant, &source, &set, 1, &model, &errors), BG_RANGE);
    char *messages = messages_of(&errors);
    assert_reports(messages, "The funds take 105%");
    free(messages);
    bg_errors_free(&errors);
    bg_model_free(&model);
    bg_variant_free(&variant);
}

/* ---- demand is read once where no key bears on it ---- */

static void demand_is_shared_where_no_key_bears_on_it(void **state)
{
    (void)state;
    const bg_scenario_source source = source_of(base);
    static const struct {
        const char *key;
        bool shares;
    } cases[] = {{"budget.growth_cap", true}, {"demand.trend.prior", false}};
    for (size_t i = 0; i < 2; i++) {
        bg_variant variant = {0};
        bg_errors errors;
        bg_errors_init(&errors);
        for (int64_t percent = 3; percent < 6; percent++) {
            const bg_setting set = setting(cases[i].key, percent * BG_ONE / 100);
            bg_model model;
            assert_int_equal(bg_variant_read(&variant, &source, &set, 1, &model, &errors), BG_OK);
            assert_int_equal(model.shares_demand, cases[i].shares && percent > 3);
            bg_model_free(&model);
        }
        bg_errors_free(&errors);
        bg_variant_free(&variant);
    }
}

/* The demand is that of the model; the values are its own. */
static void a_model_may_be_read_like_the_last_one(void **state)
{
    (void)state;
    const bg_scenario_source source = source_of(base);
    bg_setting settings[] = {setting("demand.trend.prior", BG_ONE / 25),
                             setting("budget.growth_cap", BG_ONE / 50)};
    bg_variant variant = {0};
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model like, model;
    assert_int_equal(bg_variant_read(&variant, &source, settings, 2, &like, &errors), BG_OK);
    settings[1].value = BG_ONE / 100;
    assert_int_equal(bg_variant_read_like(&variant, settings, 2, &like, &model, &errors), BG_OK);
    assert_true(model.shares_demand);
    assert_ptr_equal(model.demand, like.demand);
    char *varied = yaml_of(variant.scenario);
    char *loaded = loaded_yaml(&source, "demand.trend.prior=4%", "budget.growth_cap=1%");
    assert_string_equal(varied, loaded);
    free(varied);
    free(loaded);
    bg_model_free(&model);
    settings[1].value = 9 * BG_ONE;
    assert_int_equal(bg_variant_read_like(&variant, settings, 2, &like, &model, &errors), BG_RANGE);
    bg_model_free(&model);
    bg_model_free(&like);
    bg_errors_free(&errors);
    bg_variant_free(&variant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_variation_is_a_load_with_the_same_values),
        cmocka_unit_test(several_keys_vary_together_and_the_file_is_read_once),
        cmocka_unit_test(a_key_within_another_one_is_loaded_each_time),
        cmocka_unit_test(bad_values_are_refused_with_their_key_at_first_and_later),
        cmocka_unit_test(what_the_parts_say_of_each_other_is_told_at_the_value),
        cmocka_unit_test(a_model_may_be_read_like_the_last_one),
        cmocka_unit_test(demand_is_shared_where_no_key_bears_on_it),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
