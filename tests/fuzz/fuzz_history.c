/* Any bytes as the CSV file of a history, in UTF-8 or GB18030, are read or refused. */
#include <baogan/baogan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char directory[] = "/tmp/baogan-fuzz-XXXXXX";
static char csv[sizeof directory + sizeof "/history.csv"];

static void remove_directory(void)
{
    remove(csv);
    rmdir(directory);
}

static void make_directory(void)
{
    if (!mkdtemp(directory) || atexit(remove_directory) != 0) {
        abort();
    }
    snprintf(csv, sizeof csv, "%s/history.csv", directory);
}

static void write_csv(const uint8_t *data, size_t size)
{
    FILE *file = fopen(csv, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char text[] = "schema: 1\nhistory: {csv: history.csv}\n";
    if (!*csv) {
        make_directory();
    }
    write_csv(data, size);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    bg_status status =
        bg_scenario_parse(text, sizeof text - 1, "input", directory, NULL, 0, &scenario, &errors);
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
    return 0;
}
