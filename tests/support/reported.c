#include "reported.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

void start_report(reported *self, const char *text, const char *language)
{
    start_projection(&self->projected, text, NULL, 1);
    assert_int_equal(bg_central_budget_compute(&self->budget, &self->projected.model, NULL, NULL),
                     BG_OK);
    bg_errors_init(&self->warnings);
    bg_errors_warn(&self->warnings, BG_NOWHERE, "budget.growth", "A warning.");
    self->report = (bg_report){
        .scenario = self->projected.scenario,
        .model = &self->projected.model,
        .budget = &self->budget,
        .projection = self->projected.projection,
        .warnings = &self->warnings,
        .language = language,
    };
}

void finish_report(reported *self)
{
    bg_errors_free(&self->warnings);
    bg_central_budget_free(&self->budget);
    bg_central_budget_free(&self->budget);
    finish_projection(&self->projected);
}
