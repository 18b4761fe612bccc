#include "statistics/bins.h"

#include "statistics/bins_simd.h"
#include "statistics/moments.h"

#include <stdlib.h>

#define CELLS     1024
#define MOST_BITS 13 /* bins of a cell */
#define MOST_BINS 24576
#define FINENESS  512
/* Numbers counted each on its own: 0, where rules clip, and those that occur ATOM_AT_LEAST times among the
 * pilot; or more often, so that there are no more than ATOMS. */
#define ATOMS         17
#define ATOM_AT_LEAST 3

/* Beyond the cells: level 0 is as wide as a cell, level k >= 1 goes from 2^(k-1) to 2^k cells. */
#define LEVELS 65

typedef struct outside {
    uint64_t count[LEVELS];
    bg_wide sum[LEVELS]; /* of the distances from the edge */
} outside;

struct bg_bins {
    bg_grid grid;
    uint32_t cell[CELLS];
    size_t cells, bins, atoms;
    int64_t atom[ATOMS];
    uint32_t *count; /* [bins + atoms + 1]: the last is of the numbers beyond the cells */
    outside below, above;
};

/* ---- shape ---- */

/* 0, if it is in the range, and numbers that occur `least` times or more; how many there are, of which
 * ATOMS are written, rising. */
static size_t find_atoms(const int64_t *sorted, size_t n, size_t least, int64_t *atom)
{
    size_t found = 0;
    bool zero = sorted[0] > 0;
    for (size_t i = 0, next; i < n; i = next) {
        next = i + 1;
        while (next < n && sorted[next] == sorted[i]) {
            next++;
        }
        if (!zero && sorted[i] >= 0) {
            zero = true;
            if (sorted[i] > 0 && found++ < ATOMS) {
                atom[found - 1] = 0;
            }
        }
        if ((next - i >= least || sorted[i] == 0) && found++ < ATOMS) {
            atom[found - 1] = sorted[i];
        }
    }
    return found;
}

static void choose_atoms(bg_bins *self, const int64_t *sorted, size_t n)
{
    size_t least = ATOM_AT_LEAST;
    while ((self->atoms = find_atoms(sorted, n, least, self->atom)) > ATOMS) {
        least *= 2;
    }
}

static bool is_atom(const bg_bins *self, int64_t value)
{
    for (size_t i = 0; i < self->atoms; i++) {
        if (self->atom[i] == value) {
            return true;
        }
    }
    return false;
}

/* Whole numbers in their order from 0 to 2^64 - 1. */
static uint64_t place_of(int64_t number)
{
    return (uint64_t)number ^ (UINT64_C(1) << 63);
}

/* Cells from a sixteenth of the range below the first number to as much above the last. They begin at
 * multiples of their width, so that 0 is an edge. */
static void lay_cells(bg_bins *self, int64_t first, int64_t last)
{
    const uint64_t low = place_of(first);
    const uint64_t high = place_of(last);
    const uint64_t margin = (high - low) / 16 + 1;
    const uint64_t from = low > margin ? low - margin : 0;
    const uint64_t to = UINT64_MAX - high > margin ? high + margin : UINT64_MAX;
    unsigned shift = 0;
    while ((to >> shift) - (from >> shift) >= CELLS) {
        shift++;
    }
    self->cells = (size_t)((to >> shift) - (from >> shift)) + 1;
    const uint64_t span = (uint64_t)self->cells << shift;
    self->grid = (bg_grid){
        .origin = place_of((int64_t)(from >> shift << shift)),
        .span = span ? span : UINT64_MAX, /* 0 is 2^64: the cells hold all but the largest number */
        .shift = shift,
        .cell = self->cell,
    };
}

/* How the first numbers fall into the cells: `all` of them, and `loose`, without the atoms. */
static void count_cells(const bg_bins *self, const int64_t *sorted, size_t n, uint32_t *all,
                        uint32_t *loose)
{
    for (size_t i = 0; i < n; i++) {
        const size_t cell = (size_t)(((uint64_t)sorted[i] - self->grid.origin) >> self->grid.shift);
        all[cell]++;
        loose[cell] += !is_atom(self, sorted[i]);
    }
}

/* The share that a cell is expected to hold: what it held or what the cells around it did, whichever is
 * the more, as few numbers say little of one cell. */
static double share_of(const uint32_t *loose, size_t cells, size_t cell, size_t n)
{
    enum { REACH = 4 };
    const size_t from = cell > REACH ? cell - REACH : 0;
    const size_t to = cell + REACH < cells ? cell + REACH : cells - 1;
    double around = 0;
    for (size_t i = from; i <= to; i++) {
        around += loose[i];
    }
    around /= (double)(to - from + 1);
    return (around > loose[cell] ? around : loose[cell]) / (double)n;
}

/* p (1 - p), with p no nearer to 0 or 1 than the outermost quantile that is asked for, 1 %. */
static double spread_at(double p)
{
    return p < 0.01 || p > 0.99 ? 0.01 * 0.99 : p * (1 - p);
}

/* Bits that number the bins of a cell which is expected to hold this share: `before` of the first n
 * numbers lie below it, `within` in it. */
static unsigned bits_for(double share, size_t before, size_t within, size_t n, double fineness)
{
    const double low = spread_at((double)before / (double)n);
    const double high = spread_at((double)(before + within) / (double)n);
    const double wanted = share * fineness / (low < high ? low : high);
    unsigned bits = 1;
    while (bits < MOST_BITS && (double)(1U << bits) < wanted) {
        bits++;
    }
    return bits;
}

static size_t cut_cells(bg_bins *self, const uint32_t *all, const uint32_t *loose, size_t n,
                        double fineness)
{
    size_t bins = 0;
    size_t before = 0;
    for (size_t cell = 0; cell < self->cells; cell++) {
        const double share = share_of(loose, self->cells, cell, n);
        const unsigned wanted = bits_for(share, before, all[cell], n, fineness);
        const unsigned bits = wanted < self->grid.shift ? wanted : self->grid.shift;
        self->cell[cell] = (uint32_t)bins << 6 | (self->grid.shift - bits);
        bins += (size_t)1 << bits;
        before += all[cell];
    }
    return bins;
}

bg_bins *bg_bins_new(const int64_t *sorted, size_t n)
{
    bg_bins *self = calloc(1, sizeof *self);
    if (!self) {
        return NULL;
    }
    choose_atoms(self, sorted, n);
    lay_cells(self, sorted[0], sorted[n - 1]);
    uint32_t all[CELLS] = {0};
    uint32_t loose[CELLS] = {0};
    count_cells(self, sorted, n, all, loose);
    double fineness = FINENESS;
    while ((self->bins = cut_cells(self, all, loose, n, fineness)) > MOST_BINS) {
        fineness *= 0.8;
    }
    self->grid.outside = (uint32_t)(self->bins + self->atoms);
    self->count = calloc(self->bins + self->atoms + 1, sizeof *self->count);
    if (!self->count) {
        bg_bins_free(self);
        return NULL;
    }
    return self;
}

void bg_bins_free(bg_bins *self)
{
    if (self) {
        free(self->count);
        free(self);
    }
}

/* ---- counting ---- */

static void add_outside(const bg_grid *grid, outside *to, uint64_t distance)
{
    const uint64_t cells = distance >> grid->shift;
    const unsigned level = cells ? 64 - (unsigned)__builtin_clzll(cells) : 0;
    to->count[level]++;
    to->sum[level] += distance;
}

/* Atoms lie within the cells, so that what is beyond is none. */
static void add_beyond(bg_bins *self, const int64_t *values, const uint32_t *bin, size_t n)
{
    const bg_grid *grid = &self->grid;
    const int64_t first = (int64_t)grid->origin;
    for (size_t i = 0; i < n; i++) {
        if (bin[i] != grid->outside) {
            continue;
        }
        if (values[i] < first) {
            add_outside(grid, &self->below, bg_distance(values[i], first) - 1);
        } else {
            add_outside(grid, &self->above, bg_distance(values[i], first) - grid->span);
        }
    }
}

void bg_bins_add(bg_bins *self, const int64_t *values, size_t n)
{
    enum { SOME = 512 };
    uint32_t bin[SOME];
    const bg_bins_kernels *kernels = BG_ISA_TABLE(bg_bins_kernels);
    uint32_t *count = self->count;
    for (size_t done = 0; done < n; done += SOME) {
        const int64_t *some = values + done;
        const size_t length = n - done < SOME ? n - done : SOME;
        kernels->find(&self->grid, some, length, bin);
        for (size_t i = 0; i < self->atoms; i++) {
            kernels->mark(some, length, self->atom[i], (uint32_t)(self->bins + i), bin);
        }
        const uint32_t beyond = count[self->grid.outside];
        for (size_t i = 0; i < length; i++) {
            count[bin[i]]++;
        }
        if (count[self->grid.outside] != beyond) {
            add_beyond(self, some, bin, length);
        }
    }
}

/* ---- reading ---- */

/* Where reading stands: atoms up to `atom` have been given out. */
typedef struct reader {
    const bg_bins *bins;
    int64_t minimum, maximum;
    size_t atom;
    bg_segments *segments;
} reader;

static void give_atom(reader *self)
{
    const int64_t atom = self->bins->atom[self->atom];
    bg_segments_add(self->segments, atom, atom, self->bins->count[self->bins->bins + self->atom],
                    (double)atom);
    self->atom++;
}

static void give_even(reader *self, int64_t low, int64_t high, uint64_t count)
{
    bg_segments_add(self->segments, low, high, count, 0.5 * ((double)low + (double)high));
}

/* The number at an offset from the first cell, or the extreme that comes before it. */
static int64_t at(const reader *self, bg_wide offset)
{
    const bg_wide number = (int64_t)self->bins->grid.origin + offset;
    return number < self->minimum   ? self->minimum
           : number > self->maximum ? self->maximum
                                    : (int64_t)number;
}

/* A bin from low to high, cut at its atoms. */
static void give_bin(reader *self, int64_t low, int64_t high, uint64_t count)
{
    const bg_bins *bins = self->bins;
    while (self->atom < bins->atoms && bins->atom[self->atom] <= high) {
        const int64_t atom = bins->atom[self->atom];
        if (atom > low) {
            const double share = (double)bg_distance(atom, low) / (double)bg_distance(high, low);
            const uint64_t left = (uint64_t)(share * (double)count + 0.5);
            give_even(self, low, atom - 1, left);
            count -= left;
        }
        give_atom(self);
        if (atom == high) {
            return;
        }
        low = atom >= low ? atom + 1 : low;
    }
    give_even(self, low, high, count);
}

static void give_cells(reader *self)
{
    const bg_bins *bins = self->bins;
    const bg_grid *grid = &bins->grid;
    for (size_t cell = 0; cell < bins->cells; cell++) {
        const unsigned shift = bins->cell[cell] & 63;
        const uint32_t first = bins->cell[cell] >> 6;
        const uint64_t start = (uint64_t)cell << grid->shift;
        for (uint32_t i = 0; i < 1U << (grid->shift - shift); i++) {
            const uint64_t offset = start + ((uint64_t)i << shift);
            const bg_wide end = (bg_wide)offset + ((UINT64_C(1) << shift) - 1);
            if (bins->count[first + i] > 0) {
                give_bin(self, at(self, offset), at(self, end), bins->count[first + i]);
            }
        }
    }
    while (self->atom < bins->atoms) {
        give_atom(self);
    }
}

/* A level of the numbers beyond; what they are on average is known. */
static void give_level(reader *self, const outside *from, unsigned level, bool above)
{
    const bg_grid *grid = &self->bins->grid;
    if (from->count[level] == 0) {
        return;
    }
    const bg_wide one = 1;
    const bg_wide near = level ? one << (level - 1 + grid->shift) : 0;
    const bg_wide far = (one << (level + grid->shift)) - 1;
    const double distance = (double)from->sum[level] / (double)from->count[level];
    const double first = (double)(int64_t)grid->origin;
    if (above) {
        const bg_wide edge = grid->span;
        bg_segments_add(self->segments, at(self, edge + near), at(self, edge + far),
                        from->count[level], first + (double)grid->span + distance);
    } else {
        bg_segments_add(self->segments, at(self, -1 - far), at(self, -1 - near), from->count[level],
                        first - 1 - distance);
    }
}

bg_status bg_bins_segments(const bg_bins *self, int64_t minimum, int64_t maximum,
                           bg_segments *segments)
{
    const size_t most = self->bins + 3 * self->atoms + (size_t)2 * LEVELS;
    if (bg_segments_init(segments, most) != BG_OK) {
        return BG_MEMORY;
    }
    reader read = {.bins = self, .minimum = minimum, .maximum = maximum, .segments = segments};
    for (unsigned level = LEVELS; level-- > 0;) {
        give_level(&read, &self->below, level, false);
    }
    give_cells(&read);
    for (unsigned level = 0; level < LEVELS; level++) {
        give_level(&read, &self->above, level, true);
    }
    return BG_OK;
}
