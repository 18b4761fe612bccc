/* Changes of demand: what a measure (a policy) or an incident (a known shock) makes of cases and cost in
 * its months. README.md, "Measures and incidents". */
#ifndef BAOGAN_DEMAND_CHANGE
#define BAOGAN_DEMAND_CHANGE

#include <baogan/demand.h>
#include <baogan/horizon.h>

enum { BG_FREQUENCY, BG_COST, BG_PARTS };

#define BG_MAX_CHANGES 64

typedef enum bg_change_kind {
    BG_CHANGE_MEASURE,
    BG_CHANGE_INCIDENT,
    BG_CHANGE_BENEFIT,    /* other terms on which the fund pays its lines */
    BG_CHANGE_REBOUND,    /* of an incident, after it: what it put off, or brought forward */
    BG_CHANGE_SURGE,      /* an emergency of a year in which cases rise */
    BG_CHANGE_DETERRENCE, /* of a measure, in the year after it brings something back */
    BG_CHANGE_PROVIDERS   /* what providers do, as far as the contract rewards it */
} bg_change_kind;

/* What a change may act on apart from the rest: a line, or one of its levels where an active change treats them
 * differently. */
typedef struct bg_site {
    size_t line, index; /* index: of the level */
    uint8_t level;      /* bit `index`; 0: the whole line */
    double cases,
        cost; /* share of the line's cases, payment for one by the line's: last base year */
} bg_site;

/* A factor whose logarithm is normal; it is `factor` itself where it is sure. */
typedef struct bg_change_size {
    double factor;    /* 1 where nothing changes */
    double mu, sigma; /* of its logarithm */
    bool deters;      /* of that of a share, up to a half, which 1 less the factor is; not sure */
} bg_change_size;

/* A shift of a logit: normal; sure where sigma is 0. */
typedef struct bg_change_shift {
    double mu, sigma;
} bg_change_shift;

/* Points added to a share: after them its logit is normal; it is `points` more where it is sure. */
typedef struct bg_change_points {
    double points;
    double mu, sigma;
} bg_change_points;

/* A share whose logit is normal; it is `sure` itself where sigma is 0. */
typedef struct bg_change_share {
    double sure;
    double mu, sigma; /* of its logit */
} bg_change_share;

/* A share of cases that are treated elsewhere. */
typedef struct bg_change_place {
    bool moves;
    size_t to;            /* line */
    uint8_t to_level;     /* bit of the level; 0: to the levels as they share the line's cases */
    double relative_cost; /* of a case that moves, by that of the line it moves to */
} bg_change_place;

/* Money whose logarithm is normal; it is `fen` where it is sure. */
typedef struct bg_change_amount {
    double fen;       /* 0: nothing, or drawn */
    double mu, sigma; /* of its logarithm */
} bg_change_amount;

/* What it brings back to the pooled funds: recovery.h. */
typedef struct bg_change_recoveries {
    bg_change_amount amount;          /* a year, in full effect */
    double part[BG_MAX_BUDGET_YEARS]; /* of that, by year: mean weight of the months */
    double before;                    /* the same of the year before the first budget year */
    double share[BG_MAX_SCHEMES];     /* of each scheme: they add up to 1 */
} bg_change_recoveries;

/* What it costs beside care, in equal parts in its months: direct_cost.h. */
typedef struct bg_change_direct {
    bg_change_amount amount;               /* in all */
    size_t months;                         /* of the incident, also outside the budget years */
    uint16_t in_year[BG_MAX_BUDGET_YEARS]; /* bit m: month m (from 0) is one of them */
    double share[BG_MAX_LINES];            /* of each line: they add up to 1 */
} bg_change_direct;

typedef struct bg_change {
    bg_change_kind kind;
    const char *name; /* borrowed from the scenario */
    bool line[BG_MAX_LINES];
    bool reacts[BG_MAX_LINES];   /* lines whose cases react to the changed terms of others */
    uint8_t level[BG_MAX_LINES]; /* bits of the levels it acts on; 0: all of the line */
    bg_change_size size[BG_PARTS];
    bg_change_place place;
    bg_change_share share; /* of the cases that move; of what is saved and shifted to patients */
    bg_provider_action action;                /* of providers */
    bg_change_shift fund_share[BG_MAX_LINES]; /* of the fund's share of the bill */
    bool fund_share_drawn;                    /* of some line it is not sure */
    bool scheme[BG_MAX_SCHEMES];              /* schemes whose people or disallowed share change */
    bg_change_size people;                    /* of which size[BG_FREQUENCY] has its part already */
    bg_change_points disallowed;              /* of the share of a scheme's year */
    bg_change_direct direct;                  /* of an incident */
    bg_change_recoveries recoveries;          /* of a measure */
    double probability; /* that it happens at all, once for all of its months */
    bool emergency;     /* what it adds counts as that of an emergency */
    bool off;           /* it is left out for a comparison: nothing of it acts */
    int begins;         /* calendar year of its first month */
    int64_t
        order; /* of changes of terms: the later lies over the earlier; of what providers do, of the lines it
                           acts on; 0 for others */
    /* By budget year: bit m of `months` is month m (from 0), in which it acts with `weight`, a power of
     * its size. */
    uint16_t months[BG_MAX_BUDGET_YEARS];
    double weight[BG_MAX_BUDGET_YEARS];
    uint64_t size_key, happens_key; /* streams: one draw a future of each */
    struct bg_outlay *outlay; /* owned by the model; NULL where it costs nothing beside care */
} bg_change;

/* Months of a year in which the same changes act: bit j of `active` is change j. */
typedef struct bg_spell {
    uint16_t months;
    uint64_t active;
} bg_spell;

typedef struct bg_spells {
    size_t count; /* at least 1 */
    bg_spell spell[12];
} bg_spells;

#define BG_ALL_MONTHS ((uint16_t)0xFFF)

static inline bool bg_has_month(uint16_t months, size_t month)
{
    return months >> month & 1;
}

/* How a change comes in: the share of its full effect (in the logarithm) by months since it began. */
typedef enum bg_ramp_form {
    BG_RAMP_STEP,
    BG_RAMP_LINEAR,
    BG_RAMP_FRONT,
    BG_RAMP_BACK,
    BG_RAMP_HALF_TIME
} bg_ramp_form; /* in the order of the catalogue's choices */

typedef struct bg_ramp {
    bg_ramp_form form;
    double months; /* until it is full; half-time: until half of it is there */
    double rebound,
        rebound_half_months; /* share that is lost again in the end, half of it by then */
} bg_ramp;

/* At the middle of month number `since` (from 0) since the change began. */
double bg_ramp_weight(const bg_ramp *self, int64_t since);

/* Months of calendar months first … last, of those in `of_year`, that lie in `year`. */
uint16_t bg_change_months(int64_t first, int64_t last, uint16_t of_year, int year);

/* Whether it acts where the other does and nowhere else: a rebound goes with its incident, deterrence with its
 * measure. */
bool bg_change_goes_with(const bg_change *self, const bg_change *other);
/* The logarithm of a factor that is not sure, at that luck. */
double bg_change_size_log(const bg_change_size *self, double normal);
/* Whether all futures have the same size and it happens for sure. */
bool bg_change_is_sure(const bg_change *self);
/* Whether there is any; what it is at that luck; its mean. */
bool bg_change_has_amount(const bg_change_amount *self);
double bg_change_amount_drawn(const bg_change_amount *self, double normal);
double bg_change_amount_mean(const bg_change_amount *self);
/* Whether it is that action of providers. */
bool bg_change_is_of_providers(const bg_change *self, bg_provider_action action);
/* Whether it costs something beside care. */
bool bg_change_has_direct(const bg_change *self);
/* Whether it counts as an emergency that begins in the calendar year, where it happens. */
bool bg_change_begins(const bg_change *self, int year);
/* Whether the part of a line is multiplied where the change acts. */
bool bg_change_touches(const bg_change *self, size_t line, int part);
/* Whether it acts on the site; whether it touches a part of it. */
bool bg_change_acts_on(const bg_change *self, const bg_site *site);
bool bg_change_touches_site(const bg_change *self, const bg_site *site, int part);
/* Whether it shifts the fund's share of the bills of the line. */
bool bg_change_shifts_fund(const bg_change *self, size_t line);
/* Whether cases of the line are treated elsewhere where it acts; likewise. */
bool bg_change_moves_from(const bg_change *self, size_t line);
bool bg_change_moves_from_site(const bg_change *self, const bg_site *site);
/* Whether they are treated in the site. */
bool bg_change_moves_to_site(const bg_change *self, const bg_site *site);
/* Whether it treats levels of the line differently. */
bool bg_change_divides(const bg_change *self, size_t line);
/* Whether it makes any difference to the line: to its cases, its cost or to where they are. */
bool bg_change_reaches(const bg_change *self, size_t line);
/* Mean factor of a part in a budget year, where the change acts. */
double bg_change_mean(const bg_change *self, int part, size_t year);
/* The factor of a sure change. */
double bg_change_factor(const bg_change *self, int part, size_t year);
/* Whether it has a share; what a share is at that luck; its mean, in full effect. */
bool bg_change_has_share(const bg_change *self);
double bg_change_share_at(const bg_change_share *self, double normal);
double bg_change_mean_share(const bg_change *self);

/* What becomes of a case and its cost in one change. */
typedef enum bg_change_fate { BG_FATE_NOT_ASKED, BG_FATE_STAYS, BG_FATE_MOVES } bg_change_fate;
/* Mean, over the futures' one draw, of the product of all factors of a case that began in site `from` and
 * ends in site `in`: of its number, of its fate, of its cost. */
double bg_change_mean_path(const bg_change *self, size_t year, const bg_site *from,
                           const bg_site *in, bg_change_fate fate);

/* The spells of a budget year. */
bg_spells bg_change_spells(const bg_change *change, size_t count, size_t year);

#endif
