/* Credibility, by Hachemeister's data (1975) of bodily injury claims in five states over twelve quarters, whose
 * Bühlmann-Straub figures are published in Goulet's vignette of R's package actuar. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "statistics/credibility.h"

#include <math.h>

enum { STATES = 5, QUARTERS = 12, ALL = 60 };

static const double ratio[STATES][QUARTERS] = {
    {1738, 1642, 1794, 2051, 2079, 2234, 2032, 2035, 2115, 2262, 2267, 2517},
    {1364, 1408, 1597, 1444, 1342, 1675, 1470, 1448, 1464, 1831, 1612, 1471},
    {1759, 1685, 1479, 1763, 1674, 2103, 1502, 1622, 1828, 2155, 2233, 2059},
    {1223, 1146, 1010, 1257, 1426, 1532, 1953, 1123, 1343, 1243, 1762, 1306},
    {1456, 1499, 1609, 1741, 1482, 1572, 1606, 1735, 1607, 1573, 1613, 1690}};
static const double claims[STATES][QUARTERS] = {
    {7861, 9251, 8706, 8575, 7917, 8263, 9456, 8003, 7365, 7832, 7849, 9077},
    {1622, 1742, 1523, 1515, 1622, 1602, 1964, 1515, 1527, 1748, 1654, 1861},
    {1147, 1357, 1329, 1204, 998, 1077, 1277, 1218, 896, 1003, 1108, 1121},
    {407, 396, 348, 341, 315, 328, 352, 331, 287, 384, 321, 342},
    {2902, 3172, 3046, 3068, 2693, 2910, 3275, 2697, 2663, 3017, 3242, 3425}};

static void states_are_believed_by_their_claims(void **state)
{
    (void)state;
    static const double mean[] = {2060.921, 1511.224, 1805.843, 1352.976, 1599.829};
    static const double weight[] = {100155, 19895, 13735, 4152, 36110};
    static const double factor[] = {0.9847, 0.9276, 0.8985, 0.7279, 0.9588};
    size_t unit[ALL];
    double unit_weight[STATES], unit_mean[STATES];
    for (size_t i = 0; i < ALL; i++) {
        unit[i] = i / QUARTERS;
    }
    const bg_credibility_data data = {ALL, STATES, ratio[0], claims[0], unit};
    const bg_credibility fit = bg_credibility_fit(&data, unit_weight, unit_mean);
    assert_true(fabs(fit.mean - 1683.713) < 0.001);
    assert_true(fabs(fit.between - 89638.73) < 0.01);
    assert_true(fabs(fit.within - 139120025.9) < 0.1);
    for (size_t u = 0; u < STATES; u++) {
        assert_true(fabs(unit_mean[u] - mean[u]) < 0.001);
        assert_true(unit_weight[u] == weight[u]);
        assert_true(fabs(bg_credibility_factor(&fit, unit_weight[u]) - factor[u]) < 0.00005);
    }
}

static void units_that_do_not_differ_are_not_believed(void **state)
{
    (void)state;
    static const double value[] = {1, 3, 3, 1}, weight[] = {1, 1, 1, 1};
    static const size_t unit[] = {0, 0, 2, 2};
    double unit_weight[3], unit_mean[3];
    const bg_credibility_data data = {4, 3, value, weight, unit};
    const bg_credibility fit = bg_credibility_fit(&data, unit_weight, unit_mean);
    assert_true(fit.between == 0 && fit.within == 2 && fit.mean == 2);
    assert_true(unit_weight[1] == 0 && bg_credibility_factor(&fit, 2) == 0);
}

static void one_unit_or_none_says_nothing_of_others(void **state)
{
    (void)state;
    static const double value[] = {1, 3}, weight[] = {1, 1};
    static const size_t unit[] = {0, 0};
    double unit_weight[1], unit_mean[1];
    bg_credibility_data data = {2, 1, value, weight, unit};
    assert_true(bg_credibility_fit(&data, unit_weight, unit_mean).between == 0);
    data.count = 0;
    const bg_credibility none = bg_credibility_fit(&data, unit_weight, unit_mean);
    assert_true(none.between == 0 && none.within == 0 && none.mean == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_are_believed_by_their_claims),
        cmocka_unit_test(units_that_do_not_differ_are_not_believed),
        cmocka_unit_test(one_unit_or_none_says_nothing_of_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
