/* The ledger: accounts, text that hledger could misread, balances over the years. That hledger
 * itself accepts it is tested in tests/cli/journal.sh. */
#include <baogan/ledger.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../support/plan.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* A unit that was budgeted 100 yuan, half of it payable, and spent exactly that. */
typedef struct settled {
    test_plan plan;
    bg_trace trace;
} settled;

static settled settle(const char *steps, bg_fen scale)
{
    settled self = {.plan = test_plan_read(steps, 1)};
    assert_int_equal(self.plan.status, BG_OK);
    bg_settlement_block *block = &self.plan.block;
    block->input[BG_INPUT_budget][0] = 100 * scale;
    block->input[BG_INPUT_payable][0] = 50 * scale;
    block->input[BG_INPUT_prepaid][0] = 40 * scale;
    block->input[BG_INPUT_expense][0] = 50 * scale;
    block->input[BG_INPUT_outside][0] = 20 * scale;
    block->input[BG_INPUT_patients][0] = 7 * scale;
    block->fund_added[0][0] = 30 * scale;
    block->fund_added[1][0] = 20 * scale;
    block->fund_opening[1][0] = 5 * scale;
    assert_int_equal(bg_settlement_apply(self.plan.plan, block, &self.trace, &self.plan.errors),
                     BG_OK);
    return self;
}

static bg_ledger_unit unit_of(const settled *self, int year)
{
    return (bg_ledger_unit){year,         "residents", self->plan.plan, &self->plan.block,
                            &self->trace, NULL};
}

/* The journal as text; the caller frees it. */
static char *journal_of(const bg_ledger_unit *units, size_t count, const char *language)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(bg_ledger_write(units, count, language, stream, NULL), BG_OK);
    fclose(stream);
    return text;
}

static void free_settled(settled *self)
{
    bg_trace_free(&self->trace);
    test_plan_free(&self->plan);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

/* Read through by hand: every movement of the unit above, in order. */
static const char whole[] =
    "\n2025-01-01 residents 2025 | brought in\n"
    "    opening:residents  -5.00 CNY\n"
    "    fund:risk:residents  5.00 CNY\n"
    "\n2025-12-31 residents 2025 | opening\n"
    "    ; budget 100.00 less its funds\n"
    "    pool:residents  -50.00 CNY\n"
    "    community:residents  50.00 CNY\n"
    "\n2025-12-31 residents 2025 | opening\n"
    "    ; guarantee: part of the budget; carried in 0.00\n"
    "    pool:residents  -30.00 CNY\n"
    "    fund:guarantee:residents  30.00 CNY\n"
    "\n2025-12-31 residents 2025 | opening\n"
    "    ; risk: part of the budget; carried in 5.00\n"
    "    pool:residents  -20.00 CNY\n"
    "    fund:risk:residents  20.00 CNY\n"
    "\n; expense: expense 50.00 less 20.00 outside: services of the community = 30.00 CNY\n"
    "\n2025-12-31 residents 2025 | expense\n"
    "    ; services of providers outside\n"
    "    community:residents  -20.00 CNY\n"
    "    outside:residents  20.00 CNY\n"
    "\n2025-12-31 residents 2025 | patients\n"
    "    ; patients' own payments\n"
    "    patients:residents  -7.00 CNY\n"
    "    community:residents  7.00 CNY\n"
    "\n2025-12-31 (1) residents 2025 | release\n"
    "    ; guarantee holds 30.00\n"
    "    ; rate: 10%\n"
    "    ; source: plan.yaml:3\n"
    "    fund:guarantee:residents  -3.00 CNY\n"
    "    community:residents  3.00 CNY\n"
    "\n2025-12-31 (1) residents 2025 | release\n"
    "    ; not released: 27.00, goes to pool\n"
    "    ; source: plan.yaml:3\n"
    "    fund:guarantee:residents  -27.00 CNY\n"
    "    pool:residents  27.00 CNY\n"
    "\n2025-12-31 (2) residents 2025 | split\n"
    "    ; hospital: 100% of the result 3.00\n"
    "    ; rate: 100%\n"
    "    ; source: plan.yaml:4\n"
    "    community:residents  -3.00 CNY\n"
    "    institution:hospital:residents  3.00 CNY\n"
    "\n2025-12-31 (3) residents 2025 | clear\n"
    "    ; guarantee does not carry over: returned to the pool\n"
    "    ; source: plan.yaml:5\n"
    "    fund:guarantee:residents  0.00 CNY\n"
    "    pool:residents  0.00 CNY\n"
    "\n; (3) clear: risk is carried into the next year = 25.00 CNY\n"
    "\n; (3) clear: entitlement: expense 50.00 less disallowed 0.00, plus result 3.00 = 53.00 CNY\n"
    "\n; (3) clear: clearing: entitlement 53.00 less 20.00 paid outside, less 40.00 prepaid; "
    "positive "
    "is paid to the community = -7.00 CNY\n"
    "\n2025-12-31 residents 2025 | entitlement\n"
    "    owed:pool:residents  -53.00 CNY\n"
    "    owed:community:residents  33.00 CNY\n"
    "    owed:outside:residents  20.00 CNY\n"
    "\n2025-12-31 residents 2025 | paid outside\n"
    "    cash:pool:residents  -20.00 CNY\n"
    "    cash:outside:residents  20.00 CNY\n"
    "    owed:outside:residents  -20.00 CNY = 0.00 CNY\n"
    "    owed:pool:residents  20.00 CNY\n"
    "\n2025-12-31 residents 2025 | instalments\n"
    "    cash:pool:residents  -40.00 CNY\n"
    "    cash:community:residents  40.00 CNY\n"
    "    owed:community:residents  -40.00 CNY = -7.00 CNY\n"
    "    owed:pool:residents  40.00 CNY\n"
    "\n2025-12-31 residents 2025 | clearing\n"
    "    cash:pool:residents  7.00 CNY\n"
    "    cash:community:residents  -7.00 CNY\n"
    "    owed:community:residents  7.00 CNY = 0.00 CNY\n"
    "    owed:pool:residents  -7.00 CNY\n"
    "\n2025-12-31 residents 2025 | patients' own payments\n"
    "    cash:patients:residents  -7.00 CNY\n"
    "    cash:community:residents  7.00 CNY\n"
    "\n2025-12-31 residents 2025 | balances\n"
    "    pool:residents  0.00 CNY = -73.00 CNY\n"
    "    fund:guarantee:residents  0.00 CNY = 0.00 CNY\n"
    "    fund:risk:residents  0.00 CNY = 25.00 CNY\n"
    "    community:residents  0.00 CNY = 37.00 CNY\n"
    "    institution:hospital:residents  0.00 CNY = 3.00 CNY\n"
    "    outside:residents  0.00 CNY = 20.00 CNY\n"
    "    patients:residents  0.00 CNY = -7.00 CNY\n"
    "    rounding:residents  0.00 CNY = 0.00 CNY\n";

static void every_movement_is_a_transaction(void **state)
{
    (void)state;
    settled self = settle("  - release: {share: 10%}\n"
                          "  - split: {hospital: 100%}\n"
                          "  - clear: {}\n",
                          100);
    bg_ledger_unit unit = unit_of(&self, 2025);
    char *text = journal_of(&unit, 1, "en");
    const char *start = strstr(text, "\n2025-");
    assert_non_null(start);
    assert_says(start, whole);
    assert_contains(text, "; Settlement by baogan; check with: hledger -f FILE check --strict\n\n"
                          "commodity 1000.00 CNY\n"
                          "account pool:residents\n");
    assert_contains(text, "account rounding:residents\naccount opening:residents\n"
                          "account owed:pool:residents\naccount owed:community:residents\n"
                          "account owed:outside:residents\naccount cash:pool:residents\n"
                          "account cash:outside:residents\naccount cash:community:residents\n"
                          "account cash:patients:residents\n\n");
    free(text);
    free_settled(&self);
}

#define PAYS_OUTSIDE "  - clear: {}\nbudget: {prepayment: {outside: community}}\n"

/* The pool owes the community all of the 50; that pays 20 of them on. */
static void a_community_that_pays_outside_is_owed_for_it(void **state)
{
    (void)state;
    settled self = settle(PAYS_OUTSIDE, 100);
    bg_ledger_unit unit = unit_of(&self, 2025);
    char *text = journal_of(&unit, 1, "en");
    assert_contains(text, "residents 2025 | entitlement\n"
                          "    owed:pool:residents  -50.00 CNY\n"
                          "    owed:community:residents  50.00 CNY\n"
                          "    owed:outside:residents  0.00 CNY\n");
    assert_contains(text, "residents 2025 | clearing\n"
                          "    cash:pool:residents  -10.00 CNY\n"
                          "    cash:community:residents  10.00 CNY\n"
                          "    owed:community:residents  -10.00 CNY = 0.00 CNY\n");
    assert_contains(text, "residents 2025 | paid outside by the community\n"
                          "    cash:community:residents  -20.00 CNY\n"
                          "    cash:outside:residents  20.00 CNY\n\n");
    assert_int_equal(count_of(text, "| paid outside\n"), 0);
    free(text);
    free_settled(&self);
}

/* What the pool paid outside goes back to it, and the community pays that instead. */
static void a_year_settled_again_may_have_another_payer_outside(void **state)
{
    (void)state;
    settled first = settle("  - clear: {}\n", 100), second = settle(PAYS_OUTSIDE, 100);
    bg_ledger_unit before = unit_of(&first, 2025), after = unit_of(&second, 2025);
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_ledger_restate(&before, &after, 1, "en", stream, NULL), BG_OK);
    fclose(stream);
    const char *again = strstr(text, "| settled again\n");
    assert_non_null(again);
    assert_contains(again, "    owed:pool:residents  0.00 CNY\n"
                           "    owed:community:residents  20.00 CNY\n"
                           "    owed:outside:residents  -20.00 CNY\n");
    assert_contains(again, "    cash:pool:residents  20.00 CNY\n"
                           "    cash:outside:residents  -20.00 CNY\n");
    assert_contains(again, "    cash:community:residents  -20.00 CNY\n"
                           "    cash:outside:residents  20.00 CNY\n");
    free(text);
    free_settled(&first);
    free_settled(&second);
}

static void what_is_cleared_is_what_is_still_owed(void **state)
{
    (void)state;
    settled self = settle("  - clear: {}\n", 100);
    bg_ledger_unit unit = unit_of(&self, 2025);
    char *text = journal_of(&unit, 1, "en");
    assert_contains(text, "residents 2025 | entitlement\n"
                          "    owed:pool:residents  -50.00 CNY\n"
                          "    owed:community:residents  30.00 CNY\n"
                          "    owed:outside:residents  20.00 CNY\n");
    assert_contains(text, "residents 2025 | instalments\n"
                          "    cash:pool:residents  -40.00 CNY\n"
                          "    cash:community:residents  40.00 CNY\n"
                          "    owed:community:residents  -40.00 CNY = -10.00 CNY\n"
                          "    owed:pool:residents  40.00 CNY\n");
    assert_contains(text, "residents 2025 | clearing\n"
                          "    cash:pool:residents  10.00 CNY\n"
                          "    cash:community:residents  -10.00 CNY\n"
                          "    owed:community:residents  10.00 CNY = 0.00 CNY\n"
                          "    owed:pool:residents  -10.00 CNY\n");
    free(text);
    free_settled(&self);
}

static void patients_pay_the_community_themselves(void **state)
{
    (void)state;
    settled self = settle("  - clear: {}\n", 100);
    bg_ledger_unit unit = unit_of(&self, 2025);
    char *text = journal_of(&unit, 1, "en");
    assert_contains(text, "    cash:patients:residents  -7.00 CNY\n"
                          "    cash:community:residents  7.00 CNY\n");
    free(text);
    free_settled(&self);
}

static void a_fund_brings_in_only_what_the_last_year_did_not_leave(void **state)
{
    (void)state;
    settled self = settle("  - clear: {}\n", 100); /* leaves 25, brings in 5 */
    const bg_ledger_unit units[] = {unit_of(&self, 2025), unit_of(&self, 2026)};
    char *text = journal_of(units, 2, "en");
    assert_int_equal(count_of(text, "\naccount pool:residents\n"), 1);
    assert_contains(text, "2025-01-01 residents 2025 | brought in\n"
                          "    opening:residents  -5.00 CNY\n"
                          "    fund:risk:residents  5.00 CNY\n");
    assert_contains(text, "2026-01-01 residents 2026 | brought in\n"
                          "    opening:residents  20.00 CNY\n"
                          "    fund:risk:residents  -20.00 CNY\n");
    assert_contains(text, "    pool:residents  0.00 CNY = -140.00 CNY\n");
    assert_int_equal(count_of(text, "    fund:risk:residents  0.00 CNY = 25.00 CNY\n"), 2);
    free(text);
    free_settled(&self);
}

static void blanks_that_would_end_a_name_are_written_as_codes(void **state)
{
    (void)state;
    settled self =
        settle("  - split: {\"a  b\": 40%, \"　c\": 30%, a b: 20%, 中\xE2\x80\x83乙: 10%}\n"
               "  - clear: {}\n",
               100);
    bg_ledger_unit unit = unit_of(&self, 2025);
    char *text = journal_of(&unit, 1, "en");
    assert_contains(text, "\naccount institution:a %20b:residents\n"
                          "account institution:%3000c:residents\n"
                          "account institution:a b:residents\n"
                          "account institution:中%2003乙:residents\n");
    free(text);
    free_settled(&self);
}

static void comments_are_one_line_of_utf8(void **state)
{
    (void)state;
    settled self = settle("  - clear: {}\n", 100);
    for (size_t i = 0; i < self.trace.count; i++) {
        self.trace.items[i].mark =
            (bg_mark){.file = "a\nb\xFF\xC0\xAF\xED\xA0\x80\xE5.yaml", .line = 3, .column = 1};
    }
    bg_ledger_unit unit = unit_of(&self, 2025);
    char *text = journal_of(&unit, 1, "en");
    assert_contains(text, "    ; source: a b???????.yaml:3\n");
    free(text);
    free_settled(&self);
}

static void comments_are_in_the_language_that_is_asked_for(void **state)
{
    (void)state;
    settled self = settle("  - clear: {}\n", 100);
    bg_ledger_unit unit = unit_of(&self, 2025);
    char *text = journal_of(&unit, 1, "zh");
    assert_contains(text, "| 年终清算\n");
    assert_says_among_others(text, "; 县外机构服务\n");
    free(text);
    free_settled(&self);
}

static void balances_that_do_not_fit_over_the_years_are_refused(void **state)
{
    (void)state;
    settled self = settle("  - clear: {}\n", INT64_MAX / 64 / 100);
    bg_ledger_unit units[100];
    for (int i = 0; i < 100; i++) {
        units[i] = unit_of(&self, 2025 + i);
    }
    bg_errors errors;
    bg_errors_init(&errors);
    FILE *stream = tmpfile();
    assert_non_null(stream);
    assert_int_equal(bg_ledger_write(units, 100, "en", stream, &errors), BG_OVERFLOW);
    fclose(stream);
    char *messages = messages_of(&errors);
    assert_reports(messages, "the account \"pool\" of residents, added up over the years to 2116");
    free(messages);
    bg_errors_free(&errors);
    free_settled(&self);
}

static void what_is_settled_again_is_posted_as_the_difference(void **state)
{
    (void)state;
    settled first = settle("  - clear: {}\n", 100), second = settle("  - clear: {}\n", 300);
    const bg_ledger_unit before = unit_of(&first, 2025), after = unit_of(&second, 2025);
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(bg_ledger_restate(&before, &after, 1, "en", stream, NULL), BG_OK);
    fclose(stream);
    const char *again = strstr(text, "2025-12-31 residents 2025 | brought in");
    assert_non_null(again);
    /* The pool: -100 + 30 that the guarantee fund returns, three times that. */
    static const char *const lines[] = {
        "    opening:residents  -10.00 CNY\n    fund:risk:residents  10.00 CNY\n",
        ("| settled again\n    pool:residents  -140.00 CNY\n    fund:risk:residents  40.00 CNY\n"
         "    community:residents  74.00 CNY\n    outside:residents  40.00 CNY\n"
         "    patients:residents  -14.00 CNY\n"),
        ("    owed:pool:residents  -100.00 CNY\n    owed:community:residents  60.00 CNY\n"
         "    owed:outside:residents  40.00 CNY\n"),
        "| additional clearing\n    cash:pool:residents  20.00 CNY\n",
        "    owed:community:residents  20.00 CNY = 0.00 CNY\n",
        "    pool:residents  0.00 CNY = -210.00 CNY\n",
        "    fund:risk:residents  0.00 CNY = 75.00 CNY\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!strstr(again, lines[i])) {
            fail_msg("there is no \"%s\" in:\n%s", lines[i], again);
        }
    }
    free(text);
    free_settled(&first);
    free_settled(&second);
}

/* What a community repays of a year goes on while the next one is paid. */
static void payments_of_several_years_stand_in_the_order_of_their_months(void **state)
{
    (void)state;
    settled of = settle("  - clear: {}\n", 100);
    const bg_payments first = {.settled = 12 * 2026 + 2,
                               .count = 2,
                               .item = {{12 * 2026 + 4, BG_PAYMENT_CLEARING, 500},
                                        {12 * 2027 + 5, BG_PAYMENT_CLEARING, 500}}};
    const bg_payments second = {
        .settled = 12 * 2027 + 2, .count = 1, .item = {{12 * 2027 + 4, BG_PAYMENT_CLEARING, 1000}}};
    bg_ledger_unit units[] = {unit_of(&of, 2025), unit_of(&of, 2026)};
    units[0].payments = &first;
    units[1].payments = &second;
    char *text = journal_of(units, 2, "en");
    const char *may = strstr(text, "2027-05-"), *june = strstr(text, "2027-06-");
    assert_non_null(may);
    assert_non_null(june);
    assert_true(may < june);
    free(text);
    free_settled(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_settled_again_is_posted_as_the_difference),
        cmocka_unit_test(every_movement_is_a_transaction),
        cmocka_unit_test(a_community_that_pays_outside_is_owed_for_it),
        cmocka_unit_test(a_year_settled_again_may_have_another_payer_outside),
        cmocka_unit_test(what_is_cleared_is_what_is_still_owed),
        cmocka_unit_test(patients_pay_the_community_themselves),
        cmocka_unit_test(a_fund_brings_in_only_what_the_last_year_did_not_leave),
        cmocka_unit_test(blanks_that_would_end_a_name_are_written_as_codes),
        cmocka_unit_test(comments_are_one_line_of_utf8),
        cmocka_unit_test(comments_are_in_the_language_that_is_asked_for),
        cmocka_unit_test(balances_that_do_not_fit_over_the_years_are_refused),
        cmocka_unit_test(payments_of_several_years_stand_in_the_order_of_their_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
