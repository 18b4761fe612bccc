/* Times the random columns (sim/random/noise.h) with each instruction set on one thread: nanoseconds a
 * number, words included, best and median of repetitions, as JSON on standard output. */
#include "random/noise.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { COLUMN = 256, BLOCKS = 200, REPETITIONS = 31 };

typedef struct columns {
    uint32_t word[4][COLUMN];
    double normal[2][COLUMN];
    float single[6][COLUMN];
} columns;

static void words(const bg_noise *noise, columns *self, uint32_t block)
{
    uint32_t *const word[4] = {self->word[0], self->word[1], self->word[2], self->word[3]};
    noise->words(1, 2, block, 0, COLUMN, word);
}

static void normals(const bg_noise *noise, columns *self, uint32_t block)
{
    noise->normals(1, 2, block, 0, COLUMN, self->normal[0], self->normal[1]);
}

static void normals_single(const bg_noise *noise, columns *self, uint32_t block)
{
    float *const z[6] = {self->single[0], self->single[1], self->single[2],
                         self->single[3], self->single[4], self->single[5]};
    noise->normals_single(1, 2, block, 0, COLUMN, z);
}

static const struct {
    const char *name;
    void (*make)(const bg_noise *noise, columns *self, uint32_t block);
    int of_a_block;
} kinds[] = {{"words", words, 4}, {"normals", normals, 2}, {"normals_single", normals_single, 6}};
enum { KINDS = sizeof kinds / sizeof *kinds };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return 1e9 * (double)time.tv_sec + (double)time.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Sorted nanoseconds a number. */
static void measure(int kind, double values[REPETITIONS])
{
    static columns made;
    for (int i = 0; i < REPETITIONS; i++) {
        const double start = now();
        for (uint32_t block = 0; block < BLOCKS; block++) {
            kinds[kind].make(bg_noise_functions(), &made, block);
        }
        values[i] = (now() - start) / (BLOCKS * COLUMN * kinds[kind].of_a_block);
    }
    qsort(values, REPETITIONS, sizeof *values, by_size);
}

int main(void)
{
    const char *comma = "";
    printf("[");
    for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
        for (int kind = 0; kind < KINDS && bg_isa_use((bg_isa)isa); kind++) {
            double values[REPETITIONS];
            measure(kind, values);
            printf("%s\n  {\"name\": \"%s\", \"isa\": \"%s\", \"unit\": \"ns\", "
                   "\"best\": %.4f, \"median\": %.4f}",
                   comma, kinds[kind].name, bg_isa_name((bg_isa)isa), values[0],
                   values[REPETITIONS / 2]);
            comma = ",";
        }
    }
    printf("\n]\n");
    return 0;
}
