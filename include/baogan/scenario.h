/* A scenario: the checked, typed and complete tree of values that every calculation reads.
 *
 * Loading reads the YAML file and those it extends, reads the history CSV if one is named, applies
 * overrides, checks every key and value against the catalogue and fills in defaults. Maps and tables
 * of values (by year, bands, tiers, named) merge key by key, over defaults where the files below say
 * nothing; single values and lists are replaced; `replace: all` in a table or in entries replaces the
 * whole; null removes what is inherited; steps of an inherited plan are addressed by name or kind.
 * A value left empty is an error, and so is a null in a file that lies over none. The result is never
 * modified afterwards, unless by bg_scenario_vary.
 *
 * After loading every section with a default exists, with all its keys that have one. That holds
 * for people[…] and pool[…] of both schemes, and for demand.services[…] of every service that
 * occurs in the history or has a row of its own, whether or not the user named them:
 * bg_scenario_find(s, "demand.services[dental]") finds the typed defaults. demand.lines[…] exist
 * only where written.
 *
 * An override reaches into what a default provides: budget.funds[risk].rate=1% keeps the other
 * funds and settlement[share_surplus].bands[10%]=80% the other bands. A step is addressed by its
 * `name`, else by its kind; two unnamed steps of one kind have the keys kind#1, kind#2 and cannot
 * be addressed. Amounts in overrides are in the money_unit of the scenario file.
 *
 * The concept modules (budget, settlement, demand, …) each read their own part of the tree with the
 * functions below and report what is wrong between values, with the marks of the nodes. */
#ifndef BAOGAN_SCENARIO_H
#define BAOGAN_SCENARIO_H

#include <baogan/catalogue.h>
#include <baogan/error.h>
#include <baogan/money.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum bg_origin {
    BG_ORIGIN_FILE,     /* the scenario file itself, or the CSV that it names */
    BG_ORIGIN_EXTENDED, /* a file that it extends */
    BG_ORIGIN_OVERRIDE, /* --set */
    BG_ORIGIN_DEFAULT   /* the catalogue; an assumption where the row's source says so */
} bg_origin;

typedef enum bg_node_kind { BG_NODE_VALUE, BG_NODE_MAP, BG_NODE_LIST } bg_node_kind;

/* A node of the tree; the scenario owns it. Children keep the order of the file.
 * A settlement step is a MAP whose `key` is its name (or its kind) and whose `text` is its kind.
 * Children of a table by year have the keys "2025", …, "later" or "other"; of bands, the limit as
 * written or "rest"; of tiers, the bound as written. `limit` holds such a key's value (year, or
 * 10^-12); of "later", "other" and "rest" it is INT64_MAX. */
typedef struct bg_node {
    const char *key;  /* NULL for the root and in plain lists */
    const char *path; /* full path with names in brackets, for messages */
    const bg_parameter *parameter;
    bg_node_kind kind;
    bg_origin origin;
    bg_mark mark;     /* of the value; file "--set" or NULL (default) where there is no file */
    const char *text; /* a scalar as it was written */
    union {
        int64_t integer; /* INTEGER, YEAR, and CHOICE (index into choices), BOOL (0 or 1) */
        bg_fen fen;
        bg_decimal decimal;
    } value;
    int64_t limit;
    bg_fen
        money_unit; /* of a text: fen in one of an amount without a unit in its file, should it be one */
    bool replaces; /* while files are laid over one another: written with `replace: all` */
    struct bg_node *child, *next; /* first child, next sibling */
} bg_node;

/* What laying files, or overrides, over one another did that no single file shows. */
typedef enum bg_scenario_note_kind {
    BG_NOTE_REMOVED, /* a null removed what stood at `path` */
    BG_NOTE_MERGED   /* entries were laid over a table that stood at `path` */
} bg_scenario_note_kind;
typedef struct bg_scenario_note {
    bg_scenario_note_kind kind;
    const char *path;
    bg_mark mark; /* of the null, or of the table that lies above */
    struct bg_scenario_note *next;
} bg_scenario_note;

typedef struct bg_scenario bg_scenario;

/* What to load. Zero-initialise, then name at least `path`. */
typedef struct bg_scenario_source {
    const char *path; /* the scenario file */
    /* Further files laid over it in order, as if each extended what came before; each has its own
     * money_unit and may itself extend files. For example the actuals of `baogan settle`. */
    const char *const *layers;
    size_t layer_count;
    /* The file of the pooling area that the scenario is a community of, laid over last, and the
     * community's name in it (bg_area_load); NULL otherwise. */
    const char *area, *community;
    const char *const *overrides; /* strings "path=value", applied last and in order */
    size_t override_count;
} bg_scenario_source;

/* Loads a scenario. On success *scenario is new (free with bg_scenario_free) and `errors` may hold
 * warnings; otherwise *scenario is NULL and `errors` holds every error found. */
bg_status bg_scenario_load(const bg_scenario_source *source, bg_scenario **scenario,
                           bg_errors *errors);
/* The same from text in memory; `name` stands for the file in messages, and relative names of other
 * files are looked up in `directory` (NULL: none may be named). */
bg_status bg_scenario_parse(const char *text, size_t size, const char *name, const char *directory,
                            const char *const *overrides, size_t n, bg_scenario **scenario,
                            bg_errors *errors);
/* The same from text that bg_scenario_yaml wrote, of a scenario whose file counts in `money_unit` fen: overrides count
 * in it, and the scenario says so. No other files may be named. */
bg_status bg_scenario_parse_written(const char *text, size_t size, const char *name,
                                    bg_fen money_unit, const char *const *overrides, size_t n,
                                    bg_scenario **scenario, bg_errors *errors);
void bg_scenario_free(bg_scenario *self);

const bg_node *bg_scenario_root(const bg_scenario *self);
const char *bg_scenario_file(const bg_scenario *self);
/* In the order of loading; NULL where nothing was removed or merged. The scenario owns them. */
const bg_scenario_note *bg_scenario_notes(const bg_scenario *self);
/* Fen in one unit of its file's money_unit, in which overrides are written. */
bg_fen bg_scenario_money_unit(const bg_scenario *self);
/* Fen in one unit of money that people read it in: the one last asked for, else that of its file; 0 where
 * the file counts in yuan, which leaves it open. It bears on no result. */
bg_fen bg_scenario_money_shown(const bg_scenario *self);
/* Asks for another one, of 10^2 to 10^11 fen as the words of --money-unit have; 0 for that of the file. */
void bg_scenario_show_money(bg_scenario *self, bg_fen unit);

/* Puts another value in the place of a single one, for those who run one scenario thousands of times:
 * the scenario is then as if it had been loaded with the override of that value, at a hundredth of the
 * cost. The path must lead to a VALUE that is no text or name; `value` counts what its type does: fen,
 * 10^-12, the place of a choice, 0 or 1. What was read from the scenario before (a bg_model) still holds
 * the earlier value. On failure nothing changes. */
bg_status bg_scenario_vary(bg_scenario *self, const char *path, int64_t value, bg_errors *errors);

/* The name of the community in its pooling area; NULL if it is of none. */
const char *bg_scenario_community(const bg_scenario *self);
/* Writes the resolved scenario as YAML that loads to itself, with `extends` and CSV folded in,
 * money in yuan; defaults are left out unless with_defaults. New string, NULL when out of memory.
 */
char *bg_scenario_yaml(const bg_scenario *self, bool with_defaults);
/* The same without defaults and without a section, such as `sweep`. */
char *bg_scenario_yaml_without(const bg_scenario *self, const char *section);

/* The part of it at and below `node` on one line: "5%", "{10%: 100%, rest: 0%}". Parts that say the same
 * have the same line, however they were written. New string, NULL when out of memory. */
char *bg_node_line(const bg_node *node);
/* The same with totals of money as `words` puts them into the buffer, which it returns. */
#define BG_MONEY_WORDS 64
typedef const char *bg_money_words(const void *context, bg_fen amount, char buffer[BG_MONEY_WORDS]);
char *bg_node_line_in_words(const bg_node *node, bg_money_words *words, const void *context);

/* Walking. All accept NULL and then return NULL, so lookups may be chained. */
const bg_node *bg_node_child(const bg_node *node, const char *key);
/* By path with names in brackets, from the root: bg_scenario_find(s, "budget.funds[risk].rate"). */
const bg_node *bg_scenario_find(const bg_scenario *self, const char *path);
size_t bg_node_count(const bg_node *node); /* number of children */

/* Values of keys that have a default in the catalogue and hence always exist; an absent key here is
 * a mistake in the program (checked by an assertion that stays on). */
bg_fen bg_node_fen(const bg_node *section, const char *key);
bg_decimal bg_node_decimal(const bg_node *section, const char *key);
double bg_node_double(const bg_node *section, const char *key); /* of a decimal or rate */
int64_t bg_node_integer(const bg_node *section, const char *key);
bool bg_node_bool(const bg_node *section, const char *key);
const char *bg_node_text(const bg_node *section, const char *key); /* also of CHOICE and NAME */

/* Whether all below `node` stands as the catalogue has it, whoever wrote it: a value equal to its
 * default, a section of such values. Tables and keys without a default are not. */
bool bg_node_is_standard(const bg_node *node);

/* Whether the keys of a table of bands or tiers are years, and each cell is such a table: the first is a year, "later" or
 * "other". */
bool bg_node_holds_years(const bg_node *table);

/* The node that holds for `year` in a value by year: the value itself, its year, "later" for a year
 * beyond the last one named, else "other" (any year not named); NULL if none is there. */
const bg_node *bg_node_in_year(const bg_node *table, int year);

/* A title or description in a language ("en" or "zh"), falling back to the other; "" if absent. */
const char *bg_node_in_language(const bg_node *texts, const char *language);

#endif
