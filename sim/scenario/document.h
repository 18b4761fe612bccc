/* The document layer: YAML text to a plain tree with marks. Knows nothing of the catalogue.
 *
 * One document a file; aliases, anchors, tags, duplicate keys and values left empty are refused; size, depth, keys of
 * a map and nodes of a file are bounded, so that time and memory are, too. */
#ifndef BAOGAN_SCENARIO_DOCUMENT
#define BAOGAN_SCENARIO_DOCUMENT

#include "scenario/arena.h"

#include <baogan/error.h>
#include <baogan/scenario.h>

#define BG_MAX_FILE_BYTES   ((size_t)16 << 20)
#define BG_MAX_DEPTH        16
#define BG_MAX_NODES        100000
#define BG_MAX_CHILDREN     1000
#define BG_MAX_SCALAR_BYTES 65536
#define BG_MAX_ERRORS       200 /* more are not listed */

typedef struct bg_raw {
    const char *key; /* NULL at the root and in lists */
    bg_mark key_mark, mark;
    bg_node_kind kind;
    const char *text; /* of a scalar; NULL for null and ~ */
    struct bg_raw *child, *next;
} bg_raw;

/* Whether it is a null that is written out. */
static inline bool bg_raw_is_null(const bg_raw *self)
{
    return self->kind == BG_NODE_VALUE && !self->text;
}

/* Parses UTF-8 text. `place` is the file or the override that the text is of; its name must live as
 * long as the marks do. `path` stands before messages; may be NULL. On success *root is never NULL. */
bg_status bg_document_parse(bg_arena *arena, const char *text, size_t size, bg_mark place,
                            const char *path, bg_raw **root, bg_errors *errors);

#endif
