/* JSON results. Money is in whole fen, under keys that end in _fen; jansson keeps 64-bit integers.
 * Statistics that are no amounts of money are numbers with 15 significant digits. */
#ifndef BAOGAN_FORMAT_JSON
#define BAOGAN_FORMAT_JSON

#include <baogan/error.h>
#include <jansson.h>
#include <stdio.h>

/* Writes a value, indented, with a final newline, and gives it up. BG_MEMORY if it is NULL. That the
 * stream failed is found by whoever closes it, who knows its name. */
bg_status bg_json_print(json_t *value, FILE *stream, bg_errors *errors);

/* [{"severity": "error", "file": …, "line": …, "column": …, "path": …, "name": …, "message": …}, …], in English */
json_t *bg_json_diagnostics(const bg_errors *errors);

/* A number, or null where a statistic cannot be given: NaN and infinity are no JSON. */
json_t *bg_json_number(double value);

/* An amount rounded to the fen; null as above. */
json_t *bg_json_fen(double fen);

/* A string, or null where `text` is NULL or is not UTF-8. */
json_t *bg_json_text(const char *text);

/* Appends a value to a list, or sets a member of an object, and gives the value up. Where it is NULL, for
 * want of memory, the list or object is given up too and becomes NULL, so that what it is part of lacks
 * memory as well. */
void bg_json_append(json_t **list, json_t *value);
void bg_json_set(json_t **object, const char *key, json_t *value);

#endif
