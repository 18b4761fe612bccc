#include "demand/spillover.h"

#include "demand/mix.h"

/* Whether the line is outpatient care whose price the terms change. */
static bool changes_price(const bg_demand *demand, const bg_drivers *drivers, size_t line,
                          size_t scheme)
{
    const bg_line_benefit *benefit = drivers->benefit[line];
    return demand->line[line].scheme == scheme && demand->line[line].price_weight > 0 && benefit &&
           benefit->price_share > 0;
}

/* By changed terms, with the levels that the line has in the future. */
static bg_line_payment paid_at(const bg_demand *demand, const bg_drivers *drivers, size_t line,
                               size_t future)
{
    const double payment = drivers->in_force[line][future];
    if (!drivers->mix[line][0][0]) {
        return bg_line_benefit_at(drivers->benefit[line], payment);
    }
    const bg_line_benefit terms = bg_mix_terms(demand, drivers, line, future);
    return bg_line_benefit_at(&terms, payment);
}

double bg_outpatient_log_price(const bg_demand *demand, const bg_drivers *drivers, size_t scheme,
                               size_t i)
{
    double sum = 0;
    for (size_t line = 0; line < demand->line_count; line++) {
        if (changes_price(demand, drivers, line, scheme)) {
            const bg_line_benefit *benefit = drivers->benefit[line];
            const double covered = paid_at(demand, drivers, line, i).covered;
            sum += demand->line[line].price_weight * bg_log_price(covered, benefit->price_share);
        }
    }
    return sum;
}

static bool price_changes(const bg_demand *demand, const bg_drivers *drivers, size_t scheme)
{
    bool changes = false;
    for (size_t line = 0; line < demand->line_count && !changes; line++) {
        changes = changes_price(demand, drivers, line, scheme);
    }
    return changes;
}

static void substitute(const bg_demand *demand, size_t n, const double *elasticity, size_t line,
                       const bg_drivers *own, bg_drivers *drivers)
{
    const size_t scheme = demand->line[line].scheme;
    const double *cases = drivers->cases[line];
    double *changed = own->cases[line];
    for (size_t i = 0; i < n; i++) {
        const double price = bg_outpatient_log_price(demand, drivers, scheme, i);
        changed[i] = cases[i] * bg_exp(-price * elasticity[i]);
    }
    drivers->cases[line] = changed;
}

/* Of what is paid, the cap cuts off `cut`. */
static double cut_off(const bg_demand *demand, const bg_drivers *drivers, size_t line,
                      size_t future)
{
    const bg_line_payment at = paid_at(demand, drivers, line, future);
    return at.ratio > 0 ? at.cut / at.ratio : 0;
}

/* As admissions of the line `to`, at what one costs there. */
static void admit(const bg_demand *demand, size_t n, const double *share, size_t line, size_t to,
                  const bg_drivers *own, bg_drivers *drivers)
{
    const double *cases = drivers->cases[line], *cost = drivers->cost[line];
    const double *before = drivers->cases[to], *each = drivers->cost[to];
    double *admitted = own->cases[to];
    for (size_t i = 0; i < n; i++) {
        const double paid = cases[i] * cost[i];
        const double cut = paid * cut_off(demand, drivers, line, i);
        admitted[i] = before[i] + (each[i] > 0 ? share[i] * cut / each[i] : 0);
    }
    drivers->cases[to] = admitted;
}

/* As further visits of the line itself; its columns are its own since it was paid by changed terms. Bills are
 * divided among more days, so that patients pay what is left of the same. */
static void visit_again(const bg_demand *demand, size_t n, const double *share, size_t line,
                        bg_drivers *drivers)
{
    double *cases = drivers->cases[line], *patients = drivers->patients[line];
    for (size_t i = 0; i < n; i++) {
        const double cut = cut_off(demand, drivers, line, i);
        const double more = 1 + share[i] * cut;
        const double left = (1 + patients[i]) / more - 1;
        cases[i] *= more;
        patients[i] = patients[i] > 0 && left > 0 ? left : 0;
    }
}

void bg_drivers_spill(const bg_demand *demand, size_t n, const bg_change_sizes *sizes,
                      const bg_drivers *own, bg_drivers *drivers)
{
    for (size_t i = 0; i < demand->line_count && demand->benefit_count > 0; i++) {
        const bg_demand_line *line = &demand->line[i];
        if (line->substitutes && price_changes(demand, drivers, line->scheme)) {
            substitute(demand, n, sizes->substitution[i], i, own, drivers);
        }
    }
    for (size_t i = 0; i < demand->line_count && demand->benefit_count > 0; i++) {
        const bg_demand_line *line = &demand->line[i];
        if (!drivers->benefit[i] || !drivers->benefit[i]->cuts) {
            continue;
        }
        if (line->admits) {
            admit(demand, n, sizes->returns[i][BG_RETURN_ADMISSIONS], i, line->admits_to, own,
                  drivers);
        }
        visit_again(demand, n, sizes->returns[i][BG_RETURN_VISITS], i, drivers);
    }
}
