#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "command/ask.h"
#include "command/library.h"

#include <baogan/projection.h>
#include <baogan/scenario.h>

/* A dialogue that has taken place. */
typedef struct spoken {
    bg_status status;
    char *text;   /* the scenario */
    char *said;   /* what was asked and said */
    char *errors; /* what was left to say, in the language */
} spoken;

static void take_errors(spoken *self, bg_errors *errors, const char *language)
{
    self->errors = errors->count > 0 ? bg_error_text(&errors->items[0], language) : strdup("");
    bg_errors_free(errors);
}

static spoken speak_bytes(const char *bytes, size_t size, const char *language, const char *rule)
{
    spoken self = {0};
    size_t said = 0;
    bg_errors errors;
    bg_errors_init(&errors);
    /* fmemopen(3) of no byte at all fails. */
    FILE *in = size ? fmemopen((void *)(uintptr_t)bytes, size, "r") : fopen("/dev/null", "r");
    FILE *out = open_memstream(&self.said, &said);
    assert_non_null(in);
    assert_non_null(out);
    const bg_dialogue dialogue = {
        .in = in, .out = out, .language = language, .rule = rule, .echo = true};
    self.status = bg_ask(&dialogue, &self.text, &errors);
    fclose(in);
    fclose(out);
    take_errors(&self, &errors, language);
    return self;
}

static spoken speak(const char *lines, const char *language)
{
    return speak_bytes(lines, strlen(lines), language, NULL);
}

static void release(spoken *self)
{
    free(self->text);
    free(self->said);
    free(self->errors);
}

static bg_scenario *load(const char *text)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    bg_model model;
    assert_int_equal(
        bg_scenario_parse(text, strlen(text), "asked", NULL, NULL, 0, &scenario, &errors), BG_OK);
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    bg_model_free(&model);
    bg_errors_free(&errors);
    return scenario;
}

static void assert_value(const bg_scenario *scenario, const char *path, int64_t value)
{
    const bg_node *node = bg_scenario_find(scenario, path);
    assert_non_null(node);
    assert_int_equal(node->value.integer, value);
}

static size_t count_of(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at += strlen(word)) {
        count++;
    }
    return count;
}

/* A planner's two schemes with bands and a score; the totals of the second year by two units. */
#define CHINESE                                                                                    \
    "阳光县\n"                                                                                  \
    "万元\n"                                                                                     \
    "2024年\n"                                                                                    \
    "5.5亿 56,600 5.67 亿\n"                                                                     \
    "2.1亿，22000，2.3亿元\n"                                                                 \
    "50万\n"                                                                                      \
    "60,000\n"                                                                                     \
    "6 ％\n"                                                                                      \
    "2025：5.5%，以后：4%\n"                                                                  \
    "5%：80%，10%：50%，其余：0%\n"                                                         \
    "5% 30%；10% 50%；其余 100%\n"                                                             \
    "县级医院：55%，乡镇卫生院：30%，村卫生室：15%\n"                            \
    "90：100%，80：80%，0：0%\n"                                                              \
    "８５\n"
enum { QUESTIONS = 14 };

static void a_chinese_dialogue_makes_a_scenario_of_two_schemes(void **state)
{
    (void)state;
    spoken self = speak(CHINESE, "zh");
    assert_int_equal(self.status, BG_OK);
    bg_scenario *scenario = load(self.text);
    assert_string_equal(bg_node_in_language(bg_scenario_find(scenario, "title"), "zh"), "阳光县");
    assert_value(scenario, "history[2022][residents.total].paid", INT64_C(55000000000));
    assert_value(scenario, "history[2023][residents.total].paid", INT64_C(56600000000));
    assert_value(scenario, "history[2024][residents.total].paid", INT64_C(56700000000));
    assert_value(scenario, "history[2023][employees.total].paid", INT64_C(22000000000));
    assert_value(scenario, "history[2024][employees.total].paid", INT64_C(23000000000));
    assert_value(scenario, "people[residents].count", 500000);
    assert_value(scenario, "people[employees].count", 60000);
    assert_value(scenario, "budget.growth", 6 * BG_ONE / 100);
    assert_value(scenario, "budget.schemes[employees].growth[2025]", 55 * BG_ONE / 1000);
    assert_value(scenario, "budget.schemes[employees].growth[later]", 4 * BG_ONE / 100);
    assert_value(scenario, "settlement[share_surplus].bands[5%]", 80 * BG_ONE / 100);
    assert_value(scenario, "settlement[share_surplus].bands[rest]", 0);
    assert_value(scenario, "settlement[share_overspend].bands[10%]", 50 * BG_ONE / 100);
    assert_value(scenario, "settlement[share_overspend].bands[rest]", BG_ONE);
    assert_value(scenario, "settlement[split][county_hospital]", 55 * BG_ONE / 100);
    assert_value(scenario, "settlement[split][village_clinics]", 15 * BG_ONE / 100);
    assert_value(scenario, "settlement[release].by_score[80]", 80 * BG_ONE / 100);
    assert_value(scenario, "performance.score", 85 * BG_ONE);
    bg_scenario_free(scenario);
    release(&self);
}

/* Blanks between the pairs, and the word for points, make the same file. */
static void pairs_may_stand_between_blanks(void **state)
{
    (void)state;
#define PAIRS(surplus, overspend, split, tiers)                                                    \
    "阳光县\n万元\n2024\n5亿 5亿\n\n50万\n6%\n" surplus "\n" overspend "\n" split "\n" tiers       \
    "\n85\n"
    spoken one = speak(PAIRS("5%:80%, 10%:50%, 其余:0%", "5%:30%, 10%:50%, 其余:100%",
                             "县级医院:55%, 乡镇卫生院:45%", "90:100%, 80:80%, 0:0%"),
                       "zh");
    spoken other = speak(PAIRS("5%:80% 10%: 50 % 其余：0%", "5% = 30% 10%=50%  其余 = 100%",
                               "县级医院：55%　乡镇卫生院：45%", "90分：100% 80分：80% 0分：0%"),
                         "zh");
#undef PAIRS
    assert_int_equal(one.status, BG_OK);
    assert_int_equal(other.status, BG_OK);
    bg_scenario *first = load(one.text), *second = load(other.text);
    char *plain = bg_scenario_yaml(first, true), *parted = bg_scenario_yaml(second, true);
    assert_string_equal(plain, parted);
    assert_non_null(strstr(other.text, "90分及以上100%，80分及以上80%，"));
    free(plain);
    free(parted);
    bg_scenario_free(first);
    bg_scenario_free(second);
    release(&one);
    release(&other);
    one = speak(
        "A\nwan\n2024\n50000 50000\n\n\n6%\n\n\ncounty hospital: 55% township centres: 45%\n\n\n",
        "en");
    assert_int_equal(one.status, BG_OK);
    assert_non_null(strstr(one.text, "split: {county_hospital: 55%, township_centres: 45%}"));
    release(&one);
}

static void the_settlement_stands_in_words_beside_it(void **state)
{
    (void)state;
    spoken self = speak(CHINESE, "zh");
    assert_non_null(
        strstr(self.text, "医共体分担5%以内部分的30%，5%至10%部分的50%，其余部分的100%。"));
    assert_non_null(
        strstr(self.text, "90分及以上100%，80分及以上80%，80分以下不返还；其余归统筹基金。"));
    assert_non_null(strstr(self.text, "盈亏分配：县级医院55%，乡镇卫生院30%，村卫生室15%。"));
    release(&self);
    self = speak("\n\n\n100M\n\n\n\n70%\n\n\n\n\n", "en");
    assert_int_equal(self.status, BG_OK);
    assert_non_null(strstr(self.text, "the community keeps 70% of all of it."));
    assert_non_null(
        strstr(self.text, "bears up to 5% 30% of it, from 5% to 10% 50%, 100% of the rest."));
    assert_non_null(strstr(self.text, "county hospital 60%, township centres 30%"));
    release(&self);
}

static void totals_are_said_as_they_were_read(void **state)
{
    (void)state;
    spoken self = speak(CHINESE, "zh");
    assert_non_null(strstr(self.said, "2022年：55,000万元"));
    assert_non_null(strstr(self.said, "2023年：22,000万元"));
    assert_null(strstr(self.said, "警告"));
    release(&self);
    self = speak("\n\n\n55500\n", "en");
    assert_non_null(strstr(self.said, "2025: 55,500 wan yuan"));
    release(&self);
}

static void a_score_as_a_share_of_1_is_warned_of(void **state)
{
    (void)state;
    spoken self = speak("\n\n\n55500\n\n\n\n\n\n\n\n0.86\n", "en");
    assert_int_equal(self.status, BG_OK);
    assert_true(says_among_others(self.said, "\"0.86\" is read as a score of 0.86 points"));
    assert_true(says_among_others(self.said, "Did you mean 86?"));
    release(&self);
    self = speak("\n\n\n55500\n\n\n\n\n\n\n\n0.86\n", "zh");
    assert_true(says_among_others(self.said, "警告：performance.score: “0.86”按得分0.86分读取"));
    release(&self);
    self = speak("\n元\n\n55500\n", "zh"); /* 55,500 yuan for a scheme */
    assert_true(says_among_others(self.said, "警告："));
    assert_non_null(strstr(self.said, "2025年：55,500元"));
    release(&self);
}

/* Of one scheme nine lines are enough: four of return are those of the contract. */
static void return_takes_the_default(void **state)
{
    (void)state;
    spoken self = speak("\n\n\n55500 56600 56700\n\n\n\n\n\n\n\n\n", "en");
    assert_int_equal(self.status, BG_OK);
    bg_scenario *scenario = load(self.text), *defaults = load("history: {2025: 1}");
    static const char *const paths[] = {"settlement", "performance.score", "budget.growth",
                                        "people[residents].growth"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        char *asked = bg_node_line(bg_scenario_find(scenario, paths[i]));
        char *standard = bg_node_line(bg_scenario_find(defaults, paths[i]));
        assert_string_equal(asked, standard);
        free(asked);
        free(standard);
    }
    assert_value(scenario, "history[2023][residents.total].paid", INT64_C(55500000000));
    assert_null(bg_scenario_find(scenario, "people[residents].count"));
    assert_null(strstr(self.text, "employees"));
    bg_scenario_free(scenario);
    bg_scenario_free(defaults);
    release(&self);
}

/* The growth offered is that of the last year that is known: 6% as of 2024, 5% as of 2025. */
static void the_default_is_shown_in_brackets(void **state)
{
    (void)state;
    spoken self = speak("\n\n2024\n100M\n\n\n", "en");
    assert_non_null(strstr(self.said, "[2025]"));
    assert_non_null(strstr(self.said, "[6%]"));
    release(&self);
    self = speak("\n\n\n1亿\n\n\n\n\n", "zh");
    assert_non_null(strstr(self.said, "[我县]"));
    assert_non_null(strstr(self.said, "[万元]"));
    assert_non_null(strstr(self.said, "[5%]"));
    assert_non_null(strstr(self.said, "[5%：30%，10%：50%，其余：100%]"));
    release(&self);
}

static void a_damaged_answer_is_asked_for_again(void **state)
{
    (void)state;
    static const struct {
        const char *before, *answer, *en, *zh;
    } rows[] = {
        {"\n", "dollars", "money_unit: \"dollars\" is not allowed", "money_unit: “dollars”不允许"},
        {"\n\n", "next", "\"next\" is no year; allowed is one from 1990 to 2200, such as 2025",
         "“next”不是年度；允许1990至2200年，例如2025"},
        {"\n\n", "", NULL, NULL},
        {"\n\n\n", "", "there is no default; an answer is needed (q stops)",
         "此项没有默认值，须填写（输入`q`退出）"},
        {"\n\n\n", "5o0", "\"5o0\" is not allowed", "“5o0”不允许"},
        {"\n\n\n", "1 2 3 4 5 6", "history: 6 past years are given", "history: 给出了6个历史年度"},
        {"\n\n\n100M 100M\n", "1亿",
         "residents have 2 years and employees 1; the same years are needed",
         "居民医保有2个年度，职工医保有1个；年度须相同"},
        {"\n\n\n100M\n\n", "many", "people[residents].count: \"many\" is not allowed",
         "people[residents].count: “many”不允许"},
        {"\n\n\n100M\n\n\n", "1000%", "budget.growth: 1000% is out of range",
         "budget.growth: 1000%超出范围"},
        {"\n\n\n100M\n\n\n\n", "10%: 80%, 5%: 50%", "settlement[share_surplus].bands",
         "settlement[share_surplus].bands"},
        {"\n\n\n100M\n\n\n\n\n", "5%: 30%, half", "\"half\" is not a pair; write such as 5%: 30%",
         "“half”不成对；请写作如 5%: 30%"},
        {"\n\n\n100M\n\n\n\n\n\n", "a: 60%, b: 50%", "settlement[split]", "settlement[split]"},
        {"\n\n\n100M\n\n\n\n\n\n\n", "80: 50%, 90: 100%", "settlement[release].by_score",
         "settlement[release].by_score"},
        {"\n\n\n100M\n\n\n\n\n\n\n\n", "860", "performance.score: 860 is out of range",
         "performance.score: 860超出范围"},
        {"\n\n\n100M\n\n\n\n\n\n\n\n", "90}, extends: {x", "performance.score",
         "performance.score"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int chinese = 0; chinese < 2; chinese++) {
            char lines[512];
            snprintf(lines, sizeof lines, "%s%s\n", rows[i].before, rows[i].answer);
            spoken self = speak(lines, chinese ? "zh" : "en");
            const char *wanted = chinese ? rows[i].zh : rows[i].en;
            const int asked = (int)count_of(rows[i].before, "\n") + 1;
            char number[16];
            snprintf(number, sizeof number, "\n%d. ", asked);
            assert_int_equal(self.status, BG_USAGE);
            assert_int_equal(count_of(self.said, number), wanted ? 2 : 1);
            if (wanted && !says_among_others(self.said, wanted)) {
                fail_msg("not said: %s\nin: %s", wanted, self.said);
            }
            release(&self);
        }
    }
}

static void what_is_no_text_is_asked_for_again(void **state)
{
    (void)state;
    static const char latin[] = "\xB9\xE3\n", zero[] = "a\0b\n";
    spoken self = speak_bytes(latin, sizeof latin - 1, "en", NULL);
    assert_true(says_among_others(self.said, "this is no text in UTF-8"));
    release(&self);
    self = speak_bytes(zero, sizeof zero - 1, "zh", NULL);
    assert_true(says_among_others(self.said, "输入不是 UTF-8 文本"));
    assert_int_equal(count_of(self.said, "\n1. "), 2);
    release(&self);
}

/* Up to the end of line `count`. */
static size_t length_of_lines(const char *lines, int count)
{
    const char *end = lines;
    for (int i = 0; i < count; i++) {
        end = strchr(end, '\n') + 1;
    }
    return (size_t)(end - lines);
}

static void input_that_ends_early_writes_nothing(void **state)
{
    (void)state;
    for (int count = 0; count < QUESTIONS; count++) {
        spoken self = speak_bytes(CHINESE, length_of_lines(CHINESE, count), "zh", NULL);
        assert_int_equal(self.status, BG_USAGE);
        assert_null(self.text);
        assert_true(says_among_others(self.errors, "输入在最后一个问题之前结束，未写出任何文件"));
        release(&self);
    }
    spoken self = speak("", "en");
    assert_true(says_among_others(self.errors, "the input ended before the last answer"));
    release(&self);
    /* The last line need not end. */
    self = speak_bytes(CHINESE, sizeof CHINESE - 2, "zh", NULL);
    assert_int_equal(self.status, BG_OK);
    release(&self);
}

static void q_stops_at_every_question(void **state)
{
    (void)state;
    for (int count = 0; count < QUESTIONS; count++) {
        char lines[sizeof CHINESE + 8];
        const size_t length = length_of_lines(CHINESE, count);
        memcpy(lines, CHINESE, length);
        strcpy(lines + length, "  q \n");
        spoken self = speak(lines, "zh");
        assert_int_equal(self.status, BG_USAGE);
        assert_null(self.text);
        assert_true(says_among_others(self.errors, "已按`q`退出，未写出任何文件"));
        release(&self);
    }
}

static char *rule(const char *name)
{
    bg_errors errors;
    bg_errors_init(&errors);
    char *text = NULL;
    assert_int_equal(bg_library_read("scenarios/rules", name, &text, &errors), BG_OK);
    bg_errors_free(&errors);
    return text;
}

/* A rule has its own bands, split and tiers: these are not asked for. */
static void a_rule_of_the_library_carries_the_answers(void **state)
{
    (void)state;
    static const char *const names[] = {"adjustment_fund_5", "alzira", "guangdong",
                                        "quality_deposit_5"};
    static const char lines[] = "\n\n\n55500 56600 56700\n2亿 2亿 2亿\n\n\n7%\n4%\n88\n";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *text = rule(names[i]);
        spoken self = speak_bytes(lines, sizeof lines - 1, "en", text);
        assert_int_equal(self.status, BG_OK);
        bg_scenario *scenario = load(self.text);
        assert_value(scenario, "budget.growth", 7 * BG_ONE / 100);
        assert_value(scenario, "budget.schemes[employees].growth", 4 * BG_ONE / 100);
        assert_value(scenario, "performance.score", 88 * BG_ONE);
        bg_scenario_free(scenario);
        free(text);
        release(&self);
    }
    char *text = rule("quality_deposit_5");
    spoken self = speak_bytes(lines, sizeof lines - 1, "en", text);
    assert_non_null(strstr(self.text, "deposit: {rate: 5%}"));
    assert_non_null(strstr(self.text, "# Source: practice of payment by case value (DIP)"));
    assert_int_equal(count_of(self.text, "schema:"), 1);
    free(text);
    release(&self);
}

static void an_unknown_rule_is_refused_with_the_names(void **state)
{
    (void)state;
    static const struct {
        const char *directory, *name, *en, *zh;
        bg_status status;
    } rows[] = {
        {"scenarios/rules", "guandong",
         "--rules: there is no rule \"guandong\" in the library; there are aco_reach_global, "
         "aco_reach_professional, adjustment_fund_5, alzira, ",
         "--rules: 规则库中没有“guandong”；现有：aco_reach_global, aco_reach_professional, "
         "adjustment_fund_5, alzira, ",
         BG_USAGE},
        {"scenarios/rules", "../county", "there is no rule \"../county\"", "没有“../county”",
         BG_USAGE},
        {NULL, "guangdong", "the library of rules is not there", "找不到规则库", BG_IO},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int chinese = 0; chinese < 2; chinese++) {
            spoken self = {0};
            bg_errors errors;
            bg_errors_init(&errors);
            assert_int_equal(bg_library_read(rows[i].directory, rows[i].name, &self.text, &errors),
                             rows[i].status);
            assert_null(self.text);
            take_errors(&self, &errors, chinese ? "zh" : "en");
            assert_true(says_among_others(self.errors, chinese ? rows[i].zh : rows[i].en));
            release(&self);
        }
    }
}

/* Bytes of a dialogue that are changed at random, with returns behind it for what is refused: what is written
 * loads, and nothing else is. */
static void whatever_is_typed_what_is_written_loads(void **state)
{
    (void)state;
    static const char others[] = "\n\n q%:,;{}\"'#[]0159e-.~\\\t\x80\xEF亿";
    uint32_t random = 12345;
    int written = 0;
    for (int round = 0; round < 400; round++) {
        char lines[] = CHINESE "\n\n\n\n\n\n\n\n\n\n\n\n\n\n";
        for (int change = 0; change < 1 + round % 4; change++) {
            random = random * 1664525 + 1013904223;
            const size_t place = (random >> 8) % (sizeof CHINESE - 1);
            random = random * 1664525 + 1013904223;
            lines[place] = others[(random >> 8) % (sizeof others - 1)];
        }
        spoken self = speak_bytes(lines, sizeof lines - 1, "zh", NULL);
        assert_int_equal(self.status == BG_OK, self.text != NULL);
        if (self.text) {
            bg_scenario_free(load(self.text));
            written++;
        } else {
            assert_int_equal(self.status, BG_USAGE);
        }
        release(&self);
    }
    assert_in_range(written, 20, 380);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chinese_dialogue_makes_a_scenario_of_two_schemes),
        cmocka_unit_test(pairs_may_stand_between_blanks),
        cmocka_unit_test(the_settlement_stands_in_words_beside_it),
        cmocka_unit_test(totals_are_said_as_they_were_read),
        cmocka_unit_test(a_score_as_a_share_of_1_is_warned_of),
        cmocka_unit_test(return_takes_the_default),
        cmocka_unit_test(the_default_is_shown_in_brackets),
        cmocka_unit_test(a_damaged_answer_is_asked_for_again),
        cmocka_unit_test(what_is_no_text_is_asked_for_again),
        cmocka_unit_test(input_that_ends_early_writes_nothing),
        cmocka_unit_test(q_stops_at_every_question),
        cmocka_unit_test(a_rule_of_the_library_carries_the_answers),
        cmocka_unit_test(an_unknown_rule_is_refused_with_the_names),
        cmocka_unit_test(whatever_is_typed_what_is_written_loads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
