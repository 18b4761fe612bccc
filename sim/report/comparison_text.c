/* The comparison that a planner reads in a minute. */
#include "contract/money_unit.h"
#include "format/text_writer.h"
#include "format/width.h"
#include "report/comparison.h"
#include "report/label.h"
#include "report/text_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_SIDE = 30 };

typedef struct page {
    const bg_comparison *comparison;
    bg_money_scale unit;
    bg_document document;
} page;

__attribute__((format_arg(2), format_arg(3))) static const char *
words(const page *self, const char *en, const char *zh)
{
    return bg_in_language(self->comparison->language, en, zh);
}

/* Takes the sheet over; one without rows is left out. */
static void add_unless_empty(page *self, bg_sheet *sheet)
{
    if (sheet->failed || bg_sheet_row_count(sheet) > 0) {
        bg_document_add_sheet(&self->document, 2, sheet);
    }
    bg_sheet_free(sheet);
}

/* ---- which keys differ ---- */

/* A side on one line, "–" where it has no such part; new string, NULL when out of memory. */
static char *side_line(const page *self, const bg_node *node)
{
    return node ? bg_line_in_money(node, self->unit) : strdup("–");
}

static void say_side(page *self, const char *name, const bg_node *node)
{
    char *line = side_line(self, node);
    bg_document_add_term(&self->document, 4, name, line ? line : "");
    self->document.failed = self->document.failed || !line;
    free(line);
}

static bool is_short(page *self, const bg_node *node)
{
    char *line = side_line(self, node);
    const bool fits = line && bg_text_width(line) <= LONGEST_SIDE;
    self->document.failed = self->document.failed || !line;
    free(line);
    return fits;
}

static void add_side(const page *self, bg_sheet *sheet, const bg_node *node)
{
    char *line = side_line(self, node);
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%s", line ? line : ""));
    sheet->failed = sheet->failed || !line;
    free(line);
}

static bool are_short(page *self, const bg_difference *difference)
{
    return is_short(self, difference->base) && is_short(self, difference->reform);
}

/* Short values in a table, long ones below each other. */
static void say_changes(page *self)
{
    const bg_differences *list = self->comparison->differences;
    const bg_column columns[] = {
        {.kind = BG_CELL_TEXT},
        {.kind = BG_CELL_TEXT, .heading = words(self, "base", "基准"), .right = true},
        {.kind = BG_CELL_TEXT, .heading = words(self, "reform", "方案"), .right = true}};
    bg_document_add(&self->document, BG_PART_HEADING, 0, "%s",
                    words(self, "What differs", "不同之处"));
    if (list->count == 0) {
        bg_document_add(&self->document, BG_PART_SENTENCE, 2, "%s",
                        words(self, "Nothing that bears on results.", "没有影响结果的差异。"));
        return;
    }
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->comparison->language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t d = 0; d < list->count; d++) {
        if (are_short(self, &list->items[d])) {
            bg_sheet_add_text(&sheet, list->items[d].path);
            add_side(self, &sheet, list->items[d].base);
            add_side(self, &sheet, list->items[d].reform);
        }
    }
    add_unless_empty(self, &sheet);
    for (size_t d = 0; d < list->count; d++) {
        if (!are_short(self, &list->items[d])) {
            bg_document_add(&self->document, BG_PART_LINE, 2, "%s", list->items[d].path);
            say_side(self, words(self, "base   ", "基准  "), list->items[d].base);
            say_side(self, words(self, "reform ", "方案  "), list->items[d].reform);
        }
    }
}

/* ---- what changes ---- */

static const char *const outcomes[] = {"budget", "expense",     "balance", "result",
                                       "shared", "entitlement", "reserve", "pool_balance"};

#define OUTCOMES (sizeof outcomes / sizeof *outcomes)

static bool has_pool(const page *self, size_t unit)
{
    bg_contrast unused;
    return bg_comparison_chance(self->comparison, unit, 0, &bg_chances[BG_CHANCES - 1], &unused) ==
           BG_OK;
}

static void add_change(bg_sheet *sheet, double amount, double margin)
{
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, amount, margin);
}

static void add_outcome(page *self, bg_sheet *sheet, size_t unit, const char *outcome)
{
    const bg_comparison *comparison = self->comparison;
    const size_t years = bg_comparison_years(comparison);
    bg_contrasts first, all;
    bg_status status = bg_comparison_contrast(comparison, unit, 0, outcome, &first);
    status = status ? status : bg_comparison_contrast(comparison, unit, years, outcome, &all);
    if (status) {
        sheet->failed = sheet->failed || status != BG_MISSING;
        return;
    }
    bg_sheet_add_text(sheet, bg_label_of_name(outcome, comparison->language));
    bg_sheet_add_amount(sheet, first.mean.base);
    bg_sheet_add_amount(sheet, first.mean.reform);
    add_change(sheet, first.mean.difference, first.mean.margin);
    if (years > 1) {
        add_change(sheet, all.mean.difference, all.mean.margin);
    }
}

static void add_column(page *self, bg_sheet *sheet, const char *heading, bg_form form)
{
    bg_sheet_add_column(
        sheet,
        (bg_column){.kind = BG_CELL_AMOUNT, .heading = heading, .form = form, .scale = self->unit});
}

static void say_outcomes(page *self, size_t unit)
{
    const bg_comparison *comparison = self->comparison;
    const bg_projection *projection = comparison->base.projection;
    const size_t years = bg_comparison_years(comparison);
    const int first = bg_projection_year(projection, 0);
    const int last = bg_projection_year(projection, years - 1);
    bg_sheet sheet;
    bg_sheet_init(&sheet, comparison->language);
    bg_sheet_add_column(
        &sheet, (bg_column){.kind = BG_CELL_TEXT,
                            .heading = bg_label_of_scheme(bg_projection_unit(projection, unit),
                                                          comparison->language)});
    add_column(self, &sheet, bg_sheet_keep(&sheet, words(self, "base %d", "基准%d"), first),
               BG_FORM_VALUE);
    add_column(self, &sheet, bg_sheet_keep(&sheet, words(self, "reform %d", "方案%d"), first),
               BG_FORM_VALUE);
    add_column(self, &sheet, bg_sheet_keep(&sheet, words(self, "difference %d", "差额%d"), first),
               BG_FORM_CHANGE);
    if (years > 1) {
        add_column(self, &sheet,
                   bg_sheet_keep(&sheet, words(self, "difference %d-%d", "差额%d–%d"), first, last),
                   BG_FORM_CHANGE);
    }
    for (size_t o = 0; o < OUTCOMES; o++) {
        if (strcmp(outcomes[o], "pool_balance") != 0 || has_pool(self, unit)) {
            add_outcome(self, &sheet, unit, outcomes[o]);
        }
    }
    bg_document_add_sheet(&self->document, 2, &sheet);
}

/* A hundredth of a point is what a fen is to the yuan. */
static const bg_money_scale points = {"", 100, 1};

static bg_money_scale points_of(const page *self)
{
    double largest = 0;
    for (size_t year = 0; year < bg_comparison_years(self->comparison); year++) {
        bg_contrasts found;
        if (bg_comparison_contrast(self->comparison, 0, year, "score", &found) == BG_OK) {
            largest = fmax(largest, found.mean.margin);
        }
    }
    return bg_money_scale_for_error(points, largest);
}

/* Expected performance scores by year, where both sides simulate theirs. */
static void say_scores(page *self)
{
    const bg_comparison *comparison = self->comparison;
    const char *const sides[] = {words(self, "base", "基准"), words(self, "reform", "方案"),
                                 words(self, "difference", "差额")};
    bg_sheet sheet;
    bg_contrasts found;
    if (bg_comparison_contrast(comparison, 0, 0, "score", &found)) {
        return;
    }
    bg_sheet_init(&sheet, comparison->language);
    bg_sheet_add_column(
        &sheet, (bg_column){.kind = BG_CELL_TEXT,
                            .heading = words(self, "performance score, points", "考核得分（分）")});
    for (size_t year = 0; year < bg_comparison_years(comparison); year++) {
        bg_sheet_add_column(
            &sheet,
            (bg_column){.kind = BG_CELL_AMOUNT,
                        .heading = bg_sheet_keep(
                            &sheet, "%d", bg_projection_year(comparison->base.projection, year)),
                        .scale = points_of(self)});
    }
    for (size_t side = 0; side < sizeof sides / sizeof *sides; side++) {
        bg_sheet_add_text(&sheet, sides[side]);
        for (size_t year = 0; year < bg_comparison_years(comparison); year++) {
            if (bg_comparison_contrast(comparison, 0, year, "score", &found)) {
                sheet.failed = true;
                break;
            }
            const bg_contrast *of = &found.mean;
            const double values[] = {of->base, of->reform, of->difference};
            bg_sheet_add_estimate(&sheet, BG_CELL_AMOUNT, values[side], side == 2 ? of->margin : 0);
        }
    }
    bg_document_add_sheet(&self->document, 2, &sheet);
}

/* Whether the chance differs in any year. */
static bool changes(const page *self, size_t unit, const bg_chance *chance)
{
    bool any = false;
    for (size_t year = 0; year < bg_comparison_years(self->comparison); year++) {
        bg_contrast found;
        any = any || (!bg_comparison_chance(self->comparison, unit, year, chance, &found) &&
                      (found.difference != 0 || found.margin > 0));
    }
    return any;
}

static void say_chances(page *self, size_t unit)
{
    const bg_comparison *comparison = self->comparison;
    const size_t years = bg_comparison_years(comparison);
    bg_sheet sheet;
    bg_sheet_init(&sheet, comparison->language);
    bg_sheet_add_column(
        &sheet, (bg_column){.kind = BG_CELL_TEXT,
                            .heading = unit < bg_projection_unit_count(comparison->base.projection)
                                           ? words(self, "chance of, percentage points",
                                                   "概率变化（百分点）")
                                           : words(self, "at least one scheme, points",
                                                   "至少一个险种，概率变化（百分点）")});
    for (size_t year = 0; year < years; year++) {
        const char *heading =
            bg_sheet_keep(&sheet, "%d", bg_projection_year(comparison->base.projection, year));
        bg_sheet_add_column(
            &sheet, (bg_column){.kind = BG_CELL_SHARE, .heading = heading, .form = BG_FORM_POINTS});
    }
    for (size_t c = 0; c < BG_CHANCES; c++) {
        if (!changes(self, unit, &bg_chances[c])) {
            continue;
        }
        bg_sheet_add_text(&sheet, bg_label_of_event(bg_chances[c].event, comparison->language));
        for (size_t year = 0; year < years; year++) {
            bg_contrast found = {0};
            bg_comparison_chance(comparison, unit, year, &bg_chances[c], &found);
            bg_sheet_add_estimate(&sheet, BG_CELL_SHARE, found.difference, found.margin);
        }
    }
    add_unless_empty(self, &sheet);
}

/* ---- figures asked for ---- */

static bg_column figure_column(const page *self, const char *heading)
{
    const bg_compared *base = &self->comparison->base;
    const bool share = bg_figure_is_share(base->figure);
    const bool score = !share && bg_model_outcome_info(base->model, base->figure->outcome).kind ==
                                     BG_OUTCOME_KIND_SCORE;
    return (bg_column){.kind = bg_figure_is_effective(base->figure) ? BG_CELL_TEXT
                               : share                              ? BG_CELL_SHARE
                                                                    : BG_CELL_AMOUNT,
                       .heading = heading,
                       .scale = score ? points_of(self) : self->unit};
}

/* An effective share is no chance: it may be 100 %, more, or below nothing. */
static void add_figure(const bg_compared *side, size_t index, bg_sheet *sheet)
{
    const bg_estimate found = bg_comparison_figure(side, index);
    if (bg_figure_is_effective(&side->figure[index]) && !isnan(found.value)) {
        bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%.1f%% ±%.1f", 100 * found.value,
                                               100 * (found.high - found.value)));
    } else if (bg_figure_is_effective(&side->figure[index])) {
        bg_sheet_add_absent(sheet);
    } else if (bg_figure_is_share(&side->figure[index])) {
        bg_sheet_add_interval(sheet, BG_CELL_SHARE, found.value, found.low, found.high);
    } else {
        bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, found.value, found.high - found.value);
    }
}

/* One figure of each unit, so that all are of one kind. */
static void say_figures(page *self)
{
    const bg_comparison *comparison = self->comparison;
    if (!bg_comparison_has_figures(comparison)) {
        return;
    }
    bg_sheet sheet;
    bg_sheet_init(&sheet, comparison->language);
    bg_sheet_add_column(
        &sheet, (bg_column){.kind = BG_CELL_TEXT, .heading = words(self, "figure", "指标")});
    bg_sheet_add_column(&sheet, figure_column(self, words(self, "base", "基准")));
    bg_sheet_add_column(&sheet, figure_column(self, words(self, "reform", "方案")));
    for (size_t i = 0; i < comparison->base.figure_count; i++) {
        char *name = bg_figure_text(&comparison->base.figure[i], comparison->base.model);
        sheet.failed = sheet.failed || !name;
        bg_sheet_add_text(&sheet, name ? bg_sheet_keep(&sheet, "%s", name) : "");
        free(name);
        add_figure(&comparison->base, i, &sheet);
        add_figure(&comparison->reform, i, &sheet);
    }
    bg_document_add_gap(&self->document);
    add_unless_empty(self, &sheet);
}

/* ---- what drove it ---- */

static void say_waterfall(page *self)
{
    const bg_comparison *comparison = self->comparison;
    const bg_waterfall *waterfall = comparison->waterfall;
    const bg_projection *base = comparison->base.projection;
    const bg_outcome_info outcome = bg_projection_outcome_info(
        base, (size_t)bg_projection_outcome_index(base, comparison->outcome));
    bg_document_add(&self->document, BG_PART_HEADING, 0,
                    outcome.balance ? words(self, "What drives it: %s, all schemes, at the end",
                                            "差额来源：%s（各险种合计，期末）")
                                    : words(self, "What drives it: %s, all schemes, all years",
                                            "差额来源：%s（各险种合计，各年累计）"),
                    bg_label_of_outcome(outcome, comparison->language));
    bg_sheet sheet;
    bg_sheet_init(&sheet, comparison->language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    bg_sheet_add_column(
        &sheet, (bg_column){.kind = BG_CELL_AMOUNT,
                            .form = BG_FORM_CHANGE,
                            .scale = outcome.kind == BG_OUTCOME_KIND_SCORE ? points : self->unit});
    bg_sheet_add_text(&sheet, words(self, "base", "基准"));
    bg_sheet_add_fen(&sheet, waterfall->base);
    for (size_t g = 0; g < waterfall->count; g++) {
        const bg_waterfall_bar *bar = &waterfall->bars[g];
        bg_sheet_add_text(&sheet, bar->group);
        add_change(&sheet, (double)bar->amount, bar->margin);
    }
    bg_sheet_add_text(&sheet, words(self, "reform", "方案"));
    bg_sheet_add_fen(&sheet, waterfall->reform);
    bg_document_add_sheet(&self->document, 2, &sheet);
    if (waterfall->count > 1) {
        bg_document_add(
            &self->document, BG_PART_SENTENCE, 2, "%s",
            waterfall->in_order
                ? words(self, "Changed one after another, in this order.", "按此顺序逐项改变。")
                : words(self,
                        "Mean over all orders of changing them (Shapley); together exactly the "
                        "difference.",
                        "各种改变顺序的平均（Shapley 值），合计与差额完全相等。"));
    }
}

/* What the reform's own measures and incidents are and do, as in the report of a run. */
static void say_contributions(page *self)
{
    const bg_comparison *comparison = self->comparison;
    const bg_report report = {.scenario = comparison->reform.model->contract.scenario,
                              .model = comparison->reform.model,
                              .projection = comparison->reform.projection,
                              .contributions = comparison->reform.contributions,
                              .language = comparison->language};
    bg_text_page of_reform = {&report, comparison->language, self->unit, &self->document};
    bg_text_page_changes(&of_reform);
}

/* ---- the page ---- */

static void say_scenario(page *self, const char *name, const bg_scenario *scenario)
{
    const char *title =
        bg_node_in_language(bg_scenario_find(scenario, "title"), self->comparison->language);
    bg_document_add(&self->document, BG_PART_LINE, 0, "%s%s%s%s", name, bg_scenario_file(scenario),
                    title[0] ? ": " : "", title);
}

bg_status bg_comparison_text(const bg_comparison *self, FILE *stream)
{
    page out = {.comparison = self,
                .unit = bg_contract_money(&self->base.model->contract, self->language)};
    bg_document_init(&out.document, self->language);
    say_scenario(&out, words(&out, "Base    ", "基准  "), self->base.model->contract.scenario);
    say_scenario(&out, words(&out, "Reform  ", "方案  "), self->reform.model->contract.scenario);
    say_changes(&out);
    bg_document_add(&out.document, BG_PART_HEADING, 0,
                    words(&out, "What changes, expected amounts in %s%s", "变化（期望值，%s%s）"),
                    out.unit.name, bg_money_scale_meaning(out.unit));
    for (size_t unit = 0; unit < bg_projection_unit_count(self->base.projection); unit++) {
        if (unit) {
            bg_document_add_gap(&out.document);
        }
        say_outcomes(&out, unit);
        say_chances(&out, unit);
    }
    const size_t any = bg_projection_unit_any(self->base.projection);
    if (any > 0) {
        bg_document_add_gap(&out.document);
        say_chances(&out, any);
    }
    say_scores(&out);
    say_figures(&out);
    say_waterfall(&out);
    say_contributions(&out);
    bg_document_add_gap(&out.document);
    bg_document_add(
        &out.document, BG_PART_SENTENCE, 0, "%s",
        words(&out,
              "Differences are reform less base on the same futures, with the 95% interval of the "
              "difference; those in brackets cannot be told from zero. What has no ± is exact to "
              "the digits shown.",
              "差额为方案减基准，两者使用同一组模拟情形；±为差额的95%"
              "区间，括号内的差额与零无显著区别，未注明±的数字在所示位数内是精确的。"));
    const bg_status status = bg_document_write_text(&out.document, stream);
    bg_document_free(&out.document);
    return status;
}
