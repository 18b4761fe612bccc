#include "random/noise.h"

#include "random/normal.h"
#include "random/philox.h"

#include "../../support/close.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>

#define HALF_PI 1.570796326794896619231321691639751442L

enum { LANES = 300, LARGEST = 1000 };

/* Published answers (Salmon et al. 2011, Random123's kat_vectors). */
static const struct {
    uint32_t counter[4], key[2], output[4];
} answers[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};
#define ANSWERS (sizeof answers / sizeof *answers)

static uint64_t joined(const uint32_t half[2])
{
    return half[0] | (uint64_t)half[1] << 32;
}

/* Runs a check with the functions of every instruction set that this machine has. */
static void with_every_set(void (*check)(const bg_noise *noise))
{
    const bg_isa before = bg_isa_current();
    for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
        if (bg_isa_use((bg_isa)isa)) {
            check(bg_noise_functions());
        }
    }
    assert_true(bg_isa_use(before));
}

/* A published block at each place of the columns. */
static void check_answers(const bg_noise *noise)
{
    for (size_t i = 0; i < ANSWERS; i++) {
        const uint32_t *counter = answers[i].counter;
        for (uint32_t lane = 0; lane < LANES; lane++) {
            uint32_t column[4][LANES];
            uint32_t *const word[4] = {column[0], column[1], column[2], column[3]};
            noise->words(joined(answers[i].key), joined(counter + 2), counter[0], counter[1] - lane,
                         LANES, word);
            for (int j = 0; j < 4; j++) {
                assert_int_equal(column[j][lane], answers[i].output[j]);
            }
        }
    }
}

static void words_are_the_published_answers_at_every_place_of_a_column(void **state)
{
    (void)state;
    with_every_set(check_answers);
}

static void check_words(const bg_noise *noise)
{
    uint32_t column[4][LANES];
    uint32_t *const word[4] = {column[0], column[1], column[2], column[3]};
    for (uint32_t block = 0; block < 20; block++) {
        const uint64_t seed = 0x123456789abcdefU * (block + 1), key = seed * 3;
        const uint32_t first = UINT32_MAX - 100 + block;
        noise->words(seed, key, block, first, LANES, word);
        for (uint32_t i = 0; i < LANES; i++) {
            const uint32_t counter[4] = {block, first + i, (uint32_t)key, (uint32_t)(key >> 32)};
            const uint32_t keys[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
            uint32_t expected[4];
            bg_philox(counter, keys, expected);
            for (int j = 0; j < 4; j++) {
                assert_int_equal(column[j][i], expected[j]);
            }
        }
    }
}

static void words_are_those_of_the_stream(void **state)
{
    (void)state;
    with_every_set(check_words);
}

/* ---- columns of any length, against the numbers one at a time ---- */

typedef struct columns {
    uint32_t word[4][LARGEST + 2];
    double uniform[2][LARGEST + 2], normal[2][LARGEST + 2];
    float single[6][LARGEST + 2];
} columns;

/* Column functions write entries 1 to n; entries 0 and n + 1 stay 0. */
static void fill(const bg_noise *noise, columns *self, uint64_t seed, uint32_t first, size_t n)
{
    uint32_t *word[4];
    float *single[6];
    memset(self, 0, sizeof *self);
    for (int i = 0; i < 4; i++) {
        word[i] = self->word[i] + 1;
    }
    for (int i = 0; i < 6; i++) {
        single[i] = self->single[i] + 1;
    }
    noise->words(seed, 5, 7, first, n, word);
    noise->uniforms(seed, 5, 7, first, n, self->uniform[0] + 1, self->uniform[1] + 1);
    noise->normals(seed, 5, 7, first, n, self->normal[0] + 1, self->normal[1] + 1);
    noise->normals_single(seed, 5, 7, first, n, single);
}

static void fill_one_at_a_time(columns *self, uint64_t seed, uint32_t first, size_t n)
{
    memset(self, 0, sizeof *self);
    for (size_t i = 1; i <= n; i++) {
        const uint32_t counter[4] = {7, first + (uint32_t)i - 1, 5, 0};
        const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
        uint32_t w[4];
        bg_philox(counter, key, w);
        for (int j = 0; j < 4; j++) {
            self->word[j][i] = w[j];
        }
        self->uniform[0][i] = bg_uniform(joined(w));
        self->uniform[1][i] = bg_uniform(joined(w + 2));
        bg_turn(bg_radius(joined(w)), joined(w + 2), &self->normal[0][i], &self->normal[1][i]);
        for (size_t pair = 0; pair < 3; pair++) {
            bg_turn_single(bg_radius_single(w[pair]), bg_direction_single(w[pair], w[3], pair),
                           &self->single[2 * pair][i], &self->single[2 * pair + 1][i]);
        }
    }
}

static void check_columns(const bg_noise *noise)
{
    static const size_t lengths[] = {0,  1,  2,   7,   8,   15,  16,     17,
                                     63, 64, 127, 128, 129, 255, LARGEST};
    static columns obtained, expected;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        const uint64_t seed = 0xfedcba9876543210U + i;
        fill(noise, &obtained, seed, 1000, lengths[i]);
        fill_one_at_a_time(&expected, seed, 1000, lengths[i]);
        assert_memory_equal(&obtained, &expected, sizeof obtained);
    }
}

static void columns_of_every_length_hold_the_bits_of_numbers_made_alone(void **state)
{
    (void)state;
    with_every_set(check_columns);
}

/* FNV-1a, 64 bits. */
static uint64_t checksum(const void *bytes, size_t size)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* Recorded once: every compiler, instruction set and machine must come to it. */
static void bits_are_the_same_wherever_this_is_compiled(void **state)
{
    (void)state;
    static columns here;
    uint64_t sum = 0;
    for (uint64_t seed = 0; seed < 50; seed++) {
        fill(bg_noise_functions(), &here, seed, 0, LARGEST);
        sum = sum * 3 + checksum(&here, sizeof here);
    }
    assert_int_equal(sum, UINT64_C(0x810f767b056aab5c));
}

/* ---- what the numbers are ---- */

static void uniforms_take_the_upper_bits_and_never_reach_0_or_1(void **state)
{
    (void)state;
    assert_true(bg_uniform(0) == 0x1p-53);
    assert_true(bg_uniform(0xfff) == 0x1p-53);
    assert_true(bg_uniform(0x1000) == 0x1.8p-52);
    assert_true(bg_uniform(UINT64_MAX) == 1 - 0x1p-53);
    assert_true(bg_uniform(UINT64_C(1) << 63) == 0.5 + 0x1p-53);
}

/* Of the two lowest bits of a direction one mirrors the axis, the other exchanges the axes. */
static void normals_are_a_point_at_its_distance_and_angle(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 20000; i++) {
        const uint32_t counter[4] = {i, 0, 0, 0}, key[2] = {1, 2};
        uint32_t w[4];
        bg_philox(counter, key, w);
        const long double radius = sqrtl(-2 * logl(bg_uniform(joined(w))));
        const long double angle = HALF_PI * (bg_uniform(joined(w + 2)) - 0.5L);
        const long double along = (w[2] & 1 ? -1 : 1) * radius * cosl(angle);
        const long double across = radius * sinl(angle);
        double a, b;
        bg_turn(bg_radius(joined(w)), joined(w + 2), &a, &b);
        assert_close(a, (double)(w[2] & 2 ? across : along), 4e-15);
        assert_close(b, (double)(w[2] & 2 ? along : across), 4e-15);
    }
}

/* A direction has 16 bits of an angle above and two for its axis below. */
static void single_normals_are_a_point_at_its_distance_and_angle(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 20000; i++) {
        const uint32_t counter[4] = {i, 0, 0, 0}, key[2] = {1, 2};
        uint32_t w[4];
        bg_philox(counter, key, w);
        const uint32_t direction = w[1] & 0xffff0003;
        const double u = ((w[0] >> 8) + 0.5) / 0x1p24, radius = sqrt(-2 * log(u));
        const double angle = (double)HALF_PI * (((w[1] >> 16) + 0.5) / 0x1p16 - 0.5);
        const double along = (w[1] & 1 ? -1 : 1) * radius * cos(angle);
        const double across = radius * sin(angle);
        /* u has 24 bits: next to 1 that shows in the radius. */
        const double tolerance = 2e-6 + 0x1p-24 / radius;
        float a, b;
        bg_turn_single(bg_radius_single(w[0]), direction, &a, &b);
        assert_close((double)a, w[1] & 2 ? across : along, tolerance);
        assert_close((double)b, w[1] & 2 ? along : across, tolerance);
    }
}

/* No bit of the four words serves twice: each changes the distance or the direction of one pair. */
static void six_single_normals_share_no_bit_of_their_block(void **state)
{
    (void)state;
    size_t idle = 0;
    for (int bit = 0; bit < 128; bit++) {
        uint32_t w[4] = {0};
        w[bit / 32] = UINT32_C(1) << bit % 32;
        int moved = 0;
        for (size_t pair = 0; pair < 3; pair++) {
            moved += w[pair] >> 8 != 0;
            moved += bg_direction_single(w[pair], w[3], pair) != 0;
        }
        assert_true(moved <= 1);
        idle += moved == 0;
    }
    assert_int_equal(idle, 2);
}

/* The farthest and the nearest points that words can name. */
static void no_words_give_anything_but_finite_normals(void **state)
{
    (void)state;
    assert_close(bg_radius(0), sqrt(106 * log(2)), 1e-14);
    assert_close(bg_radius(UINT64_MAX), 0x1p-26, 1e-14);
    assert_close((double)bg_radius_single(0), sqrt(50 * log(2)), 1e-6);
    for (uint32_t i = 0; i < 100000; i++) {
        const float radius = bg_radius_single(UINT32_MAX - i);
        assert_true(radius >= 0 && radius < 0.01F);
    }
}

/* ---- their distribution ----
 * The distribution function of the normals themselves, rounding and all, without sampling: for each of
 * some directions evenly round the circle the distances that bring the coordinate to x or below are counted
 * (the distance falls as its uniform rises, so by bisection). The mean over directions of a smooth periodic
 * function converges faster than any power of their number. */
typedef struct kind {
    int bits;       /* of the distance */
    uint32_t apart; /* angles of a single normal, as directions; 0: as good as none */
    double (*coordinate)(uint64_t distance, uint32_t direction);
} kind;

/* In each quarter turn, twice: of a grid of angles the nearest on either side. */
enum { DIRECTIONS = 1024 };

static double double_coordinate(uint64_t distance, uint32_t direction)
{
    const uint64_t axis = direction & 3, angle = direction - axis;
    double a, b;
    bg_turn(bg_radius(distance << 12), angle << 32 | axis, &a, &b);
    return a;
}

static double single_coordinate(uint64_t distance, uint32_t direction)
{
    float a, b;
    bg_turn_single(bg_radius_single((uint32_t)(distance << 8)), direction, &a, &b);
    return (double)a;
}

/* The share of distances for which the coordinate in this direction is x or less. */
static double share_below(const kind *self, uint32_t direction, double x)
{
    uint64_t low = 0, high = UINT64_C(1) << self->bits;
    const bool at_the_far_end = self->coordinate(0, direction) <= x;
    while (low < high) { /* the first distance for which it is otherwise than at the far end */
        const uint64_t middle = low + (high - low) / 2;
        if ((self->coordinate(middle, direction) <= x) == at_the_far_end) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const double share = ldexp((double)low, -self->bits);
    return at_the_far_end ? share : 1 - share;
}

static double distribution(const kind *self, double x)
{
    double sum = 0;
    for (uint32_t j = 0; j < 2 * DIRECTIONS; j++) {
        const uint32_t middle = (j / 2 * 2 + 1) * ((UINT32_C(1) << 31) / DIRECTIONS);
        const uint32_t direction = middle - j % 2 * self->apart;
        for (uint32_t axis = 0; axis < 4; axis++) {
            sum += share_below(self, direction | axis, x);
        }
    }
    return sum / (8 * DIRECTIONS);
}

static void check_distribution(const kind *self, double tolerance)
{
    for (int i = -60; i <= 60; i++) {
        const double x = i / 10.0 + 0.05;
        assert_close(distribution(self, x), gsl_cdf_ugaussian_P(x), tolerance);
    }
}

static void normals_have_the_normal_distribution(void **state)
{
    (void)state;
    check_distribution(&(kind){52, 0, double_coordinate}, 2e-14);
}

static void single_normals_have_it_within_1e_7(void **state)
{
    (void)state;
    check_distribution(&(kind){24, UINT32_C(1) << 16, single_coordinate}, 1e-7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_the_published_answers_at_every_place_of_a_column),
        cmocka_unit_test(words_are_those_of_the_stream),
        cmocka_unit_test(columns_of_every_length_hold_the_bits_of_numbers_made_alone),
        cmocka_unit_test(bits_are_the_same_wherever_this_is_compiled),
        cmocka_unit_test(uniforms_take_the_upper_bits_and_never_reach_0_or_1),
        cmocka_unit_test(normals_are_a_point_at_its_distance_and_angle),
        cmocka_unit_test(single_normals_are_a_point_at_its_distance_and_angle),
        cmocka_unit_test(six_single_normals_share_no_bit_of_their_block),
        cmocka_unit_test(no_words_give_anything_but_finite_normals),
        cmocka_unit_test(normals_have_the_normal_distribution),
        cmocka_unit_test(single_normals_have_it_within_1e_7),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
