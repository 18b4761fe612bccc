/* Boxes in which something happens: known ones are found again, and small cases are worked by hand. */
#include "../../support/close.h"
#include "statistics/peeling.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST = 4000, INPUTS = 4 };

static double value[INPUTS * MOST];
static bool hit[MOST], aside[MOST];

/* Radical inverse: points that fill the unit cube evenly (Halton 1960). */
static double inverse(size_t i, size_t base)
{
    double x = 0, part = 1;
    for (; i > 0; i /= base) {
        part /= (double)base;
        x += part * (double)(i % base);
    }
    return x;
}

static bg_points cube(size_t n)
{
    static const size_t bases[INPUTS] = {2, 3, 5, 7};
    for (size_t input = 0; input < INPUTS; input++) {
        for (size_t i = 0; i < n; i++) {
            value[input * n + i] = inverse(i + 1, bases[input]);
        }
    }
    return (bg_points){.count = n, .inputs = INPUTS, .value = value, .hit = hit};
}

static double x(const bg_points *points, size_t input, size_t i)
{
    return value[input * points->count + i];
}

static bg_peeling peeled(const bg_points *points)
{
    bg_peeling self;
    assert_int_equal(bg_peeling_find(points, &self), BG_OK);
    return self;
}

/* One point goes at a time: of 1 to 20, of which 16 to 20 are hits, fifteen from below. Were a box of the five not
 * bounded, a quarter of its points would be hits: 1 / 4^5. */
static void the_trajectory_of_twenty_points_is_as_by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < 20; i++) {
        value[i] = (double)(i + 1);
        hit[i] = i >= 15;
    }
    const bg_points points = {.count = 20, .inputs = 1, .value = value, .hit = hit};
    bg_peeling self = peeled(&points);
    assert_int_equal(self.count, 16);
    for (size_t k = 0; k < 16; k++) {
        assert_int_equal(self.box[k].points, 20 - k);
        assert_int_equal(self.box[k].hits, 5);
        assert_true(k == 0 || self.box[k].side[0].low == (double)(k + 1));
        assert_true(isinf(self.box[k].side[0].high));
    }
    const bg_box *last = &self.box[15];
    assert_close(bg_box_coverage(last, self.hits), 1, 0);
    assert_close(bg_box_density(last), 1, 0);
    assert_close(bg_box_chance(last, &points, 0), 1.0 / 1024, 1e-12);
    bg_peeling_free(&self);
    bg_peeling_free(&self);
}

static void a_known_box_is_found_again(void **state)
{
    (void)state;
    const bg_points points = cube(MOST);
    for (size_t i = 0; i < MOST; i++) {
        hit[i] = x(&points, 0, i) >= 0.6 && x(&points, 2, i) <= 0.3;
    }
    bg_peeling self = peeled(&points);
    bg_box *box = &self.box[bg_peeling_choose(&self, 0.95)];
    bg_box_relax(box, &points, 0.05);
    assert_close(box->side[0].low, 0.6, 0.02);
    assert_true(isinf(box->side[0].high));
    assert_true(isinf(box->side[2].low));
    assert_close(box->side[2].high, 0.3, 0.02);
    assert_false(bg_box_bounds(box, 1));
    assert_false(bg_box_bounds(box, 3));
    assert_true(bg_box_density(box) > 0.93);
    assert_true(bg_box_coverage(box, self.hits) > 0.95);
    assert_true(bg_box_chance(box, &points, 0) < 1e-9);
    bg_peeling_free(&self);
}

/* A box that touches no face of the cube. */
static void a_box_in_the_middle_has_both_ends(void **state)
{
    (void)state;
    const bg_points points = cube(MOST);
    for (size_t i = 0; i < MOST; i++) {
        hit[i] = fabs(x(&points, 1, i) - 0.5) <= 0.25 && fabs(x(&points, 3, i) - 0.4) <= 0.2;
    }
    bg_peeling self = peeled(&points);
    const bg_box *box = &self.box[bg_peeling_choose(&self, 0.95)];
    assert_close(box->side[1].low, 0.25, 0.03);
    assert_close(box->side[1].high, 0.75, 0.03);
    assert_close(box->side[3].low, 0.2, 0.03);
    assert_close(box->side[3].high, 0.6, 0.03);
    assert_true(bg_box_coverage(box, self.hits) > 0.9);
    bg_peeling_free(&self);
}

/* What the first box holds is put aside, and the second one is found. */
static void a_second_box_is_found_beside_the_first(void **state)
{
    (void)state;
    bg_points points = cube(MOST);
    for (size_t i = 0; i < MOST; i++) {
        hit[i] = x(&points, 0, i) < 0.25 || x(&points, 1, i) > 0.9;
        aside[i] = x(&points, 0, i) < 0.25;
    }
    points.aside = aside;
    bg_peeling self = peeled(&points);
    const bg_box *box = &self.box[bg_peeling_choose(&self, 0.95)];
    assert_int_equal(self.points, MOST * 3 / 4);
    assert_close(box->side[1].low, 0.9, 0.01);
    assert_false(bg_box_bounds(box, 0));
    for (size_t i = 0; i < MOST; i++) {
        assert_true(!aside[i] || !bg_box_holds(box, &points, i));
    }
    bg_peeling_free(&self);
}

/* Ten levels of which each is a tenth of the points: a level goes as a whole, and bounds are levels. */
static void ties_are_not_parted(void **state)
{
    (void)state;
    for (size_t i = 0; i < 200; i++) {
        value[i] = (double)(i % 10);
        hit[i] = i % 10 >= 7;
    }
    const bg_points points = {.count = 200, .inputs = 1, .value = value, .hit = hit};
    bg_peeling self = peeled(&points);
    assert_int_equal(self.count, 8);
    for (size_t k = 0; k < 8; k++) {
        assert_int_equal(self.box[k].points, 200 - 20 * k);
    }
    assert_true(self.box[7].side[0].low == 7);
    bg_peeling_free(&self);
}

/* An input that says nothing is opened again; one that does is not. Of the hits two thirds lie above 10 in the first
 * input; in the second both bounds hold the same shares as all. */
static void bounds_without_meaning_are_opened(void **state)
{
    (void)state;
    for (size_t i = 0; i < 400; i++) {
        const size_t row = i / 20;
        value[i] = (double)(i % 20);
        value[400 + i] = (double)row;
        hit[i] = i % 20 >= 10;
    }
    const bg_points points = {.count = 400, .inputs = 2, .value = value, .hit = hit};
    bg_box_side side[2] = {{10, INFINITY}, {-INFINITY, 14}};
    bg_box box = {.side = side, .points = 150, .hits = 150};
    bg_box_relax(&box, &points, 0.05);
    assert_true(bg_box_bounds(&box, 0));
    assert_false(bg_box_bounds(&box, 1));
    assert_int_equal(box.points, 200);
    assert_int_equal(box.hits, 200);
}

/* Hits of 40 of 100 points, 30 of 50, 30 of 40, 18 of 20: dense enough is paid for with as few hits as can be. */
static void the_box_with_most_hits_among_dense_ones_is_chosen(void **state)
{
    (void)state;
    bg_box box[] = {{.points = 100, .hits = 40},
                    {.points = 50, .hits = 30},
                    {.points = 40, .hits = 30},
                    {.points = 20, .hits = 18}};
    const bg_peeling self = {.count = 4, .box = box};
    assert_int_equal(bg_peeling_choose(&self, 0.2), 0);
    assert_int_equal(bg_peeling_choose(&self, 0.5), 2);
    assert_int_equal(bg_peeling_choose(&self, 0.8), 3);
    assert_int_equal(bg_peeling_choose(&self, 0.95), 3);
}

static void where_nothing_or_everything_happens_there_is_no_peel(void **state)
{
    (void)state;
    const bg_points points = cube(100);
    for (int all = 0; all < 2; all++) {
        for (size_t i = 0; i < 100; i++) {
            hit[i] = all;
        }
        bg_peeling self = peeled(&points);
        assert_int_equal(self.count, 1);
        assert_int_equal(self.hits, all ? 100 : 0);
        assert_int_equal(bg_peeling_choose(&self, 0.8), 0);
        bg_peeling_free(&self);
    }
}

/* No box has fewer than a twentieth of all points. */
static void boxes_keep_a_twentieth(void **state)
{
    (void)state;
    const bg_points points = cube(1000);
    for (size_t i = 0; i < 1000; i++) {
        hit[i] = x(&points, 0, i) > 0.99;
    }
    bg_peeling self = peeled(&points);
    const bg_box *last = &self.box[self.count - 1];
    assert_true(last->points >= 50 && last->points < 56);
    assert_true(bg_box_density(last) < 0.25);
    bg_peeling_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_trajectory_of_twenty_points_is_as_by_hand),
        cmocka_unit_test(a_known_box_is_found_again),
        cmocka_unit_test(a_box_in_the_middle_has_both_ends),
        cmocka_unit_test(a_second_box_is_found_beside_the_first),
        cmocka_unit_test(ties_are_not_parted),
        cmocka_unit_test(bounds_without_meaning_are_opened),
        cmocka_unit_test(the_box_with_most_hits_among_dense_ones_is_chosen),
        cmocka_unit_test(where_nothing_or_everything_happens_there_is_no_peel),
        cmocka_unit_test(boxes_keep_a_twentieth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
