/* The brief: what a bureau decides over, in the order in which it asks.
 *
 * What is decided, three sentences, one number a question by scheme and for any scheme, the fan of expense beside the
 * totals, who gains and who pays, the worst futures, emergencies and funds, the arithmetic of the first total, what is data
 * and what assumption, how to repeat it. Two pages of A4 where a contract is of a usual size; the full report goes on with
 * every table. Amounts are rounded for people; tables carry the exact ones. */
#ifndef BAOGAN_REPORT_BRIEF
#define BAOGAN_REPORT_BRIEF

#include "report/report.h"
#include "study/turned.h"

/* What the program knows beside the results; texts are borrowed, NULL where nothing is said. */
typedef struct bg_brief_facts {
    double noticeable, high; /* chances of an overspend from which on a risk is called so */
    const char *author, *date;
    const bg_turned_list *turned; /* what it hangs on; NULL: not worked out */
    const char *digest;           /* SHA-256 of the resolved scenario */
    const char *command;          /* that repeats it */
} bg_brief_facts;

/* Into an empty document; the full one with all details behind. */
void bg_brief_document(const bg_report *report, const bg_brief_facts *facts, bool full,
                       bg_document *document);

#endif
