/* Conditions of a step: which units it applies to. */
#ifndef BAOGAN_SETTLEMENT_CONDITION
#define BAOGAN_SETTLEMENT_CONDITION

#include "settlement/inputs.h"

/* The input lies within one of the ranges, ends included. Everything is a whole number of steps, so
 * "above x" is "from x and one step". */
typedef struct bg_range {
    int64_t low, high;
} bg_range;

/* The input is at least, or at most, times * another input + plus; compared exactly. */
typedef struct bg_relation {
    size_t other;
    bg_decimal times;
    int64_t plus; /* in steps of the input */
    bool least, strict;
} bg_relation;

#define BG_MAX_RELATIONS 4

typedef struct bg_condition {
    size_t input;
    size_t count;
    bg_range *range;
    size_t relation_count; /* further bounds, all of which must hold */
    bg_relation relation[BG_MAX_RELATIONS];
} bg_condition;

typedef struct bg_conditions {
    size_t count;
    bg_condition *item;
} bg_conditions;

/* Reads `when` (NULL: no conditions); words of text inputs become known. Free with
 * bg_conditions_free whatever the outcome. */
bg_status bg_conditions_read(const bg_node *when, bg_inputs *inputs, bg_conditions *self,
                             bg_errors *errors);
void bg_conditions_free(bg_conditions *self);

/* mask[u] = -1 where all conditions hold, else 0; an input that is absent (given[u] is 0) meets
 * none, and none is met by its side. Returns whether any unit is left. */
bool bg_conditions_select(const bg_conditions *self, int64_t *const *input, int64_t *const *given,
                          int64_t *mask, size_t n);
/* Whether no unit can meet both. */
bool bg_conditions_exclude(const bg_conditions *a, const bg_conditions *b);

#endif
