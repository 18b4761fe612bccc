/* What measures are worth net of what they cost: worked by hand, and adding up to the fen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/projected.h"
#include "study/net.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { YEARS = 4 };

/* ---- by hand ---- */

/* One measure, one unit: expense falls by what is saved, the community has 60 of each 100, the pool 30, emergency
 * cover 4 and other funds 6. */
typedef struct written {
    bg_contributions of;
    bg_contribution row;
    bg_effect effect[(YEARS + 1) * BG_EFFECT_COUNT];
    bg_cost_year cost[YEARS];
} written;

static void set_year(written *self, size_t year, bg_fen saved)
{
    bg_effect *of = self->effect + year * BG_EFFECT_COUNT;
    of[BG_EFFECT_EXPENSE].mean = -100 * saved;
    of[BG_EFFECT_COMMUNITY].mean = 60 * saved;
    of[BG_EFFECT_POOL].mean = -30 * saved;
    of[BG_EFFECT_COVER].mean = -4 * saved;
    of[BG_EFFECT_ELSEWHERE].mean = -6 * saved;
}

static void write_rows(written *self, const bg_fen saved[YEARS], bg_outlay_payer payer,
                       const bg_fen outlay[YEARS])
{
    bg_fen all = 0;
    *self = (written){.of = {.futures = 10, .units = 1, .years = YEARS, .changes = 1, .count = 1}};
    for (size_t year = 0; year < YEARS; year++) {
        set_year(self, year, saved[year]);
        self->cost[year] = (bg_cost_year){.se = 7, .so_far_se = 3, .earned = year};
        self->cost[year].outlay[payer] = 100 * outlay[year];
        all += saved[year];
    }
    set_year(self, YEARS, all);
    self->row = (bg_contribution){.effect = self->effect, .cost = self->cost};
    self->of.row = &self->row;
}

/* Saved 1, 3, 4, 5; laid out 4, 2, 1, 1: the net is -3, 1, 3, 4, and so far -3, -2, 1, 5. */
static void the_net_is_what_is_saved_less_what_is_laid_out(void **state)
{
    (void)state;
    static const bg_fen saved[YEARS] = {1, 3, 4, 5}, outlay[YEARS] = {4, 2, 1, 1};
    static const bg_fen net[YEARS] = {-300, 100, 300, 400}, so_far[YEARS] = {-300, -200, 100, 500};
    written self;
    write_rows(&self, saved, BG_PAYER_COMMUNITY, outlay);
    assert_true(bg_net_known(&self.of));
    for (size_t year = 0; year < YEARS; year++) {
        const bg_net found = bg_net_find(&self.of, 0, 0, year);
        assert_int_equal(found.gain, 100 * saved[year]);
        assert_int_equal(found.outlay, 100 * outlay[year]);
        assert_int_equal(found.net, net[year]);
        assert_int_equal(found.so_far, so_far[year]);
        assert_true(found.se == 7 && found.so_far_se == 3);
        assert_int_equal(found.earned, year);
        assert_int_equal(found.party[BG_NET_COMMUNITY], 60 * saved[year] - 100 * outlay[year]);
        assert_int_equal(found.party[BG_NET_POOL], 30 * saved[year]);
        assert_int_equal(found.party[BG_NET_COVER], 4 * saved[year]);
        assert_int_equal(found.party[BG_NET_ELSEWHERE], 6 * saved[year]);
        assert_int_equal(found.party[BG_NET_GOVERNMENT], 0);
    }
    const bg_net all = bg_net_find(&self.of, 0, 0, YEARS);
    assert_true(all.gain == 1300 && all.outlay == 800 && all.net == 500 && all.so_far == 500);
    assert_int_equal(all.earned, 3);
    assert_int_equal(bg_net_outlay(&self.of, 0, 0, YEARS, BG_PAYER_COMMUNITY), 800);
    assert_int_equal(bg_net_earned_back(&self.of, 0, 0), 2);
}

static void an_outlay_is_taken_from_its_payer(void **state)
{
    (void)state;
    static const bg_fen saved[YEARS] = {1, 1, 1, 1}, outlay[YEARS] = {2, 0, 0, 0};
    written self;
    write_rows(&self, saved, BG_PAYER_POOL, outlay);
    assert_int_equal(bg_net_find(&self.of, 0, 0, 0).party[BG_NET_POOL], 30 - 200);
    assert_int_equal(bg_net_find(&self.of, 0, 0, 0).party[BG_NET_COMMUNITY], 60);
    write_rows(&self, saved, BG_PAYER_GOVERNMENT, outlay);
    assert_int_equal(bg_net_find(&self.of, 0, 0, 0).party[BG_NET_POOL], 30);
    assert_int_equal(bg_net_find(&self.of, 0, 0, 0).party[BG_NET_GOVERNMENT], -200);
    assert_int_equal(bg_net_find(&self.of, 0, 0, YEARS).party[BG_NET_GOVERNMENT], -200);
}

static void it_is_earned_back_where_the_net_stays(void **state)
{
    (void)state;
    static const struct {
        bg_fen saved[YEARS], outlay[YEARS];
        size_t back;
    } cases[] = {
        {{5, 0, 0, 0}, {5, 0, 0, 0}, 0},        /* at once, to the fen */
        {{0, 0, 3, 0}, {0, 2, 0, 0}, 2},        /* not before anything is laid out */
        {{3, 0, 0, 4}, {2, 0, 5, 0}, 3},        /* 1, 1, -4, 0: lost again in between */
        {{1, 1, 1, 1}, {5, 0, 0, 0}, YEARS},    /* not within the contract */
        {{1, 1, 1, 1}, {0, 0, 0, 0}, YEARS},    /* nothing was laid out */
        {{-1, -1, -1, 2}, {0, 0, 0, 1}, YEARS}, /* it costs the fund, too */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        written self;
        write_rows(&self, cases[i].saved, BG_PAYER_GOVERNMENT, cases[i].outlay);
        assert_int_equal(bg_net_earned_back(&self.of, 0, 0), cases[i].back);
    }
}

/* ---- of a scenario ---- */

static const char county[] =
    "history:\n"
    "  2024: {residents.inpatient.in: {cases: 90000, paid: 300M, cost: 500M},"
    " employees.inpatient.in: {cases: 9000, paid: 200M}}\n"
    "simulation: {years: 3, replications: 1000}\n"
    "measures:\n"
    "  doctors: {from: 2025-07, cases: {p10: -4%, p90: 3%},\n"
    "            outlay: {amount: 3M, payer: community}}\n"
    "  idle:    {lines: employees.*, from: 2026-01, cost: 0%,\n"
    "            outlay: {amount: {2026: 12345.67, later: 1}, payer: pool}}\n"
    "  prices:  {from: 2026-01, cost: -1%}\n";

typedef struct computed {
    bg_scenario *scenario;
    bg_contributions of;
} computed;

static void start(computed *self, const char *text)
{
    const bg_projection_options one_thread = {.threads = 1};
    bg_errors errors;
    bg_errors_init(&errors);
    self->scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_contributions_compute(self->scenario, 400, &one_thread, &self->of, &errors),
                     BG_OK);
    bg_errors_free(&errors);
}

static void finish(computed *self)
{
    bg_contributions_free(&self->of);
    bg_scenario_free(self->scenario);
}

enum { DOCTORS, IDLE, PRICES, TOGETHER, REST, ROWS };
enum { RESIDENTS, EMPLOYEES, ALL };

static bg_net net(const computed *self, size_t row, size_t unit, size_t year)
{
    return bg_net_find(&self->of, row, unit, year);
}

static void assert_sum(bg_net whole, bg_net a, bg_net b)
{
    assert_int_equal(whole.gain, a.gain + b.gain);
    assert_int_equal(whole.outlay, a.outlay + b.outlay);
    assert_int_equal(whole.net, a.net + b.net);
    bg_fen parties = 0;
    for (bg_net_party party = 0; party < BG_NET_PARTIES; party++) {
        assert_int_equal(whole.party[party], a.party[party] + b.party[party]);
        parties += whole.party[party];
    }
    assert_int_equal(parties, whole.net);
}

static void rows_schemes_years_and_parties_add_up_to_the_fen(void **state)
{
    (void)state;
    computed self;
    start(&self, county);
    assert_int_equal(self.of.count, ROWS);
    for (size_t row = 0; row < ROWS; row++) {
        for (size_t year = 0; year <= 3; year++) {
            assert_sum(net(&self, row, ALL, year), net(&self, row, RESIDENTS, year),
                       net(&self, row, EMPLOYEES, year));
        }
        for (size_t unit = 0; unit <= ALL; unit++) {
            bg_fen so_far = 0;
            for (size_t year = 0; year < 3; year++) {
                so_far += net(&self, row, unit, year).net;
                assert_int_equal(net(&self, row, unit, year).so_far, so_far);
            }
            assert_int_equal(net(&self, row, unit, 3).net, so_far);
            assert_true(net(&self, row, unit, 3).so_far_se == net(&self, row, unit, 2).so_far_se);
            assert_true(fabs(net(&self, row, unit, 3).se - net(&self, row, unit, 3).so_far_se) <
                        1e-6 * (1 + net(&self, row, unit, 3).se));
        }
    }
    for (size_t year = 0; year <= 3; year++) {
        bg_fen sum = 0, outlay = 0;
        for (size_t row = 0; row < ROWS; row++) {
            sum += (row == TOGETHER ? -1 : 1) * net(&self, row, ALL, year).net;
            outlay += (row == TOGETHER ? -1 : 1) * net(&self, row, ALL, year).outlay;
        }
        assert_true(sum == 0 && outlay == 0);
    }
    finish(&self);
}

/* Of 500 million 300 are residents': 1.8 of 3 million are. */
static void each_row_has_the_outlay_of_its_measures(void **state)
{
    (void)state;
    computed self;
    start(&self, county);
    assert_int_equal(net(&self, DOCTORS, RESIDENTS, 0).outlay, 180000000);
    assert_int_equal(net(&self, DOCTORS, EMPLOYEES, 0).outlay, 120000000);
    assert_int_equal(net(&self, IDLE, RESIDENTS, 1).outlay, 0);
    assert_int_equal(net(&self, TOGETHER, EMPLOYEES, 1).outlay, 120000000 + 1234567);
    assert_int_equal(bg_net_outlay(&self.of, TOGETHER, EMPLOYEES, 1, BG_PAYER_POOL), 1234567);
    assert_int_equal(net(&self, PRICES, ALL, 3).outlay, 0);
    assert_int_equal(net(&self, REST, ALL, 3).outlay, 0);
    finish(&self);
}

static void what_has_no_effect_costs_exactly_its_outlay(void **state)
{
    (void)state;
    computed self;
    start(&self, county);
    static const bg_fen paid[] = {0, 1234567, 100};
    for (size_t year = 0; year < 3; year++) {
        const bg_net found = net(&self, IDLE, ALL, year);
        assert_int_equal(found.gain, 0);
        assert_int_equal(found.net, -paid[year]);
        assert_int_equal(found.party[BG_NET_POOL], -paid[year]);
        assert_true(found.se == 0);
        assert_int_equal(found.earned,
                         year == 0 ? 400 : 0); /* nothing so far is earned by nothing */
    }
    assert_int_equal(bg_net_earned_back(&self.of, IDLE, ALL), 3);
    finish(&self);
}

/* As counted in the draws of the same futures with the measure and without. */
static void futures_that_earn_it_back_are_counted(void **state)
{
    (void)state;
#define HOSPITAL                                                                                   \
    "history: {2024: {residents.inpatient.in: {cases: 90000, paid: 300M}}}\n"                      \
    "simulation: {years: 2, replications: 1000}\n"
    static const char one[] =
        HOSPITAL "measures: {doctors: {from: 2025-01, cases: {p10: -4%, p90: 3%},\n"
                 "  outlay: {amount: 1M, payer: community}}}\n";
    computed self;
    start(&self, one);
    projected with, without;
    start_projection(&with, one, NULL, 1);
    start_projection(&without, HOSPITAL, NULL, 1);
    size_t earned = 0;
    for (size_t i = 0; i < 400; i++) {
        bg_fen saved = 0;
        for (size_t year = 0; year < 2; year++) {
            saved += projected_draws(&without, 0, year, "expense")[i] -
                     projected_draws(&with, 0, year, "expense")[i];
        }
        earned += saved >= 2 * INT64_C(100000000);
    }
    assert_true(earned > 20 && earned < 380);
    assert_int_equal(net(&self, 0, 0, 1).earned, earned);
    assert_int_equal(net(&self, 0, 0, 2).earned, earned);
    finish_projection(&with);
    finish_projection(&without);
    finish(&self);
}

static void without_an_outlay_nothing_is_known(void **state)
{
    (void)state;
    computed self;
    start(&self, "history: {2024: 100M}\nsimulation: {years: 1}\n"
                 "measures: {a: {from: 2025-01, cases: -1%}}\n");
    assert_false(bg_net_known(&self.of));
    assert_false(bg_net_known(NULL));
    finish(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_net_is_what_is_saved_less_what_is_laid_out),
        cmocka_unit_test(an_outlay_is_taken_from_its_payer),
        cmocka_unit_test(it_is_earned_back_where_the_net_stays),
        cmocka_unit_test(rows_schemes_years_and_parties_add_up_to_the_fen),
        cmocka_unit_test(each_row_has_the_outlay_of_its_measures),
        cmocka_unit_test(what_has_no_effect_costs_exactly_its_outlay),
        cmocka_unit_test(futures_that_earn_it_back_are_counted),
        cmocka_unit_test(without_an_outlay_nothing_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
