/* Times what a sweep adds to its scenarios: rows as they are kept on disk against projections alone, of
 * the same scenarios with the same number of futures.
 *
 *   sweep SCENARIO DIRECTORY RESULT.json        SCENARIO by its full path; DIRECTORY must not be there */
#include "base/memory.h"
#include "store/work.h"

#include <baogan/figure.h>
#include <baogan/file.h>
#include <baogan/projection.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

enum { SCENARIOS = 10000, ALONE = 1000 };

static _Noreturn void fail(const char *what, const bg_errors *errors)
{
    fprintf(stderr, "bench: %s: %s\n", what,
            errors->count ? errors->items[errors->count - 1].message : "");
    exit(1);
}

static double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Seconds of a processor, and of the clock. */
typedef struct timed {
    double processor, clock;
} timed;

static timed now(void)
{
    return (timed){seconds_of(CLOCK_PROCESS_CPUTIME_ID), seconds_of(CLOCK_MONOTONIC)};
}

static timed since(timed start)
{
    const timed end = now();
    return (timed){end.processor - start.processor, end.clock - start.clock};
}

static void write_plan(const char *scenario, const char *path)
{
    FILE *stream = fopen(path, "w");
    if (!stream) {
        fprintf(stderr, "bench: %s cannot be written\n", path);
        exit(1);
    }
    fprintf(stream,
            "extends: %s\nsimulation: {replications: 1000}\nsweep:\n"
            "  design: latin_hypercube\n  points: %d\n  axes:\n"
            "    trend: {key: demand.trend.prior, distribution: normal, mean: 5%%, sd: 2%%}\n"
            "    risk: {key: 'budget.funds[risk].rate', from: 1%%, to: 4%%}\n"
            "    growth: {key: 'budget.growth[2026]', from: 1%%, to: 6%%}\n"
            "  figures: {overspend: p_overspend, balance: mean(balance)}\n",
            scenario, SCENARIOS);
    fclose(stream);
}

static timed run_sweep(const bg_sweep *sweep, const char *directory, int threads)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_folder folder;
    const bg_work_options options = {.threads = threads};
    const timed start = now();
    if (bg_folder_make(&folder, directory, sweep, &errors) != BG_OK ||
        bg_work_run(&folder, sweep, bg_folder_shard(&folder, 0, 1), &options, &errors) != BG_OK) {
        fail("sweep", &errors);
    }
    const timed taken = since(start);
    bg_folder_close(&folder);
    bg_errors_free(&errors);
    return taken;
}

/* The engine and the figures of the plan's own scenario, again and again. */
static timed run_alone(const char *plan)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    bg_model model;
    bg_figure chance = {0}, mean = {0};
    const bg_scenario_source source = {.path = plan};
    if (bg_scenario_load(&source, &scenario, &errors) != BG_OK ||
        bg_model_read(scenario, &model, &errors) != BG_OK ||
        bg_figure_parse(&model, "p_overspend", "bench", &chance, &errors) != BG_OK ||
        bg_figure_parse(&model, "mean(balance)", "bench", &mean, &errors) != BG_OK) {
        fail(plan, &errors);
    }
    bool *outcomes = calloc(bg_model_outcome_count(&model), sizeof *outcomes);
    bg_figure_want(&chance, outcomes);
    bg_figure_want(&mean, outcomes);
    const timed start = now();
    for (int i = 0; i < ALONE; i++) {
        bg_projection *projection = NULL;
        bg_estimate estimate;
        const bg_projection_options options = {.threads = 1, .outcomes = outcomes, .no_cash = true};
        if (bg_projection_run(&model, &options, &projection, &errors) != BG_OK ||
            bg_figure_read(&chance, projection, &estimate) != BG_OK ||
            bg_figure_read(&mean, projection, &estimate) != BG_OK) {
            fail("projection", &errors);
        }
        bg_projection_free(projection);
    }
    const timed taken = since(start);
    free(outcomes);
    bg_model_free(&model);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
    return taken;
}

static char *below(const char *directory, const char *name)
{
    char *path = bg_path_join(directory, name);
    if (!path) {
        exit(1);
    }
    return path;
}

int main(int argc, char *argv[])
{
    if (argc != 4 || mkdir(argv[2], 0777) != 0) {
        fputs("usage: sweep SCENARIO NEW-DIRECTORY RESULT.json\n", stderr);
        return 2;
    }
    bg_memory_keep(); /* as the command does */
    char *plan = below(argv[2], "plan.yaml"), *one = below(argv[2], "1"),
         *two = below(argv[2], "2");
    write_plan(argv[1], plan);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_sweep *sweep = NULL;
    const bg_scenario_source source = {.path = plan};
    if (bg_sweep_read(&source, &sweep, &errors) != BG_OK) {
        fail(plan, &errors);
    }
    const timed alone = run_alone(plan);
    const timed single = run_sweep(sweep, one, 1);
    const timed twice = run_sweep(sweep, two, 2);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    FILE *stream = fopen(argv[3], "w");
    if (!stream) {
        fail(argv[3], &errors);
    }
    /* Processor time of one scenario, which other work on the machine disturbs less; microseconds. */
    const double engine = 1e6 * alone.processor / ALONE;
    const double row = 1e6 * single.processor / SCENARIOS;
    fprintf(stream,
            "{\"scenarios\": %d, \"projection_us\": %.1f, \"row_us\": %.1f, \"added_us\": %.1f, "
            "\"clock_1_s\": %.3f, \"clock_2_s\": %.3f, \"speedup_2\": %.2f, \"peak_mib\": %.1f}\n",
            SCENARIOS, engine, row, row - engine, single.clock, twice.clock,
            single.clock / twice.clock, (double)usage.ru_maxrss / 1024);
    fclose(stream);
    bg_sweep_free(sweep);
    bg_errors_free(&errors);
    free(plan);
    free(one);
    free(two);
    return 0;
}
