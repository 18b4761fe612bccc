#include "projection/incentive.h"

#include "projection/worker.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>

enum { BLOCK = 256 };

/* What has been seen of a ratio: sums over futures of a and b, of a over b, and of their products. */
typedef struct sums {
    double a, b, aa, ab, bb;
} sums;

typedef struct tally {
    sums marginal, saved, overspent;
} tally;

/* What one thread works with. */
typedef struct bench {
    bg_worker *worker;
    double *gain, *expense; /* [party][unit][year][BLOCK]: of the futures as they are */
    double *gained, *less;  /* [party][unit][BLOCK]: at 99 %, over all years so far */
} bench;

typedef struct seeking {
    const bg_parties *parties;
    const volatile int *stop;
    struct bg_kept *kept;
    bg_incentive *of;
    size_t rows;   /* of [party][unit] */
    size_t blocks; /* of futures */
    tally *tally;  /* [block][party][unit][year], the years followed by all of them */
    bool *wanted;  /* outcomes */
} seeking;

/* ---- ratios ---- */

static void add(sums *self, double a, double b)
{
    self->a += a;
    self->b += b;
    self->aa += a * a;
    self->ab += a * b;
    self->bb += b * b;
}

static void merge(sums *self, const sums *other)
{
    self->a += other->a;
    self->b += other->b;
    self->aa += other->aa;
    self->ab += other->ab;
    self->bb += other->bb;
}

/* The error is that of the mean of a - ratio b, over the mean of b. */
static bg_effective_share ratio_of(const sums *self, double n)
{
    const double error_of_b = sqrt(fmax(0, self->bb - self->b * self->b / n) / (n * (n - 1)));
    if (!(n > 1 && self->b > 0 && self->b / n >= 2 * error_of_b)) {
        return (bg_effective_share){.ratio = NAN, .se = NAN};
    }
    const double ratio = self->a / self->b;
    const double rest = fmax(0, self->aa - 2 * ratio * self->ab + ratio * ratio * self->bb);
    return (bg_effective_share){
        .ratio = ratio, .se = sqrt(rest * n / (n - 1)) / self->b, .known = true};
}

/* ---- a block of futures ---- */

static const bg_fen *outcome(const seeking *self, const bench *at, size_t row, size_t year,
                             bg_outcome which)
{
    const bg_draws *draws = bg_worker_draws(at->worker, row / self->of->units);
    return bg_draws_outcome(draws, row % self->of->units, year, which);
}

/* Of a future in a year: what the community has of it. */
static void find_gain(const seeking *self, const bench *at, size_t row, size_t year, size_t n,
                      double *gain)
{
    const bg_fen *result = outcome(self, at, row, year, BG_OUTCOME_result);
    const bg_fen *disallowed = outcome(self, at, row, year, BG_OUTCOME_disallowed);
    for (size_t i = 0; i < n; i++) {
        gain[i] = (double)(result[i] - disallowed[i]);
    }
}

static void find_expense(const seeking *self, const bench *at, size_t row, size_t year, size_t n,
                         double *expense)
{
    const bg_fen *spent = outcome(self, at, row, year, BG_OUTCOME_expense);
    for (size_t i = 0; i < n; i++) {
        expense[i] = (double)spent[i];
    }
}

/* Averages of a party and unit: by year, and of its years together. */
static void tally_averages(const seeking *self, const bench *at, size_t row, size_t n, tally *to)
{
    const size_t years = self->of->years;
    double kept[BLOCK] = {0}, saved[BLOCK] = {0}, borne[BLOCK] = {0}, overspent[BLOCK] = {0};
    for (size_t year = 0; year < years; year++) {
        const bg_fen *result = outcome(self, at, row, year, BG_OUTCOME_result);
        const bg_fen *surplus = outcome(self, at, row, year, BG_OUTCOME_surplus);
        const bg_fen *overspend = outcome(self, at, row, year, BG_OUTCOME_overspend);
        for (size_t i = 0; i < n; i++) {
            const double keeps = surplus[i] > 0 ? (double)result[i] : 0;
            const double bears = overspend[i] > 0 ? -(double)result[i] : 0;
            add(&to[year].saved, keeps, (double)surplus[i]);
            add(&to[year].overspent, bears, (double)overspend[i]);
            kept[i] += keeps;
            saved[i] += (double)surplus[i];
            borne[i] += bears;
            overspent[i] += (double)overspend[i];
        }
    }
    for (size_t i = 0; i < n; i++) {
        add(&to[years].saved, kept[i], saved[i]);
        add(&to[years].overspent, borne[i], overspent[i]);
    }
}

/* Keeps gains and expenses of the futures as they are. */
static void keep(const seeking *self, bench *at, size_t n, tally *to)
{
    const size_t years = self->of->years;
    for (size_t row = 0; row < self->rows; row++) {
        for (size_t year = 0; year < years; year++) {
            const size_t column = (row * years + year) * BLOCK;
            find_gain(self, at, row, year, n, at->gain + column);
            find_expense(self, at, row, year, n, at->expense + column);
        }
        for (size_t i = 0; i < n; i++) {
            at->gained[row * BLOCK + i] = at->less[row * BLOCK + i] = 0;
        }
        tally_averages(self, at, row, n, to + row * (years + 1));
    }
}

/* What a party and unit gains where the expense of `eased` is less, beside the futures as they are. */
static void tally_margin(const seeking *self, bench *at, size_t row, size_t eased, size_t n,
                         tally *to)
{
    const size_t years = self->of->years;
    double gained[BLOCK] = {0}, now[BLOCK];
    for (size_t year = eased; year < years; year++) {
        const double *gain = at->gain + (row * years + year) * BLOCK;
        find_gain(self, at, row, year, n, now);
        for (size_t i = 0; i < n; i++) {
            gained[i] += now[i] - gain[i];
        }
    }
    const double *expense = at->expense + (row * years + eased) * BLOCK;
    find_expense(self, at, row, eased, n, now);
    for (size_t i = 0; i < n; i++) {
        const double less = expense[i] - now[i];
        add(&to[eased].marginal, gained[i], less);
        at->gained[row * BLOCK + i] += gained[i];
        at->less[row * BLOCK + i] += less;
    }
}

static bg_status run_block(const seeking *self, bench *at, size_t block, bg_errors *errors)
{
    const size_t years = self->of->years, first = block * BLOCK;
    const size_t left = self->of->futures - first, n = left < BLOCK ? left : BLOCK;
    tally *to = self->tally + block * self->rows * (years + 1);
    bg_status status = bg_worker_simulate(at->worker, first, n, errors);
    if (status == BG_OK) {
        keep(self, at, n, to);
    }
    for (size_t eased = 0; eased < years && status == BG_OK; eased++) {
        status =
            self->stop && *self->stop ? BG_INTERRUPTED : bg_worker_ease(at->worker, eased, errors);
        for (size_t row = 0; row < self->rows && status == BG_OK; row++) {
            tally_margin(self, at, row, eased, n, to + row * (years + 1));
        }
    }
    for (size_t cell = 0; cell < self->rows * n; cell++) {
        const size_t row = cell / n, i = row * BLOCK + cell % n;
        add(&to[row * (years + 1) + years].marginal, at->gained[i], at->less[i]);
    }
    return status;
}

/* ---- all of them ---- */

static void close_bench(bench *self)
{
    bg_worker_free(self->worker);
    free(self->gain);
    free(self->expense);
    free(self->gained);
    free(self->less);
}

static bg_status open_bench(const seeking *self, bench *at)
{
    const bg_projection_options options = {
        .outcomes = self->wanted, .no_cash = true, .kept = self->kept};
    const size_t columns = self->rows * BLOCK;
    *at = (bench){.worker = bg_worker_new(self->parties, &options, BLOCK),
                  .gain = calloc(columns * self->of->years, sizeof(double)),
                  .expense = calloc(columns * self->of->years, sizeof(double)),
                  .gained = calloc(columns, sizeof(double)),
                  .less = calloc(columns, sizeof(double))};
    return at->worker && bg_worker_will_ease(at->worker) && at->gain && at->expense && at->gained &&
                   at->less
               ? BG_OK
               : BG_MEMORY;
}

/* The first block that fails says why, whatever the number of threads. */
static bg_status run_blocks(const seeking *self, int threads, bg_errors *errors)
{
    size_t first_failed = self->blocks;
    bg_status status = BG_OK;
    bg_errors reasons;
    bg_errors_init(&reasons);
#pragma omp parallel num_threads(threads)
    {
        bench at;
        const bg_status opened = open_bench(self, &at);
#pragma omp for schedule(dynamic)
        for (size_t block = 0; block < self->blocks; block++) {
            bg_errors found;
            bg_errors_init(&found);
            const bg_status ended = opened ? opened : run_block(self, &at, block, &found);
#pragma omp critical
            if (ended && block < first_failed) {
                first_failed = block;
                status = ended;
                bg_errors_free(&reasons);
                bg_errors_move(&reasons, &found);
            }
            bg_errors_free(&found);
        }
        close_bench(&at);
    }
    bg_errors_move(errors, &reasons);
    bg_errors_free(&reasons);
    return status == BG_MEMORY ? bg_no_memory(errors) : status;
}

static void conclude(const seeking *self)
{
    const size_t cells = self->rows * (self->of->years + 1);
    for (size_t cell = 0; cell < cells; cell++) {
        tally whole = {0};
        for (size_t block = 0; block < self->blocks; block++) {
            const tally *part = &self->tally[block * cells + cell];
            merge(&whole.marginal, &part->marginal);
            merge(&whole.saved, &part->saved);
            merge(&whole.overspent, &part->overspent);
        }
        const double n = (double)self->of->futures;
        self->of->row[cell] = (bg_incentive_row){.marginal = ratio_of(&whole.marginal, n),
                                                 .saved = ratio_of(&whole.saved, n),
                                                 .overspent = ratio_of(&whole.overspent, n)};
    }
}

size_t bg_incentive_pilot(const bg_projection *projection)
{
    const size_t n = bg_projection_replications(projection);
    return n < BG_INCENTIVE_PILOT ? n : BG_INCENTIVE_PILOT;
}

static size_t most_outcomes(const bg_parties *parties)
{
    size_t most = BG_OUTCOME_COUNT;
    for (size_t party = 0; party < bg_parties_count(parties); party++) {
        const size_t count = bg_model_outcome_count(bg_parties_model(parties, party));
        most = count > most ? count : most;
    }
    return most;
}

static bg_status make_room(seeking *self)
{
    static const bg_outcome needed[] = {BG_OUTCOME_expense, BG_OUTCOME_surplus,
                                        BG_OUTCOME_overspend, BG_OUTCOME_result,
                                        BG_OUTCOME_disallowed};
    bg_incentive *of = self->of;
    const size_t cells = self->rows * (of->years + 1);
    of->row = calloc(cells, sizeof *of->row);
    self->tally = calloc(cells * self->blocks, sizeof *self->tally);
    self->wanted = calloc(most_outcomes(self->parties), sizeof *self->wanted);
    for (size_t i = 0; self->wanted && i < sizeof needed / sizeof *needed; i++) {
        self->wanted[needed[i]] = true;
    }
    return of->row && self->tally && self->wanted ? BG_OK : BG_MEMORY;
}

/* By what the futures are drawn, where they may be kept and nobody has said it; NULL else. */
static bg_drawn *drawn_of(const bg_parties *parties, const bg_projection_options *options)
{
    bool kept = options->kept && !parties->drawn;
    for (size_t c = 0; c < parties->count; c++) {
        kept = kept && !bg_demand_has_providers(parties->member[c].demand);
    }
    return kept ? bg_parties_drawn(parties) : NULL;
}

bg_status bg_incentive_find(const bg_parties *parties, size_t futures,
                            const bg_projection_options *options, bg_incentive *self,
                            bg_errors *errors)
{
    const int threads = options->threads;
    const bg_model *first = &parties->member[0];
    bg_parties all = *parties;
    bg_drawn *drawn = drawn_of(parties, options);
    all.drawn = drawn ? drawn : parties->drawn;
    *self = (bg_incentive){.parties = bg_parties_count(parties),
                           .units = bg_model_unit_count(first),
                           .years = first->contract.years,
                           .futures = futures};
    seeking work = {.parties = &all,
                    .stop = options->stop,
                    .kept = options->kept,
                    .of = self,
                    .rows = self->parties * self->units,
                    .blocks = (futures + BLOCK - 1) / BLOCK};
    bg_status status = make_room(&work);
    status = status ? bg_no_memory(errors)
                    : run_blocks(&work, threads > 0 ? threads : omp_get_max_threads(), errors);
    if (status == BG_OK) {
        conclude(&work);
    }
    free(work.tally);
    free(work.wanted);
    free(drawn);
    return status;
}

void bg_incentive_free(bg_incentive *self)
{
    free(self->row);
    *self = (bg_incentive){0};
}

const bg_incentive_row *bg_incentive_at(const bg_incentive *self, size_t party, size_t unit,
                                        size_t year)
{
    return &self->row[(party * self->units + unit) * (self->years + 1) + year];
}
