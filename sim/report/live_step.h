/* What the steps of a live settlement share: where the amounts stand that they go on with. */
#ifndef BAOGAN_REPORT_LIVE_STEP
#define BAOGAN_REPORT_LIVE_STEP

#include "report/live_settlement.h"
#include "settlement/plan.h"

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
    bg_live_amount institution[BG_MAX_INSTITUTIONS]; /* what the split gave each */
    bg_fen purpose[BG_MAX_PURPOSES];                 /* what has been put to each */
    const bg_step *step;                             /* at work */
    const char *label;                               /* of its first row, then NULL */
    const char *applies; /* where it stands whether it applies, 1 or 0; NULL: it does */
    bool applied;
} bg_live_settling;

/* Adds a row of the step at work. */
size_t bg_live_step_row(bg_live_settling *self, bg_live_row *row, const char *what);
/* The same of an amount that others go on with. */
bg_live_amount bg_live_step_amount(bg_live_settling *self, bg_fen value, const char *formula,
                                   const char *what);
/* Adds the amount to another, or with '-' takes it off. */
void bg_live_step_add(bg_live_settling *self, bg_live_amount *to, char sign, bg_live_amount amount);
/* The balance after the step, worked out from the one before, stands in the last row. */
void bg_live_step_balance(bg_live_settling *self, char sign, bg_live_amount amount);

/* The formula of an amount, "=..." of `is`, which is 0 where the step does not apply; the value likewise. */
const char *bg_live_step_formula(bg_live_settling *self, const char *is);
bg_fen bg_live_step_value(const bg_live_settling *self, bg_fen value);
/* A row with the surplus, or with '-' the overspend, that the step is about. */
bg_live_amount bg_live_step_side(bg_live_settling *self, char sign);
/* The input of that name, which limits are shares of; false where the unit has none. */
bool bg_live_step_base(const bg_live_settling *self, const char *name, bg_live_amount *base);
/* Adds the row that says whether the step applies, if it has conditions. False where they cannot be written. */
bool bg_live_when(bg_live_settling *self);

/* The second text if the sheet is Chinese, else the first. */
const char *bg_live_words(const bg_live_settling *self, const char *en, const char *zh)
    __attribute__((format_arg(2), format_arg(3)));

#endif
