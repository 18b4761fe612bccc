/* Cash and clearing count the very same payments: in every future, what the community is entitled to is
 * what was paid to it or for it during the year plus what the clearing pays. */
#include "../support/projected.h"

#include "base/columns.h"
#include "projection/budgets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SCENARIOS = 60, FUTURES = 40, TEXT = 4096, YEARS = 3, MONTHS = 12, JULY = 6 };

static uint64_t chance_state;

/* A whole number below n. */
static size_t below(size_t n)
{
    chance_state = chance_state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (size_t)(chance_state >> 33) % n;
}

static const char *one_of(const char *a, const char *b)
{
    return below(2) ? a : b;
}

/* ---- scenarios ---- */

/* Months from January of a year, from 0; what is owed is repaid in parts where there are any. */
typedef struct written_calendar {
    bool given, last;
    size_t paid, from, parts;
    bg_fen at_once;
    size_t approved,
        delay; /* per cent of what is approved in a month, paid so many months later; 0: of the budget */
} written_calendar;

static written_calendar calendar;

static void write_calendar(FILE *out)
{
    if (!calendar.given) {
        return;
    }
    const size_t settled = 1 + below(14), paid = settled + below(4);
    calendar.paid = calendar.from = MONTHS + paid - 1;
    fprintf(out, "  calendar: {settled: %zu, paid: %zu", settled, paid);
    if (below(2)) {
        calendar.parts = 1 + below(15);
        calendar.last = below(2);
        calendar.from += below(3);
        calendar.at_once = (bg_fen)below(100000);
        fprintf(out, ", repayment: {months: %zu, first: %zu, at_once: %.2f, remainder: %s}",
                calendar.parts, calendar.from - MONTHS + 1, (double)calendar.at_once / 100,
                calendar.last ? "last" : "first");
    }
    fputs("}\n", out);
}

/* What of a clearing has been paid when so many months from January have passed. */
static bg_fen cleared(bg_fen clearing, size_t passed)
{
    if (clearing >= 0 || calendar.parts == 0) {
        return passed > calendar.paid ? clearing : 0;
    }
    const bg_fen at_once = -clearing < calendar.at_once ? -clearing : calendar.at_once;
    const bg_fen rest = -clearing - at_once, parts = (bg_fen)calendar.parts;
    bg_fen gone = passed > calendar.from ? (bg_fen)(passed - calendar.from) : 0;
    gone = gone < parts ? gone : parts;
    const bool odd = calendar.last ? gone == parts : gone > 0;
    return -(passed > calendar.paid ? at_once : 0) - rest / parts * gone - (odd ? rest % parts : 0);
}

/* Two lines of each scheme, of which one may be outside; cases so few that each is drawn, or many. */
static void write_history(FILE *out)
{
    const char *place = one_of("in", "out");
    const size_t size = 1 + below(2000), part = 1 + below(9);
    fputs("history:\n", out);
    for (int year = 2022; year <= 2024; year++) {
        const size_t paid = size * (90 + below(20)) * 100;
        fprintf(out,
                "  %d: {residents.inpatient.in: {cases: %zu, cost: %zu, paid: %zu},\n"
                "    residents.inpatient.out: {cases: %zu, cost: %zu, paid: %zu},\n"
                "    employees.outpatient.%s: %zu, employees.chronic.in: %zu}\n",
                year, size, 2 * paid, paid, 1 + size / 5, paid, 1 + paid * part / 10, place,
                1 + paid / 3, 1 + paid / 5);
    }
}

static void write_prepayment(FILE *out, const char *outside)
{
    const bool written = below(3) == 0;
    calendar = (written_calendar){.given = below(2)};
    if (calendar.given && below(3) == 0) {
        calendar.approved = 50 + below(51);
        calendar.delay = below(2);
        fprintf(out, "  prepayment: {outside: %s, approved: %zu%%, delay: %zu}\n", outside,
                calendar.approved, calendar.delay);
        write_calendar(out);
        return;
    }
    fprintf(out, "  prepayment: {ratio: %zu%%, months: %s, funds: %s, outside: %s%s}\n",
            50 + below(51), one_of("equal", "season"), one_of("withheld", "earmarked"), outside,
            written ? ", outside_share: {2025: 12.345%, later: 30%}" : "");
    write_calendar(out);
}

/* One that somebody pays for, and that changes no care; its month lists leave no year without. */
static void write_outlay(FILE *out)
{
    static const char *const payers[] = {"community", "pool", "government"};
    fprintf(out,
            "measures: {staff: {lines: [%s], from: 2025-%02zu, cases: 0%%,\n"
            "                   outlay: {amount: {2025: %zu.%02zu, later: %zu}, payer: %s%s}}}\n",
            one_of("'*'", "residents.*"), 1 + below(12), below(100000), below(100), below(1000000),
            payers[below(3)], one_of("", ", months: [1, 4, 9]"));
}

static void write_scenario(FILE *out, const char *outside)
{
    write_history(out);
    fprintf(out, "people: {residents: %zu, employees: %zu}\n", 1000 + below(100000),
            1000 + below(10000));
    fprintf(out, "budget:\n  growth: {2025: %zu%%, later: %zu%%}\n", below(30), below(10));
    write_prepayment(out, outside);
    fprintf(out, "  base: {completion: {2024: %zu%%, other: 100%%}}\n", 90 + below(11));
    if (below(2)) {
        fprintf(out, "  adjustments: {more: {amount: %zu, month: %zu}}\n", below(100000),
                1 + below(12));
    }
    if (below(2)) {
        fputs("incidents: {flu: {lines: [residents.*], from: 2025-11, until: 2026-02, cases: 20%,\n"
              "                  probability: 50%, emergency: true}}\n",
              out);
    }
    if (below(2)) {
        write_outlay(out);
    }
    fprintf(out,
            "demand: {disallowed: %zu%%, season: [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5, 0.5],\n"
            "         emergency: {probability: 40%%, form: %s}}\n",
            below(3), one_of("months", "multiplier, multiplier: {mu: 0.1, sigma: 0.1}"));
    fprintf(out,
            "settlement: [%s%s{share_surplus: {bands: {5%%: 60%%, rest: 0%%}}},\n"
            "  {share_overspend: {bands: {3%%: 40%%, rest: 100%%}}}, {clear: {}}]\n",
            calendar.given ? "{release: {fund: guarantee, part: 50%, share: 80%, paid: 7}}, " : "",
            one_of("{disallow: {}}, ", "{cover_emergency: {fund: risk}}, "));
    fprintf(out, "simulation: {years: %d, replications: %d, seed: %zu, engine: %s}\n", YEARS,
            FUTURES, 1 + below(1000),
            calendar.approved ? "reference" : one_of("fast", "reference"));
}

/* ---- what passes ---- */

typedef struct payments {
    bool by_community; /* care outside is paid by it */
    const bg_budgets *budgets;
    const bg_demand *demand; /* whose reference engine gives months, or NULL */
    bg_sampler *sampler;
    bg_future path;
    size_t seen;
} payments;

static bg_fen value(const bg_projection *p, size_t unit, size_t year, bg_outcome outcome, size_t i)
{
    return bg_projection_passing(p, unit, year, outcome)[i];
}

/* What the pool pays to providers outside, beside the instalments. */
static bg_fen outside_by_pool(const payments *self, bg_fen outside)
{
    return self->by_community ? 0 : outside;
}

static bg_fen rounded(bg_fen amount, bg_fen percent)
{
    return (amount * percent + 50) / 100;
}

/* What of a month's cost is approved, half away from zero, and of that the share that is paid. */
static bg_fen approved(const payments *self, size_t scheme, size_t year, size_t month)
{
    const bg_future *path = &self->path;
    const size_t at = BG_FUTURE_MONTH(path, scheme, year, month);
    const bg_fen cost = path->expense[at] - outside_by_pool(self, path->outside[at]);
    const bg_fen whole = bg_future_expense(path, scheme, year);
    const bg_fen disallowed = path->disallowed[BG_FUTURE_YEAR(path, scheme, year)];
    const bg_wide twice = (bg_wide)2 * cost * (whole - disallowed);
    const bg_fen sum = whole > 0 ? (bg_fen)((twice + whole) / ((bg_wide)2 * whole)) : 0;
    return rounded(sum, (bg_fen)calendar.approved);
}

/* Paid to the end of the month, of a scheme or of both: instalments of months that are due, and by a calendar 80 % of half of
 * the guarantee fund, in July. */
static bg_fen instalments(const payments *self, size_t unit, size_t year, size_t month)
{
    bg_fen sum = 0;
    for (size_t scheme = 0; scheme < self->budgets->schemes; scheme++) {
        const bg_budget_year *of = bg_budgets_year(self->budgets, scheme, year);
        for (size_t m = 0; m < MONTHS && (scheme == unit || unit == self->budgets->schemes); m++) {
            if (m + calendar.delay <= month) {
                sum += calendar.approved ? approved(self, scheme, year, m) : of->instalment[m];
            }
            if (calendar.given && m == JULY && m <= month) {
                sum += rounded(rounded(of->fund[0], 50), 80);
            }
        }
    }
    return sum;
}

/* Of the whole year, whenever they are paid. */
static bg_fen all_instalments(const payments *self, size_t unit, size_t year)
{
    return instalments(self, unit, year, MONTHS - 1 + calendar.delay);
}

/* What the community pays beside care to the end of the month, of a scheme or of both. */
static bg_fen outlay(const payments *self, size_t unit, size_t year, size_t month)
{
    bg_fen sum = 0;
    for (size_t scheme = 0; scheme < self->budgets->schemes; scheme++) {
        for (size_t m = 0; m <= month && (scheme == unit || unit == self->budgets->schemes); m++) {
            sum += bg_demand_outlay_of_month(self->demand, BG_PAYER_COMMUNITY, scheme, year, m);
        }
    }
    return sum;
}

/* What the years before have left in cash, and what of their clearings has been paid since, of a scheme or of both. */
static bg_fen run_on(const payments *self, const bg_projection *p, size_t unit, size_t year,
                     size_t month, size_t i)
{
    bg_fen sum = 0;
    for (size_t scheme = 0; calendar.given && scheme < self->budgets->schemes; scheme++) {
        for (size_t y = 0; y < year && (scheme == unit || unit == self->budgets->schemes); y++) {
            const bg_fen outside = value(p, scheme, y, BG_OUTCOME_outside, i);
            sum += all_instalments(self, scheme, y) - value(p, scheme, y, BG_OUTCOME_expense, i) +
                   outside_by_pool(self, outside) - outlay(self, scheme, y, MONTHS - 1) +
                   cleared(value(p, scheme, y, BG_OUTCOME_clearing, i),
                           MONTHS * (year - y) + month + 1);
        }
    }
    return sum;
}

static void check_year(const payments *self, const bg_projection *p, size_t unit, size_t year,
                       size_t i)
{
    const bg_fen expense = value(p, unit, year, BG_OUTCOME_expense, i);
    const bg_fen outside = value(p, unit, year, BG_OUTCOME_outside, i);
    const bg_fen entitlement = value(p, unit, year, BG_OUTCOME_entitlement, i);
    const bg_fen clearing = value(p, unit, year, BG_OUTCOME_clearing, i);
    const bg_fen prepaid = all_instalments(self, unit, year);
    const bg_fen late = prepaid - instalments(self, unit, year, MONTHS - 1);
    const bg_fen cash = bg_projection_passing_cash(p, unit, year, MONTHS - 1)[i] -
                        run_on(self, p, unit, year, MONTHS - 1, i) + late;
    assert_int_equal(clearing, entitlement - prepaid - outside_by_pool(self, outside));
    const bg_fen beside = outlay(self, unit, year, MONTHS - 1);
    assert_int_equal(cash, prepaid - (expense - outside_by_pool(self, outside)) - beside);
    assert_int_equal(cash + clearing, entitlement - expense - beside);
}

static void check_lowest(const bg_projection *p, size_t unit, size_t year, size_t i)
{
    bg_fen lowest = INT64_MAX;
    for (size_t month = 0; month < MONTHS; month++) {
        const bg_fen cash = bg_projection_passing_cash(p, unit, year, month)[i];
        lowest = cash < lowest ? cash : lowest;
    }
    assert_int_equal(value(p, unit, year, BG_OUTCOME_lowest_cash, i), lowest);
    assert_int_equal(bg_projection_passing_events(p, unit, year)[i] >> BG_EVENT_cash_negative & 1,
                     lowest < 0);
}

/* Month by month, against the payments of the future drawn again. */
static void check_months(const payments *self, const bg_projection *p, size_t scheme, size_t year,
                         size_t i)
{
    bg_fen paid = 0;
    for (size_t month = 0; month < MONTHS; month++) {
        const size_t at = BG_FUTURE_MONTH(&self->path, scheme, year, month);
        paid += self->path.expense[at] - outside_by_pool(self, self->path.outside[at]);
        assert_int_equal(bg_projection_passing_cash(p, scheme, year, month)[i],
                         run_on(self, p, scheme, year, month, i) +
                             instalments(self, scheme, year, month) - paid -
                             outlay(self, scheme, year, month));
    }
}

static bg_status check_passing(void *context, const bg_projection *p, size_t first, size_t n,
                               bg_errors *errors)
{
    (void)errors;
    payments *self = context;
    self->seen += n;
    for (size_t i = 0; i < n; i++) {
        if (self->sampler) {
            assert_int_equal(
                bg_demand_draw(self->demand, self->sampler, (uint32_t)(first + i) + 1, &self->path),
                BG_OK);
        }
        for (size_t year = 0; year < YEARS; year++) {
            for (size_t unit = 0; unit <= self->budgets->schemes; unit++) {
                check_year(self, p, unit, year, i);
                check_lowest(p, unit, year, i);
                if (self->sampler && unit < self->budgets->schemes) {
                    check_months(self, p, unit, year, i);
                }
            }
        }
    }
    return BG_OK;
}

/* ---- runs ---- */

static void check_scenario(const char *text, bool by_community)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = parse_scenario(text, NULL);
    bg_model model;
    bg_budgets budgets;
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    assert_int_equal(bg_model_budgets(&model, &budgets, &errors), BG_OK);
    payments self = {.by_community = by_community, .budgets = &budgets, .demand = model.demand};
    if (model.horizon.engine == BG_ENGINE_REFERENCE) {
        self.sampler = bg_sampler_new(model.demand);
        assert_non_null(self.sampler);
        assert_int_equal(bg_future_init(&self.path, model.demand), BG_OK);
    }
    const bg_projection_options options = {
        .block_size = 1 + below(FUTURES), .take = check_passing, .take_context = &self};
    bg_projection *projection;
    assert_int_equal(bg_projection_run(&model, &options, &projection, &errors), BG_OK);
    assert_int_equal(self.seen, FUTURES);
    bg_projection_free(projection);
    bg_sampler_free(self.sampler);
    bg_future_free(&self.path);
    bg_budgets_free(&budgets);
    bg_model_free(&model);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
}

/* The same scenario for each seed, but for who pays. */
static void write_text(uint64_t seed, const char *outside, char text[TEXT])
{
    chance_state = seed;
    FILE *out = fmemopen(text, TEXT, "w");
    assert_non_null(out);
    write_scenario(out, outside);
    fclose(out);
}

static bool follows_payments(size_t outcome)
{
    return outcome == BG_OUTCOME_clearing || outcome == BG_OUTCOME_lowest_cash;
}

static void check_with(uint64_t seed, const char *outside)
{
    char text[TEXT];
    write_text(seed, outside, text);
    check_scenario(text, strcmp(outside, "community") == 0);
}

static void cash_and_clearing_count_the_same_where_the_pool_pays_outside(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SCENARIOS; seed++) {
        check_with(seed, "pool");
    }
}

static void cash_and_clearing_count_the_same_where_the_community_pays_outside(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SCENARIOS; seed++) {
        check_with(seed, "community");
    }
}

/* Who pays decides who waits for money, and neither what care costs nor what anybody is entitled to. */
static void who_pays_outside_changes_cash_and_clearing_alone(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SCENARIOS / 4; seed++) {
        projected by[2];
        for (size_t c = 0; c < 2; c++) {
            char text[TEXT];
            write_text(seed, c ? "community" : "pool", text);
            start_projection(&by[c], text, NULL, 1);
        }
        for (size_t o = 0; o < bg_projection_outcome_count(by[0].projection); o++) {
            for (size_t at = 0; at < (size_t)3 * YEARS && !follows_payments(o); at++) {
                assert_memory_equal(
                    bg_projection_draws(by[0].projection, at / YEARS, at % YEARS, o),
                    bg_projection_draws(by[1].projection, at / YEARS, at % YEARS, o),
                    FUTURES * sizeof(bg_fen));
            }
        }
        finish_projection(&by[0]);
        finish_projection(&by[1]);
    }
}

/* A measure that changes no care costs its payer exactly what it costs: the pool its balance, the community its cash. */
static void an_outlay_without_effect_costs_exactly_itself(void **state)
{
    (void)state;
    enum { AMOUNT = 1200000 }; /* fen a year: 1,000 yuan a month */
    static const char with[] = "history: {2024: {residents.total: 100M, employees.total: 100M}}\n"
                               "people: {residents: 130000, employees: 20000}\n"
                               "pool: {residents: {income_per_head: 1000, balance: 10M}}\n"
                               "measures: {staff: {lines: residents.*, from: 2025-01, cases: 0%,\n"
                               "  outlay: {amount: 12000, payer: community}}}\n"
                               "simulation: {years: 3, replications: 40}\n";
    static const char *const by_pool[] = {"measures[staff].outlay.payer=pool", NULL};
    static const char *const by_government[] = {"measures[staff].outlay.payer=government", NULL};
    static const char *const free_of_charge[] = {"measures[staff].outlay.amount=0", NULL};
    projected none, community, pool, government;
    start_projection(&none, with, free_of_charge, 1);
    start_projection(&community, with, NULL, 1);
    start_projection(&pool, with, by_pool, 1);
    start_projection(&government, with, by_government, 1);
    for (size_t o = 0; o < bg_projection_outcome_count(none.projection); o++) {
        for (size_t at = 0; at < (size_t)3 * YEARS; at++) {
            const size_t unit = at / YEARS, year = at % YEARS;
            const bool paid = unit != 1; /* not by employees */
            const bg_fen lowest = paid && o == BG_OUTCOME_lowest_cash ? 1 : 0;
            const bg_fen balance =
                paid && o == BG_OUTCOME_pool_balance ? AMOUNT * ((bg_fen)year + 1) : 0;
            const bg_fen *before = bg_projection_draws(none.projection, unit, year, o);
            const bg_fen *of[] = {bg_projection_draws(community.projection, unit, year, o),
                                  bg_projection_draws(pool.projection, unit, year, o),
                                  bg_projection_draws(government.projection, unit, year, o)};
            for (size_t i = 0; i < FUTURES; i++) {
                /* The lowest month may be another one, of up to twelve amounts. */
                assert_in_range(before[i] - of[0][i], lowest * AMOUNT / 12, lowest * AMOUNT);
                assert_int_equal(before[i] - of[1][i], balance);
                assert_int_equal(of[2][i], before[i]);
            }
        }
    }
    for (size_t month = 0; month < MONTHS; month++) {
        const bg_fen before = bg_projection_central_cash(none.projection, 0, 1, month);
        assert_int_equal(bg_projection_central_cash(community.projection, 0, 1, month),
                         before - ((bg_fen)month + 1) * AMOUNT / 12);
        assert_int_equal(bg_projection_central_cash(pool.projection, 0, 1, month), before);
    }
    finish_projection(&none);
    finish_projection(&community);
    finish_projection(&pool);
    finish_projection(&government);
}

/* Cash is what settlements have paid until then, those of a year in May of the next. */
static bg_status check_settlements_alone(void *context, const bg_projection *p, size_t first,
                                         size_t n, bg_errors *errors)
{
    enum { MAY = 4 };
    (void)first;
    (void)errors;
    *(size_t *)context += n;
    for (size_t at = 0; at < (size_t)3 * YEARS * MONTHS; at++) {
        const size_t unit = at / MONTHS / YEARS, year = at / MONTHS % YEARS, month = at % MONTHS;
        for (size_t i = 0; i < n; i++) {
            bg_fen paid = 0;
            for (size_t y = 0; y < year; y++) {
                paid +=
                    y + 1 < year || month >= MAY ? value(p, unit, y, BG_OUTCOME_clearing, i) : 0;
            }
            assert_int_equal(bg_projection_passing_cash(p, unit, year, month)[i], paid);
        }
    }
    return BG_OK;
}

/* Where all that a month costs is paid in the month, the community never waits for money nor holds any but what is
 * settled: in both engines, in blocks of any size. */
static void what_is_paid_at_once_leaves_no_cash(void **state)
{
    (void)state;
    static const char text[] =
        "history: {2024: {residents.inpatient.in: {cases: 9000, cost: 90M, paid: 60M},\n"
        "                 residents.inpatient.out: 25M, employees.total: 40M}}\n"
        "people: {residents: 60000, employees: 15000}\n"
        "budget: {prepayment: {approved: 100%, delay: 0}, calendar: {settled: 3, paid: 5}}\n"
        "simulation: {years: 3, replications: 40}\n";
    static const char *const engines[][2] = {{"simulation.engine=fast", NULL},
                                             {"simulation.engine=reference", NULL}};
    for (size_t e = 0; e < 4; e++) {
        size_t seen = 0;
        const bg_projection_options options = {.block_size = e < 2 ? FUTURES : 7,
                                               .take = check_settlements_alone,
                                               .take_context = &seen};
        projected by;
        start_projection_with(&by, text, engines[e % 2], &options);
        assert_int_equal(seen, FUTURES);
        finish_projection(&by);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cash_and_clearing_count_the_same_where_the_pool_pays_outside),
        cmocka_unit_test(cash_and_clearing_count_the_same_where_the_community_pays_outside),
        cmocka_unit_test(who_pays_outside_changes_cash_and_clearing_alone),
        cmocka_unit_test(an_outlay_without_effect_costs_exactly_itself),
        cmocka_unit_test(what_is_paid_at_once_leaves_no_cash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
