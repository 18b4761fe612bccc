/* run.json: what a run was made from and with. */
#ifndef BAOGAN_COMMAND_PROVENANCE
#define BAOGAN_COMMAND_PROVENANCE

#include "command/options.h"
#include "study/check.h"

#include <baogan/projection.h>
#include <jansson.h>

/* The SHA-256 of a resolved scenario as text. Returns `digest`. */
#define BG_PROVENANCE_DIGEST 65
const char *bg_provenance_digest(const char *yaml, char digest[BG_PROVENANCE_DIGEST]);

/* `yaml` is the resolved scenario; `seconds` the wall time so far. NULL when out of memory. */
json_t *bg_provenance(const bg_scenario *scenario, const char *yaml, const bg_options *options,
                      size_t replications, double seconds);

/* What it says of the check by the reference engine; the units are those of the projection. NULL when out
 * of memory. */
json_t *bg_provenance_check(const bg_check *check, const bg_projection *projection);

#endif
