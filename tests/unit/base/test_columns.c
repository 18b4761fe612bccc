/* Operations on columns against the same in 128 bits, one entry at a time, for each instruction set that
 * this machine has: at the edges of what is estimated and what is not, and at random. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/splitmix.h"
#include "base/columns.h"
#include <math.h>
#include <string.h>

__extension__ typedef __int128 wide;

enum { MOST = 300 };

static uint64_t random_state;

static uint64_t draw(void)
{
    return splitmix(&random_state);
}

/* 0 to 2^bits - 1, of every size. */
static int64_t of_bits(int bits)
{
    const uint64_t width = 1 + draw() % (uint64_t)bits;
    return (int64_t)(draw() % (UINT64_C(1) << width));
}

static int64_t signed_of_bits(int bits)
{
    const int64_t size = of_bits(bits);
    return draw() % 2 ? size : -size;
}

typedef struct test {
    const bg_columns *columns;
    size_t n;
    int64_t a[MOST], b[MOST], result[MOST];
} test;

static void draw_columns(test *self, int bits)
{
    for (size_t i = 0; i < self->n; i++) {
        self->a[i] = signed_of_bits(bits);
        self->b[i] = draw() % 4 ? signed_of_bits(bits) : self->a[i];
    }
}

/* Runs the check in every instruction set, with columns that fill vectors and such that do not. */
static void in_every_set(void (*check)(test *self))
{
    static const size_t lengths[] = {1, 2, 7, 64, 128, 129, 200, MOST};
    const bg_isa before = bg_isa_current();
    for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
        if (!bg_isa_use((bg_isa)isa)) {
            continue;
        }
        for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
            random_state = l + 1;
            static test self;
            self.columns = bg_columns_current();
            self.n = lengths[l];
            check(&self);
        }
    }
    bg_isa_use(before);
}

/* ---- sums and comparisons ---- */

static void check_plain(test *self)
{
    const size_t n = self->n;
    const bg_columns *columns = self->columns;
    draw_columns(self, 61);
    int64_t sum[MOST], difference[MOST], negative[MOST], smaller[MOST], larger[MOST], gain[MOST],
        loss[MOST];
    columns->add(n, self->a, self->b, sum);
    columns->subtract(n, self->a, self->b, difference);
    columns->negate(n, self->a, negative);
    columns->smaller(n, self->a, self->b, smaller);
    columns->larger(n, self->a, self->b, larger);
    columns->gain(n, self->a, gain);
    columns->loss(n, self->a, loss);
    for (size_t i = 0; i < n; i++) {
        const int64_t a = self->a[i], b = self->b[i];
        assert_int_equal(sum[i], a + b);
        assert_int_equal(difference[i], a - b);
        assert_int_equal(negative[i], -a);
        assert_int_equal(smaller[i], a < b ? a : b);
        assert_int_equal(larger[i], a < b ? b : a);
        assert_int_equal(gain[i], a < 0 ? 0 : a);
        assert_int_equal(loss[i], a < 0 ? -a : 0);
    }
}

static void sums_and_comparisons_are_those_of_each_entry(void **state)
{
    (void)state;
    in_every_set(check_plain);
}

static void check_totals(test *self)
{
    static int64_t column[10][MOST];
    int64_t *columns[10];
    for (size_t count = 1; count <= 10; count++) {
        columns[count - 1] = column[count - 1];
        for (size_t i = 0; i < self->n; i++) {
            column[count - 1][i] = signed_of_bits(59);
            self->a[i] = count == 1 ? 0 : self->a[i];
            self->a[i] += column[count - 1][i];
        }
        self->columns->sum(self->n, count, columns, self->result);
        assert_memory_equal(self->result, self->a, self->n * sizeof *self->a);
    }
}

static void a_total_is_that_of_all_columns(void **state)
{
    (void)state;
    in_every_set(check_totals);
}

static void check_in_place(test *self)
{
    const size_t n = self->n;
    const bg_columns *columns = self->columns;
    int64_t expected[MOST];
    draw_columns(self, 61);
    columns->subtract(n, self->a, self->b, expected);
    columns->subtract(n, self->a, self->b, self->b);
    assert_memory_equal(self->b, expected, n * sizeof *expected);
    columns->loss(n, self->a, expected);
    columns->loss(n, self->a, self->a);
    assert_memory_equal(self->a, expected, n * sizeof *expected);
    bg_decimal rate = BG_ONE / 3;
    columns->share(n, self->a, (bg_rates){&rate, 0}, expected);
    columns->share(n, self->a, (bg_rates){&rate, 0}, self->a);
    assert_memory_equal(self->a, expected, n * sizeof *expected);
}

static void a_result_may_be_an_operand(void **state)
{
    (void)state;
    in_every_set(check_in_place);
}

static void check_moves(test *self)
{
    const size_t n = self->n;
    int64_t amount[MOST], from[MOST], to[MOST];
    draw_columns(self, 60);
    memcpy(from, self->a, sizeof from);
    memcpy(to, self->b, sizeof to);
    for (size_t i = 0; i < n; i++) {
        amount[i] = signed_of_bits(60);
    }
    self->columns->move(n, amount, from, to);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(from[i], self->a[i] - amount[i]);
        assert_int_equal(to[i], self->b[i] + amount[i]);
    }
}

static void what_moves_leaves_one_column_for_another(void **state)
{
    (void)state;
    in_every_set(check_moves);
}

static void check_tiers(test *self)
{
    const size_t n = self->n;
    for (size_t i = 0; i < n; i++) {
        self->a[i] = (int64_t)(draw() % 7);
    }
    self->columns->fill(n, -5, self->result);
    self->columns->reach(n, self->a, 2, 20, self->result);
    self->columns->reach(n, self->a, 5, 50, self->result);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(self->result[i], self->a[i] >= 5 ? 50 : self->a[i] >= 2 ? 20 : -5);
    }
}

static void a_tier_holds_from_its_bound_on(void **state)
{
    (void)state;
    in_every_set(check_tiers);
}

/* ---- products ---- */

static int64_t rounded(wide numerator, wide denominator)
{
    return (int64_t)((2 * numerator + denominator) / (2 * denominator));
}

static void assert_shares(test *self, bg_rates rate)
{
    self->columns->share(self->n, self->a, rate, self->result);
    for (size_t i = 0; i < self->n; i++) {
        assert_int_equal(self->result[i], rounded((wide)self->a[i] * bg_rate(rate, i), BG_ONE));
    }
}

/* Amounts whose product with the rate lies on a half, or one step beside it, as near as they can. */
static int64_t near_half(bg_decimal rate, int bits)
{
    const int64_t whole = of_bits(bits);
    const wide product = (wide)whole * BG_ONE + BG_ONE / 2;
    return rate ? (int64_t)(product / rate) + (int64_t)(draw() % 3) - 1 : whole;
}

static bg_decimal any_rate(void)
{
    static const bg_decimal edges[] = {0,      1,          2,          BG_ONE / 2, BG_ONE - 1,
                                       BG_ONE, BG_ONE + 1, BG_ONE / 3, BG_ONE / 8, BG_ONE / 100};
    const uint64_t which = draw() % 16;
    return which < 10 ? edges[which] : of_bits(40) % (BG_ONE + 1);
}

static void check_shares(test *self)
{
    /* 2^50 and 2^51 are where estimates end, 10^15 fen and the bound of the rules lie beyond. */
    static const int widths[] = {1, 10, 30, 49, 50, 51, 52, 56};
    static bg_decimal rates[MOST];
    for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
        const bg_decimal constant = any_rate();
        for (size_t i = 0; i < self->n; i++) {
            rates[i] = any_rate();
            self->a[i] = draw() % 2 ? of_bits(widths[w]) : (INT64_C(1) << widths[w]) - 1;
        }
        assert_shares(self, (bg_rates){&constant, 0});
        assert_shares(self, (bg_rates){rates, 1});
        for (size_t i = 0; i < self->n; i++) {
            self->a[i] = near_half(rates[i], widths[w] < 49 ? widths[w] : 49) & INT64_MAX >> 7;
        }
        assert_shares(self, (bg_rates){rates, 1});
    }
}

static void a_share_is_rounded_once_from_the_exact_product(void **state)
{
    (void)state;
    in_every_set(check_shares);
}

static void check_growth(test *self)
{
    static const bg_decimal rates[] = {BG_ONE * 106 / 100, 2 * BG_ONE, 100 * BG_ONE, 9000 * BG_ONE,
                                       INT64_MAX};
    for (size_t r = 0; r < sizeof rates / sizeof *rates; r++) {
        const int bits = r == 4 ? 39 : 45;
        for (size_t i = 0; i < self->n; i++) {
            self->a[i] = draw() % 4 ? of_bits(bits) : (INT64_C(1) << bits) - 1;
        }
        assert_shares(self, (bg_rates){&rates[r], 0});
    }
}

static void rates_above_one_are_as_exact(void **state)
{
    (void)state;
    in_every_set(check_growth);
}

/* ---- bands ---- */

/* Offsets by their definition, in fractions of 10^-24. */
static void join(bg_band *band, size_t count)
{
    wide offset = 0;
    for (size_t k = 1; k < count; k++) {
        offset += (wide)(band[k - 1].share - band[k].share) * band[k - 1].limit;
        wide rest = offset % BG_ONE;
        rest += rest < 0 ? BG_ONE : 0;
        band[k].offset_whole = (int64_t)((offset - rest) / BG_ONE);
        band[k].offset_rest = (int64_t)rest;
    }
}

/* Part by part: whole fen of a part count in 10^-12, what lies beyond them in 10^-24. What is left
 * of these when they become 10^-12 is too little to reach the next half fen. */
static int64_t part_by_part(int64_t amount, int64_t base, const bg_band *band, size_t count)
{
    const wide whole = (wide)amount * BG_ONE;
    wide from = 0, coarse = 0, fine = 0;
    for (size_t k = 0; k < count; k++) {
        wide to = (wide)band[k].limit * base;
        to = k + 1 == count || to > whole ? whole : to;
        coarse += (to - from) / BG_ONE * band[k].share;
        fine += (to - from) % BG_ONE * band[k].share;
        from = to;
    }
    return rounded(coarse + fine / BG_ONE, BG_ONE);
}

static void draw_bands(bg_band *band, size_t count, int64_t step)
{
    int64_t limit = 0;
    for (size_t k = 0; k < count; k++) {
        limit += (1 + (int64_t)(draw() % (uint64_t)(BG_ONE / 4 / step))) * step;
        band[k] = (bg_band){.limit = limit,
                            .share = (int64_t)(draw() % (uint64_t)(BG_ONE / step + 1)) * step};
    }
    join(band, count);
}

static void assert_bands(test *self, const bg_band *band, size_t count)
{
    self->columns->bands(self->n, self->a, self->b, band, count, self->result);
    for (size_t i = 0; i < self->n; i++) {
        assert_int_equal(self->result[i], part_by_part(self->a[i], self->b[i], band, count));
    }
}

static void check_bands(test *self)
{
    static const int64_t steps[] = {BG_ONE / 100, BG_ONE / 1000, BG_ONE / 1000000, 1};
    static const int widths[] = {4, 12, 38, 48, 49, 50, 52};
    for (size_t s = 0; s < 28; s++) {
        bg_band band[5];
        const int bits = widths[s / 4];
        const size_t count = 1 + s % 5;
        draw_bands(band, count, steps[s % 4]);
        for (size_t i = 0; i < self->n; i++) {
            self->b[i] = of_bits(bits);
            const wide limit = (wide)self->b[i] * band[draw() % count].limit / BG_ONE;
            self->a[i] = draw() % 2 ? of_bits(bits) : (int64_t)limit + (int64_t)(draw() % 2);
        }
        assert_bands(self, band, count);
    }
}

static void bands_are_summed_part_by_part_and_rounded_once(void **state)
{
    (void)state;
    in_every_set(check_bands);
}

/* The share of the band that holds the amount, of the whole amount. */
static int64_t as_a_whole(int64_t amount, int64_t base, const bg_band *band, size_t count,
                          bool edge_above)
{
    size_t k = 0;
    for (; k + 1 < count; k++) {
        const wide edge = (wide)band[k].limit * base, reached = (wide)amount * BG_ONE;
        if (edge_above ? reached < edge : reached <= edge) {
            break;
        }
    }
    return rounded((wide)amount * band[k].share, BG_ONE);
}

/* Amounts lie at an edge, or a fen beside it, where the edge is a whole number of fen and where not. */
static void check_whole_bands(test *self)
{
    static const int64_t steps[] = {BG_ONE / 100, BG_ONE / 1000, BG_ONE / 1000000, 1};
    static const int widths[] = {4, 12, 38, 48, 49, 50, 52};
    for (size_t s = 0; s < 56; s++) {
        bg_band band[5];
        const int bits = widths[s / 8];
        const size_t count = 2 + s % 4;
        const bool edge_above = s % 2;
        draw_bands(band, count, steps[s / 2 % 4]);
        for (size_t k = 0; k < count; k++) {
            band[k].offset_whole = band[k].offset_rest = 0;
            band[k].edge_above = edge_above;
        }
        for (size_t i = 0; i < self->n; i++) {
            self->b[i] = draw() % 2 ? of_bits(bits) : of_bits(bits - 2) / 100 * 100;
            const wide limit = (wide)self->b[i] * band[draw() % count].limit / BG_ONE;
            self->a[i] = (int64_t)limit + (int64_t)(draw() % 3) - (limit > 0);
        }
        self->columns->bands(self->n, self->a, self->b, band, count, self->result);
        for (size_t i = 0; i < self->n; i++) {
            assert_int_equal(self->result[i],
                             as_a_whole(self->a[i], self->b[i], band, count, edge_above));
        }
    }
}

static void a_share_of_the_whole_is_that_of_the_band_which_holds_it(void **state)
{
    (void)state;
    in_every_set(check_whole_bands);
}

/* ---- means, products of any sign, whole numbers ---- */

static void check_means(test *self)
{
    static const int widths[] = {5, 36, 40, 46, 50, 60};
    static int64_t column[5][MOST];
    for (size_t s = 0; s < 36; s++) {
        const int64_t *columns[5];
        int64_t weight[5] = {0};
        const size_t count = 1 + s % 5;
        for (size_t k = 0; k < count; k++) {
            weight[k] = of_bits(s % 2 ? 3 : 44) + (k == 0);
            columns[k] = column[k];
            for (size_t i = 0; i < self->n; i++) {
                column[k][i] = s % 7 ? of_bits(widths[s % 6]) : signed_of_bits(widths[s % 6]);
            }
        }
        const bg_weights by = bg_weights_of(weight, count);
        self->columns->mean(self->n, columns, &by, self->result);
        for (size_t i = 0; i < self->n; i++) {
            int64_t values[5], expected;
            for (size_t k = 0; k < count; k++) {
                values[k] = column[k][i];
            }
            assert_int_equal(bg_money_mean(values, weight, count, &expected), BG_OK);
            assert_int_equal(self->result[i], expected);
        }
    }
}

static void a_mean_is_rounded_once(void **state)
{
    (void)state;
    in_every_set(check_means);
}

static void check_times(test *self)
{
    static const bg_decimal rates[] = {BG_ONE / 3, -BG_ONE / 7, BG_ONE * 21 / 20, 3 * BG_ONE};
    for (size_t r = 0; r < 4; r++) {
        for (int negative = 0; negative < 2; negative++) {
            for (size_t i = 0; i < self->n; i++) {
                self->a[i] = negative ? signed_of_bits(55) : of_bits(61);
            }
            assert_int_equal(bg_column_times(self->n, self->a, rates[r], self->result), BG_OK);
            for (size_t i = 0; i < self->n; i++) {
                int64_t expected;
                assert_int_equal(bg_money_times(self->a[i], rates[r], &expected), BG_OK);
                assert_int_equal(self->result[i], expected);
            }
        }
    }
    self->a[self->n / 2] = INT64_MAX / 2;
    assert_int_equal(bg_column_times(self->n, self->a, 3 * BG_ONE, self->result), BG_OVERFLOW);
    self->columns->scale(self->n, self->b, -7, self->result);
    for (size_t i = 0; i < self->n; i++) {
        assert_int_equal(self->result[i], -7 * self->b[i]);
    }
}

static void products_of_any_sign_are_rounded_half_away_from_zero(void **state)
{
    (void)state;
    in_every_set(check_times);
}

static void check_whole(test *self)
{
    static const double edges[] = {0, 0.5, 1.5, 2.5, 0.49999999999999994, 999999999999999, 1e-300};
    static const double outside[] = {-1e-9, 1e15, INFINITY, NAN};
    double number[MOST];
    for (size_t i = 0; i < self->n; i++) {
        number[i] = i < 7 ? edges[i] : (double)of_bits(49) / 1024;
    }
    assert_true(self->columns->whole(self->n, number, self->result));
    for (size_t i = 0; i < self->n; i++) {
        assert_int_equal(self->result[i], (int64_t)(number[i] + 0.5));
    }
    for (size_t k = 0; k < 4; k++) {
        number[self->n - 1] = outside[k];
        assert_false(self->columns->whole(self->n, number, self->result));
    }
}

static void counts_are_rounded_halves_up(void **state)
{
    (void)state;
    in_every_set(check_whole);
}

/* ---- largest remainder ---- */

static void assert_split(test *self, const int64_t *weight, size_t count)
{
    static int64_t columns[64][MOST];
    int64_t *part[64], one[64];
    for (size_t k = 0; k < 64; k++) {
        part[k] = columns[k];
    }
    const bg_weights by = bg_weights_of(weight, count);
    self->columns->split(self->n, self->a, &by, part);
    for (size_t i = 0; i < self->n; i++) {
        assert_int_equal(bg_money_split(self->a[i], weight, count, one), BG_OK);
        for (size_t k = 0; k < count; k++) {
            assert_int_equal(part[k][i], one[k]);
        }
    }
}

static void check_splits(test *self)
{
    static const size_t counts[] = {1, 2, 3, 12, 64};
    static const int widths[] = {3, 8, 40, 49, 50, 56};
    for (size_t s = 0; s < 30; s++) {
        int64_t weight[64] = {0};
        const size_t count = counts[s % 5];
        const int bits = s % 4 == 0 ? 3 : s % 4 == 1 ? 17 : s % 4 == 2 ? 24 : 44;
        for (size_t k = 0; k < count; k++) {
            weight[k] = of_bits(bits) * (s % 2 ? 1000 : 1);
        }
        weight[count / 2] += s % 2 ? 1000 : 1;
        for (size_t i = 0; i < self->n; i++) {
            self->a[i] = signed_of_bits(widths[s / 5]);
        }
        assert_split(self, weight, count);
        for (size_t k = 0; k < count; k++) {
            weight[k] = 1 + (int64_t)(s % 2) * BG_ONE;
        }
        assert_split(self, weight, count);
        self->columns->fill(self->n, 0, self->a);
        assert_split(self, weight, count);
    }
}

static void a_column_is_split_as_each_amount_is(void **state)
{
    (void)state;
    in_every_set(check_splits);
}

/* Sums by hand: 100 fen in thirds, 60/30/10 of 7 and of -7 fen. */
static void check_split_by_hand(test *self)
{
    int64_t first[MOST], second[MOST], third[MOST];
    int64_t *const part[] = {first, second, third};
    self->columns->fill(self->n, 100, self->a);
    const bg_weights thirds = bg_weights_of((const int64_t[]){1, 1, 1}, 3);
    const bg_weights others = bg_weights_of((const int64_t[]){60, 30, 10}, 3);
    self->columns->split(self->n, self->a, &thirds, part);
    assert_int_equal(first[self->n - 1], 34);
    assert_int_equal(second[self->n - 1], 33);
    assert_int_equal(third[self->n - 1], 33);
    self->columns->fill(self->n, -7, self->a);
    self->columns->split(self->n, self->a, &others, part);
    assert_int_equal(first[0], -4); /* 4.2, 2.1, 0.7: the fen left goes to the last */
    assert_int_equal(second[0], -2);
    assert_int_equal(third[0], -1);
}

static void fen_left_over_go_to_the_largest_remainders(void **state)
{
    (void)state;
    in_every_set(check_split_by_hand);
}

/* ---- checks ---- */

static void check_overflow(test *self)
{
    const size_t n = self->n;
    const bg_columns *columns = self->columns;
    self->columns->fill(n, INT64_MAX - 1, self->a);
    self->columns->fill(n, 1, self->b);
    assert_true(columns->add_checked(n, self->a, self->b, self->result));
    assert_int_equal(self->result[n - 1], INT64_MAX);
    self->b[draw() % n] = 2;
    assert_false(columns->add_checked(n, self->a, self->b, self->result));
    self->columns->fill(n, INT64_MAX - 1, self->a);
    assert_true(columns->shift_checked(n, self->a, 1, self->result));
    assert_int_equal(self->result[n - 1], INT64_MAX);
    assert_false(columns->shift_checked(n, self->a, 2, self->result));
    self->columns->fill(n, INT64_MIN + 1, self->a);
    assert_false(columns->shift_checked(n, self->a, -2, self->result));
    self->columns->fill(n, 1, self->b);
    assert_true(columns->subtract_checked(n, self->a, self->b, self->result));
    assert_int_equal(self->result[0], INT64_MIN);
    self->b[draw() % n] = 2;
    assert_false(columns->subtract_checked(n, self->a, self->b, self->result));
    self->b[draw() % n] = INT64_MIN;
    self->columns->fill(n, 0, self->a);
    assert_false(columns->subtract_checked(n, self->a, self->b, self->result));
    assert_false(columns->add_checked(n, self->b, self->b, self->result) &&
                 self->b[0] == INT64_MIN);
}

static void sums_that_do_not_fit_are_noticed(void **state)
{
    (void)state;
    in_every_set(check_overflow);
}

static void check_checks(test *self)
{
    const size_t n = self->n;
    const bg_columns *columns = self->columns;
    const size_t odd = (size_t)(draw() % n);
    const int64_t highest = 1000;
    self->columns->fill(n, highest, self->a);
    self->columns->fill(n, highest, self->b);
    assert_true(columns->all_within(n, self->a, 0, highest));
    assert_true(columns->all_at_most(n, self->a, self->b));
    assert_true(columns->all_equal(n, self->a, self->b));
    assert_true(columns->all_are(n, self->a, highest));
    static const int64_t outside[] = {-1, 1001, INT64_MIN, INT64_MAX};
    const int64_t half = INT64_MAX / 2;
    assert_true(columns->all_within(n, self->a, -half, half));
    for (size_t k = 0; k < 4; k++) {
        self->a[odd] = outside[k];
        assert_false(columns->all_within(n, self->a, 0, highest));
        assert_int_equal(columns->all_within(n, self->a, -1, highest + 1), k < 2);
        assert_false(columns->all_equal(n, self->a, self->b));
        assert_false(columns->all_are(n, self->a, highest));
    }
    self->a[odd] = 1001;
    assert_false(columns->all_at_most(n, self->a, self->b));
    assert_true(columns->all_at_most(n, self->b, self->a));
}

static void one_odd_entry_is_noticed(void **state)
{
    (void)state;
    in_every_set(check_checks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_and_comparisons_are_those_of_each_entry),
        cmocka_unit_test(a_total_is_that_of_all_columns),
        cmocka_unit_test(a_result_may_be_an_operand),
        cmocka_unit_test(what_moves_leaves_one_column_for_another),
        cmocka_unit_test(a_tier_holds_from_its_bound_on),
        cmocka_unit_test(a_share_is_rounded_once_from_the_exact_product),
        cmocka_unit_test(rates_above_one_are_as_exact),
        cmocka_unit_test(bands_are_summed_part_by_part_and_rounded_once),
        cmocka_unit_test(a_share_of_the_whole_is_that_of_the_band_which_holds_it),
        cmocka_unit_test(a_mean_is_rounded_once),
        cmocka_unit_test(products_of_any_sign_are_rounded_half_away_from_zero),
        cmocka_unit_test(counts_are_rounded_halves_up),
        cmocka_unit_test(a_column_is_split_as_each_amount_is),
        cmocka_unit_test(fen_left_over_go_to_the_largest_remainders),
        cmocka_unit_test(sums_that_do_not_fit_are_noticed),
        cmocka_unit_test(one_odd_entry_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
