/* An HTML file as PDF, by Debian's Chromium. */
#ifndef BAOGAN_COMMAND_PDF
#define BAOGAN_COMMAND_PDF

#include <baogan/error.h>

/* "county.pdf" for "county.html"; new string, NULL when out of memory. */
char *bg_pdf_name(const char *html);

/* Prints the file as the PDF beside it, which must not exist. Chromium runs without a window, without the reader's
 * profile, one minute at most; where it is missing or fails that is a warning, for the HTML is there. */
bg_status bg_pdf_print(const char *html, const volatile int *stop, bg_errors *errors);

#endif
