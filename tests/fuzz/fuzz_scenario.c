/* Any text is either refused with a sentence or becomes a scenario that, written out, loads to
 * itself, and whose model is read or refused with a sentence. */
#include <baogan/baogan.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bg_scenario *parse(const char *text, size_t size)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    bg_status status = bg_scenario_parse(text, size, "input", NULL, NULL, 0, &scenario, &errors);
    if ((status == BG_OK) != (errors.error_count == 0) || (status == BG_OK) != (scenario != NULL)) {
        abort();
    }
    bg_errors_free(&errors);
    return scenario;
}

static void loads_to_itself(const bg_scenario *scenario)
{
    char *written = bg_scenario_yaml(scenario, false);
    if (!written) {
        abort();
    }
    bg_scenario *again = parse(written, strlen(written));
    if (!again) {
        abort();
    }
    char *rewritten = bg_scenario_yaml(again, false);
    if (!rewritten || strcmp(written, rewritten) != 0) {
        abort();
    }
    free(rewritten);
    bg_scenario_free(again);
    free(written);
}

static void model_is_read_or_refused(const bg_scenario *scenario)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    bg_status status = bg_model_read(scenario, &model, &errors);
    if ((status == BG_OK) != (errors.error_count == 0) || status == BG_INTERNAL) {
        abort();
    }
    bg_model_free(&model);
    bg_errors_free(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bg_scenario *scenario = parse((const char *)data, size);
    if (scenario) {
        loads_to_itself(scenario);
        model_is_read_or_refused(scenario);
    }
    bg_scenario_free(scenario);
    return 0;
}
