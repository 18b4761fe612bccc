#include "actual/step_change.h"
#include "format/json.h"
#include "format/text_table.h"
#include "report/label.h"
#include "report/settled.h"

#include <stdlib.h>
#include <string.h>

static void add_money(bg_text_table *table, bg_fen amount)
{
    bg_text_table_add(table, "%s", bg_money_grouped(amount, (char[BG_NUMBER_TEXT]){0}));
}

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

static void add_head(bg_text_table *table, const char *what, const char *last, const char *language)
{
    bg_text_table_add(table, "%s", what);
    bg_text_table_add(table, "%s", bg_label(BG_LABEL_expected, language));
    bg_text_table_add(table, "%s", bg_label(BG_LABEL_obtained, language));
    bg_text_table_add(table, "%s", bg_label(BG_LABEL_difference, language));
    bg_text_table_add(table, "%s", last);
}

static bg_status print_differences(const bg_case *self, const bg_case_check *unit,
                                   const char *language, FILE *stream)
{
    const char *scheme = self->contract->history.scheme[unit->scheme].name;
    char head[64];
    snprintf(head, sizeof head, "%s %d", bg_label_of_name(scheme, language), unit->year);
    bg_text_table table;
    bg_text_table_init(&table, "lrrrl");
    add_head(&table, head, "", language);
    for (size_t i = 0; i < self->count; i++) {
        const bg_case_check *check = &self->checks[i];
        if (same_unit(check, unit) && !bg_case_check_passes(check)) {
            bg_text_table_add(&table, "%s", short_path(check));
            add_money(&table, check->node->value.fen);
            add_money(&table, check->obtained);
            add_money(&table, check->obtained - check->node->value.fen);
            bg_text_table_add(&table, "%s:%d", check->node->mark.file ? check->node->mark.file : "",
                              check->node->mark.line);
        }
    }
    return bg_text_table_print(&table, stream, 2);
}

static void add_step(bg_text_table *table, const bg_step_change *change, const bg_case_check *check)
{
    bg_text_table_add(table, "%s", change->name);
    if (check) {
        add_money(table, check->node->value.fen);
    } else {
        bg_text_table_add(table, "%s", "");
    }
    add_money(table, change->change);
    if (check && !bg_case_check_passes(check)) {
        add_money(table, check->obtained - check->node->value.fen);
    } else {
        bg_text_table_add(table, "%s", "");
    }
    add_money(table, change->balance_after);
}

/* All steps, so that one sees where it went another way. */
static bg_status print_steps(const bg_case *self, const bg_case_check *unit,
                             const bg_settled *settled, const char *language, FILE *stream)
{
    size_t count = 0;
    bg_step_change *changes = bg_step_changes(&settled->trace, &count);
    if (!changes) {
        return BG_MEMORY;
    }
    bg_text_table table;
    bg_text_table_init(&table, "lrrrr");
    add_head(&table, bg_label(BG_LABEL_steps_heading, language),
             bg_label(BG_LABEL_balance_after, language), language);
    for (size_t i = 0; i < count; i++) {
        add_step(&table, &changes[i], check_of_step(self, unit, changes[i].name));
    }
    free(changes);
    return bg_text_table_print(&table, stream, 2);
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

static bg_status print_unit(const bg_case *self, const bg_case_check *unit, const char *language,
                            FILE *stream)
{
    bg_status status = print_differences(self, unit, language, stream);
    for (size_t i = 0; i < self->settled.count && status == BG_OK; i++) {
        const bg_settled *settled = &self->settled.items[i];
        if (settled->year == unit->year && settled->scheme == unit->scheme) {
            status = print_steps(self, unit, settled, language, stream);
        }
    }
    return status;
}

bg_status bg_case_text(const bg_case *self, const char *language, FILE *stream)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->count && status == BG_OK; i++) {
        if (is_first_difference(self, i)) {
            status = print_unit(self, &self->checks[i], language, stream);
        }
    }
    return status;
}

json_t *bg_case_json(const bg_case *self)
{
    json_t *list = json_array();
    for (size_t i = 0; i < self->count; i++) {
        const bg_case_check *check = &self->checks[i];
        if (!bg_case_check_passes(check)) {
            json_array_append_new(list, json_pack("{s:o, s:o, s:i, s:I, s:I}", "path",
                                                  bg_json_text(check->node->path), "file",
                                                  bg_json_text(check->node->mark.file), "line",
                                                  check->node->mark.line, "expected_fen",
                                                  (json_int_t)check->node->value.fen,
                                                  "obtained_fen", (json_int_t)check->obtained));
        }
    }
    return list;
}
