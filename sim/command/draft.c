#include "command/draft.h"

#include "command/messages.h"
#include "report/label.h"
#include "scenario/value.h"
#include "scenario/word.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_VALUES = 64 };

/* Parts of an answer, in a copy of it that is freed with them. */
typedef struct parts {
    char *copy;
    char *key[MOST_VALUES], *value[MOST_VALUES]; /* keys of pairs only */
    size_t count;
} parts;

typedef struct draft {
    const bg_answers *answers;
    const char *language;
    int last_year;
    parts residents, employees; /* amounts */
    parts growth[2];            /* of them; of one value there is no key */
    parts surplus, overspend, split, tiers;
} draft;

bool bg_answers_need(const bg_answers *self, bg_question question)
{
    const char *employees = self->text[BG_ASK_employees_paid];
    switch (question) {
    case BG_ASK_employees_people:
    case BG_ASK_employees_growth:
        return !employees || employees[0];
    case BG_ASK_surplus:
    case BG_ASK_overspend:
    case BG_ASK_split:
    case BG_ASK_tiers:
        return !self->rule;
    default:
        return true;
    }
}

/* ---- reading ---- */

/* Chinese punctuation as ASCII has it; a full-width comma stands between values, never inside a number. */
static char *plain_copy(const char *text)
{
    static const struct {
        const char *from;
        char to;
    } signs[] = {{"：", ':'}, {"＝", ':'}, {"，", ';'}, {"、", ';'}, {"；", ';'}, {"　", ' '}};
    char *copy = strdup(text);
    for (size_t i = 0; copy && i < sizeof signs / sizeof *signs; i++) {
        const size_t length = strlen(signs[i].from);
        for (char *sign = copy; (sign = strstr(sign, signs[i].from)) != NULL;) {
            *sign++ = signs[i].to;
            memmove(sign, sign + length - 1, strlen(sign + length - 1) + 1);
        }
    }
    return copy;
}

static bg_status begin(parts *self, const char *text, bg_errors *errors)
{
    *self = (parts){.copy = plain_copy(text)};
    return self->copy ? BG_OK : bg_no_memory(errors);
}

static char *trimmed(char *text)
{
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t", text[length - 1])) {
        text[--length] = '\0';
    }
    return text;
}

static bg_status add_part(parts *self, char *key, char *value, bg_errors *errors)
{
    if (self->count == MOST_VALUES) {
        return bg_errors_say(errors, BG_LIMIT, BG_NOWHERE, NULL, BG_SAY(answer_too_long),
                             MOST_VALUES);
    }
    self->key[self->count] = key;
    self->value[self->count++] = value;
    return BG_OK;
}

/* Whether a word is a unit that was written apart from its number, as in "5.5 亿". */
static bool is_unit(const char *word)
{
    static const char *const units[] = {"千", "万", "亿", "元"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strncmp(word, units[i], strlen(units[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* Amounts between blanks or semicolons. */
static bg_status read_amounts(parts *self, const char *text, bg_errors *errors)
{
    bg_status status = begin(self, text, errors);
    char *next = NULL;
    for (char *word = status ? NULL : strtok_r(self->copy, " \t;", &next); word && !status;
         word = strtok_r(NULL, " \t;", &next)) {
        const size_t length = strlen(word);
        if (word[length - 1] == ',') {
            word[length - 1] = '\0';
        }
        if (!word[0]) {
            continue;
        }
        if (is_unit(word) && self->count > 0) {
            char *before = self->value[self->count - 1];
            memmove(before + strlen(before), word, strlen(word) + 1);
        } else {
            status = add_part(self, NULL, word, errors);
        }
    }
    return status;
}

/* The words that stand in a scenario for what people write. */
static char *known_word(char *word)
{
    static char rest[] = "rest", later[] = "later", hospital[] = "county_hospital",
                centres[] = "township_centres", clinics[] = "village_clinics";
    char *const words[] = {rest, later, hospital, centres, clinics};
    static const char *const others[][2] = {
        {"其余", "余下"}, {"以后", "以后各年"}, {"", ""}, {"", ""}, {"", ""}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, others[i][0]) == 0 || strcmp(word, others[i][1]) == 0 ||
            strcmp(word, bg_label_of_account(words[i], "zh")) == 0 ||
            strcmp(word, bg_label_of_account(words[i], "en")) == 0) {
            return words[i];
        }
    }
    char points[BG_WRITTEN];
    const char *plain = bg_points_plain(word, points);
    if (plain != word) {
        memcpy(word, plain, strlen(plain) + 1); /* shorter */
    }
    return word;
}

/* Whether another pair begins there: a colon stands before the next separator. */
static bool begins_pair(const char *text)
{
    const size_t colon = strcspn(text, ":="), end = strcspn(text, ",;");
    return text[colon] && colon > 0 && colon < end && text[0] != '%';
}

/* A semicolon in place of the blank between two pairs: "5%:80% 10%:50%". */
static void part_pairs(char *text)
{
    bool valued = false, colon = false;
    for (char *c = text; *c; c++) {
        if (strchr(",;", *c)) {
            valued = colon = false;
        } else if (strchr(":=", *c)) {
            colon = true;
        } else if (!strchr(" \t", *c)) {
            valued = colon;
        } else if (valued && begins_pair(c + strspn(c, " \t"))) {
            *c = ';';
            valued = colon = false;
        }
    }
}

/* Pairs "5%: 30%" between commas, semicolons or blanks. */
static bg_status read_pairs(parts *self, const char *text, const char *example, bg_errors *errors)
{
    bg_status status = begin(self, text, errors);
    if (!status) {
        part_pairs(self->copy);
    }
    char *next = NULL;
    for (char *word = status ? NULL : strtok_r(self->copy, ",;", &next); word && !status;
         word = strtok_r(NULL, ",;", &next)) {
        char *pair = trimmed(word);
        char *middle = strpbrk(pair, ":=");
        middle = middle ? middle : strrchr(pair, ' ');
        if (!middle) {
            return bg_errors_say(errors, BG_INVALID, BG_NOWHERE, NULL, BG_SAY(answer_no_pair), pair,
                                 example);
        }
        *middle = '\0';
        status = add_part(self, known_word(trimmed(pair)), trimmed(middle + 1), errors);
    }
    return status;
}

/* The same, or one value without a key. */
static bg_status read_value_or_pairs(parts *self, const char *text, const char *example,
                                     bg_errors *errors)
{
    bg_status status = begin(self, text, errors);
    if (status || !strpbrk(self->copy, ":=,;")) {
        return status ? status : add_part(self, NULL, self->copy, errors);
    }
    free(self->copy);
    return read_pairs(self, text, example, errors);
}

static bg_status read_year(draft *self, const char *text, bg_errors *errors)
{
    char plain[BG_YEAR_TEXT];
    int64_t year = 0;
    if (!bg_year_plain(text, plain) || !bg_year_read(plain, &year)) {
        return bg_errors_say(errors, BG_INVALID, BG_NOWHERE, NULL, BG_SAY(answer_no_year), text);
    }
    self->last_year = (int)year;
    return BG_OK;
}

static bg_status read_payments(draft *self, bg_errors *errors)
{
    const char *employees = self->answers->text[BG_ASK_employees_paid];
    bg_status status =
        read_amounts(&self->residents, self->answers->text[BG_ASK_residents_paid], errors);
    status = status ? status : read_amounts(&self->employees, employees, errors);
    if (!status && self->employees.count > 0 && self->employees.count != self->residents.count) {
        return bg_errors_say(errors, BG_INVALID, BG_NOWHERE, NULL, BG_SAY(answer_years_differ),
                             self->residents.count, self->employees.count);
    }
    return status;
}

static bg_status read_contract(draft *self, bg_errors *errors)
{
    const char *const *text = self->answers->text;
    const struct {
        parts *parts;
        bg_question question;
        bool one;
        const char *example;
    } rows[] = {
        {&self->growth[0], BG_ASK_residents_growth, true, "2026: 6%, later: 3%"},
        {&self->growth[1], BG_ASK_employees_growth, true, "2026: 6%, later: 3%"},
        {&self->surplus, BG_ASK_surplus, true, "10%: 100%, rest: 0%"},
        {&self->overspend, BG_ASK_overspend, true, "5%: 30%, rest: 100%"},
        {&self->split, BG_ASK_split, false, "county_hospital: 60%, village_clinics: 40%"},
        {&self->tiers, BG_ASK_tiers, false, "90: 100%, 60: 50%, 0: 0%"},
    };
    bg_status status = BG_OK;
    for (size_t i = 0; i < sizeof rows / sizeof *rows && !status; i++) {
        if (bg_answers_need(self->answers, rows[i].question)) {
            status = (rows[i].one ? read_value_or_pairs : read_pairs)(
                rows[i].parts, text[rows[i].question], rows[i].example, errors);
        }
    }
    return status;
}

static void free_parts(draft *self)
{
    parts *const all[] = {&self->residents, &self->employees, &self->growth[0], &self->growth[1],
                          &self->surplus,   &self->overspend, &self->split,     &self->tiers};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        free(all[i]->copy);
    }
}

/* ---- writing ---- */

/* Plain where it can be nothing else, else quoted. */
static void add_value(bg_text *text, const char *value)
{
    if (value[0] && value[0] != '%' && value[strspn(value, "0123456789.%")] == '\0') {
        bg_text_add(text, "%s", value);
    } else {
        bg_text_add_word(text, value);
    }
}

/* "5%", or "{10%: 100%, rest: 0%}". */
static void add_parts(bg_text *text, const parts *self)
{
    if (self->count == 1 && !self->key[0]) {
        add_value(text, self->value[0]);
        return;
    }
    for (size_t i = 0; i < self->count; i++) {
        bg_text_add(text, "%s", i ? ", " : "{");
        add_value(text, self->key[i]);
        bg_text_add(text, ": ");
        add_value(text, self->value[i]);
    }
    bg_text_add(text, "%s", self->count ? "}" : "{}");
}

static void add_bands(bg_text *text, const parts *bands)
{
    if (bands->count == 1 && !bands->key[0]) {
        bg_text_add(text, "{rest: ");
        add_parts(text, bands);
        bg_text_add(text, "}");
    } else {
        add_parts(text, bands);
    }
}

/* A line of comment; what was typed has no line breaks. */
static void comment(bg_text *text, const draft *self, int indent, const char *en, const char *zh)
{
    bg_text_add(text, "%*s# %s", indent, "", bg_in_language(self->language, en, zh));
}

static void add_band_words(bg_text *text, const draft *self, const parts *bands)
{
    for (size_t i = 0; i < bands->count; i++) {
        const char *value = bands->value[i];
        bg_text_add(text, "%s", i ? bg_in_language(self->language, ", ", "，") : "");
        if (!bands->key[i]) {
            bg_text_add(text, bg_in_language(self->language, "%s of all of it", "全部的%s"), value);
        } else if (strcmp(bands->key[i], "rest") == 0) {
            bg_text_add(text, bg_in_language(self->language, "%s of the rest", "其余部分的%s"),
                        value);
        } else if (i == 0) {
            bg_text_add(text, bg_in_language(self->language, "up to %s %s of it", "%s以内部分的%s"),
                        bands->key[i], value);
        } else {
            bg_text_add(text, bg_in_language(self->language, "from %s to %s %s", "%s至%s部分的%s"),
                        bands->key[i - 1], bands->key[i], value);
        }
    }
    bg_text_add(text, "%s\n", bg_in_language(self->language, ".", "。"));
}

/* In Chinese the tier from 0 on is what lies below the one before it. */
static void add_tier(bg_text *text, const draft *self, size_t i)
{
    const char *key = self->tiers.key[i], *value = self->tiers.value[i];
    if (strcmp(self->language, "zh") != 0) {
        bg_text_add(text, "from a score of %s on %s", key, value);
    } else if (i > 0 && strcmp(key, "0") == 0) {
        bg_text_add(text, "%s分以下%s", self->tiers.key[i - 1],
                    strcmp(value, "0%") == 0 ? "不返还" : value);
    } else {
        bg_text_add(text, "%s分及以上%s", key, value);
    }
}

static void add_tier_words(bg_text *text, const draft *self)
{
    for (size_t i = 0; i < self->tiers.count; i++) {
        bg_text_add(text, "%s", i ? bg_in_language(self->language, ", ", "，") : "");
        add_tier(text, self, i);
    }
    bg_text_add(text, "%s\n",
                bg_in_language(self->language, "; the rest goes to the pooled fund.",
                               "；其余归统筹基金。"));
}

static void add_split_words(bg_text *text, const draft *self)
{
    for (size_t i = 0; i < self->split.count; i++) {
        bg_text_add(text, "%s", i ? bg_in_language(self->language, ", ", "，") : "");
        bg_text_add(text, bg_in_language(self->language, "%s %s", "%s%s"),
                    bg_label_of_account(self->split.key[i], self->language), self->split.value[i]);
    }
    bg_text_add(text, "%s\n", bg_in_language(self->language, ".", "。"));
}

static void add_head(bg_text *text, const draft *self)
{
    comment(text, self, 0, "A scenario of baogan, of the answers to baogan init --ask.\n",
            "baogan 情景文件，由 baogan init --ask 按答复生成。\n");
    bg_text_add(text, "schema: 1\ntitle: ");
    add_value(text, self->answers->text[BG_ASK_title]);
    bg_text_add(text, "\nmoney_unit: ");
    add_value(text, self->answers->text[BG_ASK_money_unit]);
    bg_text_add(text, "\n\n");
}

static void add_history(bg_text *text, const draft *self)
{
    comment(text, self, 0, "What the pooled fund paid, by scheme and year.\n",
            "统筹基金支出，分险种、年度。\n");
    bg_text_add(text, "history:\n");
    for (size_t i = 0; i < self->residents.count; i++) {
        bg_text_add(text, "  %d:\n    residents.total: ",
                    self->last_year + 1 + (int)i - (int)self->residents.count);
        add_value(text, self->residents.value[i]);
        if (self->employees.count > 0) {
            bg_text_add(text, "\n    employees.total: ");
            add_value(text, self->employees.value[i]);
        }
        bg_text_add(text, "\n");
    }
    bg_text_add(text, "\n");
}

static void add_people(bg_text *text, const draft *self)
{
    const char *residents = self->answers->text[BG_ASK_residents_people];
    const char *employees =
        self->employees.count > 0 ? self->answers->text[BG_ASK_employees_people] : "";
    if (!residents[0] && !employees[0]) {
        return;
    }
    comment(text, self, 0, "Insured people in the last of these years.\n", "最近年度参保人数。\n");
    bg_text_add(text, "people:\n");
    if (residents[0]) {
        bg_text_add(text, "  residents: {count: ");
        add_value(text, residents);
        bg_text_add(text, "}\n");
    }
    if (employees[0]) {
        bg_text_add(text, "  employees: {count: ");
        add_value(text, employees);
        bg_text_add(text, "}\n");
    }
    bg_text_add(text, "\n");
}

static void add_growth(bg_text *text, const draft *self)
{
    bg_text_add(text, "  growth: ");
    add_parts(text, &self->growth[0]);
    bg_text_add(text, "\n");
    if (self->employees.count > 0) {
        bg_text_add(text, "  schemes:\n    employees: {growth: ");
        add_parts(text, &self->growth[1]);
        bg_text_add(text, "}\n");
    }
}

static void add_score(bg_text *text, const draft *self)
{
    bg_text_add(text, "performance: {score: ");
    add_value(text, self->answers->text[BG_ASK_score]);
    bg_text_add(text, "}\n\n");
}

static void add_settlement(bg_text *text, const draft *self)
{
    comment(text, self, 0, "How a year is settled: these steps, in this order.\n",
            "年度清算：依次按以下步骤。\n");
    bg_text_add(text, "settlement:\n");
    comment(text, self, 2, "Disallowed expense is borne by the community and not shared.\n",
            "违规等不予支付的费用由医共体承担，不参与分享与分担。\n");
    bg_text_add(text, "  - disallow: {}\n");
    comment(text, self, 2,
            "Of the guarantee fund is released, by the score: ", "年度保障金按考核得分返还：");
    add_tier_words(text, self);
    bg_text_add(text, "  - release: {fund: guarantee, by_score: ");
    add_parts(text, &self->tiers);
    bg_text_add(text, ", rest: pool}\n");
    comment(text, self, 2, "The risk fund covers overspend that an emergency causes.\n",
            "突发公共卫生事件造成的超支由风险调剂金弥补。\n");
    bg_text_add(text, "  - cover_emergency: {fund: risk}\n");
    comment(text, self, 2, "Of a surplus, in % of the total, the community keeps ",
            "结余按占年度总额的比例分档，医共体留用");
    add_band_words(text, self, &self->surplus);
    bg_text_add(text, "  - share_surplus: {base: budget, bands: ");
    add_bands(text, &self->surplus);
    bg_text_add(text, ", apply: marginal}\n");
    comment(text, self, 2, "Of an overspend, in % of the total, the community bears ",
            "超支按占年度总额的比例分档，医共体分担");
    add_band_words(text, self, &self->overspend);
    bg_text_add(text, "  - share_overspend: {base: budget, bands: ");
    add_bands(text, &self->overspend);
    bg_text_add(text, ", apply: marginal, payer: pool}\n");
    comment(text, self, 2, "The result is divided: ", "盈亏分配：");
    add_split_words(text, self);
    bg_text_add(text, "  - split: ");
    add_parts(text, &self->split);
    bg_text_add(text, "\n");
    comment(text, self, 2, "Paid what is missing, refunded what is too much.\n", "多退少补。\n");
    bg_text_add(text, "  - clear: {}\n");
}

static void add_budget(bg_text *text, const draft *self)
{
    comment(text, self, 0, "The yearly total: the mean of these years, grown.\n",
            "年度总额：以上年度的平均数乘以增长。\n");
    bg_text_add(text, "budget:\n");
    add_growth(text, self);
    bg_text_add(text, "\n");
}

static void add_rule(bg_text *text, const draft *self)
{
    bg_text growth = {0};
    add_growth(&growth, self);
    char *lines = bg_text_take(&growth);
    text->failed = text->failed || !lines;
    bg_draft_add_rule(text, self->answers->rule, lines ? lines : "");
    free(lines);
}

bg_status bg_draft_write(const bg_answers *answers, const char *language, char **text,
                         bg_errors *errors)
{
    draft self = {.answers = answers, .language = language};
    *text = NULL;
    bg_status status = read_year(&self, answers->text[BG_ASK_last_year], errors);
    status = status ? status : read_payments(&self, errors);
    status = status ? status : read_contract(&self, errors);
    if (!status) {
        bg_text written = {0};
        add_head(&written, &self);
        add_history(&written, &self);
        add_people(&written, &self);
        add_score(&written, &self);
        if (answers->rule) {
            add_rule(&written, &self);
        } else {
            add_budget(&written, &self);
            add_settlement(&written, &self);
        }
        *text = bg_text_take(&written);
        status = *text ? BG_OK : bg_no_memory(errors);
    }
    free_parts(&self);
    return status;
}

/* ---- a rule of the library ---- */

static bool begins(const char *line, const char *key)
{
    return strncmp(line, key, strlen(key)) == 0;
}

void bg_draft_add_rule(bg_text *text, const char *rule, const char *growth)
{
    bool added = !growth[0];
    for (const char *line = rule; *line;) {
        const size_t length = strcspn(line, "\n");
        if (!begins(line, "schema:") && !begins(line, "title:")) {
            bg_text_add(text, "%.*s\n", (int)length, line);
        }
        if (!added && begins(line, "budget:")) {
            bg_text_add(text, "%s", growth);
            added = true;
        }
        line += length + (line[length] == '\n');
    }
    if (!added) {
        bg_text_add(text, "\nbudget:\n%s", growth);
    }
}
