/* What was drawn once serves other contracts: on every shipped scenario the bits are those of a fresh run. */
#include "../support/same_incentive.h"
#include "projection/incentive.h"
#include "projection/kept.h"

#include <baogan/area_model.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FUTURES = 300, THREADS = 2, MOST_PARTIES = 8 };

/* A file, read with another contract or as it is: a community for itself, or an area. */
typedef struct reading {
    bg_area alone; /* its scenario */
    bg_model community;
    bg_area_model area;
    bg_parties parties;
    bg_projection *projection[MOST_PARTIES];
    bg_incentive incentive;
} reading;

static void read(reading *self, bg_area *loaded, bg_errors *errors)
{
    if (loaded->count > 0) {
        assert_int_equal(bg_area_model_read(loaded, &self->area, errors), BG_OK);
        self->parties = (bg_parties){.member = self->area.member,
                                     .count = self->area.area.count,
                                     .whole = &self->area.whole};
    } else {
        self->alone = *loaded;
        assert_int_equal(bg_model_read(loaded->scenario, &self->community, errors), BG_OK);
        self->parties = (bg_parties){.member = &self->community, .count = 1};
    }
    assert_true(bg_parties_count(&self->parties) <= MOST_PARTIES);
}

static bg_status project(reading *self, const bg_projection_options *how, bg_errors *errors)
{
    return self->parties.whole ? bg_area_project(&self->area, how, self->projection, errors)
                               : bg_projection_run(&self->community, how, self->projection, errors);
}

static void run(reading *self, const char *path, const char *contract, bg_kept *kept)
{
    const char *const overrides[] = {"simulation.replications=300", contract};
    const bg_scenario_source source = {
        .path = path, .overrides = overrides, .override_count = contract ? 2 : 1};
    const bg_projection_options how = {.threads = THREADS, .kept = kept};
    bg_area area;
    bg_errors errors;
    bg_errors_init(&errors);
    *self = (reading){0};
    assert_int_equal(bg_area_load(&source, &area, &errors), BG_OK);
    read(self, &area, &errors);
    assert_int_equal(project(self, &how, &errors), BG_OK);
    assert_int_equal(bg_incentive_find(&self->parties, FUTURES, &how, &self->incentive, &errors),
                     BG_OK);
    bg_errors_free(&errors);
}

static void finish(reading *self)
{
    for (size_t p = 0; p < bg_parties_count(&self->parties); p++) {
        bg_projection_free(self->projection[p]);
    }
    bg_incentive_free(&self->incentive);
    bg_model_free(&self->community);
    bg_area_model_free(&self->area);
    bg_area_free(&self->alone);
}

static void assert_same_year(const bg_projection *a, const bg_projection *b, size_t unit,
                             size_t year)
{
    for (size_t o = 0; o < bg_projection_outcome_count(a); o++) {
        assert_memory_equal(bg_projection_draws(a, unit, year, o),
                            bg_projection_draws(b, unit, year, o), FUTURES * sizeof(bg_fen));
        assert_int_equal(bg_projection_central(a, unit, year, o),
                         bg_projection_central(b, unit, year, o));
    }
    assert_memory_equal(bg_projection_events(a, unit, year), bg_projection_events(b, unit, year),
                        FUTURES);
    for (size_t month = 0; month < 12; month++) {
        assert_memory_equal(bg_projection_cash(a, unit, year, month),
                            bg_projection_cash(b, unit, year, month), sizeof(bg_statistics));
    }
}

static void assert_same(const reading *a, const reading *b)
{
    const bg_incentive *incentive = &a->incentive;
    for (size_t p = 0; p < bg_parties_count(&a->parties); p++) {
        for (size_t unit = 0; unit < bg_projection_unit_count(a->projection[p]); unit++) {
            for (size_t year = 0; year < bg_projection_year_count(a->projection[p]); year++) {
                assert_same_year(a->projection[p], b->projection[p], unit, year);
            }
        }
    }
    const size_t rows = incentive->parties * incentive->units * (incentive->years + 1);
    for (size_t i = 0; i < rows; i++) {
        assert_same_incentive(&incentive->row[i], &b->incentive.row[i]);
    }
}

static void replays(const char *path)
{
    bg_kept *kept = bg_kept_new(BG_KEPT_BYTES, SIZE_MAX);
    reading other, replayed, fresh;
    run(&other, path, "budget.growth=-9%", kept);
    const size_t before = bg_kept_served(kept);
    run(&replayed, path, NULL, kept);
    run(&fresh, path, NULL, NULL);
    if (bg_kept_served(kept) == before) {
        fail_msg("%s draws anew", path);
    }
    assert_same(&replayed, &fresh);
    finish(&other);
    finish(&replayed);
    finish(&fresh);
    bg_kept_free(kept);
}

static void a_community_and_an_area_are_replayed_to_the_bit(void **state)
{
    (void)state;
    static const char *const files[] = {
        "scenarios/county.yaml",
        "scenarios/county_2022_2024.yaml",
        "scenarios/residents_national.yaml",
        "scenarios/three_numbers.yaml",
        "scenarios/yangxi.yaml",
        "scenarios/area.yaml",
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        replays(files[i]);
    }
}

static void so_are_the_examples(void **state)
{
    (void)state;
    static const char *const names[] = {
        "ageing",       "catastrophic_threshold", "family_doctors",    "flu_winter",
        "moving_score", "higher_contribution",    "hospitals_respond", "lower_deductible",
        "out_of_area",  "recovered_fraud",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[80] = "scenarios/examples/";
        strcat(strcat(path, names[i]), ".yaml");
        replays(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_community_and_an_area_are_replayed_to_the_bit),
        cmocka_unit_test(so_are_the_examples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
