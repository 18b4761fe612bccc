/* What changed terms of some care do to other care: who reacts, and to what. */
#include "base/text.h"
#include "demand/messages.h"
#include "demand/reader.h"

#include <stdlib.h>
#include <string.h>

static bool is_service(const bg_demand_reader *self, size_t line, const char *service)
{
    const bg_line *of = &self->history->line[line];
    return of->has_cases && strcmp(of->service, service) == 0;
}

/* ---- the price of outpatient care ---- */

/* Patients' payment by fund payment in the last base year, where past years or terms tell. */
static double price_share(const bg_demand *model, size_t line)
{
    double share = model->line[line].patient_share;
    for (size_t i = 0; i < model->benefit_count; i++) {
        const bg_line_benefit *benefit = &model->benefit[i];
        share = benefit->line == line ? benefit->price_share : share;
    }
    return share > 0 ? share : 0;
}

static void weigh_prices(bg_demand_reader *self)
{
    bg_demand *model = self->model;
    double paid[BG_MAX_SCHEMES] = {0};
    for (size_t i = 0; i < model->line_count; i++) {
        bg_demand_line *line = &model->line[i];
        const double each = line->part[BG_FREQUENCY].level * line->part[BG_COST].level;
        line->price_weight = is_service(self, i, "outpatient") ? each * price_share(model, i) : 0;
        paid[line->scheme] += line->price_weight;
    }
    for (size_t i = 0; i < model->line_count; i++) {
        bg_demand_line *line = &model->line[i];
        line->price_weight /= paid[line->scheme] > 0 ? paid[line->scheme] : 1;
    }
}

/* Which lines react to changes of terms of outpatient care. */
static void find_substitutes(bg_demand_reader *self)
{
    bg_demand *model = self->model;
    for (size_t i = 0; i < model->line_count; i++) {
        bg_demand_line *line = &model->line[i];
        const bg_elasticity *of = &line->substitution;
        line->substitutes = is_service(self, i, "inpatient") && (of->mean < 0 || of->sd > 0);
        for (size_t j = 0; j < model->change_count && line->substitutes; j++) {
            bg_change *change = &model->change[j];
            for (size_t k = 0; k < model->line_count; k++) {
                const bool dearer = change->kind == BG_CHANGE_BENEFIT && change->line[k] &&
                                    model->line[k].scheme == line->scheme &&
                                    model->line[k].price_weight > 0;
                change->reacts[i] = change->reacts[i] || dearer;
            }
        }
    }
}

/* ---- what a cap cuts off ---- */

static void refuse_line(bg_demand_reader *self, const bg_node *node, size_t from)
{
    bg_text names = {0};
    size_t count = 0;
    for (size_t i = 0; i < self->history->line_count; i++) {
        const bg_line *line = &self->history->line[i];
        if (i != from && line->has_cases && line->scheme == self->history->line[from].scheme) {
            bg_text_add(&names, "%s%s", count++ ? ", " : "", line->name);
        }
    }
    char *all = bg_text_take(&names);
    if (all) {
        BG_DEMAND_FAIL(self, BG_INVALID, node, BG_SAY(cap_admissions_to),
                       self->history->line[from].name, node->text,
                       count ? all : BG_BOTH("none", "无"));
    } else {
        self->status = bg_no_memory(self->errors);
    }
    free(all);
}

/* The line that is named, else inpatient care of the same scheme and place; line_count: none. */
static size_t admitting_line(bg_demand_reader *self, size_t from)
{
    const bg_line *of = &self->history->line[from];
    const bg_node *node = bg_node_child(bg_demand_line_section(self, of), "cap_admissions_to");
    size_t found = self->history->line_count;
    for (size_t i = 0; i < self->history->line_count; i++) {
        const bg_line *line = &self->history->line[i];
        const bool usual = is_service(self, i, "inpatient") && line->place == of->place;
        const bool named =
            node && strcmp(bg_full_line_name(line->name), bg_full_line_name(node->text)) == 0;
        if (i != from && line->scheme == of->scheme && line->has_cases && (node ? named : usual)) {
            found = i;
        }
    }
    if (node && found == self->history->line_count) {
        refuse_line(self, node, from);
    }
    return found;
}

static void find_admissions(bg_demand_reader *self, size_t index)
{
    bg_demand *model = self->model;
    bg_demand_line *line = &model->line[index];
    const size_t to = admitting_line(self, index);
    if (to == model->line_count || !bg_demand_cuts(model, index)) {
        return;
    }
    const bg_demand_part *part = model->line[to].part;
    line->admits_to = to;
    line->admits = line->returns[BG_RETURN_ADMISSIONS].median > 0 && part[BG_FREQUENCY].level > 0 &&
                   part[BG_COST].level > 0;
    for (size_t j = 0; j < model->change_count; j++) {
        bg_change *change = &model->change[j];
        const bool terms = change->kind == BG_CHANGE_BENEFIT && change->line[index];
        change->reacts[to] = change->reacts[to] || (line->admits && terms);
    }
}

void bg_demand_read_spillover(bg_demand_reader *self)
{
    weigh_prices(self);
    find_substitutes(self);
    for (size_t line = 0; line < self->model->line_count; line++) {
        find_admissions(self, line);
    }
}
