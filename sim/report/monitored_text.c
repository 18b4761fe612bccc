/* A running year in words, the answer first. */
#include "base/elementary.h"
#include "base/text.h"
#include "contract/money_unit.h"
#include "report/label.h"
#include "report/monitored.h"

#include <math.h>
#include <stdlib.h>

#define Z80 1.2815515655446004

enum { MONTHS = BG_YEAR_MONTHS, INDENT = 2 };

typedef struct saying {
    const bg_monitor *of;
    const char *language;
    bg_money_scale money;
    bg_document *page;
} saying;

static const char *either(const saying *self, const char *en, const char *zh)
    __attribute__((format_arg(2), format_arg(3)));

static const char *either(const saying *self, const char *en, const char *zh)
{
    return bg_in_language(self->language, en, zh);
}

static const char *light_words(const saying *self, bg_light light)
{
    static const char *const en[BG_LIGHTS] = {"green", "amber", "red"};
    static const char *const zh[BG_LIGHTS] = {"绿灯", "黄灯", "红灯"};
    return bg_in_language(self->language, en[light], zh[light]);
}

static const char *month_words(const saying *self, size_t month, char buffer[16])
{
    static const char *const names[MONTHS] = {"January",   "February", "March",    "April",
                                              "May",       "June",     "July",     "August",
                                              "September", "October",  "November", "December"};
    if (self->language[0] == 'z') {
        snprintf(buffer, 16, "%zu月", month);
    } else {
        snprintf(buffer, 16, "%s", names[(month + MONTHS - 1) % MONTHS]);
    }
    return buffer;
}

#define MONTH(self, month) month_words(self, month, (char[16]){0})
#define AMOUNT(self, fen)  bg_amount_named((self)->money, fen, (char[BG_AMOUNT_TEXT]){0})

/* "4.2% above", "高4.2%". */
static const char *beside(const saying *self, double ratio, char buffer[48])
{
    const double points = bg_percent_points(ratio - 1), size = fabs(points);
    if (points > 0) {
        snprintf(buffer, 48, either(self, "%.1f%% above", "高%.1f%%"), size);
    } else if (points < 0) {
        snprintf(buffer, 48, either(self, "%.1f%% below", "低%.1f%%"), size);
    } else {
        snprintf(buffer, 48, "%s", either(self, "as much as", "持平"));
    }
    return buffer;
}

#define BESIDE(self, ratio) beside(self, ratio, (char[48]){0})

static const char *chance_words(double chance, char buffer[16])
{
    const char *const sign = chance >= 0.995 ? ">" : chance < 0.005 ? "<" : "";
    const double shown = chance >= 0.995 ? 0.99 : chance < 0.005 ? 0.01 : chance;
    snprintf(buffer, 16, "%s%.0f%%", sign, 100 * shown);
    return buffer;
}

#define CHANCE(chance) chance_words(chance, (char[16]){0})

static const char *result_words(const saying *self, double result, char buffer[BG_AMOUNT_TEXT + 16])
{
    const char *const does =
        result < 0 ? either(self, "bears ", "承担") : either(self, "keeps ", "留用");
    char amount[BG_AMOUNT_TEXT];
    snprintf(buffer, BG_AMOUNT_TEXT + 16, "%s%s", does,
             bg_amount_named(self->money, fabs(result), amount));
    return buffer;
}

#define RESULT(self, result) result_words(self, (double)(result), (char[BG_AMOUNT_TEXT + 16]){0})

/* NULL where nothing was added; the page is lost where memory ran out. */
static char *take_list(const saying *self, bg_text *list)
{
    self->page->failed = self->page->failed || list->failed;
    return bg_text_take(list);
}

/* ---- the answer ---- */

static void say_where_it_ends(const saying *self, const bg_monitor_unit *unit)
{
    const size_t months = self->of->to_date.months;
    const bg_monitor_end *now = &unit->end[months];
    bg_document_add(
        self->page, BG_PART_SENTENCE, 0,
        either(self,
               "%s: %s. By the end of %s %s were spent, %s what was expected; the year will end at "
               "about %s (80%%: %s) and overspends beyond %s, with a chance of %s.",
               "%s：%s。截至%s末支出%s，与年初预期相比%s；全年约%s（80%%区间：%s），"
               "超过%s即为超支，超支可能性%s。"),
        bg_label_of_scheme(unit->name, self->language), light_words(self, now->light),
        MONTH(self, months), AMOUNT(self, unit->to_date),
        BESIDE(self, unit->to_date / unit->expected_to_date),
        AMOUNT(self, bg_lognormal_at(&now->year, 0)),
        bg_amount_range(self->money, bg_lognormal_at(&now->year, -Z80),
                        bg_lognormal_at(&now->year, Z80), self->language, (char[BG_RANGE_TEXT]){0}),
        AMOUNT(self, (double)unit->line.line), CHANCE(now->overspend));
}

static void say_since_when(const saying *self, const bg_monitor_unit *unit)
{
    const bg_monitor_end *now = &unit->end[self->of->to_date.months];
    if (unit->turned == 0) {
        bg_document_add(self->page, BG_PART_PARAGRAPH, INDENT,
                        either(self, "It was %s before the year began, by a chance of %s.",
                               "年初即为%s（当时超支可能性%s）。"),
                        light_words(self, now->light), CHANCE(unit->end[0].overspend));
        return;
    }
    const bg_monitor_end *at = &unit->end[unit->turned];
    bg_document_add(
        self->page, BG_PART_PARAGRAPH, INDENT,
        either(
            self,
            "It turned %s with %s, which came to %s what was expected: the chance went from %s to "
            "%s.",
            "%s自%s起：该月支出与年初预期相比%s，超支可能性由%s变为%s。"),
        light_words(self, now->light), MONTH(self, unit->turned),
        BESIDE(self, bg_exp(at->deviation)), CHANCE(at[-1].overspend), CHANCE(at->overspend));
}

static void say_what_must_happen(const saying *self, const bg_monitor_unit *unit)
{
    const size_t left = MONTHS - self->of->to_date.months;
    if (left == 0) {
        return;
    }
    if (unit->rest_allowed <= 0) {
        bg_document_add(self->page, BG_PART_PARAGRAPH, INDENT,
                        either(self, "That is passed already, by %s.", "目前已超过该界限%s。"),
                        AMOUNT(self, -unit->rest_allowed));
        return;
    }
    bg_document_add(
        self->page, BG_PART_PARAGRAPH, INDENT,
        either(
            self,
            "To end without an overspend the %zu months to come may cost %s: %s what was expected "
            "of them beforehand, %s what is expected now.",
            "如要不超支，其余%zu个月支出须不超过%s：与年初预期相比%s，与目前预计相比%s。"),
        left, AMOUNT(self, unit->rest_allowed),
        BESIDE(self, unit->rest_allowed / unit->rest_expected),
        BESIDE(self, unit->rest_allowed / unit->rest_likely));
    if (unit->rest_last > 0) {
        bg_document_add(
            self->page, BG_PART_PARAGRAPH, INDENT,
            self->of->to_date.has_last
                ? either(self,
                         "That is %s the same months of last year; so far the year is %s last "
                         "year, and the rest is expected to be %s.",
                         "即与上年同期相比%s；目前累计与上年同期相比%s，其余月份预计与上年同期相比%"
                         "s。")
                : either(self,
                         "That is %s last year, divided by the season of the scenario; so far the "
                         "year is %s last year, and the rest is expected to be %s.",
                         "即与上年同期相比%s（上年支出按季节系数分摊）；目前累计与上年同期相比%s，"
                         "其余月份预计与上年同期相比%s。"),
            BESIDE(self, unit->rest_allowed / unit->rest_last),
            BESIDE(self, unit->to_date / unit->to_date_last),
            BESIDE(self, unit->rest_likely / unit->rest_last));
    }
}

static void say_result(const saying *self, const bg_monitor_unit *unit)
{
    bg_document_add(self->page, BG_PART_PARAGRAPH, INDENT,
                    either(self,
                           "The community then %s; where the year ends low it %s, where it ends "
                           "high it %s (10 and 90%%).",
                           "届时医共体%s；全年支出偏低时%s，偏高时%s（10%%与90%%分位）。"),
                    RESULT(self, unit->result[1]), RESULT(self, unit->result[0]),
                    RESULT(self, unit->result[2]));
}

/* ---- months ---- */

static void add_column(bg_sheet *sheet, bg_cell_kind kind, const char *heading, const saying *self,
                       bg_form form)
{
    bg_sheet_add_column(
        sheet,
        (bg_column){
            .kind = kind, .heading = heading, .scale = self->money, .form = form, .right = true});
}

/* NaN of what was before the year. */
static double amount_in(const saying *self, const double *amounts, size_t unit, size_t end)
{
    return end == 0 ? NAN : bg_month_prior_sum(&self->of->prior, unit, amounts, end - 1, end);
}

static void add_end(const saying *self, size_t unit, size_t end, bg_sheet *sheet)
{
    const bg_monitor_end *at = &self->of->unit[unit].end[end];
    const bool before = end == 0;
    bg_sheet_add_text(sheet, before ? either(self, "before", "年初")
                                    : bg_sheet_keep(sheet, "%s", MONTH(self, end)));
    bg_sheet_add_amount(sheet, amount_in(self, self->of->paid, unit, end));
    bg_sheet_add_amount(sheet, amount_in(self, self->of->prior.expected, unit, end));
    bg_sheet_add_text(sheet, before ? NULL
                                    : bg_sheet_keep(sheet, "%+.1f%%",
                                                    bg_percent_points(bg_exp(at->deviation) - 1)));
    bg_sheet_add_amount(sheet, bg_lognormal_at(&at->year, 0));
    bg_sheet_add_interval(sheet, BG_CELL_AMOUNT, bg_lognormal_at(&at->year, 0),
                          bg_lognormal_at(&at->year, -Z80), bg_lognormal_at(&at->year, Z80));
    bg_sheet_add_share(sheet, at->overspend);
    bg_sheet_add_text(sheet, light_words(self, at->light));
}

static void say_months(const saying *self, size_t unit)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->language);
    add_column(&sheet, BG_CELL_TEXT, either(self, "End of", "月末"), self, BG_FORM_VALUE);
    add_column(&sheet, BG_CELL_AMOUNT, either(self, "Month", "当月支出"), self, BG_FORM_VALUE);
    add_column(&sheet, BG_CELL_AMOUNT, either(self, "Expected", "年初预期"), self, BG_FORM_VALUE);
    add_column(&sheet, BG_CELL_TEXT, either(self, "Off", "偏离"), self, BG_FORM_VALUE);
    add_column(&sheet, BG_CELL_AMOUNT, either(self, "Year", "全年预计"), self, BG_FORM_VALUE);
    add_column(&sheet, BG_CELL_AMOUNT, either(self, "80%", "80%区间"), self, BG_FORM_RANGE);
    add_column(&sheet, BG_CELL_SHARE, either(self, "Overspend", "超支可能性"), self, BG_FORM_PLAIN);
    add_column(&sheet, BG_CELL_TEXT, either(self, "Light", "预警"), self, BG_FORM_VALUE);
    for (size_t end = 0; end <= self->of->to_date.months; end++) {
        add_end(self, unit, end, &sheet);
    }
    bg_document_add(
        self->page, BG_PART_HEADING, 0, either(self, "%s by month (%s)", "%s逐月（%s）"),
        bg_label_of_scheme(self->of->unit[unit].name, self->language), self->money.name);
    bg_document_add_sheet(self->page, INDENT, &sheet);
    const char *name = self->of->unit[unit].name;
    char picture[64];
    snprintf(picture, sizeof picture, "monitor-%s", name);
    bg_document_add_chart(self->page, picture,
                          either(self, "The year to date: %s", "年内累计支出：%s"),
                          bg_label_of_scheme(name, self->language));
}

/* ---- lights ---- */

static void say_trust(const saying *self, const bg_monitor_unit *unit)
{
    const size_t months = self->of->to_date.months;
    const bg_alarm_rates *at = &unit->alarm.at[months - 1], *ever = &unit->alarm.ever;
    bg_document_add(
        self->page, BG_PART_SENTENCE, INDENT,
        unit->alarm.overspends
            ? either(self, "%s: a year that goes as expected overspends, but for chance.",
                     "%s：按年初预期该年度本身即超支。")
            : either(self, "%s: a year that goes as expected does not overspend, but for chance.",
                     "%s：按年初预期该年度不超支。"),
        bg_label_of_scheme(unit->name, self->language));
    if (at->red.n > 0) {
        bg_document_add(
            self->page, BG_PART_PARAGRAPH, INDENT + 2,
            either(self,
                   "False alarms, where it goes as expected and ends without an overspend: red at "
                   "the end of %s in %.1f%% of cases, amber or red in %.1f%%; in at least one "
                   "month of the year %.1f%% and %.1f%%. To be red in vain in at most 5%% of such "
                   "years, monitor.red would have to be %.0f%%.",
                   "误报率（全年符合预期且最终未超支）：%s末亮红灯%.1f%%，黄灯或红灯%.1f%%；"
                   "全年至少一个月分别为%.1f%%与%.1f%%。如要全年误亮红灯不超过5%%，"
                   "红灯界限（monitor.red）须设为%.0f%%。"),
            MONTH(self, months), 100 * at->red.estimate, 100 * at->amber.estimate,
            100 * ever->red.estimate, 100 * ever->amber.estimate, 100 * unit->alarm.red_by_5);
    }
    if (at->red_in_vain.n > 0 && at->missed.n > 0) {
        bg_document_add(
            self->page, BG_PART_PARAGRAPH, INDENT + 2,
            either(self,
                   "Of all years that the model gives it, those without an overspend in the end "
                   "are red then in %.1f%%; those with one are green in %.1f%%.",
                   "按模型的各种年景：最终未超支的年份中此时亮红灯的占%.1f%%；"
                   "最终超支的年份中此时亮绿灯的占%.1f%%。"),
            100 * at->red_in_vain.estimate, 100 * at->missed.estimate);
    }
}

static void say_lights(const saying *self)
{
    bg_document_add_gap(self->page);
    bg_document_add(
        self->page, BG_PART_LINE, 0,
        either(self,
               "The lights: amber from a chance of %.0f%%, red from %.0f%%; how often "
               "they err, by %d drawn years of either kind",
               "预警：超支可能性达%.0f%%亮黄灯，达%.0f%%亮红灯；误报率（两类各模拟%d年）"),
        100 * self->of->bounds.amber, 100 * self->of->bounds.red, BG_ALARM_YEARS);
    for (size_t u = 0; u < self->of->units; u++) {
        say_trust(self, &self->of->unit[u]);
    }
}

/* ---- what it rests on ---- */

static void say_prior(const saying *self, size_t unit)
{
    const bg_monitor_unit *of = &self->of->unit[unit];
    const bg_lognormal *before = &of->end[0].year;
    bg_document_add(
        self->page, BG_PART_SENTENCE, INDENT,
        either(self,
               "%s: budget %s, payable %s. Before the year %s ±%.1f%% (standard deviation) were "
               "expected; what all months so far deviate by, the months to come are taken to "
               "deviate by to %.0f%%.",
               "%s：年度付费总额%s，可支付额%s。年初预期%s，标准差%.1f%%；"
               "已发生各月的共同偏离，按%.0f%%计入其余月份。"),
        bg_label_of_scheme(of->name, self->language), AMOUNT(self, (double)of->line.budget),
        AMOUNT(self, (double)of->line.payable), AMOUNT(self, before->mean),
        100 * before->sd / before->mean, 100 * of->carried);
}

static void say_incidents(const saying *self)
{
    const bg_demand *demand = self->of->model->demand;
    bg_text names = {0};
    for (size_t j = 0; j < bg_demand_change_count(demand); j++) {
        if (self->of->incidents >> j & 1) {
            bg_text_add(&names, "%s%s", names.length ? either(self, ", ", "、") : "",
                        bg_demand_change(demand, j).name);
        }
    }
    char *list = take_list(self, &names);
    if (list) {
        bg_document_add(
            self->page, BG_PART_SENTENCE, INDENT,
            either(self,
                   "Incidents of the year that the scenario declares (%s) are expected in their "
                   "months. What these months deviate by is read as the incident's, as far as its "
                   "size is uncertain, and only for the rest as the year's.",
                   "情景中列明的本年度事件（%s）已计入相应月份的预期；这些月份的偏离，"
                   "在事件规模不确定的范围内归于事件，其余部分才视为全年趋势。"),
            list);
    }
    free(list);
    const bg_node *emergency =
        bg_scenario_find(self->of->model->contract.scenario, "demand.emergency");
    bg_document_add(
        self->page, BG_PART_SENTENCE, INDENT,
        either(self,
               "No emergency is reckoned with that the scenario does not declare (it gives one a "
               "chance of %.3g%% a year): one that has begun belongs under incidents, else its "
               "months are read as those of the year.",
               "未列入情景的突发事件（情景设定每年发生概率%.3g%%）不在预计之内；如已发生，"
               "请写入事件（incidents），否则其影响会被视为全年趋势。"),
        100 * bg_node_double(emergency, "probability"));
}

static void say_run_off(const saying *self)
{
    const bg_run_off *run_off = &self->of->watch.run_off;
    bg_text shares = {0};
    for (size_t lag = 0; lag < MONTHS && run_off->share[lag] < 0.9995; lag++) {
        bg_text_add(&shares, "%s%.1f%% ±%.1f%%", lag ? either(self, ", ", "、") : "",
                    100 * run_off->share[lag],
                    100 * run_off->share[lag] * sqrt(run_off->variance[lag]));
    }
    char *list = take_list(self, &shares);
    if (list) {
        bg_document_add(self->page, BG_PART_SENTENCE, INDENT,
                        either(self,
                               "Months are those of care; of a month there is known, from %zu "
                               "months after it on, month by month: %s.",
                               "按就诊月份计；某月费用自%zu个月后起逐月已知的比例：%s。"),
                        self->of->to_date.delay, list);
    }
    free(list);
}

/* Years of the contract that are over. */
static void say_known_years(const saying *self)
{
    const bg_contract *contract = &self->of->model->contract;
    bg_text years = {0};
    for (size_t y = 0; y < self->of->year; y++) {
        double sum = 0;
        for (size_t s = 0; s < self->of->prior.schemes; s++) {
            sum += self->of->known.paid[s][y];
        }
        if (sum > 0) {
            bg_text_add(&years, "%s%d: %s", years.length ? either(self, ", ", "、") : "",
                        contract->first_year + (int)y, AMOUNT(self, sum));
        }
    }
    char *list = take_list(self, &years);
    if (list) {
        bg_document_add(self->page, BG_PART_SENTENCE, INDENT,
                        either(self, "Years of the contract that are over are learned from (%s).",
                               "合同期内已结束年度的支出已计入预期（%s）。"),
                        list);
    }
    free(list);
}

static void say_basis(const saying *self)
{
    bg_document_add(self->page, BG_PART_HEADING, 0, either(self, "What this rests on", "依据"));
    for (size_t u = 0; u < self->of->units; u++) {
        say_prior(self, u);
    }
    if (self->of->to_date.months == 1) {
        bg_document_add(self->page, BG_PART_SENTENCE, INDENT,
                        either(self,
                               "One month is little: the year's end rests mostly on what was "
                               "expected beforehand.",
                               "仅有一个月数据：全年预计主要取决于年初预期。"));
    }
    bg_document_add(
        self->page, BG_PART_SENTENCE, INDENT,
        either(self,
               "Months vary by %.1f%% about their share of the year (monitor.month_noise), which "
               "is demand.season's; neither is learned from these months.",
               "各月围绕季节份额（demand.season）的波动取%.1f%%（monitor.month_noise），"
               "二者均未由本年数据估计。"),
        100 * self->of->prior.noise);
    say_known_years(self);
    say_run_off(self);
    say_incidents(self);
}

void bg_monitored_document(const bg_monitor *self, const char *language, bg_document *page)
{
    const saying to = {.of = self,
                       .language = language,
                       .money = bg_contract_money(&self->model->contract, language),
                       .page = page};
    const char *title =
        bg_node_in_language(bg_scenario_find(self->model->contract.scenario, "title"), language);
    bg_document_add(page, BG_PART_TITLE, 0,
                    either(&to, "%d to the end of %s%s%s", "%d年年内监测（截至%s末）%s%s"),
                    self->to_date.year, MONTH(&to, self->to_date.months),
                    title ? either(&to, ": ", "：") : "", title ? title : "");
    bg_document_add_gap(page);
    for (size_t u = 0; u < self->units; u++) {
        say_where_it_ends(&to, &self->unit[u]);
        say_since_when(&to, &self->unit[u]);
        say_what_must_happen(&to, &self->unit[u]);
        if (u < self->prior.schemes) {
            say_result(&to, &self->unit[u]);
        }
    }
    for (size_t u = 0; u < self->units; u++) {
        say_months(&to, u);
    }
    say_lights(&to);
    say_basis(&to);
}
