/* The words that a full report uses, for whoever signs it. */
#include "report/brief_parts.h"

static const struct {
    const char *en, *zh;
    const char *meaning_en, *meaning_zh;
} terms[] = {{"annual payment total", "年度付费总额",
              "what the pooled fund pays the community for a year's care of its insured people, "
              "agreed before the "
              "year",
              "年度开始前确定的、统筹基金当年向医共体支付的总额"},
             {"base", "基数", "fund payments of past years, of which the first total is made",
              "用来计算首年总额的以前年度基金支出"},
             {"funds held back", "预留资金",
              "parts of the total that are set aside and released or used by their own rules, such "
              "as the guarantee "
              "fund and the risk fund",
              "总额中先留出、按各自规则返还或使用的部分，如年度保障金、风险调剂金"},
             {"payable", "可支付额", "the total less the funds held back; paid in instalments",
              "总额扣除预留资金后的部分，按月预拨"},
             {"expense", "基金支出",
              "what the pooled fund pays for the insured people, wherever they are treated",
              "统筹基金为参保人支付的医疗费用，不论在何处就医"},
             {"overspend", "超支", "expense above the payable amount and what is released to it",
              "基金支出高于可支付额与返还之和的部分"},
             {"savings kept", "结余留用", "the community's part of what is not spent",
              "结余中归医共体的部分"},
             {"overspend shared", "超支分担",
              "the parts of an overspend that the community and the pooled fund bear",
              "超支由医共体与统筹基金分别承担"},
             {"income limit", "以收定支",
              "totals of all communities may not exceed the pooled fund's income",
              "各医共体总额之和不超过统筹基金当年收入"},
             {"year-end clearing", "年终清算",
              "what is due for the year less what was prepaid: paid, or refunded",
              "全年应付额减已预拨额，多退少补"},
             {"8 futures in 10", "八成情形",
              "the range that leaves a tenth of the futures below and a tenth above",
              "十种情形中约有八种落在其中，上下各余一成"},
             {"worst 5%", "最坏的5%情形",
              "the average of the twentieth of the futures that is worst for the community",
              "对医共体最不利的二十分之一情形的平均"}};

void bg_brief_glossary(bg_brief *self)
{
    bg_document_add(self->page.document, BG_PART_CHAPTER, 0, "%s",
                    bg_brief_words(self, "Words", "用语"));
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        bg_document_add_term(self->page.document, 0, bg_brief_words(self, terms[i].en, terms[i].zh),
                             bg_brief_words(self, terms[i].meaning_en, terms[i].meaning_zh));
    }
}
