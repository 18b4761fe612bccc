/* Entries of tables that a study names and its scenario has not. */
#ifndef BAOGAN_STUDY_ENTRY
#define BAOGAN_STUDY_ENTRY

#include <baogan/scenario.h>

/* A study varies what is there: BG_INVALID, and an error at the mark and path, where the key, of `length` bytes,
 * has an entry in brackets ("budget.funds[riks].rate") that the scenario has not but whose name is near
 * one of its table. New entries of other names are let through. */
bg_status bg_study_entry_check(const bg_scenario *scenario, const char *key, size_t length,
                               bg_mark mark, const char *path, bg_errors *errors);

#endif
