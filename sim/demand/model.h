/* What the demand model knows after reading, and the scratch of a draw. README.md has the formulas;
 * a line without cases is one whose "case" is a person-year: frequency 1, all of its shock and trend
 * in the payment. */
#ifndef BAOGAN_DEMAND_MODEL
#define BAOGAN_DEMAND_MODEL

#include "base/columns.h"
#include "demand/change.h"
#include "demand/emergency.h"
#include "demand/enrolment.h"
#include "demand/line_benefit.h"
#include "demand/quantity.h"
#include "demand/response.h"
#include "demand/severity.h"

#include <baogan/demand.h>
#include <baogan/stream.h>

/* Largest amount of a month-line, fen. */
#define BG_MONTH_LINE_MAX 1e15
_Static_assert(
    INT64_C(48) * BG_MAX_LINES < INT64_MAX / 1000000000000000,
    "a year of all lines fits: twelve months, each with care and three kinds of direct cost");
/* How far a year's growth of people strays from its mean at most, in sd. */
#define BG_PEOPLE_CUT 4.0

/* Level at which the fast engine draws the noise of a month; in the order of the catalogue's choices. */
typedef enum bg_noise_level { BG_NOISE_MONTH, BG_NOISE_LINE } bg_noise_level;

typedef struct bg_demand_part {
    double level;        /* in the last base year: cases per person, or fen per case */
    bg_trend_view trend; /* log growth a year */
    double volatility;   /* sd of a year's shock */
    /* Logarithm of what the mix of the people makes of it, by year after the last base year from 0, NULL: it stays; and
     * how much of that a year the trend holds already. */
    const double *mix;
    double mix_in_trend;
} bg_demand_part;

typedef struct bg_demand_line {
    size_t scheme;
    bool outside, has_cases;
    bg_demand_part part[BG_PARTS];
    double correlation; /* of cost with frequency: yearly shocks and trend errors */
    double dispersion;  /* of a month's count: variance / mean */
    double count_shape; /* if above 0, its variance is mean + mean^2 / count_shape instead */
    double exposure;    /* to the multiplier of an emergency, 0 to 1 */
    bg_severity severity;
    bg_line_levels levels;              /* where a change acts on some of them */
    bg_elasticity elasticity[BG_PARTS]; /* of its service, which its lines share */
    /* Of its cases to the inverse of what patients pay for outpatient care of the scheme; whether they react. */
    bg_elasticity substitution;
    bool substitutes;
    double price_weight; /* of outpatient care: its part in that price */
    /* Of what a changed cap cuts off; whether some of it becomes admissions, and of which line. */
    bg_cap_return returns[BG_RETURNS];
    bool admits;
    size_t admits_to;
    double patient_share; /* patients' payment / fund payment; 0 where the bill is not known */
    uint64_t trend_key[BG_PARTS];
    const uint64_t *shock_key[BG_PARTS];  /* by year after the last base year, from 0 */
    const uint64_t *count_key, *cost_key; /* by budget year and month */
    /* Of the fast engine, which makes two normals at a time: trend errors of both parts, shocks of two
     * years. */
    uint64_t trends_key;
    const uint64_t *shocks_key[BG_PARTS]; /* by pair of years, see first_odd */
    const uint64_t *noise_key;            /* by budget year */
    const uint64_t *pot_key;              /* of its part of a group, likewise */
} bg_demand_line;

typedef struct bg_demand_scheme {
    double people; /* in the last base year */
    double growth, growth_sd;
    const double
        *growth_of_year; /* from year t to t + 1 after the last base year; NULL: the same in all */
    bg_enrolment enrolment;
    const uint64_t *people_key;   /* by year after the last base year */
    const uint64_t *noise_key[2]; /* of the fast engine, by bg_place and budget year */
} bg_demand_scheme;

struct bg_demand {
    uint64_t seed;
    size_t line_count, scheme_count;
    int first_year;
    size_t years;      /* budget years */
    size_t gap;        /* years between the last base year and the first budget year */
    bool first_odd;    /* the year after the last base year is: the latter of its pair of years */
    double season[12]; /* sum 12 */
    double persistence, shock_correlation, trend_correlation;
    bool stationary; /* the first year's deviations have their long-run spread */
    /* Lower triangular root of the correlations of the lines' frequency shocks, [line][line]; NULL:
     * all correlate shock_correlation through a common factor. */
    double *shock_root;
    bg_noise_level noise;
    size_t quantity_count;
    bg_quantity *quantity; /* that indicators of performance ask for; owned */
    bg_emergency_terms emergency;
    bg_decimal disallowed; /* share */
    /* Measures in byte order of their names, then incidents likewise, changes of benefit terms in order of time,
     * rebounds, surges by year, deterrence and what providers do; and what acts when by budget year (NULL: nothing changes). Both owned. */
    size_t change_count;
    bg_change *change;
    bg_spells *spells;
    /* Of what providers do: how much of it there is by budget year, and the share of a yuan saved that must be kept
     * for all of it. */
    double build_up[BG_MAX_BUDGET_YEARS], full_share;
    /* Lines under each set of changes of their terms, and the curves and terms they use. Owned. */
    size_t benefit_count;
    bg_line_benefit *benefit;
    bg_benefit_curve *curve;
    bg_benefit *renewed;
    bg_benefit_curve *uncut;
    bg_year_curve *year_curve;
    bg_demand_scheme scheme[BG_MAX_SCHEMES];
    bg_demand_line line[BG_MAX_LINES];
    double *ageing;   /* owns what schemes and parts have by year */
    double *newborns; /* owned; of the one scheme that has them */
    uint64_t trend_key[BG_PARTS];
    const uint64_t *common_key, *emergency_key; /* by year after the last base year */
    /* Of the fast engine, in which each size of an emergency has a stream of its own. */
    uint64_t trends_key;
    const uint64_t *size_key[BG_EMERGENCY_SIZES];
    /* Of a community of a pooling area (NULL otherwise: no area): its common factors correlate
     * area_correlation with those of the others, through streams of the area's own. Its other streams
     * but those of emergencies have its name in theirs. */
    const char *community;
    double area_correlation;
    uint64_t area_trend_key[BG_PARTS], area_trends_key;
    const uint64_t *area_common_key;
    uint64_t *keys; /* owns all of them */
};

/* Names and hashes every stream and sets first_odd; line_count, scheme_count, years, gap and community are
 * set. BG_MEMORY, or BG_INTERNAL where two names have one hash. */
bg_status bg_demand_name_streams(bg_demand *self, const bg_history *history, bg_errors *errors);
/* Whether n keys are all different; sorts them. */
bool bg_stream_keys_distinct(uint64_t *keys, size_t n);

/* The spells of a budget year; where nothing changes it is one. */
const bg_spells *bg_demand_spells(const bg_demand *self, size_t year);
/* Finds them anew where changes act otherwise. */
void bg_demand_find_spells(bg_demand *self);
/* The line under those of the active changes that change its terms; NULL where none does. */
const bg_line_benefit *bg_demand_benefit(const bg_demand *self, size_t line, uint64_t active);
/* Whether a change that acts reaches the line in any year; which do in this one (bit j: change j). Where
 * cases move, what happens to a line they came from reaches it too, as it does where they react to terms of another:
 * all that act are given. */
bool bg_demand_line_changes(const bg_demand *self, size_t line);
uint64_t bg_demand_line_changes_in(const bg_demand *self, size_t line, size_t year);

/* (1 + nu) from year t to t + 1 after the last base year: nu normal about its mean growth, cut at four sd on either side,
 * which keeps the mean and, for all rates the catalogue admits, leaves at least 0.4 of the year before. */
double bg_people_factor(const bg_demand_scheme *scheme, size_t t, bg_rng *rng);

/* A month of a budget year of a line. */
typedef struct bg_month_line {
    size_t line, year, month;
} bg_month_line;

/* What it brings, in fen, not yet rounded. */
typedef struct bg_month_amounts {
    double care;            /* fund payments for cases */
    double direct;          /* direct cost of emergencies, on top of it */
    double incident;        /* likewise of incidents that do not count as one */
    double rebound_share;   /* part of care that is deferred care returning */
    double emergency_share; /* part of care that an emergency's multiplier added */
    double cases;
    double patient_share; /* patients' payment / fund payments for cases */
} bg_month_amounts;

/* Sets all to zero. */
void bg_future_clear(bg_future *self);
/* Rounds each amount to the fen once, half away from zero, and adds it to the path. An amount beyond
 * BG_MONTH_LINE_MAX or no number: BG_OVERFLOW. */
bg_status bg_future_post(bg_future *self, const bg_demand *demand, const bg_month_line *at,
                         const bg_month_amounts *amounts);
/* Fills in what follows from the amounts of a year when all are posted, of which the shares of the schemes are
 * disallowed. */
void bg_future_close(bg_future *self, size_t year, const bg_decimal share[BG_MAX_SCHEMES]);

/* What is disallowed of n amounts of a year: a share of what is neither emergency nor its rebound,
 * so that they never overlap. `disallowed` holds the expense before. */
void bg_demand_disallow(bg_rates share, size_t n, const bg_fen *emergency, const bg_fen *rebound,
                        bg_fen *disallowed);

#endif
