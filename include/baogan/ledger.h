/* The ledger: settled units as a journal that hledger (https://hledger.org) reads and checks.
 *
 * Accounts end in the scheme:
 *   pool, fund:NAME, source:NAME (of a pot with money of its own), community, institution:NAME, purpose:NAME, outside, patients, rounding: as in the settlement.
 *     Their balances are the unit's accounts added up over the years; that of a fund is what it holds.
 *   opening: what funds brought into the first year
 *   owed:…: what the pool owes the community and, where it pays them, outside providers, less what was
 *     paid of it; after each year's clearing zero, which the journal asserts. With a calendar each payment has the
 *     last day of its month, settlements that of theirs, and nothing is owed after the last payment
 *   cash:…: what was paid outside (by the pool or the community), in instalments and at the clearing
 * All of them together are zero. */
#ifndef BAOGAN_LEDGER_H
#define BAOGAN_LEDGER_H

#include <baogan/calendar.h>
#include <baogan/settlement.h>
#include <stdio.h>

/* A settled unit; everything is borrowed. */
typedef struct bg_ledger_unit {
    int year;
    const char *scheme;
    const bg_plan *plan;
    const bg_settlement_block *block; /* of one unit */
    const bg_trace *trace;            /* of that settlement */
    const bg_payments *payments;      /* by the calendar; NULL: there is none */
} bg_ledger_unit;

/* Writes the units, which are in the order of years, one transaction a posting, with comments in
 * `language` ("zh", else English). Errors of writing are left to the stream. BG_OVERFLOW where
 * balances over the years do not fit. */
bg_status bg_ledger_write(const bg_ledger_unit *units, size_t count, const char *language,
                          FILE *stream, bg_errors *errors);

/* The same for years that were settled and are settled again: `first` as they were settled and paid;
 * then, at the end of the last year, what `second` changes: the difference of each account, and what is
 * paid in addition. From there on the balances are those of `second`, which holds the years and schemes
 * of `first` in the same order; its plans may be others. */
bg_status bg_ledger_restate(const bg_ledger_unit *first, const bg_ledger_unit *second, size_t count,
                            const char *language, FILE *stream, bg_errors *errors);

#endif
