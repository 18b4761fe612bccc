#include "statistics/peeling.h"

#include "base/special.h"
#include "statistics/placed.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- boxes ---- */

bool bg_box_bounds(const bg_box *self, size_t input)
{
    return self->side[input].low > -INFINITY || self->side[input].high < INFINITY;
}

static bool within(const bg_box_side *side, double value)
{
    return value >= side->low && value <= side->high;
}

/* Whether it is in the box, were it open in one input (`inputs`: in none). */
static bool holds_but(const bg_box *self, const bg_points *points, size_t point, size_t open)
{
    bool good = !points->aside || !points->aside[point];
    for (size_t input = 0; input < points->inputs && good; input++) {
        good = input == open ||
               within(&self->side[input], points->value[input * points->count + point]);
    }
    return good;
}

bool bg_box_holds(const bg_box *self, const bg_points *points, size_t point)
{
    return holds_but(self, points, point, points->inputs);
}

double bg_box_coverage(const bg_box *self, size_t hits)
{
    return hits > 0 ? (double)self->hits / (double)hits : 0;
}

double bg_box_density(const bg_box *self)
{
    return self->points > 0 ? (double)self->hits / (double)self->points : 0;
}

static bg_box count_but(const bg_box *self, const bg_points *points, size_t open)
{
    bg_box counted = {.side = self->side};
    for (size_t i = 0; i < points->count; i++) {
        if (holds_but(self, points, i, open)) {
            counted.points++;
            counted.hits += points->hit[i];
        }
    }
    return counted;
}

double bg_box_chance(const bg_box *self, const bg_points *points, size_t input)
{
    if (!bg_box_bounds(self, input) || self->hits == 0) {
        return 1;
    }
    const bg_box open = count_but(self, points, input);
    return bg_binomial_tails((unsigned)self->hits - 1, bg_box_density(&open),
                             (unsigned)self->points)
        .above;
}

void bg_box_relax(bg_box *self, const bg_points *points, double most)
{
    for (;;) {
        size_t weakest = points->inputs;
        double largest = most;
        for (size_t input = 0; input < points->inputs; input++) {
            const double chance =
                bg_box_bounds(self, input) ? bg_box_chance(self, points, input) : 0;
            if (chance > largest) {
                largest = chance;
                weakest = input;
            }
        }
        if (weakest == points->inputs) {
            return;
        }
        self->side[weakest] = (bg_box_side){-INFINITY, INFINITY};
        *self = count_but(self, points, points->inputs);
    }
}

/* ---- peeling ---- */

/* Points in the box, ordered by each input. */
typedef struct peeler {
    const bg_points *points;
    size_t *order; /* [input][points->count], of which the first `left` are in the box */
    size_t left, hits, least;
    bg_box_side *side; /* [input] */
} peeler;

/* What one peel would take away. */
typedef struct peel {
    size_t input, points, hits;
    bool high;
    double bound; /* of what is kept */
    double gain;  /* of the share of hits, for each point */
} peel;

static double value_at(const peeler *self, size_t input, size_t point)
{
    return self->points->value[input * self->points->count + point];
}

static bool is_aside(const bg_points *points, size_t point)
{
    return points->aside && points->aside[point];
}

static bg_status put_in_order(peeler *self)
{
    const bg_points *points = self->points;
    bg_placed *sorted = malloc((points->count + 1) * sizeof *sorted);
    for (size_t input = 0; input < points->inputs && sorted; input++) {
        size_t n = 0;
        for (size_t i = 0; i < points->count; i++) {
            if (!is_aside(points, i)) {
                sorted[n++] = (bg_placed){value_at(self, input, i), i};
            }
        }
        bg_placed_sort(sorted, n);
        for (size_t i = 0; i < n; i++) {
            self->order[input * points->count + i] = sorted[i].place;
        }
        self->left = n;
    }
    free(sorted);
    return sorted ? BG_OK : BG_MEMORY;
}

/* The k-th point of the box from one end of an input. */
static size_t from_end(const peeler *self, const peel *which, size_t k)
{
    const size_t *order = self->order + which->input * self->points->count;
    return which->high ? order[self->left - 1 - k] : order[k];
}

static double value_from_end(const peeler *self, const peel *which, size_t k)
{
    return value_at(self, which->input, from_end(self, which, k));
}

/* Ties are not parted: what shares the value that is kept is kept, but the outermost value goes. */
static void measure(const peeler *self, peel *tried)
{
    const size_t wanted = (size_t)ceil(BG_PEELING_SHARE * (double)self->left);
    size_t taken = wanted;
    while (taken > 0 && taken < self->left &&
           value_from_end(self, tried, taken - 1) == value_from_end(self, tried, taken)) {
        taken--;
    }
    if (taken == 0) {
        const double outermost = value_from_end(self, tried, 0);
        while (taken < self->left && value_from_end(self, tried, taken) == outermost) {
            taken++;
        }
    }
    tried->points = taken;
    tried->hits = 0;
    for (size_t k = 0; k < taken; k++) {
        tried->hits += self->points->hit[from_end(self, tried, k)];
    }
    const size_t left = self->left - taken;
    if (left > 0) {
        const double before = (double)self->hits / (double)self->left;
        const double after = (double)(self->hits - tried->hits) / (double)left;
        tried->bound = value_from_end(self, tried, taken);
        tried->gain = (after - before) / (double)taken;
    }
}

static bool is_allowed(const peeler *self, const peel *tried)
{
    return self->left - tried->points >= self->least && tried->gain > 0;
}

/* False where none is left. */
static bool find_best(const peeler *self, peel *best)
{
    bool found = false;
    for (size_t input = 0; input < self->points->inputs; input++) {
        for (int high = 0; high < 2; high++) {
            peel tried = {.input = input, .high = high};
            measure(self, &tried);
            if (is_allowed(self, &tried) && (!found || tried.gain > best->gain)) {
                *best = tried;
                found = true;
            }
        }
    }
    return found;
}

static void take_away(peeler *self, const peel *taken)
{
    bg_box_side *side = &self->side[taken->input];
    *(taken->high ? &side->high : &side->low) = taken->bound;
    size_t left = 0;
    for (size_t input = 0; input < self->points->inputs; input++) {
        size_t *order = self->order + input * self->points->count;
        left = 0;
        for (size_t i = 0; i < self->left; i++) {
            order[left] = order[i];
            left += within(side, value_at(self, taken->input, order[i]));
        }
    }
    self->left = left;
    self->hits -= taken->hits;
}

static bg_status make_room(bg_peeling *to, size_t *room)
{
    const size_t more = *room ? 2 * *room : 64;
    void *box = realloc(to->box, more * sizeof *to->box);
    if (!box) {
        return BG_MEMORY;
    }
    to->box = box;
    void *sides = realloc(to->sides, more * to->inputs * sizeof *to->sides);
    if (!sides) {
        return BG_MEMORY;
    }
    to->sides = sides;
    *room = more;
    return BG_OK;
}

/* Adds the box as it stands. */
static bg_status keep(const peeler *self, bg_peeling *to, size_t *room)
{
    const bg_status status = to->count == *room ? make_room(to, room) : BG_OK;
    if (status == BG_OK) {
        memcpy(to->sides + to->count * to->inputs, self->side, to->inputs * sizeof *self->side);
        to->box[to->count++] = (bg_box){.points = self->left, .hits = self->hits};
    }
    return status;
}

static bg_status peel_all(peeler *self, bg_peeling *to)
{
    size_t room = 0;
    peel best = {0};
    bg_status status = keep(self, to, &room);
    while (status == BG_OK && self->hits < self->left && find_best(self, &best)) {
        take_away(self, &best);
        status = keep(self, to, &room);
    }
    for (size_t i = 0; i < to->count; i++) {
        to->box[i].side = to->sides + i * to->inputs;
    }
    return status;
}

bg_status bg_peeling_find(const bg_points *points, bg_peeling *self)
{
    *self = (bg_peeling){.inputs = points->inputs};
    peeler work = {.points = points,
                   .order = calloc(points->inputs * points->count + 1, sizeof *work.order),
                   .side = calloc(points->inputs + 1, sizeof *work.side)};
    bg_status status = work.order && work.side ? put_in_order(&work) : BG_MEMORY;
    if (status == BG_OK) {
        for (size_t input = 0; input < points->inputs; input++) {
            work.side[input] = (bg_box_side){-INFINITY, INFINITY};
        }
        for (size_t i = 0; i < points->count; i++) {
            work.hits += points->hit[i] && !is_aside(points, i);
        }
        work.least = (size_t)ceil(BG_PEELING_LEAST * (double)work.left);
        self->points = work.left;
        self->hits = work.hits;
        status = peel_all(&work, self);
    }
    free(work.order);
    free(work.side);
    return status;
}

void bg_peeling_free(bg_peeling *self)
{
    free(self->box);
    free(self->sides);
    *self = (bg_peeling){0};
}

/* Hits only fall along the way. */
size_t bg_peeling_choose(const bg_peeling *self, double density)
{
    size_t best = 0;
    for (size_t i = 1; i < self->count; i++) {
        const double denser = bg_box_density(&self->box[i]);
        const double dense = bg_box_density(&self->box[best]);
        const bool poorer = dense >= density && self->box[i].hits < self->box[best].hits;
        best = denser > dense && !poorer ? i : best;
    }
    return best;
}
