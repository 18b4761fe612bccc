#include "report/as_read_parts.h"

#include "contract/money_unit.h"
#include "report/label.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- tables ---- */

static void add_years(const bg_contract *contract, size_t scheme, bg_money_scale unit,
                      bg_document *page)
{
    const bg_history *history = &contract->history;
    const bg_scheme *self = &history->scheme[scheme];
    const char *language = page->language;
    const bg_money_scale yuan = {"", 100, 0};
    const bg_column columns[] = {
        {.kind = BG_CELL_YEAR, .heading = bg_label(BG_LABEL_year, language)},
        {.kind = BG_CELL_FEN,
         .heading = bg_in_language(language, "Fund payments", "基金支出"),
         .scale = unit},
        {.kind = BG_CELL_SHARE,
         .heading = bg_label(BG_LABEL_growth, language),
         .form = BG_FORM_PLAIN},
        {.kind = BG_CELL_RATE, .heading = bg_in_language(language, "Settled", "已结算比例")},
        {.kind = BG_CELL_NUMBER, .heading = bg_in_language(language, "People", "参保人数")},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_in_language(language, "Yuan a head", "人均（元）"),
         .scale = yuan},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_in_language(language, "National", "全国人均（元）"),
         .scale = yuan}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t y = 0; y < history->year_count; y++) {
        const double national = bg_past_national_per_head(contract, scheme, history->year[y]);
        bg_sheet_add_year(&sheet, history->year[y]);
        bg_sheet_add_fen(&sheet, self->paid_fen[y]);
        bg_sheet_add_share(&sheet, bg_past_growth(self, y));
        bg_sheet_add_rate(&sheet, history->completion[y]);
        bg_sheet_add_number(&sheet, round(bg_past_people(history, scheme, y)));
        bg_sheet_mark(&sheet, y + 1 < history->year_count || self->people_assumed ? "*" : NULL);
        bg_sheet_add_amount(&sheet, bg_past_paid_per_head(contract, scheme, y));
        bg_sheet_add_amount(&sheet, national > 0 ? national : NAN);
    }
    bg_document_add_sheet(page, 2, &sheet);
}

/* "inpatient, in the county": a line by its service and, where its name has one, its place. */
static const char *line_words(const bg_line *line, bg_sheet *sheet)
{
    const char *language = sheet->language;
    const char *service = bg_label_of_service(line->service, language);
    const char *place = strrchr(line->name, '.');
    if (!place || (strcmp(place, ".in") != 0 && strcmp(place, ".out") != 0)) {
        return bg_sheet_keep(sheet, "%s", service);
    }
    return bg_sheet_keep(sheet, bg_in_language(language, "%s, %s", "%s（%s）"), service,
                         line->place == BG_PLACE_OUT
                             ? bg_in_language(language, "outside the county", "县外")
                             : bg_in_language(language, "in the county", "县内"));
}

/* What is known of a number: -1 stands for nothing. */
static double known(int64_t value)
{
    return value >= 0 ? (double)value : NAN;
}

static void add_line(const bg_line *line, const bg_history_cell *cell, double total,
                     bg_sheet *sheet)
{
    bg_sheet_add_text(sheet, line_words(line, sheet));
    bg_sheet_add_number(sheet, known(cell->cases));
    bg_sheet_add_amount(sheet, known(cell->cost_fen));
    bg_sheet_add_amount(sheet, known(cell->paid_fen));
    bg_sheet_add_share(sheet, known(cell->paid_fen) / total);
    bg_sheet_add_amount(sheet, cell->cases > 0 ? known(cell->paid_fen) / known(cell->cases) : NAN);
    bg_sheet_add_share(sheet,
                       cell->cost_fen > 0 ? known(cell->paid_fen) / known(cell->cost_fen) : NAN);
}

static void add_lines(const bg_contract *contract, size_t scheme, bg_money_scale unit,
                      bg_document *page)
{
    const bg_history *history = &contract->history;
    const char *language = page->language;
    const size_t last = history->year_count - 1;
    const bg_money_scale yuan = {"", 100, 0};
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    const bg_column columns[] = {
        {.kind = BG_CELL_TEXT,
         .heading = bg_sheet_keep(&sheet, bg_in_language(language, "Lines of %d", "%d年各项目"),
                                  history->year[last])},
        {.kind = BG_CELL_NUMBER, .heading = bg_in_language(language, "Cases", "人次")},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_in_language(language, "Bills", "总费用"),
         .scale = unit},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_in_language(language, "Fund payments", "基金支出"),
         .scale = unit},
        {.kind = BG_CELL_SHARE,
         .heading = bg_in_language(language, "Share", "占比"),
         .form = BG_FORM_PLAIN},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_in_language(language, "Yuan a case", "次均支付（元）"),
         .scale = yuan},
        {.kind = BG_CELL_SHARE,
         .heading = bg_in_language(language, "Of the bill", "支付比例"),
         .form = BG_FORM_PLAIN}};
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < history->line_count; i++) {
        const bg_line *line = &history->line[i];
        if (line->scheme == (int)scheme && strcmp(line->service, "total") != 0) {
            add_line(line, &line->year[last], (double)history->scheme[scheme].paid_fen[last],
                     &sheet);
        }
    }
    if (bg_sheet_row_count(&sheet) > 0) {
        bg_document_add_gap(page);
        bg_document_add_sheet(page, 2, &sheet);
    }
    bg_sheet_free(&sheet);
}

static void say_people(const bg_contract *contract, size_t scheme, bg_document *page)
{
    const bg_history *history = &contract->history;
    const bg_scheme *self = &history->scheme[scheme];
    const bg_node *people =
        bg_node_child(bg_scenario_find(contract->scenario, "people"), self->name);
    bg_document_add(
        page, BG_PART_SENTENCE, 2,
        self->people_assumed
            ? bg_in_language(
                  page->language,
                  "* People are guessed from the national payment a head; other years "
                  "follow at %s a year. Give people[%s].",
                  "* 参保人数按全国人均支出推算，其他年度按每年%s推算；请填写 people[%s]。")
            : bg_in_language(page->language,
                             "* People of earlier years follow from the last at %s a year "
                             "(people[%s].growth).",
                             "* 以前年度参保人数由末年按每年%s推算（people[%s].growth）。"),
        bg_node_text(people, "growth"), self->name);
}

void bg_as_read_history(const bg_contract *contract, bg_money_scale unit, bg_document *page)
{
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        bg_document_add(page, BG_PART_HEADING, 0,
                        bg_in_language(page->language, "%s: past years (%s)", "%s：历史年度（%s）"),
                        bg_label_of_scheme(contract->history.scheme[s].name, page->language),
                        unit.name);
        add_years(contract, s, unit, page);
        say_people(contract, s, page);
        add_lines(contract, s, unit, page);
    }
}

/* ---- sentences ---- */

/* "1,133 yuan a head (nation 1,133)" in the last past year. */
static void add_per_head(bg_text *text, const bg_contract *contract, size_t scheme,
                         const char *language)
{
    const bg_history *history = &contract->history;
    const size_t last = history->year_count - 1;
    const bg_money_scale yuan = {"", 100, 0};
    const double national = bg_past_national_per_head(contract, scheme, history->year[last]);
    char amount[BG_AMOUNT_TEXT];
    bg_text_add(text, bg_in_language(language, ", %s yuan a head", "，人均%s元"),
                bg_amount_text(yuan, bg_past_paid_per_head(contract, scheme, last), amount));
    if (national > 0) {
        bg_text_add(text, bg_in_language(language, " (nation %s)", "（全国%s元）"),
                    bg_amount_text(yuan, national, amount));
    }
}

static void add_growth(bg_text *text, double points, int year, const char *language)
{
    if (strcmp(language, "zh") == 0) {
        bg_text_add(text, "（%d年%s%.1f%%）", year, points < 0 ? "下降" : "增长", fabs(points));
    } else {
        bg_text_add(text, " (%+.1f%% in %d)", points, year);
    }
}

static void say_scheme(const bg_contract *contract, size_t scheme, bg_money_scale unit,
                       bg_document *page)
{
    const bg_history *history = &contract->history;
    const char *language = page->language;
    const bg_scheme *self = &history->scheme[scheme];
    const size_t last = history->year_count - 1;
    char amount[BG_AMOUNT_TEXT];
    bg_text text = {0};
    bg_text_add(
        &text,
        bg_in_language(language, "Read: %s, fund payments %d to %d ", "读取：%s%d至%d年基金支出"),
        bg_label_of_scheme(self->name, language), history->year[0], history->year[last]);
    for (size_t y = 0; y <= last; y++) {
        bg_text_add(&text, "%s%s", y ? bg_in_language(language, ", ", "、") : "",
                    bg_amount_text(unit, (double)self->paid_fen[y], amount));
    }
    bg_text_add(&text, bg_in_language(language, " %s", "%s"), unit.name);
    if (last > 0) {
        add_growth(&text, bg_percent_points(bg_past_growth(self, last)), history->year[last],
                   language);
    }
    bg_text_add(&text, bg_in_language(language, "; %s people%s", "；参保%s人%s"),
                bg_amount_text((bg_money_scale){"", 1, 0}, self->people, amount),
                self->people_assumed ? bg_in_language(language, " (guessed)", "（推算）") : "");
    add_per_head(&text, contract, scheme, language);
    bg_text_add(&text, "%s", bg_in_language(language, ".", "。"));
    bg_as_read_say(page, &text, 0);
}

void bg_as_read_last_year(const bg_contract *contract, bg_money_scale unit, bg_document *page)
{
    const bg_history *history = &contract->history;
    const char *language = page->language;
    const size_t last = history->year_count - 1;
    bg_text text = {0};
    bg_text_add(&text, bg_in_language(language, "Read for %d: ", "读取%d年："),
                history->year[last]);
    for (size_t s = 0; s < history->scheme_count; s++) {
        const bg_scheme *self = &history->scheme[s];
        char amount[BG_AMOUNT_TEXT];
        bg_text_add(&text, bg_in_language(language, "%s%s %s", "%s%s%s"),
                    s ? bg_in_language(language, "; ", "；") : "",
                    bg_label_of_scheme(self->name, language),
                    bg_amount_text(unit, (double)self->paid_fen[last], amount));
        if (last > 0) {
            bg_text_add(&text, bg_in_language(language, " (%+.1f%%)", "（%+.1f%%）"),
                        bg_percent_points(bg_past_growth(self, last)));
        }
        add_per_head(&text, contract, s, language);
    }
    bg_text_add(&text, "%s", bg_in_language(language, ".", "。"));
    bg_as_read_say(page, &text, 0);
}

void bg_as_read_data(const bg_contract *contract, bg_money_scale unit, bg_document *page)
{
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        say_scheme(contract, s, unit, page);
    }
}

void bg_as_read_sentences(const bg_contract *contract, bg_money_scale unit, bg_document *page)
{
    bg_as_read_data(contract, unit, page);
    bg_as_read_terms(contract, unit, page);
}

void bg_as_read(const bg_model *model, bg_document *page)
{
    const bg_money_scale unit = bg_contract_money(&model->contract, page->language);
    bg_as_read_history(&model->contract, unit, page);
    bg_as_read_contract(&model->contract, unit, page);
    bg_as_read_values(model, unit, page);
}
