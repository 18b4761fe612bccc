/* What the steps of a live settlement share: where the amounts stand that they go on with. */
#ifndef BAOGAN_REPORT_LIVE_STEP
#define BAOGAN_REPORT_LIVE_STEP

#include "report/live_settlement.h"
#include "settlement/plan.h"

/* An amount that later cells use: its value, and an expression of it. */
typedef struct bg_live_amount {
    bg_fen value;
    const char *is; /* such as "I12+I13-I20" */
} bg_live_amount;

typedef struct bg_live_state {
    bg_live_amount balance;
    bg_live_amount fund[BG_MAX_FUNDS]; /* what each holds */
    bg_live_amount disallowed, covered, advanced, result;
} bg_live_state;

typedef struct bg_live_settling {
    bg_sheet *sheet;
    const bg_live_year *year;
    const char *input[BG_MAX_INPUTS]; /* places; NULL where the unit has none */
    bg_live_state at;
    const bg_step *step; /* at work */
    const char *label;   /* of its first row, then NULL */
} bg_live_settling;

/* Works the step at work out by rows with formulas. False where that cannot be done exactly: then its rows are to be taken
 * back. */
bool bg_live_step(bg_live_settling *self);

/* Adds a row of the step at work. */
size_t bg_live_step_row(bg_live_settling *self, bg_live_row *row, const char *what);
/* The same of an amount that others go on with. */
bg_live_amount bg_live_step_amount(bg_live_settling *self, bg_fen value, const char *formula,
                                   const char *what);
/* Adds the amount to another, or with '-' takes it off. */
void bg_live_step_add(bg_live_settling *self, bg_live_amount *to, char sign, bg_live_amount amount);
/* The balance after the step, worked out from the one before, stands in the last row. */
void bg_live_step_balance(bg_live_settling *self, char sign, bg_live_amount amount);

/* The second text if the sheet is Chinese, else the first. */
const char *bg_live_words(const bg_live_settling *self, const char *en, const char *zh)
    __attribute__((format_arg(2), format_arg(3)));

#endif
