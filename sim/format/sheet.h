/* A table whose cells are what they mean: an amount of money is an amount, a chance a share, until the
 * writer of a target (csv_writer, text_writer, json_writer) puts it into characters.
 *
 * Add the columns, then the cells row by row, from left to right. Strings are borrowed, and must outlive
 * the sheet, unless bg_sheet_keep made them. What is lost for want of memory is remembered in `failed`, and
 * every writer then says BG_MEMORY. */
#ifndef BAOGAN_FORMAT_SHEET
#define BAOGAN_FORMAT_SHEET

#include "format/amount.h"

#include <stddef.h>

/* What a cell is, and with that its unit. */
typedef enum bg_cell_kind {
    BG_CELL_ABSENT,  /* nothing is known, or nothing is to be said */
    BG_CELL_TEXT,    /* a machine name, or words of the sheet's language */
    BG_CELL_YEAR,    /* a calendar year */
    BG_CELL_COUNT,   /* of futures, rows, scenarios */
    BG_CELL_FLAG,    /* 0 or 1 */
    BG_CELL_FEN,     /* money, exact */
    BG_CELL_RATE,    /* a share of something, an exact decimal */
    BG_CELL_DECIMAL, /* an exact decimal that is no share, such as a score */
    BG_CELL_AMOUNT,  /* money in fen, not whole; this kind and those below may be estimates */
    BG_CELL_SHARE,   /* a probability, or a change relative to something; 1 is the whole */
    BG_CELL_NUMBER   /* anything else that is no whole number */
} bg_cell_kind;

typedef struct bg_cell {
    bg_cell_kind kind;
    union {
        const char *text;
        int64_t whole; /* of YEAR to DECIMAL */
        double value;  /* of AMOUNT to NUMBER; what is not finite is shown as absent */
    };
    /* Of an estimate, in the unit of its value: its error and its interval, NaN where they cannot be told.
     * Whether the error is a standard error or half of an interval is said by the heading. */
    double error, low, high;
    const char *mark;    /* behind the value, for people: "*"; NULL: none */
    const char *note;    /* on the row that the cell ends, for people; NULL: none */
    const char *formula; /* of a workbook, where the cell is worked out from others; NULL: none */
    bool stressed;       /* its row stands out, where a target can show that */
} bg_cell;

/* How people are shown the cells of a column. */
typedef enum bg_form {
    BG_FORM_VALUE,    /* 1.2 ±0.1; of a share 54.2% ±1.0, or <0.04% where it was never seen */
    BG_FORM_FITTED,   /* the same, each cell with the decimals that its own error leaves */
    BG_FORM_NAMED,    /* 1.2 million yuan */
    BG_FORM_PLAIN,    /* a share without its error: 54.2% */
    BG_FORM_BRACKETS, /* a share and its interval: 54.2% (53.1–55.3) */
    BG_FORM_RANGE,    /* the interval alone: 1.1 to 1.3 */
    BG_FORM_ERROR, /* the error alone: ±0.1, – where it cannot be told, nothing where it does not show */
    BG_FORM_CHANGE, /* +1.2 ±0.1, in brackets where it is within its error; of a share +1.2% ±0.1 */
    BG_FORM_POINTS, /* the same, but of a share in percentage points: +1.2 ±0.1 */
    BG_FORM_WHOLE,  /* as a value, but shares in whole per cents: 54% ±1 */
    BG_FORM_BAR     /* a bar as long as the value; nothing in text */
} bg_form;

typedef struct bg_column {
    const char
        *name; /* for machines: the heading in CSV, the key in JSON; NULL in sheets for people */
    bg_cell_kind kind; /* of most of its cells */
    /* For machines, an estimate's error and interval are members of their own under these names, in this
     * order behind the value; without a name they are left out. */
    const char *error, *low, *high;
    int decimals; /* for machines: of amounts in yuan, 0: two, as fen have; for people: of numbers */
    int significant; /* for machines: digits of shares and numbers; 0: shares have six decimals */
    /* for people: */
    const char
        *heading; /* in the sheet's language; NULL: none. A row of headings has at least one */
    bg_form form;
    bool right; /* texts are aligned right, as numbers always are */
    bool aside; /* what stands in small print beside the column before, under the same heading */
    bg_money_scale scale; /* of money; without one (fen 0) whole fen are shown to the fen */
} bg_column;

typedef struct bg_sheet {
    const char *language; /* of its headings and words: "en" or "zh" */
    bg_column *columns;
    size_t column_count, column_capacity;
    bg_cell *cells; /* row by row */
    size_t count, capacity;
    char **kept; /* its own strings */
    size_t kept_count, kept_capacity;
    bg_fen money; /* in which people are shown amounts to the fen; 0: yuan */
    bool in_fen;  /* in a workbook amounts are whole fen, of which formulas are exact; else yuan */
    bool failed;
} bg_sheet;

/* Freeing twice is safe; then the sheet is empty, has no columns and may be used again. */
void bg_sheet_init(bg_sheet *self, const char *language);
void bg_sheet_free(bg_sheet *self);

void bg_sheet_add_column(bg_sheet *self, bg_column column);
void bg_sheet_add_columns(bg_sheet *self, const bg_column *columns, size_t count);

/* Formats a string that lives as long as the sheet; "" when out of memory. */
const char *bg_sheet_keep(bg_sheet *self, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The next cell. A text that is NULL is absent, as is an amount to be rounded to the fen that is not
 * finite. */
void bg_sheet_add(bg_sheet *self, bg_cell cell);
void bg_sheet_add_absent(bg_sheet *self);
void bg_sheet_add_text(bg_sheet *self, const char *text);
void bg_sheet_add_year(bg_sheet *self, int year);
void bg_sheet_add_count(bg_sheet *self, size_t count);
void bg_sheet_add_flag(bg_sheet *self, bool flag);
void bg_sheet_add_fen(bg_sheet *self, bg_fen amount);
void bg_sheet_add_rounded(bg_sheet *self, double fen);
void bg_sheet_add_rate(bg_sheet *self, bg_decimal rate);
void bg_sheet_add_decimal(bg_sheet *self, bg_decimal decimal);
void bg_sheet_add_amount(bg_sheet *self, double fen);
void bg_sheet_add_share(bg_sheet *self, double share);
void bg_sheet_add_number(bg_sheet *self, double number);
/* An estimate of a kind with its error, or with its interval. */
void bg_sheet_add_estimate(bg_sheet *self, bg_cell_kind kind, double value, double error);
void bg_sheet_add_interval(bg_sheet *self, bg_cell_kind kind, double value, double low,
                           double high);
/* Absent cells up to the end of the row. */
void bg_sheet_end_row(bg_sheet *self);

/* Sets a mark behind the last cell, a note on the last row; NULL and "" set none. */
void bg_sheet_mark(bg_sheet *self, const char *mark);
void bg_sheet_note(bg_sheet *self, const char *note);
/* Has the row of the last cell stand out. */
void bg_sheet_stress(bg_sheet *self);
/* Says how the last cell is worked out (format/book.h has the names of cells); its value stays what it is. */
void bg_sheet_formula(bg_sheet *self, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Rows, the last one also where it is not complete. */
size_t bg_sheet_row_count(const bg_sheet *self);
const bg_cell *bg_sheet_cell(const bg_sheet *self, size_t row, size_t column);
/* The cell as it is to be shown: absent where its value is not finite. */
bool bg_cell_is_absent(const bg_cell *cell);

#endif
