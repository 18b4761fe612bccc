/* Headings of tables, and the words that stand in their cells: which of those known is meant.
 *
 * They are compared without regard to case, blanks and full width, and without a unit in brackets at the end,
 * "基金支付（万元）". headings.def has those in both languages that are known. */
#ifndef BAOGAN_SCENARIO_HEADING
#define BAOGAN_SCENARIO_HEADING

#include "base/csv.h"
#include "base/written.h"

#include <baogan/money.h>

typedef enum bg_headings {
    BG_HEADINGS_HISTORY,
    BG_HEADINGS_TABLE,
    BG_HEADINGS_OBSERVED
} bg_headings;
typedef enum bg_word_kind {
    BG_WORD_SCHEME,
    BG_WORD_SERVICE,
    BG_WORD_PLACE,
    BG_WORD_TOTAL
} bg_word_kind;

/* The known heading that is meant, as headings.def names it; NULL if none is. */
const char *bg_heading_key(bg_headings table, const char *heading);
/* Whether the heading is `name`, or one of the words for the key `name`. */
bool bg_heading_is(bg_headings table, const char *heading, const char *name);
/* The word for the key `name` (itself, or one of headings.def) that the heading is not but may be a slip of; NULL.
 * Two letters changed places, or one in four is another, lacks or is too many, at most two; one in five where
 * characters are Chinese. The word is cut out into `buffer`. */
const char *bg_heading_slip(bg_headings table, const char *heading, const char *name,
                            char buffer[BG_WRITTEN]);
/* Fen in one of the unit in brackets behind a heading, "（万元）"; 0 if there is none. */
bg_fen bg_heading_unit(const char *heading);

/* Number `index` of the headings that a table knows, and its words, parted by bars; NULL behind the last. */
const char *bg_heading_row(bg_headings table, size_t index, const char **words);

/* The word of that kind that a text means, "residents" of "城乡居民"; NULL if it means none. */
const char *bg_heading_word(bg_word_kind kind, const char *text);
/* The words for that key of the kind, parted by bars; NULL if there is no such key. */
const char *bg_heading_words_of(bg_word_kind kind, const char *key);
/* Whether the text names a part of what another row holds: 其中：慢特病, "of which outside". */
bool bg_heading_is_of_which(const char *text);
/* Whether the text heads a row of totals: 合计, "Total:", 全县合计. */
bool bg_heading_is_total(const char *text);

/* ---- what stands before the headings and behind the last row ---- */

/* Whether a row is that of the headings: two or more of those known or near to one, or one of at most two. */
bool bg_heading_is_row(bg_headings table, const bg_csv *row);
/* Where a row is one cell in which another sign than those of CSV parts two or more known headings: refuses it by that
 * sign, at `path`. */
bg_status bg_heading_check_separator(bg_headings table, const bg_csv *row, const char *path,
                                     bg_errors *errors);
/* Fen in one of the unit of money that a row before the headings names, "单位：万元"; 0 if it names none. */
bg_fen bg_heading_unit_before(const bg_csv *row);
/* Whether a row is a note: one cell of text, or cells that all have a colon in them, "制表人：". */
bool bg_heading_is_note(const bg_csv *row);
/* Whether it is a note by its words: one cell that begins with 注, 备注, 说明 or "note", or cells with colons. */
bool bg_heading_is_remark(const bg_csv *row);
/* "万元": the unit of so many fen, as numbers take it; NULL where there is no word for it. */
const char *bg_heading_unit_word(bg_fen unit);

#endif
