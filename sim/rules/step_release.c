/* release: a fund, in full or by the score, moves to the balance; what is not released goes to
 * `rest`. The highest bound that the score reaches counts; below all bounds nothing is released. */
#include "rules/plan.h"

#define MAX_TIERS 32

typedef struct tier {
    bg_decimal bound, share;
    bg_mark mark;
} tier;

/* Without `by_score`: one tier from 0 points. */
typedef struct release_terms {
    int fund, rest;
    bool by_score;
    size_t tier_count;
    tier tier[MAX_TIERS]; /* bounds fall: the loader has checked */
} release_terms;

/* ---- reading ---- */

static bg_status read_shares(const bg_node *step, release_terms *terms, bg_errors *errors)
{
    const bg_node *share = bg_node_child(step, "share");
    const bg_node *by_score = bg_node_child(step, "by_score");
    terms->by_score = by_score != NULL;
    if (!by_score) {
        terms->tier[terms->tier_count++] =
            (tier){.share = bg_node_decimal(step, "share"), .mark = share->mark};
        return BG_OK;
    }
    if (share && share->origin != BG_ORIGIN_DEFAULT) {
        return bg_errors_add(
            errors, BG_INVALID, share->mark, share->path,
            "\"share\" and \"by_score\" both say how much is released; keep one of them.");
    }
    if (bg_node_count(by_score) > MAX_TIERS) {
        return bg_errors_add(errors, BG_LIMIT, by_score->mark, by_score->path,
                             "there are %zu tiers; %d are allowed.", bg_node_count(by_score),
                             MAX_TIERS);
    }
    for (const bg_node *node = by_score->child; node; node = node->next) {
        terms->tier[terms->tier_count++] =
            (tier){.bound = node->limit, .share = node->value.decimal, .mark = node->mark};
    }
    return BG_OK;
}

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    release_terms *terms = step->terms;
    bg_status status = bg_plan_read_fund(plan, step, "fund", &terms->fund, errors);
    bg_keep(&status, bg_plan_read_account(plan, step, "rest", &terms->rest, errors));
    bg_keep(&status, read_shares(step->node, terms, errors));
    return status;
}

/* ---- at work ---- */

/* From the lowest bound up, so that the highest one reached has the last word. */
static void shares_by_score(const release_terms *terms, const int64_t *score, bg_decimal *share,
                            size_t n)
{
    for (size_t u = 0; u < n; u++) {
        share[u] = 0;
    }
    for (size_t t = terms->tier_count; t-- > 0;) {
        const tier this = terms->tier[t];
        for (size_t u = 0; u < n; u++) {
            share[u] = score[u] >= this.bound ? this.share : share[u];
        }
    }
}

static void explain_release(const release_terms *terms, bg_run *run, bg_fen held, bg_decimal share)
{
    const bg_decimal score = run->block->input[BG_INPUT_score][0];
    const char *fund = bg_plan_account(run->plan, (size_t)terms->fund);
    size_t t = 0;
    while (t < terms->tier_count && score < terms->tier[t].bound) {
        t++;
    }
    const bg_mark *mark = t < terms->tier_count ? &terms->tier[t].mark : NULL;
    if (!terms->by_score) {
        bg_run_because(run, mark, BG_PERCENT(share), "%s holds %s", "%s现有%s", fund,
                       BG_YUAN(held));
    } else if (!mark) {
        bg_run_because(run, mark, BG_PERCENT(share),
                       "%s points reach no tier, the lowest begins at %s; %s holds %s",
                       "考核得分%s，未达到最低档%s；%s现有%s", BG_NUMBER(score),
                       BG_NUMBER(terms->tier[t - 1].bound), fund, BG_YUAN(held));
    } else {
        bg_run_because(run, mark, BG_PERCENT(share),
                       "%s points reach the tier from %s; %s holds %s",
                       "考核得分%s，达到%s分档；%s现有%s", BG_NUMBER(score),
                       BG_NUMBER(terms->tier[t].bound), fund, BG_YUAN(held));
    }
}

static void apply(const bg_step *step, bg_run *run)
{
    const release_terms *terms = step->terms;
    bg_fen *held = run->scratch[0], *released = run->scratch[1], *share = run->scratch[2];
    bg_run_available(run, terms->fund, held);
    shares_by_score(terms, run->block->input[BG_INPUT_score], share, run->n);
    for (size_t u = 0; u < run->n; u++) {
        released[u] = bg_share_of(held[u], share[u]);
    }
    bg_run_post(run, step, terms->fund, BG_ACCOUNT_BALANCE, released);
    bg_column_add(run->block->result[BG_RESULT_released], released, 1, run->n);
    if (run->trace) {
        explain_release(terms, run, held[0], share[0]);
    }
    bg_column_add(held, released, -1, run->n);
    bg_run_post(run, step, terms->fund, terms->rest, held);
    if (run->trace) {
        bg_run_because(run, NULL, "", "not released: %s, goes to %s", "未返还%s，归入%s",
                       BG_YUAN(held[0]), bg_plan_account(run->plan, (size_t)terms->rest));
    }
}

const bg_step_kind bg_step_release = {
    .name = "release", .terms_size = sizeof(release_terms), .read = read, .apply = apply};
