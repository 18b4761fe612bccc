/* A table of units settled by a rule, with all that is written. */
#ifndef BAOGAN_TESTS_SUPPORT_SETTLED_TABLE
#define BAOGAN_TESTS_SUPPORT_SETTLED_TABLE

#include "actual/table.h"

typedef struct settled_table {
    bg_scenario *scenario;
    bg_plan *plan;
    bg_errors errors;
    char *out, *rejects;
    size_t out_size, rejects_size;
    bg_table table;
    bg_status status;
} settled_table;

/* Settles `rows`, the text of the table "t.csv", by the rule and what is added to it. */
settled_table *settled_table_new(const char *rule, const char *more, const char *rows,
                                 bool with_rejects);
void settled_table_free(settled_table *self);

#endif
