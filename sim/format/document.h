/* What is said on a page: headings, sentences, sheets and charts, one after another.
 *
 * Built once in the reader's language, then written by the writer of a target. What is lost for want of
 * memory is remembered in `failed`. */
#ifndef BAOGAN_FORMAT_DOCUMENT
#define BAOGAN_FORMAT_DOCUMENT

#include "format/sheet.h"

typedef enum bg_part_kind {
    BG_PART_TITLE,   /* of the whole */
    BG_PART_CHAPTER, /* a heading above headings */
    BG_PART_HEADING,
    BG_PART_SENTENCE,  /* one or more, a paragraph of its own with a hanging indent */
    BG_PART_PARAGRAPH, /* the same without */
    BG_PART_LINE,      /* what stays on one line */
    BG_PART_ITEM,      /* of a numbered list */
    BG_PART_NOTE,      /* in small print, on what it stands behind */
    BG_PART_VERBATIM,  /* lines that stay as they are */
    BG_PART_TERM,      /* a word and, behind it, what it stands for */
    BG_PART_SHEET,
    BG_PART_CHART,
    BG_PART_GAP /* what follows stands apart */
} bg_part_kind;

typedef struct bg_part {
    bg_part_kind kind;
    int indent;       /* how deep it stands, in blanks */
    char *text;       /* of all but sheets and gaps; of a chart what it shows */
    const char *term; /* borrowed */
    char *picture;    /* the name of a chart's */
    bool small;       /* a chart that half of the width of a page is enough for */
    bg_sheet sheet;
} bg_part;

typedef struct bg_document {
    const char *language; /* "en" or "zh" */
    bg_fen money;         /* of its sheets: see bg_sheet */
    bg_part *parts;
    size_t count, capacity;
    bool failed;
} bg_document;

/* Freeing twice is safe. */
void bg_document_init(bg_document *self, const char *language);
void bg_document_free(bg_document *self);

/* Adds what has a text. */
void bg_document_add(bg_document *self, bg_part_kind kind, int indent, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void bg_document_add_term(bg_document *self, int indent, const char *term, const char *text);
/* A chart by the name of its picture, such as "expense-residents", and what it shows. */
void bg_document_add_chart(bg_document *self, const char *picture, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Half of the width of a page is enough for the chart that was added last. */
void bg_document_small_chart(bg_document *self);
/* Takes the sheet over; it is empty then, and freeing it does nothing. */
void bg_document_add_sheet(bg_document *self, int indent, bg_sheet *sheet);
void bg_document_add_gap(bg_document *self);
/* Takes what was added last from the end to behind part number `at`. */
void bg_document_move_behind(bg_document *self, size_t at);

#endif
