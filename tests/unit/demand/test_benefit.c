#include "../../support/bills.h"
#include "../../support/close.h"

#include "demand/benefit.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const double FIRST_ONLY[BG_ADMISSIONS] = {1};

static void assert_relative(double obtained, double expected, double tolerance)
{
    assert_close(obtained / expected, 1, tolerance);
}

/* Of the whole bill above a deductible, at one rate. */
static bg_benefit_terms plain(double deductible, double rate, double cap)
{
    return (bg_benefit_terms){.eligible = 1,
                              .deductible = {deductible, deductible, deductible},
                              .bands = 1,
                              .rate = {rate},
                              .cap = cap};
}

/* Nine tenths of the bill count; 600, then 300, then nothing off; 60 % to 50,000, 70 % to 100,000, 80 % above. */
static bg_benefit_terms banded(double cap)
{
    return (bg_benefit_terms){.eligible = 0.9,
                              .deductible = {600, 300, 0},
                              .bands = 3,
                              .from = {0, 50000, 100000},
                              .rate = {0.6, 0.7, 0.8},
                              .cap = cap};
}

static bg_benefit benefit_of(bg_benefit_terms terms, bg_limited bills,
                             const double share[BG_ADMISSIONS])
{
    bg_benefit benefit;
    bg_benefit_init(&benefit, &terms, &bills, share);
    return benefit;
}

/* ---- one bill ---- */

static void a_bill_below_the_deductible_is_the_patients_alone(void **state)
{
    (void)state;
    const bg_benefit_terms terms = plain(600, 0.8, HUGE_VAL);
    assert_true(bg_benefit_payment(&terms, 0, 0) == 0);
    assert_true(bg_benefit_payment(&terms, 0, 600) == 0);
    assert_close(bg_benefit_payment(&terms, 0, 5600), 4000, 1e-9);
}

/* Bill 200,000, eligible 180,000: 0.6 (50,000 - 600) + 0.7 * 50,000 + 0.8 * 80,000 = 128,640. */
static void the_rates_of_the_bands_apply_to_the_parts_of_the_eligible_bill(void **state)
{
    (void)state;
    const bg_benefit_terms terms = banded(HUGE_VAL);
    assert_close(bg_benefit_payment(&terms, 0, 200000), 128640, 1e-8);
    assert_close(bg_benefit_payment(&terms, 1, 200000), 128640 + 180, 1e-8);
    assert_close(bg_benefit_payment(&terms, 2, 200000), 128640 + 360, 1e-8);
    assert_close(bg_benefit_payment(&terms, 0, 10000), 0.6 * (9000 - 600), 1e-9);
}

/* A deductible of 60,000 reaches into the second band. */
static void a_deductible_may_swallow_a_band(void **state)
{
    (void)state;
    bg_benefit_terms terms = banded(HUGE_VAL);
    terms.deductible[0] = 60000;
    assert_close(bg_benefit_payment(&terms, 0, 90000 / 0.9), 0.7 * 30000, 1e-8);
}

static void a_visit_pays_no_more_than_its_cap(void **state)
{
    (void)state;
    const bg_benefit_terms terms = plain(0, 0.5, 40);
    assert_close(bg_benefit_payment(&terms, 0, 60), 30, 1e-12);
    assert_true(bg_benefit_payment(&terms, 0, 1000) == 40);
}

/* ---- a person's admissions ---- */

static void the_shares_of_admissions_are_those_of_the_counts(void **state)
{
    (void)state;
    const double means[] = {1e-7, 0.23, 2, 40}, sizes[] = {0.2, 1, 7.5};
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        for (size_t j = 0; j < sizeof sizes / sizeof *sizes; j++) {
            const double m = means[i], k = sizes[j];
            double share[BG_ADMISSIONS], first = 0, second = 0;
            bg_admission_shares(m, k, share);
            double probability = pow(1 + m / k, -k);
            for (int n = 1; n < 20000; n++) {
                probability *= (k + n - 1) / n * m / (k + m);
                first += probability;
                second += n > 1 ? probability : 0;
            }
            assert_close(share[0], first / m, 1e-12);
            assert_close(share[1], second / m, 1e-12);
            assert_close(share[0] + share[1] + share[2], 1, 1e-15);
        }
    }
}

/* Geometric counts, k = 1: P(N >= j) = (m / (1 + m))^j. */
static void geometric_counts_have_geometric_shares(void **state)
{
    (void)state;
    double share[BG_ADMISSIONS];
    bg_admission_shares(1, 1, share);
    assert_close(share[0], 0.5, 1e-15);
    assert_close(share[1], 0.25, 1e-15);
    assert_close(share[2], 0.25, 1e-15);
}

/* ---- mean and variance ---- */

/* Bills X, the mean and the mean square of min((X - d)+ r, c), E min(X, u), E min(X, u)^2 and P(X > u): partial
 * moments at 50 decimal digits, by mpmath. Parameters: of the logarithm; shape and scale. */
static const struct {
    bg_severity_kind kind;
    double a, b, u, d, r, c, limited[2], paid[2], above;
} oracles[] = {
    {BG_SEVERITY_LOGNORMAL,
     0,
     1,
     5,
     1,
     0.8,
     3,
     {1.470526281224949, 3.9158461510574347},
     {0.5558353073660679, 1.100938621692992},
     0.05376031045166313},
    {BG_SEVERITY_LOGNORMAL,
     0,
     1,
     0.5,
     0,
     1,
     10,
     {0.45249053684259666, 0.21512309577507086},
     {1.5963644091477054, 5.638174304771943},
     0.7558914042144173},
    {BG_SEVERITY_LOGNORMAL,
     8.4,
     0.87,
     20000,
     300,
     0.7,
     30000,
     {6063.693375908325, 61299093.07131965},
     {4285.743790409156, 37859550.146093406},
     0.04198097124040634},
    {BG_SEVERITY_LOGNORMAL,
     8.4,
     0.87,
     3000,
     1000,
     0.6,
     5000,
     {2627.473229769996, 7344426.828703843},
     {2430.603546772646, 8969536.634805491},
     0.6745279690895207},
    {BG_SEVERITY_LOGNORMAL,
     8.6,
     1.26,
     50000,
     500,
     0.65,
     150000,
     {10267.18531020689, 255901546.4283344},
     {7370.140901640458, 229699032.51832905},
     0.03905756497197998},
    {BG_SEVERITY_LOGNORMAL,
     8.6,
     1.26,
     150000,
     2000,
     0.75,
     20000,
     {11628.747865607933, 480001260.7014795},
     {5369.446797063182, 70822293.14317204},
     0.004223708896444717},
    {BG_SEVERITY_LOGNORMAL,
     6,
     2,
     10000,
     100,
     0.9,
     100000,
     {1575.1367618291679, 9456500.979188941},
     {2292.63005326755, 70384228.3714939},
     0.05422817837047492},
    {BG_SEVERITY_LOGNORMAL,
     7,
     0.05,
     1100,
     1000,
     0.5,
     60,
     {1077.0683162110372, 1161088.459225504},
     {42.895918185144794, 2175.633235011462},
     0.4755564916878192},
    {BG_SEVERITY_LOGNORMAL,
     9,
     1.5,
     1000000,
     1500,
     0.7,
     300000,
     {24533.884685732006, 4110490936.1562057},
     {15508.99163523607, 1382958659.6068614},
     0.000662889409284361},
    {BG_SEVERITY_LOGNORMAL,
     4.5,
     0.6,
     200,
     20,
     0.55,
     150,
     {101.04432995264855, 12854.928689097342},
     {47.15731753087843, 3399.342760930947},
     0.09167202817315598},
    {BG_SEVERITY_LOGNORMAL,
     12,
     0.4,
     300000,
     100000,
     0.8,
     200000,
     {172426.66781784248, 33661190093.097},
     {61142.20293992636, 6452851955.563541},
     0.06315151319283784},
    {BG_SEVERITY_GAMMA,
     2,
     1,
     5,
     1,
     0.8,
     3,
     {1.9528343710064018, 5.42053655807865},
     {0.8361915047146101, 1.5174029978017194},
     0.040427681994512805},
    {BG_SEVERITY_GAMMA,
     2,
     1,
     0.5,
     0,
     1,
     10,
     {0.48367335071841644, 0.23795873272998247},
     {1.9994552008428501, 5.987923618683179},
     0.9097959895689501},
    {BG_SEVERITY_GAMMA,
     0.8,
     5000,
     20000,
     300,
     0.7,
     30000,
     {3944.7093744002423, 33251811.822435714},
     {2602.6349400356103, 16483745.47488696},
     0.011447600351713102},
    {BG_SEVERITY_GAMMA,
     0.8,
     5000,
     3000,
     1000,
     0.6,
     5000,
     {1988.7988933908541, 5192107.358461799},
     {1585.08439120922, 5549912.579279484},
     0.44489862414856324},
    {BG_SEVERITY_GAMMA,
     0.25,
     8,
     10,
     2,
     0.5,
     6,
     {1.7095245554329461, 10.410755017146176},
     {0.5305915736808234, 2.015993514053871},
     0.04724670114390936},
    {BG_SEVERITY_GAMMA,
     50,
     120,
     6500,
     5000,
     0.9,
     2000,
     {5847.054715895447, 34581204.28010846},
     {903.2119879923362, 1218348.417922772},
     0.2674695314001043},
    {BG_SEVERITY_GAMMA,
     1,
     4200,
     4200,
     200,
     0.75,
     10000,
     {2654.9063470799424, 9322426.63094303},
     {2877.936349080718, 15619417.826313853},
     0.36787944117144233},
    {BG_SEVERITY_GAMMA,
     0.5102040816326530612,
     24500,
     60000,
     800,
     0.7,
     80000,
     {11895.056682408902, 363018257.55608374},
     {8226.541025890301, 210197357.15778482},
     0.027756626284067876},
    {BG_SEVERITY_GAMMA,
     10,
     50,
     450,
     300,
     0.6,
     200,
     {411.3395497791177, 173122.86428164903},
     {109.71005697681566, 16727.007598326043},
     0.5874082443319414},
};

static void payments_and_limits_have_the_moments_of_the_oracle(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof oracles / sizeof *oracles; i++) {
        const bool gamma = oracles[i].kind == BG_SEVERITY_GAMMA;
        const double a = oracles[i].a, b = oracles[i].b, u = oracles[i].u;
        const double mean = gamma ? a * b : exp(a + b * b / 2);
        const double cv = gamma ? 1 / sqrt(a) : sqrt(expm1(b * b));
        const bg_limited bills = bills_of(oracles[i].kind, cv, 0);
        bg_split split;
        bg_limited_split(&bills, u / mean, 2, &split);
        assert_relative(split.above[0], oracles[i].above, 1e-10);
        assert_relative(bg_limited_moment(&bills, u / mean, 1) * mean, oracles[i].limited[0],
                        1e-11);
        assert_relative(bg_limited_moment(&bills, u / mean, 2) * mean * mean, oracles[i].limited[1],
                        1e-11);
        const bg_benefit benefit =
            benefit_of(plain(oracles[i].d, oracles[i].r, oracles[i].c), bills, FIRST_ONLY);
        const bg_benefit_moments paid = bg_benefit_moments_of(&benefit, mean);
        assert_relative(paid.mean, oracles[i].paid[0], 1e-11);
        assert_relative(paid.square, oracles[i].paid[1], 1e-10);
        assert_true(paid.mean == bg_benefit_mean(&benefit, mean).mean);
    }
}

typedef struct case_of {
    bg_benefit_terms terms;
    double share[BG_ADMISSIONS], bill;
    int order;
} case_of;

static double average_payment(double x, const void *data)
{
    const case_of *of = data;
    double sum = 0;
    for (size_t n = 0; n < BG_ADMISSIONS; n++) {
        sum += of->share[n] * pow(bg_benefit_payment(&of->terms, n, x * of->bill), of->order);
    }
    return sum;
}

/* Piece by piece between the bends, some of which are there for one place in the year only. */
static double integrated(const bg_benefit *benefit, const case_of *of)
{
    double sum = 0;
    for (size_t i = 0; i < benefit->limits; i++) {
        const double from = benefit->limit[i] / of->bill;
        const double to = i + 1 < benefit->limits ? benefit->limit[i + 1] / of->bill : HUGE_VAL;
        sum += bills_integrate(&benefit->bill, from, to, average_payment, of);
    }
    return sum;
}

typedef void check(bg_limited bills, bg_benefit_terms terms);

static void for_all_terms(check *holds)
{
    const double cvs[] = {0.3, 1.06, 3};
    bg_benefit_terms all[] = {banded(HUGE_VAL), banded(20000), plain(1000, 0.5, HUGE_VAL),
                              plain(0, 0.6, 3000)};
    for (int kind = BG_SEVERITY_GAMMA; kind <= BG_SEVERITY_LOGNORMAL_PARETO; kind++) {
        for (size_t i = 0; i < sizeof cvs / sizeof *cvs; i++) {
            for (size_t j = 0; j < sizeof all / sizeof *all; j++) {
                holds(bills_of((bg_severity_kind)kind, cvs[i], i == 1 ? 0.2 : 0), all[j]);
            }
        }
    }
}

static void check_moments(bg_limited bills, bg_benefit_terms terms)
{
    case_of of = {.terms = terms, .bill = 5469};
    bg_admission_shares(0.4, 0.5, of.share);
    const bg_benefit benefit = benefit_of(terms, bills, of.share);
    const bg_benefit_moments moments = bg_benefit_moments_of(&benefit, of.bill);
    of.order = 1;
    assert_relative(moments.mean, integrated(&benefit, &of), 1e-9);
    of.order = 2;
    assert_relative(moments.square, integrated(&benefit, &of), 1e-9);
}

static void moments_agree_with_numerical_integration(void **state)
{
    (void)state;
    for_all_terms(check_moments);
}

/* Central differences of ln bill: error h^2 / 6 of the third derivative. */
static void check_slopes(bg_limited bills, bg_benefit_terms terms)
{
    const double h = 1e-3, bill = 5469, share[] = {0.6, 0.3, 0.1};
    const bg_benefit benefit = benefit_of(terms, bills, share);
    const bg_benefit_moments below = bg_benefit_moments_of(&benefit, bill * exp(-h));
    const bg_benefit_moments above = bg_benefit_moments_of(&benefit, bill * exp(h));
    const bg_benefit_moments here = bg_benefit_moments_of(&benefit, bill);
    assert_close((above.mean - below.mean) / (2 * h * here.mean), here.mean_slope / here.mean,
                 1e-5);
    assert_close((above.square - below.square) / (2 * h * here.square),
                 here.square_slope / here.square, 1e-5);
}

static void slopes_are_the_derivatives_by_the_logarithm_of_the_bill(void **state)
{
    (void)state;
    for_all_terms(check_slopes);
}

/* Without terms the payment is the bill, moments and all. */
static void a_fund_that_pays_everything_pays_the_bill(void **state)
{
    (void)state;
    const bg_benefit all =
        benefit_of(plain(0, 1, HUGE_VAL), bills_of(BG_SEVERITY_LOGNORMAL, 2, 0.25), FIRST_ONLY);
    const bg_benefit_moments moments = bg_benefit_moments_of(&all, 800);
    assert_close(moments.mean, 800, 1e-10);
    assert_close(moments.mean_slope, 800, 1e-10);
    assert_close(moments.square / (800 * 800.0), 1 + (4 + 0.25) / 0.75, 1e-12);
}

static void a_service_that_is_not_covered_pays_nothing(void **state)
{
    (void)state;
    bg_benefit_terms terms = plain(100, 0.8, HUGE_VAL);
    terms.eligible = 0;
    const bg_benefit none = benefit_of(terms, bills_of(BG_SEVERITY_GAMMA, 1, 0), FIRST_ONLY);
    double bill;
    assert_true(bg_benefit_moments_of(&none, 1000).mean == 0);
    assert_true(none.most == 0);
    assert_int_equal(bg_benefit_bill(&none, 1, 0, &bill), BG_BENEFIT_TOO_MUCH);
}

/* ---- the bill of a payment ---- */

/* How many units in the last place of the bill one of the mean is: the inverse of its elasticity. */
static void check_inverse(bg_limited bills, bg_benefit_terms terms)
{
    const double share[] = {0.6, 0.3, 0.1};
    const bg_benefit benefit = benefit_of(terms, bills, share);
    for (int j = 0; j < 6; j++) {
        const double bill = 50 * pow(7, j);
        const bg_benefit_moments at = bg_benefit_mean(&benefit, bill);
        if (at.mean < 1e-200 || at.mean > benefit.most * (1 - 1e-9)) {
            continue;
        }
        const double tolerance = 1e-13 + 1e-13 * at.mean / at.mean_slope,
                     guesses[] = {0, bill / 3, bill * 10};
        for (size_t i = 0; i < 3; i++) {
            double found = 0;
            assert_int_equal(bg_benefit_bill(&benefit, at.mean, guesses[i], &found),
                             BG_BENEFIT_FOUND);
            assert_relative(found, bill, tolerance);
        }
    }
}

static void the_bill_of_a_mean_payment_is_found_again(void **state)
{
    (void)state;
    for_all_terms(check_inverse);
}

static void no_payment_has_no_bill_and_too_high_a_payment_neither(void **state)
{
    (void)state;
    const bg_limited bills = bills_of(BG_SEVERITY_GAMMA, 1, 0.2);
    const bg_benefit capped = benefit_of(plain(0, 0.5, 40), bills, FIRST_ONLY);
    double bill = 0;
    assert_int_equal(bg_benefit_bill(&capped, 0, 0, &bill), BG_BENEFIT_NOTHING);
    assert_int_equal(bg_benefit_bill(&capped, -1, 0, &bill), BG_BENEFIT_NOTHING);
    /* A fifth of the bills are nothing. */
    assert_close(capped.most, 32, 1e-14);
    assert_int_equal(bg_benefit_bill(&capped, 32, 0, &bill), BG_BENEFIT_TOO_MUCH);
    assert_int_equal(bg_benefit_bill(&capped, 31.999, 0, &bill), BG_BENEFIT_FOUND);
    assert_close(bg_benefit_mean(&capped, bill).mean, 31.999, 1e-12);
}

/* With an exponential bill of mean B, E (X - d)+ = B e^(-d/B). */
static void an_exponential_bill_above_a_deductible_is_found_by_hand(void **state)
{
    (void)state;
    const bg_benefit benefit =
        benefit_of(plain(500, 0.8, HUGE_VAL), bills_of(BG_SEVERITY_GAMMA, 1, 0), FIRST_ONLY);
    double bill = 0;
    assert_int_equal(bg_benefit_bill(&benefit, 0.8 * 250 * exp(-2), 0, &bill), BG_BENEFIT_FOUND);
    assert_relative(bill, 250, 1e-13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bill_below_the_deductible_is_the_patients_alone),
        cmocka_unit_test(the_rates_of_the_bands_apply_to_the_parts_of_the_eligible_bill),
        cmocka_unit_test(a_deductible_may_swallow_a_band),
        cmocka_unit_test(a_visit_pays_no_more_than_its_cap),
        cmocka_unit_test(the_shares_of_admissions_are_those_of_the_counts),
        cmocka_unit_test(geometric_counts_have_geometric_shares),
        cmocka_unit_test(payments_and_limits_have_the_moments_of_the_oracle),
        cmocka_unit_test(moments_agree_with_numerical_integration),
        cmocka_unit_test(slopes_are_the_derivatives_by_the_logarithm_of_the_bill),
        cmocka_unit_test(a_fund_that_pays_everything_pays_the_bill),
        cmocka_unit_test(a_service_that_is_not_covered_pays_nothing),
        cmocka_unit_test(the_bill_of_a_mean_payment_is_found_again),
        cmocka_unit_test(no_payment_has_no_bill_and_too_high_a_payment_neither),
        cmocka_unit_test(an_exponential_bill_above_a_deductible_is_found_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
