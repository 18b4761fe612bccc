/* Which units a figure is asked of. */
#include "../../support/projected.h"
#include "../../support/says.h"

#include <baogan/figure.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char two[] = "history: {2024: {residents.total: 110M, employees.total: 43M}}\n";
static const char scored[] =
    "history: {2024: {residents.inpatient.in: {cases: 9000, paid: 36M},\n"
    "  residents.inpatient.out: {cases: 1000, paid: 6M}, employees.inpatient.in: {cases: 500,\n"
    "  paid: 3M}, employees.inpatient.out: {cases: 500, paid: 4M}}}\n"
    "performance: {indicators: {inside: {simulated: cases_inside, floor: 66, target: 96}}}\n";
static const char one[] = "history: {2024: 110M}\nsimulation: {years: 2, replications: 10}\n";

typedef struct fixture {
    bg_scenario *scenario;
    bg_model model;
} fixture;

static void begin(fixture *self, const char *text)
{
    bg_errors errors;
    bg_errors_init(&errors);
    self->scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &errors), BG_OK);
    bg_errors_free(&errors); /* warnings */
}

static void end(fixture *self)
{
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
}

/* The names of the units, each followed by a blank. */
static void units_of(const fixture *self, const char *text, char names[64])
{
    bg_figure figure;
    size_t units[BG_FIGURE_UNITS];
    assert_int_equal(bg_figure_parse(&self->model, text, NULL, &figure, NULL), BG_OK);
    const size_t count = bg_figure_units(&figure, &self->model, units);
    names[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        strcat(strcat(names, bg_model_unit(&self->model, units[i])), " ");
    }
}

static void a_figure_without_a_unit_is_asked_of_each_scheme_and_an_event_of_any(void **state)
{
    (void)state;
    static const struct {
        const char *text, *units;
    } rows[] = {
        {"p_overspend", "residents employees any "},
        {"p_loss.first", "residents employees any "},
        {"mean(result)", "residents employees "},
        {"mean(result.all)", "all "},
        {"p_overspend.any", "any "},
        {"p_overspend.employees.2025", "employees "},
    };
    fixture self;
    char names[64];
    begin(&self, two);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        units_of(&self, rows[i].text, names);
        assert_string_equal(names, rows[i].units);
    }
    end(&self);
    begin(&self, one);
    units_of(&self, "p_overspend", names);
    assert_string_equal(names, "residents ");
    end(&self);
}

/* The schemes have one score. */
static void the_score_is_asked_of_no_scheme(void **state)
{
    (void)state;
    fixture self;
    char names[64];
    begin(&self, scored);
    units_of(&self, "mean(score)", names);
    assert_string_equal(names, "all ");
    end(&self);
}

static void one_number_needs_one_unit(void **state)
{
    (void)state;
    fixture self;
    bg_figure figure;
    bg_errors errors;
    begin(&self, two);
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"p_overspend.first", "residents, employees, all, any, as in p_overspend.2025.residents"},
        {"mean(result)", "one of residents, employees, all, as in mean(result.20"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bg_errors_init(&errors);
        assert_int_equal(bg_figure_parse(&self.model, rows[i].text, NULL, &figure, NULL), BG_OK);
        assert_int_equal(
            bg_figure_check_unit(&figure, &self.model, rows[i].text, "--until", &errors), BG_USAGE);
        assert_string_equal(errors.items[0].path, "--until");
        assert_says_among_others(errors.items[0].message, rows[i].words);
        bg_errors_free(&errors);
    }
    assert_int_equal(bg_figure_parse(&self.model, "p_loss.any", NULL, &figure, NULL), BG_OK);
    assert_int_equal(bg_figure_check_unit(&figure, &self.model, "", NULL, NULL), BG_OK);
    end(&self);
}

static void a_target_says_its_full_name(void **state)
{
    (void)state;
    static const struct {
        const char *text, *full;
    } rows[] = {
        {"p_overspend<=10%", "p_overspend.ever.residents <=10%"},
        {"se( p_loss.first ) ≤ 0.1%", "se(p_loss.2025.residents) ≤ 0.1%"},
        {"rse(mean(expense)) < 1%", "rse(mean(expense.2026.residents)) < 1%"},
        {"tvar95(overspend) <= 2% budget", "tvar95(overspend.2026.residents) <= 2% budget"},
    };
    fixture self;
    begin(&self, one);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bg_target target;
        assert_int_equal(bg_target_parse(&self.model, rows[i].text, NULL, &target, NULL), BG_OK);
        char *full = bg_target_text(&target, &self.model);
        assert_string_equal(full, rows[i].full);
        free(full);
    }
    end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_without_a_unit_is_asked_of_each_scheme_and_an_event_of_any),
        cmocka_unit_test(the_score_is_asked_of_no_scheme),
        cmocka_unit_test(one_number_needs_one_unit),
        cmocka_unit_test(a_target_says_its_full_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
