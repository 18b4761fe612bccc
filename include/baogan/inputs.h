/* Named inputs of a settlement: what a plan may read of a unit, and how a text becomes its value.
 *
 * The built-in inputs (BG_SETTLEMENT_INPUTS) come first, then those that the scenario names under
 * `inputs`, which also maps built-in ones to a table: column, sign, scale, texts that stand for a
 * value, the value of an empty cell. Money is held in fen; rates and numbers in steps of 10^-12;
 * a text as the place, from 1, of the word among those that the plan knows, 0 for any other. */
#ifndef BAOGAN_INPUTS_H
#define BAOGAN_INPUTS_H

#include <baogan/scenario.h>

#define BG_MAX_NAMED_INPUTS 64

typedef enum bg_input_kind {
    BG_KIND_MONEY,
    BG_KIND_RATE,
    BG_KIND_NUMBER,
    BG_KIND_TEXT
} bg_input_kind;

/* What the year of the whole pool comes to before any settlement; sim/contract/README.md has the formulas. */
typedef enum bg_pool_quantity {
    BG_POOL_NOTHING,
    BG_POOL_SURPLUS,
    BG_POOL_BALANCE,
    BG_POOL_SURPLUS_RATE,
    BG_POOL_BALANCE_RATE,
    BG_POOL_MONTHS
} bg_pool_quantity;

typedef enum bg_input_sign { BG_SIGN_KEPT, BG_SIGN_REVERSED, BG_SIGN_ABSOLUTE } bg_input_sign;

/* Texts are borrowed from the scenario. */
typedef struct bg_named_input {
    const char *name;
    const char *column; /* heading in a table; the name unless mapped */
    bg_input_kind kind;
    bool built_in;
    bool of_institution;   /* "disallowed.NAME", which no key of `inputs` names */
    bool optional;         /* a unit may lack it */
    bg_pool_quantity pool; /* may be below zero, and then bounds conditions only */
    bg_input_sign sign;
    bg_decimal scale;
    bg_fen unit;  /* fen in one of an amount without a unit, in place of scale; 0: by that */
    bool rounded; /* decimals beyond the twelfth are rounded, else refused */
    const bg_node *values; /* texts that stand for another, NULL if none */
    const char *empty;     /* what an empty text stands for, NULL if for nothing */
    bool closed;           /* a text must be one of the words */
    const char **words;    /* of a text input, in the order of their places */
    size_t word_count;
} bg_named_input;

/* Turns a text without spaces around it, such as a cell of a table, into the value of the input:
 * first `values` or `empty`, then kind, scale and sign. *given is false, and *value 0, where the
 * text is empty, nothing stands for it and the input is optional. Else BG_MISSING, BG_TYPE,
 * BG_RANGE or BG_OVERFLOW with a sentence that names the input; `mark` and `path` say where the
 * text stands. A scale that leaves parts of a fen is refused, not rounded. */
bg_status bg_named_input_read(const bg_named_input *self, const char *text, bg_mark mark,
                              const char *path, int64_t *value, bool *given, bg_errors *errors);

/* The same of a text that stands in a file. An amount without a unit is refused where amounts of that file count in
 * another unit than yuan and the input has no scale: it could be meant in either. */
bg_status bg_named_input_read_node(const bg_named_input *self, const bg_node *node, int64_t *value,
                                   bool *given, bg_errors *errors);

/* The value as people read it: "1,200.00", "44.61%", "A"; NUMBER_TEXT bytes and more for words. */
#define BG_INPUT_TEXT 96
char *bg_named_input_text(const bg_named_input *self, int64_t value, char buffer[BG_INPUT_TEXT]);

#endif
