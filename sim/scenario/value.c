#include "scenario/value.h"

#include "base/written.h"
#include "scenario/messages.h"
#include "scenario/path.h"
#include "scenario/slip.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Units of money of a file, as the catalogue has them. */
static const struct {
    const char *word;
    bg_fen fen;
} money_units[] = {
    {"yuan", 100},          {"thousand", 100000},         {"wan", 1000000},
    {"million", 100000000}, {"yi", INT64_C(10000000000)}, {"billion", INT64_C(100000000000)}};

#define MONEY_UNITS (sizeof money_units / sizeof money_units[0])

/* The unit in words as people write them: 万元, 人民币万元, 百万, "Million yuan", "10,000 yuan". */
static bg_fen unit_of_words(const char *text)
{
    static const char *const before[] = {"人民币", "rmb", "cny"};
    char folded[BG_WRITTEN], one[BG_WRITTEN + 1];
    const char *word = bg_written_fold(text, folded);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        const size_t length = strlen(before[i]);
        word += strncmp(word, before[i], length) == 0 ? length : 0;
    }
    const bool counted = *word >= '1' && *word <= '9';
    snprintf(one, sizeof one, "%s%s", counted ? "" : "1", word);
    bg_fen fen;
    return *word && bg_money_parse(one, 100, &fen) == BG_OK ? fen : 0;
}

bg_fen bg_money_unit(const char *word)
{
    const bg_fen fen = unit_of_words(word);
    for (size_t i = 0; i < MONEY_UNITS; i++) {
        if (money_units[i].fen == fen) {
            return fen;
        }
    }
    return 0;
}

const char *bg_money_word(bg_fen unit)
{
    size_t i = 0;
    while (money_units[i].fen != unit) {
        i++; /* every unit of a file has its row */
    }
    return money_units[i].word;
}

bool bg_name_valid(const char *text)
{
    size_t length = strlen(text);
    if (length == 0 || length > 64 || text[0] == ' ' || text[length - 1] == ' ') {
        return false;
    }
    for (const char *c = text; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte < 0x20 || byte == 0x7F || strchr("[]{}=,:;/\\\"'#%", *c)) {
            return false;
        }
    }
    return true;
}

static bg_status parse_text(const bg_parameter *row, const char *text, bg_fen unit, int64_t *value)
{
    (void)row, (void)text, (void)unit;
    *value = 0;
    return BG_OK;
}

static bg_status parse_name(const bg_parameter *row, const char *text, bg_fen unit, int64_t *value)
{
    (void)row, (void)unit;
    *value = 0;
    return bg_name_valid(text) ? BG_OK : BG_TYPE;
}

/* The choice of that unit of money: 万元 is wan. */
static const char *unit_choice(const bg_parameter *row, const char *text)
{
    const bg_fen unit = strcmp(row->path, "money_unit") == 0 ? bg_money_unit(text) : 0;
    return unit ? bg_money_word(unit) : text;
}

static bg_status parse_choice(const bg_parameter *row, const char *text, bg_fen unit,
                              int64_t *value)
{
    (void)unit;
    text = unit_choice(row, text);
    size_t length = strlen(text);
    int64_t index = 0;
    for (const char *word = row->choices; *word; index++) {
        size_t size = strcspn(word, "|");
        if (size == length && memcmp(word, text, size) == 0) {
            *value = index;
            return BG_OK;
        }
        word += size + (word[size] == '|' ? 1 : 0);
    }
    return BG_TYPE;
}

static bg_status parse_bool(const bg_parameter *row, const char *text, bg_fen unit, int64_t *value)
{
    (void)row, (void)unit;
    static const char *const words[] = {"false", "true", "no", "yes", "否", "是"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcasecmp(text, words[i]) == 0) {
            *value = i % 2;
            return BG_OK;
        }
    }
    return BG_TYPE;
}

/* Whole numbers are also written "500,000" and "50万". */
static bg_status parse_integer(const bg_parameter *row, const char *text, bg_fen unit,
                               int64_t *value)
{
    (void)row, (void)unit;
    if (bg_whole_number(text, INT64_MIN, INT64_MAX, value)) {
        return BG_OK;
    }
    bg_fen hundredths;
    const bool money =
        strstr(text, "元") || strstr(text, "yuan") || strstr(text, "¥") || strstr(text, "￥");
    bg_status status = money ? BG_TYPE : bg_money_parse(text, 100, &hundredths);
    if (status != BG_OK || hundredths % 100 != 0) {
        return status == BG_OVERFLOW ? BG_OVERFLOW : BG_TYPE;
    }
    *value = hundredths / 100;
    return BG_OK;
}

static bg_status parse_year(const bg_parameter *row, const char *text, bg_fen unit, int64_t *value)
{
    (void)row, (void)unit;
    char year[BG_YEAR_TEXT];
    return bg_whole_number(bg_year_plain(text, year) ? year : text, INT64_MIN, INT64_MAX, value)
               ? BG_OK
               : BG_TYPE;
}

/* A text without a word at its end; NULL where it ends in something else, or is that word alone. */
static const char *without(const char *text, const char *word, char number[BG_WRITTEN])
{
    const size_t length = strlen(text), size = strlen(word);
    if (length <= size || length >= BG_WRITTEN || strcmp(text + length - size, word) != 0) {
        return NULL;
    }
    snprintf(number, BG_WRITTEN, "%.*s", (int)(length - size), text);
    return number;
}

/* Behind the year of "2026-07", "2026/7" or "2026年7月"; NULL for another text. */
static const char *month_of(const char *text)
{
    static const char *const marks[] = {"-", "/", "年"};
    for (size_t i = 0; strlen(text) > 5 && i < sizeof marks / sizeof *marks; i++) {
        const size_t size = strlen(marks[i]);
        if (strncmp(text + 4, marks[i], size) == 0) {
            return text + 4 + size;
        }
    }
    return NULL;
}

static bg_status parse_month(const bg_parameter *row, const char *text, bg_fen unit, int64_t *value)
{
    (void)row, (void)unit;
    char year[5] = "", number[BG_WRITTEN];
    int64_t of_year, month;
    const char *rest = month_of(text);
    if (!rest) {
        return BG_TYPE;
    }
    memcpy(year, text, 4);
    const char *plain = without(rest, "月", number);
    if (!bg_year_read(year, &of_year) || strlen(plain ? plain : rest) > 2 ||
        !bg_whole_number(plain ? plain : rest, 1, 12, &month)) {
        return BG_TYPE;
    }
    *value = 12 * of_year + month - 1;
    return BG_OK;
}

static bg_status parse_decimal(const bg_parameter *row, const char *text, bg_fen unit,
                               int64_t *value)
{
    (void)unit;
    return bg_decimal_parse(text, row->type == BG_TYPE_RATE, value);
}

static bg_status parse_money(const bg_parameter *row, const char *text, bg_fen unit, int64_t *value)
{
    return bg_money_parse(text, row->type == BG_TYPE_PRICE ? 100 : unit, value);
}

static const struct {
    bg_status (*parse)(const bg_parameter *row, const char *text, bg_fen unit, int64_t *value);
    const char *description; /* "… is not %s", in both languages */
} types[] = {
    [BG_TYPE_NONE] = {parse_text, BG_BOTH("a section with keys", "含下级键的一节")},
    [BG_TYPE_TEXT] = {parse_text, BG_BOTH("a text", "文本")},
    [BG_TYPE_NAME] = {parse_name, BG_NAME_ALLOWED},
    [BG_TYPE_CHOICE] = {parse_choice, BG_BOTH("one of ", "下列之一：")},
    [BG_TYPE_BOOL] = {parse_bool,
                      BG_BOTH("true or false, yes or no", "是或否（`true` 或 `false`）")},
    [BG_TYPE_INTEGER] = {parse_integer,
                         BG_BOTH("a whole number such as 12 or 500,000", "整数，如 12 或 500,000")},
    [BG_TYPE_YEAR] = {parse_year, BG_BOTH("a calendar year such as 2025", "年份，如 2025")},
    [BG_TYPE_MONTH] = {parse_month, BG_BOTH("a month such as 2026-07", "月份，如 2026-07")},
    [BG_TYPE_DECIMAL] = {parse_decimal,
                         BG_BOTH("a number such as 2 or 0.85, with at most 12 decimals",
                                 "数，如 2 或 0.85，最多12位小数")},
    [BG_TYPE_RATE] = {parse_decimal, BG_BOTH("a rate such as 3% or 0.03, with at most 12 decimals",
                                             "比例，如 3% 或 0.03，最多12位小数")},
    [BG_TYPE_MONEY] = {parse_money,
                       BG_BOTH("an amount of money such as 5200, 4100万, 1.2亿 or 36.47M",
                               "金额，如 5200、4100万、1.2亿 或 36.47M")},
    [BG_TYPE_PRICE] = {parse_money,
                       BG_BOTH("an amount in yuan such as 1086.01", "以元计的金额，如 1086.01")},
};

const char *bg_points_plain(const char *text, char number[BG_WRITTEN])
{
    static const char *const words[] = {"分及以上", "分以上", "分", " points", " point"};
    const char *plain = NULL;
    for (size_t i = 0; !plain && i < sizeof words / sizeof *words; i++) {
        plain = without(text, words[i], number);
    }
    return plain ? plain : text;
}

/* The number of "392000人" where the row counts persons: without the word for its unit. */
static const char *without_unit(const bg_parameter *row, const char *text, char number[BG_WRITTEN])
{
    static const char *const units[][2] = {{"persons", "人"},
                                           {"cases", "人次"},
                                           {"points", "分"},
                                           {"months", "个月"},
                                           {"years", "年"}};
    const char *plain = NULL;
    for (size_t i = 0; !plain && i < sizeof units / sizeof *units; i++) {
        plain = strcmp(row->unit, units[i][0]) == 0 ? without(text, units[i][1], number) : NULL;
    }
    return plain ? plain : text;
}

bg_status bg_value_parse(const bg_parameter *row, const char *text, bg_fen unit, int64_t *value)
{
    char number[BG_WRITTEN];
    return types[row->type].parse(row, without_unit(row, text, number), unit, value);
}

/* "from 0 to 50% (unit)": a range in both languages, "" where there is none. */
static void range_text(const char *minimum, const char *maximum, const char *unit, char *buffer,
                       size_t size)
{
    char named[64] = ""; /* the unit, but not "1" or "1/year" */
    if (unit[0] != '\0' && unit[0] != '1') {
        snprintf(named, sizeof named, " %s", unit);
    }
    if (minimum[0] && strcmp(minimum, maximum) == 0) {
        snprintf(buffer, size, BG_BOTH("only %s%s", "%s"), minimum, named, minimum);
    } else if (minimum[0] && maximum[0]) {
        snprintf(buffer, size, BG_BOTH("from %s to %s%s", "%s至%s"), minimum, maximum, named,
                 minimum, maximum);
    } else if (minimum[0]) {
        snprintf(buffer, size, BG_BOTH("at least %s%s", "不小于%s"), minimum, named, minimum);
    } else if (maximum[0]) {
        snprintf(buffer, size, BG_BOTH("at most %s%s", "不大于%s"), maximum, named, maximum);
    } else {
        buffer[0] = '\0';
    }
}

const char *bg_value_allowed(const bg_parameter *row, char buffer[BG_ALLOWED_TEXT])
{
    if (strcmp(row->path, "money_unit") == 0) {
        snprintf(buffer, BG_ALLOWED_TEXT, "%s",
                 BG_BOTH("one of yuan, thousand, wan, million, yi, billion",
                         "下列之一：元、千元、万元、百万元、亿元、十亿元"));
        return buffer;
    }
    char range[128];
    range_text(row->minimum, row->maximum, row->unit, range, sizeof range);
    int length = snprintf(buffer, BG_ALLOWED_TEXT, "%s", types[row->type].description);
    size_t used = length < 0 ? 0 : (size_t)length;
    if (row->type == BG_TYPE_CHOICE) {
        for (const char *c = row->choices; *c && used + 3 < BG_ALLOWED_TEXT; c++) {
            if (*c == '|') {
                buffer[used++] = ',';
            }
            buffer[used++] = *c == '|' ? ' ' : *c;
        }
        buffer[used] = '\0';
    } else if (range[0] && used < BG_ALLOWED_TEXT) {
        snprintf(buffer + used, BG_ALLOWED_TEXT - used, BG_BOTH(", ", "，") "%s", range);
    }
    return buffer;
}

/* Whether `value` respects two bounds as the catalogue writes them; "" is no bound. */
static bool within(const bg_parameter *row, const char *minimum, const char *maximum, int64_t value)
{
    int64_t bound;
    if (minimum[0] && bg_value_parse(row, minimum, 100, &bound) == BG_OK && value < bound) {
        return false;
    }
    return !(maximum[0] && bg_value_parse(row, maximum, 100, &bound) == BG_OK && value > bound);
}

/* Whether a number is a place among the choices, or true or false. */
static bool is_of_type(const bg_parameter *row, int64_t value)
{
    int64_t most = 1;
    if (row->type == BG_TYPE_CHOICE) {
        most = 0;
        for (const char *c = row->choices; *c; c++) {
            most += *c == '|';
        }
    }
    return (row->type != BG_TYPE_CHOICE && row->type != BG_TYPE_BOOL) ||
           (value >= 0 && value <= most);
}

static bg_status refuse_type(const bg_parameter *row, const char *shown, bg_mark mark,
                             const char *path, bg_errors *errors)
{
    char allowed[BG_ALLOWED_TEXT];
    return bg_errors_say(errors, BG_TYPE, mark, path, BG_SAY(value_not_allowed), shown,
                         bg_value_allowed(row, allowed), bg_slip_hint(shown));
}

bool bg_lacks_percent(const char *text, bg_decimal share)
{
    return (share >= BG_ONE || share <= -BG_ONE) && !strchr(text, '%') && !strstr(text, "％");
}

bg_status bg_refuse_share(const char *text, bg_decimal share, const char *allowed, bg_mark mark,
                          const char *path, bg_errors *errors)
{
    char shown[BG_EXCERPT], read[BG_NUMBER_TEXT];
    bg_excerpt(text, shown);
    return bg_errors_say(errors, BG_RANGE, mark, path, BG_SAY(share_without_percent), shown,
                         bg_percent_text(share, read), shown, allowed);
}

/* Whether a rate is likely meant as so many per cent: usual as that, and not as it stands. */
static bool seems_percent(const bg_parameter *row, int64_t value, const char *text)
{
    const bool advised = row->advised_minimum[0] || row->advised_maximum[0];
    const char *least = advised ? row->advised_minimum : row->minimum;
    const char *most = advised ? row->advised_maximum : row->maximum;
    return row->type == BG_TYPE_RATE && bg_lacks_percent(text, value) &&
           !within(row, least, most, value) && within(row, least, most, value / 100);
}

bg_status bg_value_check(const bg_parameter *row, int64_t value, const char *text, bg_mark mark,
                         const char *path, bg_errors *errors)
{
    char shown[BG_EXCERPT];
    if (!is_of_type(row, value)) {
        return refuse_type(row, bg_excerpt(text, shown), mark, path, errors);
    }
    if (seems_percent(row, value, text)) {
        char allowed[BG_ALLOWED_TEXT];
        return bg_refuse_share(text, value, bg_value_allowed(row, allowed), mark, path, errors);
    }
    if (!within(row, row->minimum, row->maximum, value)) {
        char allowed[BG_ALLOWED_TEXT];
        return bg_errors_say(errors, BG_RANGE, mark, path, BG_SAY(value_out_of_range),
                             bg_excerpt(text, shown), bg_value_allowed(row, allowed));
    }
    if (!within(row, row->advised_minimum, row->advised_maximum, value)) {
        char range[128];
        range_text(row->advised_minimum, row->advised_maximum, row->unit, range, sizeof range);
        bg_errors_advise(errors, mark, path, BG_SAY(value_unusual), bg_excerpt(text, shown), range);
    }
    return BG_OK;
}

bg_status bg_value_read(const bg_parameter *row, const char *text, bg_fen unit, bg_mark mark,
                        const char *path, int64_t *value, bg_errors *errors)
{
    char shown[BG_EXCERPT];
    const bg_status status = bg_value_parse(row, text, unit, value);
    if (status == BG_OVERFLOW) {
        char allowed[BG_ALLOWED_TEXT];
        return bg_errors_say(errors, BG_OVERFLOW, mark, path, BG_SAY(value_too_large),
                             bg_excerpt(text, shown), bg_value_allowed(row, allowed));
    }
    return status ? refuse_type(row, bg_excerpt(text, shown), mark, path, errors)
                  : bg_value_check(row, *value, text, mark, path, errors);
}

static void choice_text(const char *choices, int64_t index, char buffer[BG_VALUE_TEXT])
{
    while (index-- > 0) {
        choices += strcspn(choices, "|") + 1;
    }
    snprintf(buffer, BG_VALUE_TEXT, "%.*s", (int)strcspn(choices, "|"), choices);
}

const char *bg_value_text(const bg_parameter *row, int64_t value, char buffer[BG_VALUE_TEXT])
{
    char number[BG_NUMBER_TEXT];
    snprintf(buffer, BG_VALUE_TEXT, "%lld", (long long)value);
    if (!is_of_type(row, value)) {
        return buffer;
    }
    switch (row->type) {
    case BG_TYPE_NONE:
    case BG_TYPE_TEXT:
    case BG_TYPE_NAME:
        buffer[0] = '\0';
        break;
    case BG_TYPE_INTEGER:
    case BG_TYPE_YEAR:
        break;
    case BG_TYPE_MONTH:
        snprintf(buffer, BG_VALUE_TEXT, "%04lld-%02lld", (long long)(value / 12),
                 (long long)(value % 12 + 1));
        break;
    case BG_TYPE_CHOICE:
        choice_text(row->choices, value, buffer);
        break;
    case BG_TYPE_BOOL:
        snprintf(buffer, BG_VALUE_TEXT, "%s", value ? "true" : "false");
        break;
    case BG_TYPE_DECIMAL:
        snprintf(buffer, BG_VALUE_TEXT, "%s", bg_decimal_text(value, number));
        break;
    case BG_TYPE_RATE:
        snprintf(buffer, BG_VALUE_TEXT, "%s", bg_percent_text(value, number));
        break;
    case BG_TYPE_MONEY:
    case BG_TYPE_PRICE:
        snprintf(buffer, BG_VALUE_TEXT, "%s", bg_money_text(value, number));
        break;
    }
    return buffer;
}

const char *bg_value_override(const bg_parameter *row, int64_t value, char buffer[BG_VALUE_TEXT])
{
    bg_value_text(row, value, buffer);
    const size_t length = strlen(buffer);
    if (row->type == BG_TYPE_MONEY) {
        snprintf(buffer + length, BG_VALUE_TEXT - length, "元");
    }
    return buffer;
}
