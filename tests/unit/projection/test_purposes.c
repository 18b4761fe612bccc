/* What is kept and what it is used for, in each future. */
#include "../../support/projected.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { FUTURES = 300, YEARS = 2 };

static const char county[] =
    "history: {2022: 100M, 2023: 100M, 2024: 100M}\nbudget: {growth: 6%, funds: {}}\n"
    "simulation: {years: 2, replications: 300}\nsettlement:\n"
    "  - split: {hospital: 60%, centre: 40%}\n"
    "  - use: {purposes: {pay: 70%, reserve: 30%}}\n"
    "  - clear: {}\n";

static bg_fen kept(bg_fen result)
{
    return result > 0 ? result : 0;
}

/* A part of 70 % of an amount that is no multiple of ten fen lies within a fen of it, for each institution. */
static void purposes_have_what_institutions_keep(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, county, NULL, 1);
    size_t gains = 0, losses = 0;
    for (size_t year = 0; year < YEARS; year++) {
        const bg_fen *hospital = projected_draws(&self, 0, year, "institution.hospital");
        const bg_fen *centre = projected_draws(&self, 0, year, "institution.centre");
        const bg_fen *pay = projected_draws(&self, 0, year, "purpose.pay");
        const bg_fen *reserve = projected_draws(&self, 0, year, "purpose.reserve");
        for (size_t i = 0; i < FUTURES; i++) {
            const bg_fen all = kept(hospital[i]) + kept(centre[i]);
            assert_int_equal(pay[i] + reserve[i], all);
            assert_true(10 * pay[i] - 7 * all <= 20 && 7 * all - 10 * pay[i] <= 20);
            gains += all > 0;
            losses += hospital[i] < 0;
        }
    }
    assert_true(gains > 0 && losses > 0);
    finish_projection(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(purposes_have_what_institutions_keep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
