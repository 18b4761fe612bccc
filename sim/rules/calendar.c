/* When a contract pays. */
#include <baogan/calendar.h>

#include "rules/messages.h"

#include <stdio.h>
#include <string.h>

enum { YEAR = 12 };

/* ---- reading ---- */

/* A month that the scenario counts from January of the next year, from 1. */
static size_t month_of(const bg_node *node, size_t otherwise)
{
    return node ? YEAR + (size_t)node->value.integer - 1 : otherwise;
}

static bg_status read_repayment(const bg_node *repayment, bg_calendar *self, bg_errors *errors)
{
    const bg_node *first = bg_node_child(repayment, "first");
    const bg_node *at_once = bg_node_child(repayment, "at_once");
    self->repaid_at_once = at_once ? at_once->value.fen : 0;
    self->repaid_months = (size_t)bg_node_integer(repayment, "months");
    self->remainder_last = strcmp(bg_node_text(repayment, "remainder"), "last") == 0;
    self->repaid_from = month_of(first, self->paid + (at_once ? 1 : 0));
    if (self->repaid_from < self->paid) {
        return bg_errors_say(errors, BG_RANGE, first->mark, first->path, BG_SAY(repaid_before_paid),
                             self->repaid_from - YEAR + 1, self->paid - YEAR + 1);
    }
    return BG_OK;
}

/* What is approved for a month is paid later, but before the year is settled. */
static bg_status read_delay(const bg_scenario *scenario, bg_calendar *self, bg_errors *errors)
{
    const bg_node *prepayment = bg_scenario_find(scenario, "budget.prepayment");
    const bg_node *delay = bg_node_child(prepayment, "delay");
    if (!bg_node_child(prepayment, "approved")) {
        return BG_OK;
    }
    self->delay = delay ? (size_t)delay->value.integer : 1;
    if (delay && YEAR - 1 + self->delay > self->settled) { /* one month is always before it */
        return bg_errors_say(errors, BG_RANGE, delay->mark, delay->path, BG_SAY(paid_after_settled),
                             self->delay, self->settled - YEAR + 1);
    }
    return BG_OK;
}

bg_status bg_calendar_read(const bg_scenario *scenario, bg_calendar *calendar, bg_errors *errors)
{
    const bg_node *node = bg_scenario_find(scenario, "budget.calendar");
    *calendar = (bg_calendar){0};
    if (!node) {
        return BG_OK;
    }
    const bg_node *paid = bg_node_child(node, "paid");
    const bg_node *repayment = bg_node_child(node, "repayment");
    calendar->given = true;
    calendar->settled = month_of(bg_node_child(node, "settled"), 0);
    calendar->paid = month_of(paid, calendar->settled);
    if (calendar->paid < calendar->settled) {
        return bg_errors_say(errors, BG_RANGE, paid->mark, paid->path, BG_SAY(paid_before_settled),
                             calendar->paid - YEAR + 1, calendar->settled - YEAR + 1);
    }
    const bg_status status = read_delay(scenario, calendar, errors);
    if (status != BG_OK) {
        return status;
    }
    return repayment ? read_repayment(repayment, calendar, errors) : BG_OK;
}

size_t bg_calendar_months(const bg_calendar *self)
{
    if (!self->given) {
        return 0;
    }
    const size_t repaid = self->repaid_months ? self->repaid_from + self->repaid_months : 0;
    return repaid > self->paid + 1 ? repaid : self->paid + 1;
}

/* ---- what is repaid ---- */

/* Of `owed` in a month. Equal instalments to the fen, but for one that takes what is left over. */
static bg_fen repaid_in(const bg_calendar *self, bg_fen owed, size_t month)
{
    if (self->repaid_months == 0) {
        return month == self->paid ? owed : 0;
    }
    const bg_fen months = (bg_fen)self->repaid_months;
    const bg_fen at_once = owed < self->repaid_at_once ? owed : self->repaid_at_once;
    const bg_fen each = (owed - at_once) / months;
    const size_t odd =
        self->remainder_last ? self->repaid_from + self->repaid_months - 1 : self->repaid_from;
    bg_fen amount = month == self->paid ? at_once : 0;
    if (month >= self->repaid_from && month < self->repaid_from + self->repaid_months) {
        amount += each;
    }
    return month == odd ? amount + (owed - at_once) % months : amount;
}

/* What a clearing pays in a month. */
static bg_fen cleared_in(const bg_calendar *self, bg_fen clearing, size_t month)
{
    if (clearing >= 0) {
        return month == self->paid ? clearing : 0;
    }
    return -repaid_in(self, -clearing, month);
}

bg_status bg_calendar_clear(const bg_calendar *self, size_t n, const bg_fen *clearing,
                            bg_fen *const *due)
{
    for (size_t month = self->paid; month < bg_calendar_months(self); month++) {
        for (size_t i = 0; i < n; i++) {
            const bg_fen amount = cleared_in(self, clearing[i], month);
            if (bg_money_add(due[month][i], amount, &due[month][i])) {
                return BG_OVERFLOW;
            }
        }
    }
    return BG_OK;
}

/* ---- the payments of one year ---- */

static void add(bg_payments *self, int month, bg_payment_kind kind, bg_fen amount)
{
    if (amount != 0) {
        self->item[self->count++] = (bg_payment){month, kind, amount};
    }
}

static bg_fen instalment_in(const bg_calendar *self, const bg_paid_year *paid, size_t month)
{
    if (!paid->instalment) {
        return month == YEAR - 1 ? paid->prepaid : 0;
    }
    return month >= self->delay ? paid->instalment[month - self->delay] : 0;
}

void bg_calendar_payments(const bg_calendar *self, const bg_paid_year *paid, bg_payments *payments)
{
    const int january = YEAR * paid->year;
    payments->settled = january + (int)self->settled;
    payments->count = 0;
    for (size_t month = 0; month < YEAR + self->delay; month++) {
        add(payments, january + (int)month, BG_PAYMENT_INSTALMENT,
            instalment_in(self, paid, month));
        add(payments, january + (int)month, BG_PAYMENT_RELEASE,
            month < YEAR ? paid->released[month] : 0);
    }
    const bool in_parts = paid->clearing < 0 && self->repaid_months > 0;
    for (size_t month = self->paid; month < bg_calendar_months(self); month++) {
        add(payments, january + (int)month, in_parts ? BG_PAYMENT_REPAYMENT : BG_PAYMENT_CLEARING,
            cleared_in(self, paid->clearing, month));
    }
}

const char *bg_payment_month(int month, char buffer[16])
{
    snprintf(buffer, 16, "%04d-%02d", month / YEAR, month % YEAR + 1);
    return buffer;
}
