/* What measures do to the communities of a pooling area, and to all of them together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/folder.h"
#include "study/net.h"

#include <stdio.h>
#include <string.h>

enum { WEST, EAST, ALL, PARTIES };
enum { YEARS = 2, FUTURES = 300 };
enum { COMMON, OWN, TOGETHER, REST, ROWS };

typedef struct computed {
    bg_area_model model;
    bg_contributions party[PARTIES];
} computed;

/* A measure of the area, and one that East alone has, and has before it. */
static void write_area(void)
{
    folder_write("west.yaml", "history: {2023: 95M, 2024: 100M}\n"
                              "people: {residents: {count: 100000, growth: 0%, growth_sd: 0}}\n");
    folder_write(
        "east.yaml",
        "history: {2023: 47M, 2024: 50M}\n"
        "people: {residents: {count: 50000, growth: 0%, growth_sd: 0}}\n"
        "measures: {a_own: {from: 2025-01, until: 2025-12, cases: -2%, outlay: {amount: 7, "
        "payer: community}}}\n");
    folder_write("area.yaml", "communities: {West: west.yaml, East: east.yaml}\n"
                              "simulation: {years: 2, replications: 300, seed: 5}\n"
                              "budget: {growth: 4%, funds: {guarantee: {rate: 3%},\n"
                              "         risk: {rate: 1%, carry_over: true, shared: pro_rata}}}\n"
                              "demand: {emergency: {probability: 40%, direct_cost: 5%}}\n"
                              "measures: {common: {from: 2025-07, cases: {p10: -4%, p90: -1%},\n"
                              "  outlay: {amount: 100, payer: pool}}}\n");
}

static void read_model(bg_area_model *model)
{
    const bg_scenario_source source = {.path = "area.yaml"};
    bg_area area;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_area_load(&source, &area, &errors), BG_OK);
    assert_int_equal(bg_area_model_read(&area, model, &errors), BG_OK);
    bg_errors_free(&errors);
}

static const bg_projection_options one_thread = {.threads = 1};

static void start(computed *self)
{
    bg_errors errors;
    bg_errors_init(&errors);
    write_area();
    read_model(&self->model);
    assert_int_equal(
        bg_area_contributions_compute(&self->model, FUTURES, &one_thread, self->party, &errors),
        BG_OK);
    bg_errors_free(&errors);
}

static void finish(computed *self)
{
    for (size_t p = 0; p < PARTIES; p++) {
        bg_contributions_free(&self->party[p]);
    }
    bg_area_model_free(&self->model);
}

static bg_fen mean(const computed *self, size_t party, size_t row, size_t year, bg_effect_kind kind)
{
    return bg_contributions_effect(&self->party[party], row, 0, year, kind)->mean;
}

static void a_change_of_any_community_is_a_row_of_all(void **state)
{
    (void)state;
    static const char *const names[ROWS] = {"common", "a_own", "together", "rest"};
    computed self;
    start(&self);
    for (size_t p = 0; p < PARTIES; p++) {
        assert_int_equal(self.party[p].count, ROWS);
        assert_int_equal(self.party[p].futures, FUTURES);
        for (size_t row = 0; row < ROWS; row++) {
            assert_string_equal(self.party[p].row[row].name, names[row]);
        }
    }
    for (size_t year = 0; year <= YEARS; year++) {
        assert_true(mean(&self, WEST, COMMON, year, BG_EFFECT_EXPENSE) < 0);
        assert_true(mean(&self, EAST, COMMON, year, BG_EFFECT_EXPENSE) < 0);
        assert_int_equal(mean(&self, WEST, OWN, year, BG_EFFECT_EXPENSE), 0);
        assert_int_equal(mean(&self, EAST, OWN, year, BG_EFFECT_EXPENSE) < 0, year != 1);
    }
    finish(&self);
}

static void communities_and_rows_add_up_to_the_fen(void **state)
{
    (void)state;
    computed self;
    start(&self);
    for (bg_effect_kind kind = 0; kind < BG_EFFECT_COUNT; kind++) {
        for (size_t year = 0; year <= YEARS; year++) {
            for (size_t row = 0; row < ROWS; row++) {
                assert_int_equal(mean(&self, ALL, row, year, kind),
                                 mean(&self, WEST, row, year, kind) +
                                     mean(&self, EAST, row, year, kind));
            }
            for (size_t p = 0; p < PARTIES; p++) {
                assert_int_equal(mean(&self, p, TOGETHER, year, kind),
                                 mean(&self, p, COMMON, year, kind) +
                                     mean(&self, p, OWN, year, kind) +
                                     mean(&self, p, REST, year, kind));
            }
        }
    }
    finish(&self);
}

static void each_community_pays_for_what_it_does(void **state)
{
    (void)state;
    computed self;
    start(&self);
    static const bg_fen pool[PARTIES] = {10000, 10000, 20000}, community[PARTIES] = {0, 700, 700};
    for (size_t p = 0; p < PARTIES; p++) {
        const bg_contributions *of = &self.party[p];
        assert_int_equal(bg_net_outlay(of, COMMON, 0, 0, BG_PAYER_POOL), pool[p]);
        assert_int_equal(bg_net_outlay(of, OWN, 0, 0, BG_PAYER_COMMUNITY), community[p]);
        assert_int_equal(bg_net_find(of, TOGETHER, 0, YEARS).outlay, 2 * pool[p] + community[p]);
    }
    finish(&self);
}

/* What the model draws afterwards is what it would have drawn before. */
static void all_changes_act_again_afterwards(void **state)
{
    (void)state;
    computed self;
    bg_area_model fresh;
    bg_projection *after[PARTIES], *before[PARTIES];
    bg_errors errors;
    bg_errors_init(&errors);
    start(&self);
    read_model(&fresh);
    assert_int_equal(bg_area_project(&self.model, &one_thread, after, &errors), BG_OK);
    assert_int_equal(bg_area_project(&fresh, &one_thread, before, &errors), BG_OK);
    for (size_t p = 0; p < PARTIES; p++) {
        assert_memory_equal(bg_projection_draws(after[p], 0, 1, BG_OUTCOME_expense),
                            bg_projection_draws(before[p], 0, 1, BG_OUTCOME_expense),
                            FUTURES * sizeof(bg_fen));
        bg_projection_free(after[p]);
        bg_projection_free(before[p]);
    }
    bg_area_model_free(&fresh);
    bg_errors_free(&errors);
    finish(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_of_any_community_is_a_row_of_all),
        cmocka_unit_test(communities_and_rows_add_up_to_the_fen),
        cmocka_unit_test(each_community_pays_for_what_it_does),
        cmocka_unit_test(all_changes_act_again_afterwards),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
