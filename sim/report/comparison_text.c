/* The comparison that a planner reads in a minute. */
#include "format/amount.h"
#include "format/paragraph.h"
#include "format/text_table.h"
#include "format/width.h"
#include "report/comparison.h"
#include "report/label.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 80, LONGEST_SIDE = 30 };

typedef struct page {
    const bg_comparison *comparison;
    bg_money_scale unit;
    FILE *stream;
    bg_status status;
} page;

__attribute__((format_arg(2), format_arg(3))) static const char *
words(const page *self, const char *en, const char *zh)
{
    return bg_in_language(self->comparison->language, en, zh);
}

static void say(const page *self, int indent, const char *text)
{
    bg_paragraph_print(text, (bg_margins){indent, indent + 2, WIDTH}, self->stream);
}

static void print_table(page *self, bg_text_table *table)
{
    const bg_status status = bg_text_table_print(table, self->stream, 2);
    self->status = self->status ? self->status : status;
}

/* ---- which keys differ ---- */

static void print_side(page *self, const char *name, const bg_node *node)
{
    char *line = bg_difference_side(node);
    if (line) {
        fprintf(self->stream, "    %s", name);
        const int used = 4 + (int)bg_text_width(name);
        bg_paragraph_print(line, (bg_margins){0, used, WIDTH}, self->stream);
    } else {
        self->status = BG_MEMORY;
    }
    free(line);
}

static bool is_short(const bg_node *node)
{
    char *line = bg_difference_side(node);
    const bool fits = line && bg_text_width(line) <= LONGEST_SIDE;
    free(line);
    return fits;
}

static void add_side(page *self, bg_text_table *table, const bg_node *node)
{
    char *line = bg_difference_side(node);
    bg_text_table_add(table, "%s", line ? line : "");
    self->status = line ? self->status : BG_MEMORY;
    free(line);
}

/* Short values in a table, long ones below each other. */
static void print_changes(page *self)
{
    const bg_differences *list = self->comparison->differences;
    fprintf(self->stream, "\n%s\n", words(self, "What differs", "不同之处"));
    if (list->count == 0) {
        say(self, 2, words(self, "Nothing that bears on results.", "没有影响结果的差异。"));
        return;
    }
    bg_text_table table;
    bg_text_table_init(&table, "lrr");
    bg_text_table_add(&table, "%s", "");
    bg_text_table_add(&table, "%s", words(self, "base", "基准"));
    bg_text_table_add(&table, "%s", words(self, "reform", "方案"));
    bool any = false;
    for (size_t d = 0; d < list->count; d++) {
        const bg_difference *difference = &list->items[d];
        if (is_short(difference->base) && is_short(difference->reform)) {
            bg_text_table_add(&table, "%s", difference->path);
            add_side(self, &table, difference->base);
            add_side(self, &table, difference->reform);
            any = true;
        }
    }
    if (any) {
        print_table(self, &table);
    }
    bg_text_table_free(&table);
    for (size_t d = 0; d < list->count; d++) {
        const bg_difference *difference = &list->items[d];
        if (!is_short(difference->base) || !is_short(difference->reform)) {
            fprintf(self->stream, "  %s\n", difference->path);
            print_side(self, words(self, "base   ", "基准  "), difference->base);
            print_side(self, words(self, "reform ", "方案  "), difference->reform);
        }
    }
}

/* ---- what changes ---- */

static const char *const outcomes[] = {"budget", "expense",     "balance", "result",
                                       "shared", "entitlement", "reserve", "pool_balance"};

#define OUTCOMES (sizeof outcomes / sizeof *outcomes)

/* "+1.23 ±0.04"; what cannot be told apart from zero is in brackets. */
static void add_difference(const page *self, bg_text_table *table, const bg_contrast *contrast)
{
    char amount[BG_AMOUNT_TEXT];
    const double difference = contrast->difference;
    bg_amount_with_error(self->unit, difference, isnan(contrast->margin) ? 0 : contrast->margin,
                         amount);
    const bool positive = difference > 0 && amount[strspn(amount, "0.,")] != '\0';
    const bool unclear = difference != 0 && fabs(difference) < contrast->margin;
    bg_text_table_add(table, "%s%s%s%s", unclear ? "(" : "", positive ? "+" : "", amount,
                      unclear ? ")" : "");
}

static bool has_pool(const page *self, size_t unit)
{
    bg_contrast unused;
    return bg_comparison_chance(self->comparison, unit, 0, &bg_chances[BG_CHANCES - 1], &unused) ==
           BG_OK;
}

static void add_outcome(page *self, bg_text_table *table, size_t unit, const char *outcome)
{
    const bg_comparison *comparison = self->comparison;
    const size_t years = bg_comparison_years(comparison);
    bg_contrasts first, all;
    bg_status status = bg_comparison_contrast(comparison, unit, 0, outcome, &first);
    status = status ? status : bg_comparison_contrast(comparison, unit, years, outcome, &all);
    if (status == BG_MISSING) {
        return;
    }
    if (status) {
        self->status = status;
        return;
    }
    char amount[BG_AMOUNT_TEXT];
    bg_text_table_add(table, "%s", bg_label_of_name(outcome, comparison->language));
    bg_text_table_add(table, "%s", bg_amount_text(self->unit, first.mean.base, amount));
    bg_text_table_add(table, "%s", bg_amount_text(self->unit, first.mean.reform, amount));
    add_difference(self, table, &first.mean);
    if (years > 1) {
        add_difference(self, table, &all.mean);
    }
}

static void print_outcomes(page *self, size_t unit)
{
    const bg_comparison *comparison = self->comparison;
    const bg_projection *projection = comparison->base.projection;
    const size_t years = bg_comparison_years(comparison);
    const int first = bg_projection_year(projection, 0);
    const int last = bg_projection_year(projection, years - 1);
    bg_text_table table;
    bg_text_table_init(&table, years > 1 ? "lrrrr" : "lrrr");
    bg_text_table_add(
        &table, "%s",
        bg_label_of_scheme(bg_projection_unit(projection, unit), comparison->language));
    bg_text_table_add(&table, words(self, "base %d", "基准%d"), first);
    bg_text_table_add(&table, words(self, "reform %d", "方案%d"), first);
    bg_text_table_add(&table, words(self, "difference %d", "差额%d"), first);
    if (years > 1) {
        bg_text_table_add(&table, words(self, "difference %d-%d", "差额%d–%d"), first, last);
    }
    for (size_t o = 0; o < OUTCOMES; o++) {
        if (strcmp(outcomes[o], "pool_balance") != 0 || has_pool(self, unit)) {
            add_outcome(self, &table, unit, outcomes[o]);
        }
    }
    print_table(self, &table);
    bg_text_table_free(&table);
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

static void add_points(bg_text_table *table, const bg_contrast *contrast)
{
    const double points = 100 * contrast->difference + 0.0;
    if (contrast->difference == 0 && !(contrast->margin > 0)) {
        bg_text_table_add(table, "0.0");
    } else if (isnan(contrast->margin)) {
        bg_text_table_add(table, "%+.1f", points);
    } else {
        bg_text_table_add(table, "%+.1f ±%.1f", points, 100 * contrast->margin);
    }
}

static void add_chance(page *self, bg_text_table *table, size_t unit, const bg_chance *chance)
{
    const bg_comparison *comparison = self->comparison;
    bg_text_table_add(table, "%s", bg_label_of_event(chance->event, comparison->language));
    for (size_t year = 0; year < bg_comparison_years(comparison); year++) {
        bg_contrast found = {0};
        bg_comparison_chance(comparison, unit, year, chance, &found);
        add_points(table, &found);
    }
}

static void print_chances(page *self, size_t unit)
{
    enum { MOST = 20 };
    const bg_comparison *comparison = self->comparison;
    const size_t years = bg_comparison_years(comparison);
    char alignment[MOST + 2] = "l";
    memset(alignment + 1, 'r', years < MOST ? years : MOST);
    bg_text_table table;
    bg_text_table_init(&table, alignment);
    bg_text_table_add(&table, "%s",
                      words(self, "chance of, percentage points", "概率变化（百分点）"));
    for (size_t year = 0; year < years; year++) {
        bg_text_table_add(&table, "%d", bg_projection_year(comparison->base.projection, year));
    }
    bool any = false;
    for (size_t c = 0; c < BG_CHANCES; c++) {
        if (changes(self, unit, &bg_chances[c])) {
            add_chance(self, &table, unit, &bg_chances[c]);
            any = true;
        }
    }
    if (any) {
        print_table(self, &table);
    }
    bg_text_table_free(&table);
}

/* ---- what drove it ---- */

static void add_bar(page *self, bg_text_table *table, const char *name, double amount,
                    double margin, bool end)
{
    bg_text_table_add(table, "%s", name);
    if (end) {
        char text[BG_AMOUNT_TEXT];
        bg_text_table_add(table, "%s", bg_amount_text(self->unit, amount, text));
    } else {
        add_difference(self, table, &(bg_contrast){.difference = amount, .margin = margin});
    }
}

static void print_waterfall(page *self)
{
    const bg_comparison *comparison = self->comparison;
    const bg_waterfall *waterfall = comparison->waterfall;
    const bool balance = bg_outcome_is_balance(comparison->outcome);
    fprintf(self->stream,
            balance ? words(self, "\nWhat drives it: %s, all schemes, at the end\n",
                            "\n差额来源：%s（各险种合计，期末）\n")
                    : words(self, "\nWhat drives it: %s, all schemes, all years\n",
                            "\n差额来源：%s（各险种合计，各年累计）\n"),
            bg_label_of_name(comparison->outcome, comparison->language));
    bg_text_table table;
    bg_text_table_init(&table, "lr");
    add_bar(self, &table, words(self, "base", "基准"), (double)waterfall->base, 0, true);
    for (size_t g = 0; g < waterfall->count; g++) {
        const bg_waterfall_bar *bar = &waterfall->bars[g];
        add_bar(self, &table, bar->group, (double)bar->amount, bar->margin, false);
    }
    add_bar(self, &table, words(self, "reform", "方案"), (double)waterfall->reform, 0, true);
    print_table(self, &table);
    bg_text_table_free(&table);
    if (waterfall->count > 1) {
        say(self, 2,
            waterfall->in_order
                ? words(self, "Changed one after another, in this order.", "按此顺序逐项改变。")
                : words(self,
                        "Mean over all orders of changing them (Shapley); together exactly the "
                        "difference.",
                        "各种改变顺序的平均（Shapley 值），合计与差额完全相等。"));
    }
}

/* ---- the page ---- */

static bg_money_scale choose_unit(const bg_comparison *self)
{
    double largest = 0;
    const size_t unit = bg_projection_unit_count(self->base.projection) - 1;
    bg_contrasts found;
    for (size_t year = 0; year < bg_comparison_years(self); year++) {
        if (bg_comparison_contrast(self, unit, year, "expense", &found) == BG_OK) {
            largest = fmax(largest, found.mean.base);
        }
    }
    return bg_money_scale_choose(largest, self->language);
}

static void print_scenario(const page *self, const char *name, const bg_scenario *scenario)
{
    const char *title =
        bg_node_in_language(bg_scenario_find(scenario, "title"), self->comparison->language);
    fprintf(self->stream, "%s%s%s%s\n", name, bg_scenario_file(scenario), title[0] ? ": " : "",
            title);
}

bg_status bg_comparison_text(const bg_comparison *self, FILE *stream)
{
    page out = {self, choose_unit(self), stream, BG_OK};
    print_scenario(&out, words(&out, "Base    ", "基准  "), self->base.model->contract.scenario);
    print_scenario(&out, words(&out, "Reform  ", "方案  "), self->reform.model->contract.scenario);
    print_changes(&out);
    fputc('\n', stream);
    fprintf(stream, words(&out, "What changes, expected amounts in %s\n", "变化（期望值，%s）\n"),
            out.unit.name);
    for (size_t unit = 0; unit < bg_projection_unit_count(self->base.projection); unit++) {
        fputs(unit ? "\n" : "", stream);
        print_outcomes(&out, unit);
        print_chances(&out, unit);
    }
    print_waterfall(&out);
    fputc('\n', stream);
    say(&out, 0,
        words(&out,
              "Differences are reform less base on the same futures, with the 95% interval of the "
              "difference; those in brackets cannot be told from zero. What has no ± is exact to "
              "the digits shown.",
              "差额为方案减基准，两者使用同一组模拟情形；±为差额的95%"
              "区间，括号内的差额与零无显著区别，未注明±的数字在所示位数内是精确的。"));
    return out.status;
}
