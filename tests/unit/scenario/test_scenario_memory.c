/* Memory runs out at every single allocation of a load, once each. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <baogan/history.h>
#include <baogan/scenario.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer)
#define CAN_FAIL 1
#else
#define CAN_FAIL 0 /* the allocator is not ours to replace */
#endif

static long fail_at = -1; /* number of the allocation that fails; -1: none */
static long allocations;

#if CAN_FAIL
/* glibc's own names for what is replaced here. */
void *__libc_malloc(size_t size);                /* NOLINT(*-reserved-identifier,cert-dcl*) */
void *__libc_calloc(size_t count, size_t size);  /* NOLINT(*-reserved-identifier,cert-dcl*) */
void *__libc_realloc(void *memory, size_t size); /* NOLINT(*-reserved-identifier,cert-dcl*) */

static bool fails(void)
{
    return fail_at >= 0 && allocations++ == fail_at;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
void *realloc(void *memory, size_t size)
{
    return fails() ? NULL : __libc_realloc(memory, size);
}
#endif

static char directory[] = "/tmp/baogan-memory-XXXXXX";

static void place_of(const char *name, char path[256])
{
    snprintf(path, 256, "%s/%s", directory, name);
}

static void write_file(const char *name, const char *text)
{
    char path[256];
    place_of(name, path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static int make_directory(void **state)
{
    (void)state;
    if (!mkdtemp(directory)) {
        return -1;
    }
    write_file("h.csv", "year,line,cases,paid\n2024,\"residents.dental.out\",5,\"1,000\"\n");
    write_file("base.yaml", "money_unit: wan\nhistory: {csv: h.csv}\n");
    write_file("a.yaml", "extends: base.yaml\nbudget: {growth: {2025: 50%}, base: {weights: [1]}}\n"
                         "settlement: [{cap: {gain: 1%}}, {cap: }, clear]\n");
    return 0;
}

static int remove_directory(void **state)
{
    (void)state;
    static const char *const names[] = {"h.csv", "base.yaml", "a.yaml"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[256];
        place_of(names[i], path);
        remove(path);
    }
    return remove(directory);
}

/* Loads, writes and reads the history while allocation `number` fails. False when there were not as
 * many allocations. */
static bool survives(long number)
{
    static const char *const overrides[] = {"budget.growth[2027]=5%", "budget.base.weights[1]=5",
                                            "budget.funds[risk].rate=1%"};
    char path[256];
    place_of("a.yaml", path);
    const bg_scenario_source source = {.path = path, .overrides = overrides, .override_count = 3};
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    bg_history history;
    allocations = 0;
    fail_at = number;
    bg_status loaded = bg_scenario_load(&source, &scenario, &errors);
    char *text = loaded == BG_OK ? bg_scenario_yaml(scenario, true) : NULL;
    bg_status read = loaded == BG_OK ? bg_history_read(scenario, &history, &errors) : loaded;
    fail_at = -1;
    bool reached = allocations > number;
    bool in_warning = loaded == BG_OK && text && read == BG_OK; /* a lost warning is no failure */
    assert_int_equal(errors.error_count > 0, read != BG_OK);
    assert_true(read == BG_OK || read == BG_MEMORY);
    assert_true(reached || in_warning);
    if (read == BG_OK) {
        bg_history_free(&history);
    }
    free(text);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
    return reached;
}

static void a_load_that_runs_out_of_memory_anywhere_says_so_and_frees_all(void **state)
{
    (void)state;
    if (!CAN_FAIL) {
        skip();
    }
    long number = 0;
    while (survives(number)) {
        number++;
    }
    assert_true(number > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_load_that_runs_out_of_memory_anywhere_says_so_and_frees_all),
    };
    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
