/* Random scenarios, drawn from the catalogue so that every row takes part. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../support/folder.h"
#include "../support/scenario_text.h"
#include "base/text.h"
#include "scenario/path.h"
#include "scenario/value.h"
#include "scenario/word.h"

#include <baogan/scenario.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCENARIOS     200
#define MAX_OVERRIDES 4096

/* ---- drawing ---- */

typedef struct draw {
    uint64_t state;
    bg_text text;
    bool used[1024]; /* rows that took part */
    bool of_year;    /* within a table of a year */
} draw;

/* SplitMix64. */
static uint64_t random_word(draw *self)
{
    uint64_t z = self->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* low to high, both included; the range must not be that of all numbers. */
static int64_t between(draw *self, int64_t low, int64_t high)
{
    uint64_t count = (uint64_t)high - (uint64_t)low + 1;
    assert_true(count > 0);
    /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero): the assertion does not return */
    return (int64_t)((uint64_t)low + random_word(self) % count);
}

/* A legal value: anywhere in the hard range, which is taken as ± 10^14 where it is open. */
static int64_t legal_value(draw *self, const bg_parameter *row)
{
    const int64_t open = INT64_C(100000000000000);
    int64_t low = -open;
    int64_t high = open;
    if (row->minimum[0]) {
        assert_int_equal(bg_value_parse(row, row->minimum, 100, &low), BG_OK);
    }
    if (row->maximum[0]) {
        assert_int_equal(bg_value_parse(row, row->maximum, 100, &high), BG_OK);
    }
    return between(self, low, high);
}

static void write_choice(draw *self, const bg_parameter *row)
{
    size_t count = 1;
    for (const char *c = row->choices; *c; c++) {
        count += *c == '|';
    }
    const char *word = row->choices;
    for (int64_t i = between(self, 0, (int64_t)count - 1); i > 0; i--) {
        word = strchr(word, '|') + 1;
    }
    bg_text_add(&self->text, "%.*s", (int)strcspn(word, "|"), word);
}

/* The name of a step must differ from those of the others: that of its kind does. */
static bool write_step_name(draw *self, const bg_parameter *row)
{
    static const char before[] = "settlement[";
    const char *kind = row->path + sizeof before - 1;
    size_t length = strcspn(row->path, "]");
    if (strncmp(row->path, before, sizeof before - 1) != 0 ||
        strcmp(row->path + length, "].name") != 0) {
        return false;
    }
    bg_text_add(&self->text, "the %.*s", (int)strcspn(kind, "]"), kind);
    return true;
}

static void write_value(draw *self, const bg_parameter *row)
{
    static const char *const texts[] = {"plain",  "\"two words\"", "'it''s: #5'",
                                        "\"\"",   "中文",          "\"line\\nbreak\\x07\"",
                                        "'null'", "\"\\\\\""};
    static const char *const names[] = {"pool", "guarantee", "a name", "风险金", "'12'", "'true'"};
    static const char *const switches[] = {"true", "no", "'Yes'", "FALSE"};
    char number[BG_NUMBER_TEXT];
    int64_t value = 0;
    switch (row->type) {
    case BG_TYPE_TEXT:
        bg_text_add(&self->text, "%s", texts[between(self, 0, 7)]);
        return;
    case BG_TYPE_NAME:
        if (!write_step_name(self, row)) {
            bg_text_add(&self->text, "%s", names[between(self, 0, 5)]);
        }
        return;
    case BG_TYPE_BOOL:
        bg_text_add(&self->text, "%s", switches[between(self, 0, 3)]);
        return;
    case BG_TYPE_CHOICE:
        write_choice(self, row);
        return;
    default:
        value = legal_value(self, row);
    }
    if (row->type == BG_TYPE_INTEGER || row->type == BG_TYPE_YEAR) {
        bg_text_add(&self->text, "%lld", (long long)value);
    } else if (row->type == BG_TYPE_MONTH) {
        bg_text_add(&self->text, "%04d-%02d", (int)(value / 12), (int)(value % 12) + 1);
    } else if (row->type == BG_TYPE_DECIMAL ||
               (row->type == BG_TYPE_RATE && value % 2 && value < BG_ONE && value > -BG_ONE)) {
        bg_text_add(&self->text, "%s", bg_decimal_text(value, number));
    } else if (row->type == BG_TYPE_RATE) {
        bg_text_add(&self->text, "%s", bg_percent_text(value, number));
    } else {
        bg_text_add(&self->text, "%s", bg_money_text(value, number));
    }
}

/* ---- tables ---- */

static void write_rule(draw *self, const bg_parameter *row);

static void write_cell(draw *self, const bg_parameter *row, const char *key)
{
    bg_text_add(&self->text, "%s: ", key);
    if (row->shape == BG_SHAPE_BANDS || row->shape == BG_SHAPE_SHARES) {
        write_rule(self, row);
    } else {
        write_value(self, row);
    }
    bg_text_add(&self->text, ", ");
}

static void write_list(draw *self, const bg_parameter *row)
{
    bg_text_add(&self->text, "[");
    for (int64_t i = between(self, row->type == BG_TYPE_TEXT ? 0 : 1, 12); i > 0; i--) {
        write_value(self, row);
        bg_text_add(&self->text, ", ");
    }
    bg_text_add(&self->text, "]");
}

static bool has_tables_by_year(bg_shape shape)
{
    return shape == BG_SHAPE_BANDS || shape == BG_SHAPE_TIERS;
}

static void write_table(draw *self, const bg_parameter *row);

static void write_tables_by_year(draw *self, const bg_parameter *row)
{
    self->of_year = true;
    bg_text_add(&self->text, "{2025: ");
    write_table(self, row);
    bg_text_add(&self->text, ", later: ");
    write_table(self, row);
    bg_text_add(&self->text, "}");
    self->of_year = false;
}

static void write_table(draw *self, const bg_parameter *row)
{
    static const char *const keys[][5] = {
        [BG_SHAPE_TEXTS] = {"zh", "en"},
        [BG_SHAPE_BY_YEAR] = {"2024", "2020", "later", "other", "2027"},
        [BG_SHAPE_BANDS] = {"2.5%", "0.1", "55%", "300%", "rest"},
        [BG_SHAPE_BRACKETS] = {"2.5", "1000", "\"50000\"", "100000.01", "rest"},
        [BG_SHAPE_TIERS] = {"100", "88.5", "\"60.0\"", "0.000000000001", "0"},
        [BG_SHAPE_SHARES] = {"a", "name", "\"d e\"", "卫生院", "\"7\""},
        [BG_SHAPE_NAMED] = {"a", "b_c", "\"d e\"", "卫生院", "\"7\""},
    };
    int64_t first = between(self, 0, row->shape == BG_SHAPE_TEXTS ? 1 : 4);
    const bool by_year =
        !self->of_year && has_tables_by_year(row->shape) && between(self, 0, 3) == 0;
    if (by_year) {
        write_tables_by_year(self, row);
        return;
    }
    bg_text_add(&self->text, "{");
    for (int64_t i = first; i < 5 && keys[row->shape][i]; i++) {
        write_cell(self, row, keys[row->shape][i]);
    }
    bg_text_add(&self->text, "}");
}

/* ---- rules and conditions ---- */

/* Writes the keys one after the other, each with a value of the row. */
static void write_keys(draw *self, const bg_parameter *row, const char *const *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bg_text_add(&self->text, "%s%s: ", i ? ", " : "", keys[i]);
        write_value(self, row);
    }
}

static void write_rule(draw *self, const bg_parameter *row)
{
    static const char *const ends[] = {"at_0", "at_100"};
    static const char *const bounds[] = {"times", "floor"};
    bg_parameter shaped = *row;
    switch (between(self, 0, row->choices[0] ? 5 : 4)) {
    case 0:
        write_value(self, row);
        return;
    case 1:
        shaped.shape = BG_SHAPE_BY_YEAR;
        write_table(self, &shaped);
        return;
    case 2:
        shaped.shape = BG_SHAPE_TIERS;
        bg_text_add(&self->text, "{by_score: ");
        write_table(self, &shaped);
        break;
    case 3:
        bg_text_add(&self->text, "{score: {");
        write_keys(self, row, ends, 2);
        bg_text_add(&self->text, "}, ");
        write_keys(self, row, bounds + 1, (size_t)between(self, 0, 1));
        break;
    case 4:
        bg_text_add(&self->text, "{input: 'a b', ");
        write_keys(self, row, bounds, (size_t)between(self, 0, 2));
        break;
    default:
        bg_text_add(&self->text, "%s", row->choices);
        return;
    }
    bg_text_add(&self->text, "}");
}

static void write_conditions(draw *self)
{
    static const char *const conditions[] = {"track: EN", "year: [2021, '2022']",
                                             "score: {from: 60, below: 90}", "'a b': {above: -1}"};
    const int64_t first = between(self, 0, 3);
    bg_text_add(&self->text, "{");
    for (int64_t i = first; i < 4; i++) {
        bg_text_add(&self->text, "%s, ", conditions[i]);
    }
    bg_text_add(&self->text, "}");
}

/* ---- the tree ---- */

static void write_row(draw *self, const bg_parameter *row, const char *path);

/* Whether the row is a key directly below `path` that this test may write. */
static bool is_key_below(const bg_parameter *row, const char *path, bg_path_segment *key)
{
    static const char *const skipped[] = {"extends", "history.csv", "money_unit"};
    for (size_t i = 0; i < sizeof skipped / sizeof skipped[0]; i++) {
        if (strcmp(row->path, skipped[i]) == 0) {
            return false; /* they name files, or are rewritten */
        }
    }
    size_t parent = bg_path_parent(row->path);
    const char *rest = row->path + parent + (row->path[parent] == '.' ? 1 : 0);
    return bg_path_match(row->path, parent, path, strlen(path)) && bg_path_next(&rest, key);
}

/* Writes `name` and its value, unless a row with more of its names given wins for this path. */
static void write_key(draw *self, const bg_parameter *row, const char *parent, const char *name,
                      bool bracket)
{
    char path[256];
    const char *dot = parent[0] ? "." : "";
    snprintf(path, sizeof path, "%s%s%s%s", parent, bracket ? "[" : dot, name, bracket ? "]" : "");
    if (bg_catalogue_find(path) != row) {
        return;
    }
    bg_text_add(&self->text, "\"%s\": ", name);
    write_row(self, row, path);
    bg_text_add(&self->text, ", ");
}

/* Names for the entries of a row. */
static const char *const *entry_names(const bg_parameter *row)
{
    static const char *const years[] = {"2023", "2024", NULL};
    static const char *const schemes[] = {"employees", NULL};
    static const char *const lines[] = {"total", "residents.inpatient.out", "employees.dental",
                                        NULL};
    static const char *const groups[] = {"retired", "甲 乙", NULL};
    static const char *const others[] = {"dental", "risk", "甲 乙", NULL};
    const char *unit = row ? row->unit : "";
    if (strcmp(unit, "year") == 0) {
        return years;
    }
    if (strcmp(unit, "scheme") == 0) {
        return schemes;
    }
    if (strcmp(unit, "group") == 0) {
        return groups;
    }
    return strcmp(unit, "line") == 0 ? lines : others;
}

static void write_map(draw *self, const bg_parameter *row, const char *path)
{
    bg_text_add(&self->text, "{");
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *child = bg_catalogue_row(i);
        bg_path_segment key;
        if (!is_key_below(child, path, &key) || between(self, 0, 2) == 0) {
            continue;
        }
        if (key.length > 0) {
            char name[64];
            snprintf(name, sizeof name, "%.*s", (int)key.length, key.text);
            write_key(self, child, path, name, key.bracket);
            continue;
        }
        for (const char *const *name = entry_names(row); *name; name++) {
            write_key(self, child, path, *name, true);
        }
    }
    bg_text_add(&self->text, "}");
}

static void write_steps(draw *self, const char *path)
{
    bg_text_add(&self->text, "[");
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *child = bg_catalogue_row(i);
        bg_path_segment kind;
        if (is_key_below(child, path, &kind) && between(self, 0, 1) == 0) {
            char below[64];
            snprintf(below, sizeof below, "%s[%.*s]", path, (int)kind.length, kind.text);
            bg_text_add(&self->text, "{%.*s: ", (int)kind.length, kind.text);
            write_row(self, child, below);
            bg_text_add(&self->text, "}, ");
        }
    }
    bg_text_add(&self->text, "]");
}

static void write_row(draw *self, const bg_parameter *row, const char *path)
{
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        self->used[i] = self->used[i] || bg_catalogue_row(i) == row;
    }
    switch (row->shape) {
    case BG_SHAPE_ONE:
        write_value(self, row);
        return;
    case BG_SHAPE_LIST:
        write_list(self, row);
        return;
    case BG_SHAPE_SECTION:
    case BG_SHAPE_ENTRIES:
        write_map(self, row, path);
        return;
    case BG_SHAPE_STEPS:
        write_steps(self, path);
        return;
    case BG_SHAPE_RULE:
        write_rule(self, row);
        return;
    case BG_SHAPE_CONDITIONS:
        write_conditions(self);
        return;
    default:
        write_table(self, row);
    }
}

static char *random_scenario(draw *self)
{
    write_map(self, NULL, "");
    char *text = bg_text_take(&self->text);
    assert_non_null(text);
    return text;
}

/* ---- properties ---- */

static void assert_same_tree(const bg_node *a, const bg_node *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_string_equal(a->path, b->path);
    assert_ptr_equal(a->parameter, b->parameter);
    assert_int_equal(a->limit, b->limit);
    if (a->kind == BG_NODE_VALUE) {
        assert_int_equal(a->value.integer, b->value.integer);
    }
    if (a->parameter &&
        (a->parameter->type == BG_TYPE_TEXT || a->parameter->type == BG_TYPE_NAME) &&
        a->kind == BG_NODE_VALUE) {
        assert_string_equal(a->text, b->text);
    }
    const bg_node *other = b->child;
    for (const bg_node *child = a->child; child; child = child->next, other = other->next) {
        assert_non_null(other);
        assert_same_tree(child, other);
    }
    assert_null(other);
}

/* Every node of the second tree stands in the first, whatever the order of keys. */
static void assert_contains_tree(const bg_scenario *scenario, const bg_node *node)
{
    for (const bg_node *child = node->child; child; child = child->next) {
        const bg_node *same = child->key ? bg_scenario_find(scenario, child->path) : child;
        if (!same || same->value.integer != child->value.integer) {
            fail_msg("%s is lost or changed", child->path);
        }
        assert_contains_tree(scenario, child);
    }
}

static void assert_loads_to_itself(const char *text, bool with_defaults)
{
    bg_scenario *scenario = scenario_of(text, NULL);
    char *saved = bg_scenario_yaml(scenario, with_defaults);
    bg_scenario *loaded = scenario_of(saved, NULL);
    char *again = bg_scenario_yaml(loaded, with_defaults);
    assert_string_equal(saved, again);
    if (with_defaults) {
        assert_same_tree(bg_scenario_root(scenario), bg_scenario_root(loaded));
    }
    assert_contains_tree(scenario, bg_scenario_root(loaded));
    assert_contains_tree(loaded, bg_scenario_root(scenario));
    free(saved);
    free(again);
    bg_scenario_free(scenario);
    bg_scenario_free(loaded);
}

static void a_saved_scenario_loads_to_itself(void **state)
{
    (void)state;
    draw random = {.state = 1};
    for (int i = 0; i < SCENARIOS; i++) {
        char *text = random_scenario(&random);
        assert_loads_to_itself(text, false);
        assert_loads_to_itself(text, true);
        free(text);
    }
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = bg_catalogue_row(i);
        bg_path_segment key;
        size_t parent = bg_path_parent(row->path);
        char above[128];
        snprintf(above, sizeof above, "%.*s", (int)parent, row->path);
        if (!random.used[i] && is_key_below(row, above, &key)) {
            fail_msg("no random scenario holds %s", row->path);
        }
    }
}

/* ---- an override is the same as writing it ---- */

/* Overrides that set every value of the tree below `node`, one by one. */
static void collect(const bg_node *node, char **overrides, size_t *count)
{
    for (const bg_node *child = node->child; child; child = child->next) {
        bool settable = child->kind == BG_NODE_VALUE && child->origin != BG_ORIGIN_DEFAULT &&
                        strcmp(child->path, "schema") != 0 &&
                        strcmp(child->path, "money_unit") != 0;
        if (settable && child->key) {
            bg_text text = {0};
            bg_text_add(&text, "%s=", child->path);
            bg_text_add_word(&text, child->text);
            assert_true(*count < MAX_OVERRIDES);
            overrides[(*count)++] = bg_text_take(&text);
        }
        if (child->kind == BG_NODE_MAP) {
            collect(child, overrides, count);
        }
    }
}

static void setting_each_value_is_the_same_as_writing_it(void **state)
{
    (void)state;
    draw random = {.state = 2};
    for (int i = 0; i < SCENARIOS / 10; i++) {
        char *text = random_scenario(&random);
        bg_scenario *written = scenario_of(text, NULL);
        static char *overrides[MAX_OVERRIDES];
        size_t count = 0;
        collect(bg_scenario_root(written), overrides, &count);
        bg_errors errors;
        bg_errors_init(&errors);
        bg_scenario *set = NULL;
        if (bg_scenario_parse("{}", 2, "set", NULL, (const char *const *)overrides, count, &set,
                              &errors) != BG_OK) {
            fail_msg("%s", messages_of(&errors));
        }
        for (size_t j = 0; j < count; j++) {
            const char *path = overrides[j];
            char name[256];
            snprintf(name, sizeof name, "%.*s", (int)strcspn(path, "="), path);
            const bg_node *expected = bg_scenario_find(written, name);
            const bg_node *obtained = bg_scenario_find(set, name);
            if (!obtained || obtained->value.integer != expected->value.integer) {
                fail_msg("%s is not set", path);
            }
        }
        for (size_t j = 0; j < count; j++) {
            free(overrides[j]);
        }
        bg_errors_free(&errors);
        bg_scenario_free(written);
        bg_scenario_free(set);
        free(text);
    }
}

/* ---- an entry in a file that extends is the same as an override ---- */

/* "a.b[c]=1" as "{extends: base.yaml, a: {b: {c: 1}}}". */
static char *as_file(const char *override)
{
    bg_text text = {0};
    char path[256];
    snprintf(path, sizeof path, "%.*s", (int)strcspn(override, "="), override);
    const char *rest = path;
    bg_path_segment segment;
    int depth = 0;
    bg_text_add(&text, "{extends: base.yaml, ");
    while (bg_path_next(&rest, &segment)) {
        bg_text_add(&text, "%s\"%.*s\": ", depth++ ? "{" : "", (int)segment.length, segment.text);
    }
    bg_text_add(&text, "%s", override + strlen(path) + 1);
    while (depth-- > 0) {
        bg_text_add(&text, "}");
    }
    return bg_text_take(&text);
}

/* The complete scenario, or what is refused, of a child of base.yaml. */
static char *outcome_of(const char *text, const char *override)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    const bg_status status = bg_scenario_parse(text, strlen(text), "child.yaml", ".", &override,
                                               override ? 1 : 0, &scenario, &errors);
    bg_text refused = {0};
    bg_text_add(&refused, "refused: %d", (int)status);
    char *yaml = status == BG_OK ? bg_scenario_yaml(scenario, true) : bg_text_take(&refused);
    if (status == BG_OK) {
        free(bg_text_take(&refused));
    }
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
    return yaml;
}

static void assert_same_in_file(const char *override)
{
    char *file = as_file(override);
    char *written = outcome_of(file, NULL);
    char *set = outcome_of("extends: base.yaml", override);
    if (strcmp(written, set) != 0) {
        fail_msg("%s\nin a file:\n%s\nset:\n%s", override, written, set);
    }
    free(file);
    free(written);
    free(set);
}

static void an_entry_in_a_file_is_the_same_as_an_override(void **state)
{
    (void)state;
    draw random = {.state = 3};
    for (int i = 0; i < SCENARIOS / 10; i++) {
        char *base = random_scenario(&random);
        char *other = random_scenario(&random);
        folder_write("base.yaml", base);
        bg_scenario *scenario = scenario_of(other, NULL);
        static char *overrides[MAX_OVERRIDES];
        size_t count = 0;
        collect(bg_scenario_root(scenario), overrides, &count);
        const size_t step = 1 + count / 40;
        for (size_t j = 0; j < count; j++) {
            if ((j + (size_t)i) % step == 0) {
                assert_same_in_file(overrides[j]);
                strcpy(strchr(overrides[j], '=') + 1, ""); /* NOLINT: shortens */
                bg_text removal = {0};
                bg_text_add(&removal, "%snull", overrides[j]);
                char *null = bg_text_take(&removal);
                assert_same_in_file(null);
                free(null);
            }
            free(overrides[j]);
        }
        bg_scenario_free(scenario);
        free(base);
        free(other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_saved_scenario_loads_to_itself),
        cmocka_unit_test(setting_each_value_is_the_same_as_writing_it),
        cmocka_unit_test(an_entry_in_a_file_is_the_same_as_an_override),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
