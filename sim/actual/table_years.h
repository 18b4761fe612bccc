/* The years of one unit in a table, linked (`table.link`): a row starts with the fund balances and the
 * deficit that the unit's row of the year before has left, unless it says otherwise. Memory grows with
 * the number of units. */
#ifndef BAOGAN_ACTUAL_TABLE_YEARS
#define BAOGAN_ACTUAL_TABLE_YEARS

#include "actual/table_columns.h"
#include "contract/balances.h"

struct bg_linked_unit;

/* All zero: nothing is linked. */
typedef struct bg_table_years {
    const bg_table_columns *columns;                     /* borrowed; NULL if nothing is linked */
    int place;                                           /* of the column that names the unit */
    void *tree;                                          /* of linked units, by name */
    struct bg_linked_unit *newest;                       /* all of them; owned */
    bg_balances left;                                    /* by each unit's last row; owned */
    size_t room[1 + BG_MAX_FUNDS + BG_MAX_DEFICIT_AGES]; /* of its columns */
    size_t count;                                        /* of units */
} bg_table_years;

/* Finds the column that `table.link` names, if it names one; the table must have years then. Free with
 * bg_table_years_free whatever the outcome; twice is safe. */
bg_status bg_table_years_read(bg_table_years *self, const bg_table_columns *columns,
                              const bg_csv *header, bg_errors *errors);
void bg_table_years_free(bg_table_years *self);

/* Whether a row of the same unit waits to be settled; and from now on this one does. `name` is the
 * cell that bg_table_years_name gives. */
bool bg_table_years_waits(const bg_table_years *self, const char *name);
bg_status bg_table_years_wait(bg_table_years *self, const char *name, bg_errors *errors);
/* The unit of a row of `count` cells, NULL where it has none or nothing is linked. */
const char *bg_table_years_name(const bg_table_years *self, const char *const *cells, size_t count);

/* Fills unit `u` of the block with what its year before has left. BG_INVALID where that is no year
 * before, or was not settled. */
bg_status bg_table_years_take(bg_table_years *self, const char *const *cells, size_t count,
                              bg_mark mark, bg_settlement_block *block, size_t u,
                              bg_errors *errors);
/* Keeps what unit `u`, which is settled, leaves; or that the row of that line was not settled. */
void bg_table_years_keep(bg_table_years *self, const char *name, int line,
                         const bg_settlement_block *block, size_t u);
void bg_table_years_lose(bg_table_years *self, const char *name, int line);

#endif
