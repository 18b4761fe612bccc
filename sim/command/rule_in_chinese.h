/* A rule of the library for readers of Chinese. */
#ifndef BAOGAN_COMMAND_RULE_IN_CHINESE
#define BAOGAN_COMMAND_RULE_IN_CHINESE

/* The rule `name` without its comments, which are in English; in their place stand its title and, before the
 * settlement, what each of its steps says. New string; NULL when out of memory. */
char *bg_rule_in_chinese(const char *rule, const char *name);

#endif
