/* Babies who enrol at birth. */
#include "demand/messages.h"
#include "demand/reader.h"

#include <baogan/people.h>
#include <stdlib.h>

static void read_scheme(bg_demand_reader *self, const bg_node *section, size_t scheme,
                        double *newborns)
{
    const bg_history *history = self->history;
    const int base_year = history->year[history->year_count - 1];
    const bg_node *count = bg_node_child(section, "count");
    bg_enrolment *enrolment = &self->model->scheme[scheme].enrolment;
    if (!count) {
        BG_DEMAND_FAIL(self, BG_MISSING, section, BG_SAY(newborns_without_count));
        return;
    }
    for (size_t t = 0; t <= self->model->gap + self->model->years; t++) {
        newborns[t] = bg_people_figure(count, base_year + (int)t);
    }
    const double people = self->model->scheme[scheme].people;
    enrolment->newborns = newborns;
    enrolment->newborn_part = bg_node_double(section, "part");
    enrolment->newborn_cost = bg_node_double(section, "relative_cost");
    enrolment->others = people / (people + enrolment->newborn_cost * newborns[0]);
}

void bg_demand_read_newborns(bg_demand_reader *self)
{
    bg_demand *model = self->model;
    const bg_node *people = bg_scenario_find(self->scenario, "people");
    for (size_t s = 0; s < model->scheme_count; s++) {
        const bg_node *scheme = bg_node_child(people, self->history->scheme[s].name);
        const bg_node *section = bg_node_child(scheme, "newborns");
        if (!section) {
            continue;
        }
        model->newborns = calloc(model->gap + model->years + 1, sizeof(double));
        if (!model->newborns) {
            self->status = bg_no_memory(self->errors);
            return;
        }
        read_scheme(self, section, s, model->newborns);
    }
}
