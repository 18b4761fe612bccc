/* Running another program: without a shell, within a time, and with nothing of it left afterwards.
 *
 * The one place below the command that starts programs and waits by the clock. The program gets the
 * caller's environment, nothing to read, none of the caller's files (all of ours close on exec), and a
 * process group of its own: whatever it started in turn and has not ended with it is killed. */
#ifndef BAOGAN_BASE_PROCESS
#define BAOGAN_BASE_PROCESS

#include <stddef.h>
#include <stdio.h>

typedef enum bg_process_end {
    BG_PROCESS_DONE,      /* exit status 0 */
    BG_PROCESS_FAILED,    /* another exit status, or a signal */
    BG_PROCESS_TIMED_OUT, /* killed after its time */
    BG_PROCESS_STOPPED,   /* it did not end by itself before the caller was to stop */
    BG_PROCESS_MISSING,   /* no such program on the PATH, or it may not be run */
    BG_PROCESS_ERROR      /* it could not be started or followed */
} bg_process_end;

typedef struct bg_process {
    const char *const *arguments; /* ended by NULL; the first is looked up on the PATH */
    const char *without;          /* a variable of the environment kept from it; may be NULL */
    FILE *output; /* takes its standard output, errors as of any stream; NULL: dropped */
    int seconds;  /* longest time */
    const volatile int *stop; /* non-zero: kill it; may be NULL */
} bg_process;

/* Runs it to its end. `messages` gets the first size - 1 bytes of its standard error or, where it was
 * not run to its end, a sentence that says why; always ended by a zero byte. */
bg_process_end bg_process_run(const bg_process *self, char *messages, size_t size);

#endif
