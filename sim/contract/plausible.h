/* Whether figures that were read can be meant: a table of checks (plausible.def) with the usual bounds of each,
 * where they come from, and a sentence that says what was read and what is likely meant. What is unusual is a
 * warning: nothing is refused. */
#ifndef BAOGAN_CONTRACT_PLAUSIBLE
#define BAOGAN_CONTRACT_PLAUSIBLE

#include "format/amount.h"

#include <baogan/contract.h>

typedef enum bg_plausible_id {
#define C(name, kind, from, to, source, en, zh) BG_PLAUSIBLE_##name,
#include "contract/plausible.def"
#undef C
    BG_PLAUSIBLE_COUNT
} bg_plausible_id;

/* Room for a phrase in both languages. */
enum { BG_PLAUSIBLE_TEXT = 512 };

/* A figure that is looked at. Phrases are in both languages (base/say.h) and may be "". */
typedef struct bg_measured {
    const char *what; /* such as "residents in 2024" */
    double value;
    double scale;       /* that in which the bounds count; 0: 1 */
    const char *beside; /* what the figure came from or stands beside, in brackets */
    const char *hint;   /* what is likely meant, and what to write */
    bg_mark mark;
    const char *path;
} bg_measured;

/* Whether the figure lies within the usual bounds, and nothing is said. */
bool bg_plausible_is_usual(bg_plausible_id check, double value, double scale);
/* The same; else a warning is added. */
bool bg_plausible_judge(bg_plausible_id check, const bg_measured *measured, bg_errors *errors);

/* "12,300", "7.5", "0.11": a figure for a sentence. */
const char *bg_plausible_number(double value, char buffer[32]);
/* An amount to the yuan, or in the unit of money that people read (bg_scenario_money_shown), as `language` has it:
 * "494,000,000 yuan", "49,400万元". */
const char *bg_plausible_amount(const bg_scenario *scenario, double fen, const char *language,
                                char buffer[BG_AMOUNT_TEXT]);

/* The power of ten from a list ending with 0 that brings the figure within the usual bounds; 0 if none does. */
double bg_plausible_factor(bg_plausible_id check, double value, double scale,
                           const double *factors);

/* What to write where an amount is off by such a power: another unit for the file, where the amount `written`
 * has none of its own and the power is one of units; and the amount itself, where `alone`, else "". */
const char *bg_plausible_unit(const bg_scenario *scenario, const bg_node *written, double factor,
                              bool alone, char buffer[BG_PLAUSIBLE_TEXT]);

/* Of a score as it is `written`, wherever somebody gives one. */
void bg_score_judge(const char *written, bg_decimal score, bg_mark mark, const char *path,
                    bg_errors *errors);

/* Adjustments, openings, balances, instalments and income, which no key bounds. */
void bg_amounts_judge(const bg_contract *contract, bg_errors *errors);

/* Lines of the past years that seem to be the sum of others. */
void bg_plausible_totals(const bg_history *history, bg_errors *errors);

/* Of what a year spent beside its budget; `expense` is where it stands, as it was recorded. */
typedef struct bg_known_year {
    size_t scheme;
    int year;
    const bg_node *expense;
    bg_fen spent, budget; /* completed; the year's total */
} bg_known_year;
void bg_plausible_expense(const bg_contract *contract, const bg_known_year *known,
                          bg_errors *errors);

#endif
