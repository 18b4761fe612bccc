/* Lines that seem to be the total of others beside them, and would count twice. */
#include "contract/plausible.h"

#include "contract/messages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAMES = 512 };
#define TOLERANCE 1e-4 /* of the sum: payments are rounded in the exports they come from */

/* A set of lines, one bit each. */
typedef uint64_t lines;

static bool holds(lines set, size_t line)
{
    return set >> line & 1;
}

static size_t count_of(lines set)
{
    return (size_t)__builtin_popcountll(set);
}

static bool is_named_total(const bg_line *line)
{
    static const char *const words[] = {"小计", "合计", "总计", "subtotal", "Subtotal", "sum"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strstr(line->service, words[i])) {
            return true;
        }
    }
    return false;
}

/* Whether in every year the line pays what the others pay together. One year is enough where the name says it. */
static bool is_sum(const bg_history *history, const bg_line *line, lines others)
{
    size_t years = 0;
    for (size_t y = 0; y < history->year_count; y++) {
        double sum = 0;
        bool known = line->year[y].paid_fen > 0;
        for (size_t i = 0; i < history->line_count; i++) {
            if (holds(others, i)) {
                known = known && history->line[i].year[y].paid_fen > 0;
                sum += (double)history->line[i].year[y].paid_fen;
            }
        }
        if (known && fabs((double)line->year[y].paid_fen - sum) > TOLERANCE * sum) {
            return false;
        }
        years += known;
    }
    return count_of(others) >= 2 && years >= (is_named_total(line) ? 1 : 2);
}

/* All other lines of the scheme; those in the place, of the service. */
static lines others_of(const bg_history *history, size_t line, int place, const char *service)
{
    const bg_line *self = &history->line[line];
    lines set = 0;
    for (size_t i = 0; i < history->line_count; i++) {
        const bg_line *other = &history->line[i];
        if (i != line && other->scheme == self->scheme &&
            (place < 0 || (int)other->place == place) &&
            (!service || strncmp(other->service, service, strlen(other->service)) == 0)) {
            set |= (lines)1 << i;
        }
    }
    return set;
}

/* Two lines that the line is the sum of; else none. */
static lines pair_of(const bg_history *history, size_t line, lines others)
{
    for (size_t i = 0; i < history->line_count; i++) {
        for (size_t j = 0; j < i; j++) {
            const lines pair = (lines)1 << i | (lines)1 << j;
            if ((pair & others) == pair && is_sum(history, &history->line[line], pair)) {
                return pair;
            }
        }
    }
    return 0;
}

/* The lines that it is the sum of; none if it is of none that are likely. */
static lines parts_of(const bg_history *history, size_t line)
{
    const bg_line *self = &history->line[line];
    const lines all = others_of(history, line, -1, NULL);
    const lines sets[] = {all, others_of(history, line, -1, self->service),
                          others_of(history, line, BG_PLACE_IN, NULL),
                          others_of(history, line, BG_PLACE_OUT, NULL)};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        if (is_sum(history, self, sets[i])) {
            return sets[i];
        }
    }
    return pair_of(history, line, all);
}

/* "residents.inpatient (line 4), residents.outpatient (line 5)". */
static const char *name_parts(const bg_history *history, lines parts, char buffer[NAMES])
{
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t i = 0; i < history->line_count && used < NAMES - 128; i++) {
        if (holds(parts, i)) {
            const int line = history->line[i].node->mark.line;
            const int written =
                snprintf(buffer + used, NAMES - used, "%s%s" BG_BOTH(" (line %d)", "（第%d行）"),
                         used ? BG_COMMA : "", history->line[i].name, line, line);
            used += written < 0 ? NAMES : (size_t)written;
        }
    }
    return buffer;
}

static void judge(const bg_history *history, size_t line, bg_errors *errors)
{
    const bg_line *self = &history->line[line];
    const lines parts = parts_of(history, line);
    if (parts) {
        char names[NAMES];
        bg_errors_advise(errors, self->node->mark, self->node->path, BG_SAY(line_is_total),
                         self->name, name_parts(history, parts, names));
    } else if (is_named_total(self) && others_of(history, line, -1, NULL)) {
        bg_errors_advise(errors, self->node->mark, self->node->path, BG_SAY(line_named_total),
                         self->name);
    }
}

void bg_plausible_totals(const bg_history *history, bg_errors *errors)
{
    for (size_t i = 0; i < history->line_count; i++) {
        /* What "total" beside lines means is said where the history is read. */
        if (strcmp(history->line[i].service, "total") != 0) {
            judge(history, i, errors);
        }
    }
}
