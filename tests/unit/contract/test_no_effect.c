/* What a scenario says and nothing reads is warned of, with its place. */
#include <baogan/contract.h>

#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The contract is of 2025 and 2026. */
#define CASE "history: {2023: 100M, 2024: 110M}\nsimulation: {years: 2}\n"

typedef struct said {
    const char *more; /* behind the case */
    const char *name; /* of what is said; NULL: nothing */
    const char *place, *en, *zh;
} said;

static bool is_of_this(const char *name)
{
    static const char *const names[] = {"scheme_without_history", "pool_without_history",
                                        "years_outside_contract", "choice_without_effect",
                                        "limit_without_income",   "disallowed_without_step"};
    bool is = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        is = is || strcmp(name, names[i]) == 0;
    }
    return is;
}

static void assert_said(const said *row)
{
    char text[512];
    snprintf(text, sizeof text, CASE "%s", row->more);
    bg_errors errors;
    bg_contract contract;
    bg_errors_init(&errors);
    bg_scenario *scenario = scenario_of(text, NULL);
    bg_contract_read(scenario, &contract, &errors);
    size_t count = 0;
    for (size_t i = 0; i < errors.count; i++) {
        const bg_error *each = &errors.items[i];
        if (!each->warning || !is_of_this(each->name)) {
            continue;
        }
        count++;
        assert_non_null(row->name);
        assert_string_equal(each->name, row->name);
        assert_string_equal(each->path, row->place);
        assert_true(each->line > 2);
        assert_says_among_others(each->message, row->en);
        assert_says_among_others(each->message_zh, row->zh);
    }
    assert_int_equal(count, row->name ? 1 : 0);
    bg_errors_free(&errors);
    bg_contract_free(&contract);
    bg_scenario_free(scenario);
}

static void assert_all_said(const said *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_said(&rows[i]);
    }
}

static void terms_of_a_scheme_without_history_have_no_effect(void **state)
{
    (void)state;
    static const said rows[] = {
        {"people: {employees: {count: 1000}}\n", "scheme_without_history", "people[employees]",
         "The history has no expense of the scheme employees", "历史数据中没有险种职工医保的支出"},
        {"people: {employees: 1000}\n", "scheme_without_history", "people[employees]",
         "so this has no effect", "不起作用"},
        {"people: {residents: 100000}\n", NULL, NULL, NULL, NULL},
        {"people: {employees: {growth: 1%, spend_per_head: {2024: 3484.40, later: 3498.62}}}\n",
         NULL, NULL, NULL, NULL},
        {"pool: {employees: {income_per_head: 1000}}\n", "pool_without_history",
         "pool[employees].income_per_head", "so its pool is not used",
         "不使用该险种的统筹基金收入"},
    };
    assert_all_said(rows, sizeof rows / sizeof *rows);
}

static void years_outside_of_the_contract_have_no_effect(void **state)
{
    (void)state;
    static const said rows[] = {
        {"budget: {growth: {2025: 5%, 2026: 5%}}\n", NULL, NULL, NULL, NULL},
        {"budget: {growth: {2025: 5%, later: 5%}}\n", NULL, NULL, NULL, NULL},
        {"budget: {growth: {2024: 5%, 2025: 5%, 2026: 4%, 2062: 7%}}\n", "years_outside_contract",
         "budget.growth", "2024, 2062: not among the years of the contract, 2025 to 2026",
         "2024、2062：不在付费年度2025至2026年之内，不起作用。"},
        {"performance: {score: {2025: 90, 2026: 90, 2027: 80}}\n", "years_outside_contract",
         "performance.score", "2027: not among", "2027：不在付费年度"},
        /* what was paid before is compared with what is paid then */
        {"pool: {residents: {contribution: {2024: 380, 2025: 400}, subsidy: 670}}\n", NULL, NULL,
         NULL, NULL},
        {"pool: {residents: {contribution: {2025: 400, 2030: 500}, subsidy: 670}}\n",
         "years_outside_contract", "pool[residents].contribution", "2030: not among",
         "2030：不在付费年度"},
        /* these are of the past, and lie on a straight line to a year beyond */
        {"budget: {base: {completion: {2024: 98%}}}\n", NULL, NULL, NULL, NULL},
        {"people: {residents: {newborns: {count: {2024: 900, 2030: 600}}}}\n", NULL, NULL, NULL,
         NULL},
    };
    assert_all_said(rows, sizeof rows / sizeof *rows);
}

static void figures_of_a_rule_that_is_not_chosen_have_no_effect(void **state)
{
    (void)state;
    static const said rows[] = {
        {"budget: {per_head: 1200}\n", "choice_without_effect", "budget.per_head",
         "because budget.later_rule is previous_total.",
         "因为`budget.later_rule`为`previous_total`"},
        {"budget: {per_head: 1200, later_rule: per_capita}\n", NULL, NULL, NULL, NULL},
        {"budget: {base: {trend: 7%}}\n", "choice_without_effect", "budget.base.trend",
         "because budget.base.trend_years is 0.", "因为`budget.base.trend_years`为`0`"},
        {"budget: {base: {trend: 7%, trend_years: budget_year}}\n", NULL, NULL, NULL, NULL},
        {"budget: {income_limit: 98%}\n", "limit_without_income", "budget.income_limit",
         "because no scheme has pool income", "因为没有险种给出统筹基金收入"},
        {"budget: {income_limit: 100%}\n", NULL, NULL, NULL, NULL}, /* as without it */
        {"budget: {income_limit: 98%}\npool: {residents: {income_per_head: 5000}}\n", NULL, NULL,
         NULL, NULL},
        {"demand: {disallowed: 2%}\nsettlement: [{clear: {}}]\n", "disallowed_without_step",
         "demand.disallowed", "because no step `disallow` of the settlement asks for it",
         "因为清算方案没有 `disallow` 步骤"},
        {"demand: {disallowed: 2%}\nsettlement: [{disallow: {}}, {clear: {}}]\n", NULL, NULL, NULL,
         NULL},
        {"settlement: [{clear: {}}]\n", NULL, NULL, NULL, NULL},
    };
    assert_all_said(rows, sizeof rows / sizeof *rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_of_a_scheme_without_history_have_no_effect),
        cmocka_unit_test(years_outside_of_the_contract_have_no_effect),
        cmocka_unit_test(figures_of_a_rule_that_is_not_chosen_have_no_effect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
