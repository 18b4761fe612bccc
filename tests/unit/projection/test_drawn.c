/* By what futures are drawn: a key that demand does not read may be turned, and the same futures are drawn. */
#include "projection/drawn.h"

#include "../../support/demand_block.h"
#include "../../support/projected.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FUTURES = 20 };

static uint64_t draw(const bg_model *model)
{
    demand_block block = demand_block_new(model->demand, FUTURES);
    assert_int_equal(demand_block_draw(&block, model->demand, FUTURES), BG_OK);
    const uint64_t hash = demand_block_hash(&block);
    demand_block_free(&block);
    return hash;
}

typedef struct walk {
    bg_scenario *scenario;
    bg_drawn usual;
    uint64_t draws;
    size_t same, other; /* keys that leave and that change by what is drawn */
} walk;

/* Another value, whatever it counts. */
static int64_t another(const bg_node *node)
{
    switch (node->parameter->type) {
    case BG_TYPE_RATE:
    case BG_TYPE_DECIMAL:
        return node->value.decimal + (node->value.decimal > BG_ONE / 2 ? -1 : 1) * BG_ONE / 200;
    case BG_TYPE_BOOL:
    case BG_TYPE_CHOICE:
        return node->value.integer ? 0 : 1;
    default:
        return node->value.integer + 1;
    }
}

static void look(walk *self, const bg_node *node)
{
    bg_model model;
    bg_errors errors;
    bg_errors_init(&errors);
    if (bg_model_read(self->scenario, &model, &errors) == BG_OK) {
        const bg_drawn drawn = bg_drawn_of(&model, NULL);
        const bool same = bg_drawn_same(&drawn, &self->usual);
        if (same && draw(&model) != self->draws) {
            fail_msg("demand reads %s", node->path);
        }
        *(same ? &self->same : &self->other) += 1;
    }
    bg_model_free(&model);
    bg_errors_free(&errors);
}

/* Values that cannot be are passed over. */
static void vary(walk *self, const bg_node *node)
{
    const int64_t usual = node->value.integer;
    bg_errors errors;
    bg_errors_init(&errors);
    if (bg_scenario_vary(self->scenario, node->path, another(node), &errors) == BG_OK) {
        look(self, node);
        assert_int_equal(bg_scenario_vary(self->scenario, node->path, usual, &errors), BG_OK);
    }
    bg_errors_free(&errors);
}

static void walk_through(walk *self, const bg_node *node)
{
    if (node->kind == BG_NODE_VALUE && node->parameter->type >= BG_TYPE_CHOICE) {
        vary(self, node);
    }
    for (const bg_node *child = node->child; child; child = child->next) {
        walk_through(self, child);
    }
}

/* Turns every value of a scenario; returns how many leave what is drawn. */
static size_t turn_every_key(bg_scenario *scenario)
{
    bg_model model;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    walk self = {.scenario = scenario, .usual = bg_drawn_of(&model, NULL), .draws = draw(&model)};
    bg_model_free(&model);
    walk_through(&self, bg_scenario_root(scenario));
    assert_true(self.other > 50);
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
    return self.same;
}

static const char rich[] =
    "history: {2023: {residents.inpatient.in: {cases: 9000, paid: 45M, cost: 60M},\n"
    "  residents.inpatient.out: {cases: 3000, paid: 30M}, employees.total: {paid: 30M}},\n"
    "  2024: {residents.inpatient.in: {cases: 9500, paid: 46M, cost: 62M},\n"
    "  residents.inpatient.out: {cases: 3100, paid: 32M}, employees.total: {paid: 33M}}}\n"
    "people: {residents: 100000, employees: 20000}\n"
    "budget: {growth: {2025: 6%, later: 5%}, growth_cap: 8%, base: {weights: [1, 2], trend: 5%,\n"
    "  trend_years: budget_year, completion: {2024: 98%}}, per_head: 900, adjustments: {a: "
    "{amount: 1M, scheme: residents, year: 2025}}, income_limit: 99%, prepayment: {ratio: 95%}}\n"
    "pool: {residents: {income_per_head: 1200, balance: 10M}}\n"
    "performance: {score: 80}\n";

static void keys_of_the_contract_leave_what_is_drawn(void **state)
{
    (void)state;
    assert_true(turn_every_key(parse_scenario(rich, NULL)) >= 40);
}

static void so_they_do_in_scenarios_that_are_shipped(void **state)
{
    (void)state;
    static const char *const files[] = {
        "scenarios/county.yaml",
        "scenarios/yangxi.yaml",
        "scenarios/area/coast.yaml",
        "scenarios/examples/higher_contribution.yaml",
        "scenarios/examples/hospitals_respond.yaml",
        "scenarios/examples/moving_score.yaml",
        "scenarios/reforms/newborns.yaml",
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const bg_scenario_source source = {.path = files[i]};
        bg_scenario *scenario = NULL;
        bg_errors errors;
        bg_errors_init(&errors);
        assert_int_equal(bg_scenario_load(&source, &scenario, &errors), BG_OK);
        bg_errors_free(&errors);
        assert_true(turn_every_key(scenario) >= 15);
    }
}

static bg_drawn drawn_of(const char *text, const char *override)
{
    const char *const overrides[] = {override, NULL};
    bg_scenario *scenario = parse_scenario(text, overrides);
    bg_model model;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    const bg_drawn drawn = bg_drawn_of(&model, NULL);
    bg_model_free(&model);
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
    return drawn;
}

static void what_demand_reads_tells_futures_apart(void **state)
{
    (void)state;
    static const struct {
        const char *override;
        bool same;
    } cases[] = {
        {"budget.funds[third].rate=1%", true},
        {"settlement[share_surplus].bands={10%: 50%, rest: {by_score: {80: 10%, 0: 5%}}}", true},
        {"budget.growth={2025: 1%, later: 2%}", true},
        {"title=Another", true},
        {"simulation.replications=2000", true},
        {"simulation.seed=2", false},
        {"simulation.engine=reference", false},
        {"demand.trend.prior=7%", false},
        {"people[residents].growth=0.5%", false},
        {"budget.base.completion[2024]=97%", false},
        {"budget.prepayment.outside=community", false},
        {"history[2024][employees.total].paid=34M", false},
        {"demand.emergency.probability=20%", false},
    };
    const bg_drawn usual = drawn_of(rich, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bg_drawn drawn = drawn_of(rich, cases[i].override);
        if (bg_drawn_same(&usual, &drawn) != cases[i].same) {
            fail_msg("%s", cases[i].override);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_the_contract_leave_what_is_drawn),
        cmocka_unit_test(so_they_do_in_scenarios_that_are_shipped),
        cmocka_unit_test(what_demand_reads_tells_futures_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
