#include "plan.h"

#include "says.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

test_plan test_plan_read(const char *steps, size_t n)
{
    return test_plan_read_shared(steps, n, BG_SHARED_NOT);
}

test_plan test_plan_read_shared(const char *steps, size_t n, bg_sharing risk)
{
    const bg_plan_fund funds[] = {{.name = "guarantee"},
                                  {.name = "risk", .carry_over = true, .shared = risk}};
    test_plan self = {.status = BG_MEMORY};
    bg_errors_init(&self.errors);
    const char *start = "history: {2024: 100}\nsettlement:\n";
    const size_t size = strlen(start) + strlen(steps);
    char *text = malloc(size + 1);
    if (!text) {
        return self;
    }
    snprintf(text, size + 1, "%s%s", start, steps);
    self.status =
        bg_scenario_parse(text, size, "plan.yaml", NULL, NULL, 0, &self.scenario, &self.errors);
    free(text);
    if (!self.status) {
        const bg_plan_source source = {
            .steps = bg_scenario_find(self.scenario, "settlement"),
            .inputs = bg_scenario_find(self.scenario, "inputs"),
            .funds = funds,
            .fund_count = 2,
            .payers = bg_scenario_find(self.scenario, "settlement_payers"),
            .community_pays_outside = bg_budget_community_pays_outside(self.scenario),
            .dated = bg_scenario_find(self.scenario, "budget.calendar") != NULL,
            .unit = bg_node_fen(bg_scenario_root(self.scenario), "settlement_rounding"),
        };
        self.status = bg_plan_build(&source, &self.plan, &self.errors);
    }
    if (!self.status) {
        self.status = bg_settlement_block_init(&self.block, self.plan, n);
    }
    return self;
}

void test_plan_free(test_plan *self)
{
    bg_settlement_block_free(&self->block);
    bg_plan_free(self->plan);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
    self->plan = NULL;
    self->scenario = NULL;
}

void test_plan_refused(test_plan plan, const char *text, const char *words)
{
    assert_true(plan.status != BG_OK);
    bool found = false;
    for (size_t i = 0; i < plan.errors.count; i++) {
        found = found || says_among_others(plan.errors.items[i].message, words);
    }
    if (!found) {
        fail_msg("%s: %s", text, plan.errors.count ? plan.errors.items[0].message : "");
    }
    test_plan_free(&plan);
}
