#include "report/as_read.h"

#include "contract/money_unit.h"
#include "format/json.h"
#include "format/width.h"
#include "report/label.h"
#include "report/rule_words.h"
#include "study/default_keys.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_KEYS = 512, LONGEST_VALUE = 60 };

/* ---- figures of the past ---- */

/* People insured in a past year, as demand counts back. */
static double people_in(const bg_history *history, size_t scheme, size_t year)
{
    double people = history->scheme[scheme].people;
    for (size_t y = history->year_count - 1; y > year; y--) {
        people /= 1 + history->scheme[scheme].people_growth;
    }
    return people;
}

/* The national fund payment a head of that year in fen; 0 where it is not known. What the table of the
 * scenario calls "later" is that of the first year behind the last one named. */
static double national_per_head(const bg_contract *contract, size_t scheme, int year)
{
    const bg_node *people = bg_scenario_find(contract->scenario, "people");
    const bg_node *table = bg_node_child(
        bg_node_child(people, contract->history.scheme[scheme].name), "spend_per_head");
    int64_t last = 0;
    for (const bg_node *each = table ? table->child : NULL; each; each = each->next) {
        if (each->limit != INT64_MAX && each->limit > last) {
            last = each->limit;
        }
        if (each->limit == year) {
            return (double)each->value.fen;
        }
    }
    const bg_node *later = bg_node_child(table, "later");
    return later && year == last + 1 ? (double)later->value.fen : 0;
}

static double paid_per_head(const bg_contract *contract, size_t scheme, size_t year)
{
    const bg_history *history = &contract->history;
    return (double)history->scheme[scheme].paid_fen[year] / people_in(history, scheme, year);
}

static double growth_in(const bg_scheme *scheme, size_t year)
{
    return year > 0 && year < BG_MAX_HISTORY_YEARS
               ? (double)scheme->paid_fen[year] / (double)scheme->paid_fen[year - 1] - 1
               : NAN;
}

static const char *place_of(const bg_document *page, const bg_node *node, char *buffer, size_t size)
{
    if (!node || !node->mark.file) {
        snprintf(buffer, size, "%s", bg_in_language(page->language, "default", "默认值"));
    } else if (node->mark.line > 0 && !node->mark.override) {
        snprintf(buffer, size, "%s:%d", node->mark.file, node->mark.line);
    } else {
        snprintf(buffer, size, "%s", node->mark.file);
    }
    return buffer;
}

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
        const double national = national_per_head(contract, scheme, history->year[y]);
        bg_sheet_add_year(&sheet, history->year[y]);
        bg_sheet_add_fen(&sheet, self->paid_fen[y]);
        bg_sheet_add_share(&sheet, growth_in(self, y));
        bg_sheet_add_rate(&sheet, history->completion[y]);
        bg_sheet_add_number(&sheet, round(people_in(history, scheme, y)));
        bg_sheet_mark(&sheet, y + 1 < history->year_count || self->people_assumed ? "*" : NULL);
        bg_sheet_add_amount(&sheet, paid_per_head(contract, scheme, y));
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

/* ---- the contract in words ---- */

/* What holds for the scheme: its own entry, else that of the budget. */
static const bg_node *budget_key(const bg_contract *contract, size_t scheme, const char *key)
{
    const bg_node *budget = bg_scenario_find(contract->scenario, "budget");
    const bg_node *own = bg_node_child(
        bg_node_child(bg_node_child(budget, "schemes"), contract->history.scheme[scheme].name),
        key);
    return own ? own : bg_node_child(budget, key);
}

static void add_growth(bg_text *text, const bg_contract *contract, const char *language,
                       bg_money_scale unit)
{
    (void)unit;
    const size_t schemes = contract->history.scheme_count;
    const bool one =
        schemes == 1 || budget_key(contract, 0, "growth") == budget_key(contract, 1, "growth");
    for (size_t s = 0; s < (one ? 1 : schemes); s++) {
        bg_text_add(text, "%s", s ? bg_in_language(language, "; ", "；") : "");
        if (!one) {
            bg_text_add(text, "%s ",
                        bg_label_of_scheme(contract->history.scheme[s].name, language));
        }
        bg_add_rule_words(text, budget_key(contract, s, "growth"), language);
        const bg_node *cap = budget_key(contract, s, "growth_cap");
        if (cap) {
            bg_text_add(
                text, "%s",
                bg_in_language(language, ", from the second year at most ", "，次年起不超过"));
            bg_add_rule_words(text, cap, language);
        }
    }
}

static void add_funds(bg_text *text, const bg_contract *contract, const char *language,
                      bg_money_scale unit)
{
    (void)unit;
    const bg_node *funds = bg_scenario_find(contract->scenario, "budget.funds");
    if (bg_node_count(funds) == 0) {
        bg_text_add(text, "%s", bg_in_language(language, "none", "无"));
    }
    for (const bg_node *fund = funds ? funds->child : NULL; fund; fund = fund->next) {
        bg_text_add(text, bg_in_language(language, "%s%s %s%s", "%s%s%s%s"),
                    fund == funds->child ? "" : bg_in_language(language, ", ", "，"),
                    bg_label_of_account(fund->key, language), bg_node_text(fund, "rate"),
                    bg_node_bool(fund, "carry_over")
                        ? bg_in_language(language, " (carried over)", "（可结转）")
                        : "");
    }
}

static void add_base(bg_text *text, const bg_contract *contract, const char *language,
                     bg_money_scale unit)
{
    (void)unit;
    const bg_history *history = &contract->history;
    const size_t weights =
        bg_node_count(bg_scenario_find(contract->scenario, "budget.base.weights"));
    const size_t years = weights && weights < history->year_count ? weights : history->year_count;
    const int last = history->year[history->year_count - 1];
    bg_text_add(text, bg_in_language(language, "fund payments of %d to %d", "%d至%d年基金支出"),
                last - (int)years + 1, last);
}

static void add_later_rule(bg_text *text, const bg_contract *contract, const char *language,
                           bg_money_scale unit)
{
    (void)unit;
    const bg_node *budget = bg_scenario_find(contract->scenario, "budget");
    static const struct {
        const char *en, *zh;
    } rules[] = {{"last year's total, grown", "上年总额按增长率增长"},
                 {"anew from the last years' payments", "按最近各年基金支出滚动计算"},
                 {"an amount a head", "按人头标准"}};
    const int64_t rule = bg_node_integer(budget, "later_rule");
    bg_text_add(text, "%s", bg_in_language(language, rules[rule].en, rules[rule].zh));
    if (bg_pool_uses(&contract->pool[0], "income_per_head") ||
        bg_pool_uses(&contract->pool[0], "contribution")) {
        bg_text_add(text,
                    bg_in_language(language, "; at most %s of the pool's income",
                                   "；不超过统筹基金收入的%s"),
                    bg_node_text(budget, "income_limit"));
    }
}

static void add_adjustments(bg_text *text, const bg_contract *contract, const char *language,
                            bg_money_scale unit)
{
    const bg_node *all = bg_scenario_find(contract->scenario, "budget.adjustments");
    for (const bg_node *each = all ? all->child : NULL; each; each = each->next) {
        char amount[BG_AMOUNT_TEXT];
        const bg_node *reason = bg_node_child(each, "reason");
        bg_text_add(text, "%s%s %s", each == all->child ? "" : bg_in_language(language, ", ", "，"),
                    bg_label_of_scheme(bg_node_text(each, "scheme"), language),
                    bg_amount_exact_grouped(unit, bg_node_fen(each, "amount"), amount));
        if (reason) {
            bg_text_add(text, bg_in_language(language, " (%s)", "（%s）"), reason->text);
        }
    }
    if (bg_node_count(all) == 0) {
        bg_text_add(text, "%s", bg_in_language(language, "none", "无"));
    }
}

static void add_score(bg_text *text, const bg_contract *contract, const char *language,
                      bg_money_scale unit)
{
    (void)unit;
    if (contract->performance) {
        bg_text_add(text, "%s",
                    bg_in_language(language, "simulated by future and year", "逐情形逐年模拟"));
    } else {
        char score[BG_NUMBER_TEXT];
        bg_text_add(text, bg_in_language(language, "%s of 100 in %d", "%s分（百分制，%d年）"),
                    bg_decimal_text(contract->score[0], score), contract->first_year);
    }
}

static void add_instalments(bg_text *text, const bg_contract *contract, const char *language,
                            bg_money_scale unit)
{
    (void)unit;
    const bg_node *prepayment = bg_scenario_find(contract->scenario, "budget.prepayment");
    bg_text_add(text, bg_in_language(language, "%s of what is payable, %s", "可支付额的%s，%s"),
                bg_node_text(prepayment, "ratio"),
                bg_node_integer(prepayment, "months") == 0
                    ? bg_in_language(language, "in equal months", "按月等额")
                    : bg_in_language(language, "by the season", "按季节"));
}

static const struct {
    const char *en, *zh;
    void (*add)(bg_text *text, const bg_contract *contract, const char *language,
                bg_money_scale unit);
} terms[] = {{"base", "基数", add_base},
             {"growth", "增长", add_growth},
             {"later years", "以后年度", add_later_rule},
             {"adjustments", "调整事项", add_adjustments},
             {"held back inside the total", "总额内预留", add_funds},
             {"monthly instalments", "按月预拨", add_instalments},
             {"performance score", "考核得分", add_score}};

static void say(bg_document *page, bg_text *text, int indent)
{
    page->failed = page->failed || text->failed;
    char *words = bg_text_take(text);
    bg_document_add(page, BG_PART_SENTENCE, indent, "%s", words ? words : "");
    free(words);
}

static void say_terms(const bg_contract *contract, bg_money_scale unit, bg_document *page)
{
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        bg_text text = {0};
        bg_text_add(&text, bg_in_language(page->language, "%s: ", "%s："),
                    bg_in_language(page->language, terms[i].en, terms[i].zh));
        terms[i].add(&text, contract, page->language, unit);
        say(page, &text, 2);
    }
}

static void say_steps(const bg_contract *contract, bg_document *page)
{
    const bg_node *plan = bg_scenario_find(contract->scenario, "settlement");
    int number = 0;
    for (const bg_node *step = plan ? plan->child : NULL; step; step = step->next) {
        bg_text text = {0};
        bg_text_add(&text, bg_in_language(page->language, "%d %s: ", "%d %s："), ++number,
                    strcmp(step->key, step->text) != 0 && !strchr(step->key, '#')
                        ? step->key
                        : bg_label_of_step(step->text, page->language));
        bg_add_step_words(&text, step, page->language);
        say(page, &text, 4);
    }
}

static void say_contract(const bg_contract *contract, bg_money_scale unit, bg_document *page)
{
    bg_document_add(page, BG_PART_HEADING, 0,
                    bg_in_language(page->language, "The contract %d to %d, as read",
                                   "%d至%d年包干合同（按所读内容）"),
                    contract->first_year, contract->first_year + (int)contract->years - 1);
    say_terms(contract, unit, page);
    bg_document_add(page, BG_PART_SENTENCE, 2, "%s",
                    bg_in_language(page->language, "settlement, step by step:", "年度清算步骤："));
    say_steps(contract, page);
}

/* ---- one sentence each ---- */

/* "1,133 yuan a head (nation 1,133)" in the last past year. */
static void add_per_head(bg_text *text, const bg_contract *contract, size_t scheme,
                         const char *language)
{
    const bg_history *history = &contract->history;
    const size_t last = history->year_count - 1;
    const bg_money_scale yuan = {"", 100, 0};
    const double national = national_per_head(contract, scheme, history->year[last]);
    char amount[BG_AMOUNT_TEXT];
    bg_text_add(text, bg_in_language(language, ", %s yuan a head", "，人均%s元"),
                bg_amount_text(yuan, paid_per_head(contract, scheme, last), amount));
    if (national > 0) {
        bg_text_add(text, bg_in_language(language, " (nation %s)", "（全国%s元）"),
                    bg_amount_text(yuan, national, amount));
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
        bg_text_add(&text, bg_in_language(language, " (%+.1f%% in %d)", "（末年%+.1f%%）"),
                    bg_percent_points(growth_in(self, last)), history->year[last]);
    }
    bg_text_add(&text, bg_in_language(language, "; %s people%s", "；参保%s人%s"),
                bg_amount_text((bg_money_scale){"", 1, 0}, self->people, amount),
                self->people_assumed ? bg_in_language(language, " (guessed)", "（推算）") : "");
    add_per_head(&text, contract, scheme, language);
    bg_text_add(&text, "%s", bg_in_language(language, ".", "。"));
    say(page, &text, 0);
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
                        bg_percent_points(growth_in(self, last)));
        }
        add_per_head(&text, contract, s, language);
    }
    bg_text_add(&text, "%s", bg_in_language(language, ".", "。"));
    say(page, &text, 0);
}

void bg_as_read_sentences(const bg_contract *contract, bg_money_scale unit, bg_document *page)
{
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        say_scheme(contract, s, unit, page);
    }
    bg_text text = {0};
    bg_text_add(&text, "%s", bg_in_language(page->language, "Contract: growth ", "合同：增长"));
    add_growth(&text, contract, page->language, unit);
    bg_text_add(&text, "%s", bg_in_language(page->language, "; held back: ", "；预留："));
    add_funds(&text, contract, page->language, unit);
    bg_text_add(&text, "%s", bg_in_language(page->language, "; score ", "；考核得分"));
    add_score(&text, contract, page->language, unit);
    bg_text_add(&text, "%s", bg_in_language(page->language, ".", "。"));
    say(page, &text, 0);
}

/* ---- where values stand, what was laid over what, what is default ---- */

/* Whether the values below a key are shown with the history or say nothing of the contract. */
static bool is_shown_elsewhere(const bg_node *node)
{
    static const char *const keys[] = {"schema",  "title",    "description", "money_unit",
                                       "history", "expected", "sweep"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(node->path, keys[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_section(const bg_node *node)
{
    return node->parameter && node->kind != BG_NODE_VALUE &&
           (node->parameter->shape == BG_SHAPE_SECTION ||
            node->parameter->shape == BG_SHAPE_ENTRIES || node->parameter->shape == BG_SHAPE_STEPS);
}

typedef void (*visit)(const bg_node *node, void *context);

/* Each value, or table of values, that somebody wrote. */
static void each_given(const bg_node *map, visit meet, void *context)
{
    for (const bg_node *node = map->child; node; node = node->next) {
        if (is_shown_elsewhere(node)) {
            continue;
        }
        if (is_section(node)) {
            each_given(node, meet, context);
        } else if (node->origin != BG_ORIGIN_DEFAULT) {
            meet(node, context);
        }
    }
}

typedef struct listing {
    bg_document *page;
    bg_money_scale unit;
    bg_sheet sheet;
} listing;

static void add_given(const bg_node *node, void *context)
{
    listing *self = context;
    char place[256];
    char *value = bg_line_in_money(node, self->unit);
    bg_sheet_add_text(&self->sheet, bg_sheet_keep(&self->sheet, "%s", node->path));
    bg_sheet_add_text(&self->sheet, bg_sheet_keep(&self->sheet, "%s", value ? value : ""));
    bg_sheet_add_text(&self->sheet, bg_sheet_keep(&self->sheet, "%s",
                                                  place_of(self->page, node, place, sizeof place)));
    self->sheet.failed = self->sheet.failed || !value;
    free(value);
}

static listing begin_listing(bg_document *page, bg_money_scale unit, const char *what)
{
    static const bg_column columns[] = {
        {.kind = BG_CELL_TEXT}, {.kind = BG_CELL_TEXT}, {.kind = BG_CELL_TEXT}};
    bg_document_add(page, BG_PART_HEADING, 0, "%s", what);
    listing self = {.page = page, .unit = unit};
    bg_sheet_init(&self.sheet, page->language);
    bg_sheet_add_columns(&self.sheet, columns, 3);
    return self;
}

static void say_given(const bg_scenario *scenario, bg_money_scale unit, bg_document *page)
{
    listing self = begin_listing(
        page, unit, bg_in_language(page->language, "Where each value stands", "各项取值及其出处"));
    each_given(bg_scenario_root(scenario), add_given, &self);
    bg_document_add_sheet(page, 2, &self.sheet);
    bg_sheet_free(&self.sheet);
}

static void say_notes(const bg_scenario *scenario, bg_money_scale unit, bg_document *page)
{
    for (const bg_scenario_note *note = bg_scenario_notes(scenario); note; note = note->next) {
        const bg_node *node = bg_scenario_find(scenario, note->path);
        char *line = node ? bg_line_in_money(node, unit) : NULL;
        page->failed = page->failed || (node && !line);
        const char *file = note->mark.file ? note->mark.file : "";
        if (note->kind == BG_NOTE_REMOVED) {
            bg_document_add(page, BG_PART_SENTENCE, 2,
                            node ? bg_in_language(page->language,
                                                  "removed by null: %s (%s:%d); now %s",
                                                  "已用 null 删去：%s（%s:%d）；现为%s")
                                 : bg_in_language(page->language, "removed by null: %s (%s:%d)%s",
                                                  "已用 null 删去：%s（%s:%d）%s"),
                            note->path, file, note->mark.line, line ? line : "");
        } else if (line) {
            bg_document_add(page, BG_PART_SENTENCE, 2,
                            bg_in_language(page->language, "merged: %s is now %s (%s:%d)",
                                           "已合并：%s现为%s（%s:%d）"),
                            note->path, line, file, note->mark.line);
        }
        free(line);
    }
}

static void say_defaults(const bg_model *model, bg_money_scale unit, bg_document *page)
{
    bg_default_key *keys = calloc(MOST_KEYS, sizeof *keys);
    if (!keys) {
        page->failed = true;
        return;
    }
    const size_t count = bg_default_keys(model, keys, MOST_KEYS);
    listing self =
        begin_listing(page, unit,
                      bg_in_language(page->language, "Left to defaults (* an assumption)",
                                     "取默认值的各项（*为假设）"));
    for (size_t i = 0; i < count && i < MOST_KEYS; i++) {
        char *value = bg_line_in_money(keys[i].node, unit);
        const bool fits = value && bg_text_width(value) <= LONGEST_VALUE;
        bg_sheet_add_text(&self.sheet, bg_sheet_keep(&self.sheet, "%s", keys[i].node->path));
        bg_sheet_mark(&self.sheet, keys[i].assumption ? "*" : NULL);
        bg_sheet_add_text(&self.sheet, bg_sheet_keep(&self.sheet, "%s", fits ? value : "…"));
        bg_sheet_add_text(&self.sheet, "");
        self.sheet.failed = self.sheet.failed || !value;
        free(value);
    }
    free(keys);
    bg_document_add_sheet(page, 2, &self.sheet);
    bg_sheet_free(&self.sheet);
}

void bg_as_read(const bg_model *model, bg_document *page)
{
    const bg_contract *contract = &model->contract;
    const bg_money_scale unit = bg_contract_money(contract, page->language);
    bg_as_read_history(contract, unit, page);
    say_contract(contract, unit, page);
    say_given(contract->scenario, unit, page);
    say_notes(contract->scenario, unit, page);
    say_defaults(model, unit, page);
}

/* ---- for machines ---- */

static json_t *year_json(const bg_contract *contract, size_t scheme, size_t year)
{
    const bg_history *history = &contract->history;
    const bg_scheme *self = &history->scheme[scheme];
    const double national = national_per_head(contract, scheme, history->year[year]);
    json_t *object = json_object();
    bg_json_set(&object, "year", json_integer(history->year[year]));
    bg_json_set(&object, "paid_fen", json_integer(self->paid_fen[year]));
    bg_json_set(&object, "growth", bg_json_number(growth_in(self, year)));
    bg_json_set(&object, "completion",
                json_real((double)history->completion[year] / (double)BG_ONE));
    bg_json_set(&object, "people", json_real(people_in(history, scheme, year)));
    bg_json_set(&object, "paid_per_head_fen", json_real(paid_per_head(contract, scheme, year)));
    bg_json_set(&object, "national_per_head_fen", bg_json_number(national > 0 ? national : NAN));
    return object;
}

static json_t *scheme_json(const bg_contract *contract, size_t scheme)
{
    const bg_scheme *self = &contract->history.scheme[scheme];
    json_t *years = json_array();
    for (size_t y = 0; y < contract->history.year_count; y++) {
        bg_json_append(&years, year_json(contract, scheme, y));
    }
    json_t *object = json_object();
    bg_json_set(&object, "scheme", json_string(self->name));
    bg_json_set(&object, "people_guessed", json_boolean(self->people_assumed));
    bg_json_set(&object, "years", years);
    return object;
}

static json_t *words_json(bg_text *text)
{
    char *words = bg_text_take(text);
    json_t *made = words ? json_string(words) : NULL;
    free(words);
    return made;
}

static json_t *contract_json(const bg_contract *contract)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        bg_text text = {0};
        bg_text_add(&text, "%s: ", terms[i].en);
        terms[i].add(&text, contract, "en", bg_money_scale_of(100, 0, "en"));
        bg_json_append(&list, words_json(&text));
    }
    const bg_node *plan = bg_scenario_find(contract->scenario, "settlement");
    for (const bg_node *step = plan ? plan->child : NULL; step; step = step->next) {
        bg_text text = {0};
        bg_text_add(&text, "%s: ", step->key);
        bg_add_step_words(&text, step, "en");
        bg_json_append(&list, words_json(&text));
    }
    return list;
}

static json_t *place_json(const char *path, bg_mark mark)
{
    json_t *object = json_object();
    bg_json_set(&object, "path", json_string(path));
    bg_json_set(&object, "file", bg_json_text(mark.file));
    bg_json_set(&object, "line", json_integer(mark.line));
    return object;
}

static json_t *value_json(const bg_node *node)
{
    char *line = bg_node_line(node);
    json_t *object = place_json(node->path, node->mark);
    bg_json_set(&object, "value", line ? json_string(line) : NULL);
    free(line);
    return object;
}

static void append_given(const bg_node *node, void *context)
{
    json_t **list = context;
    bg_json_append(list, value_json(node));
}

static json_t *notes_json(const bg_scenario *scenario, bg_scenario_note_kind kind)
{
    json_t *list = json_array();
    for (const bg_scenario_note *note = bg_scenario_notes(scenario); note; note = note->next) {
        if (note->kind == kind) {
            bg_json_append(&list, place_json(note->path, note->mark));
        }
    }
    return list;
}

static json_t *defaults_json(const bg_model *model)
{
    bg_default_key *keys = calloc(MOST_KEYS, sizeof *keys);
    json_t *list = keys ? json_array() : NULL;
    const size_t count = keys ? bg_default_keys(model, keys, MOST_KEYS) : 0;
    for (size_t i = 0; i < count && i < MOST_KEYS; i++) {
        json_t *value = value_json(keys[i].node);
        bg_json_set(&value, "source", json_string(keys[i].source));
        bg_json_set(&value, "assumption", json_boolean(keys[i].assumption));
        bg_json_append(&list, value);
    }
    free(keys);
    return list;
}

json_t *bg_as_read_json(const bg_model *model)
{
    const bg_contract *contract = &model->contract;
    json_t *schemes = json_array();
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        bg_json_append(&schemes, scheme_json(contract, s));
    }
    json_t *values = json_array();
    each_given(bg_scenario_root(contract->scenario), append_given, &values);
    json_t *object = json_object();
    bg_json_set(&object, "schemes", schemes);
    bg_json_set(&object, "contract", contract_json(contract));
    bg_json_set(&object, "values", values);
    bg_json_set(&object, "removed", notes_json(contract->scenario, BG_NOTE_REMOVED));
    bg_json_set(&object, "merged", notes_json(contract->scenario, BG_NOTE_MERGED));
    bg_json_set(&object, "defaults", defaults_json(model));
    return object;
}
