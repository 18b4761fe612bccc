/* Whether this installation computes what it should: known answers, a settlement worked by hand, the same
 * bits from every instruction set and number of threads, means in closed form, both engines alike. */
#include "actual/case.h"
#include "base/isa.h"
#include "base/process.h"
#include "base/text.h"
#include "command/installed.h"
#include "command/messages.h"
#include "command/verb.h"
#include "format/json.h"
#include "format/text_writer.h"
#include "random/noise.h"
#include "report/label.h"

#include <baogan/projection.h>
#include <baogan/version.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Two figures of one truth differ by more than this many standard errors once in 15,000 times; the test is
 * of fixed seeds, so that it always passes or always fails. */
#define Z_LIMIT 4.0

typedef enum verdict { PASSED, FAILED, SKIPPED } verdict;

#define DETAIL 240 /* in both languages */

typedef struct check {
    const char *name, *en, *zh;
    verdict (*run)(char detail[DETAIL]);
} check;

/* ---- scenarios ---- */

static const char county[] =
    "history:\n"
    "  2022: {residents.inpatient.in: {cases: 60000, cost: 4亿, paid: 2.6亿},\n"
    "         residents.inpatient.out: {cases: 9000, cost: 1.6亿, paid: 0.8亿},\n"
    "         residents.outpatient.in: {cases: 900000, cost: 0.8亿, paid: 0.45亿}}\n"
    "  2023: {residents.inpatient.in: {cases: 64000, cost: 4.2亿, paid: 2.75亿},\n"
    "         residents.inpatient.out: {cases: 9300, cost: 1.7亿, paid: 0.85亿},\n"
    "         residents.outpatient.in: {cases: 950000, cost: 0.86亿, paid: 0.48亿}}\n"
    "  2024: {residents.inpatient.in: {cases: 66000, cost: 4.3亿, paid: 2.85亿},\n"
    "         residents.inpatient.out: {cases: 9500, cost: 1.8亿, paid: 0.9亿},\n"
    "         residents.outpatient.in: {cases: 990000, cost: 0.9亿, paid: 0.5亿}}\n"
    "people: {residents: {count: 500000}}\n"
    "simulation: {years: 3, seed: 20250801}\n";

static const char worked_example[] =
    "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"
    "budget: {growth: 5%}\n"
    "simulation: {years: 1}\n"
    "actual: {2025: {residents: {expense: 118M, emergency: 4M, disallowed: 500000, score: 85}}}\n"
    "expected:\n"
    "  2025:\n"
    "    residents: {budget: 115.5M, payable: 109.725M, balance: -2.693M, released: 2.772M,\n"
    "      covered: 2.31M, shared: 1.8851M, result: -807900, clearing: 6.9671M,\n"
    "      institutions: {county_hospital: -484740, township_centres: -242370,\n"
    "        village_clinics: -80790}}\n";

typedef struct model {
    bg_scenario *scenario;
    bg_model model;
    bg_errors errors;
} model;

static bool model_open(model *self, const char *text, const char *const *overrides, size_t count)
{
    *self = (model){0};
    bg_errors_init(&self->errors);
    return bg_scenario_parse(text, strlen(text), "selftest", NULL, overrides, count,
                             &self->scenario, &self->errors) == BG_OK &&
           bg_model_read(self->scenario, &self->model, &self->errors) == BG_OK;
}

static void model_close(model *self)
{
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

/* The county projected on an engine; NULL where that fails. Free what is in `from` after it. */
static bg_projection *project(model *from, const char *engine, const char *replications,
                              int threads)
{
    const char *const overrides[] = {engine, replications};
    bg_projection *projection = NULL;
    const bg_projection_options options = {.threads = threads};
    if (model_open(from, county, overrides, 2)) {
        bg_projection_run(&from->model, &options, &projection, &from->errors);
    }
    return projection;
}

#define FAST      "simulation.engine=fast"
#define REFERENCE "simulation.engine=reference"

/* ---- random numbers ---- */

static verdict known_answers(char detail[DETAIL])
{
    /* Salmon et al. 2011, kat_vectors of Random123: philox4x32-10, counter and key zero. */
    static const uint32_t answer[4] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    uint32_t word[4][1];
    uint32_t *const columns[4] = {word[0], word[1], word[2], word[3]};
    bg_noise_functions()->words(0, 0, 0, 0, 1, columns);
    bool same = true;
    for (size_t w = 0; w < 4; w++) {
        same = same && word[w][0] == answer[w];
    }
    snprintf(detail, DETAIL, "Philox4x32-10: %08x %08x %08x %08x", word[0][0], word[1][0],
             word[2][0], word[3][0]);
    return same ? PASSED : FAILED;
}

/* ---- settlement ---- */

static verdict worked_settlement(char detail[DETAIL])
{
    model from;
    bg_case ran = {0};
    const bool ready =
        model_open(&from, worked_example, NULL, 0) &&
        bg_case_run(&ran, &from.model.contract, from.model.demand, &from.errors) == BG_OK;
    const bool same = ready && bg_case_passes(&ran);
    snprintf(detail, DETAIL, "%zu" BG_BOTH(" amounts", "项金额"), ran.count);
    bg_case_free(&ran);
    model_close(&from);
    return same ? PASSED : FAILED;
}

/* ---- the same bits ---- */

/* FNV-1a over the statistics of every outcome. */
static uint64_t hash_of(const bg_projection *projection)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t year = 0; year < bg_projection_year_count(projection); year++) {
        for (size_t o = 0; o < bg_projection_outcome_count(projection); o++) {
            const bg_statistics *s = bg_projection_statistics(projection, 0, year, o);
            const double values[] = {s->mean, s->sd, s->tvar_upper, s->quantile[BG_Q50].value};
            unsigned char bytes[sizeof values];
            memcpy(bytes, values, sizeof values);
            for (size_t i = 0; i < sizeof bytes; i++) {
                hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
            }
        }
    }
    return hash;
}

static uint64_t hash_with(int threads)
{
    model from;
    bg_projection *projection = project(&from, FAST, "simulation.replications=1000", threads);
    const uint64_t hash = projection ? hash_of(projection) : 0;
    bg_projection_free(projection);
    model_close(&from);
    return hash;
}

static verdict instruction_sets(char detail[DETAIL])
{
    const bg_isa best = bg_isa_current();
    const uint64_t expected = hash_with(1);
    bool same = expected != 0;
    size_t used = 0;
    for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
        if (bg_isa_use((bg_isa)isa)) {
            same = same && hash_with(1) == expected;
            used += (size_t)snprintf(detail + used, DETAIL - used, "%s%s",
                                     used ? BG_BOTH(", ", "、") : "", bg_isa_name((bg_isa)isa));
        }
    }
    bg_isa_use(best);
    snprintf(detail + used, DETAIL - used, BG_BOTH("; checksum ", "；校验值") "%016llx",
             (unsigned long long)expected);
    return same ? PASSED : FAILED;
}

static verdict numbers_of_threads(char detail[DETAIL])
{
    const uint64_t one = hash_with(1);
    snprintf(detail, DETAIL,
             "1" BG_BOTH(", ", "、") "2" BG_BOTH(", ", "、") "3" BG_BOTH(", ", "、") "8");
    return one && hash_with(2) == one && hash_with(3) == one && hash_with(8) == one ? PASSED
                                                                                    : FAILED;
}

/* ---- statistics ---- */

/* Expected expense of a year: the closed forms of all lines. */
static double closed_mean(const bg_model *of, size_t year)
{
    double sum = 0;
    for (size_t line = 0; line < of->contract.history.line_count; line++) {
        sum += bg_demand_mean(of->demand, line, year);
    }
    return sum;
}

static verdict mean_of_engine(const char *engine, const char *replications, char detail[DETAIL])
{
    model from;
    bg_projection *projection = project(&from, engine, replications, 0);
    double worst = projection ? 0 : INFINITY;
    for (size_t year = 0; projection && year < bg_projection_year_count(projection); year++) {
        const bg_statistics *s = bg_projection_statistics(projection, 0, year, BG_OUTCOME_expense);
        worst = fmax(worst, fabs(s->mean - closed_mean(&from.model, year)) / s->mean_se);
    }
    snprintf(detail, DETAIL,
             BG_BOTH("", "至多") "%.1f" BG_BOTH(" standard errors at most", "个标准误"), worst);
    bg_projection_free(projection);
    model_close(&from);
    return worst < Z_LIMIT ? PASSED : FAILED;
}

static verdict mean_of_fast(char detail[DETAIL])
{
    return mean_of_engine(FAST, "simulation.replications=50000", detail);
}

static verdict mean_of_reference(char detail[DETAIL])
{
    return mean_of_engine(REFERENCE, "simulation.replications=2000", detail);
}

/* How far apart two estimates are, in joint standard errors. */
static double distance(double a, double a_se, double b, double b_se)
{
    const double joint = sqrt(a_se * a_se + b_se * b_se);
    return joint > 0 ? fabs(a - b) / joint : a == b ? 0 : INFINITY;
}

static double chance_se(bg_probability p)
{
    const double n = (double)p.n, share = ((double)p.hits + 2) / (n + 4);
    return sqrt(share * (1 - share) / n);
}

static double apart(const bg_projection *a, const bg_projection *b, size_t *figures)
{
    static const bg_outcome outcomes[] = {BG_OUTCOME_expense, BG_OUTCOME_outside,
                                          BG_OUTCOME_balance, BG_OUTCOME_result,
                                          BG_OUTCOME_shared,  BG_OUTCOME_lowest_cash};
    double worst = 0;
    for (size_t year = 0; year < bg_projection_year_count(a); year++) {
        for (size_t o = 0; o < sizeof outcomes / sizeof *outcomes; o++, ++*figures) {
            const bg_statistics *x = bg_projection_statistics(a, 0, year, outcomes[o]);
            const bg_statistics *y = bg_projection_statistics(b, 0, year, outcomes[o]);
            worst = fmax(worst, distance(x->mean, x->mean_se, y->mean, y->mean_se));
        }
        for (int event = 0; event < BG_EVENT_COUNT; event++, ++*figures) {
            const bg_probability x = bg_projection_probability(a, 0, year, (bg_event)event);
            const bg_probability y = bg_projection_probability(b, 0, year, (bg_event)event);
            worst = fmax(worst, distance(x.estimate, chance_se(x), y.estimate, chance_se(y)));
        }
    }
    return worst;
}

static verdict engines_agree(char detail[DETAIL])
{
    model from[2];
    bg_projection *reference = project(&from[0], REFERENCE, "simulation.replications=2000", 0);
    bg_projection *fast = project(&from[1], FAST, "simulation.replications=50000", 0);
    size_t figures = 0;
    const double worst = reference && fast ? apart(reference, fast, &figures) : INFINITY;
    snprintf(detail, DETAIL,
             "%zu" BG_BOTH(" figures, ", "项指标，至多") "%.1f" BG_BOTH(
                 " joint standard errors at most", "个合并标准误"),
             figures, worst);
    bg_projection_free(reference);
    bg_projection_free(fast);
    model_close(&from[0]);
    model_close(&from[1]);
    return worst < Z_LIMIT ? PASSED : FAILED;
}

/* ---- what stands beside ---- */

static verdict charts(char detail[DETAIL])
{
    const char *const arguments[] = {"gnuplot", "--default-settings", "-e", "exit", NULL};
    const bg_process gnuplot = {.arguments = arguments, .seconds = 10};
    char messages[DETAIL];
    char *plots = bg_program_plots();
    const bool scripts = plots != NULL;
    free(plots);
    if (!scripts) {
        snprintf(detail, DETAIL, BG_BOTH("plots/*.gp not found", "未找到plots/*.gp"));
        return SKIPPED;
    }
    const bg_process_end end = bg_process_run(&gnuplot, messages, sizeof messages);
    snprintf(detail, DETAIL, "%s",
             end == BG_PROCESS_DONE     ? "gnuplot"
             : end == BG_PROCESS_FAILED ? BG_BOTH("gnuplot failed", "gnuplot运行失败")
                                        : messages);
    return end == BG_PROCESS_DONE ? PASSED : SKIPPED;
}

/* ---- all of them ---- */

static const check checks[] = {
    {"random_numbers", "random numbers give the published answers", "随机数与公布的标准结果一致",
     known_answers},
    {"settlement", "the settlement worked by hand, to the fen", "手算清算示例，精确到分",
     worked_settlement},
    {"instruction_sets", "the same bits with every instruction set", "各指令集结果逐位相同",
     instruction_sets},
    {"threads", "the same bits with any number of threads", "任意线程数结果逐位相同",
     numbers_of_threads},
    {"mean_fast", "fast engine: mean expense as in closed form", "快速引擎：支出均值与解析值一致",
     mean_of_fast},
    {"mean_reference", "reference engine: mean expense as in closed form",
     "参考引擎：支出均值与解析值一致", mean_of_reference},
    {"engines", "both engines agree", "两种引擎结果一致", engines_agree},
    {"charts", "charts can be drawn", "可以绘图", charts},
};

#define CHECKS (sizeof checks / sizeof *checks)

static const char *word_of(verdict given, const char *language)
{
    switch (given) {
    case PASSED:
        return bg_in_language(language, "ok", "通过");
    case FAILED:
        return bg_in_language(language, "FAILED", "失败");
    default:
        return bg_in_language(language, "skipped", "跳过");
    }
}

static bg_status print_text(const verdict *verdicts, char details[][DETAIL], const char *language)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    for (size_t j = 0; j < 3; j++) { /* verdict, check, detail */
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    }
    for (size_t i = 0; i < CHECKS; i++) {
        bg_sheet_add_text(&sheet, word_of(verdicts[i], language));
        bg_sheet_add_text(&sheet, bg_in_language(language, checks[i].en, checks[i].zh));
        bg_sheet_add_text(&sheet, details[i]);
    }
    const bg_status status = bg_sheet_write_text(&sheet, stdout, 0);
    bg_sheet_free(&sheet);
    return status;
}

static bg_status print_json(const verdict *verdicts, char details[][DETAIL], bg_errors *errors)
{
    static const char *const words[] = {"passed", "failed", "skipped"};
    json_t *array = json_array();
    for (size_t i = 0; i < CHECKS; i++) {
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s}", "check", checks[i].name, "verdict",
                                        words[verdicts[i]], "detail", details[i]));
    }
    return bg_json_print(json_pack("{s:s, s:o}", "version", BG_VERSION, "checks", array), stdout,
                         errors);
}

bg_status bg_verb_selftest(const bg_options *options, bg_errors *errors)
{
    verdict verdicts[CHECKS];
    char details[CHECKS][DETAIL] = {{0}};
    size_t failed = 0;
    for (size_t i = 0; i < CHECKS; i++) {
        if (*options->stop) {
            return bg_errors_say(errors, BG_INTERRUPTED, BG_NOWHERE, NULL, BG_SAY(stopped));
        }
        verdicts[i] = checks[i].run(details[i]);
        failed += verdicts[i] == FAILED;
    }
    for (size_t i = 0; i < CHECKS; i++) {
        bg_text_choose(details[i], !options->json && strcmp(options->lang, "zh") == 0);
    }
    const bg_status status = options->json ? print_json(verdicts, details, errors)
                                           : print_text(verdicts, details, options->lang);
    if (status || !failed) {
        return status;
    }
    return bg_errors_say(errors, BG_INTERNAL, BG_NOWHERE, NULL, BG_SAY(selftest_failed), failed,
                         CHECKS);
}
