/* Whatever threads, blocks and choice of outcomes a run is given, the figures are the same. */
#include "../support/projected.h"

#include <baogan/figure.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { RUNS = 12, MOST_OUTCOMES = 128 };

static const char county[] = "history:\n"
                             "  2023: {residents.total: 100M, employees.total: 40M}\n"
                             "  2024: {residents.total: 110M, employees.total: 43M}\n"
                             "people: {residents: 130000, employees: 12000}\n"
                             "demand: {emergency: {probability: 10%}}\n"
                             "simulation: {years: 2}\n";

static uint64_t chance_state;

/* A whole number below n. */
static size_t below(size_t n)
{
    chance_state = chance_state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (size_t)(chance_state >> 33) % n;
}

static void assert_same_outcome(const bg_projection *a, const bg_projection *b, size_t outcome)
{
    for (size_t u = 0; u < bg_projection_unit_count(a); u++) {
        for (size_t y = 0; y < bg_projection_year_count(a); y++) {
            const bg_statistics *s = bg_projection_statistics(a, u, y, outcome);
            const bg_statistics *t = bg_projection_statistics(b, u, y, outcome);
            assert_true(s->n == t->n && s->mean == t->mean);
            assert_true(s->minimum == t->minimum && s->maximum == t->maximum);
            assert_memory_equal(bg_projection_draws(a, u, y, outcome),
                                bg_projection_draws(b, u, y, outcome), s->n * sizeof(bg_fen));
            for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
                assert_true(s->quantile[q].value == t->quantile[q].value);
                assert_int_equal(s->quantile[q].has_interval, t->quantile[q].has_interval);
            }
        }
    }
}

static void assert_same_events(const bg_projection *a, const bg_projection *b)
{
    for (size_t u = 0; u < bg_projection_unit_count(a); u++) {
        for (bg_event e = 0; e < BG_EVENT_COUNT; e++) {
            assert_int_equal(bg_projection_probability_ever(a, u, e).hits,
                             bg_projection_probability_ever(b, u, e).hits);
            assert_int_equal(bg_projection_probability(a, u, 1, e).hits,
                             bg_projection_probability(b, u, 1, e).hits);
        }
    }
}

static void threads_blocks_and_choice_change_no_figure(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= RUNS; seed++) {
        chance_state = seed;
        char replications[64];
        snprintf(replications, sizeof replications, "simulation.replications=%zu",
                 1 + below(below(2) ? 3000 : 200));
        const char *const overrides[] = {
            replications, below(2) ? "simulation.engine=fast" : "simulation.engine=reference",
            NULL};
        bool wanted[MOST_OUTCOMES];
        for (size_t o = 0; o < MOST_OUTCOMES; o++) {
            wanted[o] = below(3) == 0;
        }
        const bg_projection_options options = {
            .threads = 1 + (int)below(6),
            .block_size = 1 + below(below(2) ? 40 : 2000),
            .outcomes = wanted,
            .no_cash = below(2),
            .keep = below(2),
        };
        projected plain, other;
        start_projection(&plain, county, overrides, 1);
        start_projection_with(&other, county, overrides, &options);
        for (size_t o = 0; o < bg_projection_outcome_count(plain.projection); o++) {
            if (wanted[o]) {
                assert_same_outcome(plain.projection, other.projection, o);
            }
        }
        assert_same_events(plain.projection, other.projection);
        finish_projection(&plain);
        finish_projection(&other);
    }
}

/* A run until a target says what a run of that length says of the target. */
static void a_run_until_a_target_agrees_with_a_run_of_that_length(void **state)
{
    (void)state;
    static const char *const targets[] = {
        "se(p_overspend.first) <= 1.2%",
        "rse(mean(expense)) <= 0.3%",
        "se(q25(balance.2025)) <= 1.5% budget",
        "se(tvar90(overspend)) <= 1% budget",
    };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        bg_scenario *scenario = parse_scenario(county, NULL);
        bg_errors errors;
        bg_errors_init(&errors);
        bg_model model;
        assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
        bg_target target;
        assert_int_equal(bg_target_parse(&model, targets[i], NULL, &target, &errors), BG_OK);
        const bg_projection_options options = {.threads = 2, .until = &target, .most = 32000};
        bg_projection *until, *plain;
        assert_int_equal(bg_projection_run(&model, &options, &until, &errors), BG_OK);
        const size_t n = bg_projection_replications(until);
        const bg_projection_options length = {.threads = 1, .most = n};
        assert_int_equal(bg_projection_run(&model, &length, &plain, &errors), BG_OK);
        bg_reading reading;
        assert_int_equal(bg_target_read(&target, plain, &reading), BG_OK);
        assert_true(reading.measured == bg_projection_reading(until)->measured);
        assert_int_equal(reading.met, bg_projection_reading(until)->met);
        assert_true(n == 32000 || reading.met);
        bg_projection_free(until);
        bg_projection_free(plain);
        bg_errors_free(&errors);
        bg_model_free(&model);
        bg_scenario_free(scenario);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_blocks_and_choice_change_no_figure),
        cmocka_unit_test(a_run_until_a_target_agrees_with_a_run_of_that_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
