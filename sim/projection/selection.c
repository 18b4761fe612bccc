#include "projection/selection.h"

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
