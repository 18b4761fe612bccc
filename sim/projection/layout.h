/* The columns that are wanted of a projection, numbered. */
#ifndef BAOGAN_PROJECTION_LAYOUT
#define BAOGAN_PROJECTION_LAYOUT

#include <baogan/projection.h>

/* Column (unit · years + year) · each_year + place: first the wanted outcomes, then the months. */
typedef struct bg_layout {
    size_t units, schemes, years, outcomes;
    size_t *place;    /* [outcome]: among the wanted ones, or BG_NO_COLUMN */
    size_t months;    /* 12, or 0 where monthly cash is not wanted */
    size_t each_year; /* columns of a unit in a year */
    size_t columns;
    bool bands; /* the sharing bands of futures are wanted, and there are any */
} bg_layout;

/* Whether the options (NULL: everything) want the bands of the model, and it has any. */
bool bg_layout_wants_bands(const bg_model *model, const bg_projection_options *options);

#define BG_NO_COLUMN SIZE_MAX

/* What the options want of the model. Safe to free after failure and twice. */
bg_status bg_layout_init(bg_layout *self, const bg_model *model,
                         const bg_projection_options *options);
void bg_layout_free(bg_layout *self);

/* The column of an outcome, or of cash at the end of a month; BG_NO_COLUMN where it is not wanted. */
size_t bg_layout_outcome(const bg_layout *self, size_t unit, size_t year, size_t outcome);
size_t bg_layout_cash(const bg_layout *self, size_t unit, size_t year, size_t month);

#endif
