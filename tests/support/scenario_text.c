#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/text.h"
#include "scenario_text.h"

#include <stdlib.h>
#include <string.h>

static bg_status parse(const char *text, const char *override, bg_scenario **scenario,
                       bg_errors *errors)
{
    return bg_scenario_parse(text, strlen(text), "t.yaml", NULL, &override, override ? 1 : 0,
                             scenario, errors);
}

bg_scenario *scenario_of(const char *text, const char *override)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    if (parse(text, override, &scenario, &errors) != BG_OK) {
        fail_msg("%s\n%s", text, messages_of(&errors));
    }
    bg_errors_free(&errors);
    return scenario;
}

char *messages_of(const bg_errors *errors)
{
    bg_text all = {0};
    bg_text_add(&all, "%s", "");
    for (size_t i = 0; i < errors->count; i++) {
        char *text = bg_error_text(&errors->items[i], NULL);
        bg_text_add(&all, "%s%s\n", errors->items[i].warning ? "warning: " : "", text);
        free(text);
    }
    return bg_text_take(&all);
}

char *messages_of_text(const char *text, const char *override)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    bg_status status = parse(text, override, &scenario, &errors);
    assert_int_equal(status == BG_OK, errors.error_count == 0);
    assert_int_equal(status == BG_OK, scenario != NULL);
    bg_scenario_free(scenario);
    char *messages = messages_of(&errors);
    bg_errors_free(&errors);
    return messages;
}

void assert_contains(const char *text, const char *part)
{
    if (!strstr(text, part)) {
        fail_msg("\"%s\" does not stand in:\n%s", part, text);
    }
}
