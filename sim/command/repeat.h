/* A run that is repeated from the run.json that it wrote. */
#ifndef BAOGAN_COMMAND_REPEAT
#define BAOGAN_COMMAND_REPEAT

#include "command/options.h"

#include <baogan/area.h>
#include <jansson.h>

/* Zero-initialise. Its strings belong to run.json, which it holds. */
typedef struct bg_repeat {
    json_t *run;         /* NULL: the operand is a scenario */
    const char *file;    /* run.json itself */
    bg_options recorded; /* those of the run, on its scenario */
    bg_options
        options; /* the same with what is given now: overrides come on top, the language if it is given */
} bg_repeat;

/* Reads the operand if it is a run.json. Of any other file self->options are `options`. A run of a pooling area or of
 * one of its communities is refused. */
bg_status bg_repeat_open(bg_repeat *self, const bg_options *options, bg_errors *errors);
/* Loads what is to be run: the scenario's own file as long as it and those that it names say what they did, which
 * gives the same bytes; else, with a warning, the scenario that run.json holds, which gives the same figures. */
bg_status bg_repeat_load(const bg_repeat *self, bg_area *area, bg_errors *errors);
void bg_repeat_free(bg_repeat *self);

#endif
