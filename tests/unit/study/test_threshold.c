/* Where a step function changes. */
#include "study/threshold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct steps {
    const double *at; /* the state is the number of these that x has reached */
    size_t count, asked;
    size_t fails_at; /* the call that fails; 0: none */
} steps;

static bg_status state(void *context, double x, uint64_t *result)
{
    steps *self = context;
    *result = 0;
    for (size_t i = 0; i < self->count; i++) {
        *result += x >= self->at[i];
    }
    return ++self->asked == self->fails_at ? BG_INVALID : BG_OK;
}

static bg_threshold_search search_of(steps *self)
{
    return (bg_threshold_search){
        .state = state, .context = self, .from = 0, .to = 100, .points = 9, .tolerance = 0.001};
}

/* 80 and 84 lie between the same two points of the grid. */
static void every_change_is_found_on_both_sides(void **test_state)
{
    (void)test_state;
    static const double at[] = {10.1, 80, 84};
    steps self = {at, 3, 0, 0};
    const bg_threshold_search search = search_of(&self);
    bg_threshold found[8];
    size_t count;
    assert_int_equal(bg_thresholds_find(&search, found, 8, &count), BG_OK);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        assert_true(found[i].left < at[i] && found[i].right >= at[i]);
        assert_true(found[i].right - found[i].left <= 0.001);
    }
}

static void what_never_changes_costs_the_grid_alone(void **test_state)
{
    (void)test_state;
    steps self = {NULL, 0, 0, 0};
    const bg_threshold_search search = search_of(&self);
    bg_threshold found[1];
    size_t count;
    assert_int_equal(bg_thresholds_find(&search, found, 1, &count), BG_OK);
    assert_int_equal(count, 0);
    assert_int_equal(self.asked, 9);
}

static void no_more_are_found_than_there_is_room_for(void **test_state)
{
    (void)test_state;
    static const double at[] = {10, 20, 30};
    steps self = {at, 3, 0, 0};
    const bg_threshold_search search = search_of(&self);
    bg_threshold found[2];
    size_t count;
    assert_int_equal(bg_thresholds_find(&search, found, 2, &count), BG_OK);
    assert_int_equal(count, 2);
    assert_true(found[1].left < 20 && found[1].right >= 20);
}

static void a_failure_ends_the_search(void **test_state)
{
    (void)test_state;
    static const double at[] = {10};
    steps self = {at, 1, 0, 5};
    const bg_threshold_search search = search_of(&self);
    bg_threshold found[2];
    size_t count;
    assert_int_equal(bg_thresholds_find(&search, found, 2, &count), BG_INVALID);
    assert_int_equal(self.asked, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_change_is_found_on_both_sides),
        cmocka_unit_test(what_never_changes_costs_the_grid_alone),
        cmocka_unit_test(no_more_are_found_than_there_is_room_for),
        cmocka_unit_test(a_failure_ends_the_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
