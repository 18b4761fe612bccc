#include "reported.h"

#include "projection/budgets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

void start_report(reported *self, const char *text, const char *language)
{
    start_projection(&self->projected, text, NULL, 1);
    assert_int_equal(bg_model_budgets(&self->projected.model, &self->budget, NULL), BG_OK);
    bg_errors_init(&self->warnings);
    const bg_parties parties = {.member = &self->projected.model, .count = 1};
    assert_int_equal(bg_incentive_find(&parties, bg_incentive_pilot(self->projected.projection),
                                       &(bg_projection_options){.threads = 1}, &self->incentive,
                                       &self->warnings),
                     BG_OK);
    assert_int_equal(bg_contributions_compute(self->projected.scenario, 1000,
                                              &(bg_projection_options){.threads = 1},
                                              &self->contributions, &self->warnings),
                     BG_OK);
    assert_int_equal(
        bg_pool_years_find(&self->projected.model, self->projected.projection, &self->pool), BG_OK);
    self->check = (bg_check){.futures = 1000, .count = 20, .largest = 2.14, .agrees = true};
    bg_errors_advise(&self->warnings, BG_NOWHERE, "budget.growth", "test", "A warning.",
                     "A warning.");
    self->report = (bg_report){
        .scenario = self->projected.scenario,
        .model = &self->projected.model,
        .budget = &self->budget,
        .projection = self->projected.projection,
        .contributions = &self->contributions,
        .incentive = &self->incentive,
        .pool = &self->pool,
        .check = &self->check,
        .warnings = &self->warnings,
        .language = language,
    };
}

void finish_report(reported *self)
{
    bg_errors_free(&self->warnings);
    bg_contributions_free(&self->contributions);
    bg_incentive_free(&self->incentive);
    bg_pool_years_free(&self->pool);
    bg_budgets_free(&self->budget);
    bg_budgets_free(&self->budget);
    finish_projection(&self->projected);
}

char *reported_text(const char *scenario, const char *language, bool brief)
{
    reported self;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    start_report(&self, scenario, language);
    assert_int_equal(bg_report_text(&self.report, brief, stream), BG_OK);
    assert_int_equal(fclose(stream), 0);
    finish_report(&self);
    return text;
}

/* In Chinese no blank stands where a line ended. */
char *reported_line(const char *scenario, const char *language, bool brief)
{
    char *text = reported_text(scenario, language, brief), *to = text;
    for (const char *from = text; *from;) {
        if (*from == '\n') {
            from += strspn(from, "\n ");
            if (strcmp(language, "en") == 0) {
                *to++ = ' ';
            }
        } else {
            *to++ = *from;
            from += *from == ' ' ? strspn(from, " ") : 1;
        }
    }
    *to = '\0';
    return text;
}
