/* Measures and incidents: weights, months, sizes; what they make of demand in both engines. */
#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"
#include "../../support/demand_means.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- weights ---- */

/* At the middle of the month: after 0.5, 5.5, 11.5 and 23.5 months. */
static void a_ramp_comes_in_by_its_form(void **state)
{
    (void)state;
    static const struct {
        bg_ramp ramp;
        double weight[4];
    } cases[] = {
        {{.form = BG_RAMP_STEP, .months = 12}, {1, 1, 1, 1}},
        {{.form = BG_RAMP_LINEAR, .months = 12}, {0.5 / 12, 5.5 / 12, 11.5 / 12, 1}},
        /* 1 - (1 - s)^2 and s^2 */
        {{.form = BG_RAMP_FRONT, .months = 10}, {0.0975, 0.7975, 1, 1}},
        {{.form = BG_RAMP_BACK, .months = 10}, {0.0025, 0.3025, 1, 1}},
        /* 1 - 2^-(m / 5.5) */
        {{.form = BG_RAMP_HALF_TIME, .months = 5.5},
         {0.0610690893383, 0.5, 0.7652672723346, 0.9482654200072}},
        /* all at once; 0.4 lost in the end, half of it after 11.5 months */
        {{.form = BG_RAMP_STEP, .months = 1, .rebound = 0.4, .rebound_half_months = 11.5},
         {0.9881251010999, 0.887136977034, 0.8, 0.6970312752750}},
    };
    static const int64_t since[] = {0, 5, 11, 23};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t j = 0; j < 4; j++) {
            assert_close(bg_ramp_weight(&cases[i].ramp, since[j]), cases[i].weight[j], 1e-12);
        }
    }
}

static void months_are_those_of_the_window_in_the_year(void **state)
{
    (void)state;
    const int64_t november = 12 * 2026 + 10, february = 12 * 2028 + 1;
    const uint16_t winter = 1 << 10 | 1 << 11 | 1 << 0 | 1 << 1;
    assert_int_equal(bg_change_months(november, february, BG_ALL_MONTHS, 2025), 0);
    assert_int_equal(bg_change_months(november, february, BG_ALL_MONTHS, 2026), 1 << 10 | 1 << 11);
    assert_int_equal(bg_change_months(november, february, BG_ALL_MONTHS, 2027), BG_ALL_MONTHS);
    assert_int_equal(bg_change_months(november, february, BG_ALL_MONTHS, 2028), 3);
    assert_int_equal(bg_change_months(november, february, winter, 2027), winter);
    assert_int_equal(bg_change_months(november, november, winter, 2026), 1 << 10);
}

static void months_in_which_the_same_changes_act_are_one_spell(void **state)
{
    (void)state;
    bg_change change[2] = {{.months = {0, 1 << 10 | 1 << 11}}, {.months = {0, 1 << 11 | 1 << 0}}};
    const bg_spells none = bg_change_spells(change, 2, 0);
    assert_int_equal(none.count, 1);
    assert_true(none.spell[0].months == BG_ALL_MONTHS && none.spell[0].active == 0);
    const bg_spells four = bg_change_spells(change, 2, 1);
    assert_int_equal(four.count, 4);
    assert_true(four.spell[0].active == 2 && four.spell[0].months == 1 << 0);
    assert_true(four.spell[1].active == 0 && four.spell[1].months == 0x3FE);
    assert_true(four.spell[2].active == 1 && four.spell[2].months == 1 << 10);
    assert_true(four.spell[3].active == 3 && four.spell[3].months == 1 << 11);
    change[1].off = true;
    const bg_spells two = bg_change_spells(change, 2, 1);
    assert_int_equal(two.count, 2);
    assert_true(two.spell[0].active == 0 && two.spell[0].months == 0x3FF);
    assert_true(two.spell[1].active == 1 && two.spell[1].months == (1 << 10 | 1 << 11));
}

/* ---- sizes ---- */

static const bg_site whole[] = {{.line = 0, .cases = 1, .cost = 1},
                                {.line = 1, .cases = 1, .cost = 1}};

static bg_change_size sure(double factor)
{
    return (bg_change_size){.factor = factor, .mu = log(factor)};
}

static bg_change_size drawn(double mu, double sigma)
{
    return (bg_change_size){.factor = 1, .mu = mu, .sigma = sigma};
}

/* E exp(w X) = exp(w mu + w^2 sigma^2 / 2); cases and cost share one X. */
static void means_are_those_of_lognormal_factors(void **state)
{
    (void)state;
    bg_change change = {.line = {true, false}, .probability = 1, .weight = {1, 0.5}};
    change.size[BG_FREQUENCY] = sure(1.2);
    change.size[BG_COST] = sure(0.9);
    assert_true(bg_change_is_sure(&change));
    assert_true(bg_change_mean(&change, BG_FREQUENCY, 0) == 1.2);
    assert_close(bg_change_mean(&change, BG_COST, 1), sqrt(0.9), 1e-15);
    assert_close(bg_change_mean_path(&change, 0, &whole[0], &whole[0], BG_FATE_NOT_ASKED),
                 1.2 * 0.9, 1e-15);
    assert_close(bg_change_mean_path(&change, 0, &whole[0], &whole[1], BG_FATE_NOT_ASKED), 1.2,
                 1e-15);
    assert_close(bg_change_mean_path(&change, 0, &whole[1], &whole[0], BG_FATE_NOT_ASKED), 0.9,
                 1e-15);
    change.size[BG_FREQUENCY] = drawn(-0.1, 0.2);
    assert_false(bg_change_is_sure(&change));
    assert_close(bg_change_mean(&change, BG_FREQUENCY, 0), exp(-0.1 + 0.02), 1e-15);
    assert_close(bg_change_mean(&change, BG_FREQUENCY, 1), exp(-0.05 + 0.005), 1e-15);
    change.size[BG_COST] = drawn(0.3, 0.1);
    assert_close(bg_change_mean_path(&change, 0, &whole[0], &whole[0], BG_FATE_NOT_ASKED),
                 exp(0.2 + 0.045), 1e-15);
    change.probability = 0.25;
    assert_close(bg_change_mean(&change, BG_FREQUENCY, 0), 0.75 + 0.25 * exp(-0.08), 1e-15);
    assert_close(bg_change_mean_path(&change, 0, &whole[0], &whole[0], BG_FATE_NOT_ASKED),
                 0.75 + 0.25 * exp(0.245), 1e-15);
}

/* The logistic of a normal has no closed mean; that of a symmetric one is 1/2, and E S + E (1 - S) = 1. With a
 * factor on the same draw, E[e^(s Z) S] + E[e^(s Z) (1 - S)] = e^(s^2 / 2). */
static void means_of_shares_are_those_of_logistic_normals(void **state)
{
    (void)state;
    bg_change change = {.line = {true}, .probability = 1, .weight = {1, 0.5}};
    change.size[BG_FREQUENCY] = change.size[BG_COST] = sure(1);
    change.place = (bg_change_place){.moves = true, .to = 1, .relative_cost = 1};
    change.share.sigma = 0.7;
    assert_close(bg_change_mean_share(&change), 0.5, 1e-14);
    assert_close(bg_change_mean_path(&change, 0, &whole[0], &whole[0], BG_FATE_MOVES), 0.5, 1e-14);
    assert_close(bg_change_mean_path(&change, 1, &whole[0], &whole[0], BG_FATE_MOVES), 0.25, 1e-14);
    change.share.mu = -2.2;
    change.size[BG_FREQUENCY] = drawn(0, 0.3);
    const double moves = bg_change_mean_path(&change, 0, &whole[0], &whole[1], BG_FATE_MOVES);
    const double stays = bg_change_mean_path(&change, 0, &whole[0], &whole[0], BG_FATE_STAYS);
    assert_close(moves + stays, exp(0.045), 1e-14);
    /* By Stein's lemma E[e^(s Z) S] = e^(s^2 / 2) E S(Z + s): the mean share of a shifted normal. */
    change.probability = 0.25;
    assert_close(bg_change_mean_path(&change, 0, &whole[0], &whole[0], BG_FATE_STAYS),
                 0.75 + 0.25 * stays, 1e-14);
    assert_close(bg_change_mean_path(&change, 0, &whole[0], &whole[1], BG_FATE_MOVES), 0.25 * moves,
                 1e-14);
    change.probability = 1;
    change.share.mu += 0.7 * 0.3;
    assert_close(moves, exp(0.045) * bg_change_mean_share(&change), 1e-14);
}

/* ---- what they make of demand ---- */

static const char *const names[] = {"residents.inpatient.in", "residents.inpatient.out",
                                    "residents.outpatient.in"};

enum { LINES = 3, YEARS = 2 };

static bg_demand three_lines(double people)
{
    bg_demand draft = {
        .seed = 3,
        .line_count = LINES,
        .scheme_count = 1,
        .years = YEARS,
        .season = {2, 0.5, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1},
        .persistence = 0.5,
        .shock_correlation = 0.5,
        .trend_correlation = 0.8,
        .emergency = {.dip_months = 6},
        .scheme = {{.people = people, .growth = 0.01}},
        .line = {draft_line(0.2, 300000, 1), draft_line(0.02, 900000, 1.5), draft_line(2, 5000, 1)},
    };
    for (size_t i = 0; i < LINES; i++) {
        draft.line[i].patient_share = 0.5;
        draft.line[i].dispersion = 2;
        draft.line[i].part[BG_FREQUENCY].volatility = 0.15;
        draft.line[i].part[BG_COST].volatility = 0.1;
        draft.line[i].part[BG_FREQUENCY].trend.used_sd = 0.05;
        draft.line[i].part[BG_COST].trend.used_sd = 0.04;
        draft.line[i].correlation = -0.7;
    }
    draft.line[1].outside = true;
    return draft;
}

/* A measure that comes in over the first year, and an incident in the last months of the second, both
 * uncertain. */
static bg_demand *changing(const bg_demand *draft, const bg_change *change, size_t count)
{
    bg_demand copy = *draft;
    copy.change_count = count;
    copy.change = calloc(count, sizeof *copy.change);
    copy.spells = calloc(YEARS, sizeof *copy.spells);
    assert_true(copy.change && copy.spells);
    memcpy(copy.change, change, count * sizeof *change);
    for (size_t year = 0; year < YEARS; year++) {
        copy.spells[year] = bg_change_spells(copy.change, count, year);
    }
    return draft_finished(&copy, names);
}

enum { CHANGES = 3 };

static void all_changes(bg_change change[CHANGES])
{
    change[0] = (bg_change){
        .name = "referral",
        .line = {true, true},
        .size = {drawn(-0.1, 0.08), drawn(0.05, 0.04)},
        .probability = 1,
        .months = {0xFC0, BG_ALL_MONTHS},
        .weight = {0.25, 1},
    };
    change[1] = (bg_change){
        .kind = BG_CHANGE_INCIDENT,
        .name = "flu",
        .line = {true, false, true},
        .size = {drawn(0.3, 0.1), sure(1)},
        .probability = 0.4,
        .emergency = true,
        .months = {0, 0xC00},
        .weight = {0, 1},
    };
    change[2] = (bg_change){
        .name = "two-way",
        .line = {false, true, true},
        .size = {drawn(0.02, 0.1), drawn(-0.03, 0.06)},
        .place = {.moves = true, .to = 0, .relative_cost = 1.3},
        .share = {.mu = -2, .sigma = 0.5},
        .probability = 1,
        .months = {0xFE0, BG_ALL_MONTHS},
        .weight = {0.5, 1},
    };
}

static const bg_emergency_terms frequent = {.probability = 0.5,
                                            .dip = 0.2,
                                            .dip_sd = 0.05,
                                            .dip_months = 4,
                                            .direct = 0.02,
                                            .direct_sd = 0.01,
                                            .rebound = 0.1,
                                            .rebound_sd = 0.05};

static void simulated_means_are_those_of_the_formula(void **state)
{
    (void)state;
    static const double people[] = {40000, 200};
    bg_change change[CHANGES];
    all_changes(change);
    for (size_t i = 0; i < 4; i++) {
        bg_demand draft = three_lines(people[i % 2]);
        draft.emergency = i < 2 ? draft.emergency : frequent;
        bg_demand *demand = changing(&draft, change, CHANGES);
        assert_demand_means(demand, 20000);
        bg_demand_free(demand);
    }
}

static void a_sure_change_scales_the_central_path_of_its_months(void **state)
{
    (void)state;
    const bg_demand draft = three_lines(10000);
    bg_change change = {.name = "cut",
                        .line = {false, false, true},
                        .size = {sure(1.5), sure(0.5)},
                        .probability = 1,
                        .months = {0, 1 << 0 | 1 << 3},
                        .weight = {0, 1}};
    bg_demand *plain = draft_finished(&draft, names), *demand = changing(&draft, &change, 1);
    bg_future before = draft_path(plain), after = draft_path(demand);
    assert_int_equal(bg_demand_central(plain, &before), BG_OK);
    assert_int_equal(bg_demand_central(demand, &after), BG_OK);
    for (size_t month = 0; month < 12; month++) {
        const size_t first = BG_FUTURE_MONTH(&after, 0, 0, month);
        const size_t second = BG_FUTURE_MONTH(&after, 0, 1, month);
        assert_true(after.expense[first] == before.expense[first]);
        /* 10000 x 1.01^2 people, 2 cases each, 50 yuan; a quarter less of that in its months. */
        const double line = 10000 * 1.0201 * 2 * 5000 * draft.season[month] / 12;
        const double less = month == 0 || month == 3 ? line * 0.25 : 0;
        assert_close((double)after.expense[second], (double)before.expense[second] - less, 1.5);
        assert_true(after.emergency[second] == 0);
    }
    /* A third of the year's cases lies in January and April: half as many again. */
    const size_t cases = BG_FUTURE_YEAR(&after, 2, 1);
    assert_close(after.line_cases[cases], before.line_cases[cases] * (1 + 0.5 * 3 / 12), 1e-8);
    bg_future_free(&after);
    bg_future_free(&before);
    bg_demand_free(demand);
    bg_demand_free(plain);
}

/* Of payments that it multiplies by f, the share 1 - 1/f is the emergency's; nothing is where the incident
 * is none. */
static void what_an_incident_adds_is_the_emergencys(void **state)
{
    (void)state;
    enum { N = 50 };
    const double people[] = {2e7, 200};
    for (size_t i = 0; i < 4; i++) {
        const bg_demand draft = three_lines(people[i / 2]);
        bg_change change = {.kind = BG_CHANGE_INCIDENT,
                            .name = "flu",
                            .line = {true, true, true},
                            .size = {sure(1.25), sure(1)},
                            .probability = 1,
                            .emergency = i % 2 == 0,
                            .months = {BG_ALL_MONTHS},
                            .weight = {1}};
        bg_demand *demand = changing(&draft, &change, 1);
        demand_block block = demand_block_new(demand, N);
        bg_sampler *sampler = draft_sampler(demand);
        bg_future path = draft_path(demand);
        assert_int_equal(demand_block_draw(&block, demand, 7), BG_OK);
        const double share = change.emergency ? 0.2 : 0;
        for (uint32_t f = 0; f < N; f++) {
            assert_int_equal(bg_demand_draw(demand, sampler, f + 1, &path), BG_OK);
            const double reference = (double)draft_year(path.expense, &path, 0, 0);
            const double fast = (double)demand_block_expense(&block, 0, 0, f);
            assert_close((double)draft_year(path.emergency, &path, 0, 0), share * reference, 18.5);
            assert_close((double)block.columns[0][0].emergency[f], share * fast, 18.5);
            assert_true(block.columns[0][1].emergency[f] == 0);
        }
        bg_future_free(&path);
        bg_sampler_free(sampler);
        demand_block_free(&block);
        bg_demand_free(demand);
    }
}

/* Where it changes nothing, or not yet, the bits are those of a model without it. */
static void a_change_of_nothing_leaves_the_bits(void **state)
{
    (void)state;
    enum { N = 300 };
    bg_demand draft = three_lines(3000);
    draft.emergency = frequent;
    bg_change change[CHANGES];
    all_changes(change);
    change[0].size[BG_FREQUENCY] = change[0].size[BG_COST] = sure(1);
    change[1].size[BG_FREQUENCY] = sure(1);
    bg_demand *plain = draft_finished(&draft, names), *null = changing(&draft, change, 2);
    demand_block before = demand_block_new(plain, N), after = demand_block_new(null, N);
    assert_int_equal(demand_block_draw(&before, plain, 64), BG_OK);
    assert_int_equal(demand_block_draw(&after, null, 64), BG_OK);
    assert_true(demand_block_hash(&after) == demand_block_hash(&before));
    bg_sampler *sampler = draft_sampler(plain), *other = draft_sampler(null);
    bg_future path = draft_path(plain), again = draft_path(null);
    for (uint32_t f = 1; f <= 50; f++) {
        assert_int_equal(bg_demand_draw(plain, sampler, f, &path), BG_OK);
        assert_int_equal(bg_demand_draw(null, other, f, &again), BG_OK);
        assert_memory_equal(path.expense, again.expense, sizeof(bg_fen) * 12 * YEARS);
        assert_memory_equal(path.emergency, again.emergency, sizeof(bg_fen) * 12 * YEARS);
    }
    bg_future_free(&again);
    bg_future_free(&path);
    bg_sampler_free(other);
    bg_sampler_free(sampler);
    demand_block_free(&after);
    demand_block_free(&before);
    bg_demand_free(null);
    bg_demand_free(plain);
}

static uint64_t hash_of(const bg_demand *demand)
{
    demand_block block = demand_block_new(demand, 300);
    assert_int_equal(demand_block_draw(&block, demand, 64), BG_OK);
    const uint64_t hash = demand_block_hash(&block);
    demand_block_free(&block);
    return hash;
}

/* Switched off, a change leaves the bits of a model that never had it. */
static void only_the_changes_that_are_kept_act(void **state)
{
    (void)state;
    bg_demand draft = three_lines(3000);
    draft.emergency = frequent;
    bg_change change[CHANGES];
    all_changes(change);
    bg_demand *plain = draft_finished(&draft, names), *both = changing(&draft, change, 2);
    bg_demand *second = changing(&draft, &change[1], 1);
    const uint64_t all = hash_of(both);
    assert_int_equal(bg_demand_change_count(both), 2);
    assert_string_equal(bg_demand_change(both, 0).list, "measures");
    assert_string_equal(bg_demand_change(both, 1).list, "incidents");
    assert_string_equal(bg_demand_change(both, 1).name, "flu");
    bg_demand_keep_changes(both, 0);
    assert_true(hash_of(both) == hash_of(plain));
    assert_true(bg_demand_mean(both, 0, 1) == bg_demand_mean(plain, 0, 1));
    bg_demand_keep_changes(both, 1 << 1);
    assert_true(hash_of(both) == hash_of(second) && hash_of(both) != all);
    bg_demand_keep_changes(both, BG_ALL_CHANGES);
    assert_true(hash_of(both) == all);
    bg_demand_keep_changes(plain, BG_ALL_CHANGES); /* which has none */
    bg_demand_free(second);
    bg_demand_free(both);
    bg_demand_free(plain);
}

/* Neither it nor its rebound leaves a trace; surges are no incidents of the scenario, and stay. */
static void an_incident_goes_with_its_rebound(void **state)
{
    (void)state;
    bg_demand draft = three_lines(3000);
    draft.first_year = 2025;
    bg_change change[3];
    change[0] = (bg_change){.kind = BG_CHANGE_INCIDENT,
                            .name = "flu",
                            .line = {true, true, true},
                            .size = {sure(1.5), sure(1)},
                            .probability = 0.5,
                            .emergency = true,
                            .begins = 2025,
                            .months = {0xF00},
                            .weight = {1, 1}};
    change[1] = change[0];
    change[1].kind = BG_CHANGE_REBOUND;
    change[1].emergency = false;
    change[1].size[BG_FREQUENCY] = sure(0.7);
    change[1].months[0] = 0;
    change[1].months[1] = 7;
    change[2] = change[0];
    change[2].kind = BG_CHANGE_SURGE;
    change[2].name = "surge";
    bg_demand *with = changing(&draft, change, 3), *plain = draft_finished(&draft, names);
    bg_demand *surge = changing(&draft, &change[2], 1);
    assert_int_equal(bg_demand_change_count(with), 1);
    assert_int_equal(bg_demand_change_count(surge), 0);
    const uint64_t all = hash_of(with);
    bg_demand_keep_changes(with, 0);
    assert_true(hash_of(with) == hash_of(surge) && hash_of(with) != hash_of(plain));
    bg_demand_keep_changes(with, 1);
    assert_true(hash_of(with) == all);
    bg_demand_free(surge);
    bg_demand_free(plain);
    bg_demand_free(with);
}

/* A year or month in which nothing acts keeps its bits beside one in which something does. */
static void other_lines_and_years_keep_their_bits(void **state)
{
    (void)state;
    enum { N = 100 };
    const bg_demand draft = three_lines(40000);
    bg_change change[CHANGES];
    all_changes(change);
    bg_demand *plain = draft_finished(&draft, names), *demand = changing(&draft, &change[1], 1);
    demand_block before = demand_block_new(plain, N), after = demand_block_new(demand, N);
    assert_int_equal(demand_block_draw(&before, plain, 33), BG_OK);
    assert_int_equal(demand_block_draw(&after, demand, 33), BG_OK);
    const bg_demand_columns *const *a = (const bg_demand_columns *const *)before.columns;
    const bg_demand_columns *const *b = (const bg_demand_columns *const *)after.columns;
    for (size_t month = 0; month < 12; month++) {
        assert_memory_equal(a[0][0].expense[month], b[0][0].expense[month], N * sizeof(bg_fen));
        if (month < 10) {
            assert_memory_equal(a[0][1].expense[month], b[0][1].expense[month], N * sizeof(bg_fen));
        }
    }
    assert_memory_equal(a[0][1].outside, b[0][1].outside, N * sizeof(bg_fen));
    size_t risen = 0;
    for (size_t i = 0; i < N; i++) {
        risen += a[0][1].expense[11][i] < b[0][1].expense[11][i];
        assert_true((b[0][1].emergency[i] > 0) ==
                    (a[0][1].expense[11][i] < b[0][1].expense[11][i]));
    }
    assert_true(risen > 25 && risen < 55);
    demand_block_free(&after);
    demand_block_free(&before);
    bg_demand_free(demand);
    bg_demand_free(plain);
}

/* Cases that move are neither lost nor made: to a rounding in the sum. Those who come cost 1.3 times what a
 * case there cost. */
static void who_moves_is_treated_elsewhere(void **state)
{
    (void)state;
    const bg_demand draft = three_lines(10000);
    bg_change change = {.name = "two-way",
                        .line = {false, true, true},
                        .size = {sure(1), sure(1)},
                        .place = {.moves = true, .to = 0, .relative_cost = 1.3},
                        .share = {.sure = 0.2},
                        .probability = 1,
                        .months = {0, BG_ALL_MONTHS},
                        .weight = {0, 0.5}};
    bg_demand *plain = draft_finished(&draft, names), *demand = changing(&draft, &change, 1);
    bg_future before = draft_path(plain), after = draft_path(demand);
    assert_int_equal(bg_demand_central(plain, &before), BG_OK);
    assert_int_equal(bg_demand_central(demand, &after), BG_OK);
    double sum = 0, expected = 0;
    for (size_t i = 0; i < LINES; i++) {
        const size_t at = BG_FUTURE_YEAR(&after, i, 1);
        sum += after.line_cases[at];
        expected += before.line_cases[at];
        if (i > 0) {
            assert_close(after.line_cases[at], before.line_cases[at] * 0.9,
                         1e-12 * before.line_cases[at]);
        }
    }
    assert_close(sum, expected, 1e-12 * expected);
    const size_t to = BG_FUTURE_YEAR(&after, 0, 1);
    const double came = after.line_cases[to] - before.line_cases[to];
    assert_close((double)after.line_paid[to], (double)before.line_paid[to] + came * 300000 * 1.3,
                 20);
    bg_future_free(&after);
    bg_future_free(&before);
    bg_demand_free(demand);
    bg_demand_free(plain);
}

/* Where it happens, the rebound follows it, in both engines; and an emergency begins in its year. */
static void a_rebound_follows_its_incident(void **state)
{
    (void)state;
    enum { N = 200 };
    bg_demand draft = three_lines(2e7);
    draft.first_year = 2025;
    bg_change change[2];
    change[0] = (bg_change){.kind = BG_CHANGE_INCIDENT,
                            .name = "flu",
                            .line = {true, true, true},
                            .size = {sure(1.5), sure(1)},
                            .probability = 0.5,
                            .emergency = true,
                            .begins = 2025,
                            .months = {BG_ALL_MONTHS},
                            .weight = {1, 1}};
    change[1] = change[0];
    change[1].kind = BG_CHANGE_REBOUND;
    change[1].emergency = false;
    change[1].size[BG_FREQUENCY] = sure(0.5);
    change[1].months[0] = 0;
    change[1].months[1] = BG_ALL_MONTHS;
    bg_demand *plain = draft_finished(&draft, names), *demand = changing(&draft, change, 2);
    demand_block before = demand_block_new(plain, N), after = demand_block_new(demand, N);
    assert_int_equal(demand_block_draw(&before, plain, 64), BG_OK);
    assert_int_equal(demand_block_draw(&after, demand, 64), BG_OK);
    bg_sampler *sampler = draft_sampler(plain), *other = draft_sampler(demand);
    bg_future path = draft_path(plain), changed = draft_path(demand);
    size_t happened = 0;
    for (uint32_t f = 0; f < N; f++) {
        double ratio[2][2];
        assert_int_equal(bg_demand_draw(plain, sampler, f + 1, &path), BG_OK);
        assert_int_equal(bg_demand_draw(demand, other, f + 1, &changed), BG_OK);
        for (size_t year = 0; year < 2; year++) {
            ratio[0][year] = (double)demand_block_expense(&after, 0, year, f) /
                             (double)demand_block_expense(&before, 0, year, f);
            ratio[1][year] = (double)draft_year(changed.expense, &changed, 0, year) /
                             (double)draft_year(path.expense, &path, 0, year);
        }
        const bool begins[2] = {after.columns[0][0].begins[f], changed.begins[0]};
        for (size_t engine = 0; engine < 2; engine++) {
            assert_close(ratio[engine][0], begins[engine] ? 1.5 : 1, 0.01);
            assert_close(ratio[engine][1], begins[engine] ? 0.5 : 1, 0.01);
        }
        assert_true(!after.columns[0][1].begins[f] && !changed.begins[1]);
        happened += begins[0];
    }
    assert_true(happened > 70 && happened < 130);
    bg_future_free(&changed);
    bg_future_free(&path);
    bg_sampler_free(other);
    bg_sampler_free(sampler);
    demand_block_free(&after);
    demand_block_free(&before);
    bg_demand_free(demand);
    bg_demand_free(plain);
}

/* Months of one change do not part those of another, on other lines or of no effect. */
static void lines_are_drawn_as_if_no_other_changed(void **state)
{
    (void)state;
    bg_demand draft = three_lines(2e6);
    draft.line[0].patient_share = draft.line[2].patient_share = 0;
    bg_change change[CHANGES];
    all_changes(change);
    change[0].line[0] = false; /* outside care alone: a group of its own */
    change[1].line[1] = false;
    change[2] = change[1];
    change[2].name = "none";
    change[2].months[0] = 0x0FF;
    change[2].size[BG_FREQUENCY] = change[2].size[BG_COST] = sure(1);
    bg_demand *first = changing(&draft, change, 1), *all = changing(&draft, change, 3);
    enum { N = 300 };
    demand_block before = demand_block_new(first, N), after = demand_block_new(all, N);
    assert_int_equal(demand_block_draw(&before, first, N), BG_OK);
    assert_int_equal(demand_block_draw(&after, all, N), BG_OK);
    for (size_t year = 0; year < YEARS; year++) {
        assert_memory_equal(before.columns[0][year].outside, after.columns[0][year].outside,
                            N * sizeof(bg_fen));
        /* rounded once for all months in which the same happens */
        assert_memory_equal(before.columns[0][year].patients, after.columns[0][year].patients,
                            N * sizeof(bg_fen));
    }
    bg_demand_keep_changes(all, 1 | 1 << 2);
    assert_true(hash_of(all) == hash_of(first));
    demand_block_free(&after);
    demand_block_free(&before);
    bg_demand_free(all);
    bg_demand_free(first);
}

/* Three times the cases of December, half of them treated on a line that nothing else reaches. */
static void what_happens_to_a_line_goes_with_those_who_leave_it(void **state)
{
    (void)state;
    const bg_demand draft = three_lines(40000);
    const bg_change change[2] = {{.name = "crowd",
                                  .line = {false, true},
                                  .size = {sure(3), sure(1)},
                                  .probability = 1,
                                  .months = {1 << 11, 1 << 11},
                                  .weight = {1, 1}},
                                 {.name = "home",
                                  .line = {false, true},
                                  .size = {sure(1), sure(1)},
                                  .place = {.moves = true, .relative_cost = 1},
                                  .share = {.sure = 0.5},
                                  .probability = 1,
                                  .months = {BG_ALL_MONTHS, BG_ALL_MONTHS},
                                  .weight = {1, 1}}};
    bg_demand *demand = changing(&draft, change, 2);
    assert_demand_means(demand, 20000);
    bg_demand_free(demand);
}

/* Blocks of any size, and the record of the bits. */
static void a_future_is_the_same_in_any_block(void **state)
{
    (void)state;
    bg_demand draft = three_lines(3000);
    draft.emergency = frequent;
    bg_change change[CHANGES];
    all_changes(change);
    bg_demand *demand = changing(&draft, change, CHANGES);
    uint64_t hash[2];
    for (size_t i = 0; i < 2; i++) {
        demand_block block = demand_block_new(demand, 200);
        assert_int_equal(demand_block_draw(&block, demand, i ? 13 : 200), BG_OK);
        hash[i] = demand_block_hash(&block);
        demand_block_free(&block);
    }
    assert_true(hash[0] == hash[1]);
    bg_demand_free(demand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ramp_comes_in_by_its_form),
        cmocka_unit_test(months_are_those_of_the_window_in_the_year),
        cmocka_unit_test(months_in_which_the_same_changes_act_are_one_spell),
        cmocka_unit_test(means_are_those_of_lognormal_factors),
        cmocka_unit_test(means_of_shares_are_those_of_logistic_normals),
        cmocka_unit_test(simulated_means_are_those_of_the_formula),
        cmocka_unit_test(a_sure_change_scales_the_central_path_of_its_months),
        cmocka_unit_test(what_an_incident_adds_is_the_emergencys),
        cmocka_unit_test(a_change_of_nothing_leaves_the_bits),
        cmocka_unit_test(only_the_changes_that_are_kept_act),
        cmocka_unit_test(an_incident_goes_with_its_rebound),
        cmocka_unit_test(other_lines_and_years_keep_their_bits),
        cmocka_unit_test(who_moves_is_treated_elsewhere),
        cmocka_unit_test(a_rebound_follows_its_incident),
        cmocka_unit_test(lines_are_drawn_as_if_no_other_changed),
        cmocka_unit_test(what_happens_to_a_line_goes_with_those_who_leave_it),
        cmocka_unit_test(a_future_is_the_same_in_any_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
