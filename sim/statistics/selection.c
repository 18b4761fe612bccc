#include "statistics/selection.h"

#include "statistics/selection_simd.h"

#include <stdbool.h>
#include <string.h>

/* Ranges this short are sorted outright. */
#define SMALL 24

static void swap(int64_t *a, int64_t *b)
{
    int64_t held = *a;
    *a = *b;
    *b = held;
}

static void insertion_sort(int64_t *values, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        int64_t value = values[i];
        size_t place = i;
        for (; place > 0 && values[place - 1] > value; place--) {
            values[place] = values[place - 1];
        }
        values[place] = value;
    }
}

static int64_t median(int64_t a, int64_t b, int64_t c)
{
    if (a > b) {
        swap(&a, &b);
    }
    return c <= a ? a : c >= b ? b : c;
}

/* Median of three scattered places: an ordered, reversed or periodic input is no worse than any
 * other. Which places they are affects the time only. */
static int64_t pivot_of(const int64_t *values, size_t n)
{
    const uint64_t scatter = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t first = n * scatter;
    uint64_t second = first * scatter;
    uint64_t third = second * scatter;
    return median(values[(first >> 32) % n], values[(second >> 32) % n], values[(third >> 32) % n]);
}

/* Three-way partition (Dijkstra): smaller, equal from *low to *high - 1, larger. */
static void partition(int64_t *values, size_t n, size_t *low, size_t *high)
{
    int64_t pivot = pivot_of(values, n);
    size_t smaller = 0;
    size_t larger = n;
    for (size_t i = 0; i < larger;) {
        if (values[i] < pivot) {
            swap(&values[i++], &values[smaller++]);
        } else if (values[i] > pivot) {
            swap(&values[i], &values[--larger]);
        } else {
            i++;
        }
    }
    *low = smaller;
    *high = larger;
}

/* `offset` is the place of values[0] in the whole, by which the ranks count. */
static void select_within(int64_t *values, size_t n, size_t offset, const size_t *ranks,
                          size_t count)
{
    while (count > 0) {
        if (n <= SMALL) {
            insertion_sort(values, n);
            return;
        }
        size_t low, high;
        partition(values, n, &low, &high);
        size_t before = 0;
        while (before < count && ranks[before] < offset + low) {
            before++;
        }
        select_within(values, low, offset, ranks, before);
        size_t done = before;
        while (done < count && ranks[done] < offset + high) {
            done++;
        }
        values += high;
        n -= high;
        offset += high;
        ranks += done;
        count -= done;
    }
}

void bg_select(int64_t *values, size_t n, const size_t *ranks, size_t count)
{
    select_within(values, n, 0, ranks, count);
}

void bg_sort(int64_t *values, size_t n)
{
    while (n > SMALL) {
        size_t low, high;
        partition(values, n, &low, &high);
        bg_sort(values, low);
        values += high;
        n -= high;
    }
    insertion_sort(values, n);
}

/* ---- from a column ---- */

/* At most so many bins of equal width between the extremes, and about one for four values. */
#define BINS 4096
#define SOME 512
/* Fewer values are selected from outright. */
#define FEW 500

typedef struct sieve {
    const int64_t *values;
    size_t n;
    int64_t minimum;
    unsigned shift;
    size_t bins;
    uint32_t count[BINS][2]; /* two by turns: equal values need not wait for each other */
    uint8_t taken[BINS];     /* 1 where a wanted place falls into the bin */
} sieve;

static void count_bins(sieve *self, const bg_selection_kernels *kernels)
{
    uint32_t bin[SOME];
    for (size_t done = 0; done < self->n; done += SOME) {
        const size_t n = self->n - done < SOME ? self->n - done : SOME;
        kernels->find(self->values + done, n, self->minimum, self->shift, bin);
        for (size_t i = 0; i < n; i++) {
            self->count[bin[i]][i % 2]++;
        }
    }
}

/* Takes the bins that hold wanted places; a place then counts from the first of what is taken. */
static void take_bins(sieve *self, const size_t *wanted, size_t count, size_t *place)
{
    size_t before = 0;
    size_t left_out = 0;
    size_t next = 0;
    for (size_t bin = 0; bin < self->bins && next < count; bin++) {
        const size_t within = (size_t)self->count[bin][0] + self->count[bin][1];
        self->taken[bin] = wanted[next] < before + within;
        while (next < count && wanted[next] < before + within) {
            place[next] = wanted[next] - left_out;
            next++;
        }
        left_out += self->taken[bin] ? 0 : within;
        before += within;
    }
}

/* Copies what is in the bins taken; how many that are. */
static size_t copy_taken(const sieve *self, const bg_selection_kernels *kernels, int64_t *to)
{
    uint32_t bin[SOME];
    size_t copied = 0;
    for (size_t done = 0; done < self->n; done += SOME) {
        const int64_t *values = self->values + done;
        const size_t n = self->n - done < SOME ? self->n - done : SOME;
        kernels->find(values, n, self->minimum, self->shift, bin);
        for (size_t i = 0; i < n; i++) {
            to[copied] = values[i];
            copied += self->taken[bin[i]];
        }
    }
    return copied;
}

/* Only the values in the bins of wanted places are selected from. */
static size_t sift(const int64_t *values, size_t n, int64_t minimum, int64_t maximum,
                   const size_t *wanted, size_t count, int64_t *to, size_t *place)
{
    sieve self; /* cleared as far as it is used */
    self.values = values;
    self.n = n;
    self.minimum = minimum;
    self.shift = 0;
    self.bins = n / 4 < BINS ? n / 4 : BINS;
    while (((uint64_t)maximum - (uint64_t)minimum) >> self.shift >= self.bins) {
        self.shift++;
    }
    memset(self.count, 0, self.bins * sizeof self.count[0]);
    memset(self.taken, 0, self.bins);
    const bg_selection_kernels *kernels = BG_ISA_TABLE(bg_selection_kernels);
    count_bins(&self, kernels);
    take_bins(&self, wanted, count, place);
    return copy_taken(&self, kernels, to);
}

void bg_select_from(const int64_t *values, size_t n, int64_t minimum, int64_t maximum,
                    const size_t *wanted, size_t count, int64_t *scratch, int64_t *found)
{
    size_t place[BG_SELECT_MOST] = {0};
    if (minimum == maximum) {
        scratch[0] = minimum;
    } else if (n < FEW) {
        memcpy(scratch, values, n * sizeof values[0]);
        memcpy(place, wanted, count * sizeof wanted[0]);
        bg_select(scratch, n, place, count);
    } else {
        const size_t m = sift(values, n, minimum, maximum, wanted, count, scratch, place);
        bg_select(scratch, m, place, count);
    }
    for (size_t i = 0; i < count; i++) {
        found[i] = scratch[place[i]];
    }
}
