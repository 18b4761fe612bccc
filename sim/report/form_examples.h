/* Examples of how values are written: of every form and type, and of the sections that people fill in. */
#ifndef BAOGAN_REPORT_FORM_EXAMPLES
#define BAOGAN_REPORT_FORM_EXAMPLES

#include <baogan/catalogue.h>
#include <stddef.h>

/* A key with names in brackets, and a value as YAML: "PATH=VALUE" is an override. */
typedef struct bg_form_example {
    const char *path, *value;
} bg_form_example;

size_t bg_form_example_count(void);
const bg_form_example *bg_form_example_row(size_t index);

/* How near an example is to a row: 3 its own key, 2 a key of its form and type, 1 of its form; 0 it shows nothing of
 * it. Sections and entries are only shown by their own. */
int bg_form_example_nearness(const bg_form_example *example, const bg_parameter *row);
/* The nearest that any example is. */
int bg_form_example_nearest(const bg_parameter *row);

#endif
