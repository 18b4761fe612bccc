/* What a settlement comes to, in sentences for somebody who has to sign it. */
#include "base/text.h"
#include "report/label.h"
#include "report/settled.h"

#include <stdlib.h>
#include <string.h>

enum { INDENT = 2 };

typedef struct meaning {
    const bg_settled *of;
    const bg_contract *contract;
    bg_money_scale unit;
    bg_document *page;
} meaning;

__attribute__((format_arg(2), format_arg(3))) static const char *
words(const meaning *self, const char *en, const char *zh)
{
    return bg_in_language(self->page->language, en, zh);
}

static const char *amount(const meaning *self, bg_fen fen, char buffer[BG_AMOUNT_TEXT])
{
    return bg_amount_exact_grouped(self->unit, fen, buffer);
}

static bool goes_to_community(const meaning *self, const bg_posting *posting)
{
    const bg_plan *plan = self->contract->plan[self->of->scheme];
    return posting->to >= 0 && strcmp(bg_plan_account(plan, (size_t)posting->to), "community") == 0;
}

/* What funds pay into the balance before anything is shared. */
static bg_fen paid_by_funds(const meaning *self)
{
    const bg_trace *trace = &self->of->trace;
    bg_fen paid = 0, balance = 0;
    for (size_t i = 0; i < trace->count; i++) {
        const bg_posting *posting = &trace->items[i];
        if (strncmp(posting->kind, "share_", strlen("share_")) == 0 ||
            strcmp(posting->kind, "pots") == 0) {
            break;
        }
        const bool fund =
            strcmp(posting->kind, "release") == 0 || strcmp(posting->kind, "cover_emergency") == 0;
        paid += fund && goes_to_community(self, posting) ? posting->amount : 0;
        balance = posting->balance_after;
    }
    return balance == self->of->block.result[BG_RESULT_balance][0] ? paid : 0;
}

/* How much of a balance is money that was held back from the same total. */
static void say_funds(const meaning *self)
{
    const bg_fen paid = paid_by_funds(self);
    const bg_fen balance = self->of->block.result[BG_RESULT_balance][0];
    const bg_fen without = balance - paid;
    char of_balance[BG_AMOUNT_TEXT], of_funds[BG_AMOUNT_TEXT], rest[BG_AMOUNT_TEXT];
    if (paid <= 0) {
        return;
    }
    amount(self, balance, of_balance);
    amount(self, paid, of_funds);
    amount(self, without < 0 ? -without : without, rest);
    if (balance > 0 && without >= 0) {
        bg_document_add(
            self->page, BG_PART_SENTENCE, INDENT,
            words(self,
                  "Of the balance before sharing, %s, funds have paid %s, which were held back "
                  "from the total; the year itself leaves %s.",
                  "分担前结余%s中，%s由预留资金支付（本已从年度总额中提取）；当年收支本身结余%s。"),
            of_balance, of_funds, rest);
    } else if (balance > 0) {
        bg_document_add(
            self->page, BG_PART_SENTENCE, INDENT,
            words(self,
                  "The balance before sharing, %s, is there because funds have paid %s, which were "
                  "held back from the total; the year itself overspends %s.",
                  "分担前结余%s来自预留资金支付的%s（本已从年度总额中提取）；当年收支本身超支%s。"),
            of_balance, of_funds, rest);
    } else {
        bg_document_add(
            self->page, BG_PART_SENTENCE, INDENT,
            words(self,
                  "Funds have paid %s, which were held back from the total; without them the year "
                  "would overspend %s.",
                  "预留资金支付了%s（本已从年度总额中提取）；若不支付，当年将超支%s。"),
            of_funds, rest);
    }
}

/* What releases have paid before the clearing. */
static bg_fen released_before(const meaning *self)
{
    bg_fen sum = 0;
    for (size_t a = 0; a < bg_plan_advance_count(self->contract->plan[self->of->scheme]); a++) {
        sum += self->of->block.advanced[a][0];
    }
    return sum;
}

/* Why something is still to be paid, or to be given back. */
static void say_clearing(const meaning *self)
{
    const bg_settlement_block *block = &self->of->block;
    const bg_fen clearing = block->result[BG_RESULT_clearing][0];
    const bg_fen outside = block->input[BG_INPUT_outside][0];
    const bool pool_pays =
        outside > 0 && !bg_plan_community_pays_outside(self->contract->plan[self->of->scheme]);
    char due[BG_AMOUNT_TEXT], entitled[BG_AMOUNT_TEXT], prepaid[BG_AMOUNT_TEXT];
    char text[4 * BG_AMOUNT_TEXT] = "";
    if (clearing == 0) {
        return;
    }
    amount(self, clearing < 0 ? -clearing : clearing, due);
    amount(self, block->result[BG_RESULT_entitlement][0], entitled);
    amount(self, block->input[BG_INPUT_prepaid][0], prepaid);
    if (pool_pays) {
        char paid_outside[BG_AMOUNT_TEXT];
        snprintf(text, sizeof text,
                 words(self, " and %s that the pool paid outside", "、统筹基金支付的县外费用%s"),
                 amount(self, outside, paid_outside));
    }
    const bg_fen released = released_before(self);
    if (released != 0) {
        char before[BG_AMOUNT_TEXT];
        const size_t length = strlen(text);
        snprintf(text + length, sizeof text - length,
                 words(self, " and releases of %s", "、年中考核返还%s"),
                 amount(self, released, before));
    }
    bg_document_add(
        self->page, BG_PART_SENTENCE, INDENT,
        clearing < 0
            ? words(self,
                    "%s are to be given back: the instalments of %s%s are so much more than the "
                    "entitlement of %s.",
                    "应退回%s：已预拨%s%s，多于应付额%s。")
            : words(self,
                    "%s are still to be paid: the instalments of %s%s are so much less than the "
                    "entitlement of %s.",
                    "尚应补付%s：已预拨%s%s，少于应付额%s。"),
        due, prepaid, text, entitled);
}

void bg_settled_say_meaning(const bg_settled *self, const bg_contract *contract,
                            bg_money_scale unit, bg_document *page)
{
    const meaning of = {self, contract, unit, page};
    say_funds(&of);
    say_clearing(&of);
}
