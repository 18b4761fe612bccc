#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Every sentence that the program has for people, of all rooms. */
static const struct {
    const char *name, *en, *zh;
} messages[] = {
#define M(name, en, zh) {#name, en, zh},
#include "actual/messages.def"
#include "base/messages.def"
#include "chart/messages.def"
#include "command/messages.def"
#include "contract/messages.def"
#include "demand/messages.def"
#include "projection/messages.def"
#include "report/messages.def"
#include "rules/messages.def"
#include "scenario/messages.def"
#include "settlement/messages.def"
#include "store/messages.def"
#include "study/messages.def"
#include "whatif/messages.def"
#undef M
};
enum { COUNT = sizeof messages / sizeof messages[0] };

/* What a Chinese sentence may say in Latin letters besides keys, options, conversions and what stands in
 * backquotes. */
static const char proper_names[] = " UTF GB18030 0x CSV JSON YAML SQLite SQL Slurm SHA xlsx "
                                   "gnuplot hledger baogan actual Sobol Debian Chromium PDF HTML ";

static void names_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(messages[i].name, messages[j].name);
        }
    }
}

/* Copies the kind of the next conversion, such as zu; returns what is behind it, or NULL where there is none. */
static const char *next_conversion(const char *text, char *kind, size_t size)
{
    const char *percent = strchr(text, '%');
    while (percent && percent[1] == '%') {
        percent = strchr(percent + 2, '%');
    }
    if (!percent) {
        return NULL;
    }
    const char *type = percent + 1 + strspn(percent + 1, "-+0123456789.*# ");
    const size_t length = strspn(type, "hljzt") + 1;
    assert_true(length < size);
    memcpy(kind, type, length);
    kind[length] = '\0';
    return type + length;
}

static void both_languages_take_the_same_parameters(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        const char *en = messages[i].en, *zh = messages[i].zh;
        while (en && zh) {
            char of_en[16] = "", of_zh[16] = "";
            en = next_conversion(en, of_en, sizeof of_en);
            zh = next_conversion(zh, of_zh, sizeof of_zh);
            if (strcmp(of_en, of_zh) != 0) {
                fail_msg("%s: %%%s in English, %%%s in Chinese", messages[i].name, of_en, of_zh);
            }
        }
    }
}

static size_t span(const char *text, const char *others)
{
    size_t length = 0;
    while (isalnum((unsigned char)text[length]) || (text[length] && strchr(others, text[length]))) {
        length++;
    }
    return length;
}

static size_t conversion(const char *text)
{
    char kind[16];
    return text[1] == '%' ? 2 : (size_t)(next_conversion(text, kind, sizeof kind) - text);
}

/* The length of what is no word of a language: an option, what stands in backquotes, a conversion. 0: none. */
static size_t passed_over(const char *text)
{
    if (strncmp(text, "--", 2) == 0) {
        return span(text, "-");
    }
    if (text[0] == '`') {
        return (size_t)(strchr(text + 1, '`') - text) + 1;
    }
    return text[0] == '%' ? conversion(text) : 0;
}

/* A name, a key such as settlement.cap or by_score, a number. */
static bool may_stand(const char *word)
{
    char wanted[80];
    snprintf(wanted, sizeof wanted, " %s ", word);
    return strstr(proper_names, wanted) || strpbrk(word, "_.[") ||
           strspn(word, "0123456789[]") == strlen(word);
}

static size_t check_word(const char *name, const char *text)
{
    char word[64] = "";
    const size_t length = span(text, "_.[]");
    memcpy(word, text, length < sizeof word ? length : sizeof word - 1);
    if (!may_stand(word)) {
        fail_msg("%s: \"%s\" stands in the Chinese sentence", name, word);
    }
    return length ? length : 1;
}

static void check_words(const char *name, const char *text)
{
    while (*text) {
        const size_t length = passed_over(text);
        text += length ? length : check_word(name, text);
    }
}

static void chinese_sentences_are_chinese(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        check_words(messages[i].name, messages[i].zh);
        assert_true(strlen(messages[i].en) > 0);
        if (!strpbrk(messages[i].zh, "\xe4\xe5\xe6\xe7\xe8\xe9\xef")) {
            fail_msg("%s: no Chinese", messages[i].name);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_unique),
        cmocka_unit_test(both_languages_take_the_same_parameters),
        cmocka_unit_test(chinese_sentences_are_chinese),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
