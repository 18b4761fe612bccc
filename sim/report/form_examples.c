#include "report/form_examples.h"

/* A test loads each of them. */
static const bg_form_example examples[] = {
    {"title", "{en: My county, zh: 我县}"},
    /* one value, by type */
    {"people[residents].count", "500000"},
    {"people[residents].growth", "-1%"},
    {"budget.adjustments[new_ward].amount", "300万"},
    {"budget.adjustments[new_ward].year", "2027"},
    {"budget.funds[risk].carry_over", "true"},
    {"budget.funds[risk].ceiling", "10%"},
    {"pool[residents].income_per_head", "1228.6"},
    {"demand.volatility.persistence", "0.3"},
    {"measures[audits].from", "2026-07"},
    /* lists */
    {"budget.base.weights", "[1, 1, 2]"},
    {"measures[audits].lines", "[residents.inpatient.in, employees.inpatient.*]"},
    {"measures[audits].outlay.months", "[1, 7]"},
    {"sweep.filters", "[growth < 8%]"},
    {"settlement_payers", "[county_finance]"},
    /* by year */
    {"budget.growth", "{2026: 6%, 2027: 5%, later: 3%}"},
    {"performance.score", "{2026: 85, later: 90}"},
    {"budget.per_head", "{2026: 1150, later: 1200}"},
    {"measures[audits].outlay.amount", "{2026: 50万, later: 100万}"},
    {"demand.emergency.declared", "{2023: rebound}"},
    /* bands, brackets, tiers, shares, conditions */
    {"settlement[share_surplus].bands", "{5%: 80%, 10%: 50%, rest: 0%}"},
    {"settlement[share_overspend].bands", "{5%: 30%, 10%: 50%, rest: 100%}"},
    {"benefits[surgery].bands", "{20000: 60%, 50000: 70%, rest: 80%}"},
    {"settlement[share_overspend].bands", "{2026: {rest: 65%}, later: {5%: 85%, rest: 90%}}"},
    {"settlement[release].by_score", "{90: 100%, 80: 80%, 60: 50%, 0: 0%}"},
    {"settlement[share_overspend].payers", "{pool: 60%, risk: 40%}"},
    {"settlement[split]", "{county_hospital: 60%, township_centres: 30%, village_clinics: 10%}"},
    {"settlement[deduct].when", "{score: {from: 60, below: 80}, year: [2026, 2027]}"},
    /* a rule: a rate, by year, by score in tiers or along a line, from an input */
    {"settlement[deduct].gain", "10%"},
    {"settlement[deduct].gain", "{2026: 10%, later: 5%}"},
    {"settlement[deduct].gain", "{by_score: {90: 0%, 60: 10%, 0: 20%}}"},
    {"settlement[deduct].gain", "{score: {at_0: 20%, at_100: 0%}, floor: 2%}"},
    {"settlement[deduct].gain", "{input: quality, times: 0.5, ceiling: 20%}"},
    {"settlement[deduct].gain", "{rate: 10%, plus: {by_score: {90: -5%, 60: 0%, 0: 90%}}}"},
    /* values by name */
    {"actual[2026][residents].disallowed_by", "{county_hospital: 30万}"},
    {"sweep.figures", "{above: p_over_budget, result: mean(result)}"},
    {"sweep.better", "{result: higher}"},
    {"demand.volatility.matrix[residents.inpatient.in]", "{residents.outpatient.in: 0.8}"},
    /* sections that people fill in */
    {"history", "{2023: 5.55亿, 2024: 5.66亿, 2025: 5.67亿}"},
    {"history[2025]", "{residents.inpatient.in: {cases: 81569, cost: 5.1亿, paid: 3.18亿}}"},
    {"people", "{residents: {count: 500000, growth: -1%}}"},
    {"budget.funds", "{guarantee: {rate: 3%}, risk: {rate: 2%, carry_over: true}}"},
    {"budget.adjustments", "{new_ward: {amount: 300万, year: 2027, reason: New ward}}"},
    {"performance.indicators", "{satisfaction: {weight: 10, points: 90}}"},
    {"inputs", "{turnover: {kind: money, empty: 0}}"},
    {"inputs", "{pool_result: {pool: surplus}}"},
    {"settlement",
     "[{disallow: {}}, {share_surplus: {bands: {10%: 100%, rest: 0%}}}, {clear: {}}]"},
    {"benefits", "{inpatient: {lines: residents.inpatient.in, deductible: 500, rate: 75%}}"},
    {"measures",
     "{doctors: {lines: residents.inpatient.in, from: 2026-07, cases: -2%, outlay: {amount: 50万, "
     "payer: community}}}"},
    {"incidents",
     "{flu: {lines: residents.inpatient.in, from: 2026-11, until: 2026-12, cases: 20%, "
     "probability: 40%}}"},
    {"sweep.axes", "{growth: {key: budget.growth, from: 2%, to: 8%, steps: 7}}"},
    {"sweep.policies", "{more: {set: [budget.growth=9%]}}"},
};

size_t bg_form_example_count(void)
{
    return sizeof examples / sizeof *examples;
}

const bg_form_example *bg_form_example_row(size_t index)
{
    return &examples[index];
}

int bg_form_example_nearness(const bg_form_example *example, const bg_parameter *row)
{
    const bg_parameter *shown = bg_catalogue_find(example->path);
    if (shown == row) {
        return 3;
    }
    if (shown->shape != row->shape || row->shape >= BG_SHAPE_SECTION) {
        return 0;
    }
    if (shown->type == row->type) {
        return 2;
    }
    return row->shape == BG_SHAPE_ONE ? 0 : 1;
}

int bg_form_example_nearest(const bg_parameter *row)
{
    int nearest = 0;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const int nearness = bg_form_example_nearness(&examples[i], row);
        nearest = nearness > nearest ? nearness : nearest;
    }
    return nearest;
}
