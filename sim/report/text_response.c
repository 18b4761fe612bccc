/* What providers do, and what it comes to. */
#include "base/special.h"
#include "report/response_rows.h"
#include "report/text_page.h"
#include "statistics/uncertainty.h"
#include "study/score.h"

enum { INDENT = 2 };

/* From so many futures on, a gate beside which the score lies is near. */
static const double often = 0.1;

/* ---- three sentences ---- */

typedef struct answers {
    const bg_text_page *page;
    size_t scheme, year; /* the last year */
    const bg_response_year *of;
    bg_care_change care;
} answers;

__attribute__((format_arg(2), format_arg(3))) static const char *
words(const answers *self, const char *en, const char *zh)
{
    return bg_text_page_words(self->page, en, zh);
}

static double effect(const answers *self, bg_provider_action action, double normal)
{
    return bg_demand_provider_effect(self->page->report->model->demand, action, self->scheme,
                                     self->year, normal);
}

/* " (80% interval 1.4 to 7.0%)"; "" where both ends are one. */
static const char *range(const answers *self, double a, double b, char buffer[BG_TEXT_SIZE])
{
    const double low = a < b ? a : b, high = a < b ? b : a;
    buffer[0] = '\0';
    if (high - low >= 0.0005) {
        snprintf(
            buffer, BG_TEXT_SIZE,
            words(self, " (in 8 of 10 futures %.1f to %.1f%%)", "（80%%的情形为%.1f%%至%.1f%%）"),
            100 * low, 100 * high);
    }
    return buffer;
}

/* "1,906 wan yuan less" */
static const char *how_much(const answers *self, double fen, char buffer[BG_TEXT_SIZE])
{
    char text[BG_AMOUNT_TEXT];
    bg_amount_named(self->page->unit, fen < 0 ? -fen : fen, text);
    snprintf(buffer, BG_TEXT_SIZE,
             fen < 0 ? words(self, "%s less", "少%s") : words(self, "%s more", "多%s"), text);
    return buffer;
}

static void say(const answers *self, const char *sentence)
{
    bg_document_add(self->page->document, BG_PART_SENTENCE, INDENT, "%s", sentence);
}

static void say_saving(const answers *self)
{
    const double middle = effect(self, BG_PROVIDERS_SPEND_LESS, 0) - 1;
    const double sign = middle < 0 ? -1 : 1;
    const double low = sign * (effect(self, BG_PROVIDERS_SPEND_LESS, -BG_P90_NORMAL) - 1);
    const double high = sign * (effect(self, BG_PROVIDERS_SPEND_LESS, BG_P90_NORMAL) - 1);
    char interval[BG_TEXT_SIZE], saved[BG_TEXT_SIZE], sentence[4 * BG_TEXT_SIZE];
    if (middle == 0) {
        say(self, words(self, "Do they save? None of it is assumed to act in the last year.",
                        "是否节约：最后一年没有假设的节约行为。"));
        return;
    }
    snprintf(
        sentence, sizeof sentence,
        middle < 0
            ? words(self,
                    "Do they save? In %d a case in the county costs the fund %.1f%% less%s by "
                    "doing less, and it pays %s; of a yuan saved %.2f stay in the community.",
                    "是否节约：%d年县域内次均费用因少做而下降%.1f%%%s，基金支付%s；每节约"
                    "一元医共体留用%.2f元。")
            : words(self,
                    "Do they save? No: in %d a case in the county costs the fund %.1f%% "
                    "more%s, and it pays %s; of a yuan saved %.2f would stay in the community.",
                    "是否节约：否。%d年县域内次均费用上升%.1f%%%s，基金支付%s；若节约，"
                    "每元医共体留用%.2f元。"),
        bg_text_page_year(self->page, self->year), 100 * sign * middle,
        range(self, low, high, interval), how_much(self, self->of->by_spending_less, saved),
        self->of->kept);
    say(self, sentence);
}

static void say_home(const answers *self)
{
    const double low = effect(self, BG_PROVIDERS_BRING_HOME, -BG_P90_NORMAL);
    const double high = effect(self, BG_PROVIDERS_BRING_HOME, BG_P90_NORMAL);
    char interval[BG_TEXT_SIZE], paid[BG_TEXT_SIZE], sentence[4 * BG_TEXT_SIZE];
    if (high == 0) {
        say(self, words(self, "Do they bring patients home? None of it is assumed to act.",
                        "是否带回患者：没有假设的回流。"));
        return;
    }
    snprintf(sentence, sizeof sentence,
             words(self,
                   "Do they bring patients home? %.1f%% of the cases outside come back%s, some "
                   "%.0f; for them the fund pays %s.",
                   "是否带回患者：县外就医人次的%.1f%%回流%s，约%.0f人次，基金支付因此%s。"),
             100 * effect(self, BG_PROVIDERS_BRING_HOME, 0), range(self, low, high, interval),
             self->care.home, how_much(self, self->of->by_home, paid));
    say(self, sentence);
}

/* Per cent, of which what rounds to nothing has no sign. */
static double shown(double change)
{
    return change < 0 && change > -0.0005 ? 0 : 100 * change;
}

/* "patients pay 878 wan yuan more" */
static const char *patients_pay(const answers *self, char buffer[BG_TEXT_SIZE])
{
    char change[BG_TEXT_SIZE];
    if (!self->care.bills) {
        return words(self, "what patients pay is not known", "个人支付未知");
    }
    snprintf(buffer, BG_TEXT_SIZE, words(self, "patients pay %s", "患者负担%s"),
             how_much(self, self->care.patients, change));
    return buffer;
}

static const char *verdict(const answers *self, char buffer[BG_TEXT_SIZE])
{
    const double alarm = 100 * bg_response_alarm(self->page->report);
    int year = 0;
    if (bg_response_first_alarm(self->page->report, self->scheme, &year)) {
        snprintf(buffer, BG_TEXT_SIZE,
                 words(self, "ALARM, from %d on a fall of %.1f%% or more",
                       "警示：自%d年起下降达到%.1f%%"),
                 year, alarm);
    } else {
        snprintf(buffer, BG_TEXT_SIZE,
                 words(self, "less than the fall of %.1f%% that would be an alarm",
                       "未达到%.1f%%的警戒降幅"),
                 alarm);
    }
    return buffer;
}

static void say_stinting(const answers *self)
{
    char how[BG_TEXT_SIZE], pay[BG_TEXT_SIZE], sentence[4 * BG_TEXT_SIZE];
    snprintf(
        sentence, sizeof sentence,
        words(self,
              "Do they stint? Cases change by %+.1f%% and the bill of a case of the same kind in "
              "the county by %+.1f%% (%s); %s.",
              "是否少做服务：人次变化%+.1f%%，县域内同类病例次均费用变化%+.1f%%（%s）；%s。"),
        shown(self->care.cases), shown(self->care.bill), verdict(self, how),
        patients_pay(self, pay));
    say(self, sentence);
}

typedef struct gate {
    bg_decimal bound;
    int year;
    bg_probability near;
} gate;

/* The one beside which a simulated score lies in most futures; `near` of no futures where there is none. */
static gate nearest_gate(const bg_text_page *page)
{
    const bg_score_bounds gates = bg_score_gates_of(page->report->model->contract.scenario);
    gate nearest = {0};
    for (size_t i = 0; i < gates.count && bg_model_has_score(page->report->model); i++) {
        for (size_t year = 0; year < bg_text_page_years(page); year++) {
            gate found = {.bound = gates.bound[i], .year = bg_text_page_year(page, year)};
            if (bg_score_near(page->report->projection, year, found.bound, &found.near)) {
                page->document->failed = true;
            }
            nearest = found.near.hits > nearest.near.hits || nearest.near.n == 0 ? found : nearest;
        }
    }
    return nearest;
}

/* A score may count how much care is given; what steps ask of it are the volume gates of a contract. */
static void say_gate(const bg_text_page *page)
{
    const gate nearest = nearest_gate(page);
    char points[BG_NUMBER_TEXT], chance[BG_AMOUNT_TEXT];
    if (nearest.near.n == 0) {
        return;
    }
    bg_decimal_text(nearest.bound, points);
    bg_share_with_error(nearest.near.estimate, nearest.near.low, nearest.near.high, chance);
    bg_document_add(page->document, BG_PART_SENTENCE, INDENT,
                    nearest.near.estimate >= often
                        ? bg_text_page_words(
                              page,
                              "Is a gate near? ALARM: in %d the score lies within %d points of "
                              "the %s that a step asks for in %s of the futures.",
                              "是否接近门槛：警示。%d年得分与某步骤所要求分数相差%d分以内（要求%s"
                              "分）的概率为%s。")
                        : bg_text_page_words(
                              page,
                              "Is a gate near? No: in %d the score lies within %d points of "
                              "the %s that a step asks for in %s of the futures, in no year more.",
                              "是否接近门槛：否。%d年得分与某步骤所要求分数相差%d分以内（要求%s"
                              "分）的概率为%s，其他年度不高于此。"),
                    nearest.year, BG_SCORE_NEAR, points, chance);
}

/* Does this contract make the hospital save, bring patients home, or stint? */
static void answer(const bg_text_page *page, size_t scheme)
{
    const bg_report *report = page->report;
    answers self = {.page = page, .scheme = scheme, .year = bg_text_page_years(page) - 1};
    self.of = bg_projection_response(report->projection, scheme, self.year);
    self.care = bg_care_change_find(report->model, report->projection, scheme, self.year);
    say_saving(&self);
    say_home(&self);
    say_stinting(&self);
    if (scheme == 0) {
        say_gate(page); /* the score is one for all */
    }
}

/* ---- year by year ---- */

static void add_row(const bg_text_page *page, size_t scheme, size_t year, bg_sheet *sheet)
{
    const bg_response_year *of = bg_projection_response(page->report->projection, scheme, year);
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%d", bg_text_page_year(page, year)));
    if (of->known) {
        bg_sheet_add_text(
            sheet, bg_sheet_keep(sheet, "%.2f ±%.2f", of->kept, bg_margin_of_se(of->kept_se)));
    } else {
        bg_sheet_add_absent(sheet);
    }
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%.0f%%", 100 * of->strength));
    bg_sheet_add_rounded(sheet, of->without);
    bg_sheet_add_rounded(sheet, of->by_spending_less);
    bg_sheet_add_rounded(sheet, of->by_heavier);
    bg_sheet_add_rounded(sheet, of->by_home);
    bg_sheet_add_rounded(sheet, of->with);
    if (of->without > 0) {
        bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%+.1f%%", 100 * bg_response_change(of)));
    } else {
        bg_sheet_add_absent(sheet);
    }
}

void bg_text_page_response(bg_text_page *page, size_t scheme)
{
    if (!bg_response_known(page->report)) {
        return;
    }
    const bg_column columns[] = {
        {.kind = BG_CELL_TEXT, .heading = bg_text_page_words(page, "Year", "年度")},
        {.kind = BG_CELL_TEXT, .heading = bg_text_page_words(page, "Kept of a yuan", "每元留用")},
        {.kind = BG_CELL_TEXT, .heading = bg_text_page_words(page, "In force", "反应程度")},
        {.kind = BG_CELL_FEN,
         .scale = page->unit,
         .heading = bg_text_page_words(page, "If they did nothing", "不反应")},
        {.kind = BG_CELL_FEN,
         .scale = page->unit,
         .heading = bg_text_page_words(page, "Doing less", "少做")},
        {.kind = BG_CELL_FEN,
         .scale = page->unit,
         .heading = bg_text_page_words(page, "Heavier cases", "病种变重")},
        {.kind = BG_CELL_FEN,
         .scale = page->unit,
         .heading = bg_text_page_words(page, "Brought home", "患者回流")},
        {.kind = BG_CELL_FEN,
         .scale = page->unit,
         .heading = bg_text_page_words(page, "As it is", "有反应")},
        {.kind = BG_CELL_TEXT, .heading = bg_text_page_words(page, "Change", "变化")},
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t year = 0; year < bg_projection_year_count(page->report->projection); year++) {
        add_row(page, scheme, year, &sheet);
    }
    bg_text_page_heading(page, BG_LABEL_response_heading);
    answer(page, scheme);
    bg_document_add_gap(page->document);
    bg_document_add_sheet(page->document, INDENT, &sheet);
    bg_document_add(page->document, BG_PART_SENTENCE, INDENT, "%s",
                    bg_label(BG_LABEL_response_words, page->language));
}
