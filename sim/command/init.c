#include "base/text.h"
#include "command/ask.h"
#include "command/draft.h"
#include "command/installed.h"
#include "command/library.h"
#include "command/rule_in_chinese.h"
#include "command/verb.h"
#include "format/width.h"
#include "report/label.h"

#include <baogan/catalogue.h>
#include <baogan/file.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The keys that most scenarios change, in the order of the catalogue; an example where a key has no
 * default. A # with no blank after it stands before YAML, any other before prose. */
static const struct {
    const char *path, *example;
} knobs[] = {
    {"people[residents].count", "500000"},
    {"people[residents].growth", NULL},
    {"budget.base.trend_years", NULL},
    {"budget.growth", NULL},
    {"budget.growth_cap", "8%"},
    {"budget.later_rule", NULL},
    {"budget.funds", NULL},
    {"budget.prepayment.ratio", NULL},
    {"performance.score", NULL},
    {"pool[residents].income_per_head", "1193"},
    {"pool[residents].growth", NULL},
    {"pool[residents].balance", "32000"},
    {"demand.trend.prior", NULL},
    {"demand.trend.prior_sd", NULL},
    {"demand.volatility.total", NULL},
    {"demand.emergency.probability", NULL},
    {"simulation.years", NULL},
    {"simulation.replications", NULL},
    {"simulation.seed", NULL},
};

enum { MOST_LEVELS = 6, COLUMN_OF_COMMENTS = 44 };

/* The keys of a path from the top, in a copy that `storage` holds. */
static size_t path_keys(const char *path, char *storage, size_t size, const char *keys[])
{
    snprintf(storage, size, "%s", path);
    size_t count = 0;
    for (char *key = storage; *key && count < MOST_LEVELS;) {
        size_t length = strcspn(key, ".[]");
        keys[count++] = key;
        char *next = key + length + strspn(key + length, ".[]");
        key[length] = '\0';
        key = next;
    }
    return count;
}

/* How many leading keys two paths share. */
static size_t shared_keys(const char *a, const char *b)
{
    char storage_a[128], storage_b[128];
    const char *keys_a[MOST_LEVELS], *keys_b[MOST_LEVELS];
    size_t count_a = path_keys(a, storage_a, sizeof storage_a, keys_a);
    size_t count_b = path_keys(b, storage_b, sizeof storage_b, keys_b);
    size_t shared = 0;
    while (shared < count_a && shared < count_b && strcmp(keys_a[shared], keys_b[shared]) == 0) {
        shared++;
    }
    return shared;
}

static void write_knob(FILE *stream, size_t knob, const char *language)
{
    char storage[128];
    const char *keys[MOST_LEVELS] = {NULL};
    size_t count = path_keys(knobs[knob].path, storage, sizeof storage, keys);
    size_t level = knob ? shared_keys(knobs[knob - 1].path, knobs[knob].path) : 0;
    for (; level + 1 < count; level++) {
        fprintf(stream, "%*s#%s:\n", (int)(2 * level), "", keys[level]);
    }
    const bg_parameter *row = bg_catalogue_find(knobs[knob].path);
    const char *value = knobs[knob].example ? knobs[knob].example : row->standard;
    char line[256];
    snprintf(line, sizeof line, "%*s#%s: %s", (int)(2 * level), "", keys[level], value);
    size_t width = bg_text_width(line);
    int blanks = width < COLUMN_OF_COMMENTS ? (int)(COLUMN_OF_COMMENTS - width) : 1;
    fprintf(stream, "%s%*s # %s%s%s%s\n", line, blanks, "",
            bg_in_language(language, row->en, row->zh), row->choices[0] ? " (" : "", row->choices,
            row->choices[0] ? ")" : "");
}

/* What all scenarios begin with: where totals stand, as three that have to be replaced. */
static void write_head(FILE *stream, const char *language)
{
    fputs(bg_in_language(
              language,
              "# A scenario of baogan. Three yearly totals of what the pooled fund paid are\n"
              "# enough: replace them by yours, then\n#\n"
              "#   baogan check scenario.yaml\n"
              "#   baogan run scenario.yaml\n#\n",
              "# baogan 情景文件。只需三年的统筹基金支付合计：换成本地数据，然后运行\n#\n"
              "#   baogan check scenario.yaml\n"
              "#   baogan run scenario.yaml --lang zh\n#\n"),
          stream);
    fputs("schema: 1\n"
          "title: {en: My county, zh: 我县}\n",
          stream);
    fputs(bg_in_language(
              language,
              "money_unit: wan   # 10,000 yuan; a total may carry its own: 1.2亿, 36.47M\n",
              "money_unit: wan   # 万元；金额也可自带单位：1.2亿、36.47M\n"),
          stream);
    fputs("\nhistory:\n  2023: 55500\n  2024: 56600\n  2025: 56700\n\n", stream);
}

static void write_knobs(FILE *stream, const char *language)
{
    fputs(bg_in_language(
              language,
              "# The main knobs with their defaults, or an example. Delete the # in front of a\n"
              "# key and of those above it. All keys and their sources: baogan params\n",
              "# 主要参数及其默认值（或示例）。删去该行及其上级行首的 # 即可修改。\n"
              "# 全部参数及来源：baogan params --lang zh\n"),
          stream);
    for (size_t i = 0; i < sizeof knobs / sizeof *knobs; i++) {
        write_knob(stream, i, language);
    }
}

static bg_status write_rule(FILE *stream, const char *rule, bg_errors *errors)
{
    bg_text text = {0};
    bg_draft_add_rule(&text, rule, "");
    char *body = bg_text_take(&text);
    if (!body) {
        return bg_no_memory(errors);
    }
    fputs(body, stream);
    free(body);
    return BG_OK;
}

/* What is asked stands beside results: standard error. */
static bg_status ask(const bg_options *options, const char *rule, char **text, bg_errors *errors)
{
    const bg_dialogue dialogue = {.in = stdin,
                                  .out = stderr,
                                  .language = options->lang,
                                  .rule = rule,
                                  .stop = options->stop,
                                  .echo = isatty(STDIN_FILENO) != 1};
    return bg_ask(&dialogue, text, errors);
}

/* Whether the file can be written, before anything is asked. */
static bg_status try_file(const char *path, bg_errors *errors)
{
    bg_output output;
    const bg_status status = bg_output_open(&output, path, errors);
    bg_output_discard(&output);
    return status;
}

/* `answered`: the scenario of a dialogue; NULL if there was none. */
static bg_status write_file(const char *path, const char *answered, const char *rule,
                            const char *language, bg_errors *errors)
{
    bg_output output;
    bg_status status = bg_output_open(&output, path, errors);
    if (status) {
        return status;
    }
    if (answered) {
        fputs(answered, output.stream);
    } else {
        write_head(output.stream, language);
    }
    if (!answered && rule) {
        status = write_rule(output.stream, rule, errors);
    } else if (!answered) {
        write_knobs(output.stream, language);
    }
    status = status ? status : bg_output_commit(&output, errors);
    bg_output_discard(&output);
    return status;
}

static bg_status read_rule(const char *name, const char *language, char **rule, bg_errors *errors)
{
    if (!name) {
        return BG_OK;
    }
    char *directory = bg_program_rules();
    const bg_status status = bg_library_read(directory, name, rule, errors);
    free(directory);
    if (status == BG_OK && strcmp(language, "zh") == 0) {
        char *english = *rule;
        *rule = bg_rule_in_chinese(english, name);
        free(english);
        return *rule ? BG_OK : bg_no_memory(errors);
    }
    return status;
}

bg_status bg_verb_init(const bg_options *options, bg_errors *errors)
{
    const char *path = options->operand_count ? options->operands[0] : "scenario.yaml";
    char *rule = NULL, *answered = NULL;
    bg_status status = read_rule(options->rules, options->lang, &rule, errors);
    if (!status && options->ask) {
        status = try_file(path, errors);
        status = status ? status : ask(options, rule, &answered, errors);
    }
    status = status ? status : write_file(path, answered, rule, options->lang, errors);
    if (status == BG_OK && !options->quiet) {
        fprintf(stderr, "%s: %s\n", path,
                bg_in_language(options->lang, "written; try `baogan run` on it",
                               "已生成，可用 baogan run 运行"));
    }
    free(rule);
    free(answered);
    return status;
}
