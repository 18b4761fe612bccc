#include "says.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#ifdef BG_NUMBERED_SENTENCES
static const bool numbered = true;
#else
static const bool numbered = false;
#endif

bool says(const char *text, const char *words)
{
    return numbered || strcmp(text, words) == 0;
}

bool says_among_others(const char *text, const char *words)
{
    return numbered || strstr(text, words) != NULL;
}

void assert_says(const char *text, const char *words)
{
    assert_non_null(text);
    if (!numbered) {
        assert_string_equal(text, words);
    }
}

void assert_says_among_others(const char *text, const char *words)
{
    assert_non_null(text);
    if (!says_among_others(text, words)) {
        fail_msg("\"%s\" is not in: %s", words, text);
    }
}

/* The length of "a.yaml:3:14: budget.growth: " and the like at the front. */
static size_t place_length(const char *message)
{
    size_t length = 0;
    for (;;) {
        const size_t word = strcspn(message + length, " ");
        if (word < 2 || message[length + word - 1] != ':' || message[length + word] != ' ') {
            return length;
        }
        length += word + 1;
    }
}

void assert_reports(const char *messages, const char *message)
{
    char *part = strndup(message, numbered ? place_length(message) : strlen(message));
    assert_non_null(part);
    if (!strstr(messages, part)) {
        fail_msg("\"%s\" is not in: %s", part, messages);
    }
    free(part);
}

void assert_reports_only(const char *messages, const char *message)
{
    assert_reports(messages, message);
    assert_says(messages, message);
}

static char *text_of(const bg_posting *posting, const struct bg_plan *plan, const char *language)
{
    const bg_posting_words words = {.language = language};
    char *text = bg_posting_text(posting, plan, &words);
    assert_non_null(text);
    return text;
}

bool posting_says(const bg_posting *posting, const struct bg_plan *plan, const char *english)
{
    char *text = text_of(posting, plan, "en");
    const bool same = says(text, english);
    free(text);
    return same;
}

void assert_posting_says(const bg_posting *posting, const struct bg_plan *plan, const char *english)
{
    char *text = text_of(posting, plan, "en");
    assert_says(text, english);
    free(text);
}

void assert_posting_says_in_chinese(const bg_posting *posting, const struct bg_plan *plan,
                                    const char *chinese)
{
    char *text = text_of(posting, plan, "zh");
    assert_says(text, chinese);
    free(text);
}

void assert_posting_rate(const bg_posting *posting, const char *rate)
{
    char text[BG_NUMBER_TEXT];
    assert_string_equal(bg_posting_rate(posting, text), rate);
}
