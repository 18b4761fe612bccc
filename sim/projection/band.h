/* Chances of sharing bands: which futures end in which band, counted as they pass. */
#ifndef BAOGAN_PROJECTION_BAND
#define BAOGAN_PROJECTION_BAND

#include "projection/frame.h"

/* Counters of a unit in a year, one a band of either side. */
#define BG_BAND_COUNTERS (2 * (size_t)BG_MAX_BANDS)

/* The counter of a band: those of a surplus from the first, those of an overspend from the last. */
static inline size_t bg_band_counter(int band)
{
    return (size_t)(band - (band > 0)) % BG_BAND_COUNTERS;
}

/* Whether the model has the band. */
bool bg_band_exists(const bg_model *model, int band);

/* Adds the n futures from entry `from` on to counts[year + 1][BG_BAND_COUNTERS]: of the scheme or, of the number after
 * the last unit, of those in which any scheme is in the band; the last year is any year. */
void bg_band_count(const bg_frame *frame, size_t unit, size_t from, size_t n, size_t *counts);
/* Sets hits[0 … n - 1] to 1 where the unit is in the band in the year. */
void bg_band_join(const bg_frame *frame, size_t unit, size_t year, int band, size_t from, size_t n,
                  uint8_t *hits);

#endif
