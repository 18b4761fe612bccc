/* Running text in lines of a given width, in English and in Chinese. */
#ifndef BAOGAN_FORMAT_PARAGRAPH
#define BAOGAN_FORMAT_PARAGRAPH

#include <stdio.h>

typedef struct bg_margins {
    int first, others; /* blanks before the first line and before those that follow */
    int width;         /* columns, blanks included */
} bg_margins;

/* Prints `text` as a paragraph, with a newline at its end. Lines break at blanks and between Chinese
 * characters, but not before ± and closing punctuation, after opening punctuation, or between a number
 * and what it counts. What does not fit on a line has one of its own. */
void bg_paragraph_print(const char *text, bg_margins margins, FILE *stream);

#endif
