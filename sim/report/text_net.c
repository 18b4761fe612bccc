/* What measures cost beside care and bring back, in sentences and tables. */
#include "base/text.h"
#include "report/text_page.h"
#include "statistics/uncertainty.h"
#include "study/net.h"

#include <math.h>
#include <stdlib.h>

enum { INDENT = 2 };

/* What is said of the unit that holds all schemes. */
typedef struct nets {
    const bg_text_page *page;
    const bg_contributions *of;
    const size_t *order; /* rows as the page has them */
    size_t unit;
    bg_money_scale money;
} nets;

__attribute__((format_arg(2), format_arg(3))) static const char *
words(const nets *self, const char *en, const char *zh)
{
    return bg_text_page_words(self->page, en, zh);
}

static bg_net net_of(const nets *self, size_t row, size_t year)
{
    return bg_net_find(self->of, row, self->unit, year);
}

static bg_net net_of_all(const nets *self, size_t row)
{
    return net_of(self, row, self->of->years);
}

/* What it gains: "the fund saves", or that and income. */
static const char *gains(const nets *self)
{
    return self->of->income ? words(self, "the fund saves and takes in", "基金节约与增收")
                            : words(self, "the fund saves", "基金节约");
}

static int last_year(const nets *self)
{
    return bg_text_page_year(self->page, self->of->years - 1);
}

/* The unit with the decimals that all figures said here can have. */
static bg_money_scale scale(const nets *self)
{
    double largest = 0;
    for (size_t row = 0; row < self->of->count; row++) {
        largest = fmax(largest, bg_margin_of_se(net_of_all(self, row).se));
    }
    return bg_money_scale_for_error(self->page->unit, largest);
}

static const char *name_of(const nets *self, size_t row)
{
    return bg_text_page_contribution_name(self->page, &self->of->row[row]);
}

/* ---- sentences ---- */

static void add_amount(const nets *self, bg_fen amount, double se, bg_text *text)
{
    char figure[BG_TEXT_SIZE];
    bg_text_add(text, words(self, "%s %s", "%s%s"),
                bg_amount_with_error(self->money, (double)amount, bg_margin_of_se(se), figure),
                self->money.name);
}

/* "the community", "the community 3.0, the pooled fund 1.2" */
static void add_payers(const nets *self, size_t row, bg_text *text)
{
    static const char *const payers[BG_OUTLAY_PAYERS][2] = {
        {"the community", "医共体"}, {"the pooled fund", "统筹基金"}, {"the government", "财政"}};
    const bg_fen all = net_of_all(self, row).outlay;
    size_t said = 0;
    for (bg_outlay_payer payer = 0; payer < BG_OUTLAY_PAYERS; payer++) {
        const bg_fen paid = bg_net_outlay(self->of, row, self->unit, self->of->years, payer);
        if (paid == 0) {
            continue;
        }
        bg_text_add(text, "%s%s", said++ ? words(self, ", ", "、") : "",
                    words(self, payers[payer][0], payers[payer][1]));
        if (paid < all) {
            char figure[BG_AMOUNT_TEXT];
            bg_text_add(text, words(self, " %s", "%s"),
                        bg_amount_text(self->money, (double)paid, figure));
        }
    }
}

/* "Family doctors: by 2030 the outlay is 11.0 million yuan, paid by the community." */
static void add_outlay(const nets *self, size_t row, const bg_net *net, bg_text *text)
{
    const bool all = self->of->row[row].kind == BG_CONTRIBUTION_TOGETHER;
    bg_text_add(text, words(self, "%s: by %d the outlay is ", "%s：至%d年累计投入"),
                all ? words(self, "All together", "各项合计") : name_of(self, row),
                last_year(self));
    add_amount(self, net->outlay, 0, text);
    bg_text_add(text, "%s", words(self, ", paid by ", "，由"));
    add_payers(self, row, text);
    bg_text_add(text, "%s", words(self, ".", "承担。"));
}

/* " Net of that the gain is 51.3 ±1.6 million yuan; on average it is earned back in 2028." */
static void add_net(const nets *self, size_t row, const bg_net *net, bg_text *text)
{
    const size_t back = bg_net_earned_back(self->of, row, self->unit);
    if (fabs((double)net->net) <= bg_margin_of_se(net->se)) {
        bg_text_add(text, "%s",
                    words(self, " What is left net of that is within its sampling error",
                          "扣除投入后的净收益在抽样误差之内"));
    } else {
        if (net->net < 0) {
            bg_text_add(text, words(self, " It is more than %s, by ", "投入大于%s，净支出"),
                        gains(self));
        } else {
            bg_text_add(text, "%s", words(self, " Net of that the gain is ", "扣除投入后净收益"));
        }
        add_amount(self, llabs(net->net), net->se, text);
    }
    if (back < self->of->years) {
        bg_text_add(text,
                    words(self, "; on average it is earned back in %d.", "，平均%d年收回投入。"),
                    bg_text_page_year(self->page, back));
    } else {
        bg_text_add(text,
                    words(self, "; on average it is not earned back by %d.",
                          "，平均而言至%d年未能收回投入。"),
                    last_year(self));
    }
}

/* Where futures differ in it: " By the end of 2030 it is in 62% of the futures." */
static void add_chance(const nets *self, const bg_net *net, bg_text *text)
{
    if (net->earned > 0 && net->earned < self->of->futures) {
        bg_text_add(text,
                    words(self, " By the end of %d it is in %.0f%% of the futures.",
                          "至%d年底，%.0f%%的情形已收回投入。"),
                    last_year(self), 100 * (double)net->earned / (double)self->of->futures);
    }
}

/* Who pays is not always who gains: " The community, which pays, is 30.5 ±1.4 million yuan better off." */
static void add_payer(const nets *self, size_t row, const bg_net *net, bg_text *text)
{
    const size_t years = self->of->years;
    const struct {
        bg_outlay_payer payer;
        bg_net_party party;
        double se;
        const char *en, *zh;
    } payers[] = {
        {BG_PAYER_COMMUNITY, BG_NET_COMMUNITY,
         bg_contributions_effect(self->of, row, self->unit, years, BG_EFFECT_COMMUNITY)->se,
         "community", "医共体"},
        {BG_PAYER_POOL, BG_NET_POOL, net->pool_se, "pool", "统筹基金"},
    };
    for (size_t i = 0; i < sizeof payers / sizeof *payers; i++) {
        if (bg_net_outlay(self->of, row, self->unit, years, payers[i].payer) < net->outlay) {
            continue;
        }
        const bg_fen own = net->party[payers[i].party];
        bg_text_add(text, words(self, " The %s, which pays, is ", "出资的%s"),
                    words(self, payers[i].en, payers[i].zh));
        if (fabs((double)own) <= bg_margin_of_se(payers[i].se)) {
            bg_text_add(text, "%s",
                        words(self, "left as it was, within the sampling error.",
                              "净得失在抽样误差之内。"));
            continue;
        }
        bg_text_add(text, "%s", own < 0 ? words(self, "", "净负担") : words(self, "", "净得益"));
        add_amount(self, llabs(own), payers[i].se, text);
        bg_text_add(text, "%s",
                    own < 0 ? words(self, " worse off.", "。") : words(self, " better off.", "。"));
    }
}

static void say_row(const nets *self, size_t row)
{
    const bg_net net = net_of_all(self, row);
    bg_text text = {0};
    add_outlay(self, row, &net, &text);
    add_net(self, row, &net, &text);
    add_chance(self, &net, &text);
    add_payer(self, row, &net, &text);
    char *sentence = bg_text_take(&text);
    self->page->document->failed = self->page->document->failed || !sentence;
    if (sentence) {
        bg_document_add(self->page->document, BG_PART_SENTENCE, INDENT, "%s", sentence);
    }
    free(sentence);
}

/* ---- tables ---- */

static void add_heading(const nets *self, bg_sheet *sheet, const char *heading)
{
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_AMOUNT,
                                           .heading = heading,
                                           .form = BG_FORM_CHANGE,
                                           .scale = self->money});
}

static void add_cell(bg_sheet *sheet, bg_fen amount, double se)
{
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, (double)amount, bg_margin_of_se(se));
}

/* In all years. */
static void add_effect(const nets *self, size_t row, bg_effect_kind kind, int sign, bg_sheet *sheet)
{
    const bg_effect *of = bg_contributions_effect(self->of, row, self->unit, self->of->years, kind);
    add_cell(sheet, sign * of->mean, of->se);
}

static void begin(const nets *self, bg_sheet *sheet, const char *heading)
{
    bg_sheet_init(sheet, self->page->language);
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_TEXT, .heading = heading});
}

static void add_sheet(const nets *self, bg_sheet *sheet)
{
    bg_document_add_gap(self->page->document);
    bg_document_add_sheet(self->page->document, INDENT, sheet);
}

/* The net so far, year by year, and when it is earned back. */
static void tabulate_years(const nets *self)
{
    const size_t years = self->of->years;
    bg_sheet sheet;
    begin(self, &sheet, words(self, "Net so far", "累计净收益"));
    for (size_t year = 0; year < years; year++) {
        add_heading(self, &sheet, bg_sheet_keep(&sheet, "%d", bg_text_page_year(self->page, year)));
    }
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_YEAR,
                                            .heading = words(self, "earned back", "收回投入")});
    for (size_t place = 0; place < self->of->count; place++) {
        const size_t row = self->order[place];
        const size_t back = bg_net_earned_back(self->of, row, self->unit);
        bg_sheet_add_text(&sheet, name_of(self, row));
        for (size_t year = 0; year < years; year++) {
            const bg_net net = net_of(self, row, year);
            add_cell(&sheet, net.so_far, net.so_far_se);
        }
        if (back < years) {
            bg_sheet_add_year(&sheet, bg_text_page_year(self->page, back));
        } else {
            bg_sheet_add_absent(&sheet);
        }
    }
    add_sheet(self, &sheet);
}

/* Whether a party has anything in any row. */
static bool shows(const nets *self, bg_net_party party)
{
    bool any = false;
    for (size_t row = 0; row < self->of->count; row++) {
        const bg_fen amount = net_of_all(self, row).party[party];
        any = any || bg_error_shows(self->money, fabs((double)amount));
    }
    return any;
}

/* What the fund saves, what it costs, what is left, and whose that is; in all years. */
static void tabulate_parties(const nets *self)
{
    static const struct {
        bg_net_party party;
        const char *en, *zh;
    } parties[] = {
        {BG_NET_COMMUNITY, "Community", "医共体"},
        {BG_NET_POOL, "Pool", "统筹基金"},
        {BG_NET_COVER, "Emergency cover", "突发事件弥补"},
        {BG_NET_ELSEWHERE, "Budgets, other funds", "总额与其他资金"},
        {BG_NET_GOVERNMENT, "Government", "财政"},
    };
    bg_sheet sheet;
    begin(self, &sheet, "");
    sheet.columns[0].heading =
        bg_sheet_keep(&sheet, words(self, "By %d", "至%d年"), last_year(self));
    add_heading(self, &sheet, words(self, "Fund saves", "基金节约"));
    if (self->of->income) {
        add_heading(self, &sheet, words(self, "Pool's income", "统筹基金收入"));
    }
    add_heading(self, &sheet, words(self, "Outlay", "投入"));
    add_heading(self, &sheet, words(self, "Net", "净收益"));
    for (size_t i = 0; i < BG_NET_PARTIES; i++) {
        if (shows(self, parties[i].party)) {
            add_heading(self, &sheet, words(self, parties[i].en, parties[i].zh));
        }
    }
    for (size_t place = 0; place < self->of->count; place++) {
        const size_t row = self->order[place];
        const bg_net net = net_of_all(self, row);
        bg_sheet_add_text(&sheet, name_of(self, row));
        add_effect(self, row, BG_EFFECT_EXPENSE, -1, &sheet);
        if (self->of->income) {
            add_effect(self, row, BG_EFFECT_INCOME, 1, &sheet);
        }
        add_cell(&sheet, -net.outlay, 0);
        add_cell(&sheet, net.net, net.se);
        for (size_t i = 0; i < BG_NET_PARTIES; i++) {
            if (shows(self, parties[i].party)) {
                add_cell(&sheet, net.party[parties[i].party], 0);
            }
        }
    }
    add_sheet(self, &sheet);
    bg_document_add(
        self->page->document, BG_PART_SENTENCE, INDENT,
        words(self,
              "Net is what %s less the outlay; behind it, whose it is. "
              "Earned back: the year from which on the net so far is not below 0. The "
              "outlay is in cash and balances, and in no settlement.",
              "净收益为%s减去投入，其后为各方份额。收回投入：累计净收益自该年起不再为负。"
              "投入计入现金与累计结余，不参与清算。"),
        gains(self));
}

void bg_text_page_net(bg_text_page *page, const size_t *order)
{
    const bg_contributions *of = page->report->contributions;
    if (!bg_net_known(of)) {
        return;
    }
    nets self = {.page = page, .of = of, .order = order, .unit = of->units - 1};
    self.money = scale(&self);
    bg_document_add_gap(page->document);
    for (size_t i = 0; i < of->count; i++) {
        if (net_of_all(&self, order[i]).outlay > 0) {
            say_row(&self, order[i]);
        }
    }
    tabulate_years(&self);
    tabulate_parties(&self);
}
