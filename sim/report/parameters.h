/* The catalogue of parameters as text, Markdown, JSON and JSON Schema. */
#ifndef BAOGAN_REPORT_PARAMETERS
#define BAOGAN_REPORT_PARAMETERS

#include <baogan/catalogue.h>
#include <baogan/error.h>
#include <jansson.h>
#include <stdio.h>

/* Whether a row lies at or under `prefix` (NULL: every row does); names in brackets may be given. */
bool bg_parameter_under(const bg_parameter *row, const char *prefix);

/* Its default as of each year in which it was another one, as "2024: 6%"; "" where it was always the same.
 * New string, NULL when out of memory. */
char *bg_parameter_earlier_defaults(const bg_parameter *row);

/* One line a value, aligned; a single row is shown in full. */
bg_status bg_parameters_text(const char *prefix, const char *language, FILE *stream);
bg_status bg_parameters_markdown(const char *prefix, const char *language, FILE *stream);
/* A list of objects, one a row. NULL when out of memory. */
json_t *bg_parameters_json(const char *prefix);
/* JSON Schema (draft 2020-12) of a scenario file. NULL when out of memory. */
json_t *bg_scenario_schema(const char *language);
/* JSON Schema of the results that `baogan run --json` prints. NULL when out of memory. */
json_t *bg_result_schema(void);

#endif
