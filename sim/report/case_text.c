#include "actual/step_change.h"
#include "contract/money_unit.h"
#include "format/json_writer.h"
#include "format/text_writer.h"
#include "report/label.h"
#include "report/settled.h"

#include <stdlib.h>
#include <string.h>

/* The key after the year and the scheme: "steps[release]". */
static const char *short_path(const bg_case_check *check)
{
    const char *dot = strchr(check->node->path, '.');
    return dot ? dot + 1 : check->node->path;
}

static bool same_unit(const bg_case_check *a, const bg_case_check *b)
{
    return a->year == b->year && a->scheme == b->scheme;
}

static bool is_step(const bg_case_check *check)
{
    return strncmp(short_path(check), "steps[", strlen("steps[")) == 0;
}

static const bg_case_check *check_of_step(const bg_case *self, const bg_case_check *unit,
                                          const char *name)
{
    for (size_t i = 0; i < self->count; i++) {
        const bg_case_check *check = &self->checks[i];
        if (same_unit(check, unit) && is_step(check) && strcmp(check->node->key, name) == 0) {
            return check;
        }
    }
    return NULL;
}

/* "可支付额 `payable`": what people call a key that is in the language. */
static const char *words_of(const bg_case_check *check, bg_document *page, bg_sheet *sheet)
{
    const char *path = short_path(check), *key = check->node->key; /* NULL within a list */
    if (!key || strcmp(page->language, "zh") != 0) {
        return path;
    }
    const char *words = is_step(check) ? bg_label_of_step(key, page->language)
                                       : bg_label_of_name(key, page->language);
    return strcmp(words, key) == 0 ? path : bg_sheet_keep(sheet, "%s %s", words, path);
}

/* Columns of what was expected beside what was obtained. */
static void begin(bg_sheet *sheet, const char *what, const char *language)
{
    const bg_column columns[] = {
        {.kind = BG_CELL_TEXT, .heading = what},
        {.kind = BG_CELL_FEN, .heading = bg_label(BG_LABEL_expected, language)},
        {.kind = BG_CELL_FEN, .heading = bg_label(BG_LABEL_obtained, language)},
        {.kind = BG_CELL_FEN, .heading = bg_label(BG_LABEL_difference, language)}};
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
}

static void say_differences(const bg_case *self, const bg_case_check *unit, bg_document *page)
{
    const char *scheme = self->contract->history.scheme[unit->scheme].name;
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    begin(&sheet,
          bg_sheet_keep(&sheet, bg_in_language(page->language, "%s %d (%s)", "%s %d（%s）"),
                        bg_label_of_name(scheme, page->language), unit->year,
                        bg_contract_money_to_fen(self->contract, page->language).name),
          page->language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    for (size_t i = 0; i < self->count; i++) {
        const bg_case_check *check = &self->checks[i];
        if (same_unit(check, unit) && !bg_case_check_passes(check)) {
            const bg_mark *mark = &check->node->mark;
            bg_sheet_add_text(&sheet, words_of(check, page, &sheet));
            bg_sheet_add_fen(&sheet, check->node->value.fen);
            bg_sheet_add_fen(&sheet, check->obtained);
            bg_sheet_add_fen(&sheet, check->obtained - check->node->value.fen);
            bg_sheet_add_text(
                &sheet, bg_sheet_keep(&sheet, "%s:%d", mark->file ? mark->file : "", mark->line));
        }
    }
    bg_document_add_sheet(page, 2, &sheet);
}

static void add_step(bg_sheet *sheet, const bg_step_change *change, const bg_case_check *check)
{
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%s",
                                           strcmp(sheet->language, "zh") == 0
                                               ? bg_label_of_step(change->name, "zh")
                                               : change->name));
    if (check) {
        bg_sheet_add_fen(sheet, check->node->value.fen);
    } else {
        bg_sheet_add_absent(sheet);
    }
    bg_sheet_add_fen(sheet, change->change);
    if (check && !bg_case_check_passes(check)) {
        bg_sheet_add_fen(sheet, check->obtained - check->node->value.fen);
    } else {
        bg_sheet_add_absent(sheet);
    }
    bg_sheet_add_fen(sheet, change->balance_after);
}

/* All steps, so that one sees where it went another way. */
static void say_steps(const bg_case *self, const bg_case_check *unit, const bg_settled *settled,
                      bg_document *page)
{
    const char *language = page->language;
    size_t count = 0;
    bg_step_change *changes = bg_step_changes(&settled->trace, &count);
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    begin(&sheet, bg_label(BG_LABEL_steps_heading, language), language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_FEN,
                                            .heading = bg_label(BG_LABEL_balance_after, language)});
    sheet.failed = sheet.failed || !changes;
    for (size_t i = 0; changes && i < count; i++) {
        add_step(&sheet, &changes[i], check_of_step(self, unit, changes[i].name));
    }
    free(changes);
    bg_document_add_sheet(page, 2, &sheet);
}

/* Whether an earlier amount of the same year and scheme differs, too: then it has been printed. */
static bool is_first_difference(const bg_case *self, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (same_unit(&self->checks[i], &self->checks[index]) &&
            !bg_case_check_passes(&self->checks[i])) {
            return false;
        }
    }
    return !bg_case_check_passes(&self->checks[index]);
}

static void say_unit(const bg_case *self, const bg_case_check *unit, bg_document *page)
{
    say_differences(self, unit, page);
    for (size_t i = 0; i < self->settled.count; i++) {
        const bg_settled *settled = &self->settled.items[i];
        if (settled->year == unit->year && settled->scheme == unit->scheme) {
            say_steps(self, unit, settled, page);
        }
    }
}

bg_status bg_case_text(const bg_case *self, const char *language, FILE *stream)
{
    bg_document page;
    bg_document_init(&page, language);
    if (self->count > 0) {
        page.money = (bg_fen)bg_contract_money_to_fen(self->contract, language).fen;
    }
    for (size_t i = 0; i < self->count; i++) {
        if (is_first_difference(self, i)) {
            say_unit(self, &self->checks[i], &page);
        }
    }
    const bg_status status = bg_document_write_text(&page, stream);
    bg_document_free(&page);
    return status;
}

json_t *bg_case_json(const bg_case *self)
{
    static const bg_column columns[] = {{.name = "path", .kind = BG_CELL_TEXT},
                                        {.name = "file", .kind = BG_CELL_TEXT},
                                        {.name = "line", .kind = BG_CELL_COUNT},
                                        {.name = "expected_fen", .kind = BG_CELL_FEN},
                                        {.name = "obtained_fen", .kind = BG_CELL_FEN}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < self->count; i++) {
        const bg_case_check *check = &self->checks[i];
        if (!bg_case_check_passes(check)) {
            bg_sheet_add_text(&sheet, check->node->path);
            bg_sheet_add_text(&sheet, check->node->mark.file);
            bg_sheet_add_count(&sheet, (size_t)check->node->mark.line);
            bg_sheet_add_fen(&sheet, check->node->value.fen);
            bg_sheet_add_fen(&sheet, check->obtained);
        }
    }
    json_t *list = bg_sheet_json(&sheet);
    bg_sheet_free(&sheet);
    return list;
}
