/* The tables and views of a store (store/table.h), as SQL. */
#ifndef BAOGAN_STORE_SCHEMA
#define BAOGAN_STORE_SCHEMA

#include "store/folder.h"

/* All that creates them. New string, NULL when out of memory. */
char *bg_schema_text(const bg_folder *folder);
/* The insertion of a scenario, with a parameter for each column. New string, NULL when out of memory. */
char *bg_schema_insertion(const bg_folder *folder);

#endif
