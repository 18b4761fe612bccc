#include "actual/step_change.h"

#include <stdlib.h>
#include <string.h>

/* What the balance that the line is about, the unit's or a pot's, was before it. */
static bg_fen balance_before(const bg_trace *trace, size_t line)
{
    const char *pot = trace->items[line].pot;
    while (line > 0) {
        if (trace->items[--line].pot == pot) {
            return trace->items[line].balance_after;
        }
    }
    return 0;
}

/* What a pot begins with has moved nothing yet: the lines that end the pots say what they came to. */
static bool begins_pot(const bg_posting *posting)
{
    return posting->pot && strcmp(posting->kind, "pots") == 0;
}

bg_step_change *bg_step_changes(const bg_trace *trace, size_t *count)
{
    bg_step_change *changes = calloc(trace->count + 1, sizeof *changes);
    *count = 0;
    for (size_t i = 0; changes && i < trace->count; i++) {
        const bg_posting *posting = &trace->items[i];
        const bg_fen before = balance_before(trace, i);
        if (begins_pot(posting)) {
            continue;
        }
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
