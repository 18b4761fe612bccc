/* Any bytes as a table of observed data; what can be read is back-tested. */
#include "study/backtest.h"
#include "study/observed_table.h"

#include <stdio.h>

enum { MOST_CELLS = 200 }; /* of series and years, so that an input takes no long time */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void forecast(const bg_observed *observed, bg_errors *errors)
{
    const bg_backtest_options options = {.ahead = 2};
    bg_backtest test;
    bg_backtest_run(observed, &options, &test, errors);
    bg_backtest_free(&test);
}

static size_t cells(const bg_observed *observed)
{
    int first = observed->row[0].year, last = first;
    for (size_t i = 0; i < observed->count; i++) {
        first = observed->row[i].year < first ? observed->row[i].year : first;
        last = observed->row[i].year > last ? observed->row[i].year : last;
    }
    return observed->series_count * (size_t)(last - first + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bg_observed observed;
    bg_errors errors;
    FILE *stream = size ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
    if (!stream) {
        return 0;
    }
    bg_errors_init(&errors);
    if (bg_observed_read(stream, "data.csv", 100, &observed, &errors) == BG_OK &&
        cells(&observed) <= MOST_CELLS) {
        forecast(&observed, &errors);
    }
    bg_observed_free(&observed);
    bg_errors_free(&errors);
    fclose(stream);
    return 0;
}
