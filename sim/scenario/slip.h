/* Signs that were likely typed in the place of those of YAML: in full width, as Chinese input methods write them, or
 * a colon without its blank. A text is searched for them only where it cannot be read as it stands. */
#ifndef BAOGAN_SCENARIO_SLIP
#define BAOGAN_SCENARIO_SLIP

#include <stdbool.h>
#include <stddef.h>

typedef enum bg_slip_kind {
    BG_SLIP_SIGN,       /* another sign is meant */
    BG_SLIP_WIDE_BLANK, /* an ordinary blank is */
    BG_SLIP_NO_BLANK    /* a blank lacks behind a colon */
} bg_slip_kind;

typedef struct bg_slip {
    bg_slip_kind kind;
    int line, column;         /* from 1, in characters */
    const char *sign, *meant; /* of BG_SLIP_SIGN */
    const char *hint;         /* a phrase in both languages that stands behind a sentence */
} bg_slip;

/* The first slip at or behind the place `line`:`column` and not behind the line `last`, unless a line that is sound
 * follows it before `last`, to which it then is no cause. */
bool bg_slip_find(const char *text, size_t size, int line, int column, int last, bg_slip *slip);

/* What to write for the first such sign of a value; "" where there is none. */
const char *bg_slip_hint(const char *value);

#endif
