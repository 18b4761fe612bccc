/* From GB18030, in which Chinese spreadsheets save text (GBK and GB2312 are parts of it), to UTF-8. */
#ifndef BAOGAN_BASE_GB18030
#define BAOGAN_BASE_GB18030

#include <baogan/error.h>

typedef struct bg_gb18030 bg_gb18030;

/* NULL where the system cannot convert, or memory is out. */
bg_gb18030 *bg_gb18030_open(void);
void bg_gb18030_close(bg_gb18030 *self); /* NULL is no error */

/* The text as a new string with its final zero, which the caller frees. BG_ENCODING, with *length the
 * place of the first byte that is not GB18030; BG_MEMORY. */
bg_status bg_gb18030_convert(bg_gb18030 *self, char *text, size_t size, char **utf8,
                             size_t *length);

#endif
