#include <baogan/accounts.h>

#include "contract/messages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bg_accounts {
    size_t institutions;
    double variable_cost[BG_MAX_LINES];
    bool by_split[BG_MAX_LINES];
    double part[BG_MAX_LINES][BG_MAX_INSTITUTIONS];
};

typedef struct reader {
    const bg_history *history;
    const bg_plan *plan;
    const bg_node *lines; /* demand.lines */
    bg_accounts *accounts;
    bg_errors *errors;
    bg_status status;
} reader;

/* ---- whether there is anything to tell ---- */

static bool says_of_lines(const bg_node *lines)
{
    bool says = false;
    for (const bg_node *line = lines ? lines->child : NULL; line; line = line->next) {
        const bg_node *levels = bg_node_child(line, "levels");
        says = says || bg_node_child(line, "institution") || bg_node_child(line, "variable_cost");
        for (const bg_node *level = levels ? levels->child : NULL; level; level = level->next) {
            says = says || bg_node_child(level, "institution");
        }
    }
    return says;
}

static bool is_asked_for(const bg_scenario *scenario)
{
    const bg_node *response = bg_scenario_find(scenario, "response");
    const bg_node *cost = bg_scenario_find(scenario, "accounts.variable_cost");
    return says_of_lines(bg_scenario_find(scenario, "demand.lines")) ||
           (cost && cost->origin != BG_ORIGIN_DEFAULT) || bg_node_child(response, "cost") ||
           bg_node_child(response, "case_mix") || bg_node_child(response, "returned");
}

/* ---- who provides a line ---- */

static const bg_node *line_section(const reader *self, size_t line)
{
    const char *name = bg_full_line_name(self->history->line[line].name);
    const bg_node *section = self->lines ? self->lines->child : NULL;
    while (section && strcmp(bg_full_line_name(section->key), name) != 0) {
        section = section->next;
    }
    return section;
}

/* "`county_hospital`, `township`" */
static void list_institutions(const bg_plan *plan, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < bg_plan_institution_count(plan) && used < size; i++) {
        used += (size_t)snprintf(text + used, size - used, "%s`%s`", i ? ", " : "",
                                 bg_plan_institution(plan, i));
    }
}

static bool find_institution(reader *self, const bg_node *node, size_t *index)
{
    for (size_t i = 0; i < bg_plan_institution_count(self->plan); i++) {
        if (strcmp(bg_plan_institution(self->plan, i), node->text) == 0) {
            *index = i;
            return true;
        }
    }
    char names[512];
    list_institutions(self->plan, names, sizeof names);
    if (names[0]) {
        bg_first(&self->status, bg_errors_say(self->errors, BG_INVALID, node->mark, node->path,
                                              BG_SAY(institution_not_of_split), node->text, names));
    } else {
        bg_first(&self->status, bg_errors_say(self->errors, BG_INVALID, node->mark, node->path,
                                              BG_SAY(institutions_without_split), node->text));
    }
    return false;
}

/* By its shares of a gain; equally, where these are no constants. */
static void divide_by_split(reader *self, double *part)
{
    bg_accounts *to = self->accounts;
    bool constant = true;
    for (size_t i = 0; i < bg_plan_institution_count(self->plan); i++) {
        bg_decimal share = 0;
        constant = bg_plan_institution_share(self->plan, i, &share) && constant;
        part[i] = (double)share / (double)BG_ONE;
    }
    for (size_t i = 0;
         i < to->institutions && (!constant || !bg_plan_institution_count(self->plan)); i++) {
        part[i] = 1 / (double)to->institutions;
    }
}

static void add_part(reader *self, const bg_node *institution, double part, const double *split,
                     double *to)
{
    size_t index = 0;
    if (institution && find_institution(self, institution, &index)) {
        to[index] += part;
    }
    for (size_t i = 0; i < self->accounts->institutions && !institution; i++) {
        to[i] += part * split[i];
    }
}

/* Payment for all cases of a level, to those of the others. */
static double weight_of(const bg_node *level)
{
    const bg_node *cases = bg_node_child(level, "cases"), *cost = bg_node_child(level, "cost");
    return cases && cost ? bg_node_double(level, "cases") * bg_node_double(level, "cost") : 0;
}

static void read_parts(reader *self, size_t line, const bg_node *section, const double *split)
{
    const bg_node *own = bg_node_child(section, "institution");
    const bg_node *levels = bg_node_child(section, "levels");
    double *part = self->accounts->part[line], sum = 0;
    bool named = own;
    for (const bg_node *level = levels ? levels->child : NULL; level; level = level->next) {
        sum += weight_of(level);
        named = named || bg_node_child(level, "institution");
    }
    self->accounts->by_split[line] = !named;
    if (!levels || !(sum > 0)) {
        add_part(self, own, 1, split, part);
        return;
    }
    for (const bg_node *level = levels->child; level; level = level->next) {
        const bg_node *of_level = bg_node_child(level, "institution");
        add_part(self, of_level ? of_level : own, weight_of(level) / sum, split, part);
    }
}

static void advise_outside(reader *self, const bg_node *node)
{
    if (node) {
        bg_errors_advise(self->errors, node->mark, node->path, BG_SAY(account_of_care_outside));
    }
}

static void read_line(reader *self, size_t line, double usual_cost, const double *split)
{
    const bg_node *section = line_section(self, line);
    const bg_node *cost = bg_node_child(section, "variable_cost");
    self->accounts->variable_cost[line] =
        cost ? bg_node_double(section, "variable_cost") : usual_cost;
    if (self->history->line[line].place == BG_PLACE_OUT) {
        advise_outside(self, cost);
        advise_outside(self, bg_node_child(section, "institution"));
        return;
    }
    read_parts(self, line, section, split);
}

bg_status bg_accounts_read(const bg_scenario *scenario, const bg_history *history,
                           const bg_plan *plan, bg_accounts **accounts, bg_errors *errors)
{
    *accounts = NULL;
    if (!is_asked_for(scenario)) {
        return BG_OK;
    }
    reader self = {.history = history,
                   .plan = plan,
                   .lines = bg_scenario_find(scenario, "demand.lines"),
                   .accounts = calloc(1, sizeof *self.accounts),
                   .errors = errors};
    if (!self.accounts) {
        return bg_no_memory(errors);
    }
    const size_t named = bg_plan_institution_count(plan);
    double split[BG_MAX_INSTITUTIONS] = {0};
    self.accounts->institutions = named ? named : 1;
    divide_by_split(&self, split);
    const double usual = bg_node_double(bg_scenario_find(scenario, "accounts"), "variable_cost");
    for (size_t line = 0; line < history->line_count; line++) {
        read_line(&self, line, usual, split);
    }
    *accounts = self.accounts;
    return self.status;
}

void bg_accounts_free(bg_accounts *self)
{
    free(self);
}

/* ---- what was read ---- */

size_t bg_accounts_institution_count(const bg_accounts *self)
{
    return self->institutions;
}

double bg_accounts_part(const bg_accounts *self, size_t line, size_t institution)
{
    return self->part[line][institution];
}

bool bg_accounts_by_split(const bg_accounts *self, size_t line)
{
    return self->by_split[line];
}

double bg_accounts_variable_cost(const bg_accounts *self, size_t line)
{
    return self->variable_cost[line];
}
