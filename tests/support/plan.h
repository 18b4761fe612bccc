/* A settlement plan read from the YAML of its steps, with a block to settle. */
#ifndef BAOGAN_TESTS_SUPPORT_PLAN
#define BAOGAN_TESTS_SUPPORT_PLAN

#include "settlement/plan.h"

#include <baogan/settlement.h>

typedef struct test_plan {
    bg_status status;
    bg_errors errors;
    bg_scenario *scenario;
    bg_plan *plan;
    bg_settlement_block block;
} test_plan;

/* `steps` is the list as it stands under "settlement:", which is line 2 of "plan.yaml". Funds:
 * guarantee, and risk, which carries over. On success the block has n units of zeros. */
test_plan test_plan_read(const char *steps, size_t n);
/* The same where communities share the risk fund by that rule. */
test_plan test_plan_read_shared(const char *steps, size_t n, bg_sharing risk);
void test_plan_free(test_plan *self);

/* Fails the test unless the plan, of that text, was refused with these words in one of its messages. Frees it. */
void test_plan_refused(test_plan plan, const char *text, const char *words);

#endif
