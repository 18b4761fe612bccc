#include "rules/steps.h"

#include <string.h>

static const bg_step_kind *const kinds[] = {
#define BG_STEP_KIND(name) &bg_step_##name,
    BG_STEP_KINDS(BG_STEP_KIND)
#undef BG_STEP_KIND
};

const bg_step_kind *bg_step_kind_find(const char *name)
{
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (strcmp(kinds[k]->name, name) == 0) {
            return kinds[k];
        }
    }
    return NULL;
}
