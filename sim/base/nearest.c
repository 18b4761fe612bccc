#include "base/nearest.h"

#include <stdint.h>
#include <string.h>

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Levenshtein's distance; SIZE_MAX for words too long to be typed by hand. */
static size_t edits(const char *a, const char *b)
{
    enum { LONGEST = 64 };
    size_t n = strlen(a), m = strlen(b);
    if (n >= LONGEST || m >= LONGEST) {
        return SIZE_MAX;
    }
    size_t row[LONGEST];
    for (size_t j = 0; j <= m; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t above = row[j];
            row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[m];
}

const char *bg_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *best = NULL;
    size_t least = 1 + strlen(word) / 3; /* one slip in three letters still looks alike */
    for (size_t i = 0; i < count; i++) {
        size_t distance = edits(word, candidates[i]);
        if (distance <= least && (!best || distance < least)) {
            best = candidates[i];
            least = distance;
        }
    }
    return best;
}
