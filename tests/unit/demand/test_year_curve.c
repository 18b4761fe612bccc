/* What changed terms of a person's year make of a line's payments: against the oracle's sums of payments. */
#include "../../support/bills.h"
#include "../../support/close.h"

#include "demand/year_curve.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* S of a negative binomial number, size 5 and mean 10, of exponential payments of mean 1: E min(S, u), from sums over the
 * number of incomplete gamma functions at 50 decimal digits. */
#define BELOW_5  4.532558439833481
#define BELOW_10 7.5233008866049955
#define BELOW_20 9.657360014200977
#define BELOW_30 9.966021048453074

static const bg_year_terms NO_TERMS = {.person = {.outpatient_limit = (double)INFINITY,
                                                  .ceiling = (double)INFINITY,
                                                  .cap = (double)INFINITY}};

/* Visits of which the fund pays the rate. */
static bg_year_line visits(double rate, double payment)
{
    const bg_benefit_terms terms = {
        .eligible = 1, .bands = 1, .rate = {rate}, .cap = (double)INFINITY};
    return (bg_year_line){.cases = 10,
                          .k = 5,
                          .payment = payment,
                          .levels = 1,
                          .level = {{1, 1, terms}},
                          .bills = bills_of(BG_SEVERITY_GAMMA, 1, 0),
                          .outpatient = true,
                          .ceiling = true,
                          .catastrophic = true};
}

static bg_year *year_of(const bg_year_terms *terms, size_t lines, const bg_year_line *line)
{
    bg_year *year;
    assert_int_equal(bg_year_new(terms, lines, line, &year), BG_YEAR_FOUND);
    assert_non_null(year);
    return year;
}

static bg_year_curve curve_of(const bg_year_terms *before, const bg_year_terms *after,
                              const bg_year_line *line)
{
    bg_year_curve curve;
    bg_year *year = year_of(before, 1, line);
    bg_year_renew(year, after, line, &curve);
    bg_year_free(year);
    return curve;
}

/* Payments twice as high under a ceiling of 10 are payments of 1 under one of 5; the third is between two knots. */
static void a_ceiling_cuts_what_the_oracle_says(void **state)
{
    (void)state;
    bg_year_terms ceiling = NO_TERMS, limit = NO_TERMS;
    ceiling.person.ceiling = 10;
    limit.person.outpatient_limit = 10;
    const bg_year_line line = visits(1, 1);
    const bg_year_terms *const terms[] = {&ceiling, &limit};
    for (size_t i = 0; i < 2; i++) {
        const bg_year_curve curve = curve_of(&NO_TERMS, terms[i], &line);
        assert_close(bg_year_curve_at(&curve, 1).kept, BELOW_10 / 10, 1e-6);
        assert_close(bg_year_curve_at(&curve, 2).kept, BELOW_5 / 10, 1e-6);
        assert_close(bg_year_curve_at(&curve, 0.5).kept, BELOW_20 / 10, 1e-6);
        assert_close(bg_year_curve_at(&curve, 1 / 3.0).kept, BELOW_30 / 10, 1e-4);
        const bg_year_payment at = bg_year_curve_at(&curve, 1.7);
        assert_true(at.before == 1 && at.pool == 0 && at.insurer == 0);
        /* Beyond the ends it stays. */
        assert_true(bg_year_curve_at(&curve, 0).kept == bg_year_curve_at(&curve, 0.2).kept);
        assert_true(bg_year_curve_at(&curve, 1e9).kept == bg_year_curve_at(&curve, 5).kept);
    }
}

/* What was paid is what the ceiling in force left. */
static void bills_are_those_that_the_terms_in_force_pay(void **state)
{
    (void)state;
    bg_year_terms low = NO_TERMS, high = NO_TERMS;
    low.person.ceiling = 10;
    high.person.ceiling = 20;
    const bg_year_line line = visits(1, BELOW_10 / 10);
    const bg_year_curve raised = curve_of(&low, &high, &line);
    const bg_year_payment at = bg_year_curve_at(&raised, line.payment);
    assert_close(at.before * line.payment, 1, 5e-5);
    assert_close(at.kept, BELOW_20 / BELOW_10, 5e-5);
    /* Where the payments of the last base year rise to E min(2 S, 10), by what E min(2 S, 20) is. */
    const bg_year_payment dearer = bg_year_curve_at(&raised, 2 * BELOW_5 / 10);
    assert_close(dearer.kept, BELOW_10 / BELOW_5, 2e-4);
}

/* Half of every bill is left: as much as is paid, of which 60 % above 10. */
static void catastrophic_insurance_is_paid_by_the_pool_or_by_an_insurer(void **state)
{
    (void)state;
    bg_year_terms insured = NO_TERMS;
    insured.person.bands = 1;
    insured.person.from[0] = 10;
    insured.person.rate[0] = 0.6;
    bg_year_terms by_pool = insured;
    by_pool.by_pool = true;
    const bg_year_line line = visits(0.5, 1);
    const double paid = 0.6 * (10 - BELOW_10) / 10;
    bg_year_curve curve = curve_of(&NO_TERMS, &insured, &line);
    bg_year_payment at = bg_year_curve_at(&curve, 1);
    assert_true(at.before == 1 && at.kept == 1 && at.pool == 0);
    assert_close(at.insurer, paid, 1e-6);
    assert_close(bg_year_curve_at(&curve, 2).insurer, 0.6 * (10 - BELOW_5) / 10, 1e-6);
    curve = curve_of(&NO_TERMS, &by_pool, &line);
    at = bg_year_curve_at(&curve, 1);
    assert_true(at.before == 1 && at.kept == 1 && at.insurer == 0);
    assert_close(at.pool, paid, 1e-6);
    /* The pool hands it to an insurer: of what it drew, the insurer pays its part from now on. */
    const bg_year_line drawn = visits(0.5, 1 + paid);
    curve = curve_of(&by_pool, &insured, &drawn);
    at = bg_year_curve_at(&curve, 1 + paid);
    assert_close(at.before, 1 / (1 + paid), 1e-6);
    assert_close(at.kept, 1 / (1 + paid), 1e-6);
    assert_close(at.insurer, paid / (1 + paid), 1e-6);
    assert_true(at.pool == 0);
}

/* Bills of 2 of which a half is paid up to a ceiling: what it cuts off is left to patients, too, and insured in full. */
static void no_payment_is_above_its_bill(void **state)
{
    (void)state;
    bg_year_terms all = NO_TERMS;
    all.by_pool = true;
    all.person.ceiling = 10;
    all.person.bands = 1;
    all.person.rate[0] = 1;
    bg_year_line line[2] = {visits(0.5, 1), visits(0.25, 3)};
    bg_year_curve curve[2];
    line[1].kind = 1;
    line[1].ceiling = false;
    bg_year *year = year_of(&NO_TERMS, 2, line);
    bg_year_renew(year, &all, line, curve);
    assert_close(bg_year_curve_at(&curve[0], 1).kept, BELOW_10 / 10, 1e-6);
    for (int i = -4; i <= 4; i++) {
        const double dearer = pow(1.4, i);
        const bg_year_payment a = bg_year_curve_at(&curve[0], dearer);
        const bg_year_payment b = bg_year_curve_at(&curve[1], 3 * dearer);
        assert_close(a.kept + a.pool, 2, 1e-3);
        assert_close(b.kept + b.pool, 4, 1e-3);
        assert_true(a.kept < 1 && b.kept == 1);
    }
    bg_year_free(year);
}

static void terms_that_do_not_change_leave_the_factor_one(void **state)
{
    (void)state;
    bg_year_terms terms = NO_TERMS;
    terms.person = (bg_person_terms){.outpatient_limit = 15,
                                     .ceiling = 20,
                                     .bands = 2,
                                     .from = {10, 30},
                                     .rate = {0.6, 0.7},
                                     .cap = 100};
    const bg_year_line line = visits(0.5, 0.7);
    const bg_year_curve curve = curve_of(&terms, &terms, &line);
    for (int i = -12; i < 10; i++) {
        const double payment = 0.7 * pow(1.17, i);
        const bg_year_payment at = bg_year_curve_at(&curve, payment);
        assert_true(at.kept == 1 && at.pool == 0 && at.insurer == 0);
        assert_true(at.before > 1 - 1e-4);
    }
}

/* A person's visits of two lines are one number: half of them at each is as all of them at one. */
static void lines_of_one_kind_of_care_share_their_persons(void **state)
{
    (void)state;
    bg_year_terms ceiling = NO_TERMS;
    ceiling.person.ceiling = 10;
    bg_year_line line[2] = {visits(1, 1), visits(1, 1)};
    bg_year_curve curve[2];
    line[0].cases = line[1].cases = 5;
    bg_year *year = year_of(&NO_TERMS, 2, line);
    bg_year_renew(year, &ceiling, line, curve);
    assert_close(bg_year_curve_at(&curve[0], 1).kept, BELOW_10 / 10, 1e-6);
    assert_close(bg_year_curve_at(&curve[1], 1).kept, BELOW_10 / 10, 1e-6);
    bg_year_free(year);
    /* Of two kinds they are independent of each other, and fewer years are high. */
    line[1].kind = 1;
    year = year_of(&NO_TERMS, 2, line);
    bg_year_renew(year, &ceiling, line, curve);
    assert_true(bg_year_curve_at(&curve[0], 1).kept > BELOW_10 / 10 + 0.01);
    bg_year_free(year);
}

/* A person's year has 10 yuan at most, and less where there are no visits. */
static void no_bills_are_paid_more_than_a_limit(void **state)
{
    (void)state;
    bg_year_terms limit = NO_TERMS, higher = NO_TERMS;
    limit.person.outpatient_limit = 10;
    higher.person.outpatient_limit = 12;
    const bg_year_line line = visits(1, 1);
    bg_year *year;
    assert_int_equal(bg_year_new(&limit, 1, &line, &year), BG_YEAR_TOO_MUCH);
    assert_null(year);
    bg_year_free(year);
    /* Ten yuan for who has any of ten visits, 1 - (1 + 10 / 5)^-5 = 0.9958848: near it the curve ends. */
    const bg_year_line some = visits(1, 0.75);
    const bg_year_curve curve = curve_of(&limit, &higher, &some);
    assert_true(exp(curve.log[curve.knots - 1]) < 1 - 1 / 243.0);
    assert_true(bg_year_curve_at(&curve, 0.99).kept == bg_year_curve_at(&curve, 3).kept);
    assert_true(bg_year_curve_at(&curve, 0.8).kept < bg_year_curve_at(&curve, 0.9).kept);
}

/* Between its knots, against the year worked out at the bill itself. */
static void curves_are_near_between_their_knots(void **state)
{
    (void)state;
    bg_year_terms low = NO_TERMS, high = NO_TERMS;
    low.person.ceiling = 8;
    high.person.ceiling = 40;
    const bg_year_line line = visits(1, 0.5);
    const bg_year_curve curve = curve_of(&low, &high, &line);
    double worst = 0;
    for (int i = 0; i < 103; i++) {
        const double bill = 0.13 * pow(1.02, i);
        const bg_person_level level = {1, &line.level[0].terms, &line.bills, bill};
        const bg_person_care care = {.mean = 10, .k = 5, .levels = 1, .level = &level};
        bg_person_year before, after;
        bg_person_year_compute(&before, &low.person, 1, &care);
        bg_person_year_compute(&after, &high.person, 1, &care);
        const bg_year_payment at = bg_year_curve_at(&curve, bill * before.ceiling);
        const double ratio = after.ceiling / before.ceiling;
        worst = fmax(worst, fabs(at.before * at.kept * before.ceiling / ratio - 1));
    }
    assert_true(worst < 3e-4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ceiling_cuts_what_the_oracle_says),
        cmocka_unit_test(bills_are_those_that_the_terms_in_force_pay),
        cmocka_unit_test(catastrophic_insurance_is_paid_by_the_pool_or_by_an_insurer),
        cmocka_unit_test(no_payment_is_above_its_bill),
        cmocka_unit_test(terms_that_do_not_change_leave_the_factor_one),
        cmocka_unit_test(lines_of_one_kind_of_care_share_their_persons),
        cmocka_unit_test(no_bills_are_paid_more_than_a_limit),
        cmocka_unit_test(curves_are_near_between_their_knots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
