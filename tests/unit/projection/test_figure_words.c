/* What help says of figures is what is read. */
#include "../../support/projected.h"

#include <baogan/figure.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Two schemes, years 2025 to 2027, a simulated score. */
static const char county[] =
    "history: {2024: {residents.inpatient.in: {cases: 9000, paid: 36M},\n"
    "  residents.inpatient.out: {cases: 1000, paid: 6M}, employees.inpatient.in: {cases: 500,\n"
    "  paid: 3M}, employees.inpatient.out: {cases: 500, paid: 4M}}}\n"
    "performance: {indicators: {inside: {simulated: cases_inside, floor: 66, target: 96}}}\n"
    "settlement: [{share_surplus: {bands: {10%: 100%, rest: 0%}, apply: marginal}},\n"
    "  {share_overspend: {bands: {5%: 30%, 10%: 50%, rest: 100%}, apply: marginal}},\n"
    "  {split: {county_hospital: 60%, village_clinics: 40%}},\n"
    "  {use: {purposes: {pay: 70%, reserve: 30%}}}, {clear: {}}]\n"
    "simulation: {years: 3}\n";

typedef struct fixture {
    bg_scenario *scenario;
    bg_model model;
} fixture;

static fixture self;

static int set_up(void **state)
{
    (void)state;
    bg_errors errors;
    bg_errors_init(&errors);
    self.scenario = parse_scenario(county, NULL);
    const bg_status status = bg_model_read(self.scenario, &self.model, &errors);
    bg_errors_free(&errors); /* warnings */
    return status == BG_OK ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    bg_model_free(&self.model);
    bg_scenario_free(self.scenario);
    return 0;
}

static bool is_read(bg_figure_part part, const char *text)
{
    bg_figure figure;
    bg_target target;
    return part == BG_FIGURE_PART_TARGET
               ? bg_target_parse(&self.model, text, NULL, &target, NULL) == BG_OK
               : bg_figure_parse(&self.model, text, NULL, &figure, NULL) == BG_OK;
}

static void every_example_is_read_and_has_both_languages(void **state)
{
    (void)state;
    for (bg_figure_part part = 0; part < BG_FIGURE_PART_COUNT; part++) {
        const bg_figure_word *word = NULL;
        size_t count = 0;
        while ((word = bg_figure_word_at(part, count)) != NULL) {
            if (!is_read(part, word->example)) {
                fail_msg("%s is not read", word->example);
            }
            assert_true(word->form[0] && word->en[0] && word->zh[0]);
            count++;
        }
        assert_true(count >= 3);
    }
}

static const bg_figure_word *find(bg_figure_part part, const char *form)
{
    const bg_figure_word *word = NULL;
    for (size_t i = 0; (word = bg_figure_word_at(part, i)) != NULL; i++) {
        if (strcmp(word->form, form) == 0) {
            return word;
        }
    }
    fail_msg("%s is not listed", form);
    return NULL;
}

/* Nothing that a projection has is left out. */
static void every_outcome_event_and_unit_is_listed(void **state)
{
    (void)state;
    for (size_t i = 0; i < bg_model_outcome_count(&self.model); i++) {
        const bg_outcome_info info = bg_model_outcome_info(&self.model, i);
        const char *const forms[] = {[BG_OUTCOME_KIND_PLAIN] = info.name,
                                     [BG_OUTCOME_KIND_FUND] = "fund.NAME",
                                     [BG_OUTCOME_KIND_INSTITUTION] = "institution.NAME",
                                     [BG_OUTCOME_KIND_PURPOSE] = "purpose.NAME",
                                     [BG_OUTCOME_KIND_SCORE] = "score"};
        find(BG_FIGURE_PART_OUTCOME, forms[info.kind]);
    }
    for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
        find(BG_FIGURE_PART_EVENT, bg_event_name(event));
    }
    find(BG_FIGURE_PART_UNIT, bg_model_unit(&self.model, 2));
    find(BG_FIGURE_PART_UNIT, bg_model_unit(&self.model, bg_model_unit_any(&self.model)));
}

/* The bounds of the forms: 01 and 99, 50 and 51. */
static void percentages_are_read_to_the_ends_of_their_forms(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool read;
        unsigned percent;
    } rows[] = {
        {"q01(expense)", true, 1},     {"q99(expense)", true, 99},    {"q00(expense)", false, 0},
        {"tvar50(expense)", true, 50}, {"tvar51(expense)", true, 51}, {"tvar99(expense)", true, 99},
        {"tvar01(expense)", true, 1},  {"tvar00(expense)", false, 0}, {"mean50(expense)", false, 0},
        {"p_(expense)", false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bg_figure figure;
        const bg_status status = bg_figure_parse(&self.model, rows[i].text, NULL, &figure, NULL);
        assert_int_equal(status == BG_OK, rows[i].read);
        if (rows[i].read) {
            assert_int_equal(figure.percent, rows[i].percent);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_is_read_and_has_both_languages),
        cmocka_unit_test(every_outcome_event_and_unit_is_listed),
        cmocka_unit_test(percentages_are_read_to_the_ends_of_their_forms),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
