/* What became of a projected year: published figures beside the projection, and beside forecasts that
 * need no model. */
#ifndef BAOGAN_STUDY_OUTTURN
#define BAOGAN_STUDY_OUTTURN

#include <baogan/projection.h>

/* A published figure beside the projected 80% interval. */
typedef struct bg_outturn {
    bg_fen published;
    double low, high;
    const bg_statistics *projected; /* borrowed from the projection */
} bg_outturn;

bool bg_outturn_inside(const bg_outturn *self);

typedef enum bg_forecast {
    BG_FORECAST_PROJECTION, /* its median */
    BG_FORECAST_LAST_YEAR,  /* the last past year again */
    BG_FORECAST_OWN_GROWTH, /* growing from there as the past years did on average */
    BG_FORECAST_MEAN_OF_THREE,
    BG_FORECAST_COUNT
} bg_forecast;

const char *bg_forecast_name(bg_forecast forecast); /* "projection", … */

/* A year that has been published. */
typedef struct bg_published {
    bg_outturn expense;
    bg_outturn balance; /* of the pool */
    const char *source; /* NULL if not given */
    int year;
    bool has_expense;
    bool has_balance;                   /* published, and projected from income */
    double forecast[BG_FORECAST_COUNT]; /* of the expense, fen */
} bg_published;

/* Fills in the published years of the scenario that fall into the projection; returns their number, at
 * most `capacity`. */
size_t bg_published_read(const bg_model *model, const bg_projection *projection, bg_published *list,
                         size_t capacity);

#endif
