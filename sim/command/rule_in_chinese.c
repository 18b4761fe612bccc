#include "command/rule_in_chinese.h"

#include "base/text.h"
#include "report/label.h"
#include "report/rule_words.h"

#include <baogan/scenario.h>
#include <stdlib.h>
#include <string.h>

/* Any past years will do: a rule has none, and no scenario is without. */
#define PAST_YEARS "history: {2024: 100M, 2025: 100M}\n"

/* The length of a line without its comment and the blanks before that. */
static size_t length_without_comment(const char *line, size_t length)
{
    char quote = '\0';
    size_t end = length;
    for (size_t i = 0; i < length && end == length; i++) {
        if (quote) {
            quote = line[i] == quote ? '\0' : quote;
        } else if (line[i] == '"' || line[i] == '\'') {
            quote = line[i];
        } else if (line[i] == '#' && (i == 0 || line[i - 1] == ' ')) {
            end = i;
        }
    }
    while (end > 0 && line[end - 1] == ' ') {
        end--;
    }
    return end;
}

/* The rule as a complete scenario; NULL where it cannot be read by itself. */
static bg_scenario *scenario_of(const char *rule)
{
    char *text = bg_text_format("%s%s", PAST_YEARS, rule);
    bg_scenario *scenario = NULL;
    bg_errors unused;
    bg_errors_init(&unused);
    if (text) {
        bg_scenario_parse(text, strlen(text), "", NULL, NULL, 0, &scenario, &unused);
    }
    bg_errors_free(&unused);
    free(text);
    return scenario;
}

static void add_steps(bg_text *text, const bg_scenario *scenario)
{
    const bg_node *plan = scenario ? bg_scenario_find(scenario, "settlement") : NULL;
    int number = 0;
    for (const bg_node *step = plan ? plan->child : NULL; step; step = step->next) {
        bg_text_add(text, "# %d. ", ++number);
        bg_add_step_words(text, step, "zh");
        bg_text_add(text, "\n");
    }
}

static void add_title(bg_text *text, const bg_scenario *scenario, const char *name)
{
    const bg_node *title = scenario ? bg_scenario_find(scenario, "title") : NULL;
    bg_text_add(text, "# 办法：%s。依据与出处见 scenarios/rules/%s.yaml（英文）。\n",
                title ? bg_node_in_language(title, "zh") : name, name);
}

char *bg_rule_in_chinese(const char *rule, const char *name)
{
    static const char settlement[] = "settlement:";
    bg_scenario *scenario = scenario_of(rule);
    bg_text text = {0};
    add_title(&text, scenario, name);
    for (const char *line = rule; *line;) {
        const size_t length = strcspn(line, "\n");
        const size_t kept = length_without_comment(line, length);
        if (strncmp(line, settlement, strlen(settlement)) == 0) {
            add_steps(&text, scenario);
        }
        if (kept > 0 || length == 0) {
            bg_text_add(&text, "%.*s\n", (int)kept, line);
        }
        line += length + (line[length] == '\n');
    }
    bg_scenario_free(scenario);
    return bg_text_take(&text);
}
