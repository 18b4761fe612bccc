/* What each measure, incident and change of benefit terms does to the money: projections on the same futures, with none of them,
 * with each alone and with all together, and the mean differences from none.
 *
 * What several do together is not what they do one by one: two that multiply the same cases, or two that
 * the same fund has to pay for. The difference is the rest. All means are whole fen, and they add up to
 * the fen: each alone and the rest to all together, schemes to all schemes, years to their sum. A measure
 * of nothing makes a difference of exactly nothing. README.md, "What measures and incidents do". */
#ifndef BAOGAN_STUDY_CONTRIBUTION
#define BAOGAN_STUDY_CONTRIBUTION

#include <baogan/area_model.h>

/* Rows: 64 measures and incidents, together and rest. */
#define BG_MOST_CHANGES      64
#define BG_MAX_CONTRIBUTIONS (BG_MOST_CHANGES + 2)

/* As many futures as are looked at, at most; fewer where the parties of a pooling area need more memory. */
#define BG_CONTRIBUTION_FUTURES 10000
#define BG_CONTRIBUTION_BYTES   ((size_t)512 << 20)

/* Of these the first five are outcomes of a projection; elsewhere is what remains of the rise in expense:
 * expense + community - pool - cover. Budgets that change, other funds held back and what is disallowed
 * bear it, and further steps of a plan. Income is apart from all that: no settlement has it. */
typedef enum bg_effect_kind {
    BG_EFFECT_EXPENSE,   /* +: care costs the fund more */
    BG_EFFECT_COMMUNITY, /* +: the community keeps more, or bears less */
    BG_EFFECT_POOL,      /* +: the pool pays more by sharing, or takes less */
    BG_EFFECT_COVER,     /* +: emergency cover pays more */
    BG_EFFECT_PATIENTS,  /* +: patients pay more */
    BG_EFFECT_ELSEWHERE,
    BG_EFFECT_INCOME, /* +: more comes into the pooled fund, interest apart */
    BG_EFFECT_COUNT
} bg_effect_kind;

/* For machines: "expense", "result", "shared", "covered", "patients", "elsewhere", "income". */
const char *bg_effect_name(bg_effect_kind kind);

typedef struct bg_effect {
    bg_fen mean;
    double se; /* standard error of the mean difference of paired futures, fen; NaN of one future */
} bg_effect;

typedef enum bg_contribution_kind {
    BG_CONTRIBUTION_MEASURE,
    BG_CONTRIBUTION_INCIDENT,
    BG_CONTRIBUTION_BENEFIT,
    BG_CONTRIBUTION_TOGETHER, /* where there are several */
    BG_CONTRIBUTION_REST      /* together less the sum of each alone */
} bg_contribution_kind;

const char *bg_contribution_kind_name(bg_contribution_kind kind); /* "measure", … */

/* What a row costs beside care in a year, and what it has brought the fund by then; see study/net.h. */
typedef struct bg_cost_year {
    bg_fen outlay[BG_OUTLAY_PAYERS]; /* of the rest: none */
    double se,
        so_far_se; /* standard error of what the fund gains (it saves, or more comes in); so far */
    double
        pool_so_far_se; /* of what the pool does, which has the income, and its part of what is saved */
    size_t earned;      /* futures in which the gain so far is at least the outlay so far */
} bg_cost_year;

typedef struct bg_contribution {
    bg_contribution_kind kind;
    const char
        *name; /* of the measure or incident, borrowed from the scenario; else that of its kind */
    bg_effect *effect;  /* by unit, year and kind */
    bg_cost_year *cost; /* by unit and year; NULL where no change costs anything beside care */
    bg_fen *drawn;      /* what it does in each future, where it is kept; else NULL */
} bg_contribution;

typedef struct bg_contributions {
    size_t futures;
    size_t units, years; /* as those of a projection */
    bool income;    /* some change touches the pooled fund's income; else all effects on it are 0 */
    size_t changes; /* measures and incidents: the first rows, in their order */
    size_t count;   /* of rows: two more, together and rest, where there are several */
    bool difference; /* of those of two scenarios: nothing is earned back */
    bg_contribution *row;
} bg_contributions;

/* Of `futures` futures, or the first BG_CONTRIBUTION_FUTURES of them; none, and no work, where the
 * scenario has no measure or incident. Of the options `threads`, `stop` and `keep` count: what each row does in
 * each future is kept, unless it needs more than BG_CONTRIBUTION_BYTES. Reads a model of its own. Free with bg_contributions_free, which is safe after failure and twice. */
bg_status bg_contributions_compute(const bg_scenario *scenario, size_t futures,
                                   const bg_projection_options *options, bg_contributions *self,
                                   bg_errors *errors);
/* The same of each community of a pooling area, parties[community], and of the whole area, parties[area.count]: with
 * none of their measures and incidents, with each alone, where any community has it, and with all of them. A change
 * that several communities have by one name is one row; means of communities add up to the area's. BG_LIMIT beyond BG_MOST_CHANGES. While it runs, the model's
 * changes are switched on and off; then all act again. */
bg_status bg_area_contributions_compute(bg_area_model *area, size_t futures,
                                        const bg_projection_options *options,
                                        bg_contributions *parties, bg_errors *errors);
void bg_contributions_free(bg_contributions *self);

/* The effects that there is anything to say of: all kinds below this one. */
bg_effect_kind bg_contributions_kinds(const bg_contributions *self);

/* In a year (from 0), or with `years` in all of them. */
const bg_effect *bg_contributions_effect(const bg_contributions *self, size_t row, size_t unit,
                                         size_t year, bg_effect_kind kind);
/* What the row does in a year in each of the futures; NULL where that is not kept. */
const bg_fen *bg_contributions_drawn(const bg_contributions *self, size_t row, size_t unit,
                                     size_t year, bg_effect_kind kind);

#endif
