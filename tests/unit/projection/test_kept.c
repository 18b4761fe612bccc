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

static bg_kept_place place_of(uint8_t drawn, size_t first, size_t n)
{
    return (bg_kept_place){.drawn = {{drawn}}, .first = first, .n = n};
}

static bool is_kept(bg_kept *kept, bg_kept_place place, size_t size, const char *as)
{
    char *bytes = bg_kept_borrow(kept, &place, size);
    const bool same = bytes && memcmp(bytes, as, size) == 0;
    if (bytes) {
        bg_kept_give_back(kept, bytes);
    }
    return same;
}

static void put(bg_kept *kept, bg_kept_place place, size_t size, const char *bytes)
{
    bg_kept_put(kept, &place, size, bytes);
}

static void what_was_put_is_lent_and_nothing_else(void **state)
{
    (void)state;
    bg_kept *kept = bg_kept_new(100, SIZE_MAX);
    const bg_kept_place place = place_of(1, 256, 10);
    assert_false(is_kept(kept, place, 4, "abc"));
    put(kept, place, 4, "abc");
    put(kept, place, 4, "xyz"); /* there is one already */
    assert_true(is_kept(kept, place, 4, "abc"));
    assert_false(is_kept(kept, place_of(0, 256, 10), 4, "abc"));
    assert_false(is_kept(kept, place_of(1, 0, 10), 4, "abc"));
    assert_false(is_kept(kept, place_of(1, 256, 9), 4, "abc"));
    assert_false(is_kept(kept, place, 3, "abc"));
    assert_int_equal(bg_kept_served(kept), 1);
    bg_kept_free(kept);
    bg_kept_free(NULL);
}

static void the_first_futures_alone_are_kept_where_that_is_asked(void **state)
{
    (void)state;
    bg_kept *kept = bg_kept_new(100, 256);
    put(kept, place_of(1, 0, 256), 4, "abc");
    put(kept, place_of(1, 256, 256), 4, "abc");
    assert_true(is_kept(kept, place_of(1, 0, 256), 4, "abc"));
    assert_false(is_kept(kept, place_of(1, 256, 256), 4, "abc"));
    bg_kept_free(kept);
}

static void what_was_not_used_for_longest_makes_room(void **state)
{
    (void)state;
    bg_kept *kept = bg_kept_new(11, SIZE_MAX);
    put(kept, place_of(1, 0, 1), 4, "abc");
    put(kept, place_of(2, 0, 1), 4, "def");
    assert_true(is_kept(kept, place_of(1, 0, 1), 4, "abc"));
    put(kept, place_of(3, 0, 1), 4, "ghi");
    assert_false(is_kept(kept, place_of(2, 0, 1), 4, "def"));
    assert_true(is_kept(kept, place_of(1, 0, 1), 4, "abc"));
    assert_true(is_kept(kept, place_of(3, 0, 1), 4, "ghi"));
    put(kept, place_of(4, 0, 1), 12, "too much data"); /* for any room */
    assert_false(is_kept(kept, place_of(4, 0, 1), 12, "too much data"));
    bg_kept_free(kept);
}

static void what_is_lent_stays(void **state)
{
    (void)state;
    bg_kept *kept = bg_kept_new(4, SIZE_MAX);
    const bg_kept_place place = place_of(1, 0, 1);
    put(kept, place, 4, "abc");
    char *bytes = bg_kept_borrow(kept, &place, 4);
    put(kept, place_of(2, 0, 1), 4, "def"); /* finds no room */
    assert_string_equal(bytes, "abc");
    assert_false(is_kept(kept, place_of(2, 0, 1), 4, "def"));
    bg_kept_give_back(kept, bytes);
    put(kept, place_of(2, 0, 1), 4, "def");
    assert_true(is_kept(kept, place_of(2, 0, 1), 4, "def"));
    bg_kept_free(kept);
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
        bg_kept *kept = bg_kept_new((size_t)1 << 26, SIZE_MAX);
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

static void another_demand_is_drawn_and_kept_beside_it(void **state)
{
    (void)state;
    bg_kept *kept = bg_kept_new((size_t)1 << 26, SIZE_MAX);
    projected first, other, again, fresh;
    const bg_projection_options how = {.threads = 1, .kept = kept};
    const char *const season[] = {"demand.season=[1,1,1,1,1,1,2,2,2,2,2,2]", NULL};
    start_projection_with(&first, COUNTY, NULL, &how);
    start_projection_with(&other, COUNTY, season, &how);
    assert_int_equal(bg_kept_served(kept), 0);
    start_projection_with(&again, COUNTY, NULL, &how);
    assert_int_equal(bg_kept_served(kept), 3); /* blocks of 256 */
    start_projection(&fresh, COUNTY, season, 2);
    assert_same_draws(&again, &first);
    assert_same_draws(&other, &fresh);
    finish_projection(&first);
    finish_projection(&other);
    finish_projection(&again);
    finish_projection(&fresh);
    bg_kept_free(kept);
}

/* Their demand follows the contract: of them only the pilot futures are kept. */
static void providers_who_respond_draw_their_own(void **state)
{
    (void)state;
    static const char responds[] = COUNTY "response: {cost: -6%}\n";
    bg_kept *kept = bg_kept_new((size_t)1 << 26, SIZE_MAX);
    const bg_projection_options how = {.threads = 2, .kept = kept};
    const char *const other[] = {"settlement[share_surplus].bands[10%]=20%", NULL};
    projected first, replayed, fresh;
    start_projection_with(&first, responds, NULL, &how);
    assert_int_equal(bg_kept_served(kept), 0);
    start_projection_with(&replayed, responds, other, &how);
    assert_int_equal(bg_kept_served(kept), 3);
    start_projection(&fresh, responds, other, 2);
    assert_same_draws(&replayed, &fresh);
    assert_memory_not_equal(projected_draws(&replayed, 0, 1, "expense"),
                            projected_draws(&first, 0, 1, "expense"), N * sizeof(bg_fen));
    finish_projection(&first);
    finish_projection(&replayed);
    finish_projection(&fresh);
    bg_kept_free(kept);
}

/* Payments by line stand where they are lent from, whoever drew them. */
static void pots_by_line_are_replayed(void **state)
{
    (void)state;
    static const char pots[] =
        COUNTY "settlement:\n"
               "  - pots: {parts: {a: {share: 40%, expense: spent, lines: {inpatient: 100%}},\n"
               "                   b: {share: 60%}}}\n"
               "  - share_surplus: {pot: a, bands: {rest: 50%}}\n"
               "  - share_overspend: {pot: a, bands: {rest: 50%}}\n  - clear: {}\n"
               "inputs: {spent: {kind: money, optional: true}}\n";
    bg_kept *kept = bg_kept_new((size_t)1 << 26, SIZE_MAX);
    const bg_projection_options how = {.threads = 2, .kept = kept};
    const char *const other[] = {"budget.growth=9%", NULL};
    projected first, replayed, fresh;
    start_projection_with(&first, pots, NULL, &how);
    finish_projection(&first);
    start_projection_with(&replayed, pots, other, &how);
    assert_int_equal(bg_kept_served(kept), 3);
    start_projection(&fresh, pots, other, 2);
    assert_same_draws(&replayed, &fresh);
    finish_projection(&replayed);
    finish_projection(&fresh);
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
    bg_kept *kept = bg_kept_new((size_t)1 << 26, SIZE_MAX);
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
        cmocka_unit_test(what_was_put_is_lent_and_nothing_else),
        cmocka_unit_test(the_first_futures_alone_are_kept_where_that_is_asked),
        cmocka_unit_test(what_was_not_used_for_longest_makes_room),
        cmocka_unit_test(what_is_lent_stays),
        cmocka_unit_test(another_contract_has_the_bits_of_a_fresh_run),
        cmocka_unit_test(another_demand_is_drawn_and_kept_beside_it),
        cmocka_unit_test(providers_who_respond_draw_their_own),
        cmocka_unit_test(pots_by_line_are_replayed),
        cmocka_unit_test(communities_are_kept_apart),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
