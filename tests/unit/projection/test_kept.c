/* Futures that were drawn once serve other contracts with the bits of a fresh run. */
#include "projection/kept.h"

#include "../../support/folder.h"
#include "../../support/projected.h"

#include <baogan/area_model.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void what_was_put_is_taken_and_nothing_else(void **state)
{
    (void)state;
    bg_kept *kept = bg_kept_new(100);
    const char first[4] = "abc", other[4] = "xyz";
    char to[4] = "";
    const bg_kept_place place = {.community = 1, .first = 256, .n = 10};
    assert_false(bg_kept_take(kept, place, 4, to));
    bg_kept_put(kept, place, 4, first);
    bg_kept_put(kept, place, 4, other); /* there is one already */
    assert_true(bg_kept_take(kept, place, 4, to));
    assert_string_equal(to, "abc");
    assert_false(bg_kept_take(kept, (bg_kept_place){0, 256, 10}, 4, to));
    assert_false(bg_kept_take(kept, (bg_kept_place){1, 0, 10}, 4, to));
    assert_false(bg_kept_take(kept, (bg_kept_place){1, 256, 9}, 4, to));
    assert_false(bg_kept_take(kept, place, 3, to));
    bg_kept_free(kept);
}

static void what_finds_no_room_is_not_kept(void **state)
{
    (void)state;
    bg_kept *kept = bg_kept_new(7);
    const char bytes[4] = "abc";
    char to[4] = "";
    bg_kept_put(kept, (bg_kept_place){0, 0, 1}, 4, bytes);
    bg_kept_put(kept, (bg_kept_place){0, 1, 1}, 4, bytes);
    assert_true(bg_kept_take(kept, (bg_kept_place){0, 0, 1}, 4, to));
    assert_false(bg_kept_take(kept, (bg_kept_place){0, 1, 1}, 4, to));
    bg_kept_free(kept);
    bg_kept_free(NULL);
}

enum { N = 700, YEARS = 3 };

#define COUNTY                                                                                     \
    "history: {2023: {residents.inpatient.in: {cases: 9000, paid: 45M, cost: 60M},\n"              \
    "  residents.inpatient.out: {cases: 3000, paid: 30M}, employees.total: {paid: 30M}},\n"        \
    "  2024: {residents.inpatient.in: {cases: 9500, paid: 46M, cost: 62M},\n"                      \
    "  residents.inpatient.out: {cases: 3100, paid: 32M}, employees.total: {paid: 33M}}}\n"        \
    "people: {residents: 100000, employees: 20000}\n"                                              \
    "performance: {indicators: {stays: {simulated: admissions, floor: 16, target: 10}}}\n"         \
    "measures: {checks: {from: 2026-01, recoveries: {amount: 1M}}}\n"                              \
    "simulation: {years: 3, replications: 700, seed: 9}\n"
#define OTHER                                                                                      \
    "budget: {growth: 12%, funds: {one: 4%}}\nsettlement: [disallow, {share_surplus: {bands: "     \
    "{5%: 90%, rest: 10%}}}, {share_overspend: {bands: {rest: 70%}}}, clear]\n"

static void assert_same_draws(const projected *a, const projected *b)
{
    for (size_t unit = 0; unit < bg_projection_unit_count(a->projection); unit++) {
        for (size_t year = 0; year < YEARS; year++) {
            for (size_t i = 0; i < bg_projection_outcome_count(a->projection); i++) {
                assert_memory_equal(bg_projection_draws(a->projection, unit, year, i),
                                    bg_projection_draws(b->projection, unit, year, i),
                                    N * sizeof(bg_fen));
            }
        }
    }
}

static void another_contract_has_the_bits_of_a_fresh_run(void **state)
{
    (void)state;
    static const char *const engines[] = {"simulation.engine=fast", "simulation.engine=reference"};
    for (size_t e = 0; e < 2; e++) {
        const char *const overrides[] = {engines[e], NULL};
        bg_kept *kept = bg_kept_new((size_t)1 << 26);
        projected first, replayed, fresh;
        start_projection_with(&first, COUNTY, overrides,
                              &(bg_projection_options){.threads = 2, .kept = kept});
        start_projection_with(&replayed, COUNTY OTHER, overrides,
                              &(bg_projection_options){.threads = 1, .kept = kept});
        start_projection(&fresh, COUNTY OTHER, overrides, 2);
        assert_same_draws(&replayed, &fresh);
        finish_projection(&first);
        finish_projection(&replayed);
        finish_projection(&fresh);
        bg_kept_free(kept);
    }
}

/* What is taken is not drawn: of other demand it would be wrong, which is how it is seen here. */
static void futures_are_taken_and_not_drawn(void **state)
{
    (void)state;
    bg_kept *kept = bg_kept_new((size_t)1 << 26);
    projected first, other;
    start_projection_with(&first, COUNTY, NULL,
                          &(bg_projection_options){.threads = 1, .kept = kept});
    start_projection_with(&other, COUNTY "demand: {season: [1,1,1,1,1,1,2,2,2,2,2,2]}\n", NULL,
                          &(bg_projection_options){.threads = 1, .kept = kept});
    assert_memory_equal(projected_draws(&first, 0, 1, "expense"),
                        projected_draws(&other, 0, 1, "expense"), N * sizeof(bg_fen));
    finish_projection(&first);
    finish_projection(&other);
    bg_kept_free(kept);
}

/* Results of both communities and of all in the second year. */
static void project_area(const char *text, bg_kept *kept, bg_fen results[3][300])
{
    bg_projection *projection[3];
    bg_area area;
    bg_area_model model;
    bg_errors errors;
    bg_errors_init(&errors);
    folder_write("west.yaml", "history: {2023: 95M, 2024: 100M}\npeople: {residents: 100000}\n");
    folder_write("east.yaml", "history: {2023: 47M, 2024: 50M}\npeople: {residents: 50000}\n");
    folder_write("area.yaml", text);
    const bg_scenario_source source = {.path = "area.yaml"};
    const bg_projection_options options = {.threads = 2, .kept = kept};
    assert_int_equal(bg_area_load(&source, &area, &errors), BG_OK);
    assert_int_equal(bg_area_model_read(&area, &model, &errors), BG_OK);
    assert_int_equal(bg_area_project(&model, &options, projection, &errors), BG_OK);
    for (size_t p = 0; p < 3; p++) {
        memcpy(results[p], bg_projection_draws(projection[p], 0, 1, BG_OUTCOME_result),
               sizeof results[p]);
        bg_projection_free(projection[p]);
    }
    bg_area_model_free(&model);
    bg_errors_free(&errors);
}

/* Each community has its own. */
static void communities_are_kept_apart(void **state)
{
    (void)state;
    static const char cheap[] =
        "communities: {West: west.yaml, East: east.yaml}\nsimulation: {years: 2, replications: "
        "300}\nbudget: {growth: 5%}\n";
    static const char dear[] =
        "communities: {West: west.yaml, East: east.yaml}\nsimulation: {years: 2, replications: "
        "300}\nbudget: {growth: 15%}\n";
    bg_kept *kept = bg_kept_new((size_t)1 << 26);
    static bg_fen first[3][300], replayed[3][300], fresh[3][300];
    project_area(cheap, kept, first);
    project_area(dear, kept, replayed);
    project_area(dear, NULL, fresh);
    assert_memory_equal(replayed, fresh, sizeof fresh);
    assert_memory_not_equal(replayed, first, sizeof first);
    bg_kept_free(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_is_taken_and_nothing_else),
        cmocka_unit_test(what_finds_no_room_is_not_kept),
        cmocka_unit_test(another_contract_has_the_bits_of_a_fresh_run),
        cmocka_unit_test(futures_are_taken_and_not_drawn),
        cmocka_unit_test(communities_are_kept_apart),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
