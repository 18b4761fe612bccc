/* What must hold for every budget, over random ones (the same in each run): 400 scenarios with
 * one or two schemes and four years, about 2,400 budgets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../support/budget_case.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCENARIOS = 400, BUDGET_YEARS = 4, MAX_PAST_YEARS = 5, SCHEMES = 2 };

/* ---- random budgets ---- */

/* xorshift64* (Vigna 2016). */
static uint64_t random_bits(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

/* low … high, both included. */
static int64_t random_between(uint64_t *state, int64_t low, int64_t high)
{
    return low + (int64_t)(random_bits(state) % (uint64_t)(high - low + 1));
}

/* All that a random scenario says; rates in hundredths of a per cent, money in fen. */
typedef struct draft {
    int past_years, schemes;
    int64_t expense[SCHEMES][MAX_PAST_YEARS];
    int64_t weight[MAX_PAST_YEARS];
    int completion, trend_choice, trend;
    int growth[BUDGET_YEARS], cap;
    int later_rule;
    int64_t per_head; /* 0: derived */
    int64_t adjustment[2];
    int adjustment_month[2], adjustment_year[2];
    int fund_rate[2];
    int64_t opening;
    int ratio;
    bool earmarked, seasonal, limited;
    int64_t season[12];
    int64_t outside_spending;
    /* inputs of the years */
    int64_t income[SCHEMES][BUDGET_YEARS];
    double people[SCHEMES][BUDGET_YEARS];
} draft;

/* Rates stay small enough that no adjustment takes more than a month's instalment. */
static draft draw(uint64_t *state)
{
    draft self = {
        .past_years = (int)random_between(state, 1, MAX_PAST_YEARS),
        .schemes = (int)random_between(state, 1, SCHEMES),
        .completion = (int)random_between(state, 9000, 10000),
        .trend_choice = (int)random_between(state, 0, 2),
        .trend = (int)random_between(state, 0, 900),
        .cap = (int)random_between(state, 0, 900),
        .later_rule = (int)random_between(state, 0, 2),
        .per_head = random_between(state, 0, 1) ? random_between(state, 10000, 200000) : 0,
        .fund_rate = {(int)random_between(state, 0, 500), (int)random_between(state, 0, 500)},
        .opening = random_between(state, 0, 1000000000),
        .ratio = (int)random_between(state, 5000, 10000),
        .earmarked = random_between(state, 0, 1),
        .seasonal = random_between(state, 0, 1),
        .limited = random_between(state, 0, 1),
        .outside_spending = random_between(state, 0, 100000000),
    };
    for (int i = 0; i < MAX_PAST_YEARS; i++) {
        bool last = i == self.past_years - 1;
        self.weight[i] = random_between(state, last ? 1 : 0, 9);
        for (int s = 0; s < SCHEMES; s++) {
            self.expense[s][i] = random_between(state, 5000000000, 20000000000);
        }
    }
    for (int i = 0; i < 2; i++) {
        self.adjustment[i] = random_between(state, -30000000, 200000000);
        self.adjustment_month[i] = (int)random_between(state, 1, 12);
        self.adjustment_year[i] = 2025 + (int)random_between(state, 0, BUDGET_YEARS - 1);
    }
    for (int i = 0; i < 12; i++) {
        self.season[i] = random_between(state, 22, 33);
    }
    for (int i = 0; i < BUDGET_YEARS; i++) {
        self.growth[i] = (int)random_between(state, -300, 900);
        for (int s = 0; s < SCHEMES; s++) {
            self.income[s][i] = random_between(state, 5000000000, 30000000000);
            self.people[s][i] = (double)random_between(state, 400000, 600000);
        }
    }
    return self;
}

/* ---- as a scenario ---- */

static void print_percent(FILE *out, const char *key, int rate)
{
    fprintf(out, "%s: %s%d.%02d%%", key, rate < 0 ? "-" : "", abs(rate) / 100, abs(rate) % 100);
}

static void print_money(FILE *out, const char *key, int64_t fen)
{
    char text[BG_NUMBER_TEXT];
    fprintf(out, "%s: %s", key, bg_money_text(fen, text));
}

static void print_history(FILE *out, const draft *self)
{
    static const char *const names[SCHEMES] = {"residents.total", "employees.total"};
    fputs("people: {residents: 500000, employees: 500000}\nhistory:\n", out);
    for (int i = 0; i < self->past_years; i++) {
        fprintf(out, "  %d: {", 2025 - self->past_years + i);
        for (int s = 0; s < SCHEMES && s < self->schemes; s++) {
            print_money(out, names[s], self->expense[s][i]);
            fputs(s + 1 < self->schemes ? ", " : "}\n", out);
        }
    }
}

static void print_base(FILE *out, const draft *self)
{
    static const char *const choices[] = {"0", "last_base_year", "budget_year"};
    fprintf(out, "  base: {trend_years: %s, ", choices[self->trend_choice]);
    print_percent(out, "trend", self->trend);
    print_percent(out, ", completion", self->completion);
    fputs(", weights: [", out);
    for (int i = 0; i < self->past_years; i++) {
        fprintf(out, "%s%d", i ? ", " : "", (int)self->weight[i]);
    }
    fputs("]}\n", out);
}

static void print_years(FILE *out, const draft *self)
{
    static const char *const rules[] = {"previous_total", "rolling", "per_capita"};
    fprintf(out, "  later_rule: %s\n  growth: {", rules[self->later_rule]);
    for (int i = 0; i < BUDGET_YEARS; i++) {
        char year[16];
        snprintf(year, sizeof year, "%s%d", i ? ", " : "", 2025 + i);
        print_percent(out, year, self->growth[i]);
    }
    print_percent(out, "}\n  growth_cap", self->cap);
    if (self->per_head > 0) {
        print_money(out, "\n  per_head", self->per_head);
    }
    fputs("\n  adjustments:\n", out);
    for (int i = 0; i < 2; i++) {
        fprintf(out, "    change_%d: {year: %d, month: %d, ", i, self->adjustment_year[i],
                self->adjustment_month[i]);
        print_money(out, "amount", self->adjustment[i]);
        fputs("}\n", out);
    }
}

static void print_cash(FILE *out, const draft *self)
{
    print_percent(out, "  funds: {first: {rate", self->fund_rate[0]);
    print_money(out, ", opening", self->opening);
    print_percent(out, "}, second", self->fund_rate[1]);
    print_percent(out, "}\n  prepayment: {ratio", self->ratio);
    fprintf(out, ", funds: %s, months: %s}\n", self->earmarked ? "earmarked" : "withheld",
            self->seasonal ? "season" : "equal");
    fputs("demand: {season: [", out);
    for (int i = 0; i < 12; i++) {
        fprintf(out, "%s%d", i ? ", " : "", (int)self->season[i]);
    }
    print_money(out, "]}\npool: {residents: {income_per_head: 1000, outside_spending",
                self->outside_spending);
    fprintf(out, "}}\nsimulation: {years: %d}\n", BUDGET_YEARS);
}

static char *as_yaml(const draft *self)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    print_history(out, self);
    fputs("budget:\n", out);
    print_base(out, self);
    print_years(out, self);
    print_cash(out, self);
    assert_int_equal(fclose(out), 0);
    return text;
}

/* ---- its results ---- */

typedef struct outcome {
    bg_fen base[SCHEMES];
    bg_fen opening[SCHEMES];
    unit_budget year[SCHEMES][BUDGET_YEARS];
} outcome;

/* Expenses of the last three years: the past ones, then each total as if it had been spent. */
static void recent_expenses(const draft *self, const outcome *so_far, int scheme, int year,
                            const bg_fen *expense[3])
{
    for (int back = 3; back >= 1; back--) {
        int at = year - back;
        int past = self->past_years + at;
        expense[3 - back] = at >= 0     ? &so_far->year[scheme][at].total
                            : past >= 0 ? &self->expense[scheme][past]
                                        : NULL;
    }
}

static void fail_with(const budget_case *read, const char *yaml)
{
    for (size_t i = 0; i < read->errors.count; i++) {
        print_error("%s: %s\n", read->errors.items[i].path, read->errors.items[i].message);
    }
    fail_msg("this is no budget:\n%s", yaml);
}

static outcome compute(const draft *self)
{
    outcome result = {0};
    char *yaml = as_yaml(self);
    budget_case read;
    budget_case_read(&read, yaml);
    for (int s = 0; s < self->schemes && !read.status; s++) {
        result.base[s] = bg_budget_base(read.terms[s]);
        result.opening[s] = bg_budget_fund(read.terms[s], 0)->opening;
        bg_fen previous = 0;
        for (int y = 0; y < BUDGET_YEARS && !read.status; y++) {
            unit_inputs inputs = {
                .year = 2025 + y,
                .previous_total = previous,
                .people = self->people[s][y],
                .income = self->limited ? &self->income[s][y] : NULL,
            };
            recent_expenses(self, &result, s, y, inputs.expense);
            read.status = budget_case_compute(&read, s, &inputs, &result.year[s][y], NULL);
            previous = result.year[s][y].total;
        }
    }
    if (read.status) {
        fail_with(&read, yaml);
    }
    budget_case_free(&read);
    free(yaml);
    return result;
}

static draft drafts[SCENARIOS];
static outcome outcomes[SCENARIOS];

static int compute_all(void **state)
{
    (void)state;
    uint64_t seed = 20250806;
    for (int i = 0; i < SCENARIOS; i++) {
        drafts[i] = draw(&seed);
        outcomes[i] = compute(&drafts[i]);
    }
    return 0;
}

static void for_every_scenario(void (*check)(const draft *self, const outcome *result))
{
    for (int i = 0; i < SCENARIOS; i++) {
        check(&drafts[i], &outcomes[i]);
    }
}

static void assert_same(const draft *self, const outcome *a, const outcome *b)
{
    for (int s = 0; s < self->schemes; s++) {
        assert_int_equal(a->base[s], b->base[s]);
        assert_int_equal(a->opening[s], b->opening[s]);
        assert_memory_equal(a->year[s], b->year[s], sizeof a->year[s]);
    }
}

/* ---- properties ---- */

static void check_sums(const draft *self, const outcome *result)
{
    bg_fen opening = 0;
    for (int s = 0; s < self->schemes; s++) {
        opening += result->opening[s];
        for (int y = 0; y < BUDGET_YEARS; y++) {
            const unit_budget *unit = &result->year[s][y];
            assert_int_equal(unit->fund[0] + unit->fund[1] + unit->payable, unit->total);
            bg_fen paid;
            bg_fen of = self->earmarked ? unit->total : unit->payable;
            assert_int_equal(bg_money_times(of, self->ratio * (BG_ONE / 10000), &paid), BG_OK);
            assert_int_equal(unit_budget_paid(unit), paid);
            for (int month = 0; month < 12; month++) {
                assert_true(unit->instalment[month] >= 0);
            }
        }
    }
    assert_int_equal(opening, self->opening);
}

static void funds_and_payable_make_the_total_and_instalments_their_part_of_it(void **state)
{
    (void)state;
    for_every_scenario(check_sums);
}

/* Rates are at most 9 %, and no amount goes through more than 20 roundings of a fen. */
enum { DOUBLING_TOLERANCE = 60 };

static void assert_doubled(bg_fen once, bg_fen twice)
{
    if (llabs(twice - 2 * once) > DOUBLING_TOLERANCE) {
        fail_msg("%lld does not double to %lld", (long long)once, (long long)twice);
    }
}

static void check_doubling(const draft *self, const outcome *once)
{
    draft doubled = *self;
    doubled.per_head *= 2;
    doubled.opening *= 2;
    doubled.outside_spending *= 2;
    for (int i = 0; i < 2; i++) {
        doubled.adjustment[i] *= 2;
    }
    for (int s = 0; s < SCHEMES; s++) {
        for (int i = 0; i < MAX_PAST_YEARS; i++) {
            doubled.expense[s][i] *= 2;
        }
        for (int y = 0; y < BUDGET_YEARS; y++) {
            doubled.income[s][y] *= 2;
        }
    }
    outcome twice = compute(&doubled);
    for (int s = 0; s < self->schemes; s++) {
        assert_doubled(once->base[s], twice.base[s]);
        assert_doubled(once->opening[s], twice.opening[s]);
        for (int y = 0; y < BUDGET_YEARS; y++) {
            assert_doubled(once->year[s][y].total, twice.year[s][y].total);
            assert_doubled(once->year[s][y].payable, twice.year[s][y].payable);
            assert_doubled(once->year[s][y].fund[0], twice.year[s][y].fund[0]);
            for (int month = 0; month < 12; month++) {
                assert_doubled(once->year[s][y].instalment[month],
                               twice.year[s][y].instalment[month]);
            }
        }
    }
}

static void doubling_all_money_doubles_all_money(void **state)
{
    (void)state;
    for_every_scenario(check_doubling);
}

static void check_permutation(const draft *self, const outcome *unused)
{
    (void)unused;
    draft plain = *self;
    plain.trend_choice = 0;
    for (int i = 0; i < MAX_PAST_YEARS; i++) {
        plain.weight[i] = 1;
    }
    draft turned = plain;
    for (int s = 0; s < SCHEMES; s++) {
        for (int i = 0; i < self->past_years; i++) {
            turned.expense[s][i] = plain.expense[s][(i + 1) % self->past_years];
        }
    }
    outcome before = compute(&plain);
    outcome after = compute(&turned);
    for (int s = 0; s < self->schemes; s++) {
        assert_int_equal(before.base[s], after.base[s]);
        assert_int_equal(before.year[s][0].total, after.year[s][0].total);
    }
}

static void equally_weighted_years_may_change_places(void **state)
{
    (void)state;
    for_every_scenario(check_permutation);
}

static void check_null_change(const draft *self, const outcome *before)
{
    draft changed = *self;
    for (int i = 0; i < MAX_PAST_YEARS; i++) {
        changed.weight[i] *= 7; /* only proportions count */
    }
    for (int i = 0; i < 12; i++) {
        changed.season[i] *= 3;
    }
    for (int i = 1; i < BUDGET_YEARS; i++) {
        if (changed.growth[i] > changed.cap) {
            changed.growth[i] = changed.cap; /* it was cut to that */
        }
    }
    if (self->trend_choice == 0) {
        changed.trend += 500; /* not used */
    }
    outcome after = compute(&changed);
    assert_same(self, before, &after);
}

static void a_change_without_meaning_changes_nothing(void **state)
{
    (void)state;
    for_every_scenario(check_null_change);
}

static void check_limit(const draft *self, const outcome *result)
{
    for (int s = 0; s < self->schemes && self->limited; s++) {
        for (int y = 0; y < BUDGET_YEARS; y++) {
            /* Only the residents' pool has spending outside; the default ratio is 100 %. */
            bg_fen limit = self->income[s][y] - (s == 0 ? self->outside_spending : 0);
            assert_true(result->year[s][y].total <= limit);
            assert_true(result->year[s][y].opening_total <= limit);
        }
    }
}

static void no_total_exceeds_the_income_limit(void **state)
{
    (void)state;
    for_every_scenario(check_limit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(funds_and_payable_make_the_total_and_instalments_their_part_of_it),
        cmocka_unit_test(doubling_all_money_doubles_all_money),
        cmocka_unit_test(equally_weighted_years_may_change_places),
        cmocka_unit_test(a_change_without_meaning_changes_nothing),
        cmocka_unit_test(no_total_exceeds_the_income_limit),
    };
    return cmocka_run_group_tests(tests, compute_all, NULL);
}
