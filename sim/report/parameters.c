#include "report/parameters.h"

#include "base/text.h"
#include "format/json_writer.h"
#include "format/text_writer.h"
#include "format/width.h"
#include "report/form_examples.h"
#include "report/label.h"
#include "scenario/aliases.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_CELL 30 /* columns; longer defaults and ranges are shown in full one by one */

bool bg_parameter_under(const bg_parameter *row, const char *prefix)
{
    if (!prefix || row == bg_catalogue_find(prefix)) {
        return true;
    }
    size_t length = strlen(prefix);
    return strncmp(row->path, prefix, length) == 0 && strchr(".[", row->path[length]);
}

static bool holds_value(const bg_parameter *row)
{
    return row->type != BG_TYPE_NONE || row->shape == BG_SHAPE_STEPS;
}

/* "0% … 50%", "at least 0", "a | b", or "". */
static const char *range_text(const bg_parameter *row, char *buffer, size_t size)
{
    if (row->choices[0] && !row->minimum[0]) {
        return row->choices;
    }
    const char *low = row->minimum, *high = row->maximum;
    snprintf(buffer, size, "%s%s%s%s%s", low[0] && !high[0] ? "≥ " : low,
             low[0] && high[0] ? " … " : "", low[0] && !high[0] ? low : high,
             row->choices[0] ? "|" : "", row->choices);
    return buffer;
}

/* The row as of year number `index` of the catalogue, where its default or the source of that was another
 * one; else NULL. */
static const bg_parameter *earlier(const bg_parameter *row, size_t index)
{
    const bg_parameter *other = bg_catalogue_as_of(row, bg_catalogue_as_of_year(index));
    return strcmp(other->standard, row->standard) != 0 || strcmp(other->source, row->source) != 0
               ? other
               : NULL;
}

char *bg_parameter_earlier_defaults(const bg_parameter *row)
{
    bg_text text = {0};
    bg_text_add(&text, "%s", "");
    for (size_t i = 0; bg_catalogue_as_of_year(i); i++) {
        const bg_parameter *other = earlier(row, i);
        if (other && strcmp(other->standard, row->standard) != 0) {
            bg_text_add(&text, "%s%d: %s", text.length ? ", " : "", bg_catalogue_as_of_year(i),
                        other->standard);
        }
    }
    return bg_text_take(&text);
}

/* "5%", or "5% (2024: 6%)"; new string, NULL when out of memory. */
static char *default_text(const bg_parameter *row)
{
    char *before = bg_parameter_earlier_defaults(row);
    char *text = !before      ? NULL
                 : !before[0] ? bg_text_format("%s", row->standard)
                              : bg_text_format("%s (%s)", row->standard, before);
    free(before);
    return text;
}

static const char *shortened(const char *text)
{
    return bg_text_width(text) > LONGEST_CELL ? "…" : text;
}

/* "assumption: no source; vary it" in words of the language; new string, NULL when out of memory. */
static char *source_text(const bg_parameter *row, const char *language)
{
    return bg_text_format("%s%s", bg_label_of_assumption(row, language),
                          bg_label_of_source(row->source, language));
}

/* A machine name beside its Chinese words. */
typedef struct word {
    const char *name, *zh;
} word;

/* The words for a type, a form or a unit in the language; the name itself where there are none. */
static const char *in_words(const word *words, size_t count, const char *name, const char *language)
{
    for (size_t i = 0; i < count && strcmp(language, "zh") == 0; i++) {
        if (strcmp(words[i].name, name) == 0) {
            return words[i].zh;
        }
    }
    return name;
}

static const char *type_in_words(bg_type type, const char *language)
{
    static const word words[] = {
        {"section", "节"},   {"text", "文本"},    {"name", "名称"},  {"choice", "选项"},
        {"bool", "是或否"},  {"integer", "整数"}, {"year", "年份"},  {"month", "月份"},
        {"decimal", "小数"}, {"rate", "比例"},    {"money", "金额"}, {"price", "单价（元）"},
    };
    return in_words(words, sizeof words / sizeof *words, bg_type_name(type), language);
}

static const char *shape_in_words(bg_shape shape, const char *language)
{
    static const word words[] = {
        {"one", "单一值"},           {"texts", "各语言的文本"}, {"list", "列表"},
        {"by_year", "分年度"},       {"bands", "分档"},         {"brackets", "金额分段"},
        {"tiers", "得分档次"},       {"named", "按名称"},       {"rule", "比例规则"},
        {"shares", "按名称的比例"},  {"conditions", "条件"},    {"section", "节"},
        {"entries", "按名称的各项"}, {"steps", "步骤"},
    };
    return in_words(words, sizeof words / sizeof *words, bg_shape_name(shape), language);
}

static const char *unit_in_words(const char *unit, const char *language)
{
    static const word words[] = {
        {"1/year", "每年"},       {"account", "账户"},       {"axis", "变动参数"},
        {"cases", "人次"},        {"cases/year", "人次/年"}, {"column", "列"},
        {"file", "文件"},         {"fund", "资金"},          {"futures", "种情形"},
        {"group", "人群"},        {"indicator", "指标"},     {"input", "数据"},
        {"key", "参数"},          {"line", "项目"},          {"month", "月份"},
        {"months", "个月"},       {"name", "名称"},          {"persons", "人"},
        {"points", "分"},         {"policy", "政策"},        {"pot", "分项"},
        {"result", "结果"},       {"scheme", "险种"},        {"service", "服务"},
        {"year", "年度"},         {"years", "年"},           {"yuan", "元"},
        {"yuan/case", "元/人次"}, {"yuan/person", "元/人"},  {"yuan/person/year", "元/人/年"},
        {"yuan/year", "元/年"},   {"yuan/yuan", "元/元"},
    };
    return in_words(words, sizeof words / sizeof *words, unit, language);
}

/* Prints a sheet and gives it up. */
static bg_status finish(bg_sheet *sheet, FILE *stream, int indent)
{
    const bg_status status = bg_sheet_write_text(sheet, stream, indent);
    bg_sheet_free(sheet);
    return status;
}

/* The default as of earlier years, each with its source. */
static void add_earlier(bg_sheet *sheet, const bg_parameter *row, const char *language)
{
    for (size_t i = 0; bg_catalogue_as_of_year(i); i++) {
        const bg_parameter *other = earlier(row, i);
        if (!other) {
            continue;
        }
        char *source = source_text(other, language);
        bg_sheet_add_text(sheet,
                          bg_sheet_keep(sheet, bg_in_language(language, "as of %d", "截至%d年"),
                                        bg_catalogue_as_of_year(i)));
        bg_sheet_add_text(sheet,
                          bg_sheet_keep(sheet, bg_in_language(language, "%s (%s)", "%s（%s）"),
                                        other->standard, source ? source : ""));
        sheet->failed = sheet->failed || !source;
        free(source);
    }
}

/* Examples of how the row is written; none where it says so itself. */
static void print_examples(const bg_parameter *row, const char *language, FILE *stream)
{
    const int nearest = bg_form_example_nearest(row);
    const char *heading = bg_in_language(language, "Examples:", "示例：");
    for (size_t i = 0; nearest > 0 && i < bg_form_example_count(); i++) {
        const bg_form_example *example = bg_form_example_row(i);
        if (bg_form_example_nearness(example, row) == nearest) {
            fprintf(stream, "%s\n    --set '%s=%s'", heading, example->path, example->value);
            heading = "";
        }
    }
    fputs(nearest > 0 ? "\n" : "", stream);
}

/* "增长率、年增长率" of the words that may stand for the key; "" where there are none. */
static const char *aliases_text(bg_sheet *sheet, const bg_parameter *row)
{
    bg_text text = {0};
    bg_text_add(&text, "%s", "");
    for (const char *words = bg_aliases_of(row); *words;) {
        const size_t length = strcspn(words, "|");
        bg_text_add(&text, "%s%.*s", text.length ? "、" : "", (int)length, words);
        words += length + (words[length] == '|');
    }
    char *taken = bg_text_take(&text);
    const char *kept = bg_sheet_keep(sheet, "%s", taken ? taken : "");
    sheet->failed = sheet->failed || !taken;
    free(taken);
    return kept ? kept : "";
}

static bg_status print_in_full(const bg_parameter *row, const char *language, FILE *stream)
{
    char range[128];
    char *source = source_text(row, language);
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    const struct {
        const char *en, *zh, *text;
    } lines[] = {
        {"type", "类型", type_in_words(row->type, language)},
        {"form", "形式", shape_in_words(row->shape, language)},
        {"unit", "单位", unit_in_words(row->unit, language)},
        {"allowed", "允许范围", range_text(row, range, sizeof range)},
        {"advisable from", "建议下限", row->advised_minimum},
        {"advisable to", "建议上限", row->advised_maximum},
        {"default", "默认值", row->standard},
        {"source", "来源", source ? source : ""},
        {"in Chinese", "中文键名", aliases_text(&sheet, row)},
    };
    fprintf(stream, "%s\n%s\n", row->path, bg_in_language(language, row->en, row->zh));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (lines[i].text[0]) {
            bg_sheet_add_text(&sheet, bg_in_language(language, lines[i].en, lines[i].zh));
            bg_sheet_add_text(&sheet, lines[i].text);
        }
    }
    add_earlier(&sheet, row, language);
    sheet.failed = sheet.failed || !source;
    const bg_status status = finish(&sheet, stream, 2);
    free(source);
    print_examples(row, language, stream);
    return status;
}

/* A line of a table, and under it what the parameter means and where its default comes from. */
static void add_row(bg_sheet *sheet, const bg_parameter *row, const char *language)
{
    char range[128];
    bg_sheet_add_text(sheet, row->path);
    char *standard = default_text(row);
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%s", shortened(standard ? standard : "")));
    bg_sheet_add_text(sheet,
                      bg_sheet_keep(sheet, "%s", shortened(range_text(row, range, sizeof range))));
    bg_sheet_add_text(sheet, unit_in_words(row->unit, language));
    char *source = source_text(row, language);
    const char *meaning = bg_in_language(language, row->en, row->zh);
    const char *aliases = strcmp(language, "zh") == 0 ? aliases_text(sheet, row) : "";
    if (aliases[0]) {
        meaning = bg_sheet_keep(sheet, "%s；键名也可写作：%s", meaning, aliases);
    }
    if (source && source[0]) {
        meaning =
            bg_sheet_keep(sheet, bg_in_language(language, "%s (%s)", "%s（%s）"), meaning, source);
    }
    bg_sheet_note(sheet, meaning);
    sheet->failed = sheet->failed || !source || !standard;
    free(standard);
    free(source);
}

bg_status bg_parameters_text(const char *prefix, const char *language, FILE *stream)
{
    static const char *const heads[][2] = {
        {"path", "参数"}, {"default", "默认值"}, {"allowed", "允许范围"}, {"unit", "单位"}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        const char *heading = bg_in_language(language, heads[i][0], heads[i][1]);
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT, .heading = heading});
    }
    const bg_parameter *only = NULL;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = bg_catalogue_row(i);
        const bool named = strcmp(language, "zh") == 0 && bg_aliases_of(row)[0];
        if (bg_parameter_under(row, prefix) && (holds_value(row) || named)) {
            add_row(&sheet, row, language);
            only = row;
        }
    }
    if (bg_sheet_row_count(&sheet) == 1) {
        bg_sheet_free(&sheet);
        return print_in_full(only, language, stream);
    }
    const bg_status status = finish(&sheet, stream, 0);
    const bg_parameter *section = prefix ? bg_catalogue_find(prefix) : NULL;
    if (section) {
        print_examples(section, language, stream);
    }
    return status;
}

/* A cell of Markdown: a bar would end it. */
static void print_cell(const char *text, bool code, FILE *stream)
{
    fputs(code && text[0] ? " `" : " ", stream);
    for (const char *c = text; *c; c++) {
        if (*c == '|') {
            fputc('\\', stream);
        }
        fputc(*c, stream);
    }
    fputs(code && text[0] ? "` |" : " |", stream);
}

bg_status bg_parameters_markdown(const char *prefix, const char *language, FILE *stream)
{
    fputs(bg_in_language(language, "| path | unit | default | allowed | meaning | source |\n",
                         "| 参数 | 单位 | 默认值 | 允许范围 | 含义 | 来源 |\n"),
          stream);
    fputs("|---|---|---|---|---|---|\n", stream);
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = bg_catalogue_row(i);
        if (!bg_parameter_under(row, prefix) || !holds_value(row)) {
            continue;
        }
        char range[128], source[256];
        snprintf(source, sizeof source, "%s%s", bg_label_of_assumption(row, "en"), row->source);
        char *standard = default_text(row);
        if (!standard) {
            return BG_MEMORY;
        }
        fputc('|', stream);
        print_cell(row->path, true, stream);
        print_cell(row->unit, false, stream);
        print_cell(standard, true, stream);
        free(standard);
        print_cell(range_text(row, range, sizeof range), false, stream);
        print_cell(bg_in_language(language, row->en, row->zh), false, stream);
        print_cell(source, false, stream);
        fputc('\n', stream);
    }
    return BG_OK;
}

static void add_members(bg_sheet *sheet, const bg_parameter *row)
{
    char *before = bg_parameter_earlier_defaults(row);
    const struct {
        const char *key, *text;
    } members[] = {
        {"path", row->path},
        {"type", bg_type_name(row->type)},
        {"shape", bg_shape_name(row->shape)},
        {"unit", row->unit},
        {"choices", row->choices},
        {"minimum", row->minimum},
        {"maximum", row->maximum},
        {"advised_minimum", row->advised_minimum},
        {"advised_maximum", row->advised_maximum},
        {"default", row->standard},
        {"earlier_defaults", bg_sheet_keep(sheet, "%s", before ? before : "")},
        {"shorthand", row->shorthand},
        {"source", bg_sheet_keep(sheet, "%s%s", bg_label_of_assumption(row, "en"), row->source)},
        {"en", row->en},
        {"zh", row->zh},
        {"read_by", bg_reader_name(bg_catalogue_reader(row->path))},
    };
    const size_t count = sizeof members / sizeof *members;
    for (size_t j = sheet->column_count; j < count; j++) {
        bg_sheet_add_column(sheet, (bg_column){.name = members[j].key, .kind = BG_CELL_TEXT});
    }
    for (size_t j = 0; j < count; j++) {
        bg_sheet_add_text(sheet, members[j].text[0] ? members[j].text : NULL);
    }
    sheet->failed = sheet->failed || !before;
    free(before);
}

json_t *bg_parameters_json(const char *prefix)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        if (bg_parameter_under(bg_catalogue_row(i), prefix)) {
            add_members(&sheet, bg_catalogue_row(i));
        }
    }
    json_t *list = bg_sheet_json(&sheet);
    bg_sheet_free(&sheet);
    return list;
}
