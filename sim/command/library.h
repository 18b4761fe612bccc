/* The library of rules beside the program: scenarios/rules. */
#ifndef BAOGAN_COMMAND_LIBRARY
#define BAOGAN_COMMAND_LIBRARY

#include <baogan/error.h>

/* *text is the rule file of a name, such as "guangdong", in the directory of the library (NULL: there is none);
 * new string. BG_USAGE, with the names that there are, for another name. */
bg_status bg_library_read(const char *directory, const char *name, char **text, bg_errors *errors);

#endif
