#include "projection/band.h"

bool bg_band_exists(const bg_model *model, int band)
{
    const size_t number = (size_t)(band < 0 ? -band : band);
    return number > 0 && number <= bg_model_band_count(model, band < 0);
}

/* The schemes that a unit stands for. */
static size_t first_scheme(const bg_frame *frame, size_t unit)
{
    return unit == frame->layout->units ? 0 : unit;
}

static size_t end_scheme(const bg_frame *frame, size_t unit)
{
    return unit == frame->layout->units ? frame->layout->schemes : unit + 1;
}

/* Bit i is counter i. */
static void count_bits(uint64_t bits, size_t *counts)
{
    for (; bits; bits &= bits - 1) {
        counts[__builtin_ctzll(bits)]++;
    }
}

_Static_assert(BG_BAND_COUNTERS <= 64, "the bands of a future are bits of a word");

enum { STRIP = 256 };

/* Adds the bands that a scheme's futures are in to their bits. */
static void add_bits(const int8_t *band, size_t n, uint64_t bits[STRIP])
{
    for (size_t i = 0; i < n; i++) {
        bits[i] |= (uint64_t)(band[i] != 0) << bg_band_counter(band[i]);
    }
}

static void count_strip(const bg_frame *frame, size_t unit, size_t from, size_t n, size_t *counts)
{
    const size_t first = first_scheme(frame, unit), end = end_scheme(frame, unit);
    const size_t years = frame->layout->years;
    uint64_t ever[STRIP] = {0};
    for (size_t year = 0; year < years; year++) {
        uint64_t bits[STRIP] = {0};
        for (size_t scheme = first; scheme < end; scheme++) {
            add_bits(bg_frame_band(frame, scheme, year) + from, n, bits);
        }
        for (size_t i = 0; i < n; i++) {
            count_bits(bits[i], counts + year * BG_BAND_COUNTERS);
            ever[i] |= bits[i];
        }
    }
    for (size_t i = 0; i < n; i++) {
        count_bits(ever[i], counts + years * BG_BAND_COUNTERS);
    }
}

void bg_band_count(const bg_frame *frame, size_t unit, size_t from, size_t n, size_t *counts)
{
    for (size_t done = 0; done < n; done += STRIP) {
        const size_t left = n - done;
        count_strip(frame, unit, from + done, left < STRIP ? left : STRIP, counts);
    }
}

void bg_band_join(const bg_frame *frame, size_t unit, size_t year, int band, size_t from, size_t n,
                  uint8_t *hits)
{
    const size_t end = end_scheme(frame, unit);
    for (size_t scheme = first_scheme(frame, unit); scheme < end; scheme++) {
        const int8_t *of = bg_frame_band(frame, scheme, year) + from;
        for (size_t i = 0; i < n; i++) {
            hits[i] = hits[i] | (of[i] == band);
        }
    }
}
