/* What a table of units is asked beyond its cells: whether a unit stands twice, whether a unit of money is off. */
#ifndef BAOGAN_ACTUAL_TABLE_CHECKS
#define BAOGAN_ACTUAL_TABLE_CHECKS

#include "actual/table_columns.h"
#include "actual/table_plausible.h"
#include "actual/table_seen.h"

/* An amount and the line of its row; line 0: none yet. */
typedef struct bg_amount_at {
    bg_fen amount;
    int line;
} bg_amount_at;

typedef struct bg_table_checks {
    const bg_table_columns *columns; /* borrowed */
    bool *remarks;                   /* by column: it holds remarks; owned */
    bool tells;                      /* some column names units */
    bg_table_seen seen;
    bg_table_plausible plausible;
    bg_mark mark;                   /* of the first row with amounts a thousand times apart */
    bg_fen budget, expense;         /* of that */
    size_t apart;                   /* number of such rows */
    bg_amount_at smallest, largest; /* budgets above 0 */
    bg_mark share_mark;             /* of the first row with a score above 0 and of at most 1 */
    bg_decimal share;               /* of that */
    size_t shares;                  /* number of such rows */
} bg_table_checks;

/* Starts with the row of headings. Free with bg_table_checks_free whatever the outcome; twice is safe. */
bg_status bg_table_checks_init(bg_table_checks *self, const bg_table_columns *columns,
                               const bg_csv *header, bg_errors *errors);
void bg_table_checks_free(bg_table_checks *self);

/* Looks at a row that is unit `u` of the block. BG_DUPLICATE_KEY where all columns but those of amounts and remarks
 * are as in an earlier row and one of them names units; years that are linked are left to bg_table_years_take. */
bg_status bg_table_checks_row(bg_table_checks *self, const bg_csv *row,
                              const bg_settlement_block *block, size_t u, bg_errors *errors);
/* Warns, once each, of budget and expense a thousand times apart in a row, and of budgets five thousand times apart:
 * one of them may be in 万元 and the other in yuan; of scores written as shares of 1; and of what
 * actual/table_plausible.h looks at. */
void bg_table_checks_finish(const bg_table_checks *self, bg_errors *errors);

#endif
