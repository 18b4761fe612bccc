/* disallow: disallowed expense is borne by the community in full and added back to the balance that
 * is shared. `split` passes it on to the institutions. */
#include "settlement/messages.h"
#include "settlement/plan.h"

static bg_status check(const bg_plan *plan, const bg_step *step, bg_errors *errors)
{
    for (size_t s = step->place; s < plan->step_count; s++) {
        const bg_step *later = &plan->step[s];
        if (later->kind == step->kind) {
            return bg_errors_say(errors, BG_INVALID, later->node->mark, later->node->path,
                                 BG_SAY(disallowed_twice), step->place);
        }
    }
    return BG_OK;
}

static void apply(const bg_step *step, bg_settling *run)
{
    const bg_fen *disallowed = run->input[BG_INPUT_disallowed];
    bg_settling_add(run, run->disallowed, disallowed, 1);
    bg_settling_post(run, step, bg_plan_community(run->plan), BG_ACCOUNT_BALANCE, disallowed);
    if (run->trace) {
        bg_settling_because(run, BG_REASON(disallowed, bg_say_amount(run, disallowed[0])));
    }
}

const bg_step_kind bg_step_disallow = {.name = "disallow", .check = check, .apply = apply};
