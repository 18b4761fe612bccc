/* How the first total comes about, what is data and what assumption, and how to repeat it. */
#include "report/as_read.h"
#include "report/brief_parts.h"

#include <baogan/version.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LINES = 96 };

/* ---- the arithmetic ---- */

/* Lines of all schemes in one order: those with the same words share a row. */
typedef struct merged {
    size_t count;
    const bg_budget_line *of[MOST_LINES][BG_MAX_SCHEMES];
} merged;

static const char *words_of(const bg_budget_line *line)
{
    return line->label_zh; /* translated from the same row as the English */
}

static const bg_budget_line *any_of(const merged *self, size_t row)
{
    const bg_budget_line *found = NULL;
    for (size_t s = 0; s < BG_MAX_SCHEMES && !found; s++) {
        found = self->of[row][s];
    }
    return found;
}

/* Growth is at a rate of its own by scheme, whatever that is. */
static bool is_same(const bg_budget_line *a, const bg_budget_line *b)
{
    return strcmp(words_of(a), words_of(b)) == 0 ||
           (a->kind == BG_BUDGET_LINE_GROWN && b->kind == BG_BUDGET_LINE_GROWN);
}

static size_t find(const merged *self, size_t from, const bg_budget_line *line)
{
    size_t row = from;
    while (row < self->count && !is_same(any_of(self, row), line)) {
        row++;
    }
    return row;
}

/* Whether schemes stand in the row with words of their own. */
static bool is_mixed(const merged *self, size_t row)
{
    const bg_budget_line *any = any_of(self, row);
    bool mixed = false;
    for (size_t s = 0; s < BG_MAX_SCHEMES; s++) {
        const bg_budget_line *of = self->of[row][s];
        mixed = mixed || (of && strcmp(words_of(of), words_of(any)) != 0);
    }
    return mixed;
}

static void make_room(merged *self, size_t row)
{
    memmove(self->of[row + 1], self->of[row], (self->count - row) * sizeof *self->of);
    memset((void *)self->of[row], 0, sizeof *self->of);
    self->count++;
}

static void merge(merged *self, size_t scheme, const bg_budget_lines *lines, int first)
{
    size_t next = 0;
    for (size_t i = 0; i < lines->count && self->count < MOST_LINES - 1; i++) {
        const bg_budget_line *line = &lines->items[i];
        if (line->year > first || line->kind == BG_BUDGET_LINE_EXPENSE ||
            line->kind > BG_BUDGET_LINE_PAYABLE) {
            continue; /* past years stand with the data, instalments in the full report */
        }
        const size_t row = find(self, next, line);
        if (row == self->count) {
            make_room(self, next);
            self->of[next][scheme] = line;
            next++;
        } else {
            self->of[row][scheme] = line;
            next = row + 1;
        }
    }
}

static void add_row(const bg_brief *self, const merged *lines, size_t row, bg_sheet *sheet)
{
    const bg_budget_line *any = any_of(lines, row);
    bg_sheet_add_text(sheet, is_mixed(lines, row)
                                 ? bg_brief_words(self, "Base, grown by each scheme's rate",
                                                  "基数，按各险种增长率增长")
                                 : bg_brief_words(self, any->label_en, any->label_zh));
    for (size_t s = 0; s < self->schemes; s++) {
        if (lines->of[row][s]) {
            bg_sheet_add_fen(sheet, lines->of[row][s]->amount);
        } else {
            bg_sheet_add_absent(sheet);
        }
    }
    if (any->kind == BG_BUDGET_LINE_TOTAL) {
        bg_sheet_stress(sheet);
    }
}

void bg_brief_arithmetic(bg_brief *self)
{
    const bg_report *report = self->page.report;
    merged lines = {0};
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->page.language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    for (size_t s = 0; s < self->schemes; s++) {
        const char *name = report->model->contract.history.scheme[s].name;
        merge(&lines, s, &report->budget->lines[s], self->first);
        bg_sheet_add_column(&sheet,
                            (bg_column){.kind = BG_CELL_FEN,
                                        .heading = bg_label_of_scheme(name, self->page.language),
                                        .scale = self->page.unit});
    }
    for (size_t row = 0; row < lines.count; row++) {
        add_row(self, &lines, row, &sheet);
    }
    bg_brief_heading(self, true, "How the total comes about", "总额怎么算出来");
    bg_document_add_sheet(self->page.document, 0, &sheet);
    for (size_t s = 0; s < self->schemes; s++) {
        const char *name = report->model->contract.history.scheme[s].name;
        char *lag = bg_lag_sentence(report->model, report->budget, s, self->page.language);
        bg_document_add(self->page.document, BG_PART_NOTE, 0,
                        bg_brief_words(self, "%s: %s", "%s：%s"),
                        bg_label_of_scheme(name, self->page.language), lag ? lag : "");
        self->page.document->failed = self->page.document->failed || !lag;
        free(lag);
    }
}

/* ---- data, assumptions, provenance ---- */

static void say_provenance(bg_brief *self)
{
    const bg_brief_facts *facts = self->facts;
    char futures[BG_AMOUNT_TEXT];
    const bg_scenario *scenario = self->page.report->scenario;
    bg_amount_text((bg_money_scale){"", 1, 0},
                   (double)bg_projection_replications(self->page.report->projection), futures);
    bg_document_add(
        self->page.document, BG_PART_NOTE, 0,
        bg_brief_words(
            self,
            "To repeat: %s (baogan %s; %s futures, seed %lld). SHA-256 of the resolved "
            "scenario: %s.",
            "可重算：%s（baogan %s，%s种情形，随机种子%lld）。方案展开后的SHA-256：%s。"),
        facts->command ? facts->command : "", BG_VERSION, futures,
        (long long)bg_node_integer(bg_scenario_find(scenario, "simulation"), "seed"),
        facts->digest ? facts->digest : "");
}

static void say_author(bg_brief *self)
{
    const char *blank = "____________";
    bg_document_add(self->page.document, BG_PART_LINE, 0,
                    bg_brief_words(self, "Prepared by: %s  Date: %s", "编制单位：%s　编制日期：%s"),
                    self->facts->author ? self->facts->author : blank,
                    self->facts->date ? self->facts->date : blank);
}

/* Sentences that stand elsewhere in full size. */
static void print_small(bg_document *document, size_t from)
{
    for (size_t i = from; i < document->count; i++) {
        bg_part *part = &document->parts[i];
        part->kind = part->kind == BG_PART_SENTENCE ? BG_PART_NOTE : part->kind;
    }
}

void bg_brief_basis(bg_brief *self)
{
    bg_brief_heading(self, false, "Data, assumptions, how to repeat it", "数据、假设与重算");
    const size_t from = self->page.document->count;
    bg_as_read_data(&self->page.report->model->contract, self->page.unit, self->page.document);
    if (!self->facts->turned) {
        bg_text_page_assumed_groups(&self->page);
    }
    const size_t assumed = bg_text_page_assumed_count(&self->page);
    if (assumed > 0) {
        bg_document_add(
            self->page.document, BG_PART_NOTE, 0,
            bg_brief_words(self,
                           "%zu values are assumptions, not your data; each stands with its "
                           "source in the full report.",
                           "共有%zu项为假设而非本地数据，逐项依据见完整报告。"),
            assumed);
    }
    say_provenance(self);
    print_small(self->page.document, from);
    say_author(self);
}
