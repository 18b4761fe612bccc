/* What a sentence says. Assertions on words are made through these, apart from those on facts: a build
 * with BG_NUMBERED_SENTENCES has numbers in the place of words, and nothing is asserted here. */
#ifndef BAOGAN_TESTS_SUPPORT_SAYS
#define BAOGAN_TESTS_SUPPORT_SAYS

#include <baogan/explanation.h>

/* Whether the text is, or contains, these words; true where sentences are numbers. */
bool says(const char *text, const char *words);
bool says_among_others(const char *text, const char *words);
/* Fail the test unless it is so. */
void assert_says(const char *text, const char *words);
void assert_says_among_others(const char *text, const char *words);

/* The same of messages as bg_error_text gives them; place and key, which stand before the words, are
 * asserted in any build. */
void assert_reports(const char *messages, const char *message);
/* There is this message and no other. */
void assert_reports_only(const char *messages, const char *message);

/* Why a posting was made, in English and Chinese, with machine names for accounts and inputs. */
bool posting_says(const bg_posting *posting, const struct bg_plan *plan, const char *english);
void assert_posting_says(const bg_posting *posting, const struct bg_plan *plan,
                         const char *english);
void assert_posting_says_in_chinese(const bg_posting *posting, const struct bg_plan *plan,
                                    const char *chinese);
/* "70%"; "" for none. */
void assert_posting_rate(const bg_posting *posting, const char *rate);

#endif
