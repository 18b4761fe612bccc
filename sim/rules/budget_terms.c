/* Reads the terms of a budget. What is common to the schemes is read once and then copied. */
#include "rules/budget_terms.h"
#include "format/amount.h"

#include "rules/messages.h"
#include "rules/persons.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- years and growth ---- */

/* The scheme's own table, else the common one; complaints about the latter are made once only. */
static const bg_node *scheme_table(const budget_reader *self, const bg_budget_terms *terms,
                                   const char *key, bg_errors **errors)
{
    const bg_node *own = bg_node_child(
        bg_node_child(bg_node_child(self->budget, "schemes"), terms->scheme_name), key);
    *errors = own || terms->scheme == 0 ? self->errors : NULL;
    return own ? own : bg_node_child(self->budget, key);
}

/* The rule: growth above the cap is cut to it after the first year. */
static void apply_cap(budget_year *year, const bg_node *growth, const bg_node *cap, bool first)
{
    year->growth = bg_sourced_rate(growth);
    year->applied = year->growth.value;
    if (cap && !first && year->growth.value > cap->value.decimal) {
        year->cap = bg_sourced_rate(cap);
        year->capped = true;
        year->applied = year->cap.value;
    }
}

/* Warns of the years from `first` on in which the same growth is above the same cap. */
static void warn_capped(const bg_budget_terms *terms, size_t first, const bg_node *growths,
                        const bg_node *caps, bg_errors *errors)
{
    const bg_node *growth = bg_node_in_year(growths, terms->year[first].year);
    const bg_node *cap = bg_node_in_year(caps, terms->year[first].year);
    size_t last = first;
    while (last + 1 < terms->year_count &&
           bg_node_in_year(growths, terms->year[last + 1].year) == growth &&
           bg_node_in_year(caps, terms->year[last + 1].year) == cap) {
        last++;
    }
    char wanted[BG_NUMBER_TEXT];
    char allowed[BG_NUMBER_TEXT];
    char until[40] = "";
    if (last > first) {
        snprintf(until, sizeof until, BG_BOTH(" to ", "至") "%d" BG_BOTH("", "年"),
                 terms->year[last].year);
    }
    bg_errors_advise(errors, growth->mark, growth->path, BG_SAY(growth_above_cap),
                     bg_percent_text(growth->value.decimal, wanted), terms->year[first].year, until,
                     bg_percent_text(cap->value.decimal, allowed), cap->path);
}

static bg_status read_growth(const budget_reader *self, bg_budget_terms *terms)
{
    bg_errors *growth_errors;
    bg_errors *cap_errors;
    const bg_node *growths = scheme_table(self, terms, "growth", &growth_errors);
    const bg_node *caps = scheme_table(self, terms, "growth_cap", &cap_errors);
    const bg_node *warned[2] = {NULL}; /* growth and cap that hold for many years: warned of once */
    bg_status status = BG_OK;
    for (size_t i = 0; i < terms->year_count; i++) {
        budget_year *year = &terms->year[i];
        if (year->has_per_head) {
            continue; /* nothing is grown */
        }
        const bg_node *growth = bg_node_in_year(growths, year->year);
        const bg_node *cap = bg_node_in_year(caps, year->year);
        if (!growth) {
            status = bg_errors_say(growth_errors, BG_MISSING, growths->mark, growths->path,
                                   BG_SAY(growth_of_year), year->year);
            continue;
        }
        apply_cap(year, growth, cap, i == 0);
        if (year->capped && (growth != warned[0] || cap != warned[1])) {
            warn_capped(terms, i, growths, caps, growth_errors ? growth_errors : cap_errors);
            warned[0] = growth;
            warned[1] = cap;
        }
    }
    return status;
}

/* ---- later years ---- */

static bg_status read_per_head(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_node *table = bg_node_child(self->budget, "per_head");
    bg_status status = BG_OK;
    for (size_t i = 1; table && i < terms->year_count; i++) {
        budget_year *year = &terms->year[i];
        const bg_node *node = bg_node_in_year(table, year->year);
        if (!node) {
            status = bg_errors_say(self->errors, BG_MISSING, table->mark, table->path,
                                   BG_SAY(per_head_of_year), year->year);
            continue;
        }
        year->has_per_head = true;
        year->per_head = bg_sourced_amount(node);
    }
    return status;
}

static bg_status read_later_rule(const budget_reader *self, bg_budget_terms *terms)
{
    terms->later_rule = (bg_later_rule)bg_node_integer(self->budget, "later_rule");
    if (terms->later_rule == BG_LATER_PER_CAPITA) {
        return read_per_head(self, terms);
    }
    bool any = false;
    for (size_t i = 0; i < ROLLING_YEARS; i++) {
        any = any || terms->rolling_weight[i] > 0;
    }
    if (terms->later_rule == BG_LATER_ROLLING && !any) {
        return bg_errors_say(self->errors, BG_RANGE, terms->weights.mark, "budget.base.weights",
                             BG_SAY(weights_rolling));
    }
    return BG_OK;
}

/* Expected insured people of the first year, for an amount per head that is derived. */
static bg_status count_first_persons(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_history *history = self->history;
    const bg_scheme *scheme = &history->scheme[terms->scheme];
    double people = scheme->people;
    for (int y = history->year[history->year_count - 1]; y < terms->first_year; y++) {
        people *= 1 + scheme->people_growth;
    }
    bg_status status = bg_persons_round(people, &terms->first_persons);
    if (status || terms->first_persons == 0) {
        return bg_errors_say(self->errors, BG_RANGE, BG_NOWHERE, "people", BG_SAY(people_none),
                             people, bg_scheme_words(scheme->name));
    }
    return BG_OK;
}

/* First total with all its adjustments, and the growth of later years one after another. */
static bg_status derive_totals(const budget_reader *self, bg_budget_terms *terms)
{
    bg_status status =
        bg_money_times(terms->base, BG_ONE + terms->year[0].applied, &terms->first_total);
    for (int month = 0; month < MONTHS && !status; month++) {
        status =
            bg_money_add(terms->first_total, terms->year[0].change[month], &terms->first_total);
    }
    bg_decimal factor = BG_ONE;
    for (size_t i = 0; i < terms->year_count && !status; i++) {
        if (i > 0) {
            status = bg_decimal_times(factor, BG_ONE + terms->year[i].applied, &factor);
        }
        terms->year[i].since_first = factor;
    }
    return status ? bg_budget_too_large(self, BG_BOTH("first total", "首个总额")) : BG_OK;
}

/* ---- adjustments ---- */

static int scheme_index(const bg_history *history, const char *name)
{
    for (size_t i = 0; i < history->scheme_count; i++) {
        if (strcmp(history->scheme[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static bg_status read_adjustment(const budget_reader *self, const bg_budget_terms *terms,
                                 const bg_node *node, adjustment *result)
{
    const bg_node *amount = bg_node_child(node, "amount");
    const bg_node *year = bg_node_child(node, "year");
    const bg_node *reason = bg_node_child(node, "reason");
    const char *scheme = bg_node_text(node, "scheme");
    if (!amount) {
        return bg_errors_say(self->errors, BG_MISSING, node->mark, node->path,
                             BG_SAY(adjustment_without_amount));
    }
    *result = (adjustment){
        .name = node->key,
        .reason = reason ? reason->text : NULL,
        .path = node->path,
        .amount = bg_sourced_amount(amount),
        .year = year ? (int)year->value.integer : terms->first_year,
        .month = (int)bg_node_integer(node, "month"),
        .scheme = scheme_index(self->history, scheme),
    };
    int last = terms->first_year + (int)terms->year_count - 1;
    if (result->year < terms->first_year || result->year > last) {
        const bg_node *place = year ? year : node;
        return bg_errors_say(self->errors, BG_RANGE, place->mark, place->path,
                             BG_SAY(adjustment_year), result->year, terms->first_year, last);
    }
    if (result->scheme < 0) {
        return bg_errors_say(self->errors, BG_INVALID, node->mark, node->path,
                             BG_SAY(adjustment_scheme), bg_scheme_words(scheme));
    }
    return BG_OK;
}

/* Keeps the list by month; within a month the order of the file stays. */
static void insert_by_month(bg_budget_terms *terms, const adjustment *new)
{
    size_t at = terms->adjustment_count++;
    for (; at > 0 && terms->adjustment[at - 1].month > new->month; at--) {
        terms->adjustment[at] = terms->adjustment[at - 1];
    }
    terms->adjustment[at] = *new;
}

static bg_status read_adjustments(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_node *list = bg_node_child(self->budget, "adjustments");
    if (bg_node_count(list) > BG_MAX_ADJUSTMENTS) {
        return bg_errors_say(self->errors, BG_LIMIT, list->mark, list->path,
                             BG_SAY(adjustments_too_many), bg_node_count(list), BG_MAX_ADJUSTMENTS);
    }
    bg_status status = BG_OK;
    for (const bg_node *node = list ? list->child : NULL; node; node = node->next) {
        adjustment each;
        bg_status one = read_adjustment(self, terms, node, &each);
        if (!one) {
            insert_by_month(terms, &each);
        }
        bg_first(&status, one);
    }
    return status;
}

static bg_status sum_changes(const budget_reader *self, bg_budget_terms *terms)
{
    for (size_t i = 0; i < terms->adjustment_count; i++) {
        const adjustment *each = &terms->adjustment[i];
        if (each->scheme != terms->scheme) {
            continue;
        }
        bg_fen *change = &terms->year[each->year - terms->first_year].change[each->month - 1];
        if (bg_money_add(*change, each->amount.value, change)) {
            return bg_budget_too_large(self, BG_BOTH("sum of the adjustments", "各项调整合计"));
        }
    }
    return BG_OK;
}

/* ---- funds ---- */

/* Splits each fund's opening balance between the schemes by the size of their first totals. Equal
 * remainders go to the name first in byte order: employees before residents. */
static bg_status share_openings(const budget_reader *self, bg_budget_terms *terms[BG_MAX_SCHEMES])
{
    size_t count = self->history->scheme_count;
    int64_t totals[BG_MAX_SCHEMES];
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        totals[i] = terms[count - 1 - i]->first_total;
        any = any || totals[i] > 0;
    }
    for (size_t i = 0; i < count && !any; i++) {
        totals[i] = 1; /* nothing is budgeted at all: in equal parts */
    }
    /* NOLINTBEGIN(clang-analyzer-core.NullDereference): every scheme has terms, and there is one */
    for (size_t fund = 0; fund < terms[0]->fund_count; fund++) {
        bg_fen parts[BG_MAX_SCHEMES];
        if (bg_money_split(terms[0]->fund[fund].opening, totals, count, parts)) {
            return bg_budget_too_large(self, BG_BOTH("opening balance of a fund", "资金期初余额"));
        }
        for (size_t i = 0; i < count; i++) {
            terms[count - 1 - i]->fund[fund].opening = parts[i];
        }
    }
    /* NOLINTEND(clang-analyzer-core.NullDereference) */
    return BG_OK;
}

/* ---- instalments ---- */

static bg_status read_prepayment(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_node *prepayment = bg_node_child(self->budget, "prepayment");
    terms->ratio = bg_sourced_rate(bg_node_child(prepayment, "ratio"));
    terms->earmarked = strcmp(bg_node_text(prepayment, "funds"), "earmarked") == 0;
    const bg_status status = bg_budget_read_approved(self, terms);
    return status ? status : bg_budget_read_months(self, terms);
}

/* ---- all ---- */

static void set_years(bg_budget_terms *terms, const bg_horizon *horizon)
{
    terms->first_year = horizon->first_year;
    terms->year_count = horizon->years;
    for (size_t i = 0; i < horizon->years; i++) {
        terms->year[i].year = horizon->first_year + (int)i;
    }
}

static bg_status read_common(const budget_reader *self, bg_budget_terms *terms)
{
    terms->income_limit = bg_sourced_rate(bg_node_child(self->budget, "income_limit"));
    bg_status status = bg_budget_read_base_rules(self, terms);
    bg_first(&status, bg_budget_read_income(self, terms));
    bg_first(&status, read_later_rule(self, terms));
    bg_first(&status, read_adjustments(self, terms));
    bg_first(&status, bg_budget_read_funds(self, terms));
    bg_first(&status, read_prepayment(self, terms));
    return status;
}

static bg_status read_scheme(const budget_reader *self, int scheme, const bg_pool *pool,
                             bg_budget_terms *terms)
{
    terms->scheme = scheme;
    terms->scheme_name = self->history->scheme[scheme].name;
    terms->pool = *pool;
    bg_status status = read_growth(self, terms);
    bg_errors *unused;
    bg_first(&status, bg_budget_read_forecasts(
                          self, scheme_table(self, terms, "people_forecast", &unused), terms));
    bg_first(&status, bg_budget_read_base(self, terms));
    bg_first(&status, bg_budget_read_outside(self, terms));
    bg_first(&status, sum_changes(self, terms));
    if (!status && terms->later_rule == BG_LATER_PER_CAPITA) {
        status = count_first_persons(self, terms);
    }
    if (status) {
        return status;
    }
    status = derive_totals(self, terms);
    if (!status && terms->first_total < 0) {
        char text[BG_AMOUNT_PHRASE];
        return bg_errors_say(self->errors, BG_RANGE, BG_NOWHERE, "budget.adjustments",
                             BG_SAY(adjustments_below_zero), bg_scheme_words(terms->scheme_name),
                             bg_amount_phrase(terms->money, terms->first_total, text));
    }
    return status;
}

bg_status bg_budget_read(const bg_scenario *scenario, const bg_history *history,
                         const bg_horizon *horizon, const bg_pool pool[BG_MAX_SCHEMES],
                         bg_budget_terms *terms[BG_MAX_SCHEMES], bg_errors *errors)
{
    for (size_t i = 0; i < BG_MAX_SCHEMES; i++) {
        terms[i] = NULL;
    }
    budget_reader self = {scenario, history, bg_scenario_find(scenario, "budget"), errors};
    bg_budget_terms common = {.money = bg_scenario_money_shown(scenario)};
    const size_t count = history->scheme_count;
    set_years(&common, horizon);
    bg_status status = read_common(&self, &common);
    for (size_t i = 0; i < count && !status; i++) {
        terms[i] = malloc(sizeof *terms[i]);
        if (!terms[i]) {
            status = bg_no_memory(errors);
            break;
        }
        *terms[i] = common;
    }
    bg_status read = BG_OK;
    for (size_t i = 0; i < count && !status; i++) {
        bg_first(&read, read_scheme(&self, (int)i, &pool[i], terms[i]));
    }
    bg_first(&status, read);
    if (!status) {
        status = share_openings(&self, terms);
    }
    for (size_t i = 0; i < BG_MAX_SCHEMES && status; i++) {
        bg_budget_terms_free(terms[i]);
        terms[i] = NULL;
    }
    return status;
}

void bg_budget_terms_free(bg_budget_terms *self)
{
    free(self);
}
