#include "actual/case.h"

#include "actual/messages.h"
#include "actual/step_change.h"
#include "base/array.h"
#include "scenario/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MONTHS = 12 };

/* One year of one scheme, for which amounts are expected. */
typedef struct unit {
    const bg_budget_terms *terms;
    const bg_plan *plan;
    const bg_budget_year *budget;
    const bg_settled *settled; /* NULL: the year has no actuals */
    bg_step_change *changes;
    size_t change_count;
} unit;

void bg_case_free(bg_case *self)
{
    bg_settled_list_free(&self->settled);
    free(self->checks);
    self->checks = NULL;
    self->count = self->capacity = 0;
}

bool bg_case_check_passes(const bg_case_check *check)
{
    return check->node->value.fen == check->obtained;
}

bool bg_case_passes(const bg_case *self)
{
    for (size_t i = 0; i < self->count; i++) {
        if (!bg_case_check_passes(&self->checks[i])) {
            return false;
        }
    }
    return true;
}

/* ---- single amounts ---- */

static bg_fen total(const unit *self)
{
    return self->budget->total;
}

static bg_fen payable(const unit *self)
{
    return self->budget->payable;
}

static const struct {
    const char *key;
    bg_fen (*amount)(const unit *self);
} budget_amounts[] = {{"budget", total}, {"payable", payable}};

static bool result_of(const unit *self, const char *key, bg_fen *amount)
{
    for (size_t i = 0; i < BG_RESULT_COUNT; i++) {
        if (strcmp(bg_settlement_result_names[i], key) == 0) {
            *amount = self->settled->block.result[i][0];
            return true;
        }
    }
    return false;
}

/* ---- amounts by name: the name of entry i, NULL after the last, and its amount ---- */

static const char *fund_name(const unit *self, size_t i)
{
    return i < bg_budget_fund_count(self->terms) ? bg_budget_fund(self->terms, i)->name : NULL;
}

static bg_fen fund_added(const unit *self, size_t i)
{
    return self->budget->fund[i];
}

static bg_fen fund_closing(const unit *self, size_t i)
{
    return self->settled->block.fund_closing[i][0];
}

static const char *step_name(const unit *self, size_t i)
{
    return i < self->change_count ? self->changes[i].name : NULL;
}

static bg_fen step_change(const unit *self, size_t i)
{
    return self->changes[i].change;
}

static const char *account_name(const unit *self, size_t i)
{
    return i < bg_plan_account_count(self->plan) ? bg_plan_account(self->plan, i) : NULL;
}

static bg_fen account_amount(const unit *self, size_t i)
{
    return self->settled->block.account[i][0];
}

static const char *institution_name(const unit *self, size_t i)
{
    return i < bg_plan_institution_count(self->plan) ? bg_plan_institution(self->plan, i) : NULL;
}

static bg_fen institution_result(const unit *self, size_t i)
{
    return self->settled->block.institution_result[i][0];
}

static bg_fen institution_disallowed(const unit *self, size_t i)
{
    return self->settled->block.institution_disallowed[i][0];
}

static const char *purpose_name(const unit *self, size_t i)
{
    return i < bg_plan_purpose_count(self->plan) ? bg_plan_purpose(self->plan, i) : NULL;
}

static bg_fen purpose_amount(const unit *self, size_t i)
{
    return self->settled->block.account[bg_plan_purpose_account(self->plan, i)][0];
}

typedef struct table {
    const char *key;
    const char *(*name)(const unit *self, size_t i);
    bg_fen (*amount)(const unit *self, size_t i);
} table;

static const table budget_tables[] = {{"added", fund_name, fund_added}};
static const table settlement_tables[] = {
    {"funds", fund_name, fund_closing},
    {"steps", step_name, step_change},
    {"accounts", account_name, account_amount},
    {"institutions", institution_name, institution_result},
    {"disallowed", institution_name, institution_disallowed},
    {"purposes", purpose_name, purpose_amount},
};

static const table *find_table(const table *tables, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(tables[i].key, key) == 0) {
            return &tables[i];
        }
    }
    return NULL;
}

/* ---- looking up ---- */

static bg_status add_check(bg_case *self, const bg_node *node, const unit *from, bg_fen obtained,
                           bg_errors *errors)
{
    bg_case_check *checks =
        bg_array_room(self->checks, &self->capacity, self->count + 1, sizeof *checks);
    if (!checks) {
        return bg_no_memory(errors);
    }
    self->checks = checks;
    size_t scheme = 0;
    while (self->contract->terms[scheme] != from->terms) {
        scheme++;
    }
    self->checks[self->count++] = (bg_case_check){node, from->budget->year, scheme, obtained};
    return BG_OK;
}

static bg_status refuse_name(const bg_node *node, const table *among, const unit *from,
                             bg_errors *errors)
{
    char known[1024] = "";
    size_t length = 0;
    for (size_t i = 0; among->name(from, i) && length < sizeof known; i++) {
        length += (size_t)snprintf(known + length, sizeof known - length, "%s%s", i ? BG_COMMA : "",
                                   among->name(from, i));
    }
    return bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(case_name_unknown),
                         node->key, among->key, known[0] ? known : BG_BOTH("none", "无"));
}

static bg_status look_up_names(bg_case *self, const bg_node *node, const table *among,
                               const unit *from, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (const bg_node *cell = node->child; cell; cell = cell->next) {
        size_t i = 0;
        while (among->name(from, i) && strcmp(among->name(from, i), cell->key) != 0) {
            i++;
        }
        bg_status next = among->name(from, i)
                             ? add_check(self, cell, from, among->amount(from, i), errors)
                             : refuse_name(cell, among, from, errors);
        bg_first(&status, next);
    }
    return status;
}

static bg_status look_up_instalments(bg_case *self, const bg_node *node, const unit *from,
                                     bg_errors *errors)
{
    if (bg_node_count(node) != MONTHS) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                             BG_SAY(case_instalments_not_twelve), bg_node_count(node), MONTHS);
    }
    bg_status status = BG_OK;
    size_t month = 0;
    for (const bg_node *cell = node->child; cell && status == BG_OK; cell = cell->next) {
        status = add_check(self, cell, from, from->budget->instalment[month++], errors);
    }
    return status;
}

/* What the calendar of the year pays in a month: all that falls into it. */
static bg_fen paid_in(const bg_payments *payments, int month)
{
    bg_fen sum = 0;
    for (size_t i = 0; i < payments->count; i++) {
        sum += payments->item[i].month == month ? payments->item[i].amount : 0;
    }
    return sum;
}

static bool read_month(const char *text, int *month)
{
    const bg_parameter row = {.type = BG_TYPE_MONTH, .unit = ""};
    int64_t value;
    const bool is_month = bg_value_parse(&row, text, 1, &value) == BG_OK;
    *month = is_month ? (int)value : 0;
    return is_month;
}

static bg_status look_up_payments(bg_case *self, const bg_node *node, const unit *from,
                                  bg_errors *errors)
{
    if (!self->contract->calendar.given) {
        return bg_errors_say(errors, BG_MISSING, node->mark, node->path,
                             BG_SAY(case_without_calendar));
    }
    bg_status status = BG_OK;
    for (const bg_node *cell = node->child; cell; cell = cell->next) {
        int month;
        const bg_status next =
            read_month(cell->key, &month)
                ? add_check(self, cell, from, paid_in(&from->settled->payments, month), errors)
                : bg_errors_say(errors, BG_INVALID, cell->mark, cell->path,
                                BG_SAY(case_month_unknown), cell->key);
        bg_first(&status, next);
    }
    return status;
}

static bg_status look_up_settlement(bg_case *self, const bg_node *node, const unit *from,
                                    bg_errors *errors)
{
    if (!from->settled) {
        return bg_errors_say(errors, BG_MISSING, node->mark, node->path,
                             BG_SAY(case_year_without_actuals));
    }
    const table *among = find_table(
        settlement_tables, sizeof settlement_tables / sizeof *settlement_tables, node->key);
    if (among) {
        return look_up_names(self, node, among, from, errors);
    }
    if (strcmp(node->key, "payments") == 0) {
        return look_up_payments(self, node, from, errors);
    }
    bg_fen amount;
    if (!result_of(from, node->key, &amount)) {
        return bg_errors_say(errors, BG_INTERNAL, node->mark, node->path,
                             BG_SAY(case_amount_not_computed));
    }
    return add_check(self, node, from, amount, errors);
}

static bg_status look_up(bg_case *self, const bg_node *node, const unit *from, bg_errors *errors)
{
    for (size_t i = 0; i < sizeof budget_amounts / sizeof *budget_amounts; i++) {
        if (strcmp(budget_amounts[i].key, node->key) == 0) {
            return add_check(self, node, from, budget_amounts[i].amount(from), errors);
        }
    }
    const table *among =
        find_table(budget_tables, sizeof budget_tables / sizeof *budget_tables, node->key);
    if (among) {
        return look_up_names(self, node, among, from, errors);
    }
    if (strcmp(node->key, "instalments") == 0) {
        return look_up_instalments(self, node, from, errors);
    }
    return look_up_settlement(self, node, from, errors);
}

/* ---- years and schemes ---- */

static const bg_settled *settled_of(const bg_case *self, int year, size_t scheme)
{
    for (size_t i = 0; i < self->settled.count; i++) {
        const bg_settled *settled = &self->settled.items[i];
        if (settled->year == year && settled->scheme == scheme) {
            return settled;
        }
    }
    return NULL;
}

static bg_status run_unit(bg_case *self, const bg_node *node, int year, size_t scheme,
                          bg_errors *errors)
{
    const bg_contract *contract = self->contract;
    unit from = {
        .terms = contract->terms[scheme],
        .plan = contract->plan[scheme],
        .budget =
            bg_budgets_year(&self->settled.budget, scheme, (size_t)(year - contract->first_year)),
        .settled = settled_of(self, year, scheme),
    };
    if (from.settled) {
        from.changes = bg_step_changes(&from.settled->trace, &from.change_count);
        if (!from.changes) {
            return bg_no_memory(errors);
        }
    }
    bg_status status = BG_OK;
    for (const bg_node *key = node->child; key; key = key->next) {
        bg_status next = look_up(self, key, &from, errors);
        bg_first(&status, next);
    }
    free(from.changes);
    return status;
}

static bg_status run_year(bg_case *self, const bg_node *node, bg_errors *errors)
{
    const bg_contract *contract = self->contract;
    int year = (int)strtol(node->key, NULL, 10);
    int last = contract->first_year + (int)contract->years - 1;
    if (year < contract->first_year || year > last) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                             BG_SAY(budget_year_unknown), year, contract->first_year, last);
    }
    bg_status status = BG_OK;
    for (const bg_node *of = node->child; of; of = of->next) {
        size_t scheme = 0;
        while (scheme < contract->history.scheme_count &&
               strcmp(contract->history.scheme[scheme].name, of->key) != 0) {
            scheme++;
        }
        bg_status next =
            scheme < contract->history.scheme_count
                ? run_unit(self, of, year, scheme, errors)
                : bg_errors_say(errors, BG_INVALID, of->mark, of->path,
                                BG_SAY(scheme_without_budget), bg_scheme_words(of->key));
        bg_first(&status, next);
    }
    return status;
}

bg_status bg_case_run(bg_case *self, const bg_contract *contract, const bg_demand *demand,
                      bg_errors *errors)
{
    *self = (bg_case){.contract = contract};
    bg_status status = bg_settle_actuals(contract, demand, 0, &self->settled, errors);
    if (status != BG_OK) {
        return status;
    }
    const bg_node *expected = bg_scenario_find(contract->scenario, "expected");
    for (const bg_node *year = expected ? expected->child : NULL; year; year = year->next) {
        bg_status next = run_year(self, year, errors);
        bg_first(&status, next);
    }
    if (status == BG_OK && self->count == 0) {
        const bg_mark file = {.file = bg_scenario_file(contract->scenario)};
        status = bg_errors_say(errors, BG_MISSING, file, "expected", BG_SAY(case_expects_nothing));
    }
    return status;
}
