/* Texts as people write them: full-width characters, signs of money, blanks, and numbers that could mean two things.
 *
 * Chinese input methods write digits, letters and punctuation also in full width (U+FF01 to U+FF5E), which stand
 * for those of ASCII; spreadsheets bring no-break blanks and the signs ¥ and ￥ along. */
#ifndef BAOGAN_BASE_WRITTEN
#define BAOGAN_BASE_WRITTEN

#include <stdbool.h>
#include <stddef.h>

/* Room for a text that may be a number; a longer one is none. */
#define BG_WRITTEN 128

/* Brings full-width characters to ASCII, every blank to a space, the minus of mathematics to a hyphen, and drops
 * the blanks around the text and those without width. False where `size` bytes do not hold it. */
bool bg_written_narrow(const char *text, char *buffer, size_t size);
/* The same without a sign of money in front, "¥49,400.00" or "-¥5": what number readers read. */
bool bg_written_number(const char *text, char buffer[BG_WRITTEN]);

/* Without blanks and in small letters besides: headings and names are the same where this is. A text that does not
 * fit is cut. Returns `buffer`. */
const char *bg_written_fold(const char *text, char buffer[BG_WRITTEN]);
bool bg_written_same(const char *a, const char *b);

/* Whether a number has one mark, a comma or a point, with three digits behind it: thousands where that is the mark
 * of groups, decimals where it is that of the fraction. Gives both readings. */
bool bg_written_twice(const char *text, char thousands[BG_WRITTEN], char decimals[BG_WRITTEN]);

/* One in the last place of a number as written: "0.01万" of "¥1,234.50万". False where there is no digit. */
bool bg_written_step(const char *text, char step[BG_WRITTEN]);

/* Rounds a number that a spreadsheet holds, such as "34200.100000000002" or "3.42E+8", to 15 significant digits, as
 * many as it shows, and writes it without an exponent. False where the text is no such number, or one that 15
 * digits and BG_WRITTEN hold as it is. */
bool bg_written_round(const char *text, char buffer[BG_WRITTEN]);

#endif
