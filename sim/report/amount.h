/* Amounts of money in a unit that people read: yuan, 万元, 亿元, million or billion yuan. */
#ifndef BAOGAN_REPORT_AMOUNT_H
#define BAOGAN_REPORT_AMOUNT_H

#include <baogan/money.h>
#include <stdbool.h>

typedef struct bg_unit {
    const char *name; /* in the chosen language */
    double fen;       /* fen in one unit */
    int decimals;
} bg_unit;

#define BG_AMOUNT_TEXT 64

/* The unit in which amounts up to `largest` fen read well. */
bg_unit bg_unit_choose(double largest, const char *language);

/* "1,234.56" in the unit, rounded; never "-0.00". Returns `buffer`. */
char *bg_amount_text(bg_unit unit, double fen, char buffer[BG_AMOUNT_TEXT]);

/* "1,234.56 ±0.07": with a sampling error, given as its half-width; exact figures have none (0). */
char *bg_amount_with_error(bg_unit unit, double fen, double half_width,
                           char buffer[BG_AMOUNT_TEXT]);

#endif
