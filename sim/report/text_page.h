/* The report being printed: what its parts (text_*.c) share. */
#ifndef BAOGAN_REPORT_TEXT_PAGE
#define BAOGAN_REPORT_TEXT_PAGE

#include "base/text.h"
#include "format/document.h"
#include "report/label.h"
#include "report/report.h"

/* One unit of money and one language throughout. */
typedef struct bg_text_page {
    const bg_report *report;
    const char *language;
    bg_money_scale unit;
    bg_document *document;
} bg_text_page;

#define BG_TEXT_SIZE 128 /* of a figure with its error */

const char *bg_text_page_words(const bg_text_page *self, const char *en, const char *zh)
    __attribute__((format_arg(2), format_arg(3)));
void bg_text_page_heading(const bg_text_page *self, bg_label_id label);
size_t bg_text_page_years(const bg_text_page *self);
int bg_text_page_year(const bg_text_page *self, size_t year);
const bg_statistics *bg_text_page_statistics(const bg_text_page *self, size_t unit, size_t year,
                                             size_t outcome);

/* 95 % sampling errors: of the mean (0 where all futures agree), and of the ends of the 80 % interval
 * (the larger one; 0 where all agree, NaN where there are too few futures to tell). */
double bg_mean_error(const bg_statistics *s);
double bg_interval_error(const bg_statistics *s);
bool bg_varies(const bg_statistics *s);

/* Adds the mean with its error, or with `sign` -1 what it is for the other side. */
void bg_add_mean(bg_sheet *sheet, const bg_statistics *s, int sign);

/* The title of a measure or incident, or its name. */
const char *bg_text_page_change_name(const bg_text_page *self, const bg_node *section);

/* The section of a row's measure or incident, NULL of all together and of the rest; what the row is called. */
const bg_node *bg_text_page_contribution_section(const bg_text_page *self,
                                                 const bg_contribution *row);
const char *bg_text_page_contribution_name(const bg_text_page *self, const bg_contribution *row);

/* Parts of a sentence on an entry of `benefits`: its rate or bands; its terms of a person's year. `said` counts the parts.
 * And what is to be said of all of the latter. */
void bg_text_page_rates(const bg_text_page *page, const bg_node *section, size_t *said,
                        bg_text *text);
void bg_text_page_year_terms(const bg_text_page *page, const bg_node *section, size_t *said,
                             bg_text *text);
void bg_text_page_year_notes(const bg_text_page *page, const bg_node *benefits);

/* Figures in sentences; each returns `buffer`. */
/* "8,000 yuan", with fen where there are any. */
char *bg_text_page_yuan(const bg_text_page *self, bg_fen amount, char buffer[BG_TEXT_SIZE]);
char *bg_text_page_mean(bg_money_scale unit, const bg_statistics *s, int sign,
                        char buffer[BG_TEXT_SIZE]);
char *bg_text_page_interval(const bg_text_page *self, bg_money_scale unit, const bg_statistics *s,
                            char buffer[BG_TEXT_SIZE]);
/* The error of its ends: " (ends ±2.0)", or "". */
char *bg_text_page_ends_note(const bg_text_page *self, bg_money_scale unit, const bg_statistics *s,
                             char buffer[BG_TEXT_SIZE]);

/* Refers to a chart of the unit, by the name of its script; targets without pictures leave it out. */
void bg_text_page_chart(const bg_text_page *self, const char *name, size_t unit);

/* The parts, in the order of the page. */
void bg_text_page_summary(bg_text_page *page);
void bg_text_page_changes(bg_text_page *page); /* measures and incidents, where there are any */
void bg_text_page_contributions(bg_text_page *page); /* and what they do to the money */
/* Within that: what they cost beside care and bring back, where they do; rows in the order given. */
void bg_text_page_net(bg_text_page *page, const size_t *order);
void bg_text_page_score(bg_text_page *page); /* where it is simulated */
void bg_text_page_scheme(bg_text_page *page, size_t scheme);
void bg_text_page_central(const bg_text_page *page, size_t scheme);
void bg_text_page_funds(bg_text_page *page, size_t scheme); /* what they do; within a scheme */
/* Cliffs of tiers on the whole amount, and bands of two readings. */
void bg_text_page_tiers(bg_text_page *page, size_t scheme);
/* Within a scheme or all: how much an overspend is once it happens, total fund payment, the worst futures. */
void bg_text_page_overspend(bg_text_page *page, size_t unit);
void bg_text_page_bands(bg_text_page *page,
                        size_t scheme);    /* within a scheme, where it has several */
void bg_text_page_any(bg_text_page *page); /* of several schemes at least one */
/* What is kept of a yuan saved, where it was worked out; within a scheme, or all of them together. */
void bg_text_page_incentive(bg_text_page *page, size_t unit);
/* Measures that are paid from purposes of what is kept. */
void bg_text_page_purposes(bg_text_page *page, size_t scheme);
void bg_text_page_due(bg_text_page *page, size_t scheme); /* after the last year, by the calendar */
void bg_text_page_response(bg_text_page *page, size_t scheme); /* of providers; within a scheme */
void bg_text_page_accounts(bg_text_page *page);              /* of institutions, where asked for */
void bg_text_page_ageing(bg_text_page *page, size_t scheme); /* of its people; within a scheme */
void bg_text_page_pool(bg_text_page *page, size_t scheme);   /* its years; within a scheme */
void bg_text_page_together(bg_text_page *page);              /* all schemes, where there are two */
void bg_text_page_outturns(
    bg_text_page *page); /* sentences on published outcomes, in the summary */
void bg_text_page_published(bg_text_page *page);   /* and beside forecasts that need no model */
void bg_text_page_assumptions(bg_text_page *page); /* every one, with its source */
void bg_text_page_main_assumptions(bg_text_page *page); /* those that carry the result */
/* The same without a heading; returns how many more there are. */
size_t bg_text_page_assumed_groups(bg_text_page *page);
size_t bg_text_page_assumed_count(bg_text_page *page);
/* All behind the summary: changes, schemes, data, assumptions. */
void bg_text_page_details(bg_text_page *page, bool brief);
void bg_text_page_warnings(const bg_text_page *page); /* that the engines differ */

#endif
