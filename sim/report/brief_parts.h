/* What the parts of the brief (brief_*.c) share. */
#ifndef BAOGAN_REPORT_BRIEF_PARTS
#define BAOGAN_REPORT_BRIEF_PARTS

#include "report/brief.h"
#include "report/text_page.h"

typedef struct bg_brief {
    bg_text_page page;
    const bg_brief_facts *facts;
    size_t schemes;
    size_t whole; /* the unit of sums: that of all schemes, or the only scheme */
    size_t any;   /* the unit of chances: at least one scheme, or the only one */
    int first;    /* the first budget year */
    int past;     /* the last past year */
    bool full;    /* every table follows */
    int headings; /* so far */
} bg_brief;

const char *bg_brief_words(const bg_brief *self, const char *en, const char *zh)
    __attribute__((format_arg(2), format_arg(3)));
/* A numbered heading; `money`: with the unit of the amounts below it. */
void bg_brief_heading(bg_brief *self, bool money, const char *en, const char *zh);
/* Adds the sentence, which is taken. */
void bg_brief_say(bg_brief *self, bg_part_kind kind, bg_text *text);

/* ---- figures of the first budget year, fen (brief_parts.c) ---- */

double bg_brief_total(const bg_brief *self, size_t unit);   /* as contracted, on the central path */
double bg_brief_payable(const bg_brief *self, size_t unit); /* the same less funds */
double bg_brief_past(const bg_brief *self, size_t unit);    /* expense of the last past year */
double bg_brief_before(const bg_brief *self, size_t unit);  /* of the year before; NaN: not known */
const bg_statistics *bg_brief_first(const bg_brief *self, size_t unit, size_t outcome);
/* Of an overspend in the first year; of all schemes, in any of them. */
bg_probability bg_brief_chance(const bg_brief *self, size_t unit);

/* ---- words of figures ---- */

/* "81,266万元". */
void bg_brief_add_money(const bg_brief *self, bg_text *text, double fen);
/* "69%", "less than 1%". */
void bg_brief_add_chance(const bg_brief *self, bg_text *text, bg_probability p);
/* "the community keeps 600万元", "the pooled fund takes back …", by the sign. */
void bg_brief_add_community(const bg_brief *self, bg_text *text, double result);
void bg_brief_add_pool(const bg_brief *self, bg_text *text, double shared);

typedef enum bg_verdict { BG_VERDICT_LOW, BG_VERDICT_NOTICEABLE, BG_VERDICT_HIGH } bg_verdict;

bg_verdict bg_brief_verdict(const bg_brief *self, bg_probability p);
const char *bg_brief_verdict_word(const bg_brief *self, bg_verdict verdict);

/* ---- the parts, in the order of the page ---- */

void bg_brief_headline(bg_brief *self);
void bg_brief_contract(bg_brief *self);
void bg_brief_sentences(bg_brief *self);
void bg_brief_figures(bg_brief *self);
void bg_brief_parties(bg_brief *self);
void bg_brief_worst(bg_brief *self);
void bg_brief_turned(bg_brief *self);
void bg_brief_emergency(bg_brief *self);
void bg_brief_funds(bg_brief *self);
void bg_brief_arithmetic(bg_brief *self);
void bg_brief_basis(bg_brief *self);
void bg_brief_glossary(bg_brief *self); /* behind the details of a full report */

#endif
