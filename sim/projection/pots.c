#include "projection/pots.h"

#include "projection/messages.h"

bg_status bg_pots_check(const bg_model *model, bg_errors *errors)
{
    const bg_plan *plan = model->contract.plan[0];
    bg_status status = BG_OK;
    for (size_t p = 0; p < bg_plan_pot_count(plan); p++) {
        const bg_pot_info pot = bg_plan_pot(plan, p);
        if (!pot.own_money && pot.expense >= 0) {
            bg_first(&status, bg_errors_say(errors, BG_INVALID, pot.node->mark, pot.node->path,
                                            BG_SAY(pot_of_real_years), pot.name,
                                            bg_plan_input(plan, (size_t)pot.expense)->name));
        }
    }
    return status;
}
