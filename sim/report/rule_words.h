/* What a scenario says, in words that a bureau can sign: rates by year, bands, tiers, shares, steps. */
#ifndef BAOGAN_REPORT_RULE_WORDS
#define BAOGAN_REPORT_RULE_WORDS

#include "base/text.h"

#include <baogan/scenario.h>

/* Adds a value of any shape: "6.1% in 2026, then 3%"; "30% of the part up to 5%, 100% of the rest";
 * "100% from a score of 90, 0% from 0"; "county hospital 60%, village clinics 40%". */
void bg_add_rule_words(bg_text *text, const bg_node *value, const char *language);

/* Adds one step of a settlement plan, a complete tree's: "Release of the guarantee fund by score: …". */
void bg_add_step_words(bg_text *text, const bg_node *step, const char *language);

#endif
