#include <baogan/catalogue.h>

#include <string.h>

static const struct {
    const char *path;
    bg_reader reader;
} readers[] = {
#define R(path, reader) {path, BG_READ_BY_##reader},
#include "scenario/readers.def"
#undef R
};

/* How long the part of `path` is that lies at or above `at`; -1 where the path does not lie there. */
static int fit(const char *path, const char *at)
{
    int length = 0;
    while (*at && (*path == *at || (*at == ']' && at[-1] == '['))) {
        if (*at == ']') { /* any name */
            path += strcspn(path, "]");
        }
        path += *path != '\0';
        at++;
        length++;
    }
    const bool whole = *path == '\0' || *path == '.' || *path == '[' || length == 0;
    return *at == '\0' && whole ? length : -1;
}

bg_reader bg_catalogue_reader(const char *path)
{
    bg_reader reader = BG_READ_BY_BOTH;
    int longest = -1;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        const int length = fit(path, readers[i].path);
        if (length > longest) {
            longest = length;
            reader = readers[i].reader;
        }
    }
    return reader;
}

bool bg_reader_is_demand(bg_reader reader)
{
    return reader == BG_READ_BY_DEMAND || reader == BG_READ_BY_BOTH;
}

const char *bg_reader_name(bg_reader reader)
{
    static const char *const names[] = {"nobody", "demand", "contract", "both"};
    return names[reader];
}
