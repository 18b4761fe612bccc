/* release: a fund, in full or by a rule, moves to the balance, as income or only as far as the
 * overspend needs it; what is not released goes to `rest`. With `by_score` the highest bound that
 * the score reaches counts; below all bounds nothing is released. Where a year has several assessments, each is about
 * a part of the fund, with a score of its own, and may be paid before the clearing. */
#include "settlement/fund_payment.h"
#include "settlement/messages.h"
#include "settlement/rate.h"

typedef struct release_terms {
    int fund, rest;
    bool buffer;
    bg_rate_rule share;
    bg_decimal part; /* of what the fund holds */
    int score;       /* input with the points of this assessment */
    int advance;     /* number of its payment in the course of the year; -1: there is none */
} release_terms;

/* ---- reading ---- */

static bg_status read_share(const bg_plan *plan, const bg_node *step, release_terms *terms,
                            bg_errors *errors)
{
    const bg_node *share = bg_node_child(step, "share");
    const bg_node *by_score = bg_node_child(step, "by_score");
    if (by_score && !bg_node_is_standard(share)) {
        return bg_errors_say(errors, BG_INVALID, share->mark, share->path,
                             BG_SAY(release_share_twice));
    }
    return bg_rate_rule_read(plan, by_score ? by_score : share, &terms->share, errors);
}

/* Of a shared fund each community takes what it needs; what nobody needs belongs to all. */
static bg_status check_shared(const bg_plan *plan, const bg_step *step, bg_errors *errors)
{
    const release_terms *terms = step->terms;
    const bool all = terms->share.form == BG_RATE_RULE_CONSTANT && terms->share.constant == BG_ONE;
    if (terms->part != BG_ONE) {
        return bg_errors_say(errors, BG_INVALID, step->node->mark, step->node->path,
                             BG_SAY(release_part_of_shared));
    }
    if (all && terms->buffer && terms->rest == terms->fund) {
        return BG_OK;
    }
    const char *fund = bg_plan_account(plan, (size_t)terms->fund);
    return bg_errors_say(errors, BG_INVALID, step->node->mark, step->node->path,
                         BG_SAY(release_of_shared_fund), fund, fund);
}

static bg_status read_paid(bg_plan *plan, const bg_step *step, release_terms *terms,
                           bg_errors *errors)
{
    const bg_node *paid = bg_node_child(step->node, "paid");
    terms->advance = -1;
    if (!paid) {
        return BG_OK;
    }
    if (!plan->dated) {
        return bg_errors_say(errors, BG_MISSING, paid->mark, paid->path,
                             BG_SAY(release_paid_undated));
    }
    if (terms->buffer || bg_plan_fund_of(plan, terms->fund)->shared) {
        return bg_errors_say(errors, BG_INVALID, paid->mark, paid->path,
                             BG_SAY(release_paid_unknown));
    }
    if (plan->advance_count == BG_MAX_ADVANCES) {
        return bg_errors_say(errors, BG_LIMIT, paid->mark, paid->path,
                             BG_SAY(release_paid_too_often), BG_MAX_ADVANCES);
    }
    terms->advance = (int)plan->advance_count;
    plan->advance_month[plan->advance_count++] = (size_t)paid->value.integer - 1;
    return BG_OK;
}

/* What is assessed, and by which score. */
static bg_status read_assessment(const bg_plan *plan, const bg_step *step, release_terms *terms,
                                 bg_errors *errors)
{
    const bg_node *part = bg_node_child(step->node, "part");
    const bg_node *score = bg_node_child(step->node, "score");
    terms->part = part ? part->value.decimal : BG_ONE;
    terms->score = BG_INPUT_score;
    return score ? bg_plan_find_input(plan, score, BG_KIND_NUMBER, &terms->score, errors) : BG_OK;
}

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    release_terms *terms = step->terms;
    terms->buffer = bg_node_integer(step->node, "as") != 0;
    bg_status status = bg_plan_read_fund(plan, step, "fund", &terms->fund, errors);
    bg_first(&status, bg_plan_read_account(plan, step, "rest", &terms->rest, errors));
    bg_first(&status, read_share(plan, step->node, terms, errors));
    bg_first(&status, read_assessment(plan, step, terms, errors));
    if (!status) {
        status = read_paid(plan, step, terms, errors);
    }
    step->draws = bg_account_bit(terms->fund);
    step->fills = bg_account_bit(terms->rest) & ~step->draws;
    if (!status && bg_plan_fund_of(plan, terms->fund)->shared) {
        status = check_shared(plan, step, errors);
    }
    return status;
}

/* A release that sends the rest elsewhere leaves nothing to release again, unless it is about a part. */
static bg_status check(const bg_plan *plan, const bg_step *step, bg_errors *errors)
{
    const release_terms *terms = step->terms;
    const bool leaves = terms->rest == terms->fund || terms->part != BG_ONE;
    for (size_t s = step->place; s < plan->step_count && !leaves; s++) {
        const bg_step *later = &plan->step[s];
        const release_terms *other = later->terms;
        if (later->kind == step->kind && other->fund == terms->fund && bg_steps_meet(step, later)) {
            return bg_errors_say(errors, BG_INVALID, later->node->mark, later->node->path,
                                 BG_SAY(fund_released_twice),
                                 bg_plan_account(plan, (size_t)terms->fund), step->place,
                                 bg_plan_account(plan, (size_t)terms->rest));
        }
    }
    return BG_OK;
}

/* ---- at work ---- */

static void explain_release(const release_terms *terms, bg_settling *run, bg_fen held,
                            bg_decimal share)
{
    const bg_decimal score = run->input[BG_INPUT_score][0];
    const bg_mark *mark = bg_rate_rule_mark(&terms->share, run);
    bg_settling_by_rate(run, mark, share);
    const bg_node *tiers = bg_rate_rule_tiers(&terms->share, run);
    if (!tiers) {
        bg_settling_because(
            run, BG_REASON(fund_holds, bg_say_account(terms->fund), bg_say_amount(run, held)));
        bg_rate_rule_explain(&terms->share, run);
        return;
    }
    const bg_node *tier = tiers->child;
    while (tier->next && score < tier->limit) {
        tier = tier->next;
    }
    if (!mark) {
        bg_settling_because(run,
                            BG_REASON(no_tier, bg_say_number(score), bg_say_number(tier->limit),
                                      bg_say_account(terms->fund), bg_say_amount(run, held)));
    } else {
        bg_settling_because(run, BG_REASON(tier, bg_say_number(score), bg_say_number(tier->limit),
                                           bg_say_account(terms->fund), bg_say_amount(run, held)));
    }
    if (terms->share.form == BG_RATE_RULE_BY_YEAR_AND_SCORE) {
        bg_settling_because(run,
                            BG_REASON(tiers_of_year, bg_say_number(run->input[BG_INPUT_year][0])));
    }
}

static void keep_to_overspend(const bg_settling *run, bg_fen *released)
{
    bg_fen *overspend = run->scratch[2];
    bg_settling_loss(run, overspend);
    run->columns->smaller(run->n, released, overspend, released);
}

static void release_shared(const bg_step *step, bg_settling *run)
{
    const release_terms *terms = step->terms;
    bg_fen *released = run->scratch[0];
    bg_settling_loss(run, released);
    const bg_fen overspend = released[0];
    const bg_fen held = bg_fund_payment(step, run, terms->fund, released, released);
    bg_settling_post(run, step, terms->fund, BG_ACCOUNT_BALANCE, released);
    bg_settling_add(run, run->block->result[BG_RESULT_released], released, 1);
    if (run->trace) {
        bg_settling_by_rate(run, bg_rate_rule_mark(&terms->share, run), BG_ONE);
        bg_settling_because(run, BG_REASON(overspend_and_fund, bg_say_amount(run, overspend),
                                           bg_say_account(terms->fund), bg_say_amount(run, held)));
        bg_fund_payment_explain(step, run, terms->fund);
    }
}

/* The score of this assessment takes the place of the year's, which is returned. */
static int64_t *enter_score(const bg_step *step, bg_settling *run)
{
    const release_terms *terms = step->terms;
    int64_t *of_year = run->input[BG_INPUT_score];
    const int64_t *score = run->input[terms->score];
    const bg_named_input *input = &run->plan->inputs.item[terms->score];
    bg_settling_need_input(run, step, "score", terms->score);
    for (size_t u = 0; u < run->n && terms->score != BG_INPUT_score; u++) {
        if (bg_settling_applies(run, u) && (score[u] < 0 || score[u] > 100 * BG_ONE)) {
            bg_settling_fail(run, BG_RANGE, u, &step->node->mark, step->node->path,
                             BG_SAY(assessed_score_out_of_range), input->name, BG_NUMBER(score[u]));
        }
    }
    run->input[BG_INPUT_score] = run->input[terms->score];
    return of_year;
}

/* What the fund holds, or the part of it that this assessment is about. */
static bg_fen find_held(const release_terms *terms, const bg_settling *run, bg_fen *held)
{
    bg_settling_available(run, terms->fund, held);
    const bg_fen whole = held[0];
    if (terms->part != BG_ONE) {
        run->columns->share(run->n, held, (bg_rates){&terms->part, 0}, held);
    }
    return whole;
}

static void explain_part(const release_terms *terms, bg_settling *run, bg_fen held)
{
    if (terms->part != BG_ONE) {
        bg_settling_because(
            run, BG_REASON(release_part, bg_say_rate(terms->part), bg_say_amount(run, held)));
    }
}

/* A payment is whole fen, also where the plan works in parts of one. */
static void pay_in_advance(const release_terms *terms, const bg_settling *run,
                           const bg_fen *released)
{
    bg_fen *paid = run->scratch[3];
    if (terms->advance < 0) {
        return;
    }
    for (size_t u = 0; u < run->n; u++) {
        paid[u] = bg_settling_in_fen(released[u], run->fine) * run->fine;
    }
    bg_settling_add(run, run->block->advanced[terms->advance], paid, 1);
}

static void release(const bg_step *step, bg_settling *run)
{
    const release_terms *terms = step->terms;
    bg_fen *held = run->scratch[0], *released = run->scratch[1];
    const bg_fen whole = find_held(terms, run, held);
    const bg_rates share = bg_rate_rule_rates(&terms->share, run, run->rates[0]);
    if (run->status) {
        return;
    }
    run->columns->share(run->n, held, share, released);
    if (terms->buffer) {
        keep_to_overspend(run, released);
        bg_fund_payment(step, run, terms->fund, released, released);
    }
    bg_settling_post(run, step, terms->fund, BG_ACCOUNT_BALANCE, released);
    bg_settling_add(run, run->block->result[BG_RESULT_released], released, 1);
    pay_in_advance(terms, run, released);
    if (run->trace) {
        explain_release(terms, run, whole, bg_rate(share, 0));
        explain_part(terms, run, held[0]);
    }
    run->columns->subtract(run->n, held, released, held);
    bg_settling_post(run, step, terms->fund, terms->rest, held);
    if (run->trace) {
        bg_settling_because(
            run, BG_REASON(not_released, bg_say_amount(run, held[0]), bg_say_account(terms->rest)));
    }
}

static void apply(const bg_step *step, bg_settling *run)
{
    const release_terms *terms = step->terms;
    if (bg_plan_fund_of(run->plan, terms->fund)->shared) {
        release_shared(step, run);
        return;
    }
    int64_t *of_year = enter_score(step, run);
    if (!run->status) {
        release(step, run);
    }
    run->input[BG_INPUT_score] = of_year;
}

size_t bg_plan_advance_count(const bg_plan *self)
{
    return self->advance_count;
}

size_t bg_plan_advance_month(const bg_plan *self, size_t advance)
{
    return self->advance_month[advance];
}

const bg_step_kind bg_step_release = {.name = "release",
                                      .terms_size = sizeof(release_terms),
                                      .read = read,
                                      .check = check,
                                      .apply = apply};
