/* Any bytes as the answers of `baogan init --ask`: either no scenario comes of them, or one that loads. The first byte
 * chooses the language. */
#include "command/ask.h"

#include <baogan/baogan.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void load(const char *text)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    if (bg_scenario_parse(text, strlen(text), "asked", NULL, NULL, 0, &scenario, &errors) !=
        BG_OK) {
        abort();
    }
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) {
        return 0; /* fmemopen(3) of no byte at all fails */
    }
    FILE *in = fmemopen((void *)(uintptr_t)(data + 1), size - 1, "r");
    FILE *out = fopen("/dev/null", "w");
    if (!in || !out) {
        abort();
    }
    const bg_dialogue dialogue = {
        .in = in, .out = out, .language = data[0] % 2 ? "en" : "zh", .echo = true};
    bg_errors errors;
    bg_errors_init(&errors);
    char *text = NULL;
    const bg_status status = bg_ask(&dialogue, &text, &errors);
    if ((status == BG_OK) != (text != NULL)) {
        abort();
    }
    if (text) {
        load(text);
    }
    free(text);
    bg_errors_free(&errors);
    fclose(out);
    fclose(in);
    return 0;
}
