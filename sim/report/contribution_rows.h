/* What measures and incidents do to the money, and what they are worth net of what they cost, for machines. */
#ifndef BAOGAN_REPORT_CONTRIBUTION_ROWS
#define BAOGAN_REPORT_CONTRIBUTION_ROWS

#include "format/sheet.h"
#include "study/net.h"

/* How the rows of one table are written. */
typedef struct bg_contribution_form {
    const char *unit; /* that ends the names of amounts: "yuan" or "fen" */
    const char *all;  /* the year of rows on all years together: "all"; NULL: absent */
    const char *lead; /* name of a column before the others, such as "community"; NULL: none */
} bg_contribution_form;

/* Adds the columns to a sheet that has none, then rows; `lead` is the text of the first column, if there is one.
 * The projection names units and years. BG_MEMORY is the sheet's `failed`. */
void bg_contribution_columns(const bg_contribution_form *form, bg_sheet *sheet);
void bg_contribution_rows(const bg_contributions *of, const bg_projection *projection,
                          const bg_contribution_form *form, const char *lead, bg_sheet *sheet);

/* The same of what they cost and bring back. No row where nothing costs anything beside care. */
void bg_net_columns(const bg_contribution_form *form, bg_sheet *sheet);
void bg_net_rows(const bg_contributions *of, const bg_projection *projection,
                 const bg_contribution_form *form, const char *lead, bg_sheet *sheet);

#endif
