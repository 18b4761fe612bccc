/* Workload W in C with GSL and OpenMP, one replication at a time.
 *
 *   gsl_peer FOLDER exact|line|month REPLICATIONS THREADS [SEED]      FOLDER holds lines.csv, season.csv */
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINES = 6, MONTHS = 12, YEARS = 5, CHUNK = 64 };
enum { SURPLUS, BALANCE, CASH, RESULTS };

typedef struct line {
    double cases, claim, cv, dispersion, growth, sigma, exposure;
} line;

typedef struct workload {
    line lines[LINES];
    double season[MONTHS], root[LINES][LINES];
} workload;

typedef struct account {
    double risk, reserve, balance;
} account;

/* Amount of a month, from the cases of each line in it. */
typedef double month_model(const workload *w, gsl_rng *rng, const double cases[LINES]);

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "gsl_peer: %s\n", what);
    exit(1);
}

static double skewed(gsl_rng *rng, double mean, double variance, double third)
{
    const double z = gsl_ran_gaussian_ziggurat(rng, 1);
    return mean + sqrt(variance) * z + third / (6 * variance) * (z * z - 1);
}

static double month_exact(const workload *w, gsl_rng *rng, const double cases[LINES])
{
    double total = 0;
    for (int i = 0; i < LINES; i++) {
        const line *l = &w->lines[i];
        const double mean = gsl_ran_gamma(rng, l->dispersion, cases[i] / l->dispersion);
        const unsigned count = gsl_ran_poisson(rng, mean);
        const double square = l->cv * l->cv;
        total += count ? gsl_ran_gamma(rng, count / square, l->claim * square) : 0;
    }
    return total;
}

/* Adds mean, variance and third cumulant of a line's month. */
static void add_cumulants(const line *l, double cases, double k[3])
{
    const double mean = cases * l->claim, square = l->cv * l->cv, over = mean / l->dispersion;
    const double second = l->claim * (1 + square);
    k[0] += mean;
    k[1] += mean * (over + second);
    k[2] += mean * (second * (l->claim * (1 + 2 * square) + 3 * over) + 2 * over * over);
}

static double month_by_line(const workload *w, gsl_rng *rng, const double cases[LINES])
{
    double total = 0;
    for (int i = 0; i < LINES; i++) {
        double k[3] = {0};
        add_cumulants(&w->lines[i], cases[i], k);
        total += skewed(rng, k[0], k[1], k[2]);
    }
    return total;
}

static double month_in_all(const workload *w, gsl_rng *rng, const double cases[LINES])
{
    double k[3] = {0};
    for (int i = 0; i < LINES; i++) {
        add_cumulants(&w->lines[i], cases[i], k);
    }
    return skewed(rng, k[0], k[1], k[2]);
}

static const struct {
    const char *name;
    month_model *month;
} models[] = {{"exact", month_exact}, {"line", month_by_line}, {"month", month_in_all}};

static void draw_levels(const workload *w, gsl_rng *rng, int year, double deviation[LINES],
                        double cases[LINES])
{
    double size = 1, draw[LINES];
    if (gsl_rng_uniform(rng) < 0.08) {
        size = exp(0.12 + gsl_ran_gaussian_ziggurat(rng, 0.10));
    }
    for (int i = 0; i < LINES; i++) {
        draw[i] = gsl_ran_gaussian_ziggurat(rng, 1);
    }
    for (int i = 0; i < LINES; i++) {
        const line *l = &w->lines[i];
        double shock = 0;
        for (int j = 0; j <= i; j++) {
            shock += w->root[i][j] * draw[j];
        }
        deviation[i] = year ? 0.6 * deviation[i] + sqrt(1 - 0.36) * shock : shock;
        cases[i] = l->cases * gsl_pow_int(1 + l->growth, year + 1) *
                   exp(l->sigma * deviation[i] - l->sigma * l->sigma / 2) *
                   (1 + l->exposure * (size - 1));
    }
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

/* Returns the surplus. */
static double settle(account *a, double available, double expense)
{
    a->risk += 0.03 / 0.95 * available;
    a->reserve += 0.02 / 0.95 * available;
    const double surplus = available - expense, band = 0.05 * available;
    if (surplus > 0) {
        a->balance += smaller(surplus, 0.06 * available);
        return surplus;
    }
    const double loss = -surplus, second = smaller(loss > band ? loss - band : 0, band);
    const double paid = smaller(0.6 * smaller(loss, band) + 0.3 * second, a->risk);
    const double drawn = smaller(loss - paid, a->reserve);
    a->risk -= paid;
    a->reserve -= drawn;
    a->balance -= loss - paid - drawn;
    return surplus;
}

static void replicate(const workload *w, gsl_rng *rng, month_model *month,
                      double *result[RESULTS][YEARS], size_t r)
{
    double history[3 + YEARS] = {594e6, 630e6, 667.8e6}, deviation[LINES] = {0}, cases[LINES];
    account a = {0};
    for (int year = 0; year < YEARS; year++) {
        const double *past = history + year;
        const double available = 0.95 * 1.17 * (past[0] + past[1] + past[2]) / 3;
        double expense = 0, path = 0, lowest = 0;
        draw_levels(w, rng, year, deviation, cases);
        for (int m = 0; m < MONTHS; m++) {
            double seasonal[LINES];
            for (int i = 0; i < LINES; i++) {
                seasonal[i] = cases[i] * w->season[m];
            }
            const double total = month(w, rng, seasonal);
            expense += total;
            path += available / MONTHS - total;
            lowest = smaller(lowest, path);
        }
        history[3 + year] = expense;
        result[SURPLUS][year][r] = settle(&a, available, expense);
        result[BALANCE][year][r] = a.balance;
        result[CASH][year][r] = lowest;
    }
}

/* A generator for each chunk, so that the result does not depend on the threads. */
static void simulate(const workload *w, month_model *month, size_t n, unsigned long seed,
                     double *result[RESULTS][YEARS])
{
#pragma omp parallel
    {
        gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
#pragma omp for schedule(dynamic, 4)
        for (size_t chunk = 0; chunk < (n + CHUNK - 1) / CHUNK; chunk++) {
            gsl_rng_set(rng, seed * 1000003 + chunk);
            const size_t end = (chunk + 1) * CHUNK < n ? (chunk + 1) * CHUNK : n;
            for (size_t r = chunk * CHUNK; r < end; r++) {
                replicate(w, rng, month, result, r);
            }
        }
        gsl_rng_free(rng);
    }
}

/* ---- summary: name, and its value for the results of a year; balances are sorted ---- */

static double mean(const double *x, size_t n)
{
    return gsl_stats_mean(x, 1, n);
}

static double sd(const double *x, size_t n)
{
    return gsl_stats_sd(x, 1, n);
}

static double below_zero(const double *x, size_t n)
{
    size_t count = 0;
    for (size_t r = 0; r < n; r++) {
        count += x[r] < 0;
    }
    return (double)count / (double)n;
}

static double quantile_5(const double *x, size_t n)
{
    return gsl_stats_quantile_from_sorted_data(x, 1, n, 0.05);
}

static double quantile_50(const double *x, size_t n)
{
    return gsl_stats_quantile_from_sorted_data(x, 1, n, 0.5);
}

static double quantile_95(const double *x, size_t n)
{
    return gsl_stats_quantile_from_sorted_data(x, 1, n, 0.95);
}

static double tail_5(const double *x, size_t n)
{
    return gsl_stats_mean(x, 1, n / 20);
}

static const struct {
    const char *name;
    int result;
    double (*value)(const double *x, size_t n);
} statistics[] = {
    {"surplus", SURPLUS, mean},           {"surplus_sd", SURPLUS, sd},
    {"overspend", SURPLUS, below_zero},   {"balance", BALANCE, mean},
    {"balance_sd", BALANCE, sd},          {"balance_5", BALANCE, quantile_5},
    {"balance_50", BALANCE, quantile_50}, {"balance_95", BALANCE, quantile_95},
    {"balance_tail_5", BALANCE, tail_5},  {"lowest_cash", CASH, mean},
};
enum { STATISTICS = sizeof statistics / sizeof *statistics };

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void summarise(size_t n, double *result[RESULTS][YEARS], double values[STATISTICS][YEARS])
{
#pragma omp parallel for
    for (int year = 0; year < YEARS; year++) {
        qsort(result[BALANCE][year], n, sizeof(double), by_size);
        for (int i = 0; i < STATISTICS; i++) {
            values[i][year] = statistics[i].value(result[statistics[i].result][year], n);
        }
    }
}

/* ---- tables ---- */

static FILE *open_table(const char *folder, const char *name)
{
    char path[4096], heading[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    if (!file || !fgets(heading, sizeof heading, file)) {
        fail(path);
    }
    return file;
}

static void read_workload(workload *w, const char *folder)
{
    FILE *file = open_table(folder, "lines.csv");
    for (int i = 0; i < LINES; i++) {
        line *l = &w->lines[i];
        if (fscanf(file, " %*[^,],%lf,%lf,%lf,%lf,%lf,%lf,%lf", &l->cases, &l->claim, &l->cv,
                   &l->dispersion, &l->growth, &l->sigma, &l->exposure) != 7) {
            fail("lines.csv");
        }
    }
    fclose(file);
    file = open_table(folder, "season.csv");
    for (int m = 0; m < MONTHS; m++) {
        if (fscanf(file, "%lf", &w->season[m]) != 1) {
            fail("season.csv");
        }
    }
    fclose(file);
}

static void factor_correlation(workload *w)
{
    gsl_matrix *c = gsl_matrix_alloc(LINES, LINES);
    for (size_t i = 0; i < LINES; i++) {
        for (size_t j = 0; j < LINES; j++) {
            gsl_matrix_set(c, i, j, pow(0.6, fabs((double)i - (double)j)));
        }
    }
    gsl_linalg_cholesky_decomp1(c);
    for (size_t i = 0; i < LINES; i++) {
        for (size_t j = 0; j <= i; j++) {
            w->root[i][j] = gsl_matrix_get(c, i, j);
        }
    }
    gsl_matrix_free(c);
}

static void print(size_t n, double seconds, double processor, double values[STATISTICS][YEARS])
{
    printf("{\"replications\": %zu, \"seconds\": %.6f, \"processor_seconds\": %.6f, \"years\": {",
           n, seconds, processor);
    for (int i = 0; i < STATISTICS; i++) {
        printf("%s\"%s\": [", i ? ", " : "", statistics[i].name);
        for (int year = 0; year < YEARS; year++) {
            printf("%s%.10g", year ? ", " : "", values[i][year]);
        }
        printf("]");
    }
    printf("}}\n");
}

static month_model *model_named(const char *name)
{
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        if (strcmp(models[i].name, name) == 0) {
            return models[i].month;
        }
    }
    fail("the model is exact, line or month");
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fail("FOLDER MODEL REPLICATIONS THREADS [SEED]");
    }
    static workload w;
    read_workload(&w, argv[1]);
    factor_correlation(&w);
    month_model *month = model_named(argv[2]);
    const size_t n = strtoul(argv[3], NULL, 10);
    omp_set_num_threads((int)strtol(argv[4], NULL, 10));
    double *result[RESULTS][YEARS], values[STATISTICS][YEARS];
    for (int i = 0; i < RESULTS * YEARS; i++) {
        result[i / YEARS][i % YEARS] = malloc(n * sizeof(double));
        if (!result[i / YEARS][i % YEARS]) {
            fail("no memory");
        }
    }
    const double start = omp_get_wtime();
    const clock_t processor = clock();
    simulate(&w, month, n, argc > 5 ? strtoul(argv[5], NULL, 10) : 1, result);
    summarise(n, result, values);
    print(n, omp_get_wtime() - start, (double)(clock() - processor) / CLOCKS_PER_SEC, values);
    return 0;
}
