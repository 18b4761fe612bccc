#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/process.h"
#include <string.h>

static const bg_process_limits one_second = {1, NULL}, ten_seconds = {10, NULL};

static void its_complaints_are_kept_as_far_as_there_is_room(void **state)
{
    (void)state;
    const char *const arguments[] = {"/bin/sh", "-c", "printf 0123456789 >&2; exit 3", NULL};
    char messages[6];
    assert_int_equal(bg_process_run(arguments, &ten_seconds, messages, sizeof messages),
                     BG_PROCESS_FAILED);
    assert_string_equal(messages, "01234");
}

static void more_complaints_than_a_pipe_holds_do_not_block_it(void **state)
{
    (void)state;
    const char *const arguments[] = {
        "/bin/sh", "-c",
        "i=0; while [ $i -lt 3000 ]; do echo \"0123456789012345678901234567890123456789 $i\"; "
        "i=$((i+1)); done >&2",
        NULL};
    char messages[64];
    assert_int_equal(bg_process_run(arguments, &ten_seconds, messages, sizeof messages),
                     BG_PROCESS_DONE);
}

static void arguments_are_no_shell_words(void **state)
{
    (void)state;
    const char *const arguments[] = {"/bin/sh",        "-c", "printf %s \"$1\" >&2", "sh",
                                     "$(id) `id` ; *", NULL};
    char messages[64];
    assert_int_equal(bg_process_run(arguments, &ten_seconds, messages, sizeof messages),
                     BG_PROCESS_DONE);
    assert_string_equal(messages, "$(id) `id` ; *");
}

static void a_death_by_signal_is_a_failure(void **state)
{
    (void)state;
    const char *const arguments[] = {"/bin/sh", "-c", "kill -9 $$", NULL};
    char messages[64];
    assert_int_equal(bg_process_run(arguments, &ten_seconds, messages, sizeof messages),
                     BG_PROCESS_FAILED);
    assert_string_equal(messages, "");
}

static void a_silent_process_is_stopped_when_its_time_is_over(void **state)
{
    (void)state;
    const char *const arguments[] = {"/bin/sh", "-c", "exec 2>&-; exec sleep 60", NULL};
    char messages[64];
    assert_int_equal(bg_process_run(arguments, &one_second, messages, sizeof messages),
                     BG_PROCESS_TIMED_OUT);
}

static void a_process_ends_with_the_caller(void **state)
{
    (void)state;
    const char *const sleeps[] = {"/bin/sleep", "60", NULL};
    const char *const killed[] = {"/bin/sh", "-c", "kill -INT $$", NULL};
    static const volatile int stop = 1;
    const bg_process_limits limits = {30, &stop};
    char messages[64];
    assert_int_equal(bg_process_run(sleeps, &limits, messages, sizeof messages),
                     BG_PROCESS_STOPPED);
    assert_int_equal(bg_process_run(killed, &limits, messages, sizeof messages),
                     BG_PROCESS_STOPPED);
}

static void a_program_that_is_not_there_is_missing(void **state)
{
    (void)state;
    const char *const arguments[] = {"baogan-no-such-program", NULL};
    char messages[64];
    assert_int_equal(bg_process_run(arguments, &one_second, messages, sizeof messages),
                     BG_PROCESS_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_complaints_are_kept_as_far_as_there_is_room),
        cmocka_unit_test(more_complaints_than_a_pipe_holds_do_not_block_it),
        cmocka_unit_test(arguments_are_no_shell_words),
        cmocka_unit_test(a_death_by_signal_is_a_failure),
        cmocka_unit_test(a_silent_process_is_stopped_when_its_time_is_over),
        cmocka_unit_test(a_process_ends_with_the_caller),
        cmocka_unit_test(a_program_that_is_not_there_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
