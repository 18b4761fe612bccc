#include "workload.h"

#include <math.h>

static const double count[] = {4000, 500, 200000, 30000, 150000, 20000}; /* a month of year 0 */
static const double claim[] = {4200, 12500, 65, 180, 48, 350};
static const double growth[] = {0.05, 0.07, 0.06, 0.08, 0.05, 0.06};
static const double exposure[] = {1, 0.5, 0.3, 0.2, 0.6, 0.8};
static const double history[] = {594e6, 630e6, 667.8e6};

/* By name: chronic.in, inpatient.in, inpatient.out, other.in, outpatient.in, smallclaims.in. */
const size_t workload_line[] = {1, 2, 4, 0, 5, 3};

double workload_mean(size_t i, int y)
{
    const double multiplier = exp(0.12 + 0.10 * 0.10 / 2);
    return 12 * count[i] * claim[i] * pow(1 + growth[i], y) *
           (1 + 0.08 * exposure[i] * (multiplier - 1));
}

static double mean_spent(int y)
{
    double sum = 0;
    for (size_t i = 0; i < WORKLOAD_LINES; i++) {
        sum += workload_mean(i, y);
    }
    return y > 0 ? sum : history[y + 2];
}

double workload_mean_surplus(int y)
{
    const double budget = 1.17 * (mean_spent(y - 3) + mean_spent(y - 2) + mean_spent(y - 1)) / 3;
    return 0.95 * budget - mean_spent(y);
}

workload_state workload_start(void)
{
    return (workload_state){.spent = {history[0], history[1], history[2]}};
}

double workload_settle(workload_state *self, double spent)
{
    const double budget = 1.17 * (self->spent[0] + self->spent[1] + self->spent[2]) / 3;
    const double payable = 0.95 * budget;
    const double overspend = fmax(spent - payable, 0);
    const double first = fmin(overspend, 0.05 * payable);
    const double second = fmin(overspend - first, 0.05 * payable);
    self->risk += 0.03 * budget;
    self->reserve += 0.02 * budget;
    const double by_risk = fmin(0.6 * first + 0.3 * second, self->risk);
    const double by_reserve = fmin(overspend - by_risk, self->reserve);
    self->risk -= by_risk;
    self->reserve -= by_reserve;
    self->balance += fmin(fmax(payable - spent, 0), 0.06 * payable);
    self->balance -= overspend - by_risk - by_reserve;
    self->spent[0] = self->spent[1];
    self->spent[1] = self->spent[2];
    self->spent[2] = spent;
    return payable;
}
