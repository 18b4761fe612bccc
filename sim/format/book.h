/* Sheets of a workbook, in order, and where their cells stand in it, so that formulas can name them.
 *
 * What is lost for want of memory is remembered in `failed`. */
#ifndef BAOGAN_FORMAT_BOOK
#define BAOGAN_FORMAT_BOOK

#include "format/sheet.h"

/* Rows above those of a sheet: its title and its headings. */
#define BG_BOOK_HEAD 2

typedef struct bg_book_sheet {
    char *name;  /* on its tab: at most 31 characters, other than those of any other */
    char *title; /* above its headings */
    bg_sheet sheet;
} bg_book_sheet;

typedef struct bg_book {
    const char *language; /* "en" or "zh" */
    bg_book_sheet *sheets;
    size_t count, capacity;
    bool failed;
} bg_book;

/* Freeing twice is safe. */
void bg_book_init(bg_book *self, const char *language);
void bg_book_free(bg_book *self);
/* Takes the sheet over; it is empty then, and freeing it does nothing. */
void bg_book_add(bg_book *self, const char *name, const char *title, bg_sheet *sheet);

/* A column of money with a scale other than yuan has one more beside it, in which people are shown the amount in that
 * unit. The error of a column and the ends of its interval are columns where they have names. */
bool bg_book_shows_unit(const bg_column *column);
/* In which column of the workbook, from 0, a column of the sheet stands; of the number of columns, how many there are. */
size_t bg_book_column(const bg_sheet *sheet, size_t column);

#define BG_BOOK_PLACE 24
/* "AB12": the name of a cell, by row and column of its sheet. Returns `buffer`. */
char *bg_book_place(const bg_sheet *sheet, size_t row, size_t column, char buffer[BG_BOOK_PLACE]);

#endif
