#include "report/text_bounds.h"

#include "report/label.h"

#include <stdio.h>
#include <string.h>

/* The first of a kind on a page, and the part in which it stands; "" where there is none. */
typedef struct bound {
    char shown[BG_AMOUNT_TEXT];
    size_t part;
} bound;

typedef struct bounds {
    bound below, above;
} bounds;

static void keep(bound *self, size_t part, const char *text, size_t length)
{
    if (!self->shown[0] && length < BG_AMOUNT_TEXT) {
        snprintf(self->shown, BG_AMOUNT_TEXT, "%.*s", (int)length, text);
        self->part = part;
    }
}

/* "<0.38%" within a sentence. */
static void look_in_text(bounds *self, size_t part, const char *text)
{
    for (const char *c = strpbrk(text, "<>"); c; c = strpbrk(c + 1, "<>")) {
        const size_t digits = strspn(c + 1, "0123456789.");
        if (digits > 0 && c[1 + digits] == '%') {
            keep(*c == '<' ? &self->below : &self->above, part, c, digits + 2);
        }
    }
}

static bool is_shown_by_bound(const bg_cell *cell, const bg_column *column)
{
    return cell->kind == BG_CELL_SHARE &&
           (column->form == BG_FORM_VALUE || column->form == BG_FORM_FITTED) &&
           (cell->value <= 0 || cell->value >= 1) && !bg_cell_is_absent(cell);
}

static void look_in_sheet(bounds *self, size_t part, const bg_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        const bg_cell *cell = &sheet->cells[i];
        if (is_shown_by_bound(cell, &sheet->columns[i % sheet->column_count])) {
            char text[BG_AMOUNT_TEXT];
            bg_share_with_error(cell->value, cell->low, cell->high, text);
            keep(cell->value <= 0 ? &self->below : &self->above, part, text, strlen(text));
        }
    }
}

static bounds find_bounds(const bg_document *page)
{
    bounds found = {0};
    for (size_t i = 0; i < page->count; i++) {
        const bg_part *part = &page->parts[i];
        if (part->kind == BG_PART_SHEET) {
            look_in_sheet(&found, i, &part->sheet);
        } else if (part->text) {
            look_in_text(&found, i, part->text);
        }
    }
    return found;
}

/* Behind the part in which it stands. */
static void explain(bg_document *page, const bound *of, const char *en, const char *zh)
{
    const size_t before = page->count;
    if (!of->shown[0]) {
        return;
    }
    bg_document_add(page, BG_PART_SENTENCE, page->parts[of->part].indent, "%s%s", of->shown,
                    bg_in_language(page->language, en, zh));
    if (page->count > before) {
        bg_document_move_behind(page, of->part);
    }
}

/* The one that stands later is explained first, so that the other's place stays what it is; of two in one part the one
 * below comes first. */
void bg_text_explain_bounds(bg_document *page)
{
    static const char *const below[] = {": in none of the futures, as the end of its 95% interval.",
                                        "：各情形中均未发生，所示为95%区间的上限。"};
    static const char *const above[] = {": in all of the futures, as the end of its 95% interval.",
                                        "：各情形中均发生，所示为95%区间的下限。"};
    const bounds found = find_bounds(page);
    if (found.below.part > found.above.part) {
        explain(page, &found.below, below[0], below[1]);
        explain(page, &found.above, above[0], above[1]);
    } else {
        explain(page, &found.above, above[0], above[1]);
        explain(page, &found.below, below[0], below[1]);
    }
}
