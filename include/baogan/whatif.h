/* What-if: a scenario that is loaded, asked and answered in JSON. No file is read or written, no clock is looked at, and
 * one process may hold several. sim/whatif/README.md says what may be asked and what the answers hold. */
#ifndef BAOGAN_WHATIF_H
#define BAOGAN_WHATIF_H

#include <baogan/scenario.h>
#include <stddef.h>

typedef struct bg_whatif bg_whatif;

/* All zero is the usual. */
typedef struct bg_whatif_options {
    int threads;              /* 0: as OpenMP decides */
    const volatile int *stop; /* non-zero: what runs ends with an error; may be NULL */
    size_t room;              /* bytes in which futures are kept, 0: 64 MiB */
} bg_whatif_options;

/* Begins with the scenario as it is, of a community by itself, which is not needed afterwards. *self is NULL, and
 * `errors` say why, where it is none that can be run. */
bg_status bg_whatif_open(const bg_scenario *scenario, const bg_whatif_options *options,
                         bg_whatif **self, bg_errors *errors);
void bg_whatif_free(bg_whatif *self);

/* The answer to a request, on one line: a new string, NULL when out of memory. What is wrong with a request is said in
 * its answer, and changes nothing. */
char *bg_whatif_answer(bg_whatif *self, const char *request, size_t size);

#endif
