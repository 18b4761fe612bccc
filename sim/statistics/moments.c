#include "statistics/moments.h"

#include "statistics/moments_simd.h"
#include "statistics/uncertainty.h"

#include <math.h>

void bg_squares_add(bg_squares *self, uint64_t distance)
{
    const bg_unsigned_wide square = (bg_unsigned_wide)distance * distance;
    self->low += (uint64_t)square;
    self->high += square >> 64;
}

/* One sum has many forms; this one, with less than 2^64 in `low`, is its own. */
static bg_squares carried(bg_squares self)
{
    return (bg_squares){(uint64_t)self.low, self.high + (self.low >> 64)};
}

double bg_squares_value(const bg_squares *self)
{
    const bg_squares sum = carried(*self);
    return ldexp((double)sum.high, 64) + (double)sum.low;
}

uint64_t bg_distance(int64_t a, int64_t b)
{
    return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
}

/* ---- adding ---- */

/* Distances that the kernels can sum. */
#define NEAR (UINT64_C(1) << (2 * BG_LIMB))

/* Adds `limbs` 2^shift, shift < 64. */
static void add_shifted(bg_squares *self, uint64_t limbs, unsigned shift)
{
    const bg_unsigned_wide amount = (bg_unsigned_wide)limbs << shift;
    self->low += (uint64_t)amount;
    self->high += amount >> 64;
}

static void add_sums(const bg_sums *sums, bg_wide *sum, bg_squares *squares)
{
    *sum += sums->sum;
    add_shifted(squares, sums->low_low, 0);
    add_shifted(squares, sums->low_high, BG_LIMB + 1);
    add_shifted(squares, sums->high_high, 2 * BG_LIMB);
}

static void add_near(bg_moments *self, const bg_moments_kernels *kernels, const int64_t *values,
                     size_t n)
{
    bg_sums sums = {0};
    kernels->sums(values, n, self->reference, &sums);
    add_sums(&sums, &self->sum, &self->squares);
}

static void add_far(bg_moments *self, const int64_t *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        self->sum += (bg_wide)values[i] - self->reference;
        bg_squares_add(&self->squares, bg_distance(values[i], self->reference));
    }
}

static void add_some(bg_moments *self, const bg_moments_kernels *kernels, const int64_t *values,
                     size_t n)
{
    int64_t minimum, maximum;
    kernels->extremes(values, n, &minimum, &maximum);
    self->minimum = minimum < self->minimum ? minimum : self->minimum;
    self->maximum = maximum > self->maximum ? maximum : self->maximum;
    if (bg_distance(minimum, self->reference) < NEAR &&
        bg_distance(maximum, self->reference) < NEAR) {
        add_near(self, kernels, values, n);
    } else {
        add_far(self, values, n);
    }
    self->n += n;
}

void bg_moments_add(bg_moments *self, const int64_t *values, size_t n)
{
    if (self->n == 0 && n > 0) {
        self->reference = self->minimum = self->maximum = values[0];
    }
    const bg_moments_kernels *kernels = BG_ISA_TABLE(bg_moments_kernels);
    for (size_t done = 0; done < n; done += BG_SUMS_LENGTH) {
        const size_t left = n - done;
        add_some(self, kernels, values + done, left < BG_SUMS_LENGTH ? left : BG_SUMS_LENGTH);
    }
}

static void add_beyond(const int64_t *values, size_t n, int64_t reference, bool upper, bg_wide *sum,
                       bg_squares *squares)
{
    for (size_t i = 0; i < n; i++) {
        if (upper ? values[i] > reference : values[i] < reference) {
            const uint64_t beyond = bg_distance(values[i], reference);
            *sum += beyond;
            bg_squares_add(squares, beyond);
        }
    }
}

void bg_moments_beyond(const int64_t *values, size_t n, int64_t reference, bool upper,
                       uint64_t farthest, bg_wide *sum, bg_squares *squares)
{
    if (farthest == 0) {
        return;
    }
    if (farthest >= NEAR) {
        add_beyond(values, n, reference, upper, sum, squares);
        return;
    }
    const bg_moments_kernels *kernels = BG_ISA_TABLE(bg_moments_kernels);
    for (size_t done = 0; done < n; done += BG_SUMS_LENGTH) {
        const size_t left = n - done;
        const size_t length = left < BG_SUMS_LENGTH ? left : BG_SUMS_LENGTH;
        bg_sums sums = {0};
        (upper ? kernels->sums_above : kernels->sums_below)(values + done, length, reference,
                                                            &sums);
        add_sums(&sums, sum, squares);
    }
}

/* ---- what the sums say ---- */

/* The mean is centre + rest, centre whole and |rest| < 1. */
static void split_mean(const bg_moments *self, int64_t *centre, bg_wide *left)
{
    const bg_wide n = self->n;
    const bg_wide total = self->sum + n * self->reference;
    /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero): n >= 1 is the caller's promise */
    *centre = (int64_t)(total / n);
    *left = total - *centre * n;
}

double bg_moments_mean(const bg_moments *self)
{
    int64_t centre;
    bg_wide left;
    split_mean(self, &centre, &left);
    return (double)centre + (double)(int64_t)left / (double)self->n;
}

/* b c, of a distance b below 2^64 and c below 2^127. */
static bg_squares product(uint64_t b, bg_unsigned_wide c)
{
    const bg_unsigned_wide low = (bg_unsigned_wide)b * (uint64_t)c;
    return carried((bg_squares){low, (bg_unsigned_wide)b * (uint64_t)(c >> 64)});
}

/* a >= b. */
static bg_squares difference(bg_squares a, bg_squares b)
{
    const bg_squares from = carried(a);
    const bool borrow = from.low < b.low;
    return (bg_squares){from.low + ((bg_unsigned_wide)borrow << 64) - b.low,
                        from.high - b.high - borrow};
}

void bg_moments_remove(bg_moments *self, int64_t value, uint64_t count)
{
    const uint64_t distance = bg_distance(value, self->reference);
    self->n -= count;
    self->sum -= (bg_wide)count * ((bg_wide)value - self->reference);
    self->squares =
        difference(self->squares, product(distance, (bg_unsigned_wide)distance * count));
}

/* Sum of squared distances from `centre`, exactly: with d the distances from the reference and e that
 * of the centre, sum (d - e)^2 = sum d^2 - e (2 sum d - n e). */
static bg_squares about(const bg_moments *self, int64_t centre)
{
    const bg_wide shift = (bg_wide)centre - self->reference;
    const bg_wide factor = 2 * self->sum - (bg_wide)self->n * shift;
    const bg_squares moved = product(bg_distance(centre, self->reference),
                                     (bg_unsigned_wide)(factor < 0 ? -factor : factor));
    return (shift < 0) == (factor < 0)
               ? difference(self->squares, moved)
               : (bg_squares){self->squares.low + moved.low, self->squares.high + moved.high};
}

/* Deviations are taken from the whole part c of the mean: sum (x - m)^2 = sum (x - c)^2 - n (m - c)^2
 * then loses nothing, |m - c| being below 1. */
double bg_moments_sd(const bg_moments *self)
{
    if (self->n < 2) {
        return NAN;
    }
    int64_t centre;
    bg_wide left;
    split_mean(self, &centre, &left);
    const bg_squares squares = about(self, centre);
    const double rest = (double)(int64_t)left / (double)self->n;
    const double deviations = bg_squares_value(&squares) - (double)self->n * rest * rest;
    return sqrt(fmax(deviations, 0) / (double)(self->n - 1));
}

int64_t bg_moments_whole_mean(const bg_moments *self)
{
    const bg_wide n = (bg_wide)self->n, sum = self->sum + n * self->reference;
    return (int64_t)(sum < 0 ? -((-2 * sum + n) / (2 * n)) : (2 * sum + n) / (2 * n));
}

double bg_moments_se(const bg_moments *self)
{
    return bg_se_of_mean(bg_moments_sd(self), self->n);
}
