#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/scenario_text.h"
#include "store/chunk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char plan[] = "history: {2023: 50M, 2024: 55M}\n"
                           "simulation: {replications: 5, years: 1}\n"
                           "sweep:\n"
                           "  axes: {growth: {key: budget.growth, from: 0%, to: 4%, steps: 5}}\n"
                           "  filters: [growth != 2%]\n"
                           "  figures: {expense: mean(expense)}\n";

/* A sweep of five scenarios, one of them filtered out, in a directory where they are one chunk. */
typedef struct fixture {
    char directory[64], file[96];
    bg_sweep *sweep;
    bg_sweep_runner *runner;
    bg_folder folder;
    int ran, stop_after;
} fixture;

static void write_bytes(const char *path, const void *bytes, size_t size)
{
    FILE *stream = fopen(path, "w");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

static char *read_bytes(const char *path, size_t *size)
{
    char *bytes = calloc(1, 65536);
    FILE *stream = fopen(path, "r");
    assert_non_null(stream);
    *size = fread(bytes, 1, 65535, stream);
    fclose(stream);
    return bytes;
}

static int set_up(void **state)
{
    fixture *self = calloc(1, sizeof *self);
    *state = self;
    snprintf(self->directory, sizeof self->directory, "/tmp/baogan-test-chunk-XXXXXX");
    if (!mkdtemp(self->directory)) {
        return -1;
    }
    snprintf(self->file, sizeof self->file, "%s/plan.yaml", self->directory);
    write_bytes(self->file, plan, sizeof plan - 1);
    const bg_scenario_source source = {.path = self->file};
    char out[96];
    snprintf(out, sizeof out, "%s/out", self->directory);
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_sweep_read(&source, &self->sweep, &errors), BG_OK);
    bg_errors_free(&errors); /* of an unusually small number of replications */
    assert_int_equal(bg_folder_make(&self->folder, out, self->sweep, NULL), BG_OK);
    assert_int_equal(self->folder.scenarios, 5);
    assert_int_equal(self->folder.chunks, 5);
    self->folder.chunk_size = 5;
    self->folder.chunks = 1;
    assert_int_equal(bg_sweep_runner_new(self->sweep, &self->runner, NULL), BG_OK);
    return 0;
}

static int tear_down(void **state)
{
    fixture *self = *state;
    static const char *const names[] = {"out/rows/0000000.csv",
                                        "out/rows/0000000.part",
                                        "out/rows",
                                        "out/sweep.json",
                                        "out",
                                        "plan.yaml",
                                        ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[160];
        snprintf(path, sizeof path, "%s/%s", self->directory, names[i]);
        remove(path);
    }
    bg_sweep_runner_free(self->runner);
    bg_folder_close(&self->folder);
    bg_sweep_free(self->sweep);
    free(self);
    return 0;
}

static bool count_and_go_on(void *context)
{
    fixture *self = context;
    self->ran++;
    return self->ran != self->stop_after;
}

static bg_status run(fixture *self, int stop_after)
{
    self->ran = 0;
    self->stop_after = stop_after;
    return bg_chunk_run(&self->folder, 0, self->runner, count_and_go_on, self, NULL);
}

static char *path_of(const fixture *self, const char *ending)
{
    char *path = bg_folder_file(&self->folder, 0, ending);
    assert_non_null(path);
    return path;
}

static void a_chunk_is_run_once_and_read_back(void **state)
{
    fixture *self = *state;
    bg_chunk chunk;
    assert_int_equal(bg_chunk_read(&self->folder, 0, &chunk, NULL), BG_MISSING);
    assert_int_equal(run(self, 0), BG_OK);
    assert_int_equal(self->ran, 5);
    assert_int_equal(bg_chunk_read(&self->folder, 0, &chunk, NULL), BG_OK);
    assert_int_equal(chunk.row_count, 4); /* one is filtered out */
    assert_memory_equal(chunk.rows, "0,0,0,,0,1,ok,,", 15);
    bg_chunk_free(&chunk);
    char *part = path_of(self, "part");
    assert_int_not_equal(access(part, F_OK), 0);
    free(part);
}

static void a_chunk_that_is_left_goes_on_where_it_was(void **state)
{
    fixture *self = *state;
    size_t size, again;
    char *finished = path_of(self, "csv");
    assert_int_equal(run(self, 0), BG_OK);
    char *whole = read_bytes(finished, &size);
    unlink(finished);
    for (int stop = 1; stop < 5; stop++) {
        assert_int_equal(run(self, stop), BG_INTERRUPTED);
        assert_int_equal(bg_chunk_begun(&self->folder, 0), (uint64_t)stop);
        assert_int_equal(run(self, 0), BG_OK);
        assert_int_equal(self->ran, 5 - stop);
        char *resumed = read_bytes(finished, &again);
        assert_int_equal(again, size);
        assert_memory_equal(resumed, whole, size);
        free(resumed);
        unlink(finished);
    }
    free(whole);
    free(finished);
}

/* Wherever the file in hand ends, and whatever byte of it is wrong, the chunk becomes the same. */
static void a_torn_file_loses_only_what_is_torn(void **state)
{
    fixture *self = *state;
    size_t size, part_size, again;
    char *finished = path_of(self, "csv"), *part = path_of(self, "part");
    assert_int_equal(run(self, 4), BG_INTERRUPTED);
    char *torn = read_bytes(part, &part_size);
    assert_int_equal(run(self, 0), BG_OK);
    char *whole = read_bytes(finished, &size);
    for (size_t cut = 0; cut < 2 * part_size; cut += 3) {
        const bool flipped = cut >= part_size;
        unlink(finished);
        char *bytes = malloc(part_size);
        memcpy(bytes, torn, part_size);
        if (flipped) {
            bytes[cut - part_size] ^= 1;
        }
        write_bytes(part, bytes, flipped ? part_size : cut);
        free(bytes);
        assert_int_equal(run(self, 0), BG_OK);
        assert_in_range(self->ran, 1, 5);
        char *resumed = read_bytes(finished, &again);
        assert_int_equal(again, size);
        assert_memory_equal(resumed, whole, size);
        free(resumed);
    }
    free(torn);
    free(whole);
    free(finished);
    free(part);
}

static void every_wrong_byte_of_a_finished_file_is_noticed(void **state)
{
    fixture *self = *state;
    size_t size;
    char *finished = path_of(self, "csv");
    assert_int_equal(run(self, 0), BG_OK);
    char *bytes = read_bytes(finished, &size);
    for (size_t i = 0; i < size - 1; i += 2) {
        bg_chunk chunk;
        bytes[i] ^= 1;
        write_bytes(finished, bytes, size);
        bytes[i] ^= 1;
        const bg_status status = bg_chunk_read(&self->folder, 0, &chunk, NULL);
        assert_true(status == BG_INVALID || status == BG_EXISTS);
        bg_chunk_free(&chunk);
    }
    free(bytes);
    free(finished);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_chunk_is_run_once_and_read_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_chunk_that_is_left_goes_on_where_it_was, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_torn_file_loses_only_what_is_torn, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_wrong_byte_of_a_finished_file_is_noticed, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
