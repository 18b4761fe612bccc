/* Runs a scenario once and says how long it took, in the words of the programs in peers/: one line of
 * JSON with replications, seconds and processor seconds (simulation, settlement and summary; not reading the scenario) and
 * statistics by year, in yuan.
 *
 *   engine SCENARIO REPLICATIONS THREADS all|wanted best|avx512|avx2|baseline [KEY=VALUE]…
 *
 * "wanted" summarises what the peers summarise, "all" every outcome and monthly cash. */
#include "base/isa.h"

#include <baogan/baogan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { OVERRIDES = 16 };

static _Noreturn void fail(const bg_errors *errors, const char *what)
{
    fprintf(stderr, "engine: %s\n", what);
    for (size_t i = 0; i < errors->count; i++) {
        fprintf(stderr, "  %s\n", errors->items[i].message);
    }
    exit(1);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* ---- the peers' statistics: those of the balance before sharing, the results added up and the lowest
 * cash; the probability of an overspend ---- */

static double mean(const bg_statistics *s)
{
    return s->mean;
}

static double sd(const bg_statistics *s)
{
    return s->sd;
}

static double quantile_5(const bg_statistics *s)
{
    return s->quantile[BG_Q05].value;
}

static double quantile_50(const bg_statistics *s)
{
    return s->quantile[BG_Q50].value;
}

static double quantile_95(const bg_statistics *s)
{
    return s->quantile[BG_Q95].value;
}

static double tail_5(const bg_statistics *s)
{
    return s->tvar_lower;
}

static const struct {
    const char *name;
    bg_outcome outcome;
    double (*value)(const bg_statistics *s);
} statistics[] = {
    {"surplus", BG_OUTCOME_balance, mean},
    {"surplus_sd", BG_OUTCOME_balance, sd},
    {"balance", BG_OUTCOME_reserve, mean},
    {"balance_sd", BG_OUTCOME_reserve, sd},
    {"balance_5", BG_OUTCOME_reserve, quantile_5},
    {"balance_50", BG_OUTCOME_reserve, quantile_50},
    {"balance_95", BG_OUTCOME_reserve, quantile_95},
    {"balance_tail_5", BG_OUTCOME_reserve, tail_5},
    {"lowest_cash", BG_OUTCOME_lowest_cash, mean},
};
enum { STATISTICS = sizeof statistics / sizeof *statistics };

static void print(const bg_projection *projection, double seconds, double processor)
{
    const size_t years = bg_projection_year_count(projection);
    printf("{\"replications\": %zu, \"seconds\": %.6f, \"processor_seconds\": %.6f, \"years\": {",
           bg_projection_replications(projection), seconds, processor);
    for (size_t i = 0; i < STATISTICS; i++) {
        printf("\"%s\": [", statistics[i].name);
        for (size_t year = 0; year < years; year++) {
            const bg_statistics *s =
                bg_projection_statistics(projection, 0, year, statistics[i].outcome);
            printf("%s%.10g", year ? ", " : "", statistics[i].value(s) / 100);
        }
        printf("], ");
    }
    printf("\"overspend\": [");
    for (size_t year = 0; year < years; year++) {
        const bg_probability p = bg_projection_probability(projection, 0, year, BG_EVENT_overspend);
        printf("%s%.10g", year ? ", " : "", p.estimate);
    }
    printf("]}}\n");
}

static void run(const bg_model *model, int threads, bool all, bg_errors *errors)
{
    bool *outcomes = calloc(bg_model_outcome_count(model), sizeof *outcomes);
    if (!outcomes) {
        fail(errors, "no memory");
    }
    for (size_t i = 0; i < STATISTICS; i++) {
        outcomes[statistics[i].outcome] = true;
    }
    const bg_projection_options options = {
        .threads = threads, .outcomes = all ? NULL : outcomes, .no_cash = !all};
    bg_projection *projection = NULL;
    const double start = now();
    const clock_t processor = clock();
    if (bg_projection_run(model, &options, &projection, errors) != BG_OK) {
        fail(errors, "the projection failed");
    }
    print(projection, now() - start, (double)(clock() - processor) / CLOCKS_PER_SEC);
    bg_projection_free(projection);
    free(outcomes);
}

static void use_set(const char *name, const bg_errors *errors)
{
    if (strcmp(name, "best") == 0) {
        return;
    }
    for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
        if (strcmp(name, bg_isa_name((bg_isa)isa)) == 0 && bg_isa_use((bg_isa)isa)) {
            return;
        }
    }
    fail(errors, "this machine does not have that instruction set");
}

int main(int argc, char **argv)
{
    bg_errors errors;
    bg_errors_init(&errors);
    if (argc < 6 || argc - 6 >= OVERRIDES) {
        fail(&errors, "SCENARIO REPLICATIONS THREADS all|wanted SET [KEY=VALUE]…");
    }
    use_set(argv[5], &errors);
    char replications[64];
    snprintf(replications, sizeof replications, "simulation.replications=%s", argv[2]);
    const char *overrides[OVERRIDES] = {replications};
    for (int i = 6; i < argc; i++) {
        overrides[i - 5] = argv[i];
    }
    const bg_scenario_source source = {
        .path = argv[1], .overrides = overrides, .override_count = (size_t)argc - 5};
    bg_scenario *scenario = NULL;
    bg_model model = {0};
    if (bg_scenario_load(&source, &scenario, &errors) != BG_OK ||
        bg_model_read(scenario, &model, &errors) != BG_OK) {
        fail(&errors, argv[1]);
    }
    run(&model, (int)strtol(argv[3], NULL, 10), strcmp(argv[4], "all") == 0, &errors);
    bg_model_free(&model);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
    return 0;
}
