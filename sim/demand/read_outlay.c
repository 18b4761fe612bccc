/* What measures and changes of terms cost beside care. */
#include "demand/messages.h"
#include "demand/outlay.h"
#include "demand/reader.h"

#include <stdlib.h>
#include <string.h>

/* ---- who pays ---- */

static size_t scheme_called(const bg_history *history, const char *name)
{
    size_t scheme = 0;
    while (scheme < history->scheme_count && strcmp(history->scheme[scheme].name, name) != 0) {
        scheme++;
    }
    return scheme;
}

void bg_demand_weigh_schemes(const bg_history *history, const bg_change *change,
                             int64_t weight[BG_MAX_SCHEMES])
{
    for (size_t i = 0; i < history->line_count; i++) {
        if (change->line[i]) {
            const int scheme = history->line[i].scheme;
            weight[scheme] = history->scheme[scheme].paid_fen[history->year_count - 1];
        }
    }
}

/* False where there is nobody to pay: a community of an area has no such line, or the text is wrong. */
static bool weigh_schemes(bg_demand_reader *self, const bg_node *node, const bg_change *change,
                          int64_t weight[BG_MAX_SCHEMES])
{
    const bg_history *history = self->history;
    bg_demand_weigh_schemes(history, change, weight);
    bool any = false;
    for (size_t s = 0; s < history->scheme_count; s++) {
        any = any || weight[s] > 0;
    }
    const bg_node *named = bg_node_child(node, "scheme");
    if (!any || !named) {
        return any;
    }
    const size_t scheme = scheme_called(history, named->text);
    if (scheme == history->scheme_count) {
        BG_DEMAND_FAIL(self, BG_INVALID, named, BG_SAY(outlay_scheme_unknown),
                       bg_scheme_words(named->text));
        return false;
    }
    memset(weight, 0, BG_MAX_SCHEMES * sizeof *weight);
    weight[scheme] = 1;
    return true;
}

/* ---- how much, and when ---- */

static bool check_years(bg_demand_reader *self, const bg_node *amount, const bg_horizon *horizon)
{
    const int last = horizon->first_year + (int)horizon->years - 1;
    bool good = true;
    for (const bg_node *year = amount->child; year; year = year->next) {
        if (year->limit != INT64_MAX && (year->limit < horizon->first_year || year->limit > last)) {
            BG_DEMAND_FAIL(self, BG_RANGE, year, BG_SAY(outlay_year), year->key,
                           horizon->first_year, last);
            good = false;
        }
    }
    return good;
}

/* A year that is named costs what stands there; what holds for all, later or other years, in those in
 * which the change acts. */
static bg_fen amount_in(const bg_node *table, const bg_change *change, int calendar_year,
                        size_t year)
{
    const bg_node *amount = bg_node_in_year(table, calendar_year);
    const bool named = amount && amount->limit == calendar_year;
    return amount && (named || change->months[year]) ? amount->value.fen : 0;
}

/* Those listed; else those in which it acts, else all. */
static uint16_t paying_months(const bg_node *node, const bg_change *change, size_t year)
{
    const bg_node *list = bg_node_child(node, "months");
    uint16_t months = 0;
    for (const bg_node *month = list ? list->child : NULL; month; month = month->next) {
        months = (uint16_t)(months | 1 << (month->value.integer - 1));
    }
    return list ? months : change->months[year] ? change->months[year] : BG_ALL_MONTHS;
}

/* To the fen: schemes add up to the amount, months to the schemes' parts. */
static bg_status divide(bg_fen amount, const int64_t weight[BG_MAX_SCHEMES], uint16_t months,
                        size_t year, bg_outlay *outlay)
{
    bg_fen of_scheme[BG_MAX_SCHEMES];
    int64_t pays[12];
    for (size_t month = 0; month < 12; month++) {
        pays[month] = bg_has_month(months, month);
    }
    bg_status status = bg_money_split(amount, weight, BG_MAX_SCHEMES, of_scheme);
    for (size_t s = 0; s < BG_MAX_SCHEMES && !status; s++) {
        status = bg_money_split(of_scheme[s], pays, 12, outlay->month[s][year]);
    }
    return status;
}

static bool is_complete(bg_demand_reader *self, const bg_node *node)
{
    static const char *const keys[][2] = {
        {"amount", BG_BOTH("what it costs, in yuan a year", "每年投入多少元")},
        {"payer", BG_BOTH("who pays it, community, pool or government",
                          "由谁投入：`community`、`pool` 或 `government`")},
    };
    bool complete = true;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        if (!bg_node_child(node, keys[k][0])) {
            BG_DEMAND_FAIL(self, BG_MISSING, node, BG_SAY(key_missing_with_reason), keys[k][0],
                           keys[k][1]);
            complete = false;
        }
    }
    return complete;
}

void bg_demand_read_outlay(bg_demand_reader *self, const bg_node *section,
                           const bg_horizon *horizon, bg_change *change)
{
    const bg_node *node = bg_node_child(section, "outlay");
    const bg_node *amount = bg_node_child(node, "amount");
    int64_t weight[BG_MAX_SCHEMES] = {0};
    if (!node || !is_complete(self, node) || !check_years(self, amount, horizon) ||
        !weigh_schemes(self, node, change, weight)) {
        return;
    }
    change->outlay = calloc(1, sizeof *change->outlay);
    if (!change->outlay) {
        self->status = bg_no_memory(self->errors);
        return;
    }
    change->outlay->payer = (bg_outlay_payer)bg_node_integer(node, "payer");
    const bg_node *purpose = change->outlay->purpose = bg_node_child(node, "purpose");
    if (purpose && change->outlay->payer != BG_PAYER_COMMUNITY) {
        BG_DEMAND_FAIL(self, BG_INVALID, purpose, BG_SAY(outlay_purpose_of_community));
    }
    bg_status status = BG_OK;
    for (size_t y = 0; y < horizon->years && !status; y++) {
        const bg_fen paid = amount_in(amount, change, horizon->first_year + (int)y, y);
        status = divide(paid, weight, paying_months(node, change, y), y, change->outlay);
    }
    if (status) {
        BG_DEMAND_FAIL(self, status, amount, BG_SAY(outlay_too_large));
    }
}
