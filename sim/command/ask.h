/* The dialogue of `baogan init --ask`: questions in the language, each answer checked as it is given. */
#ifndef BAOGAN_COMMAND_ASK
#define BAOGAN_COMMAND_ASK

#include <baogan/error.h>
#include <stdio.h>

/* Where the dialogue takes place, and what it begins with. */
typedef struct bg_dialogue {
    FILE *in, *out;
    const char *language;
    const char *rule;         /* a rule file of the library, or NULL */
    const volatile int *stop; /* set by a signal; may be NULL */
    bool echo;                /* what is typed ends no line in `out`: it comes from a pipe */
} bg_dialogue;

/* *text is the scenario that the answers make, one that loads; new string. An answer that does not load is asked
 * for again, behind what the loader says of it. BG_USAGE where the input ends, or q is answered, before
 * the last one; BG_INTERRUPTED after a signal. */
bg_status bg_ask(const bg_dialogue *dialogue, char **text, bg_errors *errors);

#endif
