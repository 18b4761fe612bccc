/* Any bytes as the file of a past history are read or refused: what fuzzers of tables have in common. */
#ifndef BAOGAN_TESTS_FUZZ_TABLE
#define BAOGAN_TESTS_FUZZ_TABLE

#include <baogan/baogan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char directory[] = "/tmp/baogan-fuzz-XXXXXX";
static char table[sizeof directory + 32];

static void remove_directory(void)
{
    remove(table);
    rmdir(directory);
}

static void make_directory(const char *name)
{
    if (!mkdtemp(directory) || atexit(remove_directory) != 0) {
        abort();
    }
    snprintf(table, sizeof table, "%s/%s", directory, name);
}

static void write_table(const uint8_t *data, size_t size)
{
    FILE *file = fopen(table, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0) {
        abort();
    }
}

/* Reads the bytes as the file `name` that a history is in. */
static void read_history(const char *name, const uint8_t *data, size_t size)
{
    char text[64];
    snprintf(text, sizeof text, "schema: 1\nhistory: {csv: %s}\n", name);
    if (!*table) {
        make_directory(name);
    }
    write_table(data, size);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    bg_status status =
        bg_scenario_parse(text, strlen(text), "input", directory, NULL, 0, &scenario, &errors);
    if ((status == BG_OK) != (errors.error_count == 0)) {
        abort();
    }
    if (scenario) {
        bg_history history;
        (void)bg_history_read(scenario, &history, &errors);
        bg_history_free(&history);
    }
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
}

#endif
