#include "base/gb18030.h"

#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>

struct bg_gb18030 {
    iconv_t converter;
};

bg_gb18030 *bg_gb18030_open(void)
{
    bg_gb18030 *self = malloc(sizeof *self);
    if (self) {
        self->converter = iconv_open("UTF-8", "GB18030");
    }
    /* NOLINTNEXTLINE(performance-no-int-to-ptr): the failure that iconv_open defines */
    if (self && self->converter == (iconv_t)-1) {
        free(self);
        self = NULL;
    }
    return self;
}

void bg_gb18030_close(bg_gb18030 *self)
{
    if (self) {
        iconv_close(self->converter);
        free(self);
    }
}

bg_status bg_gb18030_convert(bg_gb18030 *self, char *text, size_t size, char **utf8, size_t *length)
{
    *utf8 = NULL;
    *length = 0;
    /* Two bytes become at most three, four at most four. */
    const size_t room = size > (SIZE_MAX - 1) / 2 ? 0 : 2 * size;
    char *converted = size && !room ? NULL : malloc(room + 1);
    if (!converted) {
        return BG_MEMORY;
    }
    char *in = text, *out = converted;
    size_t in_left = size, out_left = room;
    iconv(self->converter, NULL, NULL, NULL, NULL);
    if (iconv(self->converter, &in, &in_left, &out, &out_left) == (size_t)-1) {
        *length = (size_t)(in - text);
        free(converted);
        return BG_ENCODING;
    }
    *out = '\0';
    *utf8 = converted;
    *length = room - out_left;
    return BG_OK;
}
