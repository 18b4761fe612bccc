#include "demand_loaded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

demand_loaded demand_load(const char *text)
{
    demand_loaded self = {0};
    bg_horizon horizon;
    bg_errors_init(&self.errors);
    assert_int_equal(bg_scenario_parse(text, strlen(text), "test.yaml", NULL, NULL, 0,
                                       &self.scenario, &self.errors),
                     BG_OK);
    assert_int_equal(bg_history_read(self.scenario, &self.history, &self.errors), BG_OK);
    assert_true(bg_horizon_read(self.scenario, &self.history, &horizon));
    self.status =
        bg_demand_read(self.scenario, &self.history, &horizon, &self.demand, &self.errors);
    return self;
}

void demand_unload(demand_loaded *self)
{
    bg_demand_free(self->demand);
    bg_history_free(&self->history);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}
