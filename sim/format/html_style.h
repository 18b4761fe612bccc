/* How documents look on the screen and on A4 paper. */
#ifndef BAOGAN_FORMAT_HTML_STYLE
#define BAOGAN_FORMAT_HTML_STYLE

extern const char bg_html_style[]; /* CSS */

#endif
