/* Communities of a pooling area simulated together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/folder.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <baogan/area_model.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 4, N = 300 };

typedef struct fixture {
    bg_area_model model;
    bg_projection *projection[MOST];
    size_t count; /* of communities; the whole area is projection[count] */
} fixture;

static const char *engine = "simulation.engine=reference";

static bg_status read_area(bg_area_model *model, char **messages)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_area area;
    const bg_scenario_source source = {
        .path = "area.yaml", .overrides = &engine, .override_count = 1};
    bg_status status = bg_area_load(&source, &area, &errors);
    if (status == BG_OK) {
        status = bg_area_model_read(&area, model, &errors);
    }
    *messages = messages_of(&errors);
    bg_errors_free(&errors);
    return status;
}

static fixture *project(const bg_projection_options *options)
{
    fixture *self = calloc(1, sizeof *self);
    assert_non_null(self);
    char *messages = NULL;
    if (read_area(&self->model, &messages) != BG_OK) {
        fail_msg("%s", messages);
    }
    free(messages);
    self->count = self->model.area.count;
    bg_errors errors;
    bg_errors_init(&errors);
    if (bg_area_project(&self->model, options, self->projection, &errors) != BG_OK) {
        fail_msg("%s", messages_of(&errors));
    }
    bg_errors_free(&errors);
    return self;
}

static fixture *projected(void)
{
    return project(&(bg_projection_options){.threads = 1});
}

static void drop(fixture *self)
{
    for (size_t p = 0; p <= self->count; p++) {
        bg_projection_free(self->projection[p]);
    }
    bg_area_model_free(&self->model);
    bg_area_model_free(&self->model);
    free(self);
}

static void write_area(const char *more)
{
    char text[2048];
    folder_write("west.yaml", "history: {2022: 90M, 2023: 95M, 2024: 100M}\n"
                              "people: {residents: {count: 100000, growth: 0%, growth_sd: 0}}\n");
    folder_write("east.yaml", "history: {2022: 45M, 2023: 47M, 2024: 50M}\n"
                              "people: {residents: {count: 50000, growth: 0%, growth_sd: 0}}\n");
    folder_write("north.yaml", "history: {2022: 28M, 2023: 29M, 2024: 30M}\n"
                               "people: {residents: {count: 30000, growth: 0%, growth_sd: 0}}\n");
    snprintf(text, sizeof text,
             "communities: {West: west.yaml, East: east.yaml, North: north.yaml}\n"
             "simulation: {years: 3, replications: %d, seed: 5}\n%s",
             N, more);
    folder_write("area.yaml", text);
}

static const bg_fen *draws(const fixture *self, size_t party, size_t year, const char *outcome)
{
    const bg_projection *of = self->projection[party];
    const int index = bg_projection_outcome_index(of, outcome);
    assert_true(index >= 0);
    return bg_projection_draws(of, 0, year, (size_t)index);
}

static bg_fen central(const fixture *self, size_t party, size_t year, const char *outcome)
{
    const bg_projection *of = self->projection[party];
    const int index = bg_projection_outcome_index(of, outcome);
    assert_true(index >= 0);
    return bg_projection_central(of, 0, year, (size_t)index);
}

static const char sharing[] =
    "pool: {residents: {income_per_head: 950, growth: 3%, balance: 20M, outside_spending: 1M}}\n"
    "budget: {growth: 8%, income_limit: 98%, adjustments: {more: {year: 2026, month: 5, amount: "
    "3M}},\n"
    "  funds: {guarantee: {rate: 3%}, risk: {rate: 1%, carry_over: true, shared: pro_rata}}}\n"
    "demand: {emergency: {probability: 40%, direct_cost: 5%}}\n";

static void figures_of_the_area_are_sums_and_the_pool_is_one(void **state)
{
    (void)state;
    static const char *const summed[] = {"budget",   "expense",   "shared",      "result",
                                         "clearing", "fund.risk", "entitlement", "income"};
    write_area(sharing);
    fixture *f = projected();
    for (size_t year = 0; year < 3; year++) {
        for (size_t o = 0; o < sizeof summed / sizeof *summed; o++) {
            const bg_fen *all = draws(f, 3, year, summed[o]);
            for (size_t i = 0; i < N; i++) {
                bg_fen sum = 0;
                for (size_t c = 0; c < 3; c++) {
                    sum += draws(f, c, year, summed[o])[i];
                }
                assert_int_equal(all[i], sum);
            }
        }
        /* What the settlements moved stands in the communities' own balances, from zero. */
        const bg_fen *balance = draws(f, 3, year, "pool_balance");
        for (size_t i = 0; i < N; i++) {
            bg_fen expected = INT64_C(2000000000);
            for (size_t y = 0; y <= year; y++) {
                expected += draws(f, 3, y, "income")[i] - 100000000;
            }
            for (size_t c = 0; c < 3; c++) {
                expected += draws(f, c, year, "pool_balance")[i];
            }
            assert_int_equal(balance[i], expected);
        }
    }
    drop(f);
}

/* What the area's file says of a measure holds in each community: three pay 100,000 yuan a year. */
static void outlays_of_all_communities_are_taken_from_the_one_pool(void **state)
{
    (void)state;
    enum { AMOUNT = 10000000 };
    char with[1024];
    snprintf(
        with, sizeof with, "%s%s", sharing,
        "measures: {staff: {from: 2026-07, cases: 0%, outlay: {amount: 100000, payer: pool}}}\n");
    write_area(sharing);
    fixture *before = projected();
    write_area(with);
    fixture *after = projected();
    for (size_t year = 0; year < 3; year++) {
        for (size_t party = 0; party < 4; party++) {
            const bg_fen paid = AMOUNT * (bg_fen)year * (party < 3 ? 1 : 3); /* from 2026 on */
            for (size_t i = 0; i < N; i++) {
                assert_int_equal(draws(before, party, year, "pool_balance")[i],
                                 draws(after, party, year, "pool_balance")[i] + paid);
            }
        }
    }
    drop(before);
    drop(after);
}

/* Each community brings back 100,000 yuan a year from July 2026 on, half of it in that year. */
static void what_each_community_brings_back_goes_to_the_pool(void **state)
{
    (void)state;
    static const bg_fen so_far[] = {0, 5000000, 15000000};
    char with[1024];
    snprintf(with, sizeof with, "%s%s", sharing,
             "measures: {audit: {from: 2026-07, recoveries: 100000}}\n");
    write_area(sharing);
    fixture *before = projected();
    write_area(with);
    fixture *after = projected();
    for (size_t year = 0; year < 3; year++) {
        for (size_t party = 0; party < 4; party++) {
            const bg_fen back = so_far[year] * (party < 3 ? 1 : 3);
            for (size_t i = 0; i < N; i++) {
                assert_int_equal(draws(before, party, year, "pool_balance")[i] + back,
                                 draws(after, party, year, "pool_balance")[i]);
                assert_int_equal(draws(before, party, year, "income")[i] + back -
                                     (year ? so_far[year - 1] * (party < 3 ? 1 : 3) : 0),
                                 draws(after, party, year, "income")[i]);
                assert_int_equal(draws(before, party, year, "expense")[i],
                                 draws(after, party, year, "expense")[i]);
            }
        }
    }
    drop(before);
    drop(after);
}

/* What is drawn of the pool's income is one for all communities: the East has half the West's people and
 * income, to a fen. Interest of 5 % is the area's alone. */
static void communities_share_what_is_drawn_of_income_and_the_area_has_the_interest(void **state)
{
    (void)state;
    write_area("pool: {residents: {contribution: 0, subsidy: 1000, subsidy_growth_sd: 5%,\n"
               "                   interest: 5%, balance: 20M}}\n"
               "budget: {growth: 8%}\n");
    fixture *f = projected();
    for (size_t year = 0; year < 3; year++) {
        const bg_fen *west = draws(f, 0, year, "income"), *east = draws(f, 1, year, "income");
        const bg_fen *north = draws(f, 2, year, "income"), *all = draws(f, 3, year, "income");
        for (size_t i = 0; i < N; i++) {
            const bg_fen before =
                year > 0 ? draws(f, 3, year - 1, "pool_balance")[i] : INT64_C(2000000000);
            const bg_fen interest = before > 0 ? (before * 5 + 50) / 100 : 0;
            assert_in_range(west[i] - 2 * east[i] + 1, 0, 2);
            assert_int_equal(all[i], west[i] + east[i] + north[i] + interest);
            assert_true(year == 0 || west[i] != INT64_C(10300000000));
        }
    }
    drop(f);
}

/* A contribution of 440 in place of 400: 1.1^-0.5 of the people stay, in each community. */
static void people_of_all_communities_follow_the_contribution_of_the_area(void **state)
{
    (void)state;
    write_area(
        "pool: {residents: {contribution: {2022: 200, 2024: 400, 2026: 440}, subsidy: {2025: 0},\n"
        "                   subsidy_growth: 0%, subsidy_growth_sd: 0,\n"
        "                   enrolment: {elasticity: -0.5, elasticity_sd: 0}}}\n"
        "budget: {growth: 8%}\n");
    fixture *f = projected();
    static const int64_t people[] = {95346, 47673, 28604}; /* x 0.9534625892 */
    static const int64_t before[] = {100000, 50000, 30000};
    for (size_t c = 0; c < 3; c++) {
        assert_int_equal(central(f, c, 0, "income"), before[c] * 40000);
        assert_int_equal(central(f, c, 1, "income"), people[c] * 44000);
    }
    drop(f);
}

/* What the plan hears of the pool is of all communities: where its year before settlement ends below zero, each
 * loses half of its gain. */
static void rules_go_by_the_year_of_the_whole_pool(void **state)
{
    (void)state;
    static const char pool[] = "pool: {residents: {income_per_head: 1030, growth: 4%}}\n"
                               "budget: {growth: 12%, funds: {}}\n"
                               "inputs: {pool_year: {pool: surplus}}\n";
    char with[1024];
    snprintf(with, sizeof with,
             "%ssettlement: [{deduct: {gain: 50%%, when: {pool_year: {below: 0}}}}, {clear: {}}]\n",
             pool);
    write_area(with);
    fixture *f = projected();
    size_t deficits = 0, halved = 0;
    for (size_t i = 0; i < N; i++) {
        const bool deficit = draws(f, 3, 0, "income")[i] < draws(f, 3, 0, "expense")[i];
        deficits += deficit;
        for (size_t c = 0; c < 3; c++) {
            const bg_fen left = draws(f, c, 0, "budget")[i] - draws(f, c, 0, "expense")[i];
            const bool halves = deficit && left > 0;
            assert_int_equal(draws(f, c, 0, "result")[i], halves ? left - (left + 1) / 2 : left);
            halved += halves;
        }
    }
    assert_in_range(deficits, N / 10, N - N / 10);
    assert_true(halved > 0);
    drop(f);
    write_area(strchr(with, '\n') + 1);
    bg_area_model model;
    char *messages = NULL;
    assert_int_equal(read_area(&model, &messages), BG_OK);
    free(messages);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_projection *projection[MOST];
    assert_int_equal(
        bg_area_project(&model, &(bg_projection_options){.threads = 1}, projection, &errors),
        BG_MISSING);
    assert_int_equal(errors.error_count, 1);
    assert_string_equal(errors.items[0].path, "inputs[pool_year]");
    bg_errors_free(&errors);
    bg_area_model_free(&model);
}

/* 180,000 people x 950 yuan x 1.03^t, less 1 million, x 98 %: all budgets together. */
static void the_income_limit_holds_for_all_budgets_together(void **state)
{
    (void)state;
    write_area(sharing);
    fixture *f = projected();
    const bg_fen limits[] = {16660000000, 17162740000, 17680562200};
    for (size_t year = 0; year < 3; year++) {
        const bg_fen *budget = draws(f, 3, year, "budget");
        for (size_t i = 0; i < N; i++) {
            assert_int_equal(budget[i], limits[year]);
        }
        assert_int_equal(central(f, 3, year, "budget"), limits[year]);
    }
    /* West wants 95 x 1.08 = 102.6, East 142/3 x 1.08 = 51.12, North 29 x 1.08 = 31.32 million of 166.6:
     * of 185.04: 92.3754863813, 46.0256809338 and 28.1988326848; the fen left over goes to North. */
    assert_int_equal(central(f, 0, 0, "budget"), 9237548638);
    assert_int_equal(central(f, 1, 0, "budget"), 4602568093);
    assert_int_equal(central(f, 2, 0, "budget"), 2819883269);
    drop(f);
}

static void a_shared_fund_is_drawn_by_all_and_never_overdrawn(void **state)
{
    (void)state;
    write_area(sharing);
    fixture *f = projected();
    size_t negative_parts = 0;
    const int event = BG_EVENT_risk_exhausted;
    for (size_t year = 0; year < 2; year++) {
        const bg_fen *all = draws(f, 3, year, "fund.risk");
        size_t exhausted = 0;
        for (size_t i = 0; i < N; i++) {
            assert_true(all[i] >= 0);
            exhausted += all[i] == 0;
            for (size_t c = 0; c < 3; c++) {
                negative_parts += draws(f, c, year, "fund.risk")[i] < 0;
            }
        }
        for (size_t c = 0; c < 4; c++) { /* it runs out for all at once */
            const bg_probability p =
                bg_projection_probability(f->projection[c], 0, year, (bg_event)event);
            assert_int_equal(p.hits, exhausted);
        }
        assert_true(exhausted > 0);
    }
    assert_true(negative_parts > 0);
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(draws(f, 3, 2, "fund.risk")[i], 0); /* the contract has ended */
    }
    drop(f);
}

static void nothing_depends_on_blocks_or_threads(void **state)
{
    (void)state;
    for (int fast = 0; fast < 2; fast++) {
        write_area(sharing);
        engine = fast ? "simulation.engine=fast" : "simulation.engine=reference";
        fixture *one = projected();
        fixture *other = project(&(bg_projection_options){.threads = 3, .block_size = 7});
        for (size_t p = 0; p < 4; p++) {
            for (size_t year = 0; year < 3; year++) {
                assert_memory_equal(draws(one, p, year, "clearing"),
                                    draws(other, p, year, "clearing"), N * sizeof(bg_fen));
                assert_memory_equal(draws(one, p, year, "lowest_cash"),
                                    draws(other, p, year, "lowest_cash"), N * sizeof(bg_fen));
            }
        }
        drop(one);
        drop(other);
    }
}

/* Where nothing is shared a community fares as it would with other neighbours. */
static void without_sharing_neighbours_do_not_matter(void **state)
{
    (void)state;
    write_area("");
    fixture *three = projected();
    folder_write("area.yaml", "communities: {East: east.yaml}\n"
                              "simulation: {years: 3, replications: 300, seed: 5}\n");
    fixture *alone = projected();
    for (size_t year = 0; year < 3; year++) {
        assert_memory_equal(draws(three, 1, year, "clearing"), draws(alone, 0, year, "clearing"),
                            N * sizeof(bg_fen));
        assert_memory_equal(draws(alone, 1, year, "clearing"), draws(alone, 0, year, "clearing"),
                            N * sizeof(bg_fen));
    }
    /* Each has luck of its own. */
    assert_memory_not_equal(draws(three, 0, 0, "expense"), draws(three, 1, 0, "expense"),
                            N * sizeof(bg_fen));
    drop(three);
    drop(alone);
}

/* With no growth the total of a year is that of the first less what the community's own years have left, no more than
 * 5 % of it a year: each community recovers its own, under a common income limit that cuts all of them, too. */
static void assert_recovered(const fixture *f)
{
    size_t waits = 0;
    for (size_t c = 0; c < 3; c++) {
        const bg_fen *first = draws(f, c, 0, "budget");
        for (size_t i = 0; i < N; i++) {
            const bg_fen most = (first[i] + 10) / 20;
            bg_fen left = 0;
            for (size_t year = 0; year < 3; year++) {
                const bg_fen total = draws(f, c, year, "budget")[i];
                const bg_fen recovered = left < most ? left : most;
                assert_int_equal(total, first[i] - recovered);
                const bg_fen lost = draws(f, c, year, "expense")[i] - total;
                left += (lost > 0 ? lost : 0) - recovered;
                waits += left > most;
            }
        }
    }
    assert_true(waits > N);
}

static void each_community_recovers_its_own_from_its_next_total(void **state)
{
    (void)state;
    static const char rules[] =
        "budget: {growth: 0%, funds: {}}\n"
        "settlement: [{carry_forward: {share: 100%, recover: budget, limit: 5%}}, clear]\n";
    static const char *const pools[] = {"",
                                        "pool: {residents: {income_per_head: 800, growth: 0%}}\n"};
    for (size_t p = 0; p < 2; p++) {
        char text[512];
        write_area(strcat(strcpy(text, rules), pools[p]));
        fixture *f = projected();
        assert_recovered(f);
        const bg_fen all = central(f, 3, 0, "budget"); /* 144 million come in */
        assert_int_equal(all == INT64_C(14400000000), p == 1);
        drop(f);
    }
}

static void communities_must_be_alike(void **state)
{
    (void)state;
    bg_area_model model;
    char *messages = NULL;
    write_area("");
    folder_write("east.yaml", "history: {2024: {residents.total: 50M, employees.total: 20M}}\n");
    assert_int_equal(read_area(&model, &messages), BG_INVALID);
    assert_reports(messages, "communities: West and East have different schemes");
    free(messages);
    write_area("");
    folder_write("east.yaml", "history: {2023: 50M}\n");
    assert_int_equal(read_area(&model, &messages), BG_INVALID);
    assert_reports(messages, "the first budget year of West is 2025, that of East 2024");
    free(messages);
    write_area("");
    folder_write("east.yaml", "history: {2024: 50M}\ndemand: {season: [1, 2]}\n");
    assert_int_equal(read_area(&model, &messages), BG_RANGE);
    assert_reports(messages, "east.yaml:2:18: demand.season: ");
    assert_says_among_others(messages, "demand.season: East: ");
    free(messages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_each_community_brings_back_goes_to_the_pool),
        cmocka_unit_test(figures_of_the_area_are_sums_and_the_pool_is_one),
        cmocka_unit_test(outlays_of_all_communities_are_taken_from_the_one_pool),
        cmocka_unit_test(communities_share_what_is_drawn_of_income_and_the_area_has_the_interest),
        cmocka_unit_test(people_of_all_communities_follow_the_contribution_of_the_area),
        cmocka_unit_test(rules_go_by_the_year_of_the_whole_pool),
        cmocka_unit_test(the_income_limit_holds_for_all_budgets_together),
        cmocka_unit_test(a_shared_fund_is_drawn_by_all_and_never_overdrawn),
        cmocka_unit_test(nothing_depends_on_blocks_or_threads),
        cmocka_unit_test(without_sharing_neighbours_do_not_matter),
        cmocka_unit_test(each_community_recovers_its_own_from_its_next_total),
        cmocka_unit_test(communities_must_be_alike),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
