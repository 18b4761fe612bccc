/* The part of JSON Schema (draft 2020-12) that the project's own schemas use. */
#ifndef BAOGAN_TESTS_SUPPORT_SCHEMA
#define BAOGAN_TESTS_SUPPORT_SCHEMA

#include <jansson.h>
#include <stdbool.h>

/* Whether `schema` accepts `value`; if not, `why` (of `size` bytes) says where it does not. A keyword
 * that is not supported fails, so that no part of a schema goes unread. */
bool schema_accepts(const json_t *schema, const json_t *value, char *why, size_t size);

#endif
