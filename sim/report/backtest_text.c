#include "report/backtest_text.h"

#include "report/label.h"

#include <math.h>

typedef struct saying {
    const bg_backtest *of;
    bg_document *page;
    bg_errors *errors;
} saying;

__attribute__((format_arg(2), format_arg(3))) static const char *
words(const saying *self, const char *en, const char *zh)
{
    return bg_in_language(self->page->language, en, zh);
}

static const char *method_words(const saying *self, bg_backtest_method method)
{
    static const char *const both[][2] = {
#define X(name, en, zh) {en, zh},
        BG_BACKTEST_METHODS(X)
#undef X
    };
    return bg_in_language(self->page->language, both[method][0], both[method][1]);
}

/* ---- rows ---- */

static void add_column(bg_sheet *sheet, const char *heading)
{
    bg_sheet_add_column(sheet,
                        (bg_column){.kind = BG_CELL_TEXT, .heading = heading, .right = true});
}

static void add_columns(const saying *self, const char *first, bg_sheet *sheet)
{
    static const char *const levels[BG_LEVEL_COUNT] = {
#define X(percent) #percent "%",
        BG_LEVELS(X)
#undef X
    };
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_TEXT, .heading = first});
    bg_sheet_add_column(
        sheet, (bg_column){.kind = BG_CELL_COUNT, .heading = words(self, "forecasts", "预测数")});
    for (size_t k = 0; k < BG_LEVEL_COUNT; k++) {
        add_column(sheet, levels[k]);
    }
    for (size_t k = 1; k < BG_LEVEL_COUNT; k++) {
        add_column(sheet, bg_sheet_keep(sheet, words(self, "score %s", "得分%s"), levels[k]));
    }
    add_column(sheet, words(self, "bias", "偏差"));
    add_column(sheet, "CRPS");
}

static void add_score(const bg_score *score, bg_sheet *sheet)
{
    bg_sheet_add_count(sheet, score->count);
    for (size_t k = 0; k < BG_LEVEL_COUNT; k++) {
        const double share = 100 * score->covered[k], error = 100 * score->covered_error[k];
        bg_sheet_add_text(sheet, score->count > 1 ? bg_sheet_keep(sheet, "%.1f ±%.1f", share, error)
                                                  : bg_sheet_keep(sheet, "%.0f", share));
    }
    for (size_t k = 1; k < BG_LEVEL_COUNT; k++) {
        bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%.2f", 100 * score->interval_score[k]));
    }
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%+.2f", 100 * score->bias));
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%.2f", 100 * score->crps));
}

static bg_status add_row(const saying *self, const char *name, const bg_backtest_group *group,
                         bg_sheet *sheet)
{
    bg_score score;
    const bg_status status = bg_backtest_score(self->of, group, &score, self->errors);
    if (!status && score.count > 0) {
        bg_sheet_add_text(sheet, name);
        add_score(&score, sheet);
    }
    return status;
}

/* ---- tables ---- */

static bg_status say_methods(const saying *self)
{
    bg_sheet sheet;
    bg_status status = BG_OK;
    bg_sheet_init(&sheet, self->page->language);
    add_columns(self, words(self, "method", "方法"), &sheet);
    for (bg_backtest_method m = 0; !status && m < BG_BACKTEST_METHOD_COUNT; m++) {
        const bg_backtest_group group = {.method = m, .shared = true};
        status = add_row(self, method_words(self, m), &group, &sheet);
    }
    if (bg_sheet_row_count(&sheet) == 0) {
        bg_sheet_free(&sheet);
        return status;
    }
    bg_document_add(self->page, BG_PART_HEADING, 0, "%s",
                    words(self, "Forecasts that every method has made", "各方法均作出的预测"));
    bg_document_add_sheet(self->page, 2, &sheet);
    return status;
}

static bg_status say_model(const saying *self)
{
    bg_sheet sheet;
    bg_status status = BG_OK;
    bg_sheet_init(&sheet, self->page->language);
    add_columns(self, words(self, "method", "方法"), &sheet);
    for (bg_backtest_method m = BG_BACKTEST_model; !status && m <= BG_BACKTEST_alone; m++) {
        const bg_backtest_group group = {.method = m};
        status = add_row(self, method_words(self, m), &group, &sheet);
    }
    bg_document_add(self->page, BG_PART_HEADING, 0, "%s",
                    words(self, "All forecasts of the model", "模型的全部预测"));
    bg_document_add_sheet(self->page, 2, &sheet);
    return status;
}

static bg_status say_years(const saying *self)
{
    const bg_backtest *of = self->of;
    const int first = of->forecast[0].origin + of->forecast[0].ahead;
    const int last = of->forecast[of->count - 1].origin + of->forecast[of->count - 1].ahead;
    bg_sheet sheet;
    bg_status status = BG_OK;
    bg_sheet_init(&sheet, self->page->language);
    add_columns(self, words(self, "year", "年度"), &sheet);
    for (int year = first; !status && year <= last; year++) {
        const bg_backtest_group group = {.method = BG_BACKTEST_model, .year = year};
        status = add_row(self, bg_sheet_keep(&sheet, "%d", year), &group, &sheet);
    }
    bg_document_add(self->page, BG_PART_HEADING, 0, "%s",
                    words(self, "The model by year", "模型：按年度"));
    bg_document_add_sheet(self->page, 2, &sheet);
    return status;
}

static const char *third_words(const saying *self, int third, bg_sheet *sheet)
{
    const double *edge = self->of->size_edge;
    return third == 3 ? bg_sheet_keep(sheet, words(self, "above %.0f", "超过%.0f人"), edge[1])
                      : bg_sheet_keep(sheet, words(self, "up to %.0f people", "不超过%.0f人"),
                                      edge[third - 1]);
}

static bg_status say_sizes(const saying *self)
{
    bg_sheet sheet;
    bg_status status = BG_OK;
    if (isnan(self->of->size_edge[0])) {
        return BG_OK;
    }
    bg_sheet_init(&sheet, self->page->language);
    add_columns(self, words(self, "size", "规模"), &sheet);
    for (int third = 1; !status && third <= 3; third++) {
        const bg_backtest_group group = {.method = BG_BACKTEST_model, .third = third};
        status = add_row(self, third_words(self, third, &sheet), &group, &sheet);
    }
    bg_document_add(self->page, BG_PART_HEADING, 0, "%s",
                    words(self, "The model by size", "模型：按规模"));
    bg_document_add_sheet(self->page, 2, &sheet);
    return status;
}

static bg_status say_ahead(const saying *self)
{
    bg_sheet sheet;
    bg_status status = BG_OK;
    if (self->of->options.ahead < 2) {
        return BG_OK;
    }
    bg_sheet_init(&sheet, self->page->language);
    add_columns(self, words(self, "years ahead", "提前年数"), &sheet);
    for (int ahead = 1; !status && ahead <= self->of->options.ahead; ahead++) {
        const bg_backtest_group group = {.method = BG_BACKTEST_model, .ahead = ahead};
        status = add_row(self, bg_sheet_keep(&sheet, "%d", ahead), &group, &sheet);
    }
    bg_document_add(self->page, BG_PART_HEADING, 0, "%s",
                    words(self, "The model by years ahead", "模型：按提前年数"));
    bg_document_add_sheet(self->page, 2, &sheet);
    return status;
}

static bg_status say_ranks(const saying *self)
{
    const bg_backtest_group group = {.method = BG_BACKTEST_model};
    bg_score score;
    bg_sheet sheet;
    const bg_status status = bg_backtest_score(self->of, &group, &score, self->errors);
    bg_sheet_init(&sheet, self->page->language);
    for (size_t i = 0; i < BG_RANKS; i++) {
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_COUNT,
                                                .heading = bg_sheet_keep(
                                                    &sheet, "%zu%%", 100 / BG_RANKS * (i + 1))});
    }
    for (size_t i = 0; i < BG_RANKS; i++) {
        bg_sheet_add_count(&sheet, score.rank[i]);
    }
    bg_document_add(self->page, BG_PART_HEADING, 0, "%s",
                    words(self, "Outcomes in each tenth of what the model expected",
                          "实际值落在模型预测分布各十分位的个数"));
    bg_document_add_sheet(self->page, 2, &sheet);
    return status;
}

static bg_status say_what(const saying *self)
{
    const bg_backtest *of = self->of;
    bg_document_add(
        self->page, BG_PART_SENTENCE, 0,
        words(
            self,
            "%zu series; each year is forecast from what was known before it, %d year(s) ahead. "
            "All in per cent. 50%%, 80%%, 95%%: how many outcomes lay in the interval of that "
            "level, with the standard error, for which forecasts of one year err together. "
            "Score: width of the interval and what outcomes outside it cost, of the last amount; "
            "CRPS: error of the whole forecast, of logarithms; of both less is better. Bias: "
            "outcome less median, of logarithms.",
            "共%zu个序列；各年度均只用此前已知的数据预测，提前至多%d年。各列单位为%%。50%%、80%%"
            "、95%%："
            "实际值落入该水平区间的比例及其标准误（同一年度的误差视为相关）。得分：区间宽度加区间外"
            "实际值的罚分，占上年金额的比例；CRPS：整个预测分布的误差（对数）；两者均以低为优。"
            "偏差：实际值减中位数（对数）。"),
        of->yearly.series, of->options.ahead);
    return BG_OK;
}

static bg_status say_verdict(const saying *self)
{
    const bg_backtest_group group = {.method = BG_BACKTEST_model};
    bg_score score;
    const bg_status status = bg_backtest_score(self->of, &group, &score, self->errors);
    if (!status) {
        bg_document_add(self->page, BG_PART_SENTENCE, 0,
                        words(self,
                              "Of %zu outcomes %.0f%% lay in the model's 80%% intervals, %.0f%% in "
                              "its 95%% intervals.",
                              "共%zu个实际值，%.0f%%落在模型的80%%区间内，%.0f%%落在95%%区间内。"),
                        score.count, 100 * score.covered[1], 100 * score.covered[2]);
    }
    return status;
}

bg_status bg_backtest_say(const bg_backtest *self, bg_document *page, bg_errors *errors)
{
    static bg_status (*const parts[])(const saying *) = {
        say_verdict, say_what, say_model, say_methods, say_years, say_sizes, say_ahead, say_ranks};
    const saying all = {self, page, errors};
    bg_status status = BG_OK;
    for (size_t i = 0; !status && i < sizeof parts / sizeof *parts; i++) {
        status = parts[i](&all);
    }
    return status;
}
