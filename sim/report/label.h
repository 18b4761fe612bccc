/* Words of reports and charts in two languages, from one table (labels.def). */
#ifndef BAOGAN_REPORT_LABEL
#define BAOGAN_REPORT_LABEL

#include "format/amount.h"

#include <baogan/projection.h>

typedef enum bg_label_id {
#define LABEL(name, en, zh) BG_LABEL_##name,
#include "report/labels.def"
#undef LABEL
    BG_LABEL_COUNT
} bg_label_id;

/* The words of a label; `language` is "en" or "zh" (anything else reads as "en"). Never NULL. */
const char *bg_label(bg_label_id id, const char *language);

/* The words for a machine name: an outcome that has no party ("expense"), an account ("pool"), a scheme
 * ("residents", "all"), an institution or a fund. A name that is not known is returned as it is. */
const char *bg_label_of_name(const char *name, const char *language);

/* The words for an outcome of a projection; a fund or institution that is not known has its name. */
const char *bg_label_of_outcome(bg_outcome_info outcome, const char *language);

/* The words for an account of the settlement ("pool", "outside", a fund, an institution). */
const char *bg_label_of_account(const char *name, const char *language);

/* The words for a unit ("residents", "employees", "all", "any") in headings. */
const char *bg_label_of_scheme(const char *name, const char *language);

/* The words for a service of a line ("inpatient"); other names are returned as they are. */
const char *bg_label_of_service(const char *name, const char *language);

/* The words for a step of the settlement, by its kind; other names are returned as they are. */
const char *bg_label_of_step(const char *name, const char *language);

/* Where a default of the catalogue comes from; others as they are. */
const char *bg_label_of_source(const char *source, const char *language);
/* What stands before the source of a default: "assumption: " if it is one, else "". */
const char *bg_label_of_assumption(const bg_parameter *row, const char *language);

/* The words for an event. */
const char *bg_label_of_event(bg_event event, const char *language);

/* A part of the scenario on one line, as bg_node_line, with totals of money in the unit: "300万元", so that they
 * read back. New string, NULL when out of memory. */
char *bg_line_in_money(const bg_node *node, bg_money_scale unit);

/* The second text if `language` is "zh", else the first. */
const char *bg_in_language(const char *language, const char *en, const char *zh)
    __attribute__((format_arg(2), format_arg(3)));

#endif
