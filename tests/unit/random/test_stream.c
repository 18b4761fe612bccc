#include <baogan/stream.h>

#include "random/philox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static bg_stream stream_at(uint64_t seed, uint32_t replication, uint64_t key)
{
    bg_stream stream;
    bg_stream_select(&stream, seed, replication, key);
    return stream;
}

/* Known answers: the first three are published (Salmon et al. 2011, Random123's kat_vectors), the
 * others follow from the definition in plain integer arithmetic. */
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
    {{0, 0, 0, 0}, {0x01352505, 1}, {0x5e8d656c, 0x6de3ac95, 0x2083ed39, 0x1f7a7f1b}},
    {{1, 0, 0, 0}, {0x01352505, 1}, {0xd02564db, 0x846b1c54, 0x4ee4230a, 0xaf2c8ba7}},
    {{0, 1, 0, 0}, {0x01352505, 1}, {0xbc7c44d0, 0xbce5e690, 0x926c9a38, 0xf96d35ab}},
    {{0, 0, 1, 0}, {0x01352505, 1}, {0x737ded95, 0xbc5311e4, 0x4ff5d2fb, 0xf297ab4b}},
    {{0, 0, 0, 1}, {0x01352505, 1}, {0x0547e6f1, 0x374e9cfc, 0xcb121a29, 0x3256c953}},
    {{0xffffffff, 0, 7, 0}, {0x01352505, 1}, {0xcf4d686d, 0x744488cb, 0x52c1d9c3, 0x1aa77ee2}},
};
#define ANSWERS (sizeof answers / sizeof *answers)

static void the_block_function_gives_the_published_answers(void **state)
{
    (void)state;
    for (size_t i = 0; i < ANSWERS; i++) {
        uint32_t output[4];
        bg_philox(answers[i].counter, answers[i].key, output);
        assert_memory_equal(output, answers[i].output, sizeof output);
    }
}

static void seed_replication_and_name_stand_at_their_places_in_key_and_counter(void **state)
{
    (void)state;
    for (size_t i = 0; i < ANSWERS; i++) {
        const uint32_t *counter = answers[i].counter, *key = answers[i].key;
        if (counter[0] > 1) {
            continue;
        }
        bg_stream stream = stream_at(key[0] | (uint64_t)key[1] << 32, counter[1],
                                     counter[2] | (uint64_t)counter[3] << 32);
        bg_rng rng = bg_stream_rng(&stream);
        for (uint32_t skipped = 0; skipped < 4 * counter[0]; skipped++) {
            bg_rng_word(&rng);
        }
        for (int word = 0; word < 4; word++) {
            assert_int_equal(bg_rng_word(&rng), answers[i].output[word]);
        }
    }
}

static void names_are_hashed_by_fnv_1a_of_64_bits(void **state)
{
    (void)state;
    /* Noll's published test vectors. */
    assert_true(bg_stream_key("") == UINT64_C(0xcbf29ce484222325));
    assert_true(bg_stream_key("a") == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(bg_stream_key("b") == UINT64_C(0xaf63df4c8601f1a5));
    assert_true(bg_stream_key("foobar") == UINT64_C(0x85944171f73967e8));
}

static void uniforms_are_the_words_scaled_to_the_unit_interval(void **state)
{
    (void)state;
    bg_stream stream = stream_at(0, 0, 0);
    bg_rng rng = bg_stream_rng(&stream);
    assert_true(bg_rng_uniform(&rng) == 0x6627e8d5 / 0x1p32);
    double lowest = 1, highest = 0, sum = 0;
    enum { N = 100000 };
    for (int i = 0; i < N; i++) {
        const double u = bg_rng_uniform(&rng);
        assert_true(u >= 0 && u < 1);
        lowest = u < lowest ? u : lowest;
        highest = u > highest ? u : highest;
        sum += u;
    }
    assert_true(lowest < 1e-3 && highest > 1 - 1e-3);
    assert_true(sum / N > 0.5 - 4 * 0.000913 && sum / N < 0.5 + 4 * 0.000913); /* sqrt(1/12/N) */
}

static void a_stream_does_not_depend_on_what_was_drawn_before(void **state)
{
    (void)state;
    const uint64_t a = bg_stream_key("count/residents.total/2026/03");
    const uint64_t b = bg_stream_key("cost/residents.total/2026/03");
    bg_stream stream = stream_at(5, 12, a);
    bg_rng rng = bg_stream_rng(&stream);
    uint32_t first[6];
    for (int i = 0; i < 6; i++) {
        first[i] = bg_rng_word(&rng);
    }
    bg_stream_select(&stream, 5, 12, b);
    for (int i = 0; i < 1001; i++) {
        bg_rng_word(&rng);
    }
    bg_stream_select(&stream, 5, 12, a);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(bg_rng_word(&rng), first[i]);
    }
}

static void names_replications_and_seeds_each_give_another_stream(void **state)
{
    (void)state;
    const uint64_t key = bg_stream_key("people/residents/2026");
    bg_stream streams[] = {
        stream_at(1, 1, key),
        stream_at(2, 1, key),
        stream_at(UINT64_C(1) << 32 | 1, 1, key),
        stream_at(1, 2, key),
        stream_at(1, 1, bg_stream_key("people/employees/2026")),
        stream_at(1, 1, bg_stream_key("people/residents/2027")),
    };
    enum { STREAMS = sizeof streams / sizeof *streams };
    uint32_t words[STREAMS];
    for (size_t i = 0; i < STREAMS; i++) {
        bg_rng rng = bg_stream_rng(&streams[i]);
        words[i] = bg_rng_word(&rng);
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(words[i], words[j]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_block_function_gives_the_published_answers),
        cmocka_unit_test(seed_replication_and_name_stand_at_their_places_in_key_and_counter),
        cmocka_unit_test(names_are_hashed_by_fnv_1a_of_64_bits),
        cmocka_unit_test(uniforms_are_the_words_scaled_to_the_unit_interval),
        cmocka_unit_test(a_stream_does_not_depend_on_what_was_drawn_before),
        cmocka_unit_test(names_replications_and_seeds_each_give_another_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
