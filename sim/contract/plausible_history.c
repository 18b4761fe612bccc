/* The past years beside what is known: of each scheme and year the first thing that is unusual is said, and
 * what follows from it is not. */
#include "contract/plausible.h"

#include "base/elementary.h"
#include "contract/messages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PHRASE = 192 };

typedef struct review {
    const bg_contract *contract;
    const bg_history *history;
    bg_errors *errors;
    bool said[BG_MAX_SCHEMES][BG_MAX_HISTORY_YEARS];
} review;

/* Powers of ten by which amounts are off: units; also digits too many or too few. */
static const double units_off[] = {1e4, 1e-4, 1e8, 1e-8, 0};
static const double slips[] = {10, 0.1, 1e4, 1e-4, 1e8, 1e-8, 0};

/* ---- places ---- */

static const bg_node *year_node(const review *self, size_t year)
{
    char key[16];
    snprintf(key, sizeof key, "%d", self->history->year[year]);
    return bg_node_child(bg_scenario_find(self->contract->scenario, "history"), key);
}

static const bg_node *line_node(const review *self, const bg_line *line, size_t year)
{
    const bg_node *years = year_node(self, year);
    const bg_node *node = years ? years->child : NULL;
    while (node && strcmp(bg_full_line_name(node->key), bg_full_line_name(line->name)) != 0) {
        node = node->next;
    }
    return node;
}

/* A payment of the scheme in the year; *alone where it is the only one. */
static const bg_node *payment_node(const review *self, size_t scheme, size_t year, bool *alone)
{
    const char *name = self->history->scheme[scheme].name;
    const bg_node *years = year_node(self, year), *found = NULL;
    *alone = true;
    for (const bg_node *line = years ? years->child : NULL; line; line = line->next) {
        if (strncmp(bg_full_line_name(line->key), name, strlen(name)) == 0) {
            *alone = !found;
            found = found ? found : bg_node_child(line, "paid");
        }
    }
    return found;
}

static const char *scheme_in_year(const review *self, size_t scheme, size_t year,
                                  char buffer[PHRASE])
{
    const int number = self->history->year[year];
    snprintf(buffer, PHRASE, "%s" BG_BOTH(" in %d", "%d年"),
             bg_scheme_words(self->history->scheme[scheme].name), number, number);
    return buffer;
}

static const char *line_in_year(const review *self, const bg_line *line, size_t year,
                                char buffer[PHRASE])
{
    const int number = self->history->year[year];
    snprintf(buffer, PHRASE, "%s" BG_BOTH(" in %d", "（%d年）"), line->name, number, number);
    return buffer;
}

/* ---- the size of the payments ---- */

static void mark_all_years(review *self, size_t scheme)
{
    for (size_t y = 0; y < self->history->year_count; y++) {
        self->said[scheme][y] = true;
    }
}

/* The national figure of the year, or of the first one known after it; 0 if none is known. */
static double national_per_head(const review *self, size_t scheme, int year)
{
    char path[64];
    snprintf(path, sizeof path, "people[%s].spend_per_head", self->history->scheme[scheme].name);
    const bg_node *table = bg_scenario_find(self->contract->scenario, path);
    const bg_node *found = bg_node_in_year(table, year);
    for (const bg_node *each = table ? table->child : NULL; each && !found; each = each->next) {
        found = each->limit > year ? each : NULL;
    }
    return found ? (double)found->value.fen / 100 : 0;
}

/* Of the last year, whose people are known or, without a number, follow from its payments. */
static void check_size(review *self, size_t scheme)
{
    const bg_scheme *of = &self->history->scheme[scheme];
    const size_t last = self->history->year_count - 1;
    const double national = national_per_head(self, scheme, self->history->year[last]);
    const double paid = (double)of->paid_fen[last] / 100;
    const bg_plausible_id check = of->people_assumed ? BG_PLAUSIBLE_people : BG_PLAUSIBLE_per_head;
    if (national <= 0 || of->people <= 0) {
        return;
    }
    const double value = of->people_assumed ? paid / national : paid / of->people;
    const double scale = of->people_assumed ? 1 : national;
    char what[PHRASE], beside[PHRASE], hint[BG_PLAUSIBLE_TEXT];
    bool alone;
    const bg_node *payment = payment_node(self, scheme, last, &alone);
    if (of->people_assumed) {
        char en[BG_AMOUNT_TEXT], zh[BG_AMOUNT_TEXT];
        const bg_scenario *scenario = self->contract->scenario;
        snprintf(beside, sizeof beside, BG_BOTH(" (%s in all)", "（合计%s）"),
                 bg_plausible_amount(scenario, paid * 100, "en", en),
                 bg_plausible_amount(scenario, paid * 100, "zh", zh));
    } else {
        char shown[32];
        bg_plausible_number(national, shown);
        snprintf(beside, sizeof beside, BG_BOTH(" (nationwide %s)", "（全国%s元）"), shown, shown);
    }
    bg_plausible_unit(self->contract->scenario, payment,
                      bg_plausible_factor(check, value, scale, units_off), alone, hint);
    const bg_node *place = alone && payment ? payment : year_node(self, last);
    if (!bg_plausible_judge(check,
                            &(bg_measured){.what = scheme_in_year(self, scheme, last, what),
                                           .value = value,
                                           .scale = scale,
                                           .beside = beside,
                                           .hint = hint,
                                           .mark = place->mark,
                                           .path = place->path},
                            self->errors)) {
        mark_all_years(self, scheme);
    }
}

/* ---- figures from year to year ---- */

/* Of one scheme or line; a figure of 0 or less is not known. */
typedef struct series {
    bg_plausible_id check;
    size_t scheme;
    const bg_line *line; /* NULL: of the scheme */
    double figure[BG_MAX_HISTORY_YEARS];
} series;

static double change(const series *self, size_t from, size_t to)
{
    const double log = bg_log(self->figure[to] / self->figure[from]) / ((double)to - (double)from);
    return bg_exp(log);
}

/* How far a year lies from the nearest of the others but one; INFINITY where there are none. */
static double distance(const review *all, const series *self, size_t year, size_t but)
{
    double nearest = INFINITY;
    for (size_t y = 0; y < all->history->year_count; y++) {
        if (y != year && y != but && self->figure[y] > 0) {
            nearest = fmin(nearest, fabs(bg_log(self->figure[y] / self->figure[year])));
        }
    }
    return nearest;
}

/* Which of two years that do not fit is the one that is wrong. */
static size_t blamed(const review *all, const series *self, size_t before, size_t after)
{
    return distance(all, self, before, after) > distance(all, self, after, before) ? before : after;
}

/* What is likely meant: an amount, or another number of cases. */
static void slip_hint(const review *all, const series *self, size_t wrong, size_t other,
                      const bg_node *amount, bool alone, char hint[BG_PLAUSIBLE_TEXT])
{
    const bool later = wrong > other;
    const double ratio = later ? change(self, other, wrong) : change(self, wrong, other);
    double factors[sizeof slips / sizeof *slips];
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        factors[i] = later || slips[i] <= 0 ? slips[i] : 1 / slips[i];
    }
    double factor = bg_plausible_factor(self->check, ratio, 1, factors);
    factor = later || factor <= 0 ? factor : 1 / factor;
    hint[0] = '\0';
    if (self->check == BG_PLAUSIBLE_growth) {
        bg_plausible_unit(all->contract->scenario, amount, factor, alone, hint);
    } else if (self->check == BG_PLAUSIBLE_cases && factor > 0) {
        char meant[32];
        bg_plausible_number(self->figure[wrong] * factor, meant);
        snprintf(hint, BG_PLAUSIBLE_TEXT, BG_BOTH(" Did you mean some %s?", "是否指约 %s？"), meant,
                 meant);
    }
}

/* A figure of a series: payments in the unit of money, else a number. */
static const char *figure_text(const review *all, const series *self, size_t year,
                               const char *language, char buffer[BG_AMOUNT_TEXT])
{
    char number[32];
    if (!self->line) {
        return bg_plausible_amount(all->contract->scenario, 100 * self->figure[year], language,
                                   buffer);
    }
    snprintf(buffer, BG_AMOUNT_TEXT, "%s", bg_plausible_number(self->figure[year], number));
    return buffer;
}

static void say_change(review *all, const series *self, size_t before, size_t after)
{
    const size_t wrong = blamed(all, self, before, after);
    const int earlier = all->history->year[before];
    char what[PHRASE], beside[4 * BG_AMOUNT_TEXT], hint[BG_PLAUSIBLE_TEXT];
    char from[2][BG_AMOUNT_TEXT], to[2][BG_AMOUNT_TEXT];
    bool alone = true;
    const bg_node *amount = self->line ? NULL : payment_node(all, self->scheme, wrong, &alone);
    const bg_node *place = self->line        ? line_node(all, self->line, wrong)
                           : alone && amount ? amount
                                             : year_node(all, wrong);
    snprintf(beside, sizeof beside, BG_BOTH(" (%s after %s in %d)", "（%s，而%d年为%s）"),
             figure_text(all, self, after, "en", to[0]),
             figure_text(all, self, before, "en", from[0]), earlier,
             figure_text(all, self, after, "zh", to[1]), earlier,
             figure_text(all, self, before, "zh", from[1]));
    slip_hint(all, self, wrong, wrong == before ? after : before, amount, alone, hint);
    bg_plausible_judge(self->check,
                       &(bg_measured){.what = self->line
                                                  ? line_in_year(all, self->line, after, what)
                                                  : scheme_in_year(all, self->scheme, after, what),
                                      .value = change(self, before, after),
                                      .beside = beside,
                                      .hint = hint,
                                      .mark = place->mark,
                                      .path = place->path},
                       all->errors);
    all->said[self->scheme][wrong] = true;
}

/* Each year beside the last one before it in which nothing was found. */
static void check_series(review *all, const series *self)
{
    for (size_t y = 1; y < all->history->year_count; y++) {
        const bool *said = all->said[self->scheme];
        size_t before = y;
        while (before > 0 && (said[before - 1] || self->figure[before - 1] <= 0)) {
            before--;
        }
        if (before > 0 && !said[y] && self->figure[y] > 0 &&
            !bg_plausible_is_usual(self->check, change(self, before - 1, y), 1)) {
            say_change(all, self, before - 1, y);
        }
    }
}

static void check_growth(review *self, size_t scheme)
{
    series growth = {.check = BG_PLAUSIBLE_growth, .scheme = scheme};
    for (size_t y = 0; y < self->history->year_count; y++) {
        growth.figure[y] = (double)self->history->scheme[scheme].paid_fen[y] / 100;
    }
    check_series(self, &growth);
}

static void check_line(review *self, const bg_line *line)
{
    series cases = {.check = BG_PLAUSIBLE_cases, .scheme = (size_t)line->scheme, .line = line};
    series payment = cases;
    payment.check = BG_PLAUSIBLE_case_payment;
    for (size_t y = 0; y < self->history->year_count; y++) {
        cases.figure[y] = (double)line->year[y].cases;
        payment.figure[y] =
            line->year[y].cases > 0 ? (double)line->year[y].paid_fen / 100 / cases.figure[y] : 0;
    }
    check_series(self, &cases);
    check_series(self, &payment);
}

/* ---- a line's bills ---- */

static void check_fund_share(review *self, const bg_line *line, size_t year)
{
    const bg_history_cell *cell = &line->year[year];
    const bg_node *place = line_node(self, line, year);
    if (self->said[line->scheme][year] || cell->cost_fen <= 0 || cell->paid_fen <= 0 || !place) {
        return;
    }
    char what[PHRASE];
    self->said[line->scheme][year] =
        !bg_plausible_judge(BG_PLAUSIBLE_fund_share,
                            &(bg_measured){.what = line_in_year(self, line, year, what),
                                           .value = (double)cell->paid_fen / (double)cell->cost_fen,
                                           .beside = "",
                                           .hint = "",
                                           .mark = place->mark,
                                           .path = place->path},
                            self->errors);
}

/* ---- how much care ---- */

static bool is_service(const bg_line *line, const char *service)
{
    return strcmp(line->service, service) == 0;
}

/* What all lines of a scheme come to in a year. */
typedef struct care {
    double cases, discharges, visits;
    bool complete; /* every line has cases, and there are both kinds */
} care;

static care care_of(const review *self, size_t scheme, size_t year)
{
    care sum = {.complete = true};
    for (size_t i = 0; i < self->history->line_count; i++) {
        const bg_line *line = &self->history->line[i];
        if ((size_t)line->scheme != scheme) {
            continue;
        }
        const double cases = (double)line->year[year].cases;
        sum.complete = sum.complete && cases > 0 && line->year[year].paid_fen > 0;
        sum.cases += cases > 0 ? cases : 0;
        sum.discharges += cases > 0 && is_service(line, "inpatient") ? cases : 0;
        sum.visits += cases > 0 && (is_service(line, "outpatient") || is_service(line, "chronic"))
                          ? cases
                          : 0;
    }
    sum.complete = sum.complete && sum.discharges > 0 && sum.visits > 0;
    return sum;
}

static void check_care(review *self, size_t scheme, size_t year, bg_plausible_id check,
                       double value)
{
    const bg_node *place = year_node(self, year);
    char what[PHRASE];
    if (self->said[scheme][year] || value <= 0 || !place) {
        return;
    }
    self->said[scheme][year] =
        !bg_plausible_judge(check,
                            &(bg_measured){.what = scheme_in_year(self, scheme, year, what),
                                           .value = value,
                                           .beside = "",
                                           .hint = "",
                                           .mark = place->mark,
                                           .path = place->path},
                            self->errors);
}

/* People are known of the last year only. */
static void check_people(review *self, size_t scheme)
{
    const bg_scheme *of = &self->history->scheme[scheme];
    const size_t last = self->history->year_count - 1;
    const care sum = care_of(self, scheme, last);
    if (!of->people_assumed && of->people > 0) {
        check_care(self, scheme, last, BG_PLAUSIBLE_discharges, 100 * sum.discharges / of->people);
        check_care(self, scheme, last, BG_PLAUSIBLE_visits, sum.visits / of->people);
    }
}

static void check_scheme(review *self, size_t scheme)
{
    check_size(self, scheme);
    check_growth(self, scheme);
    for (size_t i = 0; i < self->history->line_count; i++) {
        const bg_line *line = &self->history->line[i];
        if ((size_t)line->scheme == scheme) {
            check_line(self, line);
            for (size_t y = 0; y < self->history->year_count; y++) {
                check_fund_share(self, line, y);
            }
        }
    }
    check_people(self, scheme);
    for (size_t y = 0; y < self->history->year_count; y++) {
        const care sum = care_of(self, scheme, y);
        if (sum.complete) {
            check_care(self, scheme, y, BG_PLAUSIBLE_person_time,
                       (double)self->history->scheme[scheme].paid_fen[y] / 100 / sum.cases);
        }
    }
}

void bg_contract_judge(const bg_contract *contract, bg_errors *errors)
{
    review all = {.contract = contract, .history = &contract->history, .errors = errors};
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        check_scheme(&all, s);
    }
    bg_plausible_totals(&contract->history, errors);
    bg_amounts_judge(contract, errors);
    bg_scores_judge(contract->scenario, errors);
}
