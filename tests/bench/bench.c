/* Times the parts of a run on a scenario: medians over repetitions, as a table on standard output and
 * as JSON in a file. For people and for comparing releases; no test depends on it. Budget and
 * settlement of two contracts are timed besides, on one core and for each instruction set: the default
 * plan, and that of a third scenario, the workload W. CHANGED is the first scenario with changes of
 * demand: how many times as long its replications take is told as a ratio.
 *
 *   bench SCENARIO CHANGED WORKLOAD RESULT.json */
#include "base/isa.h"
#include "statistics/bins.h"
#include "statistics/moments.h"
#include "statistics/selection.h"

#include <baogan/baogan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPETITIONS = 7, UNITS = 128, ROUNDS = 256, DRAWS = 4096, REPLICATIONS = 2000 };

/* A contract, and a block of its units to be settled, each round with another of the expenses. */
typedef struct contract {
    const char *name;
    bg_scenario *scenario;
    bg_model model;
    bg_settlement_block block;
    bg_fen expense[ROUNDS / 4][UNITS];
} contract;

enum { CONTRACTS = 2 };

typedef struct bench {
    const char *path, *changed;
    contract contract[CONTRACTS];
    contract *at_work;
    int64_t *draws, *scratch;
} bench;

static const char default_plan[] = "history: {2022: 594M, 2023: 630M, 2024: 667.8M}\n";

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

/* With up to two overrides, or NULL. */
static void load(const char *path, const char *const override[2], bg_scenario **scenario,
                 bg_model *model)
{
    bg_errors errors;
    bg_errors_init(&errors);
    const bg_scenario_source source = {
        .path = path, .overrides = override, .override_count = override ? 2 : 0};
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

/* A later year, nanoseconds a unit-year. */
static double time_budget(bench *self)
{
    static bg_fen columns[BG_MAX_FUNDS + 16][UNITS];
    static double people[UNITS];
    const bg_budget_terms *terms = self->at_work->model.contract.terms[0];
    const bg_settlement_block *settled = &self->at_work->block;
    bg_budget_block block = {
        .n = UNITS,
        .year = bg_budget_first_year(terms) + 1,
        .previous_total = settled->input[BG_INPUT_budget],
        .expense = {self->at_work->expense[0], self->at_work->expense[1],
                    self->at_work->expense[2]},
        .people = people,
        .total = columns[0],
        .opening_total = columns[1],
        .payable = columns[2],
    };
    for (size_t fund = 0; fund < BG_MAX_FUNDS; fund++) {
        block.fund[fund] = columns[4 + fund];
    }
    for (size_t month = 0; month < 12; month++) {
        block.instalment[month] = columns[4 + BG_MAX_FUNDS + month];
    }
    bg_errors errors;
    bg_errors_init(&errors);
    bg_status status = BG_OK;
    double start = now();
    for (int round = 0; round < ROUNDS && status == BG_OK; round++) {
        status = bg_budget_compute(terms, &block, NULL, &errors);
    }
    double seconds = now() - start;
    require(status, &errors, "budget");
    bg_errors_free(&errors);
    return 1e9 * seconds / UNITS / ROUNDS;
}

static double time_settlement(bench *self)
{
    bg_settlement_block block = self->at_work->block;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_status status = BG_OK;
    double start = now();
    for (int round = 0; round < ROUNDS && status == BG_OK; round++) {
        block.input[BG_INPUT_expense] = self->at_work->expense[round % (ROUNDS / 4)];
        status = bg_settlement_apply(self->at_work->model.contract.plan[0], &block, NULL, &errors);
    }
    double seconds = now() - start;
    require(status, &errors, "settlement");
    bg_errors_free(&errors);
    return 1e9 * seconds / UNITS / ROUNDS;
}

static double time_summary(bench *self)
{
    bg_statistics statistics;
    double start = now();
    bg_statistics_compute(self->draws, DRAWS, self->scratch, &statistics);
    return 1e9 * (now() - start) / DRAWS;
}

/* The same of a run too long to keep its draws: sums and counts in bins. */
static double time_binned_summary(bench *self)
{
    enum { PILOT = 4096 };
    memcpy(self->scratch, self->draws, PILOT * sizeof *self->draws);
    bg_sort(self->scratch, PILOT);
    bg_bins *bins = bg_bins_new(self->scratch, PILOT);
    if (!bins) {
        fail("bins", bg_status_sentence(BG_MEMORY));
    }
    bg_moments moments = {0};
    double start = now();
    bg_moments_add(&moments, self->draws, DRAWS);
    bg_bins_add(bins, self->draws, DRAWS);
    double seconds = now() - start;
    bg_bins_free(bins);
    return 1e9 * seconds / DRAWS;
}

static double replications_per_second(const char *path, const char *engine, int count, int threads)
{
    char replications[64];
    snprintf(replications, sizeof replications, "simulation.replications=%d", count);
    const char *const overrides[] = {engine, replications};
    bg_scenario *scenario = NULL;
    bg_model model;
    load(path, overrides, &scenario, &model);
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
    return count / seconds;
}

static double time_reference_1(bench *self)
{
    return replications_per_second(self->path, "simulation.engine=reference", REPLICATIONS, 1);
}

static double time_reference_2(bench *self)
{
    return replications_per_second(self->path, "simulation.engine=reference", REPLICATIONS, 2);
}

static double time_fast_1(bench *self)
{
    return replications_per_second(self->path, "simulation.engine=fast", 20 * REPLICATIONS, 1);
}

static double time_fast_2(bench *self)
{
    return replications_per_second(self->path, "simulation.engine=fast", 20 * REPLICATIONS, 2);
}

/* One after the other, so that what else the machine does meets both. */
static double time_changes(bench *self)
{
    const char *fast = "simulation.engine=fast";
    const double without = replications_per_second(self->path, fast, 20 * REPLICATIONS, 1);
    return without / replications_per_second(self->changed, fast, 20 * REPLICATIONS, 1);
}

typedef struct benchmark {
    const char *name, *unit;
    double (*measure)(bench *self);
} benchmark;

static const benchmark of_the_scenario[] = {
    {"load", "ms", time_load},
    {"summary", "ns/draw", time_summary},
    {"summary_binned", "ns/draw", time_binned_summary},
    {"reference_engine_1_thread", "replications/s", time_reference_1},
    {"reference_engine_2_threads", "replications/s", time_reference_2},
    {"fast_engine_1_thread", "replications/s", time_fast_1},
    {"fast_engine_2_threads", "replications/s", time_fast_2},
    {"with_changes_of_demand", "times as long", time_changes},
};

static const benchmark of_a_contract[] = {
    {"budget", "ns/unit-year", time_budget},
    {"settlement", "ns/unit-year", time_settlement},
};

/* ---- inputs ---- */

/* From 80 % to 120 % of the budget. */
static void fill_expense(bg_fen budget, contract *self)
{
    for (size_t i = 0; i < sizeof self->expense / sizeof(bg_fen); i++) {
        const bg_fen step = (bg_fen)(i * 2654435761U % UINT32_MAX);
        self->expense[i / UNITS][i % UNITS] = budget / 5 * 4 + step * 584 / 100;
    }
}

/* Years of 630 million yuan; every fund brings in a hundredth. */
static void fill_block(bg_fen budget, const bg_model *model, bg_settlement_block *block)
{
    const size_t funds = bg_budget_fund_count(model->contract.terms[0]);
    for (size_t unit = 0; unit < block->n; unit++) {
        bg_fen payable = budget;
        for (size_t fund = 0; fund < funds; fund++) {
            block->fund_added[fund][unit] = budget / 100 * (3 - (bg_fen)fund);
            block->fund_opening[fund][unit] = budget / 100;
            payable -= block->fund_added[fund][unit];
        }
        block->input[BG_INPUT_budget][unit] = budget;
        block->input[BG_INPUT_payable][unit] = payable;
        block->input[BG_INPUT_prepaid][unit] = payable;
        block->input[BG_INPUT_emergency][unit] = unit % 10 ? 0 : budget / 20;
        block->input[BG_INPUT_disallowed][unit] = budget / 200;
        block->input[BG_INPUT_outside][unit] = budget / 4;
        block->input[BG_INPUT_patients][unit] = budget / 2;
        block->input[BG_INPUT_score][unit] = (int64_t)(60 + unit % 40) * BG_ONE;
    }
}

static void contract_init(contract *self)
{
    if (bg_settlement_block_init(&self->block, self->model.contract.plan[0], UNITS) != BG_OK) {
        fail("settlement", bg_status_sentence(BG_MEMORY));
    }
    const bg_fen budget = INT64_C(63000000000);
    fill_expense(budget, self);
    fill_block(budget, &self->model, &self->block);
}

static void default_init(contract *self)
{
    bg_errors errors;
    bg_errors_init(&errors);
    self->name = "default";
    require(bg_scenario_parse(default_plan, strlen(default_plan), self->name, NULL, NULL, 0,
                              &self->scenario, &errors),
            &errors, self->name);
    require(bg_model_read(self->scenario, &self->model, &errors), &errors, self->name);
    bg_errors_free(&errors);
    contract_init(self);
}

static void workload_init(contract *self, const char *path)
{
    self->name = "w";
    load(path, NULL, &self->scenario, &self->model);
    contract_init(self);
}

static void contract_free(contract *self)
{
    bg_settlement_block_free(&self->block);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
}

static void bench_init(bench *self, const char *path, const char *changed, const char *workload)
{
    self->path = path;
    self->changed = changed;
    default_init(&self->contract[0]);
    workload_init(&self->contract[1], workload);
    self->draws = allocate(DRAWS, sizeof *self->draws);
    self->scratch = allocate(DRAWS, sizeof *self->scratch);
    for (size_t i = 0; i < DRAWS; i++) {
        self->draws[i] = (int64_t)(i * 2654435761U % UINT32_MAX);
    }
}

static void bench_free(bench *self)
{
    free(self->scratch);
    free(self->draws);
    for (size_t c = 0; c < CONTRACTS; c++) {
        contract_free(&self->contract[c]);
    }
}

/* ---- results ---- */

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

static void report(bench *self, const benchmark *of, const char *name, FILE *json)
{
    const double value = median(self, of->measure);
    printf("%-28s %14.2f %s\n", name, value, of->unit);
    fprintf(json, "%s\n  {\"name\": \"%s\", \"unit\": \"%s\", \"median\": %.17g}",
            ftell(json) > 64 ? "," : "", name, of->unit, value);
}

/* settlement_w_avx2 and so on: what, of which contract, with which instructions. */
static void report_contract(bench *self, contract *which, bg_isa isa, FILE *json)
{
    self->at_work = which;
    for (size_t i = 0; i < sizeof of_a_contract / sizeof *of_a_contract; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s_%s_%s", of_a_contract[i].name, which->name,
                 bg_isa_name(isa));
        report(self, &of_a_contract[i], name, json);
    }
}

static void report_contracts(bench *self, FILE *json)
{
    const bg_isa best = bg_isa_current();
    for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
        for (size_t c = 0; c < CONTRACTS && bg_isa_use((bg_isa)isa); c++) {
            report_contract(self, &self->contract[c], (bg_isa)isa, json);
        }
    }
    bg_isa_use(best);
}

int main(int argc, char **argv)
{
    FILE *json = argc == 5 ? fopen(argv[4], "w") : NULL;
    if (!json) {
        fprintf(stderr, "usage: bench SCENARIO CHANGED WORKLOAD RESULT.json (can be written)\n");
        return 2;
    }
    static bench self;
    bench_init(&self, argv[1], argv[2], argv[3]);
    fprintf(json, "{\"version\": \"%s\", \"results\": [", BG_VERSION);
    for (size_t i = 0; i < sizeof of_the_scenario / sizeof *of_the_scenario; i++) {
        report(&self, &of_the_scenario[i], of_the_scenario[i].name, json);
    }
    report_contracts(&self, json);
    fprintf(json, "\n]}\n");
    bench_free(&self);
    return fclose(json) == 0 ? 0 : 1;
}
