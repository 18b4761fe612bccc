/* use: what each institution keeps of a gain is divided among purposes, by shares within minima and maxima. */
#include "settlement/messages.h"
#include "settlement/purposes.h"
#include "settlement/rate.h"

#include <string.h>

enum { SHARE, MINIMUM, MAXIMUM, BOUNDS };

_Static_assert(BOUNDS *BG_MAX_PURPOSES <= BG_MAX_RATES, "each bound has a column of rates");

typedef struct use_terms {
    bool constant;
    bg_weights by_name;                         /* where all is constant */
    bg_rate_rule rule[BG_MAX_PURPOSES][BOUNDS]; /* in the order of the file */
    const bg_node *node;                        /* the purposes */
} use_terms;

/* ---- reading ---- */

static bg_status read_purpose(bg_plan *plan, const bg_node *node, use_terms *terms,
                              bg_errors *errors)
{
    static const char *const keys[] = {"share", "minimum", "maximum"};
    if (plan->purpose_count == BG_MAX_PURPOSES) {
        return bg_errors_say(errors, BG_LIMIT, node->mark, node->path, BG_SAY(purposes_too_many),
                             BG_MAX_PURPOSES);
    }
    if (bg_plan_account_index(plan, node->key) >= 0) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(purpose_name_taken),
                             node->key);
    }
    const size_t place = plan->purpose_count++;
    size_t rank = place;
    plan->purpose[place] = node->key;
    for (; rank > 0 && strcmp(plan->purpose[plan->purpose_by_name[rank - 1]], node->key) > 0;
         rank--) {
        plan->purpose_by_name[rank] = plan->purpose_by_name[rank - 1];
    }
    plan->purpose_by_name[rank] = place;
    bg_status status = BG_OK;
    for (int bound = 0; bound < BOUNDS; bound++) {
        bg_rate_rule *rule = &terms->rule[place][bound];
        bg_first(&status, bg_rate_rule_read(plan, bg_node_child(node, keys[bound]), rule, errors));
        terms->constant = terms->constant && rule->form == BG_RATE_RULE_CONSTANT;
    }
    return status;
}

static bg_status refuse(const use_terms *terms, bg_purposes_fault fault, bg_errors *errors)
{
    const bg_node *at = terms->node;
    switch (fault) {
    case BG_PURPOSES_FIT:
        return BG_OK;
    case BG_PURPOSES_SHARES:
        return bg_errors_say(errors, BG_RANGE, at->mark, at->path,
                             BG_SAY(purposes_shares_not_whole));
    case BG_PURPOSES_CROSSED:
        return bg_errors_say(errors, BG_RANGE, at->mark, at->path,
                             BG_SAY(purposes_minimum_above_maximum));
    case BG_PURPOSES_MINIMA:
        return bg_errors_say(errors, BG_RANGE, at->mark, at->path,
                             BG_SAY(purposes_minima_beyond_whole));
    default:
        return bg_errors_say(errors, BG_RANGE, at->mark, at->path,
                             BG_SAY(purposes_maxima_below_whole));
    }
}

/* The same of one unit. */
static void fail(const use_terms *terms, bg_purposes_fault fault, bg_settling *run, size_t unit)
{
    const bg_node *at = terms->node;
    switch (fault) {
    case BG_PURPOSES_FIT:
        return;
    case BG_PURPOSES_SHARES:
        bg_settling_fail(run, BG_RANGE, unit, &at->mark, at->path,
                         BG_SAY(purposes_shares_not_whole));
        return;
    case BG_PURPOSES_CROSSED:
        bg_settling_fail(run, BG_RANGE, unit, &at->mark, at->path,
                         BG_SAY(purposes_minimum_above_maximum));
        return;
    case BG_PURPOSES_MINIMA:
        bg_settling_fail(run, BG_RANGE, unit, &at->mark, at->path,
                         BG_SAY(purposes_minima_beyond_whole));
        return;
    default:
        bg_settling_fail(run, BG_RANGE, unit, &at->mark, at->path,
                         BG_SAY(purposes_maxima_below_whole));
    }
}

static bg_status weigh_constants(const bg_plan *plan, use_terms *terms, bg_errors *errors)
{
    bg_purpose_terms bounds[BG_MAX_PURPOSES];
    int64_t part[BG_MAX_PURPOSES];
    for (size_t r = 0; r < plan->purpose_count; r++) {
        const bg_rate_rule *rule = terms->rule[plan->purpose_by_name[r]];
        bounds[r] = (bg_purpose_terms){rule[SHARE].constant, rule[MINIMUM].constant,
                                       rule[MAXIMUM].constant};
    }
    const bg_status status =
        refuse(terms, bg_purposes_divide(plan->purpose_count, bounds, part), errors);
    if (status) {
        return status;
    }
    terms->by_name = bg_weights_of(part, plan->purpose_count);
    return BG_OK;
}

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    use_terms *terms = step->terms;
    terms->node = bg_node_child(step->node, "purposes");
    terms->constant = true;
    if (plan->purpose_count) {
        return bg_errors_say(errors, BG_INVALID, step->node->mark, step->node->path,
                             BG_SAY(use_stands_once));
    }
    if (bg_node_count(terms->node) == 0) {
        return bg_errors_say(errors, BG_MISSING, step->node->mark, step->node->path,
                             BG_SAY(use_without_purposes));
    }
    bg_status status = BG_OK;
    for (const bg_node *node = terms->node->child; node; node = node->next) {
        bg_first(&status, read_purpose(plan, node, terms, errors));
    }
    const size_t columns = BOUNDS * plan->purpose_count;
    plan->rate_columns = plan->rate_columns < columns ? columns : plan->rate_columns;
    return status || !terms->constant ? status : weigh_constants(plan, terms, errors);
}

/* Behind the split, whose institutions have something to use. */
static bg_status check(const bg_plan *plan, const bg_step *step, bg_errors *errors)
{
    const bool behind_split = step->place > 1 && plan->step[step->place - 2].kind == &bg_step_split;
    return behind_split ? BG_OK
                        : bg_errors_say(errors, BG_INVALID, step->node->mark, step->node->path,
                                        BG_SAY(use_not_behind_split));
}

/* ---- at work ---- */

/* The parts of the unit by name, of its rates. False, with the run failed, where they cannot be. */
static bool weigh_unit(const use_terms *terms, bg_settling *run, bg_rates (*rates)[BOUNDS],
                       size_t unit, bg_decimal *part)
{
    const bg_plan *plan = run->plan;
    bg_purpose_terms bounds[BG_MAX_PURPOSES];
    for (size_t r = 0; r < plan->purpose_count; r++) {
        const bg_rates *of = rates[plan->purpose_by_name[r]];
        bounds[r] = (bg_purpose_terms){bg_rate(of[SHARE], unit), bg_rate(of[MINIMUM], unit),
                                       bg_rate(of[MAXIMUM], unit)};
    }
    fail(terms, bg_purposes_divide(plan->purpose_count, bounds, part), run, unit);
    return !run->status;
}

/* Puts the parts of each unit, by name, into the first columns of rates. */
static void weigh_units(const use_terms *terms, bg_settling *run)
{
    const size_t count = run->plan->purpose_count;
    bg_rates rates[BG_MAX_PURPOSES][BOUNDS];
    for (size_t i = 0; i < count; i++) {
        for (int bound = 0; bound < BOUNDS; bound++) {
            rates[i][bound] = bg_rate_rule_rates(&terms->rule[i][bound], run,
                                                 run->rates[BOUNDS * i + (size_t)bound]);
        }
    }
    for (size_t u = 0; u < run->n && !run->status; u++) {
        bg_decimal part[BG_MAX_PURPOSES] = {0};
        if (bg_settling_applies(run, u) && !weigh_unit(terms, run, rates, u, part)) {
            return;
        }
        for (size_t r = 0; r < count; r++) {
            run->rates[r][u] = part[r];
        }
    }
}

/* What the institution keeps, and nothing where the step does not apply. */
static void take_kept(const bg_settling *run, size_t institution, bg_fen *kept)
{
    run->columns->gain(run->n, run->block->institution_result[institution], kept);
    for (size_t u = 0; u < run->n && run->mask; u++) {
        kept[u] &= run->mask[u];
    }
}

/* The columns behind those of the parts of units. */
static bg_fen **amounts_of(bg_settling *run)
{
    return run->rates + run->plan->purpose_count;
}

/* Divides by name, into `amounts`; in whole fen. */
static void divide_kept(const use_terms *terms, bg_settling *run, const bg_fen *kept)
{
    const size_t count = run->plan->purpose_count;
    bg_fen **amounts = amounts_of(run);
    if (terms->constant && run->fine == 1) {
        run->columns->split(run->n, kept, &terms->by_name, amounts);
        return;
    }
    for (size_t u = 0; u < run->n; u++) {
        int64_t weight[BG_MAX_PURPOSES];
        bg_fen split[BG_MAX_PURPOSES] = {0};
        for (size_t r = 0; r < count; r++) {
            weight[r] = terms->constant ? terms->by_name.weight[r] : run->rates[r][u];
        }
        if (kept[u] > 0) {
            bg_money_split(kept[u] / run->fine, weight, count, split);
        }
        for (size_t r = 0; r < count; r++) {
            amounts[r][u] = split[r] * run->fine;
        }
    }
}

/* The part of the unit to be explained of the purpose of that rank. */
static bg_decimal part_of(const use_terms *terms, const bg_settling *run, size_t rank)
{
    bg_decimal part = 0;
    if (!terms->constant) {
        return run->rates[rank][0];
    }
    bg_money_ratio(terms->by_name.weight[rank], BG_ONE, terms->by_name.sum, &part);
    return part;
}

/* A rate of the purpose for the unit to be explained; nothing of a block's columns is touched. */
static bg_decimal rate_of(const bg_rate_rule *rule, bg_settling *run)
{
    bg_decimal column = 0;
    return bg_rate(bg_rate_rule_rates(rule, run, &column), 0);
}

static void explain_use(const use_terms *terms, bg_settling *run, size_t institution, size_t rank,
                        bg_fen kept, bg_fen amount)
{
    const size_t purpose = run->plan->purpose_by_name[rank];
    const bg_rate_rule *rule = terms->rule[purpose];
    const bg_decimal part = part_of(terms, run, rank), share = rate_of(&rule[SHARE], run);
    bg_settling_by_rate(run, bg_rate_rule_mark(&rule[SHARE], run), part);
    bg_settling_because(
        run, BG_REASON(purpose_part, bg_say_account(bg_plan_purpose_account(run->plan, purpose)),
                       bg_say_rate(part), bg_say_amount(run, kept),
                       bg_say_account(bg_plan_institution_account(run->plan, institution))));
    if (part == share) {
        bg_rate_rule_explain(&rule[SHARE], run);
    } else if (part == rate_of(&rule[MINIMUM], run)) {
        bg_settling_because(run, BG_REASON(purpose_raised, bg_say_rate(share)));
    } else if (part == rate_of(&rule[MAXIMUM], run)) {
        bg_settling_because(run, BG_REASON(purpose_cut, bg_say_rate(share)));
    } else {
        bg_settling_because(run, BG_REASON(purpose_spread, bg_say_rate(share)));
    }
    const bg_wide rounded_down = (bg_wide)(kept / run->fine) * part / BG_ONE;
    if (amount / run->fine > rounded_down) {
        bg_settling_because(run, BG_PLAIN_REASON(left_over));
    }
}

static void use_kept(const use_terms *terms, const bg_step *step, bg_settling *run,
                     size_t institution, const bg_fen *kept)
{
    bg_fen **amounts = amounts_of(run);
    divide_kept(terms, run, kept);
    for (size_t r = 0; r < run->plan->purpose_count; r++) {
        const size_t purpose = run->plan->purpose_by_name[r];
        bg_settling_post(run, step, bg_plan_institution_account(run->plan, institution),
                         bg_plan_purpose_account(run->plan, purpose), amounts[r]);
        if (run->trace) {
            explain_use(terms, run, institution, r, kept[0], amounts[r][0]);
        }
    }
}

static void apply(const bg_step *step, bg_settling *run)
{
    const use_terms *terms = step->terms;
    int64_t *mask = run->mask;
    bg_fen *kept = run->scratch[0];
    if (!terms->constant) {
        weigh_units(terms, run);
    }
    bool any = false;
    for (size_t i = 0; i < run->plan->institution_count && !run->status; i++) {
        take_kept(run, i, kept);
        if (run->trace && kept[0] == 0) {
            continue;
        }
        any = true;
        run->mask = NULL; /* what is not kept is zero already */
        use_kept(terms, step, run, i, kept);
        run->mask = mask;
    }
    if (run->trace && !any && !run->status) {
        bg_settling_note(run, step, 0);
        bg_settling_because(run, BG_PLAIN_REASON(nothing_to_use));
    }
}

const bg_step_kind bg_step_use = {
    .name = "use", .terms_size = sizeof(use_terms), .read = read, .check = check, .apply = apply};
