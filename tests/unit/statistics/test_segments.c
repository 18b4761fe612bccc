/* Numbers counted in segments, read off by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "statistics/segments.h"

/* -10 once, four numbers in 0 … 100, 200 three times. */
static bg_segments three_segments(void)
{
    bg_segments self;
    assert_int_equal(bg_segments_init(&self, 3), BG_OK);
    bg_segments_add(&self, -10, -10, 1, -10);
    bg_segments_add(&self, 0, 100, 4, 50);
    bg_segments_add(&self, 150, 160, 0, 155);
    bg_segments_add(&self, 200, 200, 3, 200);
    return self;
}

static void each_number_of_a_segment_stands_in_the_middle_of_its_share(void **state)
{
    (void)state;
    static const double expected[] = {-10, 12.5, 37.5, 62.5, 87.5, 200, 200, 200};
    bg_segments segments = three_segments();
    assert_int_equal(segments.count, 3);
    assert_int_equal(segments.n, 8);
    for (size_t rank = 1; rank <= 8; rank++) {
        assert_true(bg_segments_at(&segments, rank) == expected[rank - 1]);
    }
    bg_segments_free(&segments);
    bg_segments_free(&segments);
}

static void numbers_below_an_edge_are_counted_in_proportion(void **state)
{
    (void)state;
    static const struct {
        int64_t edge;
        uint64_t below;
    } rows[] = {{-10, 0}, {-9, 1}, {0, 1}, {26, 2}, {51, 3}, {100, 5}, {200, 5}, {201, 8}};
    bg_segments segments = three_segments();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(bg_segments_below(&segments, rows[i].edge), rows[i].below);
    }
    bg_segments_free(&segments);
}

/* Of the five highest the two in 0 … 100 are spread over 50 … 100: 75 on average, variance 50^2 / 12. */
static void a_tail_takes_the_outer_part_of_a_segment(void **state)
{
    (void)state;
    bg_segments segments = three_segments();
    double sum, squares;
    bg_segments_tail(&segments, true, 5, 40, &sum, &squares);
    assert_true(sum == 3 * 160 + 2 * 35);
    assert_true(squares == 3 * 160.0 * 160 + 2 * (35.0 * 35 + 2500.0 / 12));
    bg_segments_tail(&segments, false, 1, 0, &sum, &squares);
    assert_true(sum == 10 && squares == 100);
    bg_segments_free(&segments);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_number_of_a_segment_stands_in_the_middle_of_its_share),
        cmocka_unit_test(numbers_below_an_edge_are_counted_in_proportion),
        cmocka_unit_test(a_tail_takes_the_outer_part_of_a_segment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
