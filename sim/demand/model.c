#include "demand/model.h"

#include <stdlib.h>
#include <string.h>

void bg_demand_free(bg_demand *self)
{
    if (self) {
        free(self->keys);
        free(self->shock_root);
        for (size_t j = 0; j < self->change_count; j++) {
            free(self->change[j].outlay);
        }
        free(self->change);
        free(self->spells);
        free(self->benefit);
        free(self->curve);
        free(self->year_curve);
        free(self->renewed);
        free(self->uncut);
        free(self->quantity);
        free(self->ageing);
        free(self->newborns);
        free(self);
    }
}

size_t bg_demand_quantity_count(const bg_demand *self)
{
    return self->quantity_count;
}

bool bg_demand_trend(const bg_demand *self, size_t line, int part, bg_trend_view *view)
{
    if (line >= self->line_count || part < 0 || part >= BG_PARTS ||
        (part == BG_FREQUENCY && !self->line[line].has_cases)) {
        return false;
    }
    *view = self->line[line].part[part].trend;
    return true;
}

bool bg_demand_cuts(const bg_demand *self, size_t line)
{
    bool cuts = false;
    for (size_t i = 0; i < self->benefit_count; i++) {
        cuts = cuts || (self->benefit[i].line == line && self->benefit[i].cuts);
    }
    return cuts;
}

bool bg_demand_substitutes(const bg_demand *self, size_t line)
{
    bool substitutes = false;
    for (size_t i = 0; i < self->benefit_count; i++) {
        const bg_demand_line *dearer = &self->line[self->benefit[i].line];
        substitutes =
            substitutes || (dearer->scheme == self->line[line].scheme && dearer->price_weight > 0);
    }
    return substitutes && self->line[line].substitutes;
}

const bg_spells *bg_demand_spells(const bg_demand *self, size_t year)
{
    static const bg_spells whole = {.count = 1, .spell = {{.months = BG_ALL_MONTHS}}};
    return self->spells ? &self->spells[year] : &whole;
}

const bg_line_benefit *bg_demand_benefit(const bg_demand *self, size_t line, uint64_t active)
{
    uint64_t terms = 0;
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        const bool counts = change->kind == BG_CHANGE_BENEFIT && change->line[line];
        terms |= (uint64_t)counts << j;
    }
    for (size_t i = 0; i < self->benefit_count && (active & terms); i++) {
        if (self->benefit[i].line == line && self->benefit[i].active == (active & terms)) {
            return &self->benefit[i];
        }
    }
    return NULL;
}

/* Those come first. */
static bool is_a_choice(const bg_change *change)
{
    return change->kind == BG_CHANGE_MEASURE || change->kind == BG_CHANGE_INCIDENT ||
           change->kind == BG_CHANGE_BENEFIT;
}

size_t bg_demand_change_count(const bg_demand *self)
{
    size_t count = 0;
    while (count < self->change_count && is_a_choice(&self->change[count])) {
        count++;
    }
    return count;
}

bg_change_view bg_demand_change(const bg_demand *self, size_t index)
{
    const bg_change *change = &self->change[index];
    static const char *const lists[] = {[BG_CHANGE_MEASURE] = "measures",
                                        [BG_CHANGE_INCIDENT] = "incidents",
                                        [BG_CHANGE_BENEFIT] = "benefits"};
    return (bg_change_view){.name = change->name, .list = lists[change->kind]};
}

void bg_demand_keep_changes(bg_demand *self, uint64_t which)
{
    const size_t count = bg_demand_change_count(self);
    for (size_t j = 0; j < self->change_count; j++) {
        bg_change *change = &self->change[j];
        for (size_t k = 0; k < count; k++) {
            const bg_change *choice = &self->change[k];
            if (change == choice || bg_change_goes_with(change, choice)) {
                change->off = !(which >> k & 1);
            }
        }
    }
    bg_demand_find_spells(self);
}

void bg_demand_find_spells(bg_demand *self)
{
    for (size_t year = 0; self->spells && year < self->years; year++) {
        self->spells[year] = bg_change_spells(self->change, self->change_count, year);
    }
}

void bg_demand_rule_out_emergencies(bg_demand *self)
{
    self->emergency.probability = 0;
    for (size_t j = 0; j < self->change_count; j++) {
        if (self->change[j].kind == BG_CHANGE_SURGE) {
            self->change[j].off = true;
        }
    }
    bg_demand_find_spells(self);
}

void bg_demand_draw_by(bg_demand *self, uint64_t seed)
{
    self->seed = seed;
}

static uint64_t active_in(const bg_demand *self, size_t year)
{
    const bg_spells *spells = bg_demand_spells(self, year);
    uint64_t active = 0;
    for (size_t s = 0; s < spells->count; s++) {
        active |= spells->spell[s].active;
    }
    return active;
}

static bool reaches_any(const bg_demand *self, const bg_change *change)
{
    bool reaches = false;
    for (size_t line = 0; line < self->line_count && !reaches; line++) {
        reaches = bg_change_reaches(change, line);
    }
    return reaches;
}

uint64_t bg_demand_line_changes_in(const bg_demand *self, size_t line, size_t year)
{
    const uint64_t active = active_in(self, year);
    uint64_t here = 0, anywhere = 0;
    bool moves = false;
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        if (!(active >> j & 1)) {
            continue;
        }
        const bool reaches = bg_change_reaches(change, line);
        moves = moves || (reaches && (change->place.moves || change->reacts[line]));
        here |= (uint64_t)reaches << j;
        anywhere |= (uint64_t)reaches_any(self, change) << j;
    }
    return moves ? anywhere : here;
}

bool bg_demand_line_changes(const bg_demand *self, size_t line)
{
    bool changes = false;
    for (size_t year = 0; year < self->years && !changes; year++) {
        changes = bg_demand_line_changes_in(self, line, year) != 0;
    }
    return changes;
}
