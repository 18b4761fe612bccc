/* Kernels of cash and events against the same in 128 bits and one entry at a time, for each instruction
 * set that this machine has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/splitmix.h"
#include "projection/unit_simd.h"
#include <string.h>

__extension__ typedef __int128 wide;

enum { MOST = 1024 }; /* rows of a block */

static uint64_t random_state;

static uint64_t draw(void)
{
    return splitmix(&random_state);
}

/* Often equal, often zero. */
static bg_fen few(void)
{
    return (bg_fen)(draw() % 5) - 2;
}

static void in_every_set(void (*check)(size_t n))
{
    static const size_t lengths[] = {1, 7, 8, 64, 129, 256, 1021, MOST};
    const bg_isa before = bg_isa_current();
    for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
        for (size_t l = 0; l < sizeof lengths / sizeof *lengths && bg_isa_use((bg_isa)isa); l++) {
            random_state = l;
            check(lengths[l]);
        }
    }
    assert_true(bg_isa_use(before));
}

static void check_events(size_t n)
{
    bg_fen column[5][MOST];
    uint8_t event[MOST], expected[MOST];
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; c < 5; c++) {
            column[c][i] = few();
        }
        event[i] = draw() % 2 ? 1 << BG_EVENT_emergency : 0;
        const bool exhausted = (column[0][i] > 0 || column[1][i] > 0) && column[2][i] == 0;
        expected[i] = (uint8_t)(event[i] | (column[1][i] > column[0][i]) << BG_EVENT_over_budget |
                                (column[2][i] < 0) << BG_EVENT_overspend |
                                (column[3][i] < 0) << BG_EVENT_loss |
                                (column[4][i] < 0) << BG_EVENT_cash_negative |
                                exhausted << BG_EVENT_risk_exhausted |
                                (column[3][i] < 0) << BG_EVENT_pool_deficit);
    }
    const bg_unit_kernels *kernels = BG_ISA_TABLE(bg_unit_kernels);
    const bg_unit_columns columns = {column[0], column[1], column[2], column[3], column[4]};
    kernels->events(n, &columns, event);
    kernels->exhausted(n, column[0], column[1], column[2], event);
    kernels->below_zero(n, column[3], 1 << BG_EVENT_pool_deficit, event);
    assert_memory_equal(event, expected, n);
}

static void events_are_read_off_columns_and_join_those_there_are(void **state)
{
    (void)state;
    in_every_set(check_events);
}

/* Three amounts of any size in one place of many: whether they fit, and if so what they add up to. */
static void check_cash(size_t n)
{
    static const bg_fen sizes[] = {0, 1, 1000, INT64_MAX / 2, INT64_MAX};
    const size_t place = draw() % n;
    bg_fen before[MOST], instalment[MOST], expense[MOST];
    bg_fen now[MOST], lowest[MOST];
    for (size_t i = 0; i < n; i++) {
        before[i] = few();
        instalment[i] = few();
        expense[i] = few();
        lowest[i] = few();
    }
    before[place] = draw() % 2 ? sizes[draw() % 5] : -sizes[draw() % 5];
    instalment[place] = draw() % 2 ? sizes[draw() % 5] : -sizes[draw() % 5];
    expense[place] = draw() % 2 ? sizes[draw() % 5] : -sizes[draw() % 5];
    const wide more = (wide)instalment[place] - expense[place];
    const wide sum = before[place] + more;
    const bool fits = more == (wide)(bg_fen)more && sum == (wide)(bg_fen)sum;
    const bg_fen least = lowest[place];
    const bg_unit_kernels *kernels = BG_ISA_TABLE(bg_unit_kernels);
    assert_int_equal(kernels->cash(n, before, instalment, expense, now, lowest), fits);
    if (fits) {
        assert_true(now[place] == (bg_fen)sum);
        assert_true(lowest[place] == (least < now[place] ? least : now[place]));
    }
    for (size_t i = 0; i < n; i++) {
        assert_true(i == place || now[i] == before[i] + instalment[i] - expense[i]);
        assert_true(i == place || lowest[i] <= now[i]);
    }
}

static void check_cash_often(size_t n)
{
    for (size_t i = 0; i < 200; i++) {
        check_cash(n);
    }
}

static void cash_is_added_up_unless_it_does_not_fit(void **state)
{
    (void)state;
    in_every_set(check_cash_often);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_are_read_off_columns_and_join_those_there_are),
        cmocka_unit_test(cash_is_added_up_unless_it_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
