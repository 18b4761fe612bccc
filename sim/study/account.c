#include "study/account.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool bg_account_known(const bg_model *model, const bg_projection *projection)
{
    return model->contract.accounts && bg_projection_care(projection, true, 0, 0);
}

size_t bg_account_institution_count(const bg_model *model)
{
    return bg_accounts_institution_count(model->contract.accounts);
}

const char *bg_account_institution(const bg_model *model, size_t institution)
{
    const bg_plan *plan = model->contract.plan[0];
    return bg_plan_institution_count(plan) ? bg_plan_institution(plan, institution) : "community";
}

/* Whether the line is of the unit: of the scheme, or of all. */
static bool is_of(const bg_model *model, size_t unit, size_t line)
{
    const bg_history *history = &model->contract.history;
    return unit >= history->scheme_count || (size_t)history->line[line].scheme == unit;
}

static bool is_inside(const bg_model *model, size_t line)
{
    return model->contract.history.line[line].place == BG_PLACE_IN;
}

static bg_account account_of(const bg_model *model, const bg_projection *projection, size_t unit,
                             size_t year, size_t institution, bool response)
{
    const bg_accounts *accounts = model->contract.accounts;
    bg_account self = {0};
    for (size_t line = 0; line < model->contract.history.line_count; line++) {
        const bg_line_care *care = bg_projection_care(projection, response, line, year);
        const double bills = (care->paid + care->patients) *
                             bg_accounts_part(accounts, line, institution) *
                             (is_of(model, unit, line) ? 1 : 0);
        self.revenue += bills;
        self.variable_cost += bills * bg_accounts_variable_cost(accounts, line);
    }
    self.margin = self.revenue - self.variable_cost;
    return self;
}

bg_account bg_account_before(const bg_model *model, const bg_projection *projection, size_t unit,
                             size_t year, size_t institution)
{
    return account_of(model, projection, unit, year, institution, false);
}

static double mean_of(const bg_projection *projection, size_t unit, size_t year, size_t outcome)
{
    const bg_statistics *of = bg_projection_statistics(projection, unit, year, outcome);
    return of ? of->mean : NAN;
}

static double kept_by(const bg_model *model, const bg_projection *projection, size_t unit,
                      size_t year, size_t institution)
{
    if (!bg_plan_institution_count(model->contract.plan[0])) {
        return mean_of(projection, unit, year, BG_OUTCOME_result) -
               mean_of(projection, unit, year, BG_OUTCOME_disallowed);
    }
    char name[128];
    snprintf(name, sizeof name, "institution.%s", bg_account_institution(model, institution));
    const int outcome = bg_projection_outcome_index(projection, name);
    return outcome < 0 ? NAN : mean_of(projection, unit, year, (size_t)outcome);
}

bg_account bg_account_under(const bg_model *model, const bg_projection *projection, size_t unit,
                            size_t year, size_t institution)
{
    bg_account self = account_of(model, projection, unit, year, institution, true);
    self.kept = kept_by(model, projection, unit, year, institution);
    self.margin += self.kept;
    return self;
}

/* ---- one more case ---- */

/* What the fund pays for a case of the same service outside the county; NaN if there is none. */
static double paid_outside(const bg_model *model, const bg_projection *projection, size_t line,
                           size_t year)
{
    const bg_history *history = &model->contract.history;
    const bg_line *inside = &history->line[line];
    for (size_t i = 0; i < history->line_count; i++) {
        const bg_line *of = &history->line[i];
        const bg_line_care *care = bg_projection_care(projection, true, i, year);
        if (of->scheme == inside->scheme && of->place == BG_PLACE_OUT && of->has_cases &&
            care->cases > 0 && strcmp(of->service, inside->service) == 0) {
            return care->paid / care->cases;
        }
    }
    return NAN;
}

bool bg_case_margin_find(const bg_model *model, const bg_projection *projection, size_t line,
                         size_t year, double kept, bg_case_margin *self)
{
    const bg_line_care *care = bg_projection_care(projection, true, line, year);
    if (!is_inside(model, line) || !model->contract.history.line[line].has_cases ||
        !(care->cases > 0)) {
        return false;
    }
    const double bill = (care->paid + care->patients) / care->cases;
    const double paid = care->paid / care->cases;
    const double cost = bill * bg_accounts_variable_cost(model->contract.accounts, line);
    const double under = bill - kept * paid - cost;
    *self = (bg_case_margin){.bill = bill,
                             .paid = paid,
                             .variable_cost = cost,
                             .before = bill - cost,
                             .under = under,
                             .home = under + kept * paid_outside(model, projection, line, year)};
    return true;
}

/* ---- what care becomes ---- */

/* Sums over the lines of a scheme, as they are or as if providers did nothing. */
typedef struct care_sums {
    double cases, outside, bills, patients;
} care_sums;

static void add_line(const bg_model *model, const bg_projection *projection, size_t line,
                     size_t year, bool response, care_sums *sums)
{
    const bg_line_care *care = bg_projection_care(projection, response, line, year);
    const bg_line_care *usual = bg_projection_care(projection, false, line, year);
    /* A line without cases counts by its payments. */
    const double weight = care->cases > 0 ? usual->cases / care->cases : 1;
    const bool inside = is_inside(model, line);
    sums->cases += care->cases;
    sums->patients += care->patients;
    sums->outside += inside ? 0 : care->cases;
    sums->bills += inside ? (care->paid + care->patients) * weight : 0;
}

static double relative(double now, double usual)
{
    return usual > 0 ? now / usual - 1 : 0;
}

bg_care_change bg_care_change_find(const bg_model *model, const bg_projection *projection,
                                   size_t scheme, size_t year)
{
    care_sums now = {0}, usual = {0};
    for (size_t line = 0; line < model->contract.history.line_count; line++) {
        if (is_of(model, scheme, line)) {
            add_line(model, projection, line, year, true, &now);
            add_line(model, projection, line, year, false, &usual);
        }
    }
    const double heavier =
        bg_demand_provider_mean(model->demand, BG_PROVIDERS_KEEP_HEAVIER, scheme, year);
    return (bg_care_change){.cases = relative(now.cases, usual.cases),
                            .bill = relative(now.bills / heavier, usual.bills),
                            .home = usual.outside - now.outside,
                            .patients = now.patients - usual.patients,
                            .bills = usual.patients > 0};
}
