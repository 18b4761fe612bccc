/* Amounts of money in a unit that people read: yuan, 万元, 亿元, thousand, million or billion yuan. */
#ifndef BAOGAN_FORMAT_AMOUNT
#define BAOGAN_FORMAT_AMOUNT

#include <baogan/money.h>
#include <stdbool.h>

typedef struct bg_money_scale {
    const char *name; /* in the chosen language */
    double fen;       /* fen in one unit */
    int decimals;
} bg_money_scale;

#define BG_AMOUNT_TEXT 64
#define BG_RANGE_TEXT  128

/* The unit in which amounts up to `largest` fen read well. */
bg_money_scale bg_money_scale_choose(double largest, const char *language);
/* The unit of so many fen, as --money-unit has them, with the decimals that leave the largest amount four
 * digits. */
bg_money_scale bg_money_scale_of(bg_fen fen, double largest, const char *language);

/* What an English name of a unit means where that is not plain: " (10,000 yuan)"; else "". */
const char *bg_money_scale_meaning(bg_money_scale unit);

/* "1250.5 million yuan", "1250万元": to the fen, as short as it can be, and so that it reads back wherever an
 * amount may stand. */
char *bg_amount_exact(bg_money_scale unit, bg_fen amount, char buffer[BG_AMOUNT_TEXT]);
/* The same for sentences: "1,250.5 million yuan". */
char *bg_amount_exact_grouped(bg_money_scale unit, bg_fen amount, char buffer[BG_AMOUNT_TEXT]);
/* The same in both languages, as a phrase of a sentence (base/say.h); `shown` as bg_scenario_money_shown gives it, where
 * 0 stands for yuan, "1,250.50 yuan". */
#define BG_AMOUNT_PHRASE (2 * BG_AMOUNT_TEXT + 3)
char *bg_amount_phrase(bg_fen shown, bg_fen amount, char buffer[BG_AMOUNT_PHRASE]);
/* The same with all decimals of the unit: "1,250.500000万元". */
char *bg_amount_to_fen(bg_money_scale unit, bg_fen amount, char buffer[BG_AMOUNT_TEXT]);
/* "1,234.56 million yuan", "1,235万元": rounded as the unit is. */
char *bg_amount_named(bg_money_scale unit, double fen, char buffer[BG_AMOUNT_TEXT]);

/* "1,234.56" in the unit, rounded; never "-0.00". Returns `buffer`. */
char *bg_amount_text(bg_money_scale unit, double fen, char buffer[BG_AMOUNT_TEXT]);

/* The unit with as many decimals as leave the largest error of a table two digits, and no more than it
 * has: values and errors of a table then have the same. */
bg_money_scale bg_money_scale_for_error(bg_money_scale unit, double largest_error);

/* Whether an error of that half-width reaches the last digit that is shown. */
bool bg_error_shows(bg_money_scale unit, double half_width);

/* "1,234.56 ±0.07": with a sampling error, given as its half-width; a figure that is exact to the
 * digits shown has none. */
char *bg_amount_with_error(bg_money_scale unit, double fen, double half_width,
                           char buffer[BG_AMOUNT_TEXT]);

/* "1.1 to 1.3", in Chinese "1.1至1.3". */
char *bg_amount_range(bg_money_scale unit, double low, double high, const char *language,
                      char buffer[BG_RANGE_TEXT]);

/* "±0.07" of an error; "" where it does not show, "–" where it cannot be told. */
char *bg_amount_error(bg_money_scale unit, double half_width, char buffer[BG_AMOUNT_TEXT]);

/* "54.2% ±1.0", with half of its interval; what was never or always seen by its interval: "<0.04%",
 * ">99.96%". */
char *bg_share_with_error(double share, double low, double high, char buffer[BG_AMOUNT_TEXT]);

/* A share in per cent, rounded to one decimal; never -0. */
double bg_percent_points(double share);

#endif
