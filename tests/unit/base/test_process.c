#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Runs a script of the shell for `seconds` at most; `argument` is its $1. */
static bg_process_end run_shell(const char *script, const char *argument, int seconds, FILE *output,
                                char *messages, size_t size)
{
    const char *const arguments[] = {"/bin/sh", "-c", script, "sh", argument, NULL};
    const bg_process process = {.arguments = arguments, .seconds = seconds, .output = output};
    return bg_process_run(&process, messages, size);
}

static void its_complaints_are_kept_as_far_as_there_is_room(void **state)
{
    (void)state;
    char messages[6];
    assert_int_equal(run_shell("printf 0123456789 >&2; exit 3", "", 10, NULL, messages, 6),
                     BG_PROCESS_FAILED);
    assert_string_equal(messages, "01234");
}

static void arguments_are_no_shell_words(void **state)
{
    (void)state;
    char messages[64];
    assert_int_equal(run_shell("printf %s \"$1\" >&2", "$(id) `id` ; *", 10, NULL, messages, 64),
                     BG_PROCESS_DONE);
    assert_string_equal(messages, "$(id) `id` ; *");
}

static void a_death_by_signal_is_a_failure(void **state)
{
    (void)state;
    char messages[64];
    assert_int_equal(run_shell("kill -9 $$", "", 10, NULL, messages, 64), BG_PROCESS_FAILED);
    assert_string_equal(messages, "");
}

static void its_output_goes_to_the_stream_or_nowhere(void **state)
{
    (void)state;
    char *text = NULL, messages[64];
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(run_shell("echo said; echo complained >&2", "", 10, stream, messages, 64),
                     BG_PROCESS_DONE);
    assert_int_equal(fclose(stream), 0);
    assert_string_equal(text, "said\n");
    assert_string_equal(messages, "complained\n");
    free(text);
    assert_int_equal(run_shell("echo said", "", 10, NULL, messages, 64), BG_PROCESS_DONE);
    assert_string_equal(messages, "");
}

static void many_megabytes_on_both_streams_do_not_block_it(void **state)
{
    (void)state;
    char *text = NULL, messages[64];
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(run_shell("head -c 8388608 /dev/zero >&2; head -c 8388608 /dev/zero; "
                               "head -c 1048576 /dev/zero >&2; printf end",
                               "", 60, stream, messages, 64),
                     BG_PROCESS_DONE);
    assert_int_equal(fclose(stream), 0);
    assert_int_equal(size, 8388608 + 3);
    assert_string_equal(text + 8388608, "end");
    free(text);
}

static void a_silent_process_is_stopped_when_its_time_is_over(void **state)
{
    (void)state;
    char messages[64];
    assert_int_equal(run_shell("exec 2>&-; exec sleep 60", "", 1, NULL, messages, 64),
                     BG_PROCESS_TIMED_OUT);
    assert_string_equal(messages, "/bin/sh was stopped after 1 seconds.");
}

static void so_is_one_that_never_ceases_to_write(void **state)
{
    (void)state;
    char messages[64];
    assert_int_equal(run_shell("exec cat /dev/zero >&2", "", 1, NULL, messages, 64),
                     BG_PROCESS_TIMED_OUT);
}

/* Whether the process named by the number in the file at `path` is gone; looks for up to 5 seconds. */
static bool is_gone(const char *path)
{
    long id = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld", &id), 1);
    assert_int_equal(fclose(file), 0);
    assert_true(id > 1);
    for (int i = 0; i < 500; i++) {
        /* One that nobody waits for stays as a zombie where there is no init. */
        char status[64], line[256] = "";
        snprintf(status, sizeof status, "/proc/%ld/stat", id);
        FILE *about = fopen(status, "r");
        const bool there = about && fgets(line, sizeof line, about);
        if (about) {
            fclose(about);
        }
        if (!there || strstr(line, ") Z ")) {
            return true;
        }
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    return false;
}

static void what_it_started_is_killed_with_it(void **state)
{
    (void)state;
    char path[] = "/tmp/baogan-test-XXXXXX", messages[64];
    const int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    assert_int_equal(run_shell("sleep 60 & echo $! >\"$1\"; wait", path, 4, NULL, messages, 64),
                     BG_PROCESS_TIMED_OUT);
    assert_true(is_gone(path));
    assert_int_equal(unlink(path), 0);
}

static void what_it_left_running_is_killed_at_its_end(void **state)
{
    (void)state;
    char path[] = "/tmp/baogan-test-XXXXXX", messages[64];
    const int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    assert_int_equal(run_shell("sleep 60 & echo $! >\"$1\"", path, 30, NULL, messages, 64),
                     BG_PROCESS_DONE);
    assert_true(is_gone(path));
    assert_int_equal(unlink(path), 0);
}

static void what_it_left_writing_does_not_hold_up_its_end(void **state)
{
    (void)state;
    char messages[64];
    assert_int_equal(run_shell("cat /dev/zero >&2 & exit 0", "", 10, NULL, messages, 64),
                     BG_PROCESS_DONE);
}

static void no_child_is_left_to_be_waited_for(void **state)
{
    (void)state;
    char messages[64];
    run_shell("exit 0", "", 10, NULL, messages, 64);
    run_shell("exec sleep 60", "", 0, NULL, messages, 64);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void a_process_ends_with_the_caller(void **state)
{
    (void)state;
    const char *const sleeps[] = {"/bin/sleep", "60", NULL};
    const char *const killed[] = {"/bin/sh", "-c", "kill -INT $$", NULL};
    static const volatile int stop = 1;
    char messages[64];
    bg_process process = {.arguments = sleeps, .seconds = 30, .stop = &stop};
    assert_int_equal(bg_process_run(&process, messages, sizeof messages), BG_PROCESS_STOPPED);
    process.arguments = killed;
    assert_int_equal(bg_process_run(&process, messages, sizeof messages), BG_PROCESS_STOPPED);
}

static void a_program_that_is_not_there_is_missing(void **state)
{
    (void)state;
    const char *const arguments[] = {"baogan-no-such-program", NULL};
    const bg_process process = {.arguments = arguments, .seconds = 10};
    char messages[64];
    assert_int_equal(bg_process_run(&process, messages, sizeof messages), BG_PROCESS_MISSING);
    assert_string_equal(messages, "baogan-no-such-program was not found, or may not be run.");
}

static void it_sees_the_environment_less_the_variable_kept_from_it(void **state)
{
    (void)state;
    const char *const arguments[] = {
        "/bin/sh", "-c", "printf '%s %s' \"${BAOGAN_A-none}\" \"${BAOGAN_AB-none}\" >&2", NULL};
    const bg_process process = {.arguments = arguments, .without = "BAOGAN_A", .seconds = 10};
    char messages[64];
    assert_int_equal(setenv("BAOGAN_A", "1", 1), 0);
    assert_int_equal(setenv("BAOGAN_AB", "2", 1), 0);
    assert_int_equal(bg_process_run(&process, messages, sizeof messages), BG_PROCESS_DONE);
    assert_string_equal(messages, "none 2");
    assert_string_equal(getenv("BAOGAN_A"), "1");
}

static void it_gets_nothing_to_read_and_no_pipe_of_another(void **state)
{
    (void)state;
    char *text = NULL, messages[64];
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    /* What this program itself inherited is not meant; ls has a descriptor for the directory. */
    for (int descriptor = 3; descriptor < 256; descriptor++) {
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
    assert_int_equal(run_shell("cat; exec ls /proc/self/fd", "", 10, stream, messages, 64),
                     BG_PROCESS_DONE);
    assert_int_equal(fclose(stream), 0);
    assert_string_equal(text, "0\n1\n2\n3\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_complaints_are_kept_as_far_as_there_is_room),
        cmocka_unit_test(arguments_are_no_shell_words),
        cmocka_unit_test(a_death_by_signal_is_a_failure),
        cmocka_unit_test(its_output_goes_to_the_stream_or_nowhere),
        cmocka_unit_test(many_megabytes_on_both_streams_do_not_block_it),
        cmocka_unit_test(a_silent_process_is_stopped_when_its_time_is_over),
        cmocka_unit_test(so_is_one_that_never_ceases_to_write),
        cmocka_unit_test(what_it_started_is_killed_with_it),
        cmocka_unit_test(what_it_left_running_is_killed_at_its_end),
        cmocka_unit_test(what_it_left_writing_does_not_hold_up_its_end),
        cmocka_unit_test(no_child_is_left_to_be_waited_for),
        cmocka_unit_test(a_process_ends_with_the_caller),
        cmocka_unit_test(a_program_that_is_not_there_is_missing),
        cmocka_unit_test(it_sees_the_environment_less_the_variable_kept_from_it),
        cmocka_unit_test(it_gets_nothing_to_read_and_no_pipe_of_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
