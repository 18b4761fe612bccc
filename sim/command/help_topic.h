/* Topics of help that are no verb. */
#ifndef BAOGAN_COMMAND_HELP_TOPIC
#define BAOGAN_COMMAND_HELP_TOPIC

void bg_help_figures(const char *language);
void bg_help_rules(const char *language);

#endif
