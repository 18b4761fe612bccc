#include "actual/actual.h"

#include "report/central_budget.h"

#include <stdlib.h>
#include <string.h>

const char *const bg_settlement_input_names[BG_INPUT_COUNT] = {
#define INPUT(name) #name,
    BG_SETTLEMENT_INPUTS(INPUT)
#undef INPUT
};
const char *const bg_settlement_result_names[BG_RESULT_COUNT] = {
#define RESULT(name) #name,
    BG_SETTLEMENT_RESULTS(RESULT)
#undef RESULT
};

void bg_settled_list_free(bg_settled_list *self)
{
    for (size_t i = 0; i < self->count; i++) {
        bg_settlement_block_free(&self->items[i].block);
        bg_trace_free(&self->items[i].trace);
    }
    free(self->items);
    bg_central_budget_free(&self->budget);
    *self = (bg_settled_list){0};
}

/* actual[year][scheme], or NULL. */
static const bg_node *actual_of(const bg_scenario *scenario, const bg_model *model, size_t year,
                                size_t scheme)
{
    char key[16];
    snprintf(key, sizeof key, "%d", model->contract.first_year + (int)year);
    const bg_node *by_scheme = bg_node_child(bg_scenario_find(scenario, "actual"), key);
    return bg_node_child(by_scheme, model->contract.history.scheme[scheme].name);
}

static bool has_scheme(const bg_model *model, const char *name)
{
    for (size_t i = 0; i < model->contract.history.scheme_count; i++) {
        if (strcmp(model->contract.history.scheme[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void check_year(const bg_model *model, const bg_node *year, bg_errors *errors)
{
    int number = (int)strtol(year->key, NULL, 10);
    int last = model->contract.first_year + (int)model->contract.years - 1;
    if (number < model->contract.first_year || number > last) {
        bg_errors_add(errors, BG_INVALID, year->mark, year->path,
                      "%d is no budget year; those of the scenario are %d to %d", number,
                      model->contract.first_year, last);
    }
    for (const bg_node *scheme = year->child; scheme; scheme = scheme->next) {
        if (!has_scheme(model, scheme->key)) {
            bg_errors_add(errors, BG_INVALID, scheme->mark, scheme->path,
                          "the scheme %s has no history in the scenario, hence no budget",
                          scheme->key);
        } else if (!bg_node_child(scheme, "expense")) {
            bg_errors_add(errors, BG_MISSING, scheme->mark, scheme->path,
                          "the year's expense is missing");
        }
    }
}

static bg_status check_actuals(const bg_scenario *scenario, const bg_model *model,
                               bg_errors *errors)
{
    size_t before = errors->error_count;
    const bg_node *actual = bg_scenario_find(scenario, "actual");
    if (bg_node_count(actual) == 0) {
        return bg_errors_add(errors, BG_MISSING, BG_NOWHERE, "actual",
                             "there is nothing to settle; name a file with --actual");
    }
    for (const bg_node *year = actual->child; year; year = year->next) {
        check_year(model, year, errors);
    }
    return errors->error_count > before ? BG_INVALID : BG_OK;
}

static bg_fen fen_or(const bg_node *section, const char *key, bg_fen otherwise)
{
    return bg_node_child(section, key) ? bg_node_fen(section, key) : otherwise;
}

/* The settlement of the year before, if that was settled. */
static const bg_settled *year_before(const bg_settled_list *list, const bg_settled *self)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].scheme == self->scheme && list->items[i].year == self->year - 1) {
            return &list->items[i];
        }
    }
    return NULL;
}

static bg_status fill_inputs(bg_settled *self, const bg_model *model, const bg_node *actual,
                             const bg_budget_year *budget, bg_fen deficit, bg_errors *errors)
{
    bg_settlement_block *block = &self->block;
    bg_fen expense = bg_node_fen(actual, "expense"), outside = fen_or(actual, "outside", 0);
    bg_status status = bg_settlement_complete(bg_node_child(actual, "completion"), &expense,
                                              &outside, &self->trace, errors);
    const bg_node *score = bg_node_child(actual, "score");
    const bg_fen inputs[BG_INPUT_COUNT] = {
        [BG_INPUT_budget] = budget->total,
        [BG_INPUT_payable] = budget->payable,
        [BG_INPUT_prepaid] = fen_or(actual, "prepaid", bg_budget_year_prepaid(budget)),
        [BG_INPUT_expense] = expense,
        [BG_INPUT_emergency] = fen_or(actual, "emergency", 0),
        [BG_INPUT_rebound] = fen_or(actual, "rebound", 0),
        [BG_INPUT_disallowed] = fen_or(actual, "disallowed", 0),
        [BG_INPUT_outside] = outside,
        [BG_INPUT_deficit] = fen_or(actual, "deficit", deficit),
        [BG_INPUT_score] = score ? score->value.decimal
                                 : model->contract.score[self->year - model->contract.first_year],
        [BG_INPUT_year] = self->year * BG_ONE,
    };
    for (size_t i = 0; i < BG_INPUT_COUNT; i++) {
        block->input[i][0] = inputs[i];
    }
    block->contract_end = self->year == model->contract.first_year + (int)model->contract.years - 1;
    return status;
}

/* The inputs that the scenario names. */
static bg_status fill_named(bg_settled *self, const bg_plan *plan, const bg_node *actual,
                            bg_errors *errors)
{
    bg_settlement_block *block = &self->block;
    bg_settlement_block_fill_empty(block, plan);
    const bg_node *inputs = bg_node_child(actual, "inputs");
    bg_status status = BG_OK;
    for (const bg_node *node = inputs ? inputs->child : NULL; node; node = node->next) {
        const int input = bg_plan_input_index(plan, node->key);
        bool given = true;
        bg_status next = BG_OK;
        if (input < BG_INPUT_COUNT) {
            next = bg_errors_add(errors, BG_UNKNOWN_KEY, node->mark, node->path,
                                 "\"%s\" is no input of the scenario; `inputs` names them.",
                                 node->key);
        } else {
            next = bg_named_input_read(bg_plan_input(plan, (size_t)input), node->text, node->mark,
                                       node->path, block->input[input], &given, errors);
            block->given[input][0] = given;
        }
        bg_first(&status, next);
    }
    return status;
}

static int find_institution(const bg_plan *plan, const char *name)
{
    for (size_t i = 0; i < bg_plan_institution_count(plan); i++) {
        if (strcmp(bg_plan_institution(plan, i), name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* The disallowed expense of each institution; it gives the total where that is not written. */
static bg_status fill_disallowed(bg_settled *self, const bg_plan *plan, const bg_node *actual,
                                 bg_errors *errors)
{
    bg_settlement_block *block = &self->block;
    const bg_node *by = bg_node_child(actual, "disallowed_by");
    const bg_node *total = bg_node_child(actual, "disallowed");
    bg_fen sum = 0;
    for (const bg_node *node = by ? by->child : NULL; node; node = node->next) {
        const int institution = find_institution(plan, node->key);
        if (institution < 0) {
            return bg_errors_add(errors, BG_UNKNOWN_KEY, node->mark, node->path,
                                 "there is no institution \"%s\"; the step `split` names them.",
                                 node->key);
        }
        const int input = bg_plan_disallowed_input(plan, (size_t)institution);
        block->input[input][0] = node->value.fen;
        block->given[input][0] = 1;
        block->by_institution = true;
        if (bg_money_add(sum, node->value.fen, &sum) != BG_OK) {
            return bg_errors_add(errors, BG_OVERFLOW, by->mark, by->path,
                                 "the amounts add up to more than baogan can hold.");
        }
    }
    if (by && (!total || total->origin == BG_ORIGIN_DEFAULT)) {
        block->input[BG_INPUT_disallowed][0] = sum;
    }
    return BG_OK;
}

/* What a fund had left is known where the year before was settled here. */
static void warn_unknown(const bg_node *actual, const char *fund, int year, bg_errors *errors)
{
    bg_errors_warn(errors, actual->mark, actual->path,
                   "the fund %s starts from 0, for %d is not among the actuals; \"opening\" would "
                   "say what was carried over",
                   fund, year - 1);
}

static void fill_funds(bg_settled *self, const bg_settled_list *list, const bg_model *model,
                       const bg_node *actual, const bg_budget_year *budget, bg_errors *errors)
{
    const bg_budget_terms *terms = model->contract.terms[self->scheme];
    const bg_settled *last = year_before(list, self);
    const bg_node *opening = bg_node_child(actual, "opening");
    for (size_t i = 0; i < bg_budget_fund_count(terms); i++) {
        const bg_fund_terms *fund = bg_budget_fund(terms, i);
        const bg_node *given = bg_node_child(opening, fund->name);
        bg_fen carried = last                                       ? last->block.fund_closing[i][0]
                         : self->year == model->contract.first_year ? fund->opening
                                                                    : 0;
        self->block.fund_added[i][0] = budget->fund[i];
        self->block.fund_opening[i][0] = given ? given->value.fen : carried;
        if (!last && self->year > model->contract.first_year && fund->carry_over && !given) {
            warn_unknown(actual, fund->name, self->year, errors);
        }
    }
}

/* A settlement numbers the units of its block. This block has one, and that has a place in a file. */
static bg_status apply(bg_settled *self, const bg_plan *plan, const bg_node *actual,
                       bg_errors *errors)
{
    bg_errors found;
    bg_errors_init(&found);
    bg_status status = bg_settlement_apply(plan, &self->block, &self->trace, &found);
    for (size_t i = 0; i < found.count; i++) {
        bg_errors_add(errors, found.items[i].status, actual->mark, actual->path, "%s",
                      found.items[i].message);
    }
    bg_errors_free(&found);
    return status;
}

static bg_status settle_one(bg_settled_list *list, const bg_scenario *scenario,
                            const bg_model *model, const bg_central_budget *budget, size_t year,
                            size_t scheme, bg_errors *errors)
{
    const bg_node *actual = actual_of(scenario, model, year, scheme);
    const bg_budget_year *terms = bg_central_budget_year(budget, scheme, year);
    bg_settled *self = &list->items[list->count];
    *self = (bg_settled){.year = terms->year, .scheme = scheme};
    bg_status status = bg_settlement_block_init(&self->block, model->contract.plan[scheme], 1);
    if (status != BG_OK) {
        return bg_errors_add(errors, status, BG_NOWHERE, NULL, "%s", bg_status_sentence(status));
    }
    const bg_settled *last = year_before(list, self);
    const bg_fen deficit = last ? last->block.result[BG_RESULT_deficit_left][0] : 0;
    list->count++;
    status = fill_inputs(self, model, actual, terms, deficit, errors);
    status = status ? status : fill_named(self, model->contract.plan[scheme], actual, errors);
    status = status ? status : fill_disallowed(self, model->contract.plan[scheme], actual, errors);
    if (status != BG_OK) {
        return status;
    }
    fill_funds(self, list, model, actual, terms, errors);
    return apply(self, model->contract.plan[scheme], actual, errors);
}

/* What the actuals say of each year and scheme. */
static bg_status know_years(bg_known_year *known, const bg_scenario *scenario,
                            const bg_model *model, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0;
         i < model->contract.history.scheme_count * model->contract.years && status == BG_OK; i++) {
        const bg_node *actual =
            actual_of(scenario, model, i % model->contract.years, i / model->contract.years);
        known[i].expense = fen_or(actual, "expense", -1);
        known[i].total = fen_or(actual, "budget", -1);
        if (known[i].expense > 0) {
            bg_fen outside = 0;
            status = bg_settlement_complete(bg_node_child(actual, "completion"), &known[i].expense,
                                            &outside, NULL, errors);
        }
    }
    return status;
}

static bg_status settle_all(bg_settled_list *list, const bg_scenario *scenario,
                            const bg_model *model, const bg_central_budget *budget, int last_year,
                            bg_errors *errors)
{
    size_t schemes = model->contract.history.scheme_count;
    list->items = calloc(schemes * model->contract.years, sizeof *list->items);
    if (!list->items) {
        return bg_no_memory(errors);
    }
    bg_status status = BG_OK;
    for (size_t year = 0; year < model->contract.years && status == BG_OK; year++) {
        bool wanted = last_year == 0 || model->contract.first_year + (int)year <= last_year;
        for (size_t scheme = 0; wanted && scheme < schemes && status == BG_OK; scheme++) {
            if (actual_of(scenario, model, year, scheme)) {
                status = settle_one(list, scenario, model, budget, year, scheme, errors);
            }
        }
    }
    return status;
}

bg_status bg_settle_actuals(const bg_scenario *scenario, const bg_model *model, int last_year,
                            bg_settled_list *list, bg_errors *errors)
{
    *list = (bg_settled_list){0};
    bg_status status = check_actuals(scenario, model, errors);
    if (status != BG_OK) {
        return status;
    }
    bg_known_year *known =
        calloc(model->contract.history.scheme_count * model->contract.years, sizeof *known);
    if (!known) {
        return bg_no_memory(errors);
    }
    status = know_years(known, scenario, model, errors);
    status = status ? status : bg_central_budget_compute(&list->budget, model, known, errors);
    status = status ? status : settle_all(list, scenario, model, &list->budget, last_year, errors);
    free(known);
    return status;
}
