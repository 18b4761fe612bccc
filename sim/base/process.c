/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): for pipe2 */
#define _GNU_SOURCE
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LOOK_EVERY_MS 20 /* how often the end of a silent process is looked for */

/* One of its two streams: a pipe, and what becomes of what comes out of it. */
typedef struct stream {
    int ends[2]; /* to read and to write; -1: closed, or none */
    FILE *copy;  /* NULL: into `kept` */
    char *kept;
    size_t length, room; /* of kept; the rest is read and dropped, lest it block the process */
} stream;

typedef struct run {
    pid_t id;
    stream output, messages;
} run;

static void close_end(int *end)
{
    if (*end >= 0) {
        close(*end);
    }
    *end = -1;
}

/* The caller's environment less one variable, whose strings stay the caller's; NULL: no memory. */
static char **environment_without(const char *name)
{
    size_t count = 0;
    while (environ[count]) {
        count++;
    }
    char **variables = calloc(count + 1, sizeof *variables);
    const size_t length = name ? strlen(name) : 0;
    for (size_t i = 0, n = 0; variables && i < count; i++) {
        if (!name || strncmp(environ[i], name, length) != 0 || environ[i][length] != '=') {
            variables[n++] = environ[i];
        }
    }
    return variables;
}

static int redirect(posix_spawn_file_actions_t *actions, const run *self)
{
    int error = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!error) {
        error =
            self->output.ends[1] < 0
                ? posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
                : posix_spawn_file_actions_adddup2(actions, self->output.ends[1], STDOUT_FILENO);
    }
    return error ? error
                 : posix_spawn_file_actions_adddup2(actions, self->messages.ends[1], STDERR_FILENO);
}

static int spawn(run *self, const bg_process *process, const posix_spawn_file_actions_t *actions)
{
    posix_spawnattr_t attributes;
    int error = posix_spawnattr_init(&attributes);
    if (error) {
        return error;
    }
    char **environment = environment_without(process->without);
    error = environment ? posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP) : ENOMEM;
    if (!error) {
        /* posix_spawnp takes char *const[] for history's sake; it changes nothing. */
        char *const *argv;
        memcpy(&argv, &process->arguments, sizeof argv);
        error = posix_spawnp(&self->id, argv[0], actions, &attributes, argv, environment);
    }
    free(environment);
    posix_spawnattr_destroy(&attributes);
    return error;
}

/* Starts the process; returns an errno. The ends of the pipes that are its own are closed here. */
static int start(run *self, const bg_process *process)
{
    if (pipe2(self->messages.ends, O_CLOEXEC) ||
        (process->output && pipe2(self->output.ends, O_CLOEXEC))) {
        return errno;
    }
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (!error) {
        error = redirect(&actions, self);
        error = error ? error : spawn(self, process, &actions);
        posix_spawn_file_actions_destroy(&actions);
    }
    close_end(&self->output.ends[1]);
    close_end(&self->messages.ends[1]);
    return error;
}

static long milliseconds_since(const struct timespec *start_time)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)(now.tv_sec - start_time->tv_sec) * 1000 +
           (now.tv_nsec - start_time->tv_nsec) / 1000000;
}

/* Takes one piece of what is there: a process that never ceases to write must not keep the clock from
 * being looked at. False if there was none. */
static bool take(stream *self)
{
    struct pollfd ready = {.fd = self->ends[0], .events = POLLIN};
    if (self->ends[0] < 0 || poll(&ready, 1, 0) <= 0) {
        return false;
    }
    char piece[16384];
    const ssize_t got = read(self->ends[0], piece, sizeof piece);
    if (got <= 0) {
        close_end(&self->ends[0]);
        return false;
    }
    const size_t size = (size_t)got;
    if (self->copy) {
        fwrite(piece, 1, size, self->copy);
    } else {
        const size_t left = self->room - self->length;
        const size_t fits = size < left ? size : left;
        memcpy(self->kept + self->length, piece, fits);
        self->length += fits;
    }
    return true;
}

/* Rests until something is written, or for a moment where nothing will be: a closed end is no file. */
static void rest(const run *self)
{
    struct pollfd ready[] = {{.fd = self->output.ends[0], .events = POLLIN},
                             {.fd = self->messages.ends[0], .events = POLLIN}};
    poll(ready, 2, LOOK_EVERY_MS);
}

/* Whether the process has ended; it is left a zombie, so that its number stays that of its group. */
static bool has_ended(pid_t id)
{
    siginfo_t about = {0};
    return waitid(P_PID, (id_t)id, &about, WEXITED | WNOHANG | WNOWAIT) ? errno != EINTR
                                                                        : about.si_pid == id;
}

static bool is_stopped(const bg_process *process)
{
    return process->stop && *process->stop;
}

/* Takes what it writes until it has ended and nothing is left, its time is over or the caller is to
 * stop. DONE: it ended by itself. */
static bg_process_end follow(run *self, const bg_process *process)
{
    struct timespec start_time;
    clock_gettime(CLOCK_MONOTONIC, &start_time);
    for (;;) {
        const bool ended = has_ended(self->id);
        const bool wrote = take(&self->output);
        const bool complained = take(&self->messages);
        if (ended && !wrote && !complained) {
            return BG_PROCESS_DONE;
        }
        if (!ended && is_stopped(process)) {
            return BG_PROCESS_STOPPED;
        }
        if (milliseconds_since(&start_time) > process->seconds * 1000L) {
            return BG_PROCESS_TIMED_OUT;
        }
        if (!wrote && !complained) {
            rest(self);
        }
    }
}

/* Kills what is left of the process and its group. A signal that stops the caller may have ended it. */
static bg_process_end finish(const run *self, const bg_process *process, bg_process_end end)
{
    int state = 0;
    pid_t reaped;
    kill(-self->id, SIGKILL);
    do {
        reaped = waitpid(self->id, &state, 0);
    } while (reaped < 0 && errno == EINTR);
    if (reaped != self->id) {
        return BG_PROCESS_ERROR;
    }
    if (end != BG_PROCESS_DONE || (WIFEXITED(state) && WEXITSTATUS(state) == 0)) {
        return end;
    }
    return is_stopped(process) ? BG_PROCESS_STOPPED : BG_PROCESS_FAILED;
}

/* Why a process was not run to its end; its own words stay where it was. */
static void explain(const bg_process *process, bg_process_end end, int error, char *text,
                    size_t size)
{
    const char *name = process->arguments[0];
    switch (end) {
    case BG_PROCESS_DONE:
    case BG_PROCESS_FAILED:
        break;
    case BG_PROCESS_TIMED_OUT:
        snprintf(text, size, "%s was stopped after %d seconds.", name, process->seconds);
        break;
    case BG_PROCESS_STOPPED:
        snprintf(text, size, "%s was stopped.", name);
        break;
    case BG_PROCESS_MISSING:
        snprintf(text, size, "%s was not found, or may not be run.", name);
        break;
    case BG_PROCESS_ERROR:
        snprintf(text, size, "%s could not be run: %s.", name, strerror(error ? error : ECHILD));
        break;
    }
}

bg_process_end bg_process_run(const bg_process *self, char *messages, size_t size)
{
    run it = {.output = {.ends = {-1, -1}, .copy = self->output},
              .messages = {.ends = {-1, -1}, .kept = messages, .room = size - 1}};
    const int error = start(&it, self);
    bg_process_end end = !error ? finish(&it, self, follow(&it, self))
                         : error == ENOENT || error == EACCES || error == ENOTDIR
                             ? BG_PROCESS_MISSING
                             : BG_PROCESS_ERROR;
    messages[it.messages.length] = 0;
    for (int i = 0; i < 2; i++) {
        close_end(&it.output.ends[i]);
        close_end(&it.messages.ends[i]);
    }
    explain(self, end, error, messages, size);
    return end;
}
