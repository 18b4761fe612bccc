/* Scenarios from texts in tests. */
#ifndef BAOGAN_TESTS_SUPPORT_SCENARIO_TEXT
#define BAOGAN_TESTS_SUPPORT_SCENARIO_TEXT

#include <baogan/scenario.h>

/* Parses the text as the file "t.yaml" with up to one override (may be NULL); the test fails, showing
 * the errors, where it is not valid. Free with bg_scenario_free. */
bg_scenario *scenario_of(const char *text, const char *override);

/* All messages of the list, each on a line of its own and warnings after "warning: ". Free it. */
char *messages_of(const bg_errors *errors);

/* Parses the text and returns its messages; checks that a failure comes with an error and a success
 * without. Free it. */
char *messages_of_text(const char *text, const char *override);

/* Fails the test unless `part` stands in `text`. */
void assert_contains(const char *text, const char *part);

#endif
