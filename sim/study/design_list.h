/* The design list: futures from a CSV file, whose columns are headed by the names of the axes. */
#ifndef BAOGAN_STUDY_DESIGN_LIST
#define BAOGAN_STUDY_DESIGN_LIST

#include "study/design.h"

/* Reads the file that `named` names, relative to the file in which it stands, into design->list and
 * design->futures. Every cell is checked against the catalogue. */
bg_status bg_list_read(const bg_scenario *scenario, const bg_node *named, bg_design *design,
                       bg_errors *errors);
/* The values of the axes of the future in one future. */
void bg_list_at(const bg_design *design, uint64_t future, int64_t value[]);

/* The file `named` names, relative to the file in which it stands; new string, NULL when out of memory. */
char *bg_study_file(const bg_scenario *scenario, const bg_node *named);

#endif
