/* Benefit terms, measures and incidents, each in a sentence. */
#include "base/text.h"
#include "report/text_page.h"

#include <stdlib.h>
#include <string.h>

/* ---- lines in words ---- */

typedef struct part_words {
    const char *part, *en, *zh;
} part_words;

static const part_words schemes[] = {
    {"residents", "residents' ", "居民"}, {"employees", "employees' ", "职工"}, {0}};
static const part_words places[] = {
    {"in", " inside the county", "（县内）"}, {"out", " outside the county", "（县外）"}, {0}};

static const char *words_of(const bg_text_page *page, const part_words *table, const char *part,
                            const char *otherwise)
{
    for (; table->part; table++) {
        if (strcmp(table->part, part) == 0) {
            return bg_text_page_words(page, table->en, table->zh);
        }
    }
    return otherwise;
}

static const char *service_of(const bg_text_page *page, const char *part)
{
    const bool all = strcmp(part, "*") == 0 || strcmp(part, "total") == 0;
    return all ? bg_text_page_words(page, "all", "全部医疗")
               : bg_label_of_service(part, page->language);
}

/* "residents.*.out": residents' care outside the county. A pattern of another form stays as it is. */
static void add_line(const bg_text_page *page, const char *pattern, bg_text *text)
{
    char part[3][65] = {"", "", ""};
    int length = 0;
    sscanf(pattern, "%64[^.].%64[^.].%64[^.]%n", part[0], part[1], part[2], &length);
    const bool known = strchr(part[0], '*') == NULL || strcmp(part[0], "*") == 0;
    if (!part[1][0] || !known || (length > 0 && pattern[length] != '\0')) {
        bg_text_add(text, "%s", pattern);
        return;
    }
    bg_text_add(text, bg_text_page_words(page, "%s%s care%s", "%s%s%s"),
                words_of(page, schemes, part[0], ""), service_of(page, part[1]),
                words_of(page, places, part[2], ""));
}

static void add_lines(const bg_text_page *page, const bg_node *section, bg_text *text)
{
    const bg_node *lines = bg_node_child(section, "lines");
    if (!lines) {
        bg_text_add(text, "%s", bg_text_page_words(page, "all care", "全部医疗"));
    }
    for (const bg_node *line = lines ? lines->child : NULL; line; line = line->next) {
        bg_text_add(text, "%s",
                    line == lines->child ? ""
                    : line->next         ? bg_text_page_words(page, ", ", "、")
                                         : bg_text_page_words(page, " and ", "和"));
        add_line(page, line->text, text);
    }
}

/* ", level county and township" */
static void add_levels(const bg_text_page *page, const bg_node *list, bg_text *text)
{
    for (const bg_node *level = list ? list->child : NULL; level; level = level->next) {
        bg_text_add(text, "%s%s",
                    level == list->child ? bg_text_page_words(page, ", level ", "，级别")
                    : level->next        ? bg_text_page_words(page, ", ", "、")
                                         : bg_text_page_words(page, " and ", "和"),
                    level->text);
    }
}

/* ---- sizes ---- */

static void add_change(const bg_text_page *page, const bg_node *node, bg_text *text)
{
    const double change = (double)node->value.decimal / (double)BG_ONE * 100;
    bg_text_add(text, bg_text_page_words(page, "%+.4g%%", "%+.4g%%"), change);
}

/* "cases +20%", "cost a case -8% to -2% (8 chances in 10)" */
static void add_size(const bg_text_page *page, const bg_node *size, const char *what, bg_text *text)
{
    const bg_node *change = bg_node_child(size, "change");
    bg_text_add(text, bg_text_page_words(page, "%s ", "%s"), what);
    if (change) {
        add_change(page, change, text);
        return;
    }
    add_change(page, bg_node_child(size, "p10"), text);
    bg_text_add(text, "%s", bg_text_page_words(page, " to ", "至"));
    add_change(page, bg_node_child(size, "p90"), text);
    bg_text_add(text, "%s", bg_text_page_words(page, " (8 chances in 10)", "（八成可能）"));
}

static void add_points_of(const bg_text_page *page, const bg_node *node, bool more, bg_text *text)
{
    const double points = (double)node->value.decimal / (double)BG_ONE * 100;
    bg_text_add(text, more ? "%+.4g" : bg_text_page_words(page, "%+.4g points", "%+.4g个百分点"),
                points);
}

/* "the fund's share of the bill -3 points", "… -5 to -1 points (8 chances in 10)" */
static void add_points(const bg_text_page *page, const bg_node *node, const char *what,
                       bg_text *text)
{
    const bg_node *points = bg_node_child(node, "points");
    bg_text_add(text, bg_text_page_words(page, "%s ", "%s"), what);
    if (points) {
        add_points_of(page, points, false, text);
        return;
    }
    add_points_of(page, bg_node_child(node, "p10"), true, text);
    bg_text_add(text, "%s", bg_text_page_words(page, " to ", "至"));
    add_points_of(page, bg_node_child(node, "p90"), false, text);
    bg_text_add(text, "%s", bg_text_page_words(page, " (8 chances in 10)", "（八成可能）"));
}

static void add_share(const bg_text_page *page, const bg_node *share, bg_text *text)
{
    const bg_node *sure = bg_node_child(share, "share");
    if (sure) {
        bg_text_add(text, "%s", sure->text);
        return;
    }
    bg_text_add(text, bg_text_page_words(page, "%s to %s (8 chances in 10)", "%s至%s（八成可能）"),
                bg_node_text(share, "p10"), bg_node_text(share, "p90"));
}

/* "5% of the cases move to inpatient care inside the county" */
static void add_place(const bg_text_page *page, const bg_node *place, bg_text *text)
{
    add_share(page, bg_node_child(place, "share"), text);
    bg_text_add(text, "%s", bg_text_page_words(page, " of the cases move to ", "的人次转到"));
    add_line(page, bg_node_text(place, "to"), text);
    if (bg_node_child(place, "to_level")) {
        bg_text_add(text, bg_text_page_words(page, ", level %s", "（级别%s）"),
                    bg_node_text(place, "to_level"));
    }
    if (bg_node_decimal(place, "relative_cost") != BG_ONE) {
        bg_text_add(
            text,
            bg_text_page_words(page, " at %s of the cost of a case there", "，次均费用为当地的%s"),
            bg_node_text(place, "relative_cost"));
    }
}

static void add_comma(const bg_text_page *page, size_t before, bg_text *text)
{
    bg_text_add(text, "%s", before ? bg_text_page_words(page, ", ", "，") : "");
}

/* A total in the unit of the page; a price is always in yuan. */
static void add_amount(const bg_text_page *page, const bg_node *amount, bg_text *text)
{
    char total[BG_AMOUNT_TEXT], price[BG_TEXT_SIZE];
    const bg_fen fen = amount->value.fen;
    bg_text_add(text, "%s",
                amount->parameter->type == BG_TYPE_MONEY
                    ? bg_amount_exact_grouped(page->unit, fen, total)
                    : bg_text_page_yuan(page, fen, price));
}

/* "direct cost of 2,000,000 yuan", "… of 1,000,000 yuan to 4,000,000 yuan (8 chances in 10)" */
static void add_uncertain(const bg_text_page *page, const bg_node *node, const char *what,
                          bg_text *text)
{
    const bg_node *amount = bg_node_child(node, "amount");
    bg_text_add(text, "%s", what);
    if (amount) {
        add_amount(page, amount, text);
        return;
    }
    add_amount(page, bg_node_child(node, "p10"), text);
    bg_text_add(text, "%s", bg_text_page_words(page, " to ", "至"));
    add_amount(page, bg_node_child(node, "p90"), text);
    bg_text_add(text, "%s", bg_text_page_words(page, " (8 chances in 10)", "（八成可能）"));
}

static double number_of(const bg_node *node)
{
    return (double)node->value.decimal / (double)BG_ONE;
}

/* "each yuan of it deters 1.5 yuan of payments in the next year", "… 1 to 4 yuan … (8 chances in 10)" */
static void add_deterrence(const bg_text_page *page, const bg_node *node, bg_text *text)
{
    const bg_node *factor = bg_node_child(node, "factor");
    if (factor) {
        bg_text_add(text,
                    bg_text_page_words(page,
                                       "each yuan of it deters %.4g yuan of payments in the next "
                                       "year",
                                       "每追回1元使次年少支付%.4g元"),
                    number_of(factor));
    } else {
        bg_text_add(text,
                    bg_text_page_words(page,
                                       "each yuan of it deters %.4g to %.4g yuan of payments in "
                                       "the next year (8 chances in 10)",
                                       "每追回1元使次年少支付%.4g至%.4g元（八成可能）"),
                    number_of(bg_node_child(node, "p10")), number_of(bg_node_child(node, "p90")));
    }
}

static void add_sizes(const bg_text_page *page, const bg_node *section, bg_text *text)
{
    const bg_node *cases = bg_node_child(section, "cases"), *cost = bg_node_child(section, "cost");
    const bg_node *place = bg_node_child(section, "place");
    size_t said = 0;
    if (cases) {
        add_size(page, cases, bg_text_page_words(page, "cases", "人次"), text);
        said++;
    }
    if (cost) {
        add_comma(page, said++, text);
        add_size(page, cost, bg_text_page_words(page, "cost a case", "次均费用"), text);
    }
    if (place) {
        add_comma(page, said++, text);
        add_place(page, place, text);
    }
    if (bg_node_child(section, "fund_share")) {
        add_comma(page, said++, text);
        add_points(page, bg_node_child(section, "fund_share"),
                   bg_text_page_words(page, "the fund's share of the bill", "基金支付比例"), text);
    }
    if (bg_node_child(section, "people")) {
        add_comma(page, said++, text);
        add_size(page, bg_node_child(section, "people"),
                 bg_text_page_words(page, "insured people", "参保人数"), text);
    }
    if (bg_node_child(section, "disallowed")) {
        add_comma(page, said++, text);
        add_points(page, bg_node_child(section, "disallowed"),
                   bg_text_page_words(page, "the share disallowed", "不予支付比例"), text);
    }
    if (bg_node_child(section, "direct_cost")) {
        add_comma(page, said++, text);
        add_uncertain(page, bg_node_child(section, "direct_cost"),
                      bg_text_page_words(page, "direct cost of ", "直接费用"), text);
    }
    if (bg_node_child(section, "recoveries")) {
        add_comma(page, said++, text);
        add_uncertain(page, bg_node_child(section, "recoveries"),
                      bg_text_page_words(page, "brings back to the pooled fund each year ",
                                         "每年追回统筹基金"),
                      text);
    }
    if (bg_node_child(section, "deterrence")) {
        add_comma(page, said++, text);
        add_deterrence(page, bg_node_child(section, "deterrence"), text);
    }
    const bg_node *contributions = bg_node_child(section, "contributions");
    if (contributions) {
        add_comma(page, said, text);
        bg_text_add(text, "%s",
                    bg_text_page_words(page, "what an insured person pays ", "个人缴费"));
        add_change(page, contributions, text);
    }
}

/* Whether it changes care, and not contributions alone. */
static bool is_of_care(const bg_node *section)
{
    return !bg_node_child(section, "contributions") || bg_node_child(section, "cases") ||
           bg_node_child(section, "cost") || bg_node_child(section, "place") ||
           bg_node_child(section, "fund_share") || bg_node_child(section, "people") ||
           bg_node_child(section, "disallowed") || bg_node_child(section, "recoveries");
}

/* ---- months ---- */

static void add_month(const bg_text_page *page, int64_t month, bg_text *text)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    const int year = (int)(month / 12), of_year = (int)(month % 12);
    if (strcmp(page->language, "zh") == 0) {
        bg_text_add(text, "%d年%d月", year, of_year + 1);
    } else {
        bg_text_add(text, "%s %d", names[of_year], year);
    }
}

static void add_months(const bg_text_page *page, const bg_node *section, bg_text *text)
{
    const int64_t from = bg_node_child(section, "from")->value.integer;
    const bg_node *until = bg_node_child(section, "until");
    const bg_node *months = bg_node_child(section, "months");
    bg_text_add(text, "%s", until ? "" : bg_text_page_words(page, "from ", "自"));
    add_month(page, from, text);
    if (until && until->value.integer != from) {
        bg_text_add(text, "%s", bg_text_page_words(page, " to ", "至"));
        add_month(page, until->value.integer, text);
    }
    bg_text_add(text, "%s", until ? "" : bg_text_page_words(page, " on", "起"));
    for (const bg_node *month = months ? months->child : NULL; month; month = month->next) {
        bg_text_add(text, "%s%s",
                    month == months->child
                        ? bg_text_page_words(page, ", every year in month ", "，每年第")
                        : bg_text_page_words(page, ", ", "、"),
                    month->text);
    }
    bg_text_add(text, "%s", months ? bg_text_page_words(page, "", "月") : "");
}

static void add_ramp(const bg_text_page *page, const bg_node *section, bg_text *text)
{
    const bg_node *ramp = bg_node_child(section, "ramp");
    const bg_node *rebound = bg_node_child(section, "rebound");
    const char *months = bg_node_text(ramp, "months");
    if (strcmp(bg_node_text(ramp, "form"), "half_time") == 0) {
        bg_text_add(text,
                    bg_text_page_words(page, "; half of the effect is there after %s months",
                                       "；%s个月后达到一半效果"),
                    months);
    } else if (strcmp(bg_node_text(ramp, "form"), "step") != 0) {
        bg_text_add(
            text,
            bg_text_page_words(page, "; in full effect after %s months", "；%s个月后全部生效"),
            months);
    }
    if (bg_node_decimal(rebound, "share") > 0) {
        bg_text_add(text,
                    bg_text_page_words(
                        page, "; %s of it is lost again in the end, half of that after %s months",
                        "；最终回弹%s，其中一半在%s个月内"),
                    bg_node_text(rebound, "share"), bg_node_text(rebound, "half_time"));
    }
}

/* When an amount holds: "in 2026" of a named year. */
static void add_when(const bg_text_page *page, const bg_node *amount, bg_text *text)
{
    if (amount->limit != INT64_MAX) {
        bg_text_add(text, bg_text_page_words(page, " in %s", "%s年"), amount->key);
    } else {
        const bool later = strcmp(amount->key, "later") == 0;
        bg_text_add(text, "%s",
                    later ? bg_text_page_words(page, " a year after that", "此后每年")
                          : bg_text_page_words(page, " in other years", "其余各年"));
    }
}

/* "3,000,000 yuan in 2026, 2,000,000 yuan a year after that"; in Chinese the year comes first. */
static void add_amounts(const bg_text_page *page, const bg_node *table, bg_text *text)
{
    const bool year_first = strcmp(page->language, "zh") == 0;
    if (table->kind == BG_NODE_VALUE) {
        bg_text_add(text, "%s", bg_text_page_words(page, "", "每年"));
        add_amount(page, table, text);
        bg_text_add(text, "%s", bg_text_page_words(page, " a year", ""));
    }
    for (const bg_node *node = table->child; node; node = node->next) {
        add_comma(page, node != table->child, text);
        if (year_first) {
            add_when(page, node, text);
        }
        add_amount(page, node, text);
        if (!year_first) {
            add_when(page, node, text);
        }
    }
}

/* "; it costs 3,000,000 yuan a year beside care, paid by the community in months 1, 7" */
static void add_outlay(const bg_text_page *page, const bg_node *section, bg_text *text)
{
    static const char *const payers[BG_OUTLAY_PAYERS][2] = {
        {"the community", "医共体"}, {"the pooled fund", "统筹基金"}, {"the government", "财政"}};
    const bg_node *outlay = bg_node_child(section, "outlay");
    const bg_node *months = bg_node_child(outlay, "months");
    if (!outlay) {
        return;
    }
    const char *const *payer = payers[bg_node_integer(outlay, "payer")];
    bg_text_add(text, "%s",
                bg_text_page_words(page, "; beside care it costs ", "；医疗费用以外另需投入："));
    add_amounts(page, bg_node_child(outlay, "amount"), text);
    bg_text_add(text, bg_text_page_words(page, ", paid by %s", "，由%s承担"),
                bg_text_page_words(page, payer[0], payer[1]));
    for (const bg_node *month = months ? months->child : NULL; month; month = month->next) {
        bg_text_add(text, "%s%s",
                    month != months->child ? bg_text_page_words(page, ", ", "、")
                    : month->next          ? bg_text_page_words(page, " in months ", "，每年")
                                           : bg_text_page_words(page, " in month ", "，每年"),
                    month->text);
    }
    bg_text_add(text, "%s", months ? bg_text_page_words(page, "", "月支付") : "");
}

/* What is an incident's alone. */
static void add_chance(const bg_text_page *page, const bg_node *section, bg_text *text)
{
    if (bg_node_decimal(section, "probability") < BG_ONE) {
        bg_text_add(text, bg_text_page_words(page, "; with a chance of %s", "；发生概率%s"),
                    bg_node_text(section, "probability"));
    }
    bg_text_add(text, "%s",
                bg_node_bool(section, "emergency")
                    ? bg_text_page_words(page, "; what it adds counts as an emergency's",
                                         "；增加的费用按突发事件费用处理")
                    : "");
    const bg_node *rebound = bg_node_child(section, "rebound");
    if (rebound) {
        bg_text_add(text, "%s", bg_text_page_words(page, "; then ", "；之后"));
        add_size(page, rebound, bg_text_page_words(page, "cases", "人次"), text);
        bg_text_add(text, bg_text_page_words(page, " for %s months", "（%s个月）"),
                    bg_node_text(rebound, "months"));
    }
}

static void add_title(const bg_text_page *page, const bg_node *section, bg_text *text)
{
    bg_text_add(text, bg_text_page_words(page, "%s: ", "%s："),
                bg_text_page_change_name(page, section));
}

/* Ends the sentence and adds it to the page. */
static void say(const bg_text_page *page, bg_text *text)
{
    bg_text_add(text, "%s", bg_text_page_words(page, ".", "。"));
    char *sentence = bg_text_take(text);
    page->document->failed = page->document->failed || !sentence;
    if (sentence) {
        bg_document_add(page->document, BG_PART_SENTENCE, 2, "%s", sentence);
    }
    free(sentence);
}

/* "Flu winter: residents' outpatient care, cases +20%, November 2026 to December 2026." */
static void say_change(const bg_text_page *page, const bg_node *section, bool incident)
{
    bg_text text = {0};
    add_title(page, section, &text);
    if (is_of_care(section)) {
        add_lines(page, section, &text);
        add_levels(page, bg_node_child(section, "level"), &text);
        bg_text_add(&text, "%s", bg_text_page_words(page, ", ", "，"));
    }
    add_sizes(page, section, &text);
    bg_text_add(&text, "%s", bg_text_page_words(page, ", ", "，"));
    add_months(page, section, &text);
    if (incident) {
        add_chance(page, section, &text);
    } else {
        add_ramp(page, section, &text);
        add_outlay(page, section, &text);
    }
    say(page, &text);
}

/* "In 2026 a surge with a chance of 20%: all care, cases +10% to +40% in months 1, 2, 12." */
static void say_surge(const bg_text_page *page)
{
    const bg_node *surge =
        bg_scenario_find(page->report->model->contract.scenario, "demand.emergency.surge");
    const bg_node *probability = bg_node_child(surge, "probability");
    bg_text text = {0};
    char *chances = bg_node_line(probability);
    bg_text_add(&text,
                bg_text_page_words(
                    page, "A surge with a chance of %s a year: ", "就医激增（每年概率%s）："),
                chances ? chances : "");
    add_lines(page, surge, &text);
    add_comma(page, 1, &text);
    add_size(page, bg_node_child(surge, "cases"), bg_text_page_words(page, "cases", "人次"), &text);
    const bg_node *months = bg_node_child(surge, "months");
    for (const bg_node *month = months ? months->child : NULL; month; month = month->next) {
        bg_text_add(&text, "%s%s",
                    month == months->child ? bg_text_page_words(page, ", in month ", "，每年第")
                                           : bg_text_page_words(page, ", ", "、"),
                    month->text);
    }
    bg_text_add(&text, "%s", bg_text_page_words(page, "", "月"));
    page->document->failed = page->document->failed || !chances;
    say(page, &text);
    free(chances);
}

static void add_yuan(const bg_text_page *page, const char *en, const char *zh, const bg_node *price,
                     size_t *said, bg_text *text)
{
    if (price) {
        add_comma(page, (*said)++, text);
        bg_text_add(text, bg_text_page_words(page, "%s ", "%s"), bg_text_page_words(page, en, zh));
        add_amount(page, price, text);
    }
}

static void add_rate(const bg_text_page *page, const char *en, const char *zh, const bg_node *rate,
                     size_t *said, bg_text *text)
{
    if (rate) {
        add_comma(page, (*said)++, text);
        bg_text_add(text, bg_text_page_words(page, "%s %s", "%s%s"),
                    bg_text_page_words(page, en, zh), rate->text);
    }
}

static void add_terms(const bg_text_page *page, const bg_node *section, bg_text *text)
{
    const bg_node *deductible = bg_node_child(section, "deductible");
    size_t said = 0;
    add_yuan(page, "deductible", "起付线", bg_node_child(deductible, "first"), &said, text);
    add_yuan(page, "for a second admission", "第二次住院", bg_node_child(deductible, "second"),
             &said, text);
    add_yuan(page, "for later ones", "以后各次", bg_node_child(deductible, "later"), &said, text);
    add_rate(page, "referred within the community, without a deductible,",
             "双向转诊不另计起付线占比", bg_node_child(section, "referred"), &said, text);
    add_rate(page, "eligible share", "政策范围内比例", bg_node_child(section, "eligible"), &said,
             text);
    bg_text_page_rates(page, section, &said, text);
    add_yuan(page, "at most a case", "单次上限", bg_node_child(section, "cap"), &said, text);
    bg_text_page_year_terms(page, section, &said, text);
}

/* "Lower deductible: residents' inpatient care inside the county, level county: deductible 300 yuan, from July 2026
 * on." */
static void say_benefit(const bg_text_page *page, const bg_node *section)
{
    const bg_node *level = bg_node_child(section, "level");
    bg_text text = {0};
    add_title(page, section, &text);
    add_lines(page, section, &text);
    if (level) {
        bg_text_add(&text, bg_text_page_words(page, ", level %s", "，级别%s"), level->text);
    }
    add_comma(page, 1, &text);
    add_terms(page, section, &text);
    add_comma(page, 1, &text);
    if (bg_node_child(section, "from")) {
        add_months(page, section, &text);
    } else {
        bg_text_add(
            &text, "%s",
            bg_text_page_words(page, "as in force in the last base year", "最近基期年执行"));
    }
    add_outlay(page, section, &text);
    say(page, &text);
}

void bg_text_page_changes(bg_text_page *page)
{
    const bg_scenario *scenario = page->report->model->contract.scenario;
    const bg_node *measures = bg_scenario_find(scenario, "measures");
    const bg_node *incidents = bg_scenario_find(scenario, "incidents");
    const bg_node *benefits = bg_scenario_find(scenario, "benefits");
    const bool surges = bg_scenario_find(scenario, "demand.emergency.surge.cases") != NULL;
    if (bg_node_count(benefits) + bg_node_count(measures) + bg_node_count(incidents) + surges ==
        0) {
        return;
    }
    bg_text_page_heading(page, BG_LABEL_changes_heading);
    for (const bg_node *node = measures ? measures->child : NULL; node; node = node->next) {
        say_change(page, node, false);
    }
    for (const bg_node *node = incidents ? incidents->child : NULL; node; node = node->next) {
        say_change(page, node, true);
    }
    for (const bg_node *node = benefits ? benefits->child : NULL; node; node = node->next) {
        say_benefit(page, node);
    }
    bg_text_page_year_notes(page, benefits);
    if (surges) {
        say_surge(page);
    }
    bg_text_page_contributions(page);
}
