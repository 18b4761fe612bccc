/* What is expected of coming years: before there is anything to learn, of a series, of a panel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/observed_text.h"
#include "../../support/splitmix.h"
#include "base/text.h"
#include "study/growth_fit.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static bg_growth_fit fit_at(const bg_yearly *yearly, int origin, bg_growth_options options)
{
    bg_growth_fit fit;
    assert_int_equal(bg_growth_fit_at(yearly, origin, &options, &fit, NULL), BG_OK);
    return fit;
}

static void before_there_is_anything_to_learn_growth_is_ten_per_cent(void **state)
{
    (void)state;
    bg_observed data = observed_text("year,paid\n2020,100\n2021,150\n");
    bg_yearly yearly;
    bg_yearly_add_up(&data, &yearly, NULL);
    bg_growth_fit fit = fit_at(&yearly, 2020, (bg_growth_options){0});
    bg_mixture expected;
    bg_growth_ahead(&fit, 0, 1, &expected);
    assert_int_equal(fit.growths, 0);
    assert_close(bg_mixture_mean(&expected), log(1.1), 1e-9);
    assert_close(bg_mixture_sd(&expected), 0.15464434774345198,
                 1e-5); /* by NumPy, over the grid of the prior */
    bg_growth_fit_free(&fit);
    bg_yearly_free(&yearly);
    bg_observed_free(&data);
}

/* The same as the level alone: what is common and what is own cannot be told apart in one series. */
static void one_series_has_no_noise_of_its_own(void **state)
{
    (void)state;
    bg_observed data = observed_text("year,paid\n2020,100\n2021,112\n2022,115\n2023,116\n");
    bg_yearly yearly;
    bg_yearly_add_up(&data, &yearly, NULL);
    bg_growth_fit all = fit_at(&yearly, 2023, (bg_growth_options){0});
    bg_growth_fit last = fit_at(&yearly, 2023, (bg_growth_options){.window = 3});
    assert_int_equal(all.growths, 3);
    assert_int_equal(last.growths, 2);
    assert_close(bg_sized_noise_scale(&all.noise, NAN), 0, 0);
    const double x[] = {log(112.0 / 100), log(115.0 / 112), log(116.0 / 115)};
    const double variance[3] = {0};
    const int year[] = {2021, 2022, 2023};
    const bg_level_prior prior = {log(1.1), 0.1, 0.01, 1.5, 0.08, 4};
    bg_moving_level level;
    bg_moving_level_fit(&prior, &(bg_level_data){3, year, x, variance}, 0, &level);
    assert_close(bg_moving_level_mean(&all.common).mean, bg_moving_level_mean(&level).mean, 1e-12);
    bg_growth_fit_free(&all);
    bg_growth_fit_free(&last);
    bg_yearly_free(&yearly);
    bg_observed_free(&data);
}

static double normal(uint64_t *state)
{
    const double u = ((double)(splitmix(state) >> 11) + 0.5) * 0x1p-53;
    const double v = (double)(splitmix(state) >> 11) * 0x1p-53;
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

enum { COUNTIES = 60, MOST_YEARS = 16 };

/* What all counties of a simulated panel have in common in each year. */
typedef struct panel {
    int years;
    double common[MOST_YEARS];
    double own_trend_sd, own_sd;
} panel;

/* Counties that grow by 5 % and what they have in common, by a trend of their own and by a swing of their own. */
static char *simulate(const panel *of, uint64_t *state)
{
    double log_amount[COUNTIES], own[COUNTIES];
    bg_text text = {0};
    bg_text_add(&text, "county,year,people,paid\n");
    for (int c = 0; c < COUNTIES; c++) {
        log_amount[c] = log(1e8);
        own[c] = of->own_trend_sd * normal(state);
    }
    for (int y = 0; y < of->years; y++) {
        for (int c = 0; c < COUNTIES; c++) {
            log_amount[c] += 0.05 + own[c] + of->common[y] + of->own_sd * normal(state);
            bg_text_add(&text, "%d,%d,100000,%.2f\n", c, 2000 + y, exp(log_amount[c]));
        }
    }
    return bg_text_take(&text);
}

/* How many outcomes of the last year lie in the 80 % and 95 % intervals from the year before. */
static void count_covered(const bg_yearly *yearly, int year, bool alone, size_t covered[2])
{
    bg_growth_fit fit = fit_at(yearly, year - 1, (bg_growth_options){.alone = alone});
    for (size_t c = 0; c < COUNTIES; c++) {
        bg_mixture expected;
        bg_growth_ahead(&fit, c, 1, &expected);
        const double rank = bg_mixture_below(&expected, bg_yearly_growth(yearly, c, year, 9999));
        covered[0] += rank >= 0.1 && rank <= 0.9;
        covered[1] += rank >= 0.025 && rank <= 0.975;
    }
    bg_growth_fit_free(&fit);
}

/* Forty panels of five years, of which each is bad with a chance of one in five: all grow by 6 % less. */
static void a_bad_year_in_five_is_missed_without_a_common_factor(void **state)
{
    (void)state;
    enum { PANELS = 40 };
    uint64_t random = 3;
    size_t together[2] = {0}, alone[2] = {0};
    for (int p = 0; p < PANELS; p++) {
        panel of = {.years = 5, .own_sd = 0.03};
        for (int y = 0; y < of.years; y++) {
            of.common[y] = splitmix_up_to(&random, 4) == 0 ? -0.06 : 0;
        }
        char *csv = simulate(&of, &random);
        bg_observed data = observed_text(csv);
        bg_yearly yearly;
        bg_yearly_add_up(&data, &yearly, NULL);
        count_covered(&yearly, 2004, false, together);
        count_covered(&yearly, 2004, true, alone);
        bg_yearly_free(&yearly);
        bg_observed_free(&data);
        free(csv);
    }
    const double all = PANELS * COUNTIES;
    assert_true((double)together[0] / all > 0.75 && (double)together[0] / all < 0.87);
    assert_true((double)together[1] / all > 0.92 && (double)together[1] / all < 0.98);
    assert_true((double)alone[0] / all < 0.75 && (double)alone[1] / all < 0.92);
}

static void the_size_of_noise_and_swings_is_learned(void **state)
{
    (void)state;
    uint64_t random = 1;
    panel of = {.years = MOST_YEARS, .own_sd = 0.04};
    for (int y = 0; y < of.years; y++) {
        of.common[y] = 0.03 * normal(&random);
    }
    char *csv = simulate(&of, &random);
    bg_observed data = observed_text(csv);
    bg_yearly yearly;
    bg_yearly_add_up(&data, &yearly, NULL);
    bg_growth_fit fit = fit_at(&yearly, 2000 + MOST_YEARS - 1, (bg_growth_options){0});
    assert_int_equal(fit.growths, COUNTIES * (MOST_YEARS - 1));
    assert_close(sqrt(bg_sized_noise_scale(&fit.noise, 100000)), 0.04, 0.002);
    assert_close(bg_moving_level_mean(&fit.common).swing, 0.03, 0.012);
    assert_true(sqrt(fit.own.between) < 0.005);
    bg_growth_fit_free(&fit);
    bg_yearly_free(&yearly);
    bg_observed_free(&data);
    free(csv);
}

static void own_trends_are_believed_where_there_are_any(void **state)
{
    (void)state;
    uint64_t random = 2;
    const panel of = {.years = MOST_YEARS, .own_sd = 0.04, .own_trend_sd = 0.03};
    char *csv = simulate(&of, &random);
    bg_observed data = observed_text(csv);
    bg_yearly yearly;
    bg_yearly_add_up(&data, &yearly, NULL);
    bg_growth_fit fit = fit_at(&yearly, 2000 + MOST_YEARS - 1, (bg_growth_options){0});
    assert_close(sqrt(fit.own.between), 0.03, 0.008);
    double most = -1, sum = 0;
    size_t best = 0;
    for (size_t c = 0; c < COUNTIES; c++) {
        best = fit.own_mean[c] > most ? c : best;
        most = fit.own_mean[c] > most ? fit.own_mean[c] : most;
        sum += fit.own_mean[c];
    }
    bg_mixture expected;
    bg_growth_ahead(&fit, best, 1, &expected);
    const double z = bg_credibility_factor(&fit.own, fit.own_weight[best]);
    assert_true(z > 0.8 && z < 1); /* 15 years of 4 % against 3 %: 1 / (1 + 16/9/15) = 0.89 */
    assert_close(sum / COUNTIES, fit.own.mean, 0.002);
    bg_mixture other;
    bg_growth_ahead(&fit, best == 0 ? 1 : 0, 1, &other);
    assert_true(bg_mixture_mean(&expected) > bg_mixture_mean(&other));
    bg_growth_fit_free(&fit);
    bg_yearly_free(&yearly);
    bg_observed_free(&data);
    free(csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_there_is_anything_to_learn_growth_is_ten_per_cent),
        cmocka_unit_test(one_series_has_no_noise_of_its_own),
        cmocka_unit_test(a_bad_year_in_five_is_missed_without_a_common_factor),
        cmocka_unit_test(the_size_of_noise_and_swings_is_learned),
        cmocka_unit_test(own_trends_are_believed_where_there_are_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
