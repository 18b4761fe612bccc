#include "../../support/close.h"
#include "../../support/rng.h"

#include "demand/emergency.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const double flat[12] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

/* No spread: the means are what happens. */
static const bg_emergency_terms certain = {
    .probability = 0.08, .dip = 0.15, .dip_months = 6, .direct = 0.012, .rebound = 0.1};

static bg_emergency scripted(const bg_emergency_terms *terms, const uint32_t *words, size_t n)
{
    bg_rng *rng = scripted_rng(words, n);
    const bg_emergency emergency = bg_emergency_draw(terms, rng);
    assert_int_equal(scripted_rng_left(rng), 0);
    rng_free(rng);
    return emergency;
}

static void an_emergency_begins_below_its_probability_only(void **state)
{
    (void)state;
    const uint32_t at[] = {SCRIPT_UNIFORM(0.08) + 1}, below[] = {SCRIPT_UNIFORM(0.08), 0};
    assert_false(scripted(&certain, at, 1).begins);
    assert_true(scripted(&certain, below, 2).begins);
    const bg_emergency_terms never = {.probability = 0, .dip = 0.15, .dip_months = 6};
    const uint32_t zero[] = {0};
    assert_false(scripted(&never, zero, 1).begins);
}

static void without_an_emergency_nothing_happens(void **state)
{
    (void)state;
    const uint32_t words[] = {0xffffffff};
    const bg_emergency none = scripted(&certain, words, 1);
    double multiplier[12];
    bg_emergency_months(&none, flat, multiplier);
    for (size_t month = 0; month < 12; month++) {
        assert_true(multiplier[month] == 1);
        assert_true(bg_emergency_direct(&none, month) == 0);
    }
    assert_true(none.rebound == 0);
}

static void a_multiplier_acts_on_the_year_as_far_as_a_line_is_exposed(void **state)
{
    (void)state;
    const bg_emergency_terms terms = {
        .probability = 0.08, .form = BG_EMERGENCY_MULTIPLIER, .mu = 0.12, .sigma = 0.1};
    const uint32_t words[] = {SCRIPT_UNIFORM(0.07), SCRIPT_FAR_ABOVE_ZERO};
    const bg_emergency emergency = scripted(&terms, words, 4);
    assert_true(emergency.begins);
    bg_emergency_terms certain_size = terms;
    certain_size.sigma = 0;
    const bg_emergency usual = scripted(&certain_size, words, 4);
    assert_close(usual.excess, 0.12749685157937574, 1e-15); /* exp(0.12) - 1 */
    assert_true(emergency.excess > 1.9);                    /* exp(0.12 + 0.1 x 9.9) - 1 = 2.03 */
    assert_true(bg_emergency_factor(&usual, 0) == 1);
    assert_close(bg_emergency_factor(&usual, 0.5), 1.06374842578968787, 1e-15);
    assert_true(bg_emergency_factor(&usual, 1) == 1 + usual.excess);
    double multiplier[12];
    bg_emergency_months(&usual, flat, multiplier);
    for (size_t month = 0; month < 12; month++) { /* no month is another's */
        assert_true(multiplier[month] == 1 && bg_emergency_direct(&usual, month) == 0);
    }
    assert_true(usual.rebound == 0);
    const uint32_t none[] = {SCRIPT_UNIFORM(0.08) + 1};
    const bg_emergency quiet = scripted(&terms, none, 1);
    assert_false(quiet.begins);
    assert_true(bg_emergency_factor(&quiet, 1) == 1);
}

static double mean_of_year(const bg_emergency_terms *terms, const double season[12], bool rebounds)
{
    double month[12], sum = 0;
    bg_emergency_mean(terms, season, 1, rebounds, month);
    for (size_t i = 0; i < 12; i++) {
        sum += month[i];
    }
    return sum;
}

/* Of a uniform share U (mean 1/2, variance 1/12), E min(U, h) = h - h^2 / 2. */
static void its_mean_counts_what_its_months_can_hold(void **state)
{
    (void)state;
    const double without = mean_of_year(&certain, flat, false);
    assert_close(without, 1 - 0.08 * 0.15 + 0.08 * 0.012, 1e-15);
    const double with = mean_of_year(&certain, flat, true);
    assert_close(with, (1 - 0.08 * 0.15) * 1.008 + 0.08 * 0.012, 1e-15);
    bg_emergency_terms deep = {.probability = 0.5, .dip = 0.6, .dip_months = 6};
    assert_close(mean_of_year(&deep, flat, true), 1 - 0.5 * 0.5, 1e-15);
    deep = (bg_emergency_terms){
        .probability = 1, .dip = 0.5, .dip_sd = 0.28867513459481287, .dip_months = 3};
    assert_close(mean_of_year(&deep, flat, true), 1 - 0.21875, 1e-12);
    deep.dip_months = 12;
    assert_close(mean_of_year(&deep, flat, true), 0.5, 1e-12);
    /* One month of twelve holds half of the year, eleven the other half. */
    double peak[12];
    for (size_t month = 0; month < 12; month++) {
        peak[month] = month == 4 ? 6 : 6.0 / 11;
    }
    deep.dip_months = 1;
    const double h = 0.5 / 11;
    const double fall = ((0.5 - 0.125) + 11 * (h - h * h / 2)) / 12;
    assert_close(mean_of_year(&deep, peak, true), 1 - fall, 1e-12);
}

static void its_months_lie_within_the_year(void **state)
{
    (void)state;
    /* Seven places for six months: the first word's seventh decides. */
    const uint32_t earliest[] = {0, 0}, latest[] = {0, SCRIPT_UNIFORM(6.99 / 7)};
    const bg_emergency first = scripted(&certain, earliest, 2);
    const bg_emergency last = scripted(&certain, latest, 2);
    assert_int_equal(first.first, 0);
    assert_int_equal(last.first, 6);
    assert_int_equal(last.first + last.months, 12);
    bg_emergency_terms whole_year = certain;
    whole_year.dip_months = 12;
    assert_int_equal(scripted(&whole_year, latest, 2).first, 0);
}

static void the_year_falls_by_exactly_the_dip(void **state)
{
    (void)state;
    const double season[12] = {1.5, 0.5, 1, 1, 1, 1, 1, 0.25, 1.75, 1, 1, 1};
    for (size_t first = 0; first <= 9; first++) {
        const bg_emergency emergency = {.begins = true, .first = first, .months = 3, .dip = 0.15};
        double multiplier[12], sum = 0;
        bg_emergency_months(&emergency, season, multiplier);
        for (size_t month = 0; month < 12; month++) {
            const bool within = month >= first && month < first + 3;
            assert_true(within ? multiplier[month] < 1 : multiplier[month] == 1);
            sum += season[month] * multiplier[month];
        }
        assert_close(sum, 12 * 0.85, 1e-12);
    }
}

static void a_dip_deeper_than_its_months_empties_them(void **state)
{
    (void)state;
    const bg_emergency emergency = {.begins = true, .first = 2, .months = 6, .dip = 0.6};
    double multiplier[12];
    bg_emergency_months(&emergency, flat, multiplier);
    for (size_t month = 0; month < 12; month++) {
        assert_true(multiplier[month] == (month >= 2 && month < 8 ? 0 : 1));
    }
}

static void months_without_cases_cannot_fall(void **state)
{
    (void)state;
    const double season[12] = {0, 0, 6, 6};
    const bg_emergency emergency = {.begins = true, .first = 6, .months = 2, .dip = 0.15};
    double multiplier[12];
    bg_emergency_months(&emergency, season, multiplier);
    assert_true(multiplier[6] == 1 && multiplier[7] == 1);
}

static void direct_cost_is_spread_evenly_over_its_months(void **state)
{
    (void)state;
    const uint32_t words[] = {0, SCRIPT_UNIFORM(3.5 / 7)};
    const bg_emergency emergency = scripted(&certain, words, 2);
    for (size_t month = 0; month < 12; month++) {
        assert_close(bg_emergency_direct(&emergency, month), month >= 3 && month < 9 ? 0.002 : 0,
                     1e-15);
    }
}

static void sizes_have_the_given_mean_and_spread(void **state)
{
    (void)state;
    enum { N = 40000 };
    const bg_emergency_terms terms = {.probability = 1,
                                      .dip = 0.15,
                                      .dip_sd = 0.078,
                                      .dip_months = 6,
                                      .direct = 0.01,
                                      .direct_sd = 0.02,
                                      .rebound = 0.1,
                                      .rebound_sd = 0.08};
    const double mean[3] = {0.15, 0.01, 0.1}, sd[3] = {0.078, 0.02, 0.08};
    /* 4 standard errors of a variance, 4 sqrt((kurtosis - 1) / N), the kurtosis being 3.3 of that
     * beta and 3 + 6 cv^2 of a gamma. */
    const double within[3] = {0.031, 0.102, 0.049};
    bg_rng *rng = seeded_rng(1);
    double sum[3] = {0}, squares[3] = {0}, months[7] = {0};
    for (int i = 0; i < N; i++) {
        const bg_emergency emergency = bg_emergency_draw(&terms, rng);
        const double size[3] = {emergency.dip, emergency.direct, emergency.rebound};
        for (int j = 0; j < 3; j++) {
            sum[j] += size[j];
            squares[j] += (size[j] - mean[j]) * (size[j] - mean[j]);
        }
        months[emergency.first]++;
    }
    for (int j = 0; j < 3; j++) {
        assert_close(sum[j] / N, mean[j], 4 * sd[j] / 200);
        assert_close(squares[j] / N, sd[j] * sd[j], within[j] * sd[j] * sd[j]);
    }
    for (int first = 0; first < 7; first++) {
        assert_close(months[first] / N, 1 / 7.0, 4 * 0.35 / 200);
    }
    rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_emergency_begins_below_its_probability_only),
        cmocka_unit_test(without_an_emergency_nothing_happens),
        cmocka_unit_test(a_multiplier_acts_on_the_year_as_far_as_a_line_is_exposed),
        cmocka_unit_test(its_mean_counts_what_its_months_can_hold),
        cmocka_unit_test(its_months_lie_within_the_year),
        cmocka_unit_test(the_year_falls_by_exactly_the_dip),
        cmocka_unit_test(a_dip_deeper_than_its_months_empties_them),
        cmocka_unit_test(months_without_cases_cannot_fall),
        cmocka_unit_test(direct_cost_is_spread_evenly_over_its_months),
        cmocka_unit_test(sizes_have_the_given_mean_and_spread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
