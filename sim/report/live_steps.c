#include "report/live_steps.h"

#include "report/live_kinds.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

bool bg_live_work_out(bg_live_settling *self)
{
    static const struct {
        const bg_step_kind *kind;
        bool (*work_out)(bg_live_settling *self);
    } steps[] = {
        {&bg_step_disallow, bg_live_disallow},
        {&bg_step_release, bg_live_release},
        {&bg_step_cover_emergency, bg_live_cover_emergency},
        {&bg_step_corridor, bg_live_corridor},
        {&bg_step_share_surplus, bg_live_share},
        {&bg_step_share_overspend, bg_live_share},
        {&bg_step_deduct, bg_live_deduct},
        {&bg_step_cap, bg_live_cap},
        {&bg_step_credit, bg_live_move_input},
        {&bg_step_charge, bg_live_move_input},
        {&bg_step_relief, bg_live_relief},
        {&bg_step_draw_reserve, bg_live_draw_reserve},
        {&bg_step_pay_reserve, bg_live_pay_reserve},
        {&bg_step_split, bg_live_split},
        {&bg_step_use, bg_live_use},
        {&bg_step_clear, bg_live_clear},
    };
    if (self->year->plan->fine != 1 || self->step->pot || !bg_live_when(self)) {
        return false;
    }
    for (size_t i = 0; i < COUNT(steps); i++) {
        if (steps[i].kind == self->step->kind) {
            return steps[i].work_out(self);
        }
    }
    return false;
}
