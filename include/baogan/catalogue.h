/* The catalogue: one table with every key a scenario may hold.
 *
 * The rows stand in sim/scenario/catalogue.def. The loader, its error messages, `baogan params`, the
 * JSON Schema, --set and everything that varies a parameter read this table and nothing else. */
#ifndef BAOGAN_CATALOGUE_H
#define BAOGAN_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

/* What one value is. */
typedef enum bg_type {
    BG_TYPE_NONE,    /* a section: holds keys only */
    BG_TYPE_TEXT,    /* free text */
    BG_TYPE_NAME,    /* a name that something else in the scenario defines or uses */
    BG_TYPE_CHOICE,  /* one of the words in `choices` */
    BG_TYPE_BOOL,    /* true, false, yes, no */
    BG_TYPE_INTEGER, /* whole number: value.integer */
    BG_TYPE_YEAR,    /* calendar year: value.integer */
    BG_TYPE_MONTH,   /* calendar month, written 2026-07: value.integer = 12 year + month - 1 */
    BG_TYPE_DECIMAL, /* exact decimal in 10^-12: value.decimal */
    BG_TYPE_RATE,    /* the same, also written as 3%: value.decimal */
    BG_TYPE_MONEY,   /* total in the file's money_unit: value.fen */
    BG_TYPE_PRICE    /* money per person or per case, always in yuan: value.fen */
} bg_type;

/* How values stand under the key. */
typedef enum bg_shape {
    BG_SHAPE_ONE,      /* one value */
    BG_SHAPE_TEXTS,    /* one text, or {en: …, zh: …} */
    BG_SHAPE_LIST,     /* [v, v, …]; a single value is a list of one */
    BG_SHAPE_BY_YEAR,  /* one value, or {2025: v, 2026: v, later: v, other: v} */
    BG_SHAPE_BANDS,    /* {10%: r, 20%: r, rest: r}: rising upper limits, each with a rule */
    BG_SHAPE_BRACKETS, /* {50000: v, rest: v}: rising upper limits in yuan, each with a value */
    BG_SHAPE_TIERS, /* {90: v, 80: v, 0: v}: falling lower bounds of the score, each with a value */
    BG_SHAPE_NAMED, /* {name: v, name: v}: a value for each of freely chosen names */
    /* One value; a word of `choices`; by year as above; {by_score: tiers};
     * {score: {at_0: v, at_100: v}, floor: v, ceiling: v}: a straight line in the score, bounded;
     * {input: NAME, times: v, floor: v, ceiling: v}: an input of the settlement */
    BG_SHAPE_RULE,
    BG_SHAPE_SHARES,     /* {name: r, name: r}: a rule for each of freely chosen names */
    BG_SHAPE_CONDITIONS, /* {input: v, input: [v, v], input: {from: v, to: v, above: v, below: v}} */
    BG_SHAPE_SECTION,    /* {key: …}: keys with rows of their own */
    BG_SHAPE_ENTRIES,    /* {name: {key: …}, …}: freely named sections */
    BG_SHAPE_STEPS       /* [{kind: {key: …}}, …]: ordered steps of the settlement plan */
} bg_shape;

/* A row. Paths: "budget.growth"; "[]" stands for any name, "[word]" for that name only and wins over
 * "[]": "budget.funds[].rate", "people[residents].growth", "settlement[release].fund" (where the
 * bracket is the step's kind). Texts are never NULL but may be "". */
typedef struct bg_parameter {
    const char *path;
    bg_type type;
    bg_shape shape;
    const char *unit;    /* "yuan", "persons", "1" (a share), "points", "years", …, or "" */
    const char *choices; /* "a|b|c" for BG_TYPE_CHOICE, else "" */
    const char *minimum; /* hard range, inclusive, as written in a scenario; "" = none */
    const char *maximum;
    const char *advised_minimum; /* outside this range: a warning; "" = none */
    const char *advised_maximum;
    const char *standard;  /* default as YAML text; "" = no default, the key may be absent */
    const char *shorthand; /* the child that a single value in place of a section sets, else "" */
    const char *source;    /* where the default comes from */
    bool assumed;          /* it is an assumption */
    const char *en, *zh;   /* one-line description */
} bg_parameter;

size_t bg_catalogue_count(void);
/* Row `index` in file order, 0 <= index < count. */
const bg_parameter *bg_catalogue_row(size_t index);
/* Years as of which there are defaults, rising; 0 from the index on at which there are no more. A default
 * that rests on figures of past years, such as a trend, has one value and source as of each; the rows
 * that are counted, walked and found here have those of the newest. */
int bg_catalogue_as_of_year(size_t index);
/* The same parameter with its default and source as of `year`: those of the newest year that is no later,
 * else of the oldest. In all else it is `row`, which may be as of any year; a row that is none of the
 * catalogue's is returned as it is. */
const bg_parameter *bg_catalogue_as_of(const bg_parameter *row, int year);
/* The row for a concrete path with names in brackets ("people[residents].count"), or NULL. A value
 * inside a table has the row of the table ("budget.growth[2027]"). Steps go by their kind. */
const bg_parameter *bg_catalogue_find(const char *path);
/* The known path nearest to an unknown one, for "did you mean"; false where nothing is near. */
bool bg_catalogue_suggest(const char *path, char *suggestion, size_t size);
/* Who reads what stands at a key: the demand by which futures are drawn, the contract that they are put through, or both;
 * nobody, where it is for people or settles no year of a projection. Rows of sim/scenario/readers.def, by the path of a row. A
 * key that demand does not read draws the same futures at any value. */
typedef enum bg_reader {
    BG_READ_BY_NOBODY,
    BG_READ_BY_DEMAND,
    BG_READ_BY_CONTRACT,
    BG_READ_BY_BOTH
} bg_reader;
bg_reader bg_catalogue_reader(const char *path);
bool bg_reader_is_demand(bg_reader reader);
const char *bg_reader_name(bg_reader reader); /* "nobody", "demand", "contract", "both" */

const char *bg_type_name(bg_type type);
const char *bg_shape_name(bg_shape shape);

#endif
