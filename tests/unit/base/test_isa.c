#include "base/isa.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void sets_have_the_names_that_people_know(void **state)
{
    (void)state;
    assert_string_equal(bg_isa_name(BG_ISA_BASELINE), "baseline");
    assert_string_equal(bg_isa_name(BG_ISA_AVX2), "avx2");
    assert_string_equal(bg_isa_name(BG_ISA_AVX512), "avx512");
}

static void the_best_set_that_the_machine_has_is_current(void **state)
{
    (void)state;
    assert_true(bg_isa_supported(BG_ISA_BASELINE));
    const bg_isa current = bg_isa_current();
    assert_true(bg_isa_supported(current));
    for (int better = (int)current + 1; better < BG_ISA_COUNT; better++) {
        assert_false(bg_isa_supported((bg_isa)better));
    }
}

static void another_set_is_used_where_it_is_supported_and_refused_elsewhere(void **state)
{
    (void)state;
    const bg_isa best = bg_isa_current();
    for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
        const bg_isa before = bg_isa_current();
        const bool supported = bg_isa_supported((bg_isa)isa);
        assert_int_equal(bg_isa_use((bg_isa)isa), supported);
        assert_int_equal(bg_isa_current(), supported ? (bg_isa)isa : before);
    }
    assert_false(bg_isa_use(BG_ISA_COUNT));
    assert_true(bg_isa_use(best));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_have_the_names_that_people_know),
        cmocka_unit_test(the_best_set_that_the_machine_has_is_current),
        cmocka_unit_test(another_set_is_used_where_it_is_supported_and_refused_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
