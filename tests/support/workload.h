/* The benchmark W (scenarios/workload_w.yaml), written a second time: what an independent program knows
 * of it. Needs cmocka. */
#ifndef BAOGAN_TESTS_SUPPORT_WORKLOAD
#define BAOGAN_TESTS_SUPPORT_WORKLOAD

#include <stddef.h>

enum { WORKLOAD_YEARS = 5, WORKLOAD_LINES = 6 };

/* The line's index in the model of category i (0 to 5: inpatient inside and outside the county,
 * outpatient, chronic, small claims, other). */
extern const size_t workload_line[WORKLOAD_LINES];

/* Expected spending of category i in year y (from 1), yuan. */
double workload_mean(size_t i, int y);
/* Expected payable amount less spending of year y (from 1), yuan. */
double workload_mean_surplus(int y);

/* What carries over from year to year, yuan. */
typedef struct workload_state {
    double spent[3]; /* of the last three years, oldest first */
    double risk, reserve, balance;
} workload_state;

/* Before year 1. */
workload_state workload_start(void);
/* Settles a year with that spending: adds to the funds, shares, takes the result into the balance.
 * Returns the payable amount. */
double workload_settle(workload_state *self, double spent);

#endif
