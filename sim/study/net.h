/* What measures are worth net of what they cost beside care: the fund saves, somebody pays. Worked out from
 * contributions, and as exact: parties add up to the net, rows, schemes and years to their sums.
 * README.md, "What measures cost and bring back". */
#ifndef BAOGAN_STUDY_NET
#define BAOGAN_STUDY_NET

#include "study/contribution.h"

/* Whose gain it is in the end: of what the fund saves, the part that each has, less what he pays. What more comes in
 * is the pool's. */
typedef enum bg_net_party {
    BG_NET_COMMUNITY,
    BG_NET_POOL,
    BG_NET_COVER,     /* emergency cover */
    BG_NET_ELSEWHERE, /* budgets, other funds, what is disallowed */
    BG_NET_GOVERNMENT,
    BG_NET_PARTIES
} bg_net_party;

const char *bg_net_party_name(bg_net_party party); /* "community", "pool", "cover", … */

typedef struct bg_net {
    bg_fen income; /* what more comes into the pooled fund */
    bg_fen gain;   /* that and what the fund saves: less expense */
    bg_fen outlay; /* of all who pay */
    bg_fen net;    /* gain less outlay; the sum of all parties' */
    bg_fen party[BG_NET_PARTIES];
    bg_fen so_far; /* net of the years up to this one */
    double se, so_far_se;
    double pool_se; /* of the pool's part; in a year: of that up to this one */
    size_t earned;  /* futures in which what was gained so far is at least the outlay so far */
} bg_net;

/* Whether anything costs anything beside care; else nothing below is to be asked. */
bool bg_net_known(const bg_contributions *of);
/* Of a row in a year (from 0), or with `years` in all of them. */
bg_net bg_net_find(const bg_contributions *of, size_t row, size_t unit, size_t year);
bg_fen bg_net_outlay(const bg_contributions *of, size_t row, size_t unit, size_t year,
                     bg_outlay_payer payer);
/* The year (from 0) from which on what was gained so far is no less than the outlay so far, not before the first
 * outlay; `years` where that is not within the contract, or nothing was laid out. */
size_t bg_net_earned_back(const bg_contributions *of, size_t row, size_t unit);

#endif
