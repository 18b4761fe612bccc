/* Lognormal amounts beside Python's statistics.NormalDist and closed forms. */
#include "../../support/close.h"
#include "statistics/lognormal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* mean 100, sd 20, of which 40 are known: sigma^2 = ln(1 + 400/3600), the median 40 + 60 / sqrt(1 + 1/9) = 40 + 18 sqrt(10). */
static void median_and_moments_are_those_of_the_closed_form(void **state)
{
    (void)state;
    const bg_lognormal self = bg_lognormal_of(40, 100, 400);
    assert_close(self.sigma, sqrt(log(10.0 / 9)), 1e-14);
    assert_close(bg_lognormal_at(&self, 0), 40 + 18 * sqrt(10), 1e-12);
    assert_close(self.mean, 100, 0);
    assert_close(self.sd, 20, 1e-14);
    assert_close(bg_lognormal_above(&self, 40 + 18 * sqrt(10)), 0.5, 1e-13);
}

static void what_lies_above_a_quantile_is_its_share(void **state)
{
    (void)state;
    const bg_lognormal self = bg_lognormal_of(40, 100, 400);
    /* NormalDist().cdf(-1.5), and a bound below what is known */
    assert_close(bg_lognormal_above(&self, bg_lognormal_at(&self, 1.5)), 0.06680720126885809,
                 1e-13);
    assert_close(bg_lognormal_above(&self, 40), 1, 0);
    assert_close(bg_lognormal_above(&self, 39), 1, 0);
}

static void where_nothing_is_left_the_amount_is_sure(void **state)
{
    (void)state;
    const bg_lognormal self = bg_lognormal_of(100, 100, 0);
    assert_close(bg_lognormal_at(&self, 2), 100, 0);
    assert_close(bg_lognormal_above(&self, 99.9), 1, 0);
    assert_close(bg_lognormal_above(&self, 100), 0, 0);
    const bg_lognormal sure = bg_lognormal_of(40, 100, 0);
    assert_close(bg_lognormal_at(&sure, 2), 100, 0);
    assert_close(bg_lognormal_above(&sure, 100), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(median_and_moments_are_those_of_the_closed_form),
        cmocka_unit_test(what_lies_above_a_quantile_is_its_share),
        cmocka_unit_test(where_nothing_is_left_the_amount_is_sure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
