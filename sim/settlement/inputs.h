/* The inputs of a plan: the built-in ones, then those that the scenario names. */
#ifndef BAOGAN_SETTLEMENT_INPUTS
#define BAOGAN_SETTLEMENT_INPUTS

#include <baogan/inputs.h>
#include <baogan/settlement.h>

typedef struct bg_inputs {
    size_t count;
    bg_named_input item[BG_MAX_INPUTS];
} bg_inputs;

/* Reads the section `inputs` (NULL: built-in inputs only). Free with bg_inputs_free whatever the
 * outcome; twice is safe. */
/* Adds "disallowed.NAME" of an institution, unless `inputs` maps it, which must be as money; `name` must
 * outlive the inputs. *place says where it stands. */
bg_status bg_inputs_add_disallowed(bg_inputs *self, const char *name, const bg_node *institution,
                                   size_t *place, bg_errors *errors);
bg_status bg_inputs_read(const bg_node *section, bg_inputs *self, bg_errors *errors);
void bg_inputs_free(bg_inputs *self);

/* The index of the input of that name, -1 if there is none. */
int bg_inputs_index(const bg_inputs *self, const char *name);
/* "budget", "payable", …: names of the inputs of one kind for a message, cut short if long. */
#define BG_INPUT_LIST 1024
const char *bg_inputs_list(const bg_inputs *self, bg_input_kind kind, char text[BG_INPUT_LIST]);
/* What the kind is called in a message, in both languages. */
const char *bg_input_kind_word(bg_input_kind kind);

/* The place of a word of a text input; it becomes known if it was not. 0 when out of memory. */
int64_t bg_named_input_word(bg_named_input *self, const char *word);

#endif
