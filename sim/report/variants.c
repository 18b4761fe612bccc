#include "report/variants.h"

#include "base/text.h"
#include "contract/money_unit.h"
#include "report/label.h"
#include "report/rule_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { AT_A_TIME = 3 /* variants that have room on a page */ };

typedef struct page {
    const bg_comparison *variants;
    size_t count;
    const char *language;
    bg_money_scale unit;
    size_t whole; /* the unit of sums */
    bg_document *document;
} page;

__attribute__((format_arg(2), format_arg(3))) static const char *
words(const page *self, const char *en, const char *zh)
{
    return bg_in_language(self->language, en, zh);
}

static page page_of(const bg_comparison *variants, size_t count, bg_document *document)
{
    const bg_compared *base = &variants[0].base;
    const char *language = variants[0].language;
    return (page){.variants = variants,
                  .count = count,
                  .language = language,
                  .unit = bg_contract_money(&base->model->contract, language),
                  .whole = bg_projection_unit_count(base->projection) - 1,
                  .document = document};
}

/* "variant 1", "方案一"; of 0 the base. */
static const char *name_of(const page *self, size_t variant, bg_sheet *keeper)
{
    static const char *const numerals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
    if (variant == 0) {
        return words(self, "base", "现方案");
    }
    return strcmp(self->language, "zh") == 0 && variant <= sizeof numerals / sizeof *numerals
               ? bg_sheet_keep(keeper, "方案%s", numerals[variant - 1])
               : bg_sheet_keep(keeper, words(self, "variant %zu", "方案%zu"), variant);
}

/* ---- what was changed ---- */

static void add_value(const page *self, bg_text *text, const bg_node *node)
{
    if (node && node->kind != BG_NODE_VALUE) {
        bg_add_rule_words(text, node, self->language);
        return;
    }
    char *line = node ? bg_line_in_money(node, self->unit) : NULL;
    bg_text_add(text, "%s", line ? line : "—");
    text->failed = text->failed || (node && !line);
    free(line);
}

/* Of a key of a scheme that one side leaves out: what all schemes have there; NULL where there is nothing. */
static const bg_node *of_all_schemes(const bg_scenario *scenario, const char *path)
{
    const char *own = strstr(path, "schemes[");
    const char *rest = own ? strstr(own, "].") : NULL;
    char *key = rest ? bg_text_format("%.*s%s", (int)(own - path), path, rest + 2) : NULL;
    const bg_node *node = key ? bg_scenario_find(scenario, key) : NULL;
    free(key);
    return node;
}

/* One side's value of a key. */
static void add_side(const page *self, bg_text *text, const bg_compared *side, const bg_node *node,
                     const char *path)
{
    const bg_node *common = node ? NULL : of_all_schemes(side->model->contract.scenario, path);
    add_value(self, text, node ? node : common);
    bg_text_add(text, "%s", common ? words(self, " (of all schemes)", "（各险种通用）") : "");
}

static void add_difference(const page *self, bg_text *text, const bg_comparison *of,
                           const bg_difference *difference)
{
    const bg_node *node = difference->reform ? difference->reform : difference->base;
    if (node->parameter) {
        bg_text_add(text, words(self, "%s (%s): ", "%s（%s）："),
                    words(self, node->parameter->en, node->parameter->zh), difference->path);
    } else {
        bg_text_add(text, words(self, "%s: ", "%s："), difference->path);
    }
    add_side(self, text, &of->base, difference->base, difference->path);
    bg_text_add(text, " → ");
    add_side(self, text, &of->reform, difference->reform, difference->path);
}

static void say_variant(const page *self, size_t variant)
{
    const bg_comparison *of = &self->variants[variant - 1];
    const bg_scenario *scenario = of->reform.model->contract.scenario;
    const char *title = bg_node_in_language(bg_scenario_find(scenario, "title"), self->language);
    bg_sheet keeper;
    bg_sheet_init(&keeper, self->language);
    bg_document_add(self->document, BG_PART_SENTENCE, 0, words(self, "%s: %s (%s)", "%s：%s（%s）"),
                    name_of(self, variant, &keeper), title, bg_scenario_file(scenario));
    self->document->failed = self->document->failed || keeper.failed;
    bg_sheet_free(&keeper);
    for (size_t d = 0; d < of->differences->count; d++) {
        bg_text text = {0};
        add_difference(self, &text, of, &of->differences->items[d]);
        char *line = bg_text_take(&text);
        bg_document_add(self->document, BG_PART_ITEM, 2, "%s", line ? line : "");
        self->document->failed = self->document->failed || !line;
        free(line);
    }
    if (of->differences->count == 0) {
        bg_document_add(self->document, BG_PART_SENTENCE, 2, "%s",
                        words(self, "Nothing that bears on results.", "没有影响结果的差异。"));
    }
}

/* ---- the questions ---- */

typedef enum statistic { MEAN, WORST, OVERSPEND } statistic;

/* A row; `all_years` added up. */
typedef struct question {
    const char *en, *zh;
    const char *outcome;
    statistic statistic;
    bool all_years;
} question;

static const question before_institutions[] = {
    {"annual payment total", "年度付费总额", "budget", MEAN, false},
    {"expected expense", "预计基金支出", "expense", MEAN, false},
    {"at least one scheme overspends", "至少一个险种超支", "overspend", OVERSPEND, false},
    {"community: keeps (+) or bears (−)", "医共体留用（＋）或承担（−）", "result", MEAN, false}};
static const question behind_institutions[] = {
    {"pooled fund's part", "统筹基金分担", "shared", MEAN, false},
    {"fund pays in all", "基金合计支付", "entitlement", MEAN, false},
    {"patients pay", "个人支付", "patients", MEAN, false},
    {"community, worst 5%", "最坏5%情形，医共体", "result", WORST, false},
    {"community, all years", "医共体，各年合计", "result", MEAN, true},
    {"pooled fund's part, all years", "统筹基金分担，各年合计", "shared", MEAN, true}};

static bg_status contrast_of(const bg_comparison *of, size_t whole, const question *row,
                             bg_contrast *result)
{
    const size_t year = row->all_years ? bg_comparison_years(of) : 0;
    if (row->statistic == OVERSPEND) {
        static const bg_chance chance = {BG_EVENT_overspend, "overspend", false};
        return bg_comparison_chance(of, bg_projection_unit_any(of->base.projection), year, &chance,
                                    result);
    }
    bg_contrasts all;
    const bg_status status = bg_comparison_contrast(of, whole, year, row->outcome, &all);
    if (!status) {
        *result = row->statistic == WORST ? all.lowest : all.mean;
    }
    return status;
}

/* False where a side has no such outcome, or its draws were not kept. */
static bool find(const page *self, size_t variant, const question *row, bg_contrast *result)
{
    const bg_status status = contrast_of(&self->variants[variant], self->whole, row, result);
    self->document->failed = self->document->failed || status == BG_MEMORY;
    return !status;
}

static void add_level(bg_sheet *sheet, bg_cell_kind kind, double value)
{
    bg_sheet_add_estimate(sheet, kind, value, 0);
}

/* What is the same in every future is said in a word. */
static void add_change(const page *self, bg_sheet *sheet, bg_cell_kind kind,
                       const bg_contrast *contrast)
{
    if (contrast->difference == 0 && contrast->margin == 0) {
        bg_sheet_add_text(sheet, words(self, "unchanged", "不变"));
        return;
    }
    bg_sheet_add_estimate(sheet, kind, contrast->difference, contrast->margin);
    if (kind == BG_CELL_SHARE) {
        bg_sheet_mark(sheet, words(self, " points", "个百分点"));
    }
}

static void add_row(const page *self, const question *row, size_t first, size_t end,
                    bg_sheet *sheet)
{
    const bg_cell_kind kind = row->statistic == OVERSPEND ? BG_CELL_SHARE : BG_CELL_AMOUNT;
    bg_contrast contrast;
    if (!find(self, first, row, &contrast) || (contrast.base == 0 && contrast.reform == 0)) {
        return;
    }
    bg_sheet_add_text(sheet, row->statistic == OVERSPEND && self->whole == 0
                                 ? words(self, "chance of an overspend", "超支可能性")
                                 : words(self, row->en, row->zh));
    add_level(sheet, kind, contrast.base);
    for (size_t v = first; v < end; v++) {
        if (find(self, v, row, &contrast)) {
            add_level(sheet, kind, contrast.reform);
            add_change(self, sheet, kind, &contrast);
        } else {
            bg_sheet_add_absent(sheet);
            bg_sheet_add_absent(sheet);
        }
    }
    if (row->statistic == OVERSPEND) {
        bg_sheet_stress(sheet);
    }
}

static void add_institutions(const page *self, size_t first, size_t end, bg_sheet *sheet)
{
    const bg_projection *projection = self->variants[0].base.projection;
    for (size_t i = 0; i < bg_projection_outcome_count(projection); i++) {
        const bg_outcome_info info = bg_projection_outcome_info(projection, i);
        if (info.kind == BG_OUTCOME_KIND_INSTITUTION) {
            const char *name =
                bg_sheet_keep(sheet, "　%s", bg_label_of_outcome(info, self->language));
            const question row = {name, name, bg_projection_outcome(projection, i), MEAN, false};
            add_row(self, &row, first, end, sheet);
        }
    }
}

static void begin(const page *self, size_t first, size_t end, bg_sheet *sheet)
{
    bg_sheet_init(sheet, self->language);
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_TEXT});
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_AMOUNT,
                                           .heading = name_of(self, 0, sheet),
                                           .form = BG_FORM_PLAIN,
                                           .scale = self->unit});
    for (size_t v = first; v < end; v++) {
        bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_AMOUNT,
                                               .heading = name_of(self, v + 1, sheet),
                                               .form = BG_FORM_PLAIN,
                                               .scale = self->unit});
        bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_AMOUNT,
                                               .heading = words(self, "difference", "与现方案差"),
                                               .form = BG_FORM_POINTS,
                                               .right = true,
                                               .scale = self->unit});
    }
}

static void tabulate(const page *self, size_t first, size_t end)
{
    bg_sheet sheet;
    begin(self, first, end, &sheet);
    for (size_t i = 0; i < sizeof before_institutions / sizeof *before_institutions; i++) {
        add_row(self, &before_institutions[i], first, end, &sheet);
    }
    add_institutions(self, first, end, &sheet);
    for (size_t i = 0; i < sizeof behind_institutions / sizeof *behind_institutions; i++) {
        add_row(self, &behind_institutions[i], first, end, &sheet);
    }
    bg_document_add_sheet(self->document, 0, &sheet);
}

/* ---- where differences come from ---- */

/* What the catalogue says of a key; a section is called by its name. */
static const char *label_of(const page *self, const char *group)
{
    const bg_parameter *row = bg_catalogue_find(group);
    return row ? words(self, row->en, row->zh) : group;
}

static void tabulate_sources(const page *self, const bg_waterfall *waterfall)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    bg_sheet_add_column(
        &sheet, (bg_column){.kind = BG_CELL_AMOUNT, .form = BG_FORM_CHANGE, .scale = self->unit});
    for (size_t i = 0; i < waterfall->count; i++) {
        const bg_waterfall_bar *bar = &waterfall->bars[i];
        bg_sheet_add_text(&sheet, bg_sheet_keep(&sheet, words(self, "%s (%s)", "%s（%s）"),
                                                label_of(self, bar->group), bar->group));
        bg_sheet_add_estimate(&sheet, BG_CELL_AMOUNT, (double)bar->amount, bar->margin);
    }
    bg_sheet_add_text(&sheet, words(self, "together", "合计"));
    bg_sheet_add_estimate(&sheet, BG_CELL_AMOUNT, (double)(waterfall->reform - waterfall->base), 0);
    bg_sheet_stress(&sheet);
    bg_document_add_sheet(self->document, 0, &sheet);
}

/* Where several things were changed. */
static void say_sources(const page *self, size_t variant)
{
    const bg_comparison *of = &self->variants[variant - 1];
    if (!of->waterfall || of->waterfall->count < 2) {
        return;
    }
    bg_sheet keeper;
    bg_sheet_init(&keeper, self->language);
    bg_document_add(
        self->document, BG_PART_HEADING, 0,
        words(self, "%s: what each change adds to \"%s\" (%s)", "%s：各项改动对“%s”的作用（%s）"),
        name_of(self, variant, &keeper), bg_label_of_name(of->outcome, self->language),
        self->unit.name);
    self->document->failed = self->document->failed || keeper.failed;
    bg_sheet_free(&keeper);
    bg_document_add(self->document, BG_PART_NOTE, 0, "%s",
                    words(self, "All years added up; of balances the last year's.",
                          "各年合计；余额类为末年。"));
    tabulate_sources(self, of->waterfall);
}

/* ---- the page ---- */

static void say_title(const page *self)
{
    const bg_scenario *scenario = self->variants[0].base.model->contract.scenario;
    const char *title = bg_node_in_language(bg_scenario_find(scenario, "title"), self->language);
    bg_document_add(self->document, BG_PART_TITLE, 0,
                    words(self, "Variants beside %s", "方案比较：%s"),
                    *title ? title : bg_scenario_file(scenario));
    char futures[BG_AMOUNT_TEXT];
    bg_document_add(
        self->document, BG_PART_NOTE, 0,
        words(self,
              "%zu variants of %s, on the same %s futures: what differs is what was changed. ± is "
              "the 95%% interval of the difference; amounts in %s%s.",
              "%zu个方案与%s比较，用同一批%s种情形：差别就是改动的作用。±为差额的95%%区间；"
              "金额单位：%s%s。"),
        self->count, bg_scenario_file(scenario),
        bg_amount_text((bg_money_scale){"", 1, 0},
                       (double)bg_projection_replications(self->variants[0].base.projection),
                       futures),
        self->unit.name, bg_money_scale_meaning(self->unit));
}

void bg_variants_document(const bg_comparison *variants, size_t count, bg_document *document)
{
    const page self = page_of(variants, count, document);
    const bg_projection *projection = variants[0].base.projection;
    say_title(&self);
    bg_document_add(document, BG_PART_HEADING, 0, "%s",
                    words(&self, "What was changed", "改了什么"));
    for (size_t variant = 1; variant <= count; variant++) {
        say_variant(&self, variant);
    }
    bg_document_add(document, BG_PART_HEADING, 0,
                    words(&self, "What it comes to in %d (%s)", "%d年的结果（%s）"),
                    bg_projection_year(projection, 0), self.unit.name);
    for (size_t first = 0; first < count; first += AT_A_TIME) {
        tabulate(&self, first, first + AT_A_TIME < count ? first + AT_A_TIME : count);
    }
    bg_document_add_chart(document, "variants-all", "%s",
                          words(&self, "Variants side by side", "各方案比较"));
    for (size_t variant = 1; variant <= count; variant++) {
        say_sources(&self, variant);
    }
    bg_document_add(document, BG_PART_NOTE, 0, "%s", bg_label(BG_LABEL_no_profit, self.language));
}

/* ---- the data of the chart ---- */

static void add_point(const page *self, const bg_projection *projection, size_t variant,
                      bg_sheet *sheet)
{
    const bg_statistics *s =
        bg_projection_statistics(projection, self->whole, 0, BG_OUTCOME_result);
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%zu", variant));
    bg_sheet_add_text(sheet, name_of(self, variant, sheet));
    bg_sheet_add_share(sheet,
                       bg_projection_probability(projection, bg_projection_unit_any(projection), 0,
                                                 BG_EVENT_overspend)
                           .estimate);
    bg_sheet_add_amount(sheet, s->mean);
    bg_sheet_add_amount(sheet, s->quantile[BG_Q10].value);
    bg_sheet_add_amount(sheet, s->quantile[BG_Q90].value);
    bg_sheet_add_amount(sheet, s->tvar_lower);
}

void bg_variants_rows(const bg_comparison *variants, size_t count, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "variant", .kind = BG_CELL_TEXT},      {.name = "label", .kind = BG_CELL_TEXT},
        {.name = "p_overspend", .kind = BG_CELL_SHARE}, {.name = "mean", .kind = BG_CELL_AMOUNT},
        {.name = "q10", .kind = BG_CELL_AMOUNT},        {.name = "q90", .kind = BG_CELL_AMOUNT},
        {.name = "worst", .kind = BG_CELL_AMOUNT}};
    const page self = page_of(variants, count, NULL);
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    add_point(&self, variants[0].base.projection, 0, sheet);
    for (size_t v = 0; v < count; v++) {
        add_point(&self, variants[v].reform.projection, v + 1, sheet);
    }
}
