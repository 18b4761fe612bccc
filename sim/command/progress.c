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
        .shown = !quiet,
        .terminal = isatty(STDERR_FILENO) == 1,
        .stream = stderr,
        .language = language,
        .started = bg_seconds(),
        .percent = -1,
    };
    self->told = self->started;
}

static void print(const bg_progress *self, double share, double elapsed)
{
    fprintf(self->stream, "%s %d%%", bg_in_language(self->language, "simulating", "模拟中"),
            self->percent);
    if (share > 0.01 && elapsed > 1) {
        fprintf(self->stream, ", %.0f %s", elapsed * (1 - share) / share + 0.5,
                bg_in_language(self->language, "s left", "秒后完成"));
    }
}

/* Whether it is time to say more. */
static bool is_due(const bg_progress *self, int percent, double now)
{
    return self->shown &&
           (self->terminal ? percent != self->percent : now - self->told >= BG_PROGRESS_PAUSE);
}

void bg_progress_show(void *context, double share)
{
    bg_progress *self = context;
    const int percent = (int)(100 * share);
    const double now = bg_seconds();
    if (!is_due(self, percent, now)) {
        return;
    }
    self->percent = percent;
    self->told = now;
    fputs(self->terminal ? "\r\033[K" : "", self->stream);
    print(self, share, now - self->started);
    fputs(self->terminal ? "" : "\n", self->stream);
    fflush(self->stream);
}

void bg_progress_end(bg_progress *self)
{
    if (self->shown && self->terminal && self->percent >= 0) {
        fputs("\r\033[K", self->stream);
        fflush(self->stream);
    }
}
