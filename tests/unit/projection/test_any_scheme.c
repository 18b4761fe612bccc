/* The unit of events that at least one scheme has. */
#include "../../support/folder.h"
#include "../../support/projected.h"

#include <baogan/area_model.h>
#include <baogan/figure.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { YEARS = 3 };

/* Two schemes, of which now one and now the other overspends. */
static const char county[] = "history:\n"
                             "  2023: {residents.total: 100M, employees.total: 40M}\n"
                             "  2024: {residents.total: 110M, employees.total: 43M}\n"
                             "people: {residents: 130000, employees: 12000}\n"
                             "pool: {residents: {income_per_head: 1000}}\n"
                             "simulation: {years: 3, replications: 2000}\n";

/* Futures in which a scheme has the event in the year, or in any year where `year` is their number. */
static size_t count_any(const bg_projection *p, size_t year, bg_event event)
{
    size_t hits = 0;
    const size_t first = year < YEARS ? year : 0, end = year < YEARS ? year + 1 : YEARS;
    for (size_t i = 0; i < bg_projection_replications(p); i++) {
        unsigned events = 0;
        for (size_t y = first; y < end; y++) {
            events |= bg_projection_events(p, 0, y)[i] | bg_projection_events(p, 1, y)[i];
        }
        hits += events >> event & 1;
    }
    return hits;
}

static void assert_counts_futures(const bg_projection *p)
{
    const size_t any = bg_projection_unit_any(p);
    for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
        for (size_t year = 0; year < YEARS; year++) {
            assert_int_equal(bg_projection_probability(p, any, year, event).hits,
                             count_any(p, year, event));
        }
        assert_int_equal(bg_projection_probability_ever(p, any, event).hits,
                         count_any(p, YEARS, event));
    }
}

static void any_counts_the_futures_in_which_a_scheme_has_the_event(void **state)
{
    (void)state;
    projected r;
    start_projection(&r, county, NULL, 2);
    assert_int_equal(bg_projection_unit_any(r.projection), 3);
    assert_string_equal(bg_projection_unit(r.projection, 3), "any");
    assert_counts_futures(r.projection);
    /* The sums hide the overspend of one scheme behind the surplus of the other. */
    const size_t sums = bg_projection_probability(r.projection, 2, 0, BG_EVENT_overspend).hits;
    assert_true(count_any(r.projection, 0, BG_EVENT_overspend) > sums);
    finish_projection(&r);
}

/* Of futures that are not kept too: the first 2,000 are the same. */
static void counts_do_not_need_the_draws(void **state)
{
    (void)state;
    projected kept, passing;
    const bool none[BG_OUTCOME_COUNT + 8] = {false};
    const char *const many[] = {"simulation.replications=150000", NULL};
    start_projection_with(&kept, county, many,
                          &(bg_projection_options){.threads = 2, .keep = true});
    start_projection_with(
        &passing, county, many,
        &(bg_projection_options){.threads = 2, .outcomes = none, .no_cash = true});
    assert_null(bg_projection_events(passing.projection, 0, 0));
    assert_int_equal(bg_projection_probability_ever(passing.projection, 3, BG_EVENT_overspend).hits,
                     count_any(kept.projection, YEARS, BG_EVENT_overspend));
    finish_projection(&kept);
    finish_projection(&passing);
}

static bg_reading reading_of(const projected *r, const char *text)
{
    bg_target target;
    bg_reading reading;
    assert_int_equal(bg_target_parse(&r->model, text, NULL, &target, NULL), BG_OK);
    assert_int_equal(bg_target_read(&target, r->projection, &reading), BG_OK);
    return reading;
}

/* Wilson's interval of k hits of n, z = 1.959963984540054: (k + z²/2 ± z √(k (n - k) / n + z²/4)) / (n + z²). */
static void a_figure_of_any_has_the_interval_of_its_count(void **state)
{
    (void)state;
    projected r;
    start_projection(&r, county, NULL, 2);
    const bg_reading found = reading_of(&r, "p_overspend.2025.any <= 50%");
    const double k = (double)count_any(r.projection, 0, BG_EVENT_overspend), n = 2000;
    const double z = 1.959963984540054, middle = (k + z * z / 2) / (n + z * z);
    const double half = z * sqrt(k * (n - k) / n + z * z / 4) / (n + z * z);
    assert_true(fabs(found.measured - k / n) < 1e-12);
    assert_true(fabs(found.estimate.low - (middle - half)) < 1e-12);
    assert_true(fabs(found.estimate.high - (middle + half)) < 1e-12);
    assert_true(reading_of(&r, "p_overspend.any <= 100%").measured >= found.measured);
    finish_projection(&r);
}

/* The chance is near 0.88, its error 0.33 / √N: 1.0 % at 1,000 and 0.7 % at 2,000. */
static void a_run_can_go_on_until_any_is_known(void **state)
{
    (void)state;
    projected plain, r;
    bg_target target;
    start_projection(&plain, county, NULL, 1);
    const double p = reading_of(&plain, "p_overspend.2025.any <= 1%").measured;
    assert_true(p > 0.85 && p < 0.9);
    assert_int_equal(
        bg_target_parse(&plain.model, "se(p_overspend.2025.any) <= 0.9%", NULL, &target, NULL),
        BG_OK);
    start_projection_with(&r, county, NULL,
                          &(bg_projection_options){.until = &target, .most = 100000});
    assert_int_equal(bg_projection_replications(r.projection), 2000);
    finish_projection(&plain);
    finish_projection(&r);
}

static void any_of_one_scheme_is_the_scheme(void **state)
{
    (void)state;
    projected r;
    start_projection(&r, "history: {2023: 100M, 2024: 110M}\nsimulation: {replications: 10}\n",
                     NULL, 1);
    assert_int_equal(bg_projection_unit_any(r.projection), 0);
    bg_figure figure;
    assert_int_equal(bg_figure_parse(&r.model, "p_overspend.any", NULL, &figure, NULL), BG_OK);
    char *text = bg_figure_text(&figure, &r.model);
    assert_string_equal(text, "p_overspend.ever.residents");
    free(text);
    finish_projection(&r);
}

/* Of a pooling area, any is any scheme of the sums over its communities. */
static void any_of_an_area_is_of_its_sums(void **state)
{
    (void)state;
    folder_write("west.yaml", "history:\n"
                              "  2023: {residents.total: 90M, employees.total: 40M}\n"
                              "  2024: {residents.total: 99M, employees.total: 43M}\n");
    folder_write("east.yaml", "history:\n"
                              "  2023: {residents.total: 45M, employees.total: 20M}\n"
                              "  2024: {residents.total: 50M, employees.total: 21M}\n");
    folder_write("area.yaml", "communities: {West: west.yaml, East: east.yaml}\n"
                              "simulation: {years: 3, replications: 500}\n");
    const bg_scenario_source source = {.path = "area.yaml"};
    bg_area area;
    bg_area_model model;
    bg_projection *projection[3];
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_area_load(&source, &area, &errors), BG_OK);
    assert_int_equal(bg_area_model_read(&area, &model, &errors), BG_OK);
    assert_int_equal(bg_area_project(&model, &(bg_projection_options){0}, projection, &errors),
                     BG_OK);
    bg_errors_free(&errors);
    for (size_t p = 0; p < 3; p++) {
        assert_counts_futures(projection[p]);
        bg_projection_free(projection[p]);
    }
    bg_area_model_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_counts_the_futures_in_which_a_scheme_has_the_event),
        cmocka_unit_test(counts_do_not_need_the_draws),
        cmocka_unit_test(a_figure_of_any_has_the_interval_of_its_count),
        cmocka_unit_test(a_run_can_go_on_until_any_is_known),
        cmocka_unit_test(any_of_one_scheme_is_the_scheme),
        cmocka_unit_test_setup_teardown(any_of_an_area_is_of_its_sums, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
