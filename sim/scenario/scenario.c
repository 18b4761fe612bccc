/* Loading: files and what they extend, layers, overrides, defaults. */

#include <baogan/scenario.h>

#include "base/workbook.h"
#include "scenario/aliases.h"
#include "scenario/document.h"
#include "scenario/heading.h"
#include "scenario/history_csv.h"
#include "scenario/messages.h"
#include "scenario/path.h"
#include "scenario/tree.h"
#include "scenario/value.h"

#include <baogan/file.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_EXTENDS 8

/* A file on the way from the scenario down to what it extends. */
typedef struct identity {
    dev_t device;
    ino_t inode;
} identity;

typedef struct loader {
    bg_arena *arena;
    bg_errors *errors;
    size_t errors_before;
    bg_node *root; /* everything merged so far */
    identity chain[MAX_EXTENDS];
    size_t depth;
    bg_fen money_unit; /* of the scenario file */
    bool unit_said;    /* by it, or by one that it extends */
    bg_fen table_unit; /* that a table of past years names; 0: none */
    bg_laying laying;
} loader;

/* The text of a file with its name and directory, for looking up the files that it names. */
typedef struct input {
    const char *name;
    const char *directory; /* NULL: it may name no files */
    const char *text;
    size_t size;
    bg_origin origin;
    bool is_scenario; /* neither extended nor laid over it */
} input;

/* `money_unit`: in, that of what the file lies over; out, the file's own. */
static bg_status load_source(loader *self, const input *from, bg_fen *money_unit);

static bool has_failed(const loader *self)
{
    return self->errors->error_count > self->errors_before;
}

static const bg_raw *raw_child(const bg_raw *map, const char *key)
{
    const bg_raw *child = map && map->kind == BG_NODE_MAP ? map->child : NULL;
    while (child && strcmp(child->key, key) != 0) {
        child = child->next;
    }
    return child;
}

/* ---- files ---- */

static char *keep(bg_arena *arena, char *text)
{
    char *kept = text ? bg_arena_copy(arena, text, strlen(text)) : NULL;
    free(text);
    return kept;
}

static bg_status read_text(const char *path, char **text, size_t *size, bg_errors *errors)
{
    bg_status status = bg_file_read(path, BG_MAX_FILE_BYTES, text, size, errors);
    if (status == BG_OK) {
        status = bg_file_to_utf8(path, text, size, errors);
        if (status != BG_OK) {
            free(*text);
            *text = NULL;
        }
    }
    return status;
}

static bg_status load_file(loader *self, const char *path, bg_origin origin, bool is_scenario,
                           bg_fen *money_unit)
{
    char *text = NULL;
    size_t size = 0;
    bg_status status = read_text(path, &text, &size, self->errors);
    if (status != BG_OK) {
        return status;
    }
    const input from = {.name = bg_arena_copy(self->arena, path, strlen(path)),
                        .directory = keep(self->arena, bg_path_directory(path)),
                        .text = text,
                        .size = size,
                        .origin = origin,
                        .is_scenario = is_scenario};
    status = from.name && from.directory ? load_source(self, &from, money_unit) : BG_MEMORY;
    free(text);
    return status;
}

/* Full name of a file that `from` names. */
static bg_status resolve(loader *self, const input *from, const bg_raw *named, const char *path,
                         const char **file)
{
    if (!from->directory) {
        return bg_errors_say(self->errors, BG_INVALID, named->mark, path,
                             BG_SAY(extends_without_file));
    }
    *file = keep(self->arena, bg_path_join(from->directory, named->text));
    return *file ? BG_OK : BG_MEMORY;
}

/* ---- extends ---- */

/* Remembers a file as one of the chain; `named` is where it is named, NULL for the scenario. */
static bg_status enter(loader *self, const bg_raw *named, const char *file)
{
    struct stat status;
    if (stat(file, &status) != 0) {
        return BG_OK; /* reading it will say why */
    }
    for (size_t i = 0; named && i < self->depth; i++) {
        if (self->chain[i].device == status.st_dev && self->chain[i].inode == status.st_ino) {
            return bg_errors_say(self->errors, BG_INVALID, named->mark, "extends",
                                 BG_SAY(extends_itself), named->text);
        }
    }
    if (named && self->depth == MAX_EXTENDS) {
        return bg_errors_say(self->errors, BG_LIMIT, named->mark, "extends",
                             BG_SAY(extends_too_long), MAX_EXTENDS);
    }
    self->chain[named ? self->depth : 0] = (identity){status.st_dev, status.st_ino};
    self->depth = named ? self->depth + 1 : 1;
    return BG_OK;
}

static bg_status load_extended(loader *self, const input *from, const bg_raw *root,
                               bg_fen *money_unit)
{
    const bg_raw *named = raw_child(root, "extends");
    const char *file;
    if (!named || !named->text) {
        return BG_OK;
    }
    size_t depth = self->depth;
    bg_status status = resolve(self, from, named, "extends", &file);
    status = status ? status : enter(self, named, file);
    if (status == BG_OK) {
        status = load_file(self, file, BG_ORIGIN_EXTENDED, false, money_unit);
    }
    if (status == BG_IO) {
        bg_errors_say(self->errors, BG_IO, named->mark, "extends", BG_SAY(extends_unreadable),
                      file);
    }
    self->depth = depth;
    return status;
}

/* ---- history.csv ---- */

/* The sheet of a workbook as text. */
static bg_status read_sheet(const char *path, char **text, size_t *size, bg_errors *errors)
{
    FILE *stream = NULL;
    const bg_status status = bg_workbook_open(path, NULL, &stream, errors);
    if (status != BG_OK) {
        return status;
    }
    *text = malloc(BG_MAX_FILE_BYTES + 1);
    *size = *text ? fread(*text, 1, BG_MAX_FILE_BYTES + 1, stream) : 0;
    fclose(stream);
    if (!*text) {
        return bg_no_memory(errors);
    }
    if (*size > BG_MAX_FILE_BYTES) {
        return bg_errors_say(errors, BG_LIMIT, (bg_mark){.file = path}, NULL,
                             BG_SAY(scenario_too_large), BG_MAX_FILE_BYTES);
    }
    (*text)[*size] = '\0';
    return BG_OK;
}

/* Puts the years of the CSV file that `history` names behind its key `csv`. */
static bg_status load_table(loader *self, const input *from, const bg_raw *root)
{
    const bg_raw *history = raw_child(root, "history");
    const bg_raw *named = raw_child(history, "csv");
    const char *file;
    if (!named || !named->text) {
        return BG_OK;
    }
    if (history->child->next) {
        const bg_raw *other = history->child == named ? named->next : history->child;
        return bg_errors_say(self->errors, BG_INVALID, other->key_mark, "history",
                             BG_SAY(history_csv_beside_years));
    }
    bg_status status = resolve(self, from, named, "history.csv", &file);
    char *text = NULL;
    size_t size = 0;
    const bool sheet = status == BG_OK && bg_workbook_is_sheet(file);
    if (status == BG_OK) {
        status = sheet ? read_sheet(file, &text, &size, self->errors)
                       : read_text(file, &text, &size, self->errors);
    }
    if (status == BG_IO) {
        bg_errors_say(self->errors, BG_IO, named->mark, "history.csv",
                      BG_SAY(scenario_file_unreadable), file);
    }
    if (status == BG_OK) {
        bg_raw years = {.kind = BG_NODE_MAP};
        status = bg_history_csv_read(self->arena, text, size, file, sheet, &years,
                                     &self->table_unit, self->errors);
        history->child->next = years.child;
    }
    free(text);
    return status;
}

/* ---- one file ---- */

static void unlink_child(bg_node *parent, const char *key)
{
    bg_node **link = parent ? bg_tree_link(parent, key) : NULL;
    if (link) {
        *link = (*link)->next;
    }
}

/* What the file says, else what holds below it. */
static bg_fen unit_of(const bg_raw *root, bg_fen inherited)
{
    const bg_raw *unit = raw_child(root, "money_unit");
    bg_fen fen = unit && unit->text ? bg_money_unit(unit->text) : 0;
    return fen ? fen : inherited; /* a wrong word is refused when the key is typed */
}

/* Whether it is an amount of money that is written without a unit, and not nothing. */
static bool is_bare_amount(const bg_node *node)
{
    const size_t length = node->text ? strlen(node->text) : 0;
    return node->parameter && node->parameter->type == BG_TYPE_MONEY && length > 0 &&
           strchr("0123456789", node->text[length - 1]) && node->value.fen != 0;
}

/* The first such amount at or below `node`; NULL if there is none. */
static const bg_node *find_bare_amount(const bg_node *node)
{
    const bg_node *found = node->kind == BG_NODE_VALUE && is_bare_amount(node) ? node : NULL;
    for (const bg_node *child = node->child; child && !found; child = child->next) {
        found = find_bare_amount(child);
    }
    return found;
}

/* Whether a table names another unit than yuan, in which files count that say nothing. */
static bool counts_otherwise(const loader *self)
{
    return self->table_unit && self->table_unit != 100 && !self->unit_said;
}

static void say_beside_table(const loader *self, const bg_node *bare)
{
    const char *unit = bg_heading_unit_word(self->table_unit);
    bg_errors_say(self->errors, BG_INVALID, bare->mark, bare->path, BG_SAY(amount_beside_table),
                  bare->text, bare->text, bare->text, unit);
}

/* Beside a table that counts in 万元 an amount of a file that says no unit has two readings. */
static void check_table_unit(loader *self, const bg_raw *raw, const bg_node *root, bool layer)
{
    const bool own = raw_child(raw, "money_unit");
    self->unit_said = self->unit_said || (own && !layer);
    const bool of_table = raw_child(raw_child(raw, "history"), "csv");
    for (const bg_node *key = root->child; key && counts_otherwise(self) && !own; key = key->next) {
        const bg_node *bare =
            of_table && strcmp(key->key, "history") == 0 ? NULL : find_bare_amount(key);
        if (bare) {
            say_beside_table(self, bare);
            return;
        }
    }
}

/* The same of what the command line sets. */
static void check_override_unit(const loader *self, const bg_node *node)
{
    const bool set = node->mark.override && is_bare_amount(node);
    for (const bg_node *child = node->child; child; child = child->next) {
        check_override_unit(self, child);
    }
    if (set) {
        say_beside_table(self, node);
    }
}

/* Several communities may count in several units: the area's file then says its own. */
static void check_area_unit(const loader *self, const bg_raw *raw, const bg_node *root,
                            bg_fen below)
{
    const bool of_area = self->laying.over_many && !raw_child(raw, "money_unit") && below != 100;
    const bg_node *bare = of_area && root ? find_bare_amount(root) : NULL;
    if (bare) {
        bg_errors_say(self->errors, BG_INVALID, bare->mark, bare->path, BG_SAY(area_without_unit),
                      bare->text);
    }
}

static bg_status load_source(loader *self, const input *from, bg_fen *money_unit)
{
    bg_raw *raw = NULL;
    bg_status status = bg_document_parse(self->arena, from->text, from->size,
                                         (bg_mark){.file = from->name}, NULL, &raw, self->errors);
    if (status != BG_OK) {
        return status;
    }
    bg_aliases_resolve(self->arena, raw, self->errors);
    const bool layer = !from->is_scenario && from->origin == BG_ORIGIN_FILE;
    const bool lies_over = layer || raw_child(raw, "extends") || self->root->child;
    bg_status extended = load_extended(self, from, raw, money_unit);
    if (extended == BG_MEMORY) {
        return extended;
    }
    bg_status table = load_table(self, from, raw);
    *money_unit = unit_of(raw, *money_unit);
    const bg_raw *steps = raw_child(raw, "settlement");
    if (lies_over && steps && steps->kind == BG_NODE_MAP) {
        bg_tree_provide_plan(self->arena, self->root, self->errors);
    }
    const bg_typing typing = {self->arena, self->errors, from->origin, *money_unit,
                              lies_over ? self->root : NULL};
    bg_node *root = bg_type_file(&typing, raw);
    if (self->arena->exhausted) {
        return BG_MEMORY;
    }
    check_area_unit(self, raw, root, *money_unit);
    if (root) {
        check_table_unit(self, raw, root, layer);
    }
    if (root && layer) {
        unlink_child(root, "money_unit"); /* holds for its own file only */
    }
    if (root && from->origin == BG_ORIGIN_EXTENDED) {
        unlink_child(root, "expected"); /* of its own case only */
    }
    if (root && lies_over && extended != BG_IO) {
        bg_tree_lay(&self->laying, self->root, "", root);
    } else if (root && !lies_over) {
        self->root->child = root->child;
        self->root->mark = root->mark;
        self->root->origin = root->origin;
    }
    status = extended != BG_OK ? extended : table;
    return status == BG_OK && has_failed(self) ? BG_INVALID : status;
}

/* ---- the whole scenario ---- */

/* What only says how to load is gone once it is loaded. */
static void forget_files(bg_node *root)
{
    bg_node **history = bg_tree_link(root, "history");
    unlink_child(root, "extends");
    unlink_child(history ? *history : NULL, "csv");
}

bg_scenario *bg_scenario_new(const char *file)
{
    bg_scenario *self = calloc(1, sizeof *self);
    if (!self) {
        return NULL;
    }
    self->root = bg_arena_get(&self->arena, sizeof *self->root);
    self->file = bg_arena_copy(&self->arena, file, strlen(file));
    if (!self->root || !self->file) {
        bg_scenario_free(self);
        return NULL;
    }
    *self->root = (bg_node){.path = "", .kind = BG_NODE_MAP};
    return self;
}

/* The status of a load that found errors: that of the first from item `first` on. */
static bg_status first_error(const bg_errors *errors, size_t first)
{
    for (size_t i = first; i < errors->count; i++) {
        if (!errors->items[i].warning) {
            return errors->items[i].status;
        }
    }
    return BG_MEMORY;
}

/* What there is to load: a file or a text, and what lies over it. */
typedef struct request {
    bool is_text;
    input text;
    const bg_scenario_source *files;
    const char *const *overrides;
    size_t override_count;
    bg_fen money_unit; /* that overrides count in; 0: that of the file or text */
} request;

/* Takes the child with that key out of its parent; NULL if there is none. */
static bg_node *take_out(bg_node *parent, const char *key)
{
    bg_node **link = bg_tree_link(parent, key);
    bg_node *node = link ? *link : NULL;
    if (node) {
        *link = node->next;
        node->next = NULL;
    }
    return node;
}

/* Lays the file of an area over a community. A community has a title of its own, and no pool: that is
 * the area's. */
static bg_status lay_area(loader *self, const char *area, bg_fen *money_unit)
{
    static const char *const own[] = {"title", "description"};
    static const char *const of_area[] = {"communities", "pool"};
    bg_node *kept[2];
    for (size_t i = 0; i < 2; i++) {
        kept[i] = take_out(self->root, own[i]);
    }
    enter(self, NULL, area);
    self->laying.over_many = true;
    const bg_status status = load_file(self, area, BG_ORIGIN_FILE, false, money_unit);
    self->laying.over_many = false;
    for (size_t i = 0; i < 2; i++) {
        take_out(self->root, own[i]);
        take_out(self->root, of_area[i]);
        if (kept[i]) {
            bg_tree_append(self->root, kept[i]);
        }
    }
    return status;
}

static bg_status read_all(loader *self, const request *from)
{
    bg_status status;
    if (from->is_text) {
        input text = from->text;
        text.name = bg_arena_copy(self->arena, text.name, strlen(text.name));
        status = text.name ? load_source(self, &text, &self->money_unit) : BG_MEMORY;
    } else {
        enter(self, NULL, from->files->path);
        status = load_file(self, from->files->path, BG_ORIGIN_FILE, true, &self->money_unit);
    }
    for (size_t i = 0; from->files && i < from->files->layer_count && status != BG_MEMORY; i++) {
        bg_fen layer_unit = self->money_unit;
        enter(self, NULL, from->files->layers[i]);
        bg_status layer =
            load_file(self, from->files->layers[i], BG_ORIGIN_FILE, false, &layer_unit);
        status = layer != BG_OK ? layer : status;
    }
    if (from->files && from->files->area && status != BG_MEMORY) {
        const bg_status laid = lay_area(self, from->files->area, &self->money_unit);
        status = status != BG_OK ? status : laid;
    }
    if (status != BG_OK) {
        return status;
    }
    self->money_unit = from->money_unit ? from->money_unit : self->money_unit;
    for (size_t i = 0; i < from->override_count; i++) {
        bg_override_apply(&self->laying, self->root, from->overrides[i], self->money_unit);
    }
    if (counts_otherwise(self)) {
        check_override_unit(self, self->root);
    }
    return has_failed(self) ? BG_INVALID : BG_OK;
}

/* Adds what the single steps do not say. */
static void report_bounds(const loader *self, bg_status status)
{
    if (self->arena->exhausted || (status == BG_MEMORY && !has_failed(self))) {
        bg_no_memory(self->errors);
    }
    if (self->errors->error_count >= BG_MAX_ERRORS) {
        bg_errors_say(self->errors, BG_LIMIT, BG_NOWHERE, NULL, BG_SAY(errors_more), BG_MAX_ERRORS);
    }
}

/* A scenario without a tree yet. */
static bg_scenario *start(const request *from, const char *file)
{
    bg_scenario *self = bg_scenario_new(file);
    const char *community = from->files ? from->files->community : NULL;
    if (self && community) {
        self->community = bg_arena_copy(&self->arena, community, strlen(community));
    }
    if (self && community && !self->community) {
        bg_scenario_free(self);
        return NULL;
    }
    return self;
}

static bg_status build(const request *from, const char *file, bg_scenario **scenario,
                       bg_errors *errors)
{
    *scenario = NULL;
    bg_scenario *self = start(from, file);
    if (!self) {
        return bg_no_memory(errors);
    }
    size_t first = errors->count;
    loader load = {.arena = &self->arena,
                   .errors = errors,
                   .errors_before = errors->error_count,
                   .root = self->root,
                   .money_unit = 100,
                   .laying = {&self->arena, errors, &self->notes, false}};
    bg_status status = read_all(&load, from);
    self->money_unit = load.money_unit;
    if (status == BG_OK) {
        forget_files(self->root);
        bg_tree_complete(&self->arena, self->root, errors);
    }
    report_bounds(&load, status);
    if (status != BG_OK || has_failed(&load)) {
        const bool exhausted = self->arena.exhausted;
        bg_scenario_free(self);
        return exhausted ? BG_MEMORY : has_failed(&load) ? first_error(errors, first) : status;
    }
    *scenario = self;
    return BG_OK;
}

bg_status bg_scenario_load(const bg_scenario_source *source, bg_scenario **scenario,
                           bg_errors *errors)
{
    const request from = {
        .files = source, .overrides = source->overrides, .override_count = source->override_count};
    return build(&from, source->path, scenario, errors);
}

/* `from` without its text, of which a copy is read. */
static bg_status parse(request *from, const char *text, size_t size, const char *name,
                       bg_scenario **scenario, bg_errors *errors)
{
    *scenario = NULL;
    if (size > BG_MAX_FILE_BYTES) {
        const bg_mark mark = {.file = name};
        return bg_errors_say(errors, BG_LIMIT, mark, NULL, BG_SAY(scenario_too_large),
                             BG_MAX_FILE_BYTES);
    }
    char *copy = malloc(size + 1);
    if (!copy) {
        return bg_no_memory(errors);
    }
    memcpy(copy, text, size);
    copy[size] = '\0';
    bg_status status = bg_file_to_utf8(name, &copy, &size, errors);
    if (status == BG_OK) {
        from->is_text = true;
        from->text.name = name;
        from->text.text = copy;
        from->text.size = size;
        from->text.origin = BG_ORIGIN_FILE;
        from->text.is_scenario = true;
        status = build(from, name, scenario, errors);
    }
    free(copy);
    return status;
}

bg_status bg_scenario_parse(const char *text, size_t size, const char *name, const char *directory,
                            const char *const *overrides, size_t n, bg_scenario **scenario,
                            bg_errors *errors)
{
    request from = {.text = {.directory = directory}, .overrides = overrides, .override_count = n};
    return parse(&from, text, size, name, scenario, errors);
}

bg_status bg_scenario_parse_written(const char *text, size_t size, const char *name,
                                    bg_fen money_unit, const char *const *overrides, size_t n,
                                    bg_scenario **scenario, bg_errors *errors)
{
    request from = {.overrides = overrides, .override_count = n, .money_unit = money_unit};
    return parse(&from, text, size, name, scenario, errors);
}

void bg_scenario_free(bg_scenario *self)
{
    if (self) {
        bg_arena_free(&self->arena);
        free(self);
    }
}

const bg_node *bg_scenario_root(const bg_scenario *self)
{
    return self ? self->root : NULL;
}

const bg_node *bg_scenario_find(const bg_scenario *self, const char *path)
{
    return self ? bg_tree_find(self->root, path) : NULL;
}

const char *bg_scenario_file(const bg_scenario *self)
{
    return self->file;
}

const bg_scenario_note *bg_scenario_notes(const bg_scenario *self)
{
    return self->notes;
}

bg_fen bg_scenario_money_unit(const bg_scenario *self)
{
    return self->money_unit;
}

bg_fen bg_scenario_money_shown(const bg_scenario *self)
{
    return self->money_shown ? self->money_shown : self->money_unit > 100 ? self->money_unit : 0;
}

void bg_scenario_show_money(bg_scenario *self, bg_fen unit)
{
    self->money_shown = unit;
}

const char *bg_scenario_community(const bg_scenario *self)
{
    return self->community;
}
