/* A scenario that begins with answers: to the questions of `baogan init --ask`, or none. */
#ifndef BAOGAN_COMMAND_DRAFT
#define BAOGAN_COMMAND_DRAFT

#include "base/text.h"

#include <baogan/error.h>
#include <stdbool.h>

/* X(name, English, Chinese): what is asked, in order. */
#define BG_QUESTIONS(X)                                                                                 \
    X(title, "Name of the county or of its community", "县（市、区）或医共体名称")                      \
    X(money_unit,                                                                                       \
      "Unit of amounts: yuan, wan (10,000) or yi (100 million); one may carry its own, as 5.5亿 "      \
      "or 55.5M",                                                                                       \
      "金额单位：元、万元或亿元（单个金额也可自带单位，如 5.5亿）")                                     \
    X(last_year, "Last year of which the fund's payments are known", "已有数据的最近年度")              \
    X(residents_paid,                                                                                   \
      "What the pooled fund paid for residents, one to five years up to that one, oldest first, "       \
      "such as 55,500 56,600 56,700",                                                                   \
      "居民医保统筹基金支出，截至该年度的1至5年，由远到近，用空格隔开，" \
      "如 55,500 56,600 56,700")                                                                        \
    X(employees_paid, "The same for employees; none leaves them out",                                   \
      "职工医保统筹基金支出，年度相同；没有则不计")                                                     \
    X(residents_people, "Insured residents in the last of these years", "最近年度居民参保人数")         \
    X(employees_people, "Insured employees in the last of these years", "最近年度职工参保人数")         \
    X(residents_growth, "Growth of the residents' total a year, or by year: 2026: 6%, later: 3%",       \
      "居民医保总额年增长率，也可分年度：2026: 6%，以后: 3%")                                           \
    X(employees_growth, "Growth of the employees' total", "职工医保总额年增长率")                       \
    X(surplus, "Share of a surplus that the community keeps, by bands in % of the total",               \
      "结余留用：按占年度总额的比例分档，医共体留用多少")                                               \
    X(overspend, "Share of an overspend that the community bears, by bands in % of the total",          \
      "超支分担：按占年度总额的比例分档，医共体分担多少")                                               \
    X(split, "How the result is divided among institutions", "盈亏在各成员单位之间的分配")              \
    X(tiers, "Share of the guarantee fund that is released, from which score on",                       \
      "年度保障金返还：考核得分达到几分，返还多少")                                                     \
    X(score, "Performance score, 0 to 100", "考核得分（0至100）")

typedef enum bg_question {
#define BG_QUESTION_ENUM(name, en, zh) BG_ASK_##name,
    BG_QUESTIONS(BG_QUESTION_ENUM)
#undef BG_QUESTION_ENUM
        BG_QUESTION_COUNT
} bg_question;

/* As they were typed; borrowed. "" where something is left to its default, or left out: employees. */
typedef struct bg_answers {
    const char *text[BG_QUESTION_COUNT];
    /* A rule file of the library, which takes the place of bands, split and tiers; may be NULL. */
    const char *rule;
} bg_answers;

/* Whether a question arises at all, after the answers before it. */
bool bg_answers_need(const bg_answers *self, bg_question question);

/* *text is a scenario with the answers, commented in the language; new string. What is no list of amounts, of
 * pairs, or no year adds an error; all else is for who loads the text to check. */
bg_status bg_draft_write(const bg_answers *answers, const char *language, char **text,
                         bg_errors *errors);

/* Adds the body of a rule file: without its schema and title, and with `growth` (lines, or "") as the
 * first of its section `budget`, which is added where it has none. */
void bg_draft_add_rule(bg_text *text, const char *rule, const char *growth);

#endif
