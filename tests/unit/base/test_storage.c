/* Arrays that grow, and columns from one allocation. */
#include "base/storage.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void an_array_grows_and_keeps_what_it_holds(void **state)
{
    (void)state;
    int *items = NULL;
    size_t capacity = 0, moves = 0;
    for (size_t i = 0; i < 10000; i++) {
        const size_t before = capacity;
        items = bg_array_room(items, &capacity, i + 1, sizeof *items);
        assert_non_null(items);
        assert_true(capacity > i);
        items[i] = (int)i;
        moves += capacity != before;
    }
    for (size_t i = 0; i < 10000; i++) {
        assert_int_equal(items[i], (int)i);
    }
    assert_true(moves < 20);
    free(items);
}

static void room_for_many_at_once_is_given_at_once(void **state)
{
    (void)state;
    size_t capacity = 0;
    char *bytes = bg_array_room(NULL, &capacity, 1000, 1);
    assert_non_null(bytes);
    assert_true(capacity >= 1000);
    bytes[999] = 'x';
    free(bytes);
}

static void an_array_too_large_for_memory_stays_as_it_is(void **state)
{
    (void)state;
    size_t capacity = 0;
    int64_t *items = bg_array_room(NULL, &capacity, 4, sizeof *items);
    assert_non_null(items);
    const size_t before = capacity;
    assert_null(bg_array_room(items, &capacity, SIZE_MAX / 4, sizeof *items));
    assert_int_equal(capacity, before);
    items[3] = 7;
    free(items);
}

typedef struct owner {
    size_t n;
    int64_t *a, *b;
    char *c;
} owner;

static void lay_out(void *given, bg_storage *storage)
{
    owner *self = given;
    self->a = bg_storage_column(storage, self->n, sizeof *self->a);
    self->c = bg_storage_column(storage, self->n, 1);
    self->b = bg_storage_column(storage, self->n, sizeof *self->b);
}

static void columns_are_apart_zero_and_aligned(void **state)
{
    (void)state;
    for (size_t n = 1; n < 200; n++) {
        owner self = {.n = n};
        void *memory = bg_storage_make(&self, lay_out);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)self.a % BG_STORAGE_LINE, 0);
        assert_int_equal((uintptr_t)self.b % BG_STORAGE_LINE, 0);
        assert_int_equal((uintptr_t)self.c % BG_STORAGE_LINE, 0);
        for (size_t i = 0; i < n; i++) {
            assert_true(self.a[i] == 0 && self.b[i] == 0 && self.c[i] == 0);
            self.a[i] = 1, self.b[i] = 2, self.c[i] = 3;
        }
        for (size_t i = 0; i < n; i++) {
            assert_true(self.a[i] == 1 && self.b[i] == 2 && self.c[i] == 3);
        }
        free(memory);
    }
}

static void sizes_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    owner self = {.n = SIZE_MAX / 8};
    assert_null(bg_storage_make(&self, lay_out));
    self.n = SIZE_MAX / 20; /* each column fits, all of them do not */
    assert_null(bg_storage_make(&self, lay_out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_array_grows_and_keeps_what_it_holds),
        cmocka_unit_test(room_for_many_at_once_is_given_at_once),
        cmocka_unit_test(an_array_too_large_for_memory_stays_as_it_is),
        cmocka_unit_test(columns_are_apart_zero_and_aligned),
        cmocka_unit_test(sizes_that_do_not_fit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
