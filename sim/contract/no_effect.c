#include "contract/no_effect.h"

#include "contract/messages.h"

#include <stdio.h>
#include <string.h>

enum { YEARS = 1024 }; /* bytes of a list of years, of which no file has that many */

/* Whether somebody has written something else below the node than what holds without it. */
static bool is_written(const bg_node *node)
{
    bool written = !node->child && node->origin != BG_ORIGIN_DEFAULT && !bg_node_is_standard(node);
    for (const bg_node *child = node->child; child; child = child->next) {
        written = written || is_written(child);
    }
    return written;
}

/* ---- schemes ---- */

static bool in_history(const bg_history *history, const char *scheme)
{
    for (size_t s = 0; s < history->scheme_count; s++) {
        if (strcmp(history->scheme[s].name, scheme) == 0) {
            return true;
        }
    }
    return false;
}

static void advise_scheme(const bg_node *scheme, const bg_node *place, bg_errors *errors)
{
    if (place && is_written(place)) {
        bg_errors_advise(errors, scheme->mark, scheme->path, BG_SAY(scheme_without_history),
                         bg_scheme_words(scheme->key));
    }
}

/* A file that was written with all defaults holds these for every scheme; people it holds only where somebody gave
 * them. */
static void advise_people(const bg_node *scheme, bg_errors *errors)
{
    static const char *const keys[] = {"count", "groups", "newborns"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        advise_scheme(scheme, bg_node_child(scheme, keys[i]), errors);
    }
}

static void advise_budget(const bg_node *scheme, bg_errors *errors)
{
    advise_scheme(scheme, scheme, errors);
}

static void advise_pool(const bg_node *scheme, bg_errors *errors)
{
    const bg_node *income = bg_pool_income_node(scheme);
    if (income) {
        bg_errors_advise(errors, income->mark, income->path, BG_SAY(pool_without_history),
                         bg_scheme_words(scheme->key));
    }
}

static void advise_of_absent_schemes(const bg_contract *contract, bg_errors *errors)
{
    static const struct {
        const char *table;
        void (*advise)(const bg_node *scheme, bg_errors *errors);
    } tables[] = {
        {"people", advise_people}, {"budget.schemes", advise_budget}, {"pool", advise_pool}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const bg_node *table = bg_scenario_find(contract->scenario, tables[i].table);
        for (const bg_node *each = table ? table->child : NULL; each; each = each->next) {
            if (!in_history(&contract->history, each->key)) {
                tables[i].advise(each, errors);
            }
        }
    }
}

/* ---- years ---- */

/* Tables whose years before the contract are read as well: what is paid then is what later years are compared
 * with. */
static bool reads_earlier(const bg_node *table)
{
    return strncmp(table->path, "pool", 4) == 0 && !strstr(table->path, "outside_spending");
}

/* Tables on straight lines between their years, and those of past years. */
static bool reads_any(const bg_node *table)
{
    return strncmp(table->path, "people", 6) == 0 ||
           strcmp(table->path, "budget.base.completion") == 0 ||
           strcmp(table->path, "demand.emergency.declared") == 0;
}

static void advise_years(const bg_contract *contract, const bg_node *table, bg_errors *errors)
{
    const int first = contract->first_year, last = first + (int)contract->years - 1;
    const bg_node *place = NULL;
    char years[YEARS] = "";
    for (const bg_node *year = table->child; year; year = year->next) {
        const bool beyond = year->limit > last && year->limit != INT64_MAX;
        const bool before = year->limit < first && !reads_earlier(table);
        const size_t used = strlen(years);
        if (year->key && (beyond || before) && used + 32 < sizeof years) {
            snprintf(years + used, sizeof years - used, "%s%s", place ? BG_COMMA : "", year->key);
            place = place ? place : year;
        }
    }
    if (place) {
        bg_errors_advise(errors, place->mark, table->path, BG_SAY(years_outside_contract), years,
                         first, last);
    }
}

static void advise_of_years(const bg_contract *contract, const bg_node *node, bg_errors *errors)
{
    const bool by_year = node->parameter && node->parameter->shape == BG_SHAPE_BY_YEAR;
    if (by_year && !reads_any(node)) {
        advise_years(contract, node, errors);
    }
    for (const bg_node *child = node->child; child && !by_year; child = child->next) {
        advise_of_years(contract, child, errors);
    }
}

/* ---- rules that are not chosen ---- */

/* A key that is read where another has a word; or, with `not`, where it has any other word. */
static const struct {
    const char *key, *choice, *word;
    bool not ;
} chosen[] = {
    {"budget.per_head", "budget.later_rule", "per_capita", false},
    {"budget.base.trend", "budget.base.trend_years", "0", true},
};

static void advise_of_choices(const bg_contract *contract, bg_errors *errors)
{
    for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++) {
        const bg_node *node = bg_scenario_find(contract->scenario, chosen[i].key);
        const bg_node *choice = bg_scenario_find(contract->scenario, chosen[i].choice);
        const bool is_word = strcmp(choice->text, chosen[i].word) == 0;
        if (node && is_written(node) && is_word == chosen[i].not ) {
            bg_errors_advise(errors, node->mark, node->path, BG_SAY(choice_without_effect),
                             chosen[i].choice, choice->text);
        }
    }
}

/* Income of a pooling area is the area's, of which its communities know nothing. */
static void advise_of_income_limit(const bg_contract *contract, bg_errors *errors)
{
    const bg_node *limit = bg_scenario_find(contract->scenario, "budget.income_limit");
    bool has_income = bg_scenario_community(contract->scenario);
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        has_income = has_income || contract->pool[s].modelled;
    }
    if (!has_income && is_written(limit)) {
        bg_errors_advise(errors, limit->mark, limit->path, BG_SAY(limit_without_income));
    }
}

/* Expense is disallowed by a step of the plan. */
static void advise_of_disallowed(const bg_contract *contract, bg_errors *errors)
{
    const bg_node *disallowed = bg_scenario_find(contract->scenario, "demand.disallowed");
    const bg_node *steps = bg_scenario_find(contract->scenario, "settlement");
    bool has_step = false;
    for (const bg_node *step = steps ? steps->child : NULL; step; step = step->next) {
        has_step = has_step || strcmp(step->text, "disallow") == 0;
    }
    if (!has_step && disallowed && is_written(disallowed)) {
        bg_errors_advise(errors, disallowed->mark, disallowed->path,
                         BG_SAY(disallowed_without_step));
    }
}

void bg_no_effect_advise(const bg_contract *contract, bg_errors *errors)
{
    advise_of_absent_schemes(contract, errors);
    advise_of_years(contract, bg_scenario_root(contract->scenario), errors);
    advise_of_choices(contract, errors);
    advise_of_income_limit(contract, errors);
    advise_of_disallowed(contract, errors);
}
