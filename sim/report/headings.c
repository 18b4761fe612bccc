#include "report/headings.h"

#include "base/text.h"
#include "format/sheet.h"
#include "format/text_writer.h"
#include "report/label.h"
#include "scenario/heading.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    bg_headings table;
    const char *keys[2]; /* of `baogan params` under which it is shown */
    const char *en, *zh;
} tables[] = {
    {BG_HEADINGS_HISTORY,
     {"history", "history.csv"},
     "Columns of the table of past years, each by any of these headings",
     "历史数据表的各列，列名可用下列任一写法"},
    {BG_HEADINGS_TABLE,
     {"inputs", "table"},
     "Columns of a table to be settled, each by any of these headings, unless `inputs` maps it",
     "批量清算表的各列，列名可用下列任一写法（`inputs` 另行指定的除外）"},
};

/* A cell of words that are parted by bars. */
static void add_words(bg_sheet *sheet, const char *words)
{
    bg_text list = {0};
    for (const char *c = words; *c; c++) {
        bg_text_add(&list, "%s%c", *c == '|' ? "," : "", *c == '|' ? ' ' : *c);
    }
    char *joined = bg_text_take(&list);
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%s", joined ? joined : ""));
    sheet->failed = sheet->failed || !joined;
    free(joined);
}

static bg_status print_table(bg_headings table, const char *language, FILE *stream)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    const char *words, *key;
    for (size_t i = 0; (key = bg_heading_row(table, i, &words)); i++) {
        bg_sheet_add_text(&sheet, key);
        add_words(&sheet, words);
    }
    const bg_status status = bg_sheet_write_text(&sheet, stream, 2);
    bg_sheet_free(&sheet);
    return status;
}

/* The words that may stand for a scheme, a service or a place, in tables and in files. */
static bg_status print_names(const char *language, FILE *stream)
{
    static const bg_word_kind kinds[] = {BG_WORD_SCHEME, BG_WORD_SERVICE, BG_WORD_PLACE,
                                         BG_WORD_TOTAL};
    static const char *const keys[] = {"residents", "employees", "inpatient", "outpatient",
                                       "chronic",   "in",        "out",       "total"};
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            const char *words = bg_heading_words_of(kinds[k], keys[i]);
            if (words) {
                bg_sheet_add_text(&sheet, keys[i]);
                add_words(&sheet, words);
            }
        }
    }
    fprintf(stream, "\n%s\n",
            bg_in_language(language, "Schemes, services and places, each by any of these words",
                           "险种、服务与就医地，可用下列任一写法"));
    const bg_status status = bg_sheet_write_text(&sheet, stream, 2);
    bg_sheet_free(&sheet);
    return status;
}

/* Whether keys of such names stand right below. */
static bool has_names(const char *prefix)
{
    static const char *const keys[] = {"history", "history.csv", "people", "budget.schemes"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (prefix && strcmp(prefix, keys[i]) == 0) {
            return true;
        }
    }
    return false;
}

bg_status bg_headings_text(const char *prefix, const char *language, FILE *stream)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const bool asked = prefix && (strcmp(prefix, tables[i].keys[0]) == 0 ||
                                      strcmp(prefix, tables[i].keys[1]) == 0);
        if (asked && status == BG_OK) {
            fprintf(stream, "\n%s\n", bg_in_language(language, tables[i].en, tables[i].zh));
            status = print_table(tables[i].table, language, stream);
        }
    }
    return status == BG_OK && has_names(prefix) ? print_names(language, stream) : status;
}
