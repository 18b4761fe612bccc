#include "actual/step_change.h"

#include <stdlib.h>
#include <string.h>

bg_step_change *bg_step_changes(const bg_trace *trace, size_t *count)
{
    bg_step_change *changes = calloc(trace->count + 1, sizeof *changes);
    *count = 0;
    bg_fen before = 0;
    for (size_t i = 0; changes && i < trace->count; i++) {
        const bg_posting *posting = &trace->items[i];
        bg_step_change *last = *count ? &changes[*count - 1] : NULL;
        bool same = last && last->step == posting->step && strcmp(last->name, posting->name) == 0;
        if (!same && (posting->step || posting->balance_after != before)) {
            last = &changes[(*count)++];
            *last = (bg_step_change){posting->step, posting->name, 0, before};
            same = true;
        }
        if (same) {
            last->change += posting->balance_after - before;
            last->balance_after = posting->balance_after;
        }
        before = posting->balance_after;
    }
    return changes;
}

const bg_step_change *bg_step_change_find(const bg_step_change *changes, size_t count,
                                          const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(changes[i].name, name) == 0) {
            return &changes[i];
        }
    }
    return NULL;
}
