/* The tables that the scripts in plots/ draw: <run directory>/charts/data/<table>-<unit>.csv. */
#include "chart/chart.h"
#include "report/label.h"
#include "statistics/histogram.h"

#include <baogan/file.h>
#include <baogan/version.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define QUANTILE_COLUMNS "central,mean,q01,q05,q10,q25,q50,q75,q90,q95,q99"

/* One unit of a run, with what is needed to write its tables. */
typedef struct chart_unit {
    const bg_model *model;
    const bg_projection *projection;
    size_t unit;
    size_t first_scheme, end_scheme; /* the schemes that it adds up */
    bool whole;                      /* it is everything, so published outcomes are its own */
    FILE *stream;
    bg_errors *errors;
} chart_unit;

static chart_unit chart_unit_of(const bg_model *model, const bg_projection *projection, size_t unit,
                                bg_errors *errors)
{
    size_t schemes = model->contract.history.scheme_count;
    bool all = unit >= schemes;
    return (chart_unit){.model = model,
                        .projection = projection,
                        .unit = unit,
                        .first_scheme = all ? 0 : unit,
                        .end_scheme = all ? schemes : unit + 1,
                        .whole = unit + 1 == bg_model_unit_count(model),
                        .errors = errors};
}

/* ---- cells ---- */

/* Adding zero turns a negative zero, which would print its sign, into a plain one. */
static double yuan(double fen)
{
    return fen / 100 + 0.0;
}

static const bg_statistics *statistics_of(const chart_unit *self, size_t year, const char *outcome)
{
    int index = bg_projection_outcome_index(self->projection, outcome);
    return bg_projection_statistics(self->projection, self->unit, year, (size_t)index);
}

static double central_of(const chart_unit *self, size_t year, const char *outcome)
{
    int index = bg_projection_outcome_index(self->projection, outcome);
    return (double)bg_projection_central(self->projection, self->unit, year, (size_t)index);
}

/* The cells of QUANTILE_COLUMNS and the end of the row. */
static void put_quantiles(FILE *stream, double central, const bg_statistics *statistics)
{
    fprintf(stream, "%.2f,%.2f", yuan(central), yuan(statistics->mean));
    for (size_t i = 0; i < BG_QUANTILE_COUNT; i++) {
        fprintf(stream, ",%.2f", yuan(statistics->quantile[i].value));
    }
    fputc('\n', stream);
}

/* The same where the amount is known: all quantiles are equal. */
static void put_known(FILE *stream, bg_fen amount)
{
    char text[BG_NUMBER_TEXT];
    bg_money_text(amount, text);
    fputs(text, stream);
    for (size_t i = 0; i < 1 + BG_QUANTILE_COUNT; i++) {
        fprintf(stream, ",%s", text);
    }
    fputc('\n', stream);
}

/* "machine name,English label,Chinese label,". Names have no commas or quotes. One without a label of
 * its own is shown with blanks for underscores; an English label begins with a capital letter. */
static void put_name(FILE *stream, const char *name)
{
    static const char *const languages[] = {"en", "zh"};
    fputs(name, stream);
    for (size_t i = 0; i < 2; i++) {
        fputc(',', stream);
        const char *label = bg_label_of_name(name, languages[i]);
        for (const char *c = label; *c; c++) {
            bool capital = c == label && *c >= 'a' && *c <= 'z';
            fputc(capital ? *c - 'a' + 'A' : *c == '_' ? ' ' : *c, stream);
        }
    }
    fputc(',', stream);
}

/* The published amount of a year, or nothing, and a comma. */
static void put_published(const chart_unit *self, int year, const char *key)
{
    char name[16];
    snprintf(name, sizeof name, "%d", year);
    const bg_node *published = bg_scenario_find(self->model->contract.scenario, "published");
    const bg_node *amount = bg_node_child(bg_node_child(published, name), key);
    if (amount && self->whole) {
        char text[BG_NUMBER_TEXT];
        fputs(bg_money_text(amount->value.fen, text), self->stream);
    }
    fputc(',', self->stream);
}

/* ---- expense against budget ---- */

/* Fund payments of a past year, as recorded and completed, over the unit's schemes. */
static bg_status past_expense(const chart_unit *self, size_t year, bg_fen *recorded,
                              bg_fen *completed)
{
    const bg_history *history = &self->model->contract.history;
    *recorded = *completed = 0;
    for (size_t s = self->first_scheme; s < self->end_scheme; s++) {
        const bg_scheme *scheme = &history->scheme[s];
        if (bg_money_add(*recorded, scheme->paid_fen[year], recorded) ||
            bg_money_add(*completed, scheme->completed_fen[year], completed)) {
            return bg_errors_add(self->errors, BG_OVERFLOW, BG_NOWHERE, "history",
                                 "The expense of %d is larger than baogan can hold.",
                                 history->year[year]);
        }
    }
    return BG_OK;
}

static bg_status write_past(const chart_unit *self)
{
    const bg_history *history = &self->model->contract.history;
    for (size_t y = 0; y < history->year_count; y++) {
        bg_fen recorded, completed;
        bg_status status = past_expense(self, y, &recorded, &completed);
        if (status) {
            return status;
        }
        char text[2][BG_NUMBER_TEXT];
        fprintf(self->stream, "%d,history,%s,%s,,,,,,", history->year[y],
                bg_money_text(recorded, text[0]), bg_money_text(completed, text[1]));
        put_known(self->stream, completed);
    }
    return BG_OK;
}

static bg_status write_expense(const chart_unit *self)
{
    fputs("year,kind,recorded,expense,budget,budget_q10,budget_q90,payable,"
          "published," QUANTILE_COLUMNS "\n",
          self->stream);
    bg_status status = write_past(self);
    for (size_t y = 0; !status && y < bg_projection_year_count(self->projection); y++) {
        int year = bg_projection_year(self->projection, y);
        const bg_statistics *budget = statistics_of(self, y, "budget");
        const bg_statistics *payable = statistics_of(self, y, "payable");
        fprintf(self->stream, "%d,projected,,,%.2f,%.2f,%.2f,%.2f,", year,
                yuan(budget->quantile[BG_Q50].value), yuan(budget->quantile[BG_Q10].value),
                yuan(budget->quantile[BG_Q90].value), yuan(payable->quantile[BG_Q50].value));
        put_published(self, year, "expense");
        put_quantiles(self->stream, central_of(self, y, "expense"),
                      statistics_of(self, y, "expense"));
    }
    return status;
}

/* ---- balances at year end ---- */

/* The name of the fund whose balance an outcome is ("fund.risk"), or NULL. */
static const char *fund_of(const char *outcome)
{
    return strncmp(outcome, "fund.", 5) == 0 ? outcome + 5 : NULL;
}

static bool is_pool(const char *outcome)
{
    return strcmp(outcome, "pool_balance") == 0;
}

/* The terms of a fund in a scheme, or NULL where the scheme has no such fund. */
static const bg_fund_terms *terms_of(const chart_unit *self, size_t scheme, const char *fund)
{
    const bg_budget_terms *terms = self->model->contract.terms[scheme];
    int index = bg_budget_fund_index(terms, fund);
    return index < 0 ? NULL : bg_budget_fund(terms, (size_t)index);
}

/* Balance before the first year; openings of two schemes are within the range of a scenario. */
static bg_fen opening_of(const chart_unit *self, const char *outcome)
{
    bg_fen sum = 0;
    for (size_t s = self->first_scheme; s < self->end_scheme; s++) {
        const char *fund = fund_of(outcome);
        const bg_fund_terms *terms = fund ? terms_of(self, s, fund) : NULL;
        bg_fen opening = is_pool(outcome) ? self->model->contract.pool[s].opening
                         : terms          ? terms->opening
                                          : 0;
        if (bg_money_add(sum, opening, &sum)) {
            return sum;
        }
    }
    return sum;
}

/* What a year's budgets put into a fund on average, fen. */
static double set_aside(const chart_unit *self, const char *fund, size_t year)
{
    size_t budget = (size_t)bg_projection_outcome_index(self->projection, "budget");
    double sum = 0;
    for (size_t s = self->first_scheme; s < self->end_scheme; s++) {
        const bg_fund_terms *terms = terms_of(self, s, fund);
        if (terms) {
            sum += (double)terms->rate / (double)BG_ONE *
                   bg_projection_statistics(self->projection, s, year, budget)->mean;
        }
    }
    return sum;
}

static void write_balance(const chart_unit *self, const char *outcome)
{
    put_name(self->stream, outcome);
    fprintf(self->stream, "%d,,,", bg_projection_year(self->projection, 0) - 1);
    put_known(self->stream, opening_of(self, outcome));
    for (size_t y = 0; y < bg_projection_year_count(self->projection); y++) {
        int year = bg_projection_year(self->projection, y);
        put_name(self->stream, outcome);
        fprintf(self->stream, "%d,", year);
        if (fund_of(outcome)) {
            fprintf(self->stream, "%.2f", yuan(set_aside(self, fund_of(outcome), y)));
        }
        fputc(',', self->stream);
        put_published(self, year, is_pool(outcome) ? "pool_balance" : "");
        put_quantiles(self->stream, central_of(self, y, outcome), statistics_of(self, y, outcome));
    }
}

static bool pool_is_modelled(const chart_unit *self)
{
    for (size_t s = self->first_scheme; s < self->end_scheme; s++) {
        if (!self->model->contract.pool[s].modelled) {
            return false;
        }
    }
    return true;
}

static bg_status write_funds(const chart_unit *self)
{
    fputs("fund,label_en,label_zh,year,added,published," QUANTILE_COLUMNS "\n", self->stream);
    if (pool_is_modelled(self)) {
        write_balance(self, "pool_balance");
    }
    for (size_t i = 0; i < bg_projection_outcome_count(self->projection); i++) {
        const char *outcome = bg_projection_outcome(self->projection, i);
        if (fund_of(outcome)) {
            write_balance(self, outcome);
        }
    }
    write_balance(self, "reserve");
    return BG_OK;
}

/* ---- cash by month ---- */

static bg_status write_cash(const chart_unit *self)
{
    fputs("year,month," QUANTILE_COLUMNS "\n", self->stream);
    for (size_t y = 0; y < bg_projection_year_count(self->projection); y++) {
        int year = bg_projection_year(self->projection, y);
        fprintf(self->stream, "%d,0,", year);
        put_known(self->stream, 0);
        for (size_t m = 0; m < 12; m++) {
            fprintf(self->stream, "%d,%zu,", year, m + 1);
            put_quantiles(self->stream,
                          (double)bg_projection_central_cash(self->projection, self->unit, y, m),
                          bg_projection_cash(self->projection, self->unit, y, m));
        }
    }
    return BG_OK;
}

/* ---- distribution of the balance before sharing ---- */

typedef struct balance_of {
    const chart_unit *unit;
    size_t year;
} balance_of;

static bg_status count_below(const void *draws, const bg_fen *edges, size_t count, size_t *below)
{
    const balance_of *self = draws;
    return bg_projection_below(self->unit->projection, self->unit->unit, self->year,
                               BG_OUTCOME_balance, edges, count, below);
}

static bg_status write_surplus(const chart_unit *self)
{
    fputs("year,low,high,count,share\n", self->stream);
    for (size_t y = 0; y < bg_projection_year_count(self->projection); y++) {
        const bg_statistics *about = statistics_of(self, y, "balance");
        bg_histogram histogram;
        if (bg_histogram_compute(&histogram, about, count_below, &(balance_of){self, y})) {
            bg_histogram_free(&histogram);
            return bg_no_memory(self->errors);
        }
        for (size_t bin = 0; bin < histogram.bins; bin++) {
            char low[BG_NUMBER_TEXT], high[BG_NUMBER_TEXT];
            fprintf(self->stream, "%d,%s,%s,%zu,%.6f\n", bg_projection_year(self->projection, y),
                    bg_money_text(bg_histogram_edge(&histogram, bin), low),
                    bg_money_text(bg_histogram_edge(&histogram, bin + 1), high),
                    histogram.count[bin], (double)histogram.count[bin] / (double)about->n);
        }
        bg_histogram_free(&histogram);
    }
    return BG_OK;
}

/* The bands of one side of sharing. A scheme's rule: there are none for all schemes together. */
typedef struct band_side {
    const char *name, *step; /* "surplus", "share_surplus" */
    int sign;                /* of the balance */
} band_side;

/* The outcome of which the limits are shares: "budget" or "payable". */
static const char *base_of(const chart_unit *self, const char *step)
{
    const bg_node *steps = bg_scenario_find(self->model->contract.scenario, "settlement");
    for (const bg_node *node = steps ? steps->child : NULL; node; node = node->next) {
        if (strcmp(node->text, step) == 0) {
            return bg_node_text(node, "base");
        }
    }
    return "budget";
}

/* A limit as an amount of the year, with the sign of the side. */
static double limit_yuan(bg_decimal limit, double base, int sign)
{
    return limit == 0 ? 0 : sign * yuan((double)limit / (double)BG_ONE * base);
}

static void write_side(const chart_unit *self, const band_side *side, size_t year)
{
    bg_decimal limit[BG_MAX_STEPS], share[BG_MAX_STEPS];
    size_t count = bg_plan_bands(self->model->contract.plan[self->unit], side->step, BG_MAX_STEPS,
                                 limit, share);
    const char *base = base_of(self, side->step);
    double amount = statistics_of(self, year, base)->quantile[BG_Q50].value;
    bg_decimal from = 0;
    for (size_t i = 0; i < count; i++) {
        char text[BG_NUMBER_TEXT];
        bool bounded = limit[i] < BG_DECIMAL_MAX * BG_ONE;
        fprintf(self->stream, "%d,%s,%s,", bg_projection_year(self->projection, year), side->name,
                base);
        fprintf(self->stream, "%s,", bg_decimal_text(from, text));
        fprintf(self->stream, "%s,", bounded ? bg_decimal_text(limit[i], text) : "");
        fprintf(self->stream, "%s,", bg_decimal_text(share[i], text));
        fprintf(self->stream, "%.2f,", limit_yuan(from, amount, side->sign));
        if (bounded) {
            fprintf(self->stream, "%.2f", limit_yuan(limit[i], amount, side->sign));
        }
        fputc('\n', self->stream);
        from = limit[i];
    }
}

static bg_status write_bands(const chart_unit *self)
{
    static const band_side sides[] = {{"surplus", "share_surplus", 1},
                                      {"overspend", "share_overspend", -1}};
    fputs("year,side,base,from_share,to_share,community_share,from,to\n", self->stream);
    bool one_scheme = self->end_scheme - self->first_scheme == 1;
    for (size_t y = 0; one_scheme && y < bg_projection_year_count(self->projection); y++) {
        for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
            write_side(self, &sides[i], y);
        }
    }
    return BG_OK;
}

/* ---- who gets what ---- */

/* A party's rows; `sign` -1 where the outcome is what the others get. */
static void write_party(const chart_unit *self, const char *party, const char *outcome, int sign)
{
    for (size_t y = 0; y < bg_projection_year_count(self->projection); y++) {
        const bg_statistics *about = statistics_of(self, y, outcome);
        double q10 = about->quantile[BG_Q10].value, q90 = about->quantile[BG_Q90].value;
        put_name(self->stream, party);
        fprintf(self->stream, "%d,%.2f,%.2f,%.2f,%.2f\n", bg_projection_year(self->projection, y),
                yuan(sign * central_of(self, y, outcome)), yuan(sign * about->mean),
                yuan(sign < 0 ? -q90 : q10), yuan(sign < 0 ? -q10 : q90));
    }
}

static bg_status write_parties(const chart_unit *self)
{
    fputs("party,label_en,label_zh,year,central,mean,q10,q90\n", self->stream);
    write_party(self, "pool", "shared", -1);
    write_party(self, "community", "result", 1);
    for (size_t i = 0; i < bg_projection_outcome_count(self->projection); i++) {
        const char *outcome = bg_projection_outcome(self->projection, i);
        if (strncmp(outcome, "institution.", 12) == 0) {
            write_party(self, outcome, outcome, 1);
        }
    }
    return BG_OK;
}

/* ---- files ---- */

static const struct {
    const char *name;
    bg_status (*write)(const chart_unit *self);
} tables[] = {
    {"expense", write_expense}, {"funds", write_funds}, {"cash", write_cash},
    {"surplus", write_surplus}, {"bands", write_bands}, {"parties", write_parties},
};

/* A title on one line; gnuplot ends a text at every quote. */
static void put_title(FILE *stream, const char *text)
{
    for (const char *c = text; *c; c++) {
        bool control = (unsigned char)*c < ' ' || *c == '\x7f';
        fputc(control ? ' ' : *c == '"' ? '\'' : *c, stream);
    }
}

/* Facts for titles and footers, as key,"text". */
static bg_status write_run(const chart_unit *self)
{
    static const char *const languages[] = {"en", "zh"};
    fputs("key,value\n", self->stream);
    const bg_node *title = bg_scenario_find(self->model->contract.scenario, "title");
    for (size_t i = 0; i < 2; i++) {
        fprintf(self->stream, "title_%s,\"", languages[i]);
        put_title(self->stream, title ? bg_node_in_language(title, languages[i]) : "");
        fputs("\"\n", self->stream);
    }
    fputs("units,\"", self->stream);
    for (size_t u = 0; u < bg_model_unit_count(self->model); u++) {
        fprintf(self->stream, "%s%s", u ? " " : "", bg_model_unit(self->model, u));
    }
    const bg_node *simulation = bg_scenario_find(self->model->contract.scenario, "simulation");
    const size_t replications = self->projection
                                    ? bg_projection_replications(self->projection)
                                    : (size_t)bg_node_integer(simulation, "replications");
    fprintf(self->stream, "\"\nreplications,\"%zu\"\nseed,\"%" PRId64 "\"\nversion,\"%s\"\n",
            replications, bg_node_integer(simulation, "seed"), BG_VERSION);
    return BG_OK;
}

static bg_status write_file(chart_unit self, bg_status (*write)(const chart_unit *self),
                            const char *directory, const char *name)
{
    char *path = bg_path_join(directory, name);
    if (!path) {
        return bg_no_memory(self.errors);
    }
    bg_output output;
    bg_status status = bg_output_open(&output, path, self.errors);
    free(path);
    if (status) {
        return status;
    }
    self.stream = output.stream;
    status = write(&self);
    if (!status) {
        status = bg_output_commit(&output, self.errors);
    }
    bg_output_discard(&output);
    return status;
}

static bg_status write_unit(const chart_unit *self, const char *directory)
{
    bg_status status = BG_OK;
    for (size_t i = 0; !status && i < sizeof tables / sizeof *tables; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s-%s.csv", tables[i].name,
                 bg_projection_unit(self->projection, self->unit));
        status = write_file(*self, tables[i].write, directory, name);
    }
    return status;
}

/* Makes directory/name and returns its path; NULL with an error where that fails. */
static char *make_directory(const char *directory, const char *name, bg_errors *errors)
{
    char *path = bg_path_join(directory, name);
    if (!path) {
        bg_no_memory(errors);
    } else if (mkdir(path, 0777) && errno != EEXIST) {
        bg_errors_add(errors, BG_IO, (bg_mark){.file = path}, NULL,
                      "The directory cannot be made: %s.", strerror(errno));
        free(path);
        path = NULL;
    }
    return path;
}

/* charts/data of the directory, made if it is not there; NULL with an error where that fails. */
static char *data_directory(const char *directory, bg_errors *errors)
{
    char *charts = make_directory(directory, "charts", errors);
    char *data = charts ? make_directory(charts, "data", errors) : NULL;
    free(charts);
    return data;
}

static bg_status write_facts(const bg_model *model, const bg_projection *projection,
                             const char *data, bg_errors *errors)
{
    return write_file(chart_unit_of(model, projection, 0, errors), write_run, data, "run.csv");
}

bg_status bg_chart_facts_write(const bg_model *model, const bg_projection *projection,
                               const char *directory, bg_errors *errors)
{
    char *data = data_directory(directory, errors);
    bg_status status = data ? write_facts(model, projection, data, errors) : BG_IO;
    free(data);
    return status;
}

bg_status bg_chart_data_write(const bg_model *model, const bg_projection *projection,
                              const char *directory, bg_errors *errors)
{
    char *data = data_directory(directory, errors);
    bg_status status = data ? write_facts(model, projection, data, errors) : BG_IO;
    for (size_t u = 0; !status && u < bg_projection_unit_count(projection); u++) {
        const chart_unit unit = chart_unit_of(model, projection, u, errors);
        status = write_unit(&unit, data);
    }
    free(data);
    return status;
}
