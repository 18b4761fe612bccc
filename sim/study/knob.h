/* A key of the catalogue that a study turns along a range of numbers. */
#ifndef BAOGAN_STUDY_KNOB
#define BAOGAN_STUDY_KNOB

#include <baogan/scenario.h>

typedef struct bg_knob {
    const char *path; /* borrowed */
    const bg_parameter *row;
    double from, to; /* rates and decimals as numbers, money in yuan, from < to */
} bg_knob;

/* Reads the range "LO:HI", each as the key would be written: 2%:8%, 100万:3亿. Refused are keys that are
 * not known, are no numbers or say how to simulate, ranges that are none or reach beyond the catalogue's:
 * BG_USAGE, or BG_RANGE. */
bg_status bg_knob_read(const char *path, const char *range, bg_knob *self, bg_errors *errors);

/* "rate", "yuan" or "number". */
const char *bg_knob_unit(const bg_knob *self);
/* The value at x as it is written, rounded to what the key can hold (rates to 10^-8, money to the fen).
 * Returns `buffer`. */
#define BG_KNOB_TEXT 64
const char *bg_knob_text(const bg_knob *self, double x, char buffer[BG_KNOB_TEXT]);
/* "path=value", to be laid over a scenario, whatever its unit of money; new string, NULL when out of
 * memory. */
char *bg_knob_override(const bg_knob *self, double x);

#endif
