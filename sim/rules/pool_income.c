/* What comes into a pooled fund: an amount a head, contributions and a subsidy, or a share of wages. */
#include "base/columns.h"
#include "base/elementary.h"
#include "base/special.h"
#include "rules/messages.h"

#include <baogan/pool.h>
#include <string.h>

#define STRIP      128
#define MOST_RATIO 10.0 /* to which a contribution is taken to rise or fall */

/* A way to give income: the key of the amount that grows, its growth, another key of its own, and the key
 * beside it that it needs. */
typedef struct income_form {
    const char *amount, *growth, *growth_sd, *own, *own_groups, *beside;
    const char *amount_is, *beside_is; /* in words */
} income_form;

static const income_form forms[] = {
    [BG_INCOME_PER_HEAD] = {.amount = "income_per_head", .growth = "growth"},
    [BG_INCOME_CONTRIBUTIONS] = {.amount = "subsidy",
                                 .growth = "subsidy_growth",
                                 .growth_sd = "subsidy_growth_sd",
                                 .beside = "contribution",
                                 .amount_is =
                                     BG_BOTH("what the government adds for each insured person",
                                             "财政对每名参保人的补助"),
                                 .beside_is = BG_BOTH("what an insured person pays a year",
                                                      "每名参保人每年的个人缴费")},
    [BG_INCOME_WAGES] = {.amount = "wage_base",
                         .growth = "wage_growth",
                         .growth_sd = "wage_growth_sd",
                         .own = "retired",
                         .own_groups = "retired_groups",
                         .beside = "contribution_rate",
                         .amount_is = BG_BOTH("the yearly wage on which contributions are paid",
                                              "缴费工资基数（年）"),
                         .beside_is = BG_BOTH("the share of wages that goes into the pooled fund",
                                              "工资中进入统筹基金的比例")},
};

enum { FORMS = sizeof forms / sizeof *forms };

/* ---- reading ---- */

static const bg_node *form_node(const income_form *form, const bg_node *section)
{
    const bg_node *node = form->beside ? bg_node_child(section, form->beside) : NULL;
    return node ? node : bg_node_child(section, form->amount);
}

const bg_node *bg_pool_income_node(const bg_node *section)
{
    const bg_node *node = NULL;
    for (size_t i = 0; i < FORMS && !node; i++) {
        node = form_node(&forms[i], section);
    }
    return node;
}

/* Without income there is no balance to follow: figures that would say otherwise are not used. */
static void warn_unmodelled(const bg_node *section, bg_errors *errors)
{
    static const char *const keys[] = {"balance", "outside_spending", "interest", "retired",
                                       "retired_groups"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const bg_node *node = bg_node_child(section, keys[i]);
        if (node && !bg_node_is_standard(node)) {
            bg_errors_advise(errors, node->mark, node->path, BG_SAY(pool_unmodelled));
        }
    }
}

/* Whether a key belongs to one way of giving income alone, and to this one. */
static bool belongs_to(const income_form *form, const char *key)
{
    const char *const own[] = {form->growth, form->growth_sd, form->own, form->own_groups};
    bool found = false;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        found = found || (own[i] && strcmp(own[i], key) == 0);
    }
    return found;
}

static bool is_used(const income_form *used, const char *key)
{
    bool foreign = false;
    for (size_t i = 0; i < FORMS; i++) {
        foreign = foreign || (&forms[i] != used && belongs_to(&forms[i], key));
    }
    return !foreign;
}

static void warn_foreign(const bg_node *section, const income_form *used, bg_errors *errors)
{
    for (const bg_node *node = section->child; node; node = node->next) {
        if (!is_used(used, node->key) && !bg_node_is_standard(node)) {
            bg_errors_advise(errors, node->mark, node->path, BG_SAY(pool_income_of_other_form),
                             used->amount);
        }
    }
}

/* Whether the contribution is not the same in all years. */
static bool contribution_changes(const bg_pool *self)
{
    const bg_node *first = self->contribution ? self->contribution->child : NULL;
    bool changes = self->change_count > 0;
    for (const bg_node *year = first; year; year = year->next) {
        changes = changes || year->value.fen != first->value.fen;
    }
    return changes;
}

static bool is_of_enrolment(const char *key)
{
    return strcmp(key, "elasticity") == 0 || strcmp(key, "elasticity_sd") == 0 ||
           strcmp(key, "relative_cost") == 0;
}

bool bg_pool_uses(const bg_pool *self, const char *key)
{
    return self->modelled && is_used(&forms[self->kind], key) &&
           (strcmp(key, "retired") != 0 || self->groups.count == 0) &&
           (!is_of_enrolment(key) || contribution_changes(self));
}

/* Measures are read after the pools. */
static bool measures_change_it(const bg_scenario *scenario)
{
    const bg_node *measures = bg_scenario_find(scenario, "measures");
    bool any = false;
    for (const bg_node *at = measures ? measures->child : NULL; at; at = at->next) {
        any = any || bg_node_child(at, "contributions");
    }
    return any;
}

static void warn_unmoved(const bg_scenario *scenario, const bg_pool *self, const bg_node *enrolment,
                         bg_errors *errors)
{
    const bool moves =
        contribution_changes(self) || (self->contribution && measures_change_it(scenario));
    if (!bg_node_is_standard(enrolment) && !moves) {
        bg_errors_advise(errors, enrolment->mark, enrolment->path, BG_SAY(enrolment_unused));
    }
}

/* The one way in which income is given, or NULL with an error where there are two; one there is. */
static const income_form *find_form(const bg_node *section, bg_errors *errors)
{
    const income_form *found = NULL;
    for (size_t i = 0; i < FORMS; i++) {
        const bg_node *node = form_node(&forms[i], section);
        if (node && found) {
            bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(pool_income_twice),
                          form_node(found, section)->key);
            return NULL;
        }
        found = node ? &forms[i] : found;
    }
    return found;
}

static bg_status need_both(const bg_node *section, const income_form *form, bg_errors *errors)
{
    const bg_node *amount = bg_node_child(section, form->amount);
    const bg_node *beside = form->beside ? bg_node_child(section, form->beside) : amount;
    const bg_node *given = amount ? amount : beside;
    if (!given || (amount && beside)) {
        return BG_OK;
    }
    return bg_errors_say(errors, BG_MISSING, given->mark, given->path,
                         BG_SAY(pool_income_incomplete), amount ? form->beside : form->amount,
                         amount ? form->beside_is : form->amount_is);
}

/* The last entry at or before a year. */
static const bg_node *last_given(const bg_node *table, int year)
{
    const bg_node *last = NULL;
    for (const bg_node *child = table->child; child; child = child->next) {
        const bool earlier = child->limit <= year && (!last || child->limit > last->limit);
        last = earlier ? child : last;
    }
    return last;
}

/* What holds in a year: what is said of it, else the last that was said before; NULL if nothing was. */
static const bg_node *holding_in(const bg_node *by_year, int year)
{
    const bg_node *node = bg_node_in_year(by_year, year);
    return node ? node : last_given(by_year, year);
}

static bg_status need_first_year(const bg_node *by_year, int first_year, bg_errors *errors)
{
    if (!by_year || holding_in(by_year, first_year)) {
        return BG_OK;
    }
    return bg_errors_say(errors, BG_MISSING, by_year->mark, by_year->path,
                         BG_SAY(pool_income_of_first_year), by_year->key, first_year);
}

/* ---- who of the people is retired ---- */

static bg_status mark_retired(bg_pool *self, const char *name, const bg_node *node,
                              const char *scheme, bg_errors *errors)
{
    const size_t i = bg_groups_find(&self->groups, name);
    if (i == self->groups.count) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(group_unknown),
                             name, scheme);
    }
    self->is_retired[i] = true;
    return BG_OK;
}

/* Leaves no groups where none is retired. */
static bg_status read_retired(const bg_scenario *scenario, const char *scheme,
                              const bg_node *section, bg_pool *self, bg_errors *errors)
{
    const bg_node *named = bg_node_child(section, "retired_groups");
    bg_status status = BG_OK;
    bg_groups_open(bg_node_child(bg_scenario_find(scenario, "people"), scheme), &self->groups);
    for (const bg_node *of = named ? named->child : NULL; of; of = of->next) {
        bg_first(&status, mark_retired(self, of->text, of, scheme, errors));
    }
    const size_t usual = bg_groups_find(&self->groups, "retired");
    if (!named && usual == self->groups.count) {
        self->groups.count = 0;
    } else if (!named) {
        self->is_retired[usual] = true;
    }
    if (self->groups.count > 0 && !bg_node_is_standard(self->retired)) {
        return bg_errors_say(errors, BG_INVALID, self->retired->mark, self->retired->path,
                             BG_SAY(retired_twice), scheme);
    }
    return status;
}

static bg_status read_form(const bg_node *section, const income_form *form, bg_pool *self,
                           bg_errors *errors)
{
    bg_status status = need_both(section, form, errors);
    if (status) {
        return status;
    }
    const bg_node *beside = form->beside ? bg_node_child(section, form->beside) : NULL;
    self->modelled = true;
    self->kind = (bg_income_kind)(form - forms);
    self->amount = bg_node_child(section, form->amount);
    self->growth = bg_node_decimal(section, form->growth);
    self->growth_sd = form->growth_sd ? bg_node_decimal(section, form->growth_sd) : 0;
    self->contribution = self->kind == BG_INCOME_CONTRIBUTIONS ? beside : NULL;
    self->rate = self->kind == BG_INCOME_WAGES ? beside : NULL;
    self->retired = self->kind == BG_INCOME_WAGES ? bg_node_child(section, "retired") : NULL;
    const bg_node *const by_year[] = {self->amount, beside, self->retired};
    for (size_t i = 0; i < sizeof by_year / sizeof *by_year; i++) {
        bg_first(&status, need_first_year(by_year[i], self->first_year, errors));
    }
    return status;
}

static double number(const bg_node *node)
{
    return (double)node->value.decimal / (double)BG_ONE;
}

/* Sure, or of a normal logarithm between what it falls short of and exceeds with a chance of a tenth each. */
static bg_status read_relative_cost(const bg_node *node, bg_pool *self, bg_errors *errors)
{
    const bg_node *sure = bg_node_child(node, "cost");
    const bg_node *low = bg_node_child(node, "p10"), *high = bg_node_child(node, "p90");
    if (sure ? low || high : !low || !high) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                             BG_SAY(relative_cost_form));
    }
    if (sure) {
        self->relative_cost = number(sure);
        return BG_OK;
    }
    if (low->value.decimal >= high->value.decimal) {
        return bg_errors_say(errors, BG_RANGE, high->mark, high->path,
                             BG_SAY(relative_cost_not_above));
    }
    self->relative_cost = sqrt(number(low) * number(high));
    self->relative_cost_sd = bg_log(number(high) / number(low)) / (2 * BG_P90_NORMAL);
    return BG_OK;
}

bg_status bg_pool_read(const bg_scenario *scenario, const char *scheme, int first_year,
                       bg_pool *self, bg_errors *errors)
{
    *self = (bg_pool){.first_year = first_year};
    const bg_node *section = bg_node_child(bg_scenario_find(scenario, "pool"), scheme);
    if (!bg_pool_income_node(section)) {
        warn_unmodelled(section, errors);
        return BG_OK;
    }
    const income_form *form = find_form(section, errors);
    if (!form) {
        return BG_INVALID;
    }
    warn_foreign(section, form, errors);
    self->opening = bg_node_fen(section, "balance");
    const bg_node *interest = bg_node_child(section, "interest");
    self->interest = interest ? interest->value.decimal : 0;
    const bg_node *enrolment = bg_node_child(section, "enrolment");
    self->elasticity = bg_node_double(enrolment, "elasticity");
    self->elasticity_sd = bg_node_double(enrolment, "elasticity_sd");
    const bg_node *bounds = bg_node_child(section, "bounds");
    self->surplus_bound = bg_node_decimal(bounds, "surplus");
    self->balance_bound = bg_node_decimal(bounds, "balance");
    self->outside_spending = bg_node_child(section, "outside_spending");
    bg_status status = read_form(section, form, self, errors);
    bg_first(&status, read_relative_cost(bg_node_child(enrolment, "relative_cost"), self, errors));
    if (self->kind == BG_INCOME_WAGES) {
        bg_first(&status, read_retired(scenario, scheme, section, self, errors));
    }
    warn_unmoved(scenario, self, enrolment, errors);
    return status;
}

/* ---- income of a year ---- */

int bg_pool_amount_year(const bg_pool *self, int year)
{
    if (self->amount->kind == BG_NODE_VALUE) {
        return self->first_year;
    }
    return bg_node_in_year(self->amount, year) ? year : (int)last_given(self->amount, year)->limit;
}

bg_fen bg_pool_contribution(const bg_pool *self, int year)
{
    bg_fen contribution = holding_in(self->contribution, year)->value.fen;
    for (size_t i = 0; i < self->change_count; i++) {
        const bg_contribution_change *change = &self->change[i];
        if (!change->off && change->first_year <= year && year <= change->last_year) {
            /* At most 10^7 fen, by 11 at most, sixteen times over: cut long before it could not fit. */
            (void)bg_money_times(contribution, change->factor, &contribution);
        }
    }
    return contribution;
}

/* The earliest entry of a table by year, which has one of a former or the first budget year. */
static const bg_node *first_given(const bg_node *table)
{
    const bg_node *first = table->child;
    for (const bg_node *child = table->child; child; child = child->next) {
        first = child->limit < first->limit ? child : first;
    }
    return first;
}

double bg_pool_contribution_ratio(const bg_pool *self, int base_year, int year)
{
    if (!self->contribution) {
        return 1;
    }
    const bg_node *base = holding_in(self->contribution, base_year);
    const double before = (double)(base ? base : first_given(self->contribution))->value.fen;
    const double now = (double)bg_pool_contribution(self, year);
    if (now >= before * MOST_RATIO) {
        return before > 0 || now > 0 ? MOST_RATIO : 1;
    }
    return now * MOST_RATIO <= before ? 1 / MOST_RATIO : now / before;
}

static bg_decimal share_in(const bg_node *by_year, int year)
{
    return holding_in(by_year, year)->value.decimal;
}

static bg_decimal retired_in(const bg_pool *self, int year)
{
    if (self->groups.count == 0) {
        return share_in(self->retired, year);
    }
    double share = 0;
    for (size_t i = 0; i < self->groups.count; i++) {
        share += self->is_retired[i] ? bg_groups_share(&self->groups, i, year) : 0;
    }
    return share < 1 ? (bg_decimal)(share * (double)BG_ONE + 0.5) : BG_ONE;
}

/* factor (1 + growth)^years, each product rounded to 10^-12. */
static bg_status grow(const bg_pool *self, int years, bg_decimal *factor)
{
    bg_status status = BG_OK;
    for (int y = 0; y < years && !status; y++) {
        status = bg_decimal_times(*factor, BG_ONE + self->growth, factor);
    }
    return status;
}

/* Part of the amount that a person brings in: all of it, or of wages what those in work pay. */
static bg_status share_of_amount(const bg_pool *self, int year, bg_decimal *share)
{
    *share = BG_ONE;
    return self->kind != BG_INCOME_WAGES ? BG_OK
                                         : bg_decimal_times(share_in(self->rate, year),
                                                            BG_ONE - retired_in(self, year), share);
}

static bg_status times_people(size_t n, const bg_fen *people, bg_fen a_head, bg_fen *amount)
{
    const bg_columns *columns = bg_columns_current();
    if (!columns->all_within(n, people, 0, a_head ? INT64_MAX / a_head : INT64_MAX)) {
        return BG_OVERFLOW;
    }
    columns->scale(n, people, a_head, amount);
    return BG_OK;
}

/* Times a factor of each of n <= STRIP units, rounded to the fen. */
static bg_status times_each(size_t n, const bg_fen *amount, double share, const double *growth,
                            bg_fen *product)
{
    double exact[STRIP];
    for (size_t i = 0; i < n; i++) {
        exact[i] = (double)amount[i] * share * growth[i];
    }
    return bg_columns_current()->whole(n, exact, product) ? BG_OK : BG_OVERFLOW;
}

/* The part of n <= STRIP units that grows. */
static bg_status growing_part(const bg_pool *self, int year, size_t n, const bg_fen *people,
                              const double *growth, bg_fen *part)
{
    const int since = bg_pool_amount_year(self, year);
    bg_decimal factor;
    bg_status status = share_of_amount(self, year, &factor);
    bg_first(&status, times_people(n, people, holding_in(self->amount, since)->value.fen, part));
    if (growth && since < year) {
        return status ? status : times_each(n, part, (double)factor / (double)BG_ONE, growth, part);
    }
    bg_first(&status, grow(self, year - since, &factor));
    return status ? status : bg_column_times(n, part, factor, part);
}

static bg_status income_of(const bg_pool *self, int year, size_t n, const double *people,
                           const double *growth, bg_fen *income)
{
    bg_fen whole[STRIP], paid[STRIP];
    if (!bg_columns_current()->whole(n, people, whole)) {
        return BG_RANGE;
    }
    bg_status status = growing_part(self, year, n, whole, growth, income);
    if (status || !self->contribution) {
        return status;
    }
    status = times_people(n, whole, bg_pool_contribution(self, year), paid);
    return status ? status : bg_column_add(n, income, paid, income);
}

bg_status bg_pool_income(const bg_pool *self, int year, size_t n, const double *people,
                         const double *growth, bg_fen *income)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < n && !status; i += STRIP) {
        const size_t size = n - i < STRIP ? n - i : STRIP;
        status = income_of(self, year, size, people + i, growth ? growth + i : NULL, income + i);
    }
    return status;
}
