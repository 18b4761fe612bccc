/* How long a projection is and how it is drawn: `simulation`, read once for all who need it. */
#ifndef BAOGAN_HORIZON_H
#define BAOGAN_HORIZON_H

#include <baogan/history.h>

#define BG_MAX_BUDGET_YEARS 20   /* as the catalogue allows */
#define BG_MOST_YEARS_AHEAD 20   /* from the last past year to the first budget year */
#define BG_LAST_YEAR        2200 /* that a key may have */

/* How futures are drawn; in the order of the catalogue's choices. */
typedef enum bg_engine_kind { BG_ENGINE_REFERENCE, BG_ENGINE_FAST } bg_engine_kind;

typedef struct bg_horizon {
    int first_year; /* budget year: simulation.first_year, else the year after the last past year */
    size_t years;   /* budget years; the contract ends with the last */
    size_t replications;
    uint64_t seed;
    bg_engine_kind engine;
} bg_horizon;

/* Reads `simulation`. `history` is NULL where it could not be read; false where then nothing says when the
 * budget begins, and first_year is 0. */
bool bg_horizon_read(const bg_scenario *scenario, const bg_history *history, bg_horizon *self);
/* BG_RANGE where the budget begins before the past years end, or too far behind them, or ends beyond BG_LAST_YEAR. Budget and demand are read after this has
 * been checked. */
bg_status bg_horizon_check(const bg_horizon *self, const bg_scenario *scenario,
                           const bg_history *history, bg_errors *errors);

#endif
