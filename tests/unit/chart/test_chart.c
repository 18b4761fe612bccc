#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/projected.h"
#include "../../support/says.h"
#include "chart/chart.h"
#include <baogan/file.h>
#include <baogan/version.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Mean of the past 110 million, grown by 5 %: a first budget of 115.5 million yuan. */
static const char scenario_text[] =
    "title: {en: 'A \"small\" county, west', zh: 小县}\n"
    "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"
    "people: {residents: 100000}\n"
    "budget: {base: {completion: {2024: 96%, later: 100%, 2022: 100%, 2023: 100%}}, growth: 5%,\n"
    "         later_rule: rolling, funds: {guarantee: 3%, risk: {rate: 2%, carry_over: true, "
    "opening: 1M}}}\n"
    "pool: {residents: {income_per_head: 1300, balance: 30M}}\n"
    "published: {2025: {expense: 118M, pool_balance: 31M}}\n"
    "simulation: {years: 3, replications: 200, seed: 7}\n";

static bg_scenario *scenario;
static bg_model model;
static bg_projection *projection;
static char *path_before; /* the PATH of the test program */

static int project(void **state)
{
    (void)state;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_projection_options options = {0};
    int status = (int)bg_scenario_parse(scenario_text, strlen(scenario_text), "county.yaml", NULL,
                                        NULL, 0, &scenario, &errors);
    if (!status) {
        status = (int)bg_model_read(scenario, &model, &errors);
    }
    if (!status) {
        status = (int)bg_projection_run(&model, &options, &projection, &errors);
    }
    for (size_t i = 0; i < errors.count; i++) {
        print_message("%s\n", errors.items[i].message);
    }
    bg_errors_free(&errors);
    const char *path = getenv("PATH");
    path_before = strdup(path ? path : "");
    return status;
}

static int forget(void **state)
{
    (void)state;
    bg_projection_free(projection);
    bg_model_free(&model);
    bg_scenario_free(scenario);
    free(path_before);
    return 0;
}

/* Every test has a run directory of its own, and scripts and a PATH if it asks for them. */
typedef struct place {
    char directory[64];
    bg_errors errors;
    const volatile int *stop;
} place;

static int make_place(void **state)
{
    place *self = calloc(1, sizeof *self);
    assert_non_null(self);
    strcpy(self->directory, "/tmp/baogan-chart-XXXXXX");
    assert_non_null(mkdtemp(self->directory));
    bg_errors_init(&self->errors);
    *state = self;
    return 0;
}

/* Calls `each` with the path of everything in a directory. */
static void walk(const char *directory, void (*each)(const char *path, void *context),
                 void *context)
{
    DIR *listing = opendir(directory);
    assert_non_null(listing);
    for (struct dirent *entry = readdir(listing); entry; entry = readdir(listing)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            char *path = bg_path_join(directory, entry->d_name);
            each(path, context);
            free(path);
        }
    }
    closedir(listing);
}

static void remove_tree(const char *path, void *context)
{
    if (remove(path)) {
        walk(path, remove_tree, context);
        remove(path);
    }
}

static int remove_place(void **state)
{
    place *self = *state;
    remove_tree(self->directory, NULL);
    setenv("PATH", path_before, 1);
    bg_errors_free(&self->errors);
    free(self);
    return 0;
}

static char *in_place(const place *self, const char *name)
{
    char *path = bg_path_join(self->directory, name);
    assert_non_null(path);
    return path;
}

static void put_file(const place *self, const char *name, const char *text)
{
    char *path = in_place(self, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0755), 0);
    free(path);
}

static void count_file(const char *path, void *count)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    *(size_t *)count += S_ISREG(about.st_mode);
}

static size_t files_in(const place *self, const char *name)
{
    char *path = in_place(self, name);
    size_t count = 0;
    walk(path, count_file, &count);
    free(path);
    return count;
}

/* ---- tables ---- */

static void write_data(place *self)
{
    assert_int_equal(bg_chart_data_write(&model, projection, self->directory, &self->errors),
                     BG_OK);
    assert_int_equal(self->errors.count, 0);
}

static char *read_table(place *self, const char *name)
{
    char relative[64];
    snprintf(relative, sizeof relative, "charts/data/%s.csv", name);
    char *path = in_place(self, relative), *data = NULL;
    size_t size;
    assert_int_equal(bg_file_read(path, 1 << 20, &data, &size, &self->errors), BG_OK);
    free(path);
    return data;
}

static size_t rows_of(const char *table)
{
    size_t rows = 0;
    for (const char *c = table; *c; c++) {
        rows += *c == '\n';
    }
    return rows - 1; /* the header */
}

static const char *nth_cell(const char *line, size_t column)
{
    while (column--) {
        line += strcspn(line, ",\n");
        assert_int_equal(*line, ',');
        line++;
    }
    return line;
}

static size_t column_named(const char *table, const char *name)
{
    for (size_t column = 0;; column++) {
        const char *cell = nth_cell(table, column);
        size_t length = strcspn(cell, ",\n");
        if (length == strlen(name) && strncmp(cell, name, length) == 0) {
            return column;
        }
    }
}

/* Checks one cell: of the first row that begins with `key`, in the column of that name. */
static void check_cell(const char *table, const char *key, const char *column, const char *expected)
{
    const char *row = table;
    while (row && strncmp(row, key, strlen(key)) != 0) {
        row = strchr(row, '\n');
        row = row ? row + 1 : NULL;
    }
    if (!row) {
        fail_msg("no row begins with %s", key);
        return;
    }
    const char *cell = nth_cell(row, column_named(table, column));
    char text[128];
    snprintf(text, sizeof text, "%.*s", (int)strcspn(cell, ",\n"), cell);
    assert_string_equal(text, expected);
}

static const char *yuan_text(double fen, char text[32])
{
    snprintf(text, 32, "%.2f", fen / 100);
    return text;
}

static void check_header(const char *table, const char *expected)
{
    assert_memory_equal(table, expected, strlen(expected));
    assert_int_equal(table[strlen(expected)], '\n');
}

#define QUANTILES "central,mean,q01,q05,q10,q25,q50,q75,q90,q95,q99"

static void expense_table_holds_past_years_and_the_projection(void **state)
{
    write_data(*state);
    char *table = read_table(*state, "expense-residents");
    check_header(
        table,
        "year,kind,recorded,expense,budget,budget_q10,budget_q90,payable,published," QUANTILES
        ",p_overspend");
    assert_int_equal(rows_of(table), 3 + 3);
    /* Past years are known: every quantile is the completed expense, 120 / 0.96. */
    check_cell(table, "2022,history,", "expense", "100000000.00");
    check_cell(table, "2024,history,", "recorded", "120000000.00");
    check_cell(table, "2024,history,", "expense", "125000000.00");
    check_cell(table, "2024,history,", "q01", "125000000.00");
    check_cell(table, "2024,history,", "q99", "125000000.00");
    check_cell(table, "2024,history,", "budget", "");
    /* (100 + 110 + 125) / 3 = 111.66666667, times 1.05; payable less 5 %. */
    check_cell(table, "2025,projected,", "budget", "117250000.00");
    check_cell(table, "2025,projected,", "budget_q10", "117250000.00");
    check_cell(table, "2025,projected,", "payable", "111387500.00");
    check_cell(table, "2025,projected,", "published", "118000000.00");
    check_cell(table, "2026,projected,", "published", "");
    size_t expense = (size_t)bg_projection_outcome_index(projection, "expense");
    const bg_statistics *about = bg_projection_statistics(projection, 0, 1, expense);
    char text[32];
    check_cell(table, "2026,projected,", "mean", yuan_text(about->mean, text));
    char chance[32];
    snprintf(chance, sizeof chance, "%.6f",
             bg_projection_probability(projection, 0, 1, BG_EVENT_overspend).estimate);
    check_cell(table, "2026,projected,", "p_overspend", chance);
    check_cell(table, "2026,projected,", "q05", yuan_text(about->quantile[BG_Q05].value, text));
    check_cell(table, "2026,projected,", "q99", yuan_text(about->quantile[BG_Q99].value, text));
    double central = (double)bg_projection_central(projection, 0, 1, expense);
    check_cell(table, "2026,projected,", "central", yuan_text(central, text));
    free(table);
}

static void a_budget_that_follows_expense_has_a_spread(void **state)
{
    write_data(*state);
    char *table = read_table(*state, "expense-residents"), text[32];
    size_t budget = (size_t)bg_projection_outcome_index(projection, "budget");
    const bg_quantile *quantile = bg_projection_statistics(projection, 0, 2, budget)->quantile;
    assert_true(quantile[BG_Q10].value < quantile[BG_Q50].value &&
                quantile[BG_Q50].value < quantile[BG_Q90].value);
    check_cell(table, "2027,projected,", "budget_q10", yuan_text(quantile[BG_Q10].value, text));
    check_cell(table, "2027,projected,", "budget", yuan_text(quantile[BG_Q50].value, text));
    check_cell(table, "2027,projected,", "budget_q90", yuan_text(quantile[BG_Q90].value, text));
    free(table);
}

static void funds_begin_with_their_opening_balances(void **state)
{
    write_data(*state);
    char *table = read_table(*state, "funds-residents");
    check_header(table, "fund,label_en,label_zh,year,added,published," QUANTILES);
    assert_int_equal(rows_of(table), 4 * 4); /* pool, two funds and the reserve; four year ends */
    check_cell(table, "pool_balance,Pool balance,统筹基金累计结余,2024,", "q50", "30000000.00");
    check_cell(table, "pool_balance,Pool balance,统筹基金累计结余,2025,", "published",
               "31000000.00");
    check_cell(table, "fund.risk,Risk fund,风险调剂金,2024,", "q01", "1000000.00");
    check_cell(table, "fund.risk,Risk fund,风险调剂金,2025,", "added", "2345000.00");
    check_cell(table, "fund.guarantee,Guarantee fund,年度保障金,2025,", "added", "3517500.00");
    check_cell(table, "reserve,", "q50", "0.00");
    free(table);
}

static void cash_starts_each_year_at_nothing(void **state)
{
    write_data(*state);
    char *table = read_table(*state, "cash-residents");
    check_header(table, "year,month," QUANTILES);
    assert_int_equal(rows_of(table), 3 * 13);
    check_cell(table, "2026,0,", "q10", "0.00");
    char text[32];
    const bg_statistics *december = bg_projection_cash(projection, 0, 1, 11);
    check_cell(table, "2026,12,", "q10", yuan_text(december->quantile[BG_Q10].value, text));
    check_cell(table, "2026,12,", "central",
               yuan_text((double)bg_projection_central_cash(projection, 0, 1, 11), text));
    free(table);
}

static void surplus_bins_count_every_future(void **state)
{
    write_data(*state);
    char *table = read_table(*state, "surplus-residents");
    check_header(table, "year,low,high,count,share");
    long count = 0, overspent = 0;
    double share = 0;
    const size_t rows = rows_of(table);
    const char *row = table;
    for (size_t i = 0; i < rows; i++) {
        row += strcspn(row, "\n") + 1;
        bool first_year = strncmp(row, "2025,", 5) == 0;
        count += first_year ? strtol(nth_cell(row, 3), NULL, 10) : 0;
        share += first_year ? strtod(nth_cell(row, 4), NULL) : 0;
        overspent += first_year && strtod(nth_cell(row, 2), NULL) <= 0
                         ? strtol(nth_cell(row, 3), NULL, 10)
                         : 0;
    }
    assert_int_equal(count, 200);
    assert_true(share > 0.9999 && share < 1.0001);
    /* No bin reaches across zero, so those below it are the overspends. */
    bg_probability overspend = bg_projection_probability(projection, 0, 0, BG_EVENT_overspend);
    assert_int_equal(overspent, overspend.hits);
    free(table);
}

static void bands_stand_as_shares_and_as_amounts_of_the_year(void **state)
{
    write_data(*state);
    char *table = read_table(*state, "bands-residents");
    check_header(table, "year,side,base,from_share,to_share,community_share,from,to");
    assert_int_equal(rows_of(table), 3 * 5);
    check_cell(table, "2025,surplus,budget,0,0.1,", "community_share", "1");
    check_cell(table, "2025,surplus,budget,0,0.1,", "from", "0.00");
    check_cell(table, "2025,surplus,budget,0,0.1,", "to", "11725000.00");
    check_cell(table, "2025,surplus,budget,0.1,,", "community_share", "0");
    check_cell(table, "2025,surplus,budget,0.1,,", "to", "");
    check_cell(table, "2025,overspend,budget,0,0.05,", "community_share", "0.3");
    check_cell(table, "2025,overspend,budget,0.05,0.1,", "from", "-5862500.00");
    check_cell(table, "2025,overspend,budget,0.05,0.1,", "to", "-11725000.00");
    free(table);
}

static void the_pool_gets_what_the_community_shares_away(void **state)
{
    write_data(*state);
    char *table = read_table(*state, "parties-residents");
    check_header(table, "party,label_en,label_zh,year,central,mean,q10,q90");
    assert_int_equal(rows_of(table), 5 * 3);
    size_t shared = (size_t)bg_projection_outcome_index(projection, "shared");
    size_t result = (size_t)bg_projection_outcome_index(projection, "result");
    const bg_statistics *about = bg_projection_statistics(projection, 0, 0, shared);
    char text[32];
    check_cell(table, "pool,Pool,统筹基金,2025,", "mean", yuan_text(-about->mean, text));
    check_cell(table, "pool,Pool,统筹基金,2025,", "q10",
               yuan_text(-about->quantile[BG_Q90].value, text));
    check_cell(table, "pool,Pool,统筹基金,2025,", "q90",
               yuan_text(-about->quantile[BG_Q10].value, text));
    about = bg_projection_statistics(projection, 0, 0, result);
    check_cell(table, "community,Community,医共体,2025,", "mean", yuan_text(about->mean, text));
    check_cell(table, "institution.county_hospital,County hospital,县级医院,2026,", "year", "2026");
    free(table);
}

static void titles_keep_their_commas_and_lose_their_quotes(void **state)
{
    write_data(*state);
    char *table = read_table(*state, "run");
    assert_string_equal(table, "key,value\n"
                               "title_en,\"A 'small' county, west\"\n"
                               "title_zh,\"小县\"\n"
                               "units,\"residents\"\n"
                               "outside,\"pool\"\n"
                               "money_en,\"1000000\"\n"
                               "money_zh,\"10000\"\n"
                               "replications,\"200\"\n"
                               "seed,\"7\"\n"
                               "version,\"" BG_VERSION "\"\n");
    free(table);
}

static void data_that_are_there_are_not_replaced(void **state)
{
    place *self = *state;
    write_data(self);
    assert_int_equal(bg_chart_data_write(&model, projection, self->directory, &self->errors),
                     BG_EXISTS);
}

static void data_need_a_directory_that_can_be_written(void **state)
{
    place *self = *state;
    put_file(self, "charts", "in the way\n");
    assert_int_equal(bg_chart_data_write(&model, projection, self->directory, &self->errors),
                     BG_IO);
    assert_int_equal(self->errors.error_count, 1);
}

/* A named input, and one that is paid rather than an outcome: there is no amount to draw them at. */
static void bands_of_what_is_no_outcome_are_left_out(void **state)
{
    place *self = *state;
    projected other;
    start_projection(&other,
                     "history: {2024: 100M}\n"
                     "inputs: {revenue: {kind: money, empty: 5M}}\n"
                     "settlement:\n"
                     "  - share_surplus: {base: revenue, bands: {1%: 50%, rest: 0%}}\n"
                     "  - share_overspend: {base: prepaid, bands: {rest: 50%}}\n"
                     "  - clear: {}\n"
                     "simulation: {years: 1, replications: 10}\n",
                     NULL, 1);
    assert_int_equal(
        bg_chart_data_write(&other.model, other.projection, self->directory, &self->errors), BG_OK);
    char *table = read_table(self, "bands-residents");
    assert_int_equal(rows_of(table), 0);
    free(table);
    finish_projection(&other);
}

/* ---- drawing ---- */

/* Draws with scripts that fail at once, each with `script` as its text, and `gnuplot` on the PATH
 * (NULL: the real one). The result is BG_OK in every case. */
static void draw(place *self, const char *script, const char *gnuplot, int seconds)
{
    static const char *const names[] = {"expense", "funds", "cash", "surplus", "parties"};
    write_data(self);
    char *programs = in_place(self, "bin"), *plots = in_place(self, "plots");
    assert_int_equal(mkdir(programs, 0777), 0);
    assert_int_equal(mkdir(plots, 0777), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char name[32];
        snprintf(name, sizeof name, "plots/%s.gp", names[i]);
        put_file(self, name, script);
    }
    if (gnuplot) {
        put_file(self, "bin/gnuplot", gnuplot);
    }
    setenv("PATH", programs, 1);
    const bg_chart_options options = {.directory = self->directory,
                                      .plots = plots,
                                      .language = "en",
                                      .seconds = seconds,
                                      .stop = self->stop};
    assert_int_equal(bg_charts_draw(projection, &options, &self->errors), BG_OK);
    assert_int_equal(self->errors.error_count, 0);
    free(plots);
    free(programs);
}

static void check_warning(const place *self, size_t index, const char *part)
{
    assert_true(index < self->errors.count);
    assert_says_among_others(self->errors.items[index].message, part);
}

static void a_missing_gnuplot_is_one_warning(void **state)
{
    place *self = *state;
    draw(self, "", NULL, 5);
    assert_int_equal(self->errors.count, 1);
    check_warning(self, 0, "gnuplot was not found");
    check_warning(self, 0, "apt-get install gnuplot-nox");
    assert_int_equal(files_in(self, "charts"), 0);
}

static void a_failing_script_gives_its_reason_and_the_others_go_on(void **state)
{
    place *self = *state;
    draw(self, "",
         "#!/bin/sh\necho plot nonsense >&2\necho 'line 7: undefined variable' >&2\nexit 1\n", 5);
    assert_int_equal(self->errors.count, 5);
    check_warning(self, 0,
                  "could not draw the chart expense-residents: line 7: undefined variable");
    check_warning(self, 4, "parties-residents");
    assert_int_equal(files_in(self, "charts"), 0);
}

static void a_gnuplot_that_hangs_is_stopped_and_not_asked_again(void **state)
{
    place *self = *state;
    /* It has begun to write when it hangs. */
    draw(self, "",
         "#!/bin/sh\nfor a; do case $a in *out=*) f=${a##*out=\\'}; : >\"${f%\\'}\";; esac; done\n"
         "exec /bin/sleep 60\n",
         1);
    assert_int_equal(self->errors.count, 1);
    check_warning(self, 0, "gnuplot was stopped after 1 seconds");
    assert_int_equal(files_in(self, "charts"), 0);
}

static void a_failure_without_words_says_so(void **state)
{
    place *self = *state;
    draw(self, "", "#!/bin/sh\necho >&2\nexit 1\n", 5);
    check_warning(self, 0, "expense-residents: it gave no reason.");
}

static void a_run_that_is_stopped_draws_no_more_and_warns_of_nothing(void **state)
{
    place *self = *state;
    static const volatile int stop = 1;
    self->stop = &stop;
    draw(self, "", "#!/bin/sh\nexec /bin/sleep 60\n", 30);
    assert_int_equal(self->errors.count, 0);
    assert_int_equal(files_in(self, "charts"), 0);
}

static void a_picture_that_stays_empty_is_a_warning(void **state)
{
    place *self = *state;
    draw(self, "", "#!/bin/sh\nexit 0\n", 5);
    assert_int_equal(self->errors.count, 5 * 2);
    check_warning(self, 0, "did not write this picture");
    assert_int_equal(files_in(self, "charts"), 0);
}

/* Stands in for gnuplot: writes its settings into each picture. */
static const char writes_settings[] =
    "#!/bin/sh\n"
    "for a; do case $a in *out=*) f=${a##*out=\\'}; echo \"$a\" >\"${f%\\'}\";; esac; done\n"
    "echo careful >&2\n";

static void pictures_get_their_names_when_they_are_complete(void **state)
{
    place *self = *state;
    draw(self, "", writes_settings, 5);
    assert_int_equal(self->errors.count,
                     0); /* what a gnuplot that succeeds says is not passed on */
    assert_int_equal(files_in(self, "charts"), 5 * 2);
    char *path = in_place(self, "charts/funds-residents.svg"), *settings = NULL;
    size_t size;
    assert_int_equal(bg_file_read(path, 4096, &settings, &size, &self->errors), BG_OK);
    assert_non_null(strstr(settings, "lang='en'; unit='residents'; term='svg'; out='"));
    free(settings);
    free(path);
}

static void scripts_are_found_beside_the_program(void **state)
{
    place *self = *state;
    char *program = in_place(self, "usr/bin");
    assert_null(bg_chart_plots(program));
    static const char *const made[] = {"usr", "usr/bin", "usr/share", "usr/share/baogan",
                                       "usr/share/baogan/plots"};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        char *path = in_place(self, made[i]);
        assert_int_equal(mkdir(path, 0777), 0);
        free(path);
    }
    put_file(self, "usr/share/baogan/plots/common.gp", "");
    char *plots = bg_chart_plots(program);
    assert_non_null(plots);
    assert_non_null(strstr(plots, "/usr/bin/../share/baogan/plots"));
    free(plots);
    free(program);
}

static void scripts_that_are_not_found_are_a_warning(void **state)
{
    place *self = *state;
    const bg_chart_options options = {.directory = self->directory, .language = "en"};
    assert_int_equal(bg_charts_draw(projection, &options, &self->errors), BG_OK);
    assert_int_equal(bg_charts_print(&options, 80, stdout, &self->errors), BG_OK);
    assert_int_equal(self->errors.count, 1); /* said once, though both look for them */
    assert_int_equal(self->errors.error_count, 0);
    check_warning(self, 0, "plots/*.gp");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(expense_table_holds_past_years_and_the_projection),
        TEST(a_budget_that_follows_expense_has_a_spread),
        TEST(funds_begin_with_their_opening_balances),
        TEST(cash_starts_each_year_at_nothing),
        TEST(surplus_bins_count_every_future),
        TEST(bands_stand_as_shares_and_as_amounts_of_the_year),
        TEST(bands_of_what_is_no_outcome_are_left_out),
        TEST(the_pool_gets_what_the_community_shares_away),
        TEST(titles_keep_their_commas_and_lose_their_quotes),
        TEST(data_that_are_there_are_not_replaced),
        TEST(data_need_a_directory_that_can_be_written),
        TEST(a_missing_gnuplot_is_one_warning),
        TEST(a_failing_script_gives_its_reason_and_the_others_go_on),
        TEST(a_gnuplot_that_hangs_is_stopped_and_not_asked_again),
        TEST(a_failure_without_words_says_so),
        TEST(a_run_that_is_stopped_draws_no_more_and_warns_of_nothing),
        TEST(a_picture_that_stays_empty_is_a_warning),
        TEST(pictures_get_their_names_when_they_are_complete),
        TEST(scripts_are_found_beside_the_program),
        TEST(scripts_that_are_not_found_are_a_warning),
    };
    return cmocka_run_group_tests(tests, project, forget);
}
