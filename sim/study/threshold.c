#include "study/threshold.h"

typedef struct side {
    double x;
    uint64_t state;
} side;

typedef struct finding {
    const bg_threshold_search *search;
    bg_threshold *list;
    size_t capacity, count;
} finding;

/* Halves the stretch wherever its ends differ. */
static bg_status narrow(finding *self, side left, side right)
{
    if (left.state == right.state || self->count == self->capacity) {
        return BG_OK;
    }
    if (right.x - left.x <= self->search->tolerance) {
        self->list[self->count++] = (bg_threshold){left.x, right.x};
        return BG_OK;
    }
    side middle = {.x = (left.x + right.x) / 2};
    bg_status status = self->search->state(self->search->context, middle.x, &middle.state);
    status = status ? status : narrow(self, left, middle);
    return status ? status : narrow(self, middle, right);
}

bg_status bg_thresholds_find(const bg_threshold_search *search, bg_threshold *thresholds,
                             size_t capacity, size_t *count)
{
    finding self = {search, thresholds, capacity, 0};
    const double width = search->to - search->from;
    side left = {.x = search->from};
    bg_status status = search->state(search->context, left.x, &left.state);
    for (size_t i = 1; i < search->points && !status; i++) {
        side right = {.x = search->from + width * ((double)i / (double)(search->points - 1))};
        status = search->state(search->context, right.x, &right.state);
        status = status ? status : narrow(&self, left, right);
        left = right;
    }
    *count = self.count;
    return status;
}
