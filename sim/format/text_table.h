/* A table of text whose columns are aligned when it is printed. */
#ifndef BAOGAN_FORMAT_TEXT_TABLE
#define BAOGAN_FORMAT_TEXT_TABLE

#include <baogan/error.h>
#include <stdio.h>

typedef struct bg_text_cell {
    char *text;
    char *note; /* on the row that the cell ends; NULL for none */
} bg_text_cell;

typedef struct bg_text_table {
    const char *alignment; /* one letter a column: l or r */
    bg_text_cell *cells;   /* row by row */
    size_t count, capacity;
    bool failed; /* out of memory */
} bg_text_table;

/* `alignment` is borrowed. */
void bg_text_table_init(bg_text_table *self, const char *alignment);
void bg_text_table_free(bg_text_table *self);

/* Adds the next cell, left to right, then the next row. */
void bg_text_table_add(bg_text_table *self, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Adds empty cells up to the end of the row. */
void bg_text_table_end_row(bg_text_table *self);

/* Adds a note on the row that was just completed: it follows on lines of its own, indented and at
 * most 100 columns wide. An empty one adds nothing. */
void bg_text_table_note(bg_text_table *self, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints the rows, each after `indent` spaces, columns two spaces apart, and empties the table.
 * BG_MEMORY if a cell was lost. */
bg_status bg_text_table_print(bg_text_table *self, FILE *stream, int indent);

#endif
