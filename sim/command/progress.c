#include "command/progress.h"

#include "report/label.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

double bg_seconds(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void bg_progress_start(bg_progress *self, bool quiet, const char *language)
{
    *self = (bg_progress){
        .shown = !quiet && isatty(STDERR_FILENO) == 1,
        .language = language,
        .started = bg_seconds(),
        .percent = -1,
    };
}

void bg_progress_show(void *context, double share)
{
    bg_progress *self = context;
    int percent = (int)(100 * share);
    if (!self->shown || percent == self->percent) {
        return;
    }
    self->percent = percent;
    double elapsed = bg_seconds() - self->started;
    fprintf(stderr, "\r\033[K%s %d%%", bg_in_language(self->language, "simulating", "模拟中"),
            percent);
    if (share > 0.01 && elapsed > 1) {
        fprintf(stderr, ", %.0f %s", elapsed * (1 - share) / share + 0.5,
                bg_in_language(self->language, "s left", "秒后完成"));
    }
    fflush(stderr);
}

void bg_progress_end(bg_progress *self)
{
    if (self->shown && self->percent >= 0) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
}
