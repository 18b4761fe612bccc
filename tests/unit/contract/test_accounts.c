/* Who provides which line, and what a case costs them. */
#include <baogan/contract.h>

#include "../../support/close.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { INPATIENT, OUTSIDE, VISITS }; /* in byte order of their names */

#define COUNTY                                                                                     \
    "history: {2024: {residents.inpatient.in: {cases: 9000, paid: 45M, cost: 60M},\n"              \
    "  residents.inpatient.out: {cases: 3000, paid: 30M, cost: 60M},\n"                            \
    "  residents.outpatient.in: {cases: 400000, paid: 20M}}}\n"                                    \
    "people: {residents: {count: 100000}}\n"
#define SPLIT                                                                                      \
    "settlement: [{share_surplus: {bands: {rest: 60%}}},\n"                                        \
    "  {split: {hospital: 70%, township: 20%, village: 10%}}, {clear: {}}]\n"

typedef struct contracted {
    bg_scenario *scenario;
    bg_contract contract;
    bg_errors errors;
    bg_status status;
} contracted;

static contracted read_contract(const char *text)
{
    contracted self;
    bg_errors_init(&self.errors);
    self.scenario = scenario_of(text, NULL);
    self.status = bg_contract_read(self.scenario, &self.contract, &self.errors);
    return self;
}

static void finish(contracted *self)
{
    bg_contract_free(&self->contract);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static void assert_parts(const contracted *self, size_t line, const double *parts)
{
    for (size_t i = 0; i < 3; i++) {
        assert_close(bg_accounts_part(self->contract.accounts, line, i), parts[i], 1e-12);
    }
}

static void nobody_asks_for_them(void **state)
{
    (void)state;
    contracted self = read_contract(COUNTY SPLIT "demand: {lines: {residents.inpatient.in: "
                                                 "{cost_cv: 2}}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_null(self.contract.accounts);
    finish(&self);
}

/* By the split where nobody is named, and half of the bill is variable; a response asks for them. */
static void lines_that_name_nobody_go_by_the_split(void **state)
{
    (void)state;
    static const char *const asked[] = {"response: {cost: -6%}\n", "response: {returned: 5%}\n",
                                        "response: {case_mix: 1%}\n",
                                        "accounts: {variable_cost: 50%}\n"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        char text[1024];
        snprintf(text, sizeof text, "%s%s", COUNTY SPLIT, asked[i]);
        contracted self = read_contract(text);
        assert_int_equal(self.status, BG_OK);
        assert_int_equal(bg_accounts_institution_count(self.contract.accounts), 3);
        assert_parts(&self, INPATIENT, (double[]){0.7, 0.2, 0.1});
        assert_parts(&self, OUTSIDE, (double[]){0, 0, 0});
        assert_true(bg_accounts_by_split(self.contract.accounts, VISITS));
        assert_close(bg_accounts_variable_cost(self.contract.accounts, VISITS), 0.5, 1e-15);
        finish(&self);
    }
}

/* Of inpatient care a tenth of the cases at a fifth of the cost is 2/92 of the payments: the township's. The other
 * level is of the line's institution; visits of villages have three quarters of 1·0.75 and 3·0.25. */
static void levels_and_lines_name_who_provides_them(void **state)
{
    (void)state;
    contracted self = read_contract(
        COUNTY SPLIT
        "demand: {lines: {\n"
        "  residents.inpatient.in: {institution: hospital, variable_cost: 60%,\n"
        "    levels: {county: {cases: 90%, cost: 5000},\n"
        "             town: {cases: 10%, cost: 1000, institution: township}}},\n"
        "  residents.outpatient.in: {levels: {low: {cases: 75%, cost: 1, institution: village},\n"
        "                                     high: {cases: 25%, cost: 3}}}}}\n"
        "accounts: {variable_cost: 40%}\n");
    assert_int_equal(self.status, BG_OK);
    const bg_accounts *accounts = self.contract.accounts;
    assert_parts(&self, INPATIENT, (double[]){45.0 / 46, 1.0 / 46, 0});
    assert_parts(&self, VISITS, (double[]){0.35, 0.1, 0.55});
    assert_close(bg_accounts_variable_cost(accounts, INPATIENT), 0.6, 1e-15);
    assert_close(bg_accounts_variable_cost(accounts, VISITS), 0.4, 1e-15);
    assert_false(bg_accounts_by_split(accounts, INPATIENT));
    assert_false(bg_accounts_by_split(accounts, VISITS));
    finish(&self);
}

/* Alike where shares depend on the score; one community where there is no split. */
static void shares_that_are_no_constants_divide_equally(void **state)
{
    (void)state;
    contracted self = read_contract(
        COUNTY "response: {cost: -6%}\n"
               "settlement: [{split: {a: {by_score: {80: 80%, 0: 50%}}, b: {by_score: {80: 20%, 0: "
               "50%}}}}, {clear: {}}]\n");
    assert_int_equal(self.status, BG_OK);
    assert_close(bg_accounts_part(self.contract.accounts, INPATIENT, 0), 0.5, 1e-15);
    assert_close(bg_accounts_part(self.contract.accounts, INPATIENT, 1), 0.5, 1e-15);
    finish(&self);
    self = read_contract(COUNTY "response: {cost: -6%}\nsettlement: [{clear: {}}]\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(bg_accounts_institution_count(self.contract.accounts), 1);
    assert_close(bg_accounts_part(self.contract.accounts, INPATIENT, 0), 1, 1e-15);
    finish(&self);
}

static void what_cannot_be_is_told_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *more, *says;
        bg_status status;
    } cases[] = {
        {SPLIT "demand: {lines: {residents.inpatient.in: {institution: hopsital}}}\n",
         "demand.lines[residents.inpatient.in].institution: No institution `hopsital` shares the "
         "result; the step `split` has: `hospital`, `township`, `village`.",
         BG_INVALID},
        {SPLIT "demand: {lines: {residents.outpatient.in: {levels: {low: {cases: 100%, cost: 1, "
               "institution: clinic}}}}}\n",
         "demand.lines[residents.outpatient.in].levels[low].institution: No institution `clinic` "
         "shares the result; the step `split` has: `hospital`, `township`, `village`.",
         BG_INVALID},
        {"settlement: [{clear: {}}]\n"
         "demand: {lines: {residents.inpatient.in: {institution: hospital}}}\n",
         "demand.lines[residents.inpatient.in].institution: The plan has no step `split` that "
         "names institutions, so `hospital` is none.",
         BG_INVALID},
        {SPLIT "demand: {lines: {residents.inpatient.out: {variable_cost: 30%}}}\n",
         "demand.lines[residents.inpatient.out].variable_cost: This has no effect: the line is "
         "provided outside the county.",
         BG_OK},
        {SPLIT "demand: {lines: {residents.inpatient.out: {institution: hospital}}}\n",
         "demand.lines[residents.inpatient.out].institution: This has no effect: the line is "
         "provided outside the county.",
         BG_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        snprintf(text, sizeof text, "%s%s", COUNTY, cases[i].more);
        contracted self = read_contract(text);
        assert_int_equal(self.status, cases[i].status);
        char *messages = messages_of(&self.errors);
        assert_reports(messages, cases[i].says);
        free(messages);
        finish(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_asks_for_them),
        cmocka_unit_test(lines_that_name_nobody_go_by_the_split),
        cmocka_unit_test(levels_and_lines_name_who_provides_them),
        cmocka_unit_test(shares_that_are_no_constants_divide_equally),
        cmocka_unit_test(what_cannot_be_is_told_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
