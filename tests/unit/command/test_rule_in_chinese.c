/* Rules of the library without their comments: the same rules, with what their steps say in Chinese. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "command/rule_in_chinese.h"

#include <baogan/file.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The rule behind some past years as a complete scenario; NULL where it is none. */
static char *complete(const char *rule)
{
    char *text = malloc(strlen(rule) + 64), *written = NULL;
    bg_scenario *scenario = NULL;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_non_null(text);
    sprintf(text, "history: {2024: 100M, 2025: 110M}\n%s", rule);
    if (bg_scenario_parse(text, strlen(text), "t", "scenarios/rules", NULL, 0, &scenario,
                          &errors) == BG_OK) {
        written = bg_scenario_yaml(scenario, true);
    }
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
    free(text);
    return written;
}

static void assert_same_rule(const char *path)
{
    char *rule;
    size_t size;
    assert_int_equal(bg_file_read(path, 1 << 20, &rule, &size, NULL), BG_OK);
    char *chinese = bg_rule_in_chinese(rule, "x");
    assert_non_null(chinese);
    char *one = complete(rule), *other = complete(chinese);
    assert_non_null(one);
    assert_non_null(other);
    assert_string_equal(one, other);
    assert_contains(chinese, "scenarios/rules/x.yaml");
    for (const char *comment = strchr(chinese, '#'); comment; comment = strchr(comment + 1, '#')) {
        const bool ours = strncmp(comment, "# 办法：", strlen("# 办法：")) == 0 ||
                          strspn(comment + 2, "0123456789") > 0;
        if (!ours) {
            fail_msg("%s: %.60s", path, comment);
        }
    }
    free(one);
    free(other);
    free(chinese);
    free(rule);
}

static void every_rule_stays_the_same_without_its_comments(void **state)
{
    (void)state;
    glob_t found;
    assert_int_equal(glob("scenarios/rules/*.yaml", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        assert_same_rule(found.gl_pathv[i]);
    }
    globfree(&found);
}

static void steps_are_said_before_the_settlement(void **state)
{
    (void)state;
    char *text = bg_rule_in_chinese("title: {en: R, zh: \"甲 # 乙\"}\n"
                                    "# English\n"
                                    "settlement: # English\n"
                                    "  - share_surplus: {bands: {rest: 30%}} # English\n"
                                    "  - clear: {}\n",
                                    "r");
    assert_says_among_others(text, "# 1. 按占年度总额的比例分档，医共体留用：全部30%");
    assert_says_among_others(text, "# 2. 年度清算：多退少补\nsettlement:\n");
    assert_null(strstr(text, "English"));
    assert_contains(text, "title: {en: R, zh: \"甲 # 乙\"}\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_stays_the_same_without_its_comments),
        cmocka_unit_test(steps_are_said_before_the_settlement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
