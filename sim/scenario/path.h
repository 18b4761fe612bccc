/* Key paths: "budget.funds[risk].rate" is the segments budget, funds, [risk], rate. */
#ifndef BAOGAN_SCENARIO_PATH
#define BAOGAN_SCENARIO_PATH

#include <stdbool.h>
#include <stddef.h>

typedef struct bg_path_segment {
    const char *text; /* inside the path, not terminated; without the brackets */
    size_t length;
    bool bracket;
} bg_path_segment;

/* Takes the segment at *path and moves *path behind it. False at the end, and where the path is
 * malformed (then **path is not zero). */
bool bg_path_next(const char **path, bg_path_segment *segment);

/* How well a catalogue path ("people[].count") matches a concrete one ("people[residents].count"),
 * both taken up to the given lengths: 0 not at all, else 1 and 1 more for each name that agrees, so
 * that "[word]" wins over "[]". */
int bg_path_match(const char *pattern, size_t pattern_length, const char *path, size_t length);

/* Whether row `index` of the catalogue is a key right below the path of that length; *last is its own
 * segment, of length 0 where it stands for any name. */
bool bg_catalogue_child(size_t index, const char *path, size_t length, bg_path_segment *last);

/* Length of the path without its last segment; 0 where there is only one. */
size_t bg_path_parent(const char *path);

/* Room for a text as bg_excerpt shows it. */
#define BG_EXCERPT 64
/* The text, cut with "…" where it is long and with control characters shown as "?". */
const char *bg_excerpt(const char *text, char buffer[BG_EXCERPT]);

#endif
