#include "settlement/steps.h"

#include <string.h>

static const bg_step_kind *const kinds[] = {
#define BG_STEP_KIND(name) &bg_step_##name,
    BG_STEP_KINDS(BG_STEP_KIND)
#undef BG_STEP_KIND
        NULL,
};

const bg_step_kind *bg_step_kind_find(const char *name)
{
    const bg_step_kind *const *kind = kinds;
    while (*kind && strcmp((*kind)->name, name) != 0) {
        kind++;
    }
    return *kind;
}
