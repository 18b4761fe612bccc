/* Errors and warnings: what this room has to say, and how they are printed to standard error. */
#ifndef BAOGAN_COMMAND_MESSAGES
#define BAOGAN_COMMAND_MESSAGES

#include "base/say.h"

#include <baogan/error.h>
#include <stdio.h>

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "command/messages.def"
#undef M

/* Prints every entry in the language, one a line, coloured if the stream is a terminal. */
void bg_messages_print(const bg_errors *errors, const char *language, FILE *stream);
/* The same, and empties the list. */
void bg_messages_flush(bg_errors *errors, const char *language, FILE *stream);

size_t bg_messages_warnings(const bg_errors *errors);

#endif
