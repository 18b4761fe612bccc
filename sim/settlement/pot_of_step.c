#include "settlement/pot_of_step.h"

#include "settlement/messages.h"

#include <stdio.h>
#include <string.h>

static size_t find_pot(const bg_plan *plan, const char *name)
{
    for (size_t p = 0; p < plan->pot_count; p++) {
        if (strcmp(plan->pot[p].name, name) == 0) {
            return p + 1;
        }
    }
    return 0;
}

static bool may_work_in_pot(const bg_step_kind *kind)
{
    static const bg_step_kind *const kinds[] = {
        &bg_step_credit,          &bg_step_charge, &bg_step_corridor, &bg_step_share_surplus,
        &bg_step_share_overspend, &bg_step_deduct, &bg_step_relief,   &bg_step_cap};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (kinds[k] == kind) {
            return true;
        }
    }
    return false;
}

#define POT_LIST 1024

static const char *list_pots(const bg_plan *plan, char text[POT_LIST])
{
    size_t length = 0;
    text[0] = '\0';
    for (size_t p = 0; p < plan->pot_count && length < POT_LIST; p++) {
        length += (size_t)snprintf(text + length, POT_LIST - length, "%s" BG_QUOTED,
                                   length ? BG_COMMA : "", plan->pot[p].name);
    }
    return text;
}

bg_status bg_pots_read_step(bg_plan *plan, bg_step *step, const bg_node *pot, bg_errors *errors)
{
    if (!pot) {
        return BG_OK;
    }
    if (!may_work_in_pot(step->kind)) {
        return bg_errors_say(errors, BG_INVALID, pot->mark, pot->path, BG_SAY(step_not_for_pot),
                             step->kind->name);
    }
    if (!plan->pots) {
        return bg_errors_say(errors, BG_INVALID, pot->mark, pot->path, BG_SAY(pot_before_pots),
                             pot->text);
    }
    step->pot = find_pot(plan, pot->text);
    if (!step->pot) {
        return bg_errors_say(errors, BG_INVALID, pot->mark, pot->path, BG_SAY(pot_unknown),
                             pot->text, list_pots(plan, (char[POT_LIST]){0}));
    }
    if (plan->pots_end + 1 != step->place) {
        return bg_errors_say(errors, BG_INVALID, pot->mark, pot->path, BG_SAY(pot_after_end),
                             step->kind->name, plan->step[plan->pots_end].kind->name);
    }
    plan->pots_end = step->place;
    return BG_OK;
}

bool bg_pots_own_money(const bg_plan *plan, const bg_step *step)
{
    return step->pot && plan->pot[step->pot - 1].own_money;
}

bg_status bg_pots_read_source(const bg_plan *plan, const bg_step *step, const bg_node *node,
                              const char *name, int *account, bg_errors *errors)
{
    const bg_plan_pot_terms *pot = &plan->pot[step->pot - 1];
    *account = pot->source;
    if (strcmp(name, pot->name) == 0) {
        return BG_OK;
    }
    return bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(pot_pays_itself),
                         pot->name, name, pot->name);
}
