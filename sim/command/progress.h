/* How far a run is and how long it will take: on one line of a terminal, else a line every half a minute. */
#ifndef BAOGAN_COMMAND_PROGRESS
#define BAOGAN_COMMAND_PROGRESS

#include <stdbool.h>
#include <stdio.h>

/* Seconds between two lines where stderr is no terminal. */
#define BG_PROGRESS_PAUSE 30

typedef struct bg_progress {
    bool shown; /* not --quiet */
    bool terminal;
    FILE *stream; /* borrowed */
    const char *language;
    double started,
        told; /* seconds of the monotonic clock: at the start, and when a line was printed last, or the start */
    int percent; /* last printed; -1 before */
} bg_progress;

/* Seconds of the monotonic clock. */
double bg_seconds(void);

/* On stderr. */
void bg_progress_start(bg_progress *self, bool quiet, const char *language);
/* `context` is a bg_progress; fits bg_projection_options.progress. */
void bg_progress_show(void *context, double share);
/* Clears the line of a terminal. */
void bg_progress_end(bg_progress *self);

#endif
