#include "base/nearest.h"

#include <stdbool.h>
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

enum { LONGEST_WORD = 64 };

/* Starts of the characters of a word, with its end behind the last; their number, LONGEST_WORD if too many. */
static size_t characters(const char *word, const char *start[LONGEST_WORD + 1])
{
    size_t count = 0;
    for (const char *c = word; *c && count < LONGEST_WORD; c++) {
        if (((unsigned char)*c & 0xC0) != 0x80) {
            start[count++] = c;
        }
    }
    start[count] = word + strlen(word);
    return count;
}

static bool same(const char *const *a, const char *const *b)
{
    const size_t length = (size_t)(a[1] - a[0]);
    return length == (size_t)(b[1] - b[0]) && memcmp(a[0], b[0], length) == 0;
}

/* The distance of optimal string alignment (Damerau 1964 without words edited twice). */
size_t bg_nearest_slips(const char *a, const char *b)
{
    const char *left[LONGEST_WORD + 1], *right[LONGEST_WORD + 1];
    const size_t n = characters(a, left), m = characters(b, right);
    if (n == LONGEST_WORD || m == LONGEST_WORD) {
        return SIZE_MAX;
    }
    size_t row[LONGEST_WORD][LONGEST_WORD];
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                row[i][j] = i + j;
                continue;
            }
            row[i][j] = smallest(row[i - 1][j] + 1, row[i][j - 1] + 1,
                                 row[i - 1][j - 1] + !same(&left[i - 1], &right[j - 1]));
            const bool swapped = i > 1 && j > 1 && same(&left[i - 1], &right[j - 2]) &&
                                 same(&left[i - 2], &right[j - 1]);
            if (swapped && row[i - 2][j - 2] + 1 < row[i][j]) {
                row[i][j] = row[i - 2][j - 2] + 1;
            }
        }
    }
    return row[n][m];
}
