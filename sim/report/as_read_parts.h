/* What the parts of the reading report (as_read*.c) share. */
#ifndef BAOGAN_REPORT_AS_READ_PARTS
#define BAOGAN_REPORT_AS_READ_PARTS

#include "base/text.h"
#include "report/as_read.h"

enum { BG_MOST_DEFAULT_KEYS = 512 };

/* ---- figures of a past year, and a sentence (as_read_parts.c) ---- */

/* People insured, as demand counts back. */
double bg_past_people(const bg_history *history, size_t scheme, size_t year);
double bg_past_paid_per_head(const bg_contract *contract, size_t scheme, size_t year); /* fen */
/* The national fund payment a head of a calendar year in fen; 0 where it is not known. What the table of the
 * scenario calls "later" is that of the first year behind the last one named. */
double bg_past_national_per_head(const bg_contract *contract, size_t scheme, int year);
/* On the year before; NaN of the first. */
double bg_past_growth(const bg_scheme *scheme, size_t year);

/* Adds the sentence, which is taken. */
void bg_as_read_say(bg_document *page, bg_text *text, int indent);

/* ---- the contract in words (as_read_contract.c) ---- */

/* A term of the contract, and how its words are added to a text. */
typedef struct bg_contract_term {
    const char *en, *zh;
    void (*add)(bg_text *text, const bg_contract *contract, const char *language,
                bg_money_scale unit);
    bool decided; /* whoever signs decides it; the others say how it is worked out */
} bg_contract_term;

/* Number `index`; NULL behind the last. */
const bg_contract_term *bg_contract_term_row(size_t index);
/* Growth, what is held back, and the score in one sentence. */
void bg_as_read_terms(const bg_contract *contract, bg_money_scale unit, bg_document *page);
/* All terms, and the steps of the settlement. */
void bg_as_read_contract(const bg_contract *contract, bg_money_scale unit, bg_document *page);

/* ---- where values stand, what was laid over what, what is default (as_read_values.c) ---- */

/* Calls `meet` with each value, or table of values, that somebody wrote. */
void bg_as_read_given(const bg_node *map, void (*meet)(const bg_node *node, void *context),
                      void *context);
void bg_as_read_values(const bg_model *model, bg_money_scale unit, bg_document *page);

#endif
