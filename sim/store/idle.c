#include "store/idle.h"

#include "base/text.h"
#include "store/messages.h"

#include <stdlib.h>
#include <string.h>

/* Columns of a row: number, future, policy, name of the policy, then the axes, seed, status, reason, figures. */
enum { POLICY_NAME = 3, FIRST_AXIS = 4, BEHIND_AXES = 3, MOST_POLICIES = 256 };

/* What a row says to one question: the row without what is asked of, that itself, and the figures; as hashes. */
typedef struct answer {
    uint64_t others, own, figures;
} answer;

typedef struct asking {
    const bg_folder *folder;
    size_t axes, first_figure;
    size_t rows;
    answer *answers; /* [question][scenarios]: policies, then each axis */
    bool header;
    char *policy[MOST_POLICIES]; /* names in the order of the rows */
    uint64_t policy_hash[MOST_POLICIES];
    size_t policies;
} asking;

/* ---- hashes (FNV-1a) ---- */

#define NOTHING UINT64_C(14695981039346656037)

static uint64_t hash(uint64_t before, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        before = (before ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    }
    return (before ^ ',') * UINT64_C(1099511628211);
}

/* ---- rows ---- */

typedef struct cell {
    const char *text;
    size_t length;
} cell;

/* The next cell of a row, quoted or not; *at moves behind it. */
static cell next_cell(const char **at, const char *end)
{
    const char *start = *at, *stop = start;
    bool quoted = false;
    while (stop < end && (quoted || *stop != ',')) {
        quoted = quoted != (*stop == '"');
        stop++;
    }
    *at = stop < end ? stop + 1 : end;
    return (cell){start, (size_t)(stop - start)};
}

static bg_status note_policy(asking *self, cell name, uint64_t hashed)
{
    for (size_t i = 0; i < self->policies; i++) {
        if (self->policy_hash[i] == hashed) {
            return BG_OK;
        }
    }
    if (self->policies == MOST_POLICIES) {
        return BG_OK;
    }
    self->policy_hash[self->policies] = hashed;
    self->policy[self->policies] = bg_text_format("%.*s", (int)name.length, name.text);
    return self->policy[self->policies++] ? BG_OK : BG_MEMORY;
}

static answer *answer_at(const asking *self, size_t question, size_t row)
{
    return &self->answers[question * self->folder->scenarios + row];
}

/* `own` are the hashes of the policy's name, of each axis and of the seed. */
static void note_row(asking *self, const uint64_t *own, uint64_t figures)
{
    for (size_t question = 0; question <= self->axes; question++) {
        uint64_t others = NOTHING;
        for (size_t i = 0; i <= self->axes + 1; i++) {
            others = i == question ? others : hash(others, (const char *)&own[i], sizeof own[i]);
        }
        *answer_at(self, question, self->rows) = (answer){others, own[question], figures};
    }
    self->rows++;
}

/* Fits bg_merge_sink: the header first. */
static bg_status take(void *context, const char *line, size_t length, bg_errors *errors)
{
    asking *self = context;
    if (!self->header) {
        self->header = true;
        return BG_OK;
    }
    const char *at = line, *end = line + length;
    uint64_t own[FIRST_AXIS + BG_MAX_AXES] = {0}, figures = NOTHING;
    cell policy = {line, 0};
    bool ok = true;
    for (size_t i = 0; i < self->folder->column_count; i++) {
        const cell found = next_cell(&at, end);
        const size_t seed = FIRST_AXIS + self->axes;
        if (i == POLICY_NAME) {
            policy = found;
        }
        if (i >= POLICY_NAME && i <= seed) {
            own[i - POLICY_NAME] = hash(NOTHING, found.text, found.length);
        } else if (i == seed + 1) {
            ok = found.length == 2 && memcmp(found.text, "ok", 2) == 0;
        } else if (i >= self->first_figure) {
            figures = hash(figures, found.text, found.length);
        }
    }
    if (!ok) {
        return BG_OK;
    }
    note_row(self, own, figures);
    return note_policy(self, policy, own[0]) == BG_OK ? BG_OK : bg_no_memory(errors);
}

/* ---- what changed nothing ---- */

static int by_others(const void *a, const void *b)
{
    const answer *x = a, *y = b;
    return (x->others > y->others) - (x->others < y->others);
}

/* Whether two rows with the same others have another value, and all such have the same figures. */
static bool is_idle_axis(const answer *sorted, size_t count)
{
    bool compared = false;
    for (size_t i = 1, first = 0; i < count; i++) {
        first = sorted[i].others == sorted[first].others ? first : i;
        const bool differs = sorted[i].own != sorted[first].own;
        compared = compared || differs;
        if (differs && sorted[i].figures != sorted[first].figures) {
            return false;
        }
    }
    return compared;
}

/* The answer of the group that begins at `first` for a value of its own; NULL: none. */
static const answer *of_own(const answer *sorted, size_t count, size_t first, uint64_t own)
{
    for (size_t i = first; i < count && sorted[i].others == sorted[first].others; i++) {
        if (sorted[i].own == own) {
            return &sorted[i];
        }
    }
    return NULL;
}

static bool is_idle_policy(const asking *self, const answer *sorted, size_t policy)
{
    bool compared = false;
    for (size_t first = 0; first < self->rows; first++) {
        if (first > 0 && sorted[first].others == sorted[first - 1].others) {
            continue;
        }
        const answer *base = of_own(sorted, self->rows, first, self->policy_hash[0]);
        const answer *other = of_own(sorted, self->rows, first, self->policy_hash[policy]);
        compared = compared || (base && other);
        if (base && other && base->figures != other->figures) {
            return false;
        }
    }
    return compared;
}

static void say_axes(const asking *self, bg_errors *errors)
{
    for (size_t axis = 0; axis < self->axes; axis++) {
        const bg_sweep_column *column = &self->folder->column[FIRST_AXIS + axis];
        answer *answers = answer_at(self, 1 + axis, 0);
        qsort(answers, self->rows, sizeof *answers, by_others);
        if (is_idle_axis(answers, self->rows)) {
            bg_errors_advise(errors, BG_NOWHERE, "sweep.axes", BG_SAY(axis_idle), column->name,
                             column->meaning);
        }
    }
}

static void say_policies(const asking *self, bg_errors *errors)
{
    answer *answers = answer_at(self, 0, 0);
    qsort(answers, self->rows, sizeof *answers, by_others);
    for (size_t policy = 1; policy < self->policies; policy++) {
        if (is_idle_policy(self, answers, policy)) {
            bg_errors_advise(errors, BG_NOWHERE, "sweep.policies", BG_SAY(policy_idle),
                             self->policy[policy], self->policy[0]);
        }
    }
}

static size_t first_figure(const bg_folder *folder)
{
    size_t i = FIRST_AXIS;
    while (i < folder->column_count && strcmp(folder->column[i].name, "status") != 0) {
        i++;
    }
    return i + 2; /* behind the reason */
}

bg_status bg_idle_find(const bg_folder *folder, bg_errors *errors)
{
    if (folder->scenarios > BG_IDLE_MOST) {
        return BG_OK;
    }
    asking self = {.folder = folder, .first_figure = first_figure(folder)};
    self.axes = self.first_figure - FIRST_AXIS - BEHIND_AXES;
    self.answers = calloc((self.axes + 1) * folder->scenarios + 1, sizeof *self.answers);
    bg_merged merged;
    bg_status status =
        self.answers ? bg_merge_rows(folder, 1, &(bg_merge_sink){take, &self}, 1, &merged, errors)
                     : bg_no_memory(errors);
    if (status == BG_OK) {
        say_axes(&self, errors);
        say_policies(&self, errors);
    }
    for (size_t i = 0; i < self.policies; i++) {
        free(self.policy[i]);
    }
    free(self.answers);
    return status;
}
