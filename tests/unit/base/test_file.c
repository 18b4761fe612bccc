#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include <baogan/file.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LIMIT = 1000 };

/* Every test works in a directory of its own. */
typedef struct place {
    char directory[64];
    bg_errors errors;
} place;

static int make_place(void **state)
{
    place *self = calloc(1, sizeof *self);
    assert_non_null(self);
    strcpy(self->directory, "/tmp/baogan-file-XXXXXX");
    assert_non_null(mkdtemp(self->directory));
    bg_errors_init(&self->errors);
    *state = self;
    return 0;
}

static char *in_place(const place *self, const char *name)
{
    char *path = bg_path_join(self->directory, name);
    assert_non_null(path);
    return path;
}

static size_t files_in(const char *directory, bool remove_them)
{
    DIR *listing = opendir(directory);
    assert_non_null(listing);
    size_t count = 0;
    for (struct dirent *entry = readdir(listing); entry; entry = readdir(listing)) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        count++;
        if (remove_them) {
            char *path = bg_path_join(directory, entry->d_name);
            remove(path);
            free(path);
        }
    }
    closedir(listing);
    return count;
}

static int remove_place(void **state)
{
    place *self = *state;
    chmod(self->directory, 0700);
    files_in(self->directory, true);
    rmdir(self->directory);
    bg_errors_free(&self->errors);
    free(self);
    return 0;
}

static char *write_file(const place *self, const char *name, const char *bytes, size_t size)
{
    char *path = in_place(self, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void assert_one_error(const place *self, bg_status status, const char *words)
{
    assert_int_equal(self->errors.error_count, 1);
    assert_int_equal(self->errors.items[0].status, status);
    assert_says_among_others(self->errors.items[0].message, words);
}

/* ---- reading ---- */

static void assert_not_read(place *self, const char *path, bg_status status, const char *words)
{
    char *data = NULL;
    size_t size = 1;
    assert_int_equal(bg_file_read(path, LIMIT, &data, &size, &self->errors), status);
    assert_null(data);
    assert_int_equal(size, 0);
    assert_one_error(self, status, words);
    assert_string_equal(self->errors.items[0].file, path);
}

static void a_file_is_read_whole_and_ends_with_a_zero(void **state)
{
    place *self = *state;
    char *path = write_file(self, "a", "1\0two\n", 6);
    char *data;
    size_t size;
    assert_int_equal(bg_file_read(path, 6, &data, &size, &self->errors), BG_OK);
    assert_int_equal(size, 6);
    assert_memory_equal(data, "1\0two\n", 7);
    free(data);
    free(path);
}

static void an_empty_file_is_read(void **state)
{
    place *self = *state;
    char *path = write_file(self, "a", "", 0);
    char *data;
    size_t size;
    assert_int_equal(bg_file_read(path, LIMIT, &data, &size, &self->errors), BG_OK);
    assert_int_equal(size, 0);
    assert_string_equal(data, "");
    free(data);
    free(path);
}

static void a_missing_file_is_an_error(void **state)
{
    place *self = *state;
    char *path = in_place(self, "nothing");
    assert_not_read(self, path, BG_IO, "No such file");
    free(path);
}

static void a_directory_is_an_error(void **state)
{
    place *self = *state;
    assert_not_read(self, self->directory, BG_IO, "directory");
}

static void a_device_is_an_error(void **state)
{
    assert_not_read(*state, "/dev/zero", BG_IO, "not a regular file");
}

static void a_pipe_without_a_writer_is_an_error_and_does_not_wait(void **state)
{
    place *self = *state;
    char *path = in_place(self, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_not_read(self, path, BG_IO, "not a regular file");
    free(path);
}

static void a_file_above_the_limit_is_refused_unread(void **state)
{
    place *self = *state;
    char *path = in_place(self, "large");
    int descriptor = open(path, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(ftruncate(descriptor, INT64_C(1) << 40), 0); /* a hole of a terabyte */
    close(descriptor);
    assert_not_read(self, path, BG_LIMIT, "1099511627776 bytes; at most 1000");
    free(path);
}

static void a_file_one_byte_above_the_limit_is_refused(void **state)
{
    place *self = *state;
    char bytes[LIMIT + 1] = {0};
    char *path = write_file(self, "a", bytes, sizeof bytes);
    assert_not_read(self, path, BG_LIMIT, "1001");
    free(path);
}

/* ---- encodings ---- */

static char *copy_bytes(const char *bytes, size_t size)
{
    char *data = malloc(size + 1);
    assert_non_null(data);
    memcpy(data, bytes, size);
    data[size] = '\0';
    return data;
}

static void assert_becomes(place *self, const char *bytes, const char *expected)
{
    size_t size = strlen(bytes);
    char *data = copy_bytes(bytes, size);
    assert_int_equal(bg_file_to_utf8("a.csv", &data, &size, &self->errors), BG_OK);
    assert_int_equal(size, strlen(expected));
    assert_string_equal(data, expected);
    free(data);
}

static void assert_no_text(const char *bytes, size_t size, int line, const char *words)
{
    place self = {0};
    char *data = copy_bytes(bytes, size);
    assert_int_equal(bg_file_to_utf8("a.csv", &data, &size, &self.errors), BG_ENCODING);
    assert_one_error(&self, BG_ENCODING, words);
    assert_int_equal(self.errors.items[0].line, line);
    free(data);
    bg_errors_free(&self.errors);
}

static void utf8_stays_and_loses_its_byte_order_mark(void **state)
{
    assert_becomes(*state, "", "");
    assert_becomes(*state, "year,paid\n", "year,paid\n");
    assert_becomes(*state, "年度,支付\n", "年度,支付\n");
    assert_becomes(*state, "\xEF\xBB\xBF年度\n", "年度\n");
    assert_becomes(*state, "\xEF\xBB\xBF", "");
    assert_becomes(*state, "\xF0\xA0\xAE\xB7 \xF4\x8F\xBF\xBF", "𠮷 \xF4\x8F\xBF\xBF");
}

static void gb18030_becomes_utf8(void **state)
{
    /* 年度 = C4EA B6C8; 居民医保 = BED3 C3F1 D2BD B1A3 (GB 2312). */
    assert_becomes(*state, "\xC4\xEA\xB6\xC8,1\n", "年度,1\n");
    assert_becomes(*state, "\xBE\xD3\xC3\xF1\xD2\xBD\xB1\xA3", "居民医保");
    /* Four bytes: U+20000 is 95328236 (GB 18030-2000). */
    assert_becomes(*state, "\x95\x32\x82\x36\xC4\xEA", "\xF0\xA0\x80\x80年");
}

static void a_zero_byte_is_refused_with_its_line(void **state)
{
    (void)state;
    assert_no_text("a\nb\0c", 5, 2, "zero byte");
    assert_no_text("\xFF\xFE\x31\x00", 4, 1, "UTF-16");
}

static void text_that_is_neither_encoding_is_refused_with_its_line(void **state)
{
    (void)state;
    assert_no_text("ok\nok\n\xFF\xFF", 8, 3, "neither UTF-8 nor GB18030");
    assert_no_text("ok\n\xC4", 4, 2, "neither"); /* half a GB18030 character */
    assert_no_text("\xC4\xEA\n\x95\x32\x82", 6, 2, "neither");
}

static void utf8_that_was_cut_off_is_not_taken_for_gb18030(void **state)
{
    (void)state;
    assert_no_text("年\n度\xE6\x94", 9, 2, "ends inside");
    assert_no_text("\xEF\xBB\xBF\xE6\x94", 5, 1, "ends inside");
    assert_no_text("\xEF\xBB\xBF\xC4\xEA", 5, 1, "begins as UTF-8");
}

static void malformed_utf8_is_not_accepted_as_utf8(void **state)
{
    (void)state;
    /* Overlong, surrogate, beyond U+10FFFF, stray continuation; each after a byte-order mark, so
     * that no other encoding can be meant. */
    static const char *const texts[] = {
        "\xEF\xBB\xBF\xC0\xAF ",
        "\xEF\xBB\xBF\xE0\x9F\xBF ",
        "\xEF\xBB\xBF\xED\xA0\x80 ",
        "\xEF\xBB\xBF\xF0\x8F\xBF\xBF ",
        "\xEF\xBB\xBF\xF4\x90\x80\x80 ",
        "\xEF\xBB\xBF\xF5\x80\x80\x80 ",
        "\xEF\xBB\xBF\x80 ",
        "\xEF\xBB\xBF\xE4\xB8 ",
        "\xEF\xBB\xBF\xF1\x80\x80 ",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_no_text(texts[i], strlen(texts[i]), 1, "begins as UTF-8");
    }
}

/* ---- writing ---- */

static void assert_holds(place *self, const char *path, const char *expected)
{
    char *data;
    size_t size;
    assert_int_equal(bg_file_read(path, LIMIT, &data, &size, &self->errors), BG_OK);
    assert_string_equal(data, expected);
    free(data);
}

static void an_output_appears_when_it_is_committed(void **state)
{
    place *self = *state;
    char *path = in_place(self, "out.csv");
    bg_output output;
    assert_int_equal(bg_output_open(&output, path, &self->errors), BG_OK);
    fputs("year\n", output.stream);
    fflush(output.stream);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(bg_output_commit(&output, &self->errors), BG_OK);
    assert_holds(self, path, "year\n");
    assert_int_equal(files_in(self->directory, false), 1);
    bg_output_discard(&output);
    assert_holds(self, path, "year\n");
    free(path);
}

static void a_discarded_output_leaves_nothing(void **state)
{
    place *self = *state;
    char *path = in_place(self, "out.csv");
    bg_output output;
    assert_int_equal(bg_output_open(&output, path, &self->errors), BG_OK);
    fputs("year\n", output.stream);
    bg_output_discard(&output);
    bg_output_discard(&output);
    assert_int_equal(files_in(self->directory, false), 0);
    free(path);
}

static void an_existing_file_is_never_replaced(void **state)
{
    place *self = *state;
    char *path = write_file(self, "out.csv", "old", 3);
    bg_output output;
    assert_int_equal(bg_output_open(&output, path, &self->errors), BG_EXISTS);
    assert_one_error(self, BG_EXISTS, "already there");
    bg_output_discard(&output);
    assert_holds(self, path, "old");
    assert_int_equal(files_in(self->directory, false), 1);
    free(path);
}

static void a_link_that_leads_nowhere_counts_as_existing(void **state)
{
    place *self = *state;
    char *path = in_place(self, "out.csv");
    assert_int_equal(symlink("nowhere", path), 0);
    bg_output output;
    assert_int_equal(bg_output_open(&output, path, &self->errors), BG_EXISTS);
    free(path);
}

static void a_file_that_appears_meanwhile_is_not_replaced(void **state)
{
    place *self = *state;
    char *path = in_place(self, "out.csv");
    bg_output output;
    assert_int_equal(bg_output_open(&output, path, &self->errors), BG_OK);
    fputs("ours", output.stream);
    free(write_file(self, "out.csv", "theirs", 6));
    assert_int_equal(bg_output_commit(&output, &self->errors), BG_EXISTS);
    assert_one_error(self, BG_EXISTS, "already there");
    assert_holds(self, path, "theirs");
    assert_int_equal(files_in(self->directory, false), 1);
    free(path);
}

static void two_writers_of_one_file_do_not_mix(void **state)
{
    place *self = *state;
    char *path = in_place(self, "out.csv");
    bg_output first;
    bg_output second;
    assert_int_equal(bg_output_open(&first, path, &self->errors), BG_OK);
    assert_int_equal(bg_output_open(&second, path, &self->errors), BG_EXISTS);
    bg_output_discard(&second);
    fputs("first", first.stream);
    assert_int_equal(bg_output_commit(&first, &self->errors), BG_OK);
    assert_holds(self, path, "first");
    free(path);
}

/* Writes far more than a limit of 4,096 bytes a file allows, as a full disk would stop it. */
static bg_status write_beyond_limit(place *self, const char *path, size_t bytes)
{
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    bg_output output;
    assert_int_equal(bg_output_open(&output, path, &self->errors), BG_OK);
    struct rlimit small = {.rlim_cur = 4096, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    for (size_t i = 0; i < bytes; i++) {
        fputc('x', output.stream);
    }
    bg_status status = bg_output_commit(&output, &self->errors);
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, handler);
    return status;
}

static void a_write_that_fails_is_an_error_and_leaves_nothing(void **state)
{
    place *self = *state;
    char *path = in_place(self, "out.csv");
    assert_int_equal(write_beyond_limit(self, path, 1000000), BG_IO);
    assert_one_error(self, BG_IO, "cannot be written: File too large.");
    assert_int_equal(files_in(self->directory, false), 0);
    free(path);
}

static void a_write_that_fails_at_the_last_flush_is_noticed(void **state)
{
    place *self = *state;
    char *path = in_place(self, "out.csv");
    /* A stream of buffered bytes just above the limit: nothing fails before the commit. */
    assert_int_equal(write_beyond_limit(self, path, 4097), BG_IO);
    assert_one_error(self, BG_IO, "File too large");
    assert_int_equal(files_in(self->directory, false), 0);
    free(path);
}

static void a_directory_without_permission_is_an_error(void **state)
{
    place *self = *state;
    char *path = in_place(self, "out.csv");
    assert_int_equal(chmod(self->directory, 0555), 0);
    uid_t user = geteuid();
    if (user == 0) {
        assert_int_equal(seteuid(65534), 0); /* root may write anywhere */
    }
    bg_output output;
    bg_status status = bg_output_open(&output, path, &self->errors);
    assert_int_equal(seteuid(user), 0);
    assert_int_equal(status, BG_IO);
    assert_one_error(self, BG_IO, "Permission denied");
    assert_int_equal(files_in(self->directory, false), 0);
    free(path);
}

static void a_directory_that_is_missing_is_an_error(void **state)
{
    place *self = *state;
    char *path = in_place(self, "no/out.csv");
    bg_output output;
    assert_int_equal(bg_output_open(&output, path, &self->errors), BG_IO);
    assert_one_error(self, BG_IO, "cannot be created: No such file");
    free(path);
}

/* ---- paths ---- */

static void assert_joined(const char *directory, const char *name, const char *expected)
{
    char *path = bg_path_join(directory, name);
    assert_string_equal(path, expected);
    free(path);
}

static void paths_are_joined(void **state)
{
    (void)state;
    assert_joined("a/b", "c", "a/b/c");
    assert_joined("a/", "c", "a/c");
    assert_joined("/", "c", "/c");
    assert_joined("a", "/c", "/c");
    assert_joined("", "c", "c");
}

static void assert_directory(const char *path, const char *expected)
{
    char *directory = bg_path_directory(path);
    assert_string_equal(directory, expected);
    free(directory);
}

static void the_directory_of_a_path_is_found(void **state)
{
    (void)state;
    assert_directory("a/b", "a");
    assert_directory("a//b", "a");
    assert_directory("/b", "/");
    assert_directory("//b", "/");
    assert_directory("b", ".");
    assert_directory("/a/b/c", "/a/b");
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACED(a_file_is_read_whole_and_ends_with_a_zero),
        PLACED(an_empty_file_is_read),
        PLACED(a_missing_file_is_an_error),
        PLACED(a_directory_is_an_error),
        PLACED(a_device_is_an_error),
        PLACED(a_pipe_without_a_writer_is_an_error_and_does_not_wait),
        PLACED(a_file_above_the_limit_is_refused_unread),
        PLACED(a_file_one_byte_above_the_limit_is_refused),
        PLACED(utf8_stays_and_loses_its_byte_order_mark),
        PLACED(gb18030_becomes_utf8),
        cmocka_unit_test(a_zero_byte_is_refused_with_its_line),
        cmocka_unit_test(text_that_is_neither_encoding_is_refused_with_its_line),
        cmocka_unit_test(utf8_that_was_cut_off_is_not_taken_for_gb18030),
        cmocka_unit_test(malformed_utf8_is_not_accepted_as_utf8),
        PLACED(an_output_appears_when_it_is_committed),
        PLACED(a_discarded_output_leaves_nothing),
        PLACED(an_existing_file_is_never_replaced),
        PLACED(a_link_that_leads_nowhere_counts_as_existing),
        PLACED(a_file_that_appears_meanwhile_is_not_replaced),
        PLACED(two_writers_of_one_file_do_not_mix),
        PLACED(a_write_that_fails_is_an_error_and_leaves_nothing),
        PLACED(a_write_that_fails_at_the_last_flush_is_noticed),
        PLACED(a_directory_without_permission_is_an_error),
        PLACED(a_directory_that_is_missing_is_an_error),
        cmocka_unit_test(paths_are_joined),
        cmocka_unit_test(the_directory_of_a_path_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
