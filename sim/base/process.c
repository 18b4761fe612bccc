#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

#define LOOK_EVERY_MS 20 /* how often the end of a silent process is looked for */

/* Starts the process with `error_end` as its standard error; returns posix_spawnp's error. */
static int start(pid_t *process, const char *const arguments[], int error_end)
{
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) {
        return error;
    }
    error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!error) {
        error = posix_spawn_file_actions_adddup2(&actions, error_end, STDERR_FILENO);
    }
    if (!error) {
        /* posix_spawnp takes char *const[] for history's sake; it changes nothing. */
        char *const *argv;
        memcpy(&argv, &arguments, sizeof argv);
        error = posix_spawnp(process, arguments[0], &actions, NULL, argv, environ);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static long milliseconds_since(const struct timespec *start_time)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)(now.tv_sec - start_time->tv_sec) * 1000 +
           (now.tv_nsec - start_time->tv_nsec) / 1000000;
}

/* Keeps what fits of the process's messages; the rest is read and dropped, lest it block. False when
 * there will be no more. */
static bool take_messages(int from, char *messages, size_t size, size_t *length)
{
    struct pollfd ready = {.fd = from, .events = POLLIN};
    char piece[512];
    while (poll(&ready, 1, 0) > 0) {
        ssize_t got = read(from, piece, sizeof piece);
        if (got <= 0) {
            return false;
        }
        for (ssize_t i = 0; i < got && *length + 1 < size; i++) {
            messages[(*length)++] = piece[i];
        }
    }
    return true;
}

/* Rests until there is a message, or for a moment where there will be none. */
static void rest(int from, bool open)
{
    struct pollfd ready = {.fd = from, .events = POLLIN};
    poll(&ready, open ? 1 : 0, LOOK_EVERY_MS);
}

static bool stopped(const bg_process_limits *limits)
{
    return limits->stop && *limits->stop;
}

/* A signal that stops the caller may have reached the process as well. */
static bg_process_end end_of(int state, const bg_process_limits *limits)
{
    bool done = WIFEXITED(state) && WEXITSTATUS(state) == 0;
    return done ? BG_PROCESS_DONE : stopped(limits) ? BG_PROCESS_STOPPED : BG_PROCESS_FAILED;
}

/* Waits until the process ends, its time is over or the caller is to stop; then kills it. */
static bg_process_end follow(pid_t process, int error_end, const bg_process_limits *limits,
                             char *messages, size_t size)
{
    size_t length = 0;
    bool open = true;
    int state = 0;
    struct timespec start_time;
    clock_gettime(CLOCK_MONOTONIC, &start_time);
    for (;;) {
        pid_t ended = waitpid(process, &state, WNOHANG);
        open = open && take_messages(error_end, messages, size, &length);
        messages[length] = 0;
        if (ended == process) {
            return end_of(state, limits);
        }
        if (ended < 0 && errno != EINTR) {
            return BG_PROCESS_ERROR;
        }
        if (stopped(limits) || milliseconds_since(&start_time) > limits->seconds * 1000L) {
            kill(process, SIGKILL);
            while (waitpid(process, &state, 0) < 0 && errno == EINTR) {
            }
            return stopped(limits) ? BG_PROCESS_STOPPED : BG_PROCESS_TIMED_OUT;
        }
        rest(error_end, open);
    }
}

static bool close_on_exec(const int ends[2])
{
    return fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0;
}

bg_process_end bg_process_run(const char *const arguments[], const bg_process_limits *limits,
                              char *messages, size_t size)
{
    messages[0] = 0;
    int ends[2];
    if (pipe(ends)) {
        return BG_PROCESS_ERROR;
    }
    pid_t process = -1;
    int error = close_on_exec(ends) ? start(&process, arguments, ends[1]) : EIO;
    close(ends[1]);
    bg_process_end end = !error ? follow(process, ends[0], limits, messages, size)
                         : error == ENOENT || error == EACCES || error == ENOTDIR
                             ? BG_PROCESS_MISSING
                             : BG_PROCESS_ERROR;
    close(ends[0]);
    return end;
}
