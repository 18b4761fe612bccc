#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void memory_of_any_size_can_be_written_to_its_end(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 4096, (1 << 22) - 1, 1 << 22, (1 << 22) + 1, 20000000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *memory = bg_memory_large(sizes[i]);
        assert_non_null(memory);
        memset(memory, 0x5a, sizes[i]);
        assert_int_equal(memory[sizes[i] - 1], 0x5a);
        free(memory);
    }
}

static void large_memory_begins_with_a_large_page(void **state)
{
    (void)state;
    void *memory = bg_memory_large(10000000);
    assert_non_null(memory);
    assert_int_equal((uintptr_t)memory % (1 << 21), 0);
    free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_of_any_size_can_be_written_to_its_end),
        cmocka_unit_test(large_memory_begins_with_a_large_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
