#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "command/run_directory.h"

/* Each test works in an empty directory of its own. */
static int enter(void **state)
{
    char *directory = strdup("/tmp/baogan-test-XXXXXX");
    *state = directory;
    return !directory || !mkdtemp(directory) || chdir(directory);
}

static int leave(void **state)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", (char *)*state);
    int failed = chdir("/") || system(command);
    free(*state);
    return failed;
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static void put(const char *directory, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void run(const char *out, const char *scenario, const char *expected)
{
    bg_run_directory directory;
    assert_int_equal(bg_run_directory_open(&directory, out, scenario, NULL), BG_OK);
    assert_false(exists(expected));
    put(directory.temporary, "x", "x");
    assert_int_equal(bg_run_directory_commit(&directory, NULL), BG_OK);
    assert_string_equal(directory.final, expected);
    bg_run_directory_discard(&directory);
    bg_run_directory_discard(&directory);
    char path[256];
    snprintf(path, sizeof path, "%s/x", expected);
    assert_true(exists(path));
}

static void runs_take_the_next_free_number(void **state)
{
    (void)state;
    run(NULL, "scenarios/county.yaml", "out/county-1");
    run(NULL, "county.yaml", "out/county-2");
    run(NULL, "other", "out/other-1");
    run(NULL, ".hidden", "out/.hidden-1");
    assert_int_equal(rename("out/county-1", "elsewhere"), 0);
    assert_int_equal(mkdir("out/county-1", 0777), 0); /* empty, but not ours */
    run(NULL, "county.yaml", "out/county-3");
}

static void two_runs_at_a_time_get_two_numbers(void **state)
{
    (void)state;
    bg_run_directory first;
    assert_int_equal(bg_run_directory_open(&first, NULL, "a.yaml", NULL), BG_OK);
    put(first.temporary, "x", "first");
    assert_int_equal(mkdir("out/a-1", 0777), 0);
    put("out/a-1", "x", "second");
    assert_int_equal(bg_run_directory_commit(&first, NULL), BG_OK);
    assert_string_equal(first.final, "out/a-2");
    bg_run_directory_discard(&first);
}

static void a_name_that_is_taken_meanwhile_is_not_replaced(void **state)
{
    (void)state;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_run_directory directory;
    assert_int_equal(bg_run_directory_open(&directory, "r", "a.yaml", &errors), BG_OK);
    assert_int_equal(mkdir("r", 0777), 0);
    put("r", "mine", "mine");
    assert_int_equal(bg_run_directory_commit(&directory, &errors), BG_EXISTS);
    assert_int_equal(errors.error_count, 1);
    bg_run_directory_discard(&directory);
    assert_true(exists("r/mine"));
    assert_int_equal(system("test $(ls | wc -l) -eq 1"), 0);
    bg_errors_free(&errors);
}

static void what_is_not_committed_goes_away_with_all_in_it(void **state)
{
    (void)state;
    bg_run_directory directory;
    assert_int_equal(bg_run_directory_open(&directory, "r", "a.yaml", NULL), BG_OK);
    char inner[256];
    snprintf(inner, sizeof inner, "%s/charts", directory.temporary);
    assert_int_equal(mkdir(inner, 0777), 0);
    put(inner, "x", "x");
    bg_run_directory_discard(&directory);
    assert_int_equal(system("test -z \"$(ls -A)\""), 0);
}

static void a_link_in_it_is_removed_but_not_followed(void **state)
{
    (void)state;
    assert_int_equal(mkdir("kept", 0777), 0);
    put("kept", "x", "x");
    bg_run_directory directory;
    assert_int_equal(bg_run_directory_open(&directory, "r", "a.yaml", NULL), BG_OK);
    char link[256];
    snprintf(link, sizeof link, "%s/link", directory.temporary);
    assert_int_equal(symlink("../kept", link), 0);
    bg_run_directory_discard(&directory);
    assert_true(exists("kept/x"));
}

static void what_stands_in_the_way_is_refused_before_the_work(void **state)
{
    (void)state;
    put(".", "file", "mine");
    bg_run_directory directory;
    assert_int_equal(bg_run_directory_open(&directory, "file", "a.yaml", NULL), BG_EXISTS);
    assert_null(directory.temporary);
    assert_int_equal(bg_run_directory_open(&directory, ".", "a.yaml", NULL), BG_EXISTS);
    assert_int_equal(bg_run_directory_open(&directory, "none/r", "a.yaml", NULL), BG_IO);
    assert_int_equal(bg_run_directory_open(&directory, "file/r", "a.yaml", NULL), BG_IO);
    assert_int_equal(mkdir("empty", 0777), 0);
    assert_int_equal(bg_run_directory_open(&directory, "empty/.", "a.yaml", NULL), BG_EXISTS);
    assert_int_equal(bg_run_directory_open(&directory, "empty/../empty", "a.yaml", NULL), BG_OK);
    bg_run_directory_discard(&directory);
    put(".", "out", "mine");
    assert_int_equal(bg_run_directory_open(&directory, NULL, "a.yaml", NULL), BG_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(runs_take_the_next_free_number, enter, leave),
        cmocka_unit_test_setup_teardown(two_runs_at_a_time_get_two_numbers, enter, leave),
        cmocka_unit_test_setup_teardown(a_name_that_is_taken_meanwhile_is_not_replaced, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(what_is_not_committed_goes_away_with_all_in_it, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(a_link_in_it_is_removed_but_not_followed, enter, leave),
        cmocka_unit_test_setup_teardown(what_stands_in_the_way_is_refused_before_the_work, enter,
                                        leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
