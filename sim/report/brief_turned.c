/* What the conclusion hangs on: the chance of an overspend where one assumption is turned. */
#include "report/brief_parts.h"
#include "study/turned.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Of a brief; a full report has room for more. */
enum { FEW = 5, MANY = 12 };

/* "inpatient: trend of cases a head", from the name of its part and the words of its key. */
static const char *label_of(const bg_brief *self, const bg_turned *item, bg_sheet *sheet)
{
    const char *language = self->page.language;
    const bg_parameter *row = item->input.row;
    const char *words = bg_brief_words(self, row->en, row->zh);
    char name[64];
    if (sscanf(item->input.key, "demand.services[%63[^]]", name) == 1) {
        return bg_sheet_keep(sheet, bg_brief_words(self, "%s: %s", "%s：%s"),
                             bg_label_of_service(name, language), words);
    }
    if (sscanf(item->input.key, "people[%63[^]]", name) == 1 ||
        sscanf(item->input.key, "pool[%63[^]]", name) == 1) {
        return bg_sheet_keep(sheet, bg_brief_words(self, "%s: %s", "%s：%s"),
                             bg_label_of_scheme(name, language), words);
    }
    return words;
}

static void add_item(const bg_brief *self, const bg_turned *item, bg_sheet *sheet)
{
    char value[3][BG_VALUE_TEXT];
    bg_sheet_add_text(sheet, label_of(self, item, sheet));
    bg_sheet_add_text(sheet,
                      bg_sheet_keep(sheet, bg_brief_words(self, "%s (%s / %s)", "%s（%s / %s）"),
                                    bg_value_text(item->input.row, item->given, value[0]),
                                    bg_value_text(item->input.row, item->value[0], value[1]),
                                    bg_value_text(item->input.row, item->value[1], value[2])));
    for (int end = 0; end < 2; end++) {
        bg_sheet_add_share(sheet, item->figures[end].chance);
    }
    for (int end = 0; end < 2; end++) {
        bg_sheet_add_amount(sheet, item->figures[end].result);
    }
}

static void add_columns(const bg_brief *self, bg_sheet *sheet)
{
    const struct {
        bg_cell_kind kind;
        const char *en, *zh;
        bg_form form;
    } columns[] = {{BG_CELL_TEXT, "Assumption", "假设", BG_FORM_VALUE},
                   {BG_CELL_TEXT, "Now (lower / higher)", "现值（改低 / 改高）", BG_FORM_VALUE},
                   {BG_CELL_SHARE, "Chance: lower", "超支可能性：改低", BG_FORM_PLAIN},
                   {BG_CELL_SHARE, "higher", "改高", BG_FORM_PLAIN},
                   {BG_CELL_AMOUNT, "Community: lower", "医共体得失：改低", BG_FORM_CHANGE},
                   {BG_CELL_AMOUNT, "higher", "改高", BG_FORM_CHANGE}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        bg_sheet_add_column(
            sheet, (bg_column){.kind = columns[i].kind,
                               .heading = bg_brief_words(self, columns[i].en, columns[i].zh),
                               .form = columns[i].form,
                               .scale = self->page.unit});
    }
}

void bg_brief_turned(bg_brief *self)
{
    const bg_turned_list *list = self->facts->turned;
    if (!list || list->count == 0) {
        return;
    }
    char futures[BG_AMOUNT_TEXT];
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->page.language);
    add_columns(self, &sheet);
    const size_t most = self->full ? MANY : FEW;
    for (size_t i = 0; i < list->count && i < most; i++) {
        add_item(self, &list->item[i], &sheet);
    }
    bg_brief_heading(self, true, "What this hangs on", "结论主要取决于什么");
    bg_document_add(
        self->page.document, BG_PART_NOTE, 0,
        bg_brief_words(self,
                       "%d, one assumption turned at a time by a tenth of its usual range, on the "
                       "same %s futures; unturned the chance is %.1f%%.",
                       "%d年，每次只改一项假设，幅度为其常用范围的十分之一，用同一批%s种情形；"
                       "不改时超支可能性为%.1f%%。"),
        self->first, bg_amount_text((bg_money_scale){"", 1, 0}, (double)list->futures, futures),
        100 * list->given.chance);
    bg_document_add_sheet(self->page.document, 0, &sheet);
}
