/* What normal numbers learn from measurements, beside fractions worked by hand. */
#include "../../support/close.h"
#include "statistics/normals.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* n numbers that share a deviation of variance `common`, each with its own on top. */
static bg_normals sharing(size_t n, double common, double own)
{
    bg_normals self;
    assert_int_equal(bg_normals_init(&self, n), BG_OK);
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n; b++) {
            self.covariance[a * n + b] = common + (a == b ? own : 0);
        }
    }
    return self;
}

/* Normal-normal by hand: V = 4, r = 2 + 1, six measurements of mean 1/10: 6 * 4 / (6 * 4 + 3) of it, 8/9; what is left
 * of V is 4 * 3 / 27 = 4/9, and a number not measured has its own 2 on top. */
static void six_measurements_of_one_deviation_count_k_v_of_k_v_and_r(void **state)
{
    (void)state;
    bg_normals self = sharing(12, 4, 2);
    static const double seen[] = {0.3, -0.1, 0.2, 0.0, 0.15, 0.05};
    for (size_t i = 0; i < 6; i++) {
        bg_normals_observe(&self, i, seen[i], 1);
    }
    for (size_t i = 6; i < 12; i++) {
        assert_close(self.mean[i], 0.1 * 8 / 9, 1e-15);
        assert_close(self.covariance[i * 12 + i], 4.0 / 9 + 2, 1e-14);
        assert_close(self.covariance[i * 12 + (i == 6 ? 7 : 6)], 4.0 / 9, 1e-14);
    }
    bg_normals_free(&self);
}

/* Three numbers with the covariance [4 2 1; 2 5 3; 1 3 6]: the first measured as 1 with the error 1, the second as 2
 * with the error 2. By the inverse of the whole, in fractions. */
static void measurements_one_by_one_are_those_of_the_inverse_of_the_whole(void **state)
{
    (void)state;
    static const double covariance[] = {4, 2, 1, 2, 5, 3, 1, 3, 6};
    bg_normals self;
    assert_int_equal(bg_normals_init(&self, 3), BG_OK);
    for (size_t i = 0; i < 9; i++) {
        self.covariance[i] = covariance[i];
    }
    bg_normals_observe(&self, 0, 1, 1);
    bg_normals_observe(&self, 1, 2, 2);
    static const double mean[] = {28.0 / 31, 46.0 / 31, 27.0 / 31};
    static const double left[] = {24.0 / 31, 4.0 / 31, 1.0 / 31,  4.0 / 31,  42.0 / 31,
                                  26.0 / 31, 1.0 / 31, 26.0 / 31, 146.0 / 31};
    for (size_t i = 0; i < 3; i++) {
        assert_close(self.mean[i], mean[i], 1e-14);
    }
    for (size_t i = 0; i < 9; i++) {
        assert_close(self.covariance[i], left[i], 1e-14);
    }
    bg_normals_free(&self);
}

static void what_is_measured_without_error_is_known(void **state)
{
    (void)state;
    bg_normals self = sharing(3, 1, 0);
    bg_normals_observe(&self, 1, 0.7, 0);
    for (size_t i = 0; i < 3; i++) {
        assert_close(self.mean[i], 0.7, 0);
        assert_close(self.covariance[i * 3 + i], 0, 0);
    }
    bg_normals_observe(&self, 2, 5, 0); /* nothing is left to learn */
    assert_close(self.mean[2], 0.7, 0);
    bg_normals_free(&self);
}

static void gains_give_the_means_of_any_measurements(void **state)
{
    (void)state;
    bg_normals before = sharing(4, 3, 1), after = sharing(4, 3, 1);
    before.covariance[1] = before.covariance[4] = after.covariance[1] = after.covariance[4] = 0.5;
    static const double seen[] = {0.4, -2, 1.5};
    static const double error[] = {0.5, 2, 0};
    for (size_t i = 0; i < 3; i++) {
        bg_normals_observe(&after, i, seen[i], error[i]);
    }
    for (size_t a = 0; a < 4; a++) {
        double mean = before.mean[a];
        for (size_t j = 0; j < 3; j++) {
            mean += after.gain[a * 4 + j] * (seen[j] - before.mean[j]);
        }
        assert_close(after.mean[a], mean, 1e-14);
        assert_close(after.gain[a * 4 + 3], 0, 0);
    }
    bg_normals_copy(&after, &before);
    assert_close(after.mean[0], 0, 0);
    assert_close(after.gain[0], 0, 0);
    assert_close(after.covariance[1], 0.5, 0);
    bg_normals_free(&before);
    bg_normals_free(&after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_measurements_of_one_deviation_count_k_v_of_k_v_and_r),
        cmocka_unit_test(measurements_one_by_one_are_those_of_the_inverse_of_the_whole),
        cmocka_unit_test(what_is_measured_without_error_is_known),
        cmocka_unit_test(gains_give_the_means_of_any_measurements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
