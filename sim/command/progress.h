/* How far a run is and how long it will take, on one line of a terminal. */
#ifndef BAOGAN_COMMAND_PROGRESS
#define BAOGAN_COMMAND_PROGRESS

#include <stdbool.h>

typedef struct bg_progress {
    bool shown; /* a terminal, and not --quiet */
    const char *language;
    double started; /* seconds of the monotonic clock */
    int percent;    /* last printed; -1 before */
} bg_progress;

/* Seconds of the monotonic clock. */
double bg_seconds(void);

void bg_progress_start(bg_progress *self, bool quiet, const char *language);
/* `context` is a bg_progress; fits bg_projection_options.progress. */
void bg_progress_show(void *context, double share);
/* Clears the line. */
void bg_progress_end(bg_progress *self);

#endif
