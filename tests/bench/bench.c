/* Times the parts of a run on a scenario: medians over repetitions, as a table on standard output and
 * as JSON in a file. For people and for comparing releases; no test depends on it.
 *
 *   bench SCENARIO RESULT.json */
#include <baogan/baogan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPETITIONS = 7, UNITS = 4096, REPLICATIONS = 2000 };

typedef struct bench {
    const char *path;
    bg_scenario *scenario;
    bg_model model;
    bg_settlement_block block;
    int64_t *draws, *scratch;
} bench;

static _Noreturn void fail(const char *what, const char *why)
{
    fprintf(stderr, "bench: %s: %s\n", what, why);
    exit(1);
}

static void require(bg_status status, const bg_errors *errors, const char *what)
{
    if (status == BG_OK) {
        return;
    }
    for (size_t i = 0; i < errors->count; i++) {
        fprintf(stderr, "  %s\n", errors->items[i].message);
    }
    fail(what, bg_status_sentence(status));
}

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (!memory) {
        fail("inputs", bg_status_sentence(BG_MEMORY));
    }
    return memory;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void load(const char *path, const char *override, bg_scenario **scenario, bg_model *model)
{
    bg_errors errors;
    bg_errors_init(&errors);
    const bg_scenario_source source = {
        .path = path, .overrides = &override, .override_count = override ? 1 : 0};
    require(bg_scenario_load(&source, scenario, &errors), &errors, path);
    require(bg_model_read(*scenario, model, &errors), &errors, path);
    bg_errors_free(&errors);
}

/* ---- what is timed; each returns one measurement ---- */

static double time_load(bench *self)
{
    bg_scenario *scenario = NULL;
    bg_model model;
    double start = now();
    load(self->path, NULL, &scenario, &model);
    double seconds = now() - start;
    bg_model_free(&model);
    bg_scenario_free(scenario);
    return 1e3 * seconds;
}

static double time_budget(bench *self)
{
    const bg_budget_terms *terms = self->model.terms[0];
    static bg_fen columns[BG_MAX_FUNDS + 15][UNITS];
    static double people[UNITS];
    bg_budget_block block = {
        .n = UNITS,
        .year = bg_budget_first_year(terms),
        .previous_total = columns[0],
        .expense = {columns[0], columns[0], columns[0]},
        .people = people,
        .total = columns[1],
        .opening_total = columns[2],
        .payable = columns[0],
    };
    for (size_t fund = 0; fund < BG_MAX_FUNDS; fund++) {
        block.fund[fund] = columns[3 + fund];
    }
    for (size_t month = 0; month < 12; month++) {
        block.instalment[month] = columns[3 + BG_MAX_FUNDS + month];
    }
    bg_errors errors;
    bg_errors_init(&errors);
    double start = now();
    bg_status status = bg_budget_compute(terms, &block, NULL, &errors);
    double seconds = now() - start;
    require(status, &errors, "budget");
    bg_errors_free(&errors);
    return 1e9 * seconds / UNITS;
}

static double time_settlement(bench *self)
{
    bg_errors errors;
    bg_errors_init(&errors);
    double start = now();
    bg_status status = bg_settlement_apply(self->model.plan[0], &self->block, NULL, &errors);
    double seconds = now() - start;
    require(status, &errors, "settlement");
    bg_errors_free(&errors);
    return 1e9 * seconds / UNITS;
}

static double time_summary(bench *self)
{
    bg_statistics statistics;
    double start = now();
    bg_statistics_compute(self->draws, UNITS, self->scratch, &statistics);
    return 1e9 * (now() - start) / UNITS;
}

static double replications_per_second(bench *self, int threads)
{
    char replications[64];
    snprintf(replications, sizeof replications, "simulation.replications=%d", REPLICATIONS);
    bg_scenario *scenario = NULL;
    bg_model model;
    load(self->path, replications, &scenario, &model);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_projection *projection = NULL;
    const bg_projection_options options = {.threads = threads};
    double start = now();
    require(bg_projection_run(&model, &options, &projection, &errors), &errors, "projection");
    double seconds = now() - start;
    bg_projection_free(projection);
    bg_errors_free(&errors);
    bg_model_free(&model);
    bg_scenario_free(scenario);
    return REPLICATIONS / seconds;
}

static double time_projection_1(bench *self)
{
    return replications_per_second(self, 1);
}

static double time_projection_2(bench *self)
{
    return replications_per_second(self, 2);
}

static const struct {
    const char *name, *unit;
    double (*measure)(bench *self);
} benchmarks[] = {
    {"load", "ms", time_load},
    {"budget", "ns/unit-year", time_budget},
    {"settlement", "ns/unit-year", time_settlement},
    {"summary", "ns/draw", time_summary},
    {"reference_engine_1_thread", "replications/s", time_projection_1},
    {"reference_engine_2_threads", "replications/s", time_projection_2},
};

/* ---- inputs ---- */

/* Years of 100 million yuan whose expense spreads over 80 % to 120 % of the budget. */
static void fill_block(const bg_model *model, bg_settlement_block *block)
{
    const bg_fen budget = INT64_C(10000000000);
    size_t funds = bg_budget_fund_count(model->terms[0]);
    for (size_t unit = 0; unit < block->n; unit++) {
        bg_fen payable = budget;
        for (size_t fund = 0; fund < funds; fund++) {
            bg_fen added = budget / 100 * (bg_fen)(fund + 2);
            block->fund_added[fund][unit] = added;
            payable -= added;
        }
        bg_fen expense = budget / 5 * 4 + (bg_fen)(unit * 2654435761U % UINT32_MAX) * 93 / 100;
        block->input[BG_INPUT_budget][unit] = budget;
        block->input[BG_INPUT_payable][unit] = payable;
        block->input[BG_INPUT_prepaid][unit] = payable;
        block->input[BG_INPUT_expense][unit] = expense;
        block->input[BG_INPUT_emergency][unit] = unit % 10 ? 0 : expense / 20;
        block->input[BG_INPUT_disallowed][unit] = expense / 200;
        block->input[BG_INPUT_outside][unit] = expense / 4;
        block->input[BG_INPUT_patients][unit] = expense / 2;
        block->input[BG_INPUT_score][unit] = (int64_t)(60 + unit % 40) * BG_ONE;
    }
}

static void bench_init(bench *self, const char *path)
{
    *self = (bench){.path = path};
    load(path, NULL, &self->scenario, &self->model);
    if (bg_settlement_block_init(&self->block, self->model.plan[0], UNITS) != BG_OK) {
        fail("settlement", bg_status_sentence(BG_MEMORY));
    }
    fill_block(&self->model, &self->block);
    self->draws = allocate(UNITS, sizeof *self->draws);
    self->scratch = allocate(UNITS, sizeof *self->scratch);
    memcpy(self->draws, self->block.input[BG_INPUT_expense], UNITS * sizeof *self->draws);
}

static void bench_free(bench *self)
{
    free(self->scratch);
    free(self->draws);
    bg_settlement_block_free(&self->block);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double median(bench *self, double (*measure)(bench *self))
{
    double values[REPETITIONS];
    for (int i = 0; i < REPETITIONS; i++) {
        values[i] = measure(self);
    }
    qsort(values, REPETITIONS, sizeof *values, by_size);
    return values[REPETITIONS / 2];
}

int main(int argc, char **argv)
{
    FILE *json = argc == 3 ? fopen(argv[2], "w") : NULL;
    if (!json) {
        fprintf(stderr, "usage: bench SCENARIO RESULT.json (a file that can be written)\n");
        return 2;
    }
    bench self;
    bench_init(&self, argv[1]);
    fprintf(json, "{\"version\": \"%s\", \"results\": [", BG_VERSION);
    for (size_t i = 0; i < sizeof benchmarks / sizeof *benchmarks; i++) {
        double value = median(&self, benchmarks[i].measure);
        printf("%-28s %14.1f %s\n", benchmarks[i].name, value, benchmarks[i].unit);
        fprintf(json, "%s\n  {\"name\": \"%s\", \"unit\": \"%s\", \"median\": %.17g}", i ? "," : "",
                benchmarks[i].name, benchmarks[i].unit, value);
    }
    fprintf(json, "\n]}\n");
    bench_free(&self);
    return fclose(json) == 0 ? 0 : 1;
}
