/* Single values: text to number as a row of the catalogue asks, and what to say when it is wrong.
 */
#ifndef BAOGAN_SCENARIO_VALUE
#define BAOGAN_SCENARIO_VALUE

#include "base/written.h"
#include "scenario/year.h"

#include <baogan/catalogue.h>
#include <baogan/error.h>
#include <baogan/money.h>

/* Fen in one unit of money: bg_money_unit("wan") is 1,000,000; 0 for another word. */
bg_fen bg_money_unit(const char *word);
/* The English word of such a unit. */
const char *bg_money_word(bg_fen unit);

/* Reads `text` as the row's type: money in `unit` unless it has a suffix, choices as their index,
 * booleans as 0 or 1, text and names as 0. BG_TYPE or BG_OVERFLOW where it cannot be. */
bg_status bg_value_parse(const bg_parameter *row, const char *text, bg_fen unit, int64_t *value);

/* Reads `text` and checks the row's ranges. What is wrong goes into `errors` with mark and path:
 * out of the hard range an error, out of the advisable range a warning. */
bg_status bg_value_read(const bg_parameter *row, const char *text, bg_fen unit, bg_mark mark,
                        const char *path, int64_t *value, bg_errors *errors);
/* The same checks of a value that is none of a text; `text` is what messages call it. */
bg_status bg_value_check(const bg_parameter *row, int64_t value, const char *text, bg_mark mark,
                         const char *path, bg_errors *errors);

/* The number of "90分", "90分及以上", "90 points": of a score, or of the score from which a tier is reached; else `text`. */
const char *bg_points_plain(const char *text, char number[BG_WRITTEN]);

/* Whether a share of 1 or more was written without %, so that 5 may be meant as 5%. */
bool bg_lacks_percent(const char *text, bg_decimal share);
/* Says how such a share is read, what may be meant, and what is allowed; returns BG_RANGE. */
bg_status bg_refuse_share(const char *text, bg_decimal share, const char *allowed, bg_mark mark,
                          const char *path, bg_errors *errors);

/* Room for the text of a number, a choice, or true or false. */
#define BG_VALUE_TEXT 80
/* The value as it is written: rates in per cent, money in yuan without a unit; "" of texts and names, a
 * bare number where it is none of the choices. Returns `buffer`. */
const char *bg_value_text(const bg_parameter *row, int64_t value, char buffer[BG_VALUE_TEXT]);
/* The same with the unit of money, so that it reads back whatever the file's unit. */
const char *bg_value_override(const bg_parameter *row, int64_t value, char buffer[BG_VALUE_TEXT]);

/* "a rate such as 3% or 0.03, from 0 to 50%". Returns `buffer`. */
/* What a name may be, in words. */
#define BG_NAME_ALLOWED                                                                            \
    BG_BOTH("a name of at most 64 bytes without any of []{}=,:;/\\\"'#% in it",                    \
            "不超过64字节的名称，不含 []{}=,:;/\\\"'#%")

#define BG_ALLOWED_TEXT 512
const char *bg_value_allowed(const bg_parameter *row, char buffer[BG_ALLOWED_TEXT]);

/* A name: 1 to 64 bytes, no control characters, none of []{}=,:;/\"'#% and no space at an end. */
bool bg_name_valid(const char *text);

#endif
