#include "report/as_read_parts.h"

#include "format/width.h"
#include "report/label.h"
#include "study/default_keys.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_VALUE = 60 };

/* ---- what somebody wrote ---- */

static const char *place_of(const bg_document *page, const bg_node *node, char *buffer, size_t size)
{
    if (!node || !node->mark.file) {
        snprintf(buffer, size, "%s", bg_in_language(page->language, "default", "默认值"));
    } else if (node->mark.line > 0 && !node->mark.override) {
        snprintf(buffer, size, "%s:%d", node->mark.file, node->mark.line);
    } else {
        snprintf(buffer, size, "%s", node->mark.file);
    }
    return buffer;
}

/* Whether the values below a key are shown with the history or say nothing of the contract. */
static bool is_shown_elsewhere(const bg_node *node)
{
    static const char *const keys[] = {"schema",  "title",    "description", "money_unit",
                                       "history", "expected", "sweep"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(node->path, keys[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_section(const bg_node *node)
{
    return node->parameter && node->kind != BG_NODE_VALUE &&
           (node->parameter->shape == BG_SHAPE_SECTION ||
            node->parameter->shape == BG_SHAPE_ENTRIES || node->parameter->shape == BG_SHAPE_STEPS);
}

void bg_as_read_given(const bg_node *map, void (*meet)(const bg_node *node, void *context),
                      void *context)
{
    for (const bg_node *node = map->child; node; node = node->next) {
        if (is_shown_elsewhere(node)) {
            continue;
        }
        if (is_section(node)) {
            bg_as_read_given(node, meet, context);
        } else if (node->origin != BG_ORIGIN_DEFAULT) {
            meet(node, context);
        }
    }
}

typedef struct listing {
    bg_document *page;
    bg_money_scale unit;
    bg_sheet sheet;
} listing;

static void add_given(const bg_node *node, void *context)
{
    listing *self = context;
    char place[256];
    char *value = bg_line_in_money(node, self->unit);
    bg_sheet_add_text(&self->sheet, bg_sheet_keep(&self->sheet, "%s", node->path));
    bg_sheet_add_text(&self->sheet, bg_sheet_keep(&self->sheet, "%s", value ? value : ""));
    bg_sheet_add_text(&self->sheet, bg_sheet_keep(&self->sheet, "%s",
                                                  place_of(self->page, node, place, sizeof place)));
    self->sheet.failed = self->sheet.failed || !value;
    free(value);
}

static listing begin_listing(bg_document *page, bg_money_scale unit, const char *what)
{
    static const bg_column columns[] = {
        {.kind = BG_CELL_TEXT}, {.kind = BG_CELL_TEXT}, {.kind = BG_CELL_TEXT}};
    bg_document_add(page, BG_PART_HEADING, 0, "%s", what);
    listing self = {.page = page, .unit = unit};
    bg_sheet_init(&self.sheet, page->language);
    bg_sheet_add_columns(&self.sheet, columns, 3);
    return self;
}

static void say_given(const bg_scenario *scenario, bg_money_scale unit, bg_document *page)
{
    listing self = begin_listing(
        page, unit, bg_in_language(page->language, "Where each value stands", "各项取值及其出处"));
    bg_as_read_given(bg_scenario_root(scenario), add_given, &self);
    bg_document_add_sheet(page, 2, &self.sheet);
    bg_sheet_free(&self.sheet);
}

static void say_notes(const bg_scenario *scenario, bg_money_scale unit, bg_document *page)
{
    for (const bg_scenario_note *note = bg_scenario_notes(scenario); note; note = note->next) {
        const bg_node *node = bg_scenario_find(scenario, note->path);
        char *line = node ? bg_line_in_money(node, unit) : NULL;
        page->failed = page->failed || (node && !line);
        const char *file = note->mark.file ? note->mark.file : "";
        if (note->kind == BG_NOTE_REMOVED) {
            bg_document_add(page, BG_PART_SENTENCE, 2,
                            node ? bg_in_language(page->language,
                                                  "removed by null: %s (%s:%d); now %s",
                                                  "已用 null 删去：%s（%s:%d）；现为%s")
                                 : bg_in_language(page->language, "removed by null: %s (%s:%d)%s",
                                                  "已用 null 删去：%s（%s:%d）%s"),
                            note->path, file, note->mark.line, line ? line : "");
        } else if (line) {
            bg_document_add(page, BG_PART_SENTENCE, 2,
                            bg_in_language(page->language, "merged: %s is now %s (%s:%d)",
                                           "已合并：%s现为%s（%s:%d）"),
                            note->path, line, file, note->mark.line);
        }
        free(line);
    }
}

static void say_defaults(const bg_model *model, bg_money_scale unit, bg_document *page)
{
    bg_default_key *keys = calloc(BG_MOST_DEFAULT_KEYS, sizeof *keys);
    if (!keys) {
        page->failed = true;
        return;
    }
    const size_t count = bg_default_keys(model, keys, BG_MOST_DEFAULT_KEYS);
    listing self =
        begin_listing(page, unit,
                      bg_in_language(page->language, "Left to defaults (* an assumption)",
                                     "取默认值的各项（*为假设）"));
    for (size_t i = 0; i < count && i < BG_MOST_DEFAULT_KEYS; i++) {
        char *value = bg_line_in_money(keys[i].node, unit);
        const bool fits = value && bg_text_width(value) <= LONGEST_VALUE;
        bg_sheet_add_text(&self.sheet, bg_sheet_keep(&self.sheet, "%s", keys[i].node->path));
        bg_sheet_mark(&self.sheet, keys[i].assumption ? "*" : NULL);
        bg_sheet_add_text(&self.sheet, bg_sheet_keep(&self.sheet, "%s", fits ? value : "…"));
        bg_sheet_add_text(&self.sheet, "");
        self.sheet.failed = self.sheet.failed || !value;
        free(value);
    }
    free(keys);
    bg_document_add_sheet(page, 2, &self.sheet);
    bg_sheet_free(&self.sheet);
}

void bg_as_read_values(const bg_model *model, bg_money_scale unit, bg_document *page)
{
    const bg_scenario *scenario = model->contract.scenario;
    say_given(scenario, unit, page);
    say_notes(scenario, unit, page);
    say_defaults(model, unit, page);
}
