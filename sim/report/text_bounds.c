#include "report/text_bounds.h"

#include "base/text.h"
#include "report/label.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first of each kind on a page; "" where there is none. */
typedef struct bounds {
    char below[BG_AMOUNT_TEXT], above[BG_AMOUNT_TEXT];
} bounds;

static void keep(char kept[BG_AMOUNT_TEXT], const char *text, size_t length)
{
    if (!kept[0] && length < BG_AMOUNT_TEXT) {
        snprintf(kept, BG_AMOUNT_TEXT, "%.*s", (int)length, text);
    }
}

/* "<0.38%" within a sentence. */
static void look_in_text(bounds *self, const char *text)
{
    for (const char *c = strpbrk(text, "<>"); c; c = strpbrk(c + 1, "<>")) {
        const size_t digits = strspn(c + 1, "0123456789.");
        if (digits > 0 && c[1 + digits] == '%') {
            keep(*c == '<' ? self->below : self->above, c, digits + 2);
        }
    }
}

static bool is_shown_by_bound(const bg_cell *cell, const bg_column *column)
{
    return cell->kind == BG_CELL_SHARE &&
           (column->form == BG_FORM_VALUE || column->form == BG_FORM_FITTED) &&
           (cell->value <= 0 || cell->value >= 1) && !bg_cell_is_absent(cell);
}

static void look_in_sheet(bounds *self, const bg_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        const bg_cell *cell = &sheet->cells[i];
        if (is_shown_by_bound(cell, &sheet->columns[i % sheet->column_count])) {
            char text[BG_AMOUNT_TEXT];
            bg_share_with_error(cell->value, cell->low, cell->high, text);
            keep(cell->value <= 0 ? self->below : self->above, text, strlen(text));
        }
    }
}

static void say_behind(bg_document *page, bg_part *sentence, const char *bound, const char *en,
                       const char *zh)
{
    if (!bound[0]) {
        return;
    }
    char *both = bg_text_format("%s%s%s%s", sentence->text, bg_in_language(page->language, " ", ""),
                                bound, bg_in_language(page->language, en, zh));
    page->failed = page->failed || !both;
    if (both) {
        free(sentence->text);
        sentence->text = both;
    }
}

void bg_text_explain_bounds(bg_document *page)
{
    bounds found = {"", ""};
    bg_part *sentence = NULL;
    for (size_t i = 0; i < page->count; i++) {
        bg_part *part = &page->parts[i];
        sentence = sentence || part->kind != BG_PART_SENTENCE ? sentence : part;
        if (part->kind == BG_PART_SHEET) {
            look_in_sheet(&found, &part->sheet);
        } else if (part->text) {
            look_in_text(&found, part->text);
        }
    }
    if (sentence) {
        say_behind(page, sentence, found.below,
                   ": in none of the futures, as the end of its 95% interval.",
                   "：各情形中均未发生，所示为95%区间的上限。");
        say_behind(page, sentence, found.above,
                   ": in all of the futures, as the end of its 95% interval.",
                   "：各情形中均发生，所示为95%区间的下限。");
    }
}
