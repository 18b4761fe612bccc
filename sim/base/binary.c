#include "base/binary.h"

#include "base/messages.h"

#include <string.h>

static const char zip[] = "PK\003\004";
static const char compound[] = "\xD0\xCF\x11\xE0";

bool bg_binary_is_zip(const char *bytes, size_t size)
{
    return size >= BG_BINARY_MAGIC && memcmp(bytes, zip, BG_BINARY_MAGIC) == 0;
}

bg_status bg_binary_refuse(const char *bytes, size_t size, bg_mark mark, const char *path,
                           bg_errors *errors)
{
    if (bg_binary_is_zip(bytes, size)) {
        return bg_errors_say(errors, BG_ENCODING, mark, path, BG_SAY(file_is_zip));
    }
    if (size >= BG_BINARY_MAGIC && memcmp(bytes, compound, BG_BINARY_MAGIC) == 0) {
        return bg_errors_say(errors, BG_ENCODING, mark, path, BG_SAY(file_is_compound));
    }
    return BG_OK;
}
