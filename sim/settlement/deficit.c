#include "settlement/deficit.h"

/* What is older then: of the deficit as the year begins all of it, of each older part the same part. */
static const bg_fen *older_now(const bg_settling *run, size_t age)
{
    const bg_settlement_block *block = run->block;
    return age == 0 ? block->input[BG_INPUT_deficit] : block->deficit_older[age - 1];
}

void bg_deficit_age(const bg_settling *run)
{
    const size_t ages = bg_plan_deficit_ages(run->plan);
    for (size_t age = 0; age < ages; age++) {
        run->columns->gain(run->n, older_now(run, age), run->block->deficit_older_left[age]);
    }
}

/* What of an older part is neither made up nor lapsed, in fen. */
static bg_fen left_of(const bg_settling *run, bg_fen older, bg_fen gone)
{
    return bg_settling_in_fen(bg_at_least_zero(older * run->fine - gone), run->fine);
}

void bg_deficit_lapse(const bg_settling *run, size_t years, const bg_fen *repaid, bg_fen *lapsed)
{
    const bg_fen *over = older_now(run, years - 1);
    const size_t ages = bg_plan_deficit_ages(run->plan);
    for (size_t u = 0; u < run->n; u++) {
        lapsed[u] = bg_at_least_zero(over[u] * run->fine - repaid[u]);
        for (size_t age = 0; age < ages && bg_settling_applies(run, u); age++) {
            run->block->deficit_older_left[age][u] =
                left_of(run, older_now(run, age)[u], repaid[u] + lapsed[u]);
        }
    }
}
