/* Running another program without a shell, with a time limit. */
#ifndef BAOGAN_BASE_PROCESS
#define BAOGAN_BASE_PROCESS

#include <stddef.h>

typedef enum bg_process_end {
    BG_PROCESS_DONE,      /* exit status 0 */
    BG_PROCESS_FAILED,    /* another exit status, or a signal */
    BG_PROCESS_TIMED_OUT, /* killed after its time */
    BG_PROCESS_STOPPED,   /* it did not end by itself before the caller was to stop */
    BG_PROCESS_MISSING,   /* no such program on the PATH, or it may not be run */
    BG_PROCESS_ERROR      /* it could not be started or followed */
} bg_process_end;

typedef struct bg_process_limits {
    int seconds;              /* longest time */
    const volatile int *stop; /* non-zero: kill it; may be NULL */
} bg_process_limits;

/* Runs arguments[0] (looked up on the PATH) with the NULL-ended `arguments`, and waits for it. It has
 * the caller's environment and standard output, and nothing to read; the first size - 1 bytes of its
 * standard error are kept in `messages`, always ended by a zero byte. */
bg_process_end bg_process_run(const char *const arguments[], const bg_process_limits *limits,
                              char *messages, size_t size);

#endif
