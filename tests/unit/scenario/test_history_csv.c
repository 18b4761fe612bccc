/* Past years from a table, as bureaus and people write it: what is read of it, what is left out, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "base/text.h"
#include "scenario/history_csv.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    bg_arena arena;
    bg_errors errors;
    bg_status status;
    bg_fen unit;
    char *tree; /* "2023 residents.total: paid 5; " for each line */
} reading;

static char *write_tree(const bg_raw *history)
{
    bg_text text = {0};
    bg_text_add(&text, "%s", "");
    for (const bg_raw *year = history->child; year; year = year->next) {
        for (const bg_raw *line = year->child; line; line = line->next) {
            bg_text_add(&text, "%s %s:", year->key, line->key);
            for (const bg_raw *value = line->child; value; value = value->next) {
                bg_text_add(&text, " %s %s", value->key, value->text);
            }
            bg_text_add(&text, "; ");
        }
    }
    return bg_text_take(&text);
}

static reading *read_bytes(const char *bytes, size_t size, bool sheet)
{
    reading *self = calloc(1, sizeof *self);
    bg_raw history = {.kind = BG_NODE_MAP};
    char *copy = malloc(size + 1);
    memcpy(copy, bytes, size);
    copy[size] = '\0';
    bg_errors_init(&self->errors);
    self->status = bg_history_csv_read(&self->arena, copy, size, "h.csv", sheet, &history,
                                       &self->unit, &self->errors);
    self->tree = write_tree(&history);
    free(copy);
    return self;
}

static void drop(reading *self)
{
    free(self->tree);
    bg_arena_free(&self->arena);
    bg_errors_free(&self->errors);
    free(self);
}

static const bg_error *find(const reading *self, const char *name)
{
    for (size_t i = 0; i < self->errors.count; i++) {
        if (strcmp(self->errors.items[i].name, name) == 0) {
            return &self->errors.items[i];
        }
    }
    return NULL;
}

/* Reads the text, which gives that tree and as many warnings. */
static void assert_reads(const char *text, const char *tree, size_t warnings)
{
    reading *self = read_bytes(text, strlen(text), false);
    for (size_t i = 0; i < self->errors.count && self->status; i++) {
        print_error("%s\n", self->errors.items[i].message);
    }
    assert_int_equal(self->status, BG_OK);
    assert_string_equal(self->tree, tree);
    assert_int_equal(self->errors.count, warnings);
    drop(self);
}

static void assert_refused(const char *text, const char *name, int line, int column,
                           const char *words)
{
    reading *self = read_bytes(text, strlen(text), false);
    assert_true(self->status != BG_OK);
    assert_int_equal(self->errors.error_count, 1);
    const bg_error *error = find(self, name);
    assert_non_null(error);
    assert_int_equal(error->line, line);
    assert_int_equal(error->column, column);
    assert_says_among_others(error->message, words);
    drop(self);
}

#define EXPORT                                                                                     \
    "某某县2023—2024年医保基金支出情况表,,,,\r\n单位：万元,,,,\r\n"            \
    "年度,险种,医疗总费用,统筹基金支付,备注\r\n"                                  \
    "2023,城乡居民,\"¥58,120.50\",\"¥34,200.00\",\r\n"                                       \
    "2024,城乡居民,\"¥62,300.00\",\"¥37,100.00\",含补缴\r\n"                              \
    "2023,职工,\"¥16,000.00\",\"¥11,000.00\",\r\n"                                             \
    "2024,职工,\"¥17,500.00\",\"¥12,100.00\",\r\n"

/* 58,120.50 + 62,300 + 16,000 + 17,500 = 153,920.50; 34,200 + 37,100 + 11,000 + 12,100 = 94,400. */
#define EXPORT_TOTAL "合计,,\"¥153,920.50\",\"¥94,400.00\",\r\n"
#define EXPORT_NOTE  "注：数据来自医保信息平台,,,,\r\n"
#define EXPORT_TREE                                                                                \
    "2023 residents.total: cost ¥58,120.50万元 paid ¥34,200.00万元; "                        \
    "2023 employees.total: cost ¥16,000.00万元 paid ¥11,000.00万元; "                        \
    "2024 residents.total: cost ¥62,300.00万元 paid ¥37,100.00万元; "                        \
    "2024 employees.total: cost ¥17,500.00万元 paid ¥12,100.00万元; "

static void an_export_of_a_bureau_is_read_at_once(void **state)
{
    (void)state;
    const char *text = EXPORT EXPORT_TOTAL EXPORT_NOTE;
    reading *self = read_bytes(text, strlen(text), false);
    assert_int_equal(self->status, BG_OK);
    assert_string_equal(self->tree, EXPORT_TREE);
    static const struct {
        const char *name;
        int line;
        const char *words, *chinese;
    } said[] = {
        {"history_before_headings", 1, "lines 1 to 2", "第1至2行在标题行之前，不读取。"},
        {"history_unit_of_table", 3, "in 万元", "未注明单位的金额以万元计，依据表中所注单位。"},
        {"history_columns_not_read", 3, "not read: 备注", "以下各列不读取：备注。"},
        {"history_total_left_out", 8, "sum of others", "本行为合计，与各行之和相符，略去。"},
        {"history_note_left_out", 9, "数据来自",
         "本行为说明文字，不读取：“注：数据来自医保信息平台”。"},
    };
    assert_int_equal(self->errors.count, sizeof said / sizeof *said);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        const bg_error *warning = find(self, said[i].name);
        assert_non_null(warning);
        assert_true(warning->warning);
        assert_int_equal(warning->line, said[i].line);
        assert_says_among_others(warning->message, said[i].words);
        assert_says(warning->message_zh, said[i].chinese);
    }
    drop(self);
}

/* What stands behind 其中 is in the row above already. */
static void a_part_of_another_row_is_left_out(void **state)
{
    (void)state;
    static const char *const words[] = {"其中：慢特病", "其中门诊慢特病", "of which chronic"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char text[256];
        snprintf(
            text, sizeof text,
            "年度,险种,项目,基金支付\n2024,居民,住院,300\n2024,居民,%s,80\n2024,居民,合计,300\n",
            words[i]);
        reading *self = read_bytes(text, strlen(text), false);
        assert_int_equal(self->status, BG_OK);
        assert_string_equal(self->tree, "2024 residents.inpatient: paid 300; ");
        const bg_error *warning = find(self, "history_part_left_out");
        assert_non_null(warning);
        assert_int_equal(warning->line, 3);
        drop(self);
    }
}

static void headings_are_known_whatever_their_case_blanks_and_width(void **state)
{
    (void)state;
    assert_reads("Y ear,\" P\xC2\xA0"
                 "aid\"\n2024,5\n",
                 "2024 total: paid 5; ", 0);
    assert_reads("ＹＥＡＲ,基金　支付（万元）\n２０２４年,5\n", "2024 total: paid 5万元; ", 1);
    assert_reads("年度,统筹基金支出,人均\n2024年度,5亿,7\n", "2024 total: paid 5亿; ", 1);
    assert_refused("year,pald\n2024,5\n", "history_column_near", 1, 6, "did you mean \"paid\"?");
    assert_refused("year,paid,统筹基金支府,csot\n", "history_column_near", 1, 18,
                   "did you mean \"cost\"?");
    assert_refused("年度,基金支付,统筹基金支付\n", "history_column_twice", 1, 9,
                   "as \"统筹基金支付\"; the first is \"基金支付\"");
}

static void schemes_services_and_places_are_known_by_their_words(void **state)
{
    (void)state;
    assert_reads(
        "年度,险种,项目,就医地,基金支付\n2024,居民,住院,县内,5\n2024,职工医保,门诊慢特病,县外,6\n"
        "2024,Residents,other,,7\n",
        "2024 residents.inpatient.in: paid 5; 2024 employees.chronic.out: paid 6; "
        "2024 residents.other: paid 7; ",
        0);
    assert_reads("year,line,paid\n2024,城乡居民,5\n2024,employees.total,6\n",
                 "2024 residents.total: paid 5; 2024 employees.total: paid 6; ", 0);
    assert_refused("年度,险种,基金支付\n2024,长护险,5\n", "history_word_unknown", 2, 6,
                   "\"长护险\" is not known here; known are residents (城乡居民");
    assert_refused("年度,险种,就医地,基金支付\n2024,居民,省外,5\n", "history_word_unknown", 2, 9,
                   "in (县内) and out (县外)");
}

static void a_row_of_totals_must_be_the_sum(void **state)
{
    (void)state;
    assert_refused(EXPORT "合计,,\"¥153,920.50\",\"¥94,500.00\",\r\n", "history_total_differs", 8,
                   19, "says ¥94,500.00万元, but the rows that it adds up come to 944,000,000.00");
    /* Subtotals of years and of a scheme, the total in front, and lines of which 合计 is the sum. */
    assert_reads(
        "年度,险种,基金支付\n合计,,26\n2023,居民,5\n2023,职工,6\n2023,小计,11\n2024,居民,7\n"
        "2024,职工,8\n小计,,15\n合计,居民,12\n",
        "2023 residents.total: paid 5; 2023 employees.total: paid 6; "
        "2024 residents.total: paid 7; 2024 employees.total: paid 8; ",
        4);
    assert_reads(
        "年度,险种,项目,人次,基金支付\n2024,居民,住院,1,5\n2024,居民,门诊,2,6\n2024,居民,合计,3,"
        "11\n"
        "2024,职工,合计,4,9\n",
        "2024 residents.inpatient: cases 1 paid 5; 2024 residents.outpatient: cases 2 paid 6; "
        "2024 employees.total: cases 4 paid 9; ",
        1);
    /* The sums of two years below both. */
    assert_reads(
        "年度,险种,基金支付\n2023,居民,5\n2023,职工,6\n2024,居民,7\n2024,职工,8\n2023,合计,11\n"
        "2024,合计,15\n",
        "2023 residents.total: paid 5; 2023 employees.total: paid 6; "
        "2024 residents.total: paid 7; 2024 employees.total: paid 8; ",
        2);
    assert_refused("年度,险种,人次,基金支付\n2024,居民,1,5\n合计,,2,5\n", "history_total_differs",
                   3, 5, "come to 1.00");
    assert_refused("年度,险种,基金支付\n2024,合计,5\n", "history_total_of_nothing", 2, 1,
                   "one by one");
    /* 1.4 + 1.4 = 2.8, each rounded to 1 and their sum to 3; 4 would be too much. */
    assert_reads("年度,险种,基金支付（万元）\n2024,居民,1\n2024,职工,1\n2024,合计,3\n",
                 "2024 residents.total: paid 1万元; 2024 employees.total: paid 1万元; ", 2);
    assert_refused("年度,险种,基金支付（万元）\n2024,居民,1\n2024,职工,1\n2024,合计,4\n",
                   "history_total_differs", 4, 9, "come to 20,000.00");
}

static void what_stands_around_the_figures_is_left_out(void **state)
{
    (void)state;
    assert_reads("year,paid\n2023,5\nyear,paid\n2024,6\n制表人：张三,审核人：李四\n",
                 "2023 total: paid 5; 2024 total: paid 6; ", 2);
    assert_reads("表一\n\nyear;paid\n2024;6,5\n", "2024 total: paid 6,5; ", 1);
    assert_reads("sep=;\nyear;paid\r2024;6", "2024 total: paid 6; ", 0);
    assert_refused("2023,5\n2024,6\n", "history_without_headings", 1, 1,
                   "no line names the columns");
    assert_refused("year,paid\n2024年x,5\n,6\n", "history_row_without_year", 3, 1, "has no year");
    assert_refused("年度,险种,基金支付\n2024,,5\n", "history_row_without_line", 2, 1,
                   "of the year 2024");
}

static void a_number_with_two_readings_is_refused_with_both(void **state)
{
    (void)state;
    assert_refused("year;paid\n2023;494,125\n2024;552,250\n", "history_two_readings", 2, 6,
                   "\"494,125\" can be read as 494125 or as 494.125");
    assert_refused("year;paid\n2023;49.400\n", "history_two_readings", 2, 6,
                   "can be read as 49400 or as 49.400");
    assert_reads("year;paid\n2023;494,125.0\n", "2023 total: paid 494,125.0; ", 0);
    assert_reads("year\tpaid\n2023\t494,125\n2024\t49.400\n",
                 "2023 total: paid 494,125; 2024 total: paid 49.400; ", 0);
}

static void a_workbook_is_refused_in_words(void **state)
{
    (void)state;
    assert_refused("PK\3\4....", "file_is_zip", 1, 1, "save the sheet as CSV");
    assert_refused("\xD0\xCF\x11\xE0....", "file_is_compound", 1, 1, "a password");
}

static void a_sheet_of_a_workbook_is_rounded_and_lacks_nothing(void **state)
{
    (void)state;
    const char *text = "year,cases,paid\n2023,8E2,34200.100000000002\n2024,7,\n";
    reading *self = read_bytes(text, strlen(text), true);
    assert_string_equal(self->tree, "2023 total: cases 800 paid 34200.1; ");
    const bg_error *error = find(self, "history_paid_empty");
    assert_non_null(error);
    assert_int_equal(error->line, 3);
    assert_int_equal(error->column, 8);
    assert_says_among_others(error->message, "A formula that was saved without its value");
    drop(self);
    self = read_bytes(text, strlen(text), false);
    assert_string_equal(self->tree,
                        "2023 total: cases 8E2 paid 34200.100000000002; 2024 total: cases 7; ");
    drop(self);
}

static void headings_parted_by_another_sign_are_refused(void **state)
{
    (void)state;
    assert_refused("某县\n年度，险种，基金支付\n2024，居民，5\n", "table_wide_separator", 2, 1,
                   "the sign \"，\" parts the headings here");
    assert_refused("年度|基金支付\n2024|5\n", "table_wide_separator", 1, 1, "the sign \"|\"");
}

static void a_unit_behind_the_headings_is_refused(void **state)
{
    (void)state;
    assert_refused("年度,基金支付\n2024,5\n单位：万元,\n", "history_unit_behind", 3, 1,
                   "the unit 万元 stands behind the headings");
    assert_refused("单位：元\n年度,基金支付\n2024,5\n注：单位：万元,\n", "history_unit_behind", 4,
                   1, "万元");
    assert_reads("单位：万元\n年度,基金支付\n2024,5\n单位：万元,\n", "2024 total: paid 5万元; ", 3);
}

static void the_unit_before_the_headings_is_known_as_it_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bg_fen unit;
    } rows[] = {{"单位：十亿元\n年度,基金支付\n2024,5\n", INT64_C(100000000000)},
                {"单位：万\n年度,基金支付\n2024,5\n", 1000000},
                {"单位：10000元\n年度,基金支付\n2024,5\n", 1000000},
                {"单位：人\n年度,基金支付\n2024,5\n", 0},
                {"单位：县医院\n年度,基金支付\n2024,5\n", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reading *self = read_bytes(rows[i].text, strlen(rows[i].text), false);
        assert_int_equal(self->status, BG_OK);
        assert_int_equal(self->unit, rows[i].unit);
        drop(self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_parted_by_another_sign_are_refused),
        cmocka_unit_test(the_unit_before_the_headings_is_known_as_it_is_written),
        cmocka_unit_test(a_unit_behind_the_headings_is_refused),
        cmocka_unit_test(an_export_of_a_bureau_is_read_at_once),
        cmocka_unit_test(a_part_of_another_row_is_left_out),
        cmocka_unit_test(headings_are_known_whatever_their_case_blanks_and_width),
        cmocka_unit_test(schemes_services_and_places_are_known_by_their_words),
        cmocka_unit_test(a_row_of_totals_must_be_the_sum),
        cmocka_unit_test(what_stands_around_the_figures_is_left_out),
        cmocka_unit_test(a_number_with_two_readings_is_refused_with_both),
        cmocka_unit_test(a_workbook_is_refused_in_words),
        cmocka_unit_test(a_sheet_of_a_workbook_is_rounded_and_lacks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
