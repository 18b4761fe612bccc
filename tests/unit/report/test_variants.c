/* Variants side by side. */
#include "../../support/projected.h"
#include "format/csv_writer.h"
#include "format/text_writer.h"
#include "report/variants.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* 1,000 is payable but for 5 %, and spent with next to no noise: 50 are missing, of which the guarantee fund's 30 come back
 * in full; of the 20 the community bears 30 %, 6. */
#define COUNTY                                                                                     \
    "title: {en: County, zh: 县}\n"                                                               \
    "money_unit: yi\n"                                                                             \
    "history: {2022: 1000, 2023: 1000, 2024: 1000}\n"                                              \
    "people: {residents: {count: 100000000, growth: 0%, growth_sd: 0%}}\n"                         \
    "budget: {growth: {2025: 0%, later: 0%}}\n"                                                    \
    "demand:\n"                                                                                    \
    "  trend: {prior: 0%, prior_sd: 0.01%}\n"                                                      \
    "  volatility: {total: 0%}\n"                                                                  \
    "  emergency: {probability: 0%}\n"                                                             \
    "  services: {total: {dispersion: 1, cost_cv: 0.01}}\n"                                        \
    "simulation: {first_year: 2025, years: 2, replications: 1000}\n"

enum { VARIANTS = 2 };
#define TEN_PERCENT "budget.growth[2025]=10%"

/* The base, and beside it one of another total and one of another rate, which leaves the total. */
typedef struct compared {
    projected base, reform[VARIANTS];
    bg_differences differences[VARIANTS];
    bg_comparison comparison[VARIANTS];
} compared;

static void start(compared *self, const char *language, const char *growth)
{
    const char *const changes[VARIANTS][2] = {{growth, NULL},
                                              {"settlement[share_overspend].bands[5%]=50%", NULL}};
    start_projection(&self->base, COUNTY, NULL, 1);
    for (size_t i = 0; i < VARIANTS; i++) {
        start_projection(&self->reform[i], COUNTY, changes[i], 1);
        assert_int_equal(bg_differences_find(self->base.scenario, self->reform[i].scenario,
                                             &self->differences[i]),
                         BG_OK);
        self->comparison[i] = (bg_comparison){
            .base = {.model = &self->base.model, .projection = self->base.projection},
            .reform = {.model = &self->reform[i].model, .projection = self->reform[i].projection},
            .differences = &self->differences[i],
            .language = language};
    }
}

static void finish(compared *self)
{
    for (size_t i = 0; i < VARIANTS; i++) {
        bg_differences_free(&self->differences[i]);
        finish_projection(&self->reform[i]);
    }
    finish_projection(&self->base);
}

static char *text_of(const char *language, const char *change)
{
    compared self = {0};
    char growth[] = "budget.growth", funds[] = "budget.funds";
    bg_waterfall_bar bars[] = {{.group = growth, .amount = 300000000, .margin = 2e8},
                               {.group = funds, .amount = -100000000}};
    const bg_waterfall waterfall = {.bars = bars, .count = 2, .reform = 200000000};
    start(&self, language, change);
    self.comparison[0].waterfall = &waterfall;
    self.comparison[0].outcome = "result";
    bg_document document;
    bg_document_init(&document, language);
    bg_variants_document(self.comparison, VARIANTS, &document);
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_document_write_text(&document, stream), BG_OK);
    fclose(stream);
    bg_document_free(&document);
    finish(&self);
    return text;
}

static void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part)) {
        fail_msg("\"%s\" is not said in:\n%s", part, text);
    }
}

static void what_was_changed_and_what_it_comes_to_stand_side_by_side(void **state)
{
    (void)state;
    char *text = text_of("en", TEN_PERCENT);
    assert_holds(text, "Variants beside County");
    assert_holds(text, "(settlement[share_overspend].bands");
    assert_holds(text, "budget.growth");
    static const char *const rows[] = {
        "annual payment total               1,000.00   1,100.00             +100.00",
        "+100.00   1,000.00   unchanged\n",
        "chance of an overspend               100.0%       0.0%  -100.0 ±0.0 points     100.0%",
        "community, worst 5%                   -6.06      77.79"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_holds(text, rows[i]);
    }
    assert_holds(text, "variant 1: what each change adds to");
    assert_holds(text, "(budget.growth)  +0.03 ±0.02\n");
    assert_holds(text, "together");
    assert_null(strstr(text, "variant 2: what each change adds to"));
    free(text);
    text = text_of("zh", TEN_PERCENT);
    assert_holds(text, "用同一批1,000种情形");
    assert_holds(text, "方案二");
    assert_holds(text, "-100.0 ±0.0个百分点");
    free(text);
}

static void a_scheme_that_gets_a_value_of_its_own_had_that_of_all(void **state)
{
    (void)state;
    char *text = text_of("en", "budget.schemes[residents].growth={2025: 10%, later: 0%}");
    assert_holds(text, "0% in 2025, then 0% (of all schemes) →");
    free(text);
}

static void the_chart_has_the_base_and_each_variant(void **state)
{
    (void)state;
    compared self = {0};
    start(&self, "en", TEN_PERCENT);
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_variants_rows(self.comparison, VARIANTS, &sheet);
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_sheet_write_csv(&sheet, stream), BG_OK);
    fclose(stream);
    bg_sheet_free(&sheet);
    finish(&self);
    assert_holds(text, "variant,label,p_overspend,mean,q10,q90,worst\n0,base,1.000000,-599");
    assert_holds(text, "\n1,variant 1,0.000000,");
    assert_holds(text, "\n2,variant 2,1.000000,-999");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_changed_and_what_it_comes_to_stand_side_by_side),
        cmocka_unit_test(a_scheme_that_gets_a_value_of_its_own_had_that_of_all),
        cmocka_unit_test(the_chart_has_the_base_and_each_variant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
