/* A run.json repeats the run that wrote it, also when the scenario has changed since. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../support/folder.h"
#include "command/provenance.h"
#include "command/repeat.h"

#define HISTORY "history: {2022: 94000000, 2023: 97000000, 2024: 100000000}\n"

/* Of county.yaml as it stands. */
static void write_run(void)
{
    const bg_scenario_source source = {.path = "county.yaml"};
    bg_scenario *scenario = NULL;
    char digest[BG_PROVENANCE_DIGEST];
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_scenario_load(&source, &scenario, &errors), BG_OK);
    char *yaml = bg_scenario_yaml(scenario, true);
    json_t *run = json_pack("{s:{s:s, s:s, s:s, s:s}, s:{}}", "scenario", "file", source.path,
                            "sha256", bg_provenance_digest(yaml, digest), "yaml", yaml,
                            "money_unit", "yuan", "options");
    char *text = json_dumps(run, 0);
    assert_non_null(text);
    folder_write("run.json", text);
    free(text);
    json_decref(run);
    free(yaml);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
}

/* The growth of the budget in what is run again; `warnings` says how many there were. */
static int64_t growth_of_repetition(size_t *warnings)
{
    const char *operands[] = {"run.json"};
    const bg_options options = {.operands = operands, .operand_count = 1, .lang = "en"};
    bg_repeat repeat;
    bg_area area = {.scenario = NULL};
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_repeat_open(&repeat, &options, &errors), BG_OK);
    assert_int_equal(bg_repeat_load(&repeat, &area, &errors), BG_OK);
    const int64_t growth = bg_scenario_find(area.scenario, "budget.growth")->value.integer;
    *warnings = errors.count;
    bg_area_free(&area);
    bg_repeat_free(&repeat);
    bg_errors_free(&errors);
    return growth;
}

static void what_was_run_is_run_again_whatever_its_file_says_now(void **state)
{
    (void)state;
    size_t warnings;
    folder_write("county.yaml", HISTORY "budget: {growth: 4%}\n");
    write_run();
    assert_int_equal(growth_of_repetition(&warnings), INT64_C(40000000000));
    assert_int_equal(warnings, 0);
    folder_write("county.yaml", HISTORY "budget: {growth: 7%}\n");
    assert_int_equal(growth_of_repetition(&warnings), INT64_C(40000000000));
    assert_int_equal(warnings, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_run_is_run_again_whatever_its_file_says_now),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
