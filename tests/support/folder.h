/* A directory of a test's own, with the files that it writes. */
#ifndef BAOGAN_TESTS_SUPPORT_FOLDER
#define BAOGAN_TESTS_SUPPORT_FOLDER

/* Group set-up and tear-down of cmocka: makes the directory and goes into it; removes it with all the
 * files written below, directories made on the way included. */
int folder_make(void **state);
int folder_remove(void **state);

/* Writes a file in it; `name` may hold directories, which are made. */
void folder_write(const char *name, const char *text);

#endif
