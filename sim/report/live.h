/* Sheets that work themselves out: rows of a calculation in whole fen, each cell with its value and, where it follows from
 * others, its formula.
 *
 * A rate is a whole numerator over a whole denominator, so that products are whole; below BG_LIVE_MOST such a product, and
 * the one rounding of its quotient, are exact in the doubles that spreadsheets calculate with: a quotient that is no half is
 * further from one than a double is from what it stands for. */
#ifndef BAOGAN_REPORT_LIVE
#define BAOGAN_REPORT_LIVE

#include "format/book.h"

#include <baogan/budget.h>

#define BG_LIVE_MOST (INT64_C(1) << 52)

typedef enum bg_live_column {
    BG_LIVE_STEP,
    BG_LIVE_WHAT,
    BG_LIVE_FROM, /* a band's limits, as numerators … */
    BG_LIVE_TO,
    BG_LIVE_OF, /* … of this denominator */
    BG_LIVE_RATE,
    BG_LIVE_RATE_OF,
    BG_LIVE_PRODUCT, /* whole, before it is divided and rounded */
    BG_LIVE_AMOUNT,
    BG_LIVE_BALANCE,
    BG_LIVE_WHY,
    BG_LIVE_COLUMNS
} bg_live_column;

typedef struct bg_live_row {
    bg_cell cell[BG_LIVE_COLUMNS];
} bg_live_row;

/* An amount that later cells use: its value, and an expression of it. */
typedef struct bg_live_amount {
    bg_fen value;
    const char *is; /* such as "I12+I13-I20" */
} bg_live_amount;

/* The amounts of a budget that its settlement begins with, where they stand; those of NULL stand nowhere. */
typedef struct bg_live_links {
    bg_live_amount total, payable, prepaid;
    bg_live_amount fund[BG_MAX_FUNDS];
} bg_live_links;

/* An empty sheet with these columns; amounts are shown in the scale as well. */
void bg_live_begin(bg_sheet *sheet, const char *language, bg_money_scale scale);
/* Returns the row. */
size_t bg_live_add(bg_sheet *sheet, const bg_live_row *row);
/* A row with nothing but a text, as a heading. */
void bg_live_heading(bg_sheet *sheet, const char *text);
/* The name of a cell, which the sheet keeps; of all rows from `first` to `last`: "I3:I7". */
const char *bg_live_place(bg_sheet *sheet, size_t row, bg_live_column column);
const char *bg_live_range(bg_sheet *sheet, size_t first, size_t last, bg_live_column column);

/* Cells. A formula that is NULL leaves the value alone. */
bg_cell bg_live_text(const char *text);
bg_cell bg_live_fen(bg_fen amount, const char *formula);
bg_cell bg_live_whole(int64_t number, const char *formula);
bg_cell bg_live_number(double number, const char *formula);

#endif
