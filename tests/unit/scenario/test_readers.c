/* Who reads what stands at a key. */
#include <baogan/catalogue.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void the_longest_path_above_a_key_says_who_reads_it(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        bg_reader reader;
    } cases[] = {
        {"title", BG_READ_BY_NOBODY},
        {"budget.growth", BG_READ_BY_CONTRACT},
        {"budget.base.weights", BG_READ_BY_CONTRACT},
        {"budget.base.completion", BG_READ_BY_BOTH},
        {"budget.base.completion[2024]", BG_READ_BY_BOTH},
        {"budget.prepayment.outside", BG_READ_BY_BOTH},
        {"budget.prepayment.outside_share", BG_READ_BY_CONTRACT},
        {"settlement[share_surplus].bands[5%]", BG_READ_BY_CONTRACT},
        {"settlement[pots].pots[wards].lines", BG_READ_BY_BOTH},
        {"pool[].contribution", BG_READ_BY_BOTH},
        {"pool[residents].contribution", BG_READ_BY_BOTH},
        {"pool[residents].contribution_rate", BG_READ_BY_CONTRACT},
        {"pool[residents].enrolment.elasticity", BG_READ_BY_BOTH},
        {"performance.score", BG_READ_BY_CONTRACT},
        {"performance.indicators[stays].floor", BG_READ_BY_BOTH},
        {"demand.trend.prior", BG_READ_BY_DEMAND},
        {"demand.lines[residents.inpatient.in].institution", BG_READ_BY_BOTH},
        {"simulation.replications", BG_READ_BY_CONTRACT},
        {"simulation.seed", BG_READ_BY_BOTH},
        {"people[residents].count", BG_READ_BY_BOTH},
        {"measures[checks].recoveries.amount", BG_READ_BY_BOTH},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (bg_catalogue_reader(cases[i].path) != cases[i].reader) {
            fail_msg("%s", cases[i].path);
        }
    }
    assert_true(bg_reader_is_demand(BG_READ_BY_BOTH));
    assert_false(bg_reader_is_demand(BG_READ_BY_NOBODY));
}

/* A path that no key lies at or below would hold for nothing. */
static void every_path_of_the_table_is_that_of_a_key(void **state)
{
    (void)state;
    static const char *const paths[] = {
#define R(path, reader) path,
#include "scenario/readers.def"
#undef R
    };
    for (size_t i = 1; i < sizeof paths / sizeof *paths; i++) {
        if (!bg_catalogue_find(paths[i])) {
            fail_msg("%s is no key", paths[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_path_above_a_key_says_who_reads_it),
        cmocka_unit_test(every_path_of_the_table_is_that_of_a_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
