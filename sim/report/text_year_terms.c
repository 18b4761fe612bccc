/* Rates by bands, and terms of a person's year, among benefit terms in words. */
#include "base/text.h"
#include "report/text_page.h"

#include <string.h>

static void add_comma(const bg_text_page *page, size_t *said, bg_text *text)
{
    bg_text_add(text, "%s", (*said)++ ? bg_text_page_words(page, ", ", "，") : "");
}

/* "60% to 50,000 yuan, 70% above" */
static void add_bands(const bg_text_page *page, const bg_node *bands, bg_text *text)
{
    for (const bg_node *band = bands->child; band; band = band->next) {
        if (band->next) {
            char yuan[BG_TEXT_SIZE];
            bg_text_add(text, bg_text_page_words(page, "%s to %s, ", "%s（%s以下）、"), band->text,
                        bg_text_page_yuan(page, band->limit / (BG_ONE / 100), yuan));
        } else {
            const bool alone = band == bands->child;
            bg_text_add(text, "%s%s", band->text,
                        alone ? "" : bg_text_page_words(page, " above", "（以上部分）"));
        }
    }
}

void bg_text_page_rates(const bg_text_page *page, const bg_node *section, size_t *said,
                        bg_text *text)
{
    const bg_node *rate = bg_node_child(section, "rate"), *bands = bg_node_child(section, "bands");
    if (rate || bands) {
        add_comma(page, said, text);
        bg_text_add(text, bg_text_page_words(page, "rate %s", "报销比例%s"),
                    rate ? rate->text : "");
    }
    if (bands) {
        add_bands(page, bands, text);
    }
}

static void add_yuan(const bg_text_page *page, const char *en, const char *zh, const bg_node *price,
                     size_t *said, bg_text *text)
{
    if (price) {
        add_comma(page, said, text);
        char yuan[BG_TEXT_SIZE];
        bg_text_add(text, bg_text_page_words(page, "%s %s a person and year", "%s每人%s"),
                    bg_text_page_words(page, en, zh),
                    bg_text_page_yuan(page, price->value.fen, yuan));
    }
}

static void add_insurance(const bg_text_page *page, const bg_node *section, size_t *said,
                          bg_text *text)
{
    const bg_node *threshold = bg_node_child(section, "threshold");
    const bg_node *payer = bg_node_child(section, "paid_by");
    if (!threshold) {
        add_comma(page, said, text);
        bg_text_add(text, "%s", bg_text_page_words(page, "catastrophic insurance", "大病保险"));
    }
    add_yuan(page, "catastrophic insurance above", "大病保险起付标准", threshold, said, text);
    bg_text_page_rates(page, section, said, text);
    add_yuan(page, "up to", "大病保险年度上限", bg_node_child(section, "cap"), said, text);
    if (payer) {
        add_comma(page, said, text);
        bg_text_add(text, "%s",
                    strcmp(payer->text, "pool") == 0
                        ? bg_text_page_words(page, "paid by the pool", "由统筹基金支付")
                        : bg_text_page_words(page, "paid by an insurer", "由承保公司支付"));
    }
}

void bg_text_page_year_terms(const bg_text_page *page, const bg_node *section, size_t *said,
                             bg_text *text)
{
    const bg_node *insurance = bg_node_child(section, "catastrophic");
    add_yuan(page, "outpatient care up to", "门诊年度限额",
             bg_node_child(section, "outpatient_limit"), said, text);
    add_yuan(page, "ceiling of", "年度封顶线", bg_node_child(section, "ceiling"), said, text);
    if (insurance) {
        add_insurance(page, insurance, said, text);
    }
}

void bg_text_page_year_notes(const bg_text_page *page, const bg_node *benefits)
{
    bool year = false, insurance = false;
    for (const bg_node *entry = benefits ? benefits->child : NULL; entry; entry = entry->next) {
        insurance = insurance || bg_node_child(entry, "catastrophic");
        year = year || bg_node_child(entry, "outpatient_limit") || bg_node_child(entry, "ceiling");
    }
    if (year || insurance) {
        bg_document_add(page->document, BG_PART_SENTENCE, 2, "%s",
                        bg_text_page_words(
                            page,
                            "Terms of a person's year are one factor of all the year's payments "
                            "of their lines, the same in every month from their first on.",
                            "个人年度限额、封顶线和大病保险按全年支付折算为统一系数，自生效月份起"
                            "各月相同。"));
    }
    if (insurance) {
        bg_document_add(
            page->document, BG_PART_SENTENCE, 2, "%s",
            bg_text_page_words(
                page,
                "Catastrophic insurance that the pool does not pay itself is paid "
                "by an insurer: its premium is in the fund's payments already and "
                "stays as it is, so that patients pay less or more, and the fund only "
                "as they respond.",
                "大病保险未注明由统筹基金支付的，由承保公司支付：保费已含在基金支出中"
                "且保持不变，直接影响的是患者负担，患者就医随之增减时才影响基金支出。"));
    }
}
