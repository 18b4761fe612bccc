/* A user of the installed library: projects a scenario of one scheme by 1,000 futures, settles its first
 * year at an expense that is given, and prints the figures. */
#include <baogan/baogan.h>
#include <stdio.h>
#include <stdlib.h>

#define SCENARIO_LIMIT 1000000

static const char *const overrides[] = {"simulation.replications=1000"};

/* Three figures of the first year, as the files of a run have them: a share, yuan, yuan. */
static bg_status print_figures(const bg_model *model, const bg_projection *projection,
                               bg_errors *errors)
{
    static const char *const names[] = {"p_overspend.first", "mean(expense.first)",
                                        "q90(expense.first)"};
    bg_status status = BG_OK;
    for (int i = 0; i < 3 && !status; i++) {
        bg_figure figure;
        bg_estimate estimate;
        status = bg_figure_parse(model, names[i], "the program", &figure, errors);
        status = status ? status : bg_figure_read(&figure, projection, &estimate);
        if (!status && i == 0) {
            printf("%.6f\n", estimate.value);
        } else if (!status) {
            printf("%.*f\n", i == 1 ? 4 : 2, estimate.value / 100);
        }
    }
    return status;
}

static bg_status project(const bg_scenario *scenario, bg_errors *errors)
{
    bg_model model = {0};
    bg_projection *projection = NULL;
    const bg_projection_options options = {0};
    bg_status status = bg_model_read(scenario, &model, errors);
    status = status ? status : bg_projection_run(&model, &options, &projection, errors);
    status = status ? status : print_figures(&model, projection, errors);
    bg_projection_free(projection);
    bg_model_free(&model);
    return status;
}

/* The first year's budget, as far as a settlement asks for it. */
static bg_status fill_budget(const bg_budget_terms *terms, bg_settlement_block *unit,
                             bg_errors *errors)
{
    bg_fen total, opening_total, payable, instalment[12];
    bg_budget_block year = {.n = 1,
                            .year = bg_budget_first_year(terms),
                            .total = &total,
                            .opening_total = &opening_total,
                            .payable = &payable};
    for (size_t fund = 0; fund < bg_budget_fund_count(terms); fund++) {
        year.fund[fund] = unit->fund_added[fund];
    }
    for (int month = 0; month < 12; month++) {
        year.instalment[month] = &instalment[month];
    }
    const bg_status status = bg_budget_compute(terms, &year, NULL, errors);
    if (!status) {
        unit->input[BG_INPUT_budget][0] = total;
        unit->input[BG_INPUT_payable][0] = payable;
        for (int month = 0; month < 12; month++) {
            unit->input[BG_INPUT_prepaid][0] += instalment[month];
        }
    }
    return status;
}

static bg_status settle_unit(const bg_plan *plan, bg_settlement_block *unit, bg_fen expense,
                             bg_decimal score, bg_errors *errors)
{
    unit->input[BG_INPUT_expense][0] = expense;
    unit->input[BG_INPUT_score][0] = score;
    const bg_status status = bg_settlement_apply(plan, unit, NULL, errors);
    if (!status) {
        printf("%lld\n%lld\n", (long long)unit->result[BG_RESULT_result][0],
               (long long)unit->result[BG_RESULT_clearing][0]);
    }
    return status;
}

static bg_status settle(const bg_scenario *scenario, bg_fen expense, bg_errors *errors)
{
    bg_contract contract = {0};
    bg_settlement_block unit = {0};
    bg_status status = bg_contract_read(scenario, &contract, errors);
    status = status ? status : bg_settlement_block_init(&unit, contract.plan[0], 1);
    status = status ? status : fill_budget(contract.terms[0], &unit, errors);
    status =
        status ? status : settle_unit(contract.plan[0], &unit, expense, contract.score[0], errors);
    bg_settlement_block_free(&unit);
    bg_contract_free(&contract);
    return status;
}

/* consumer SCENARIO EXPENSE, of which the second is an amount like 600M. */
int main(int argc, char **argv)
{
    bg_errors errors;
    bg_scenario *scenario = NULL;
    char *text = NULL;
    size_t size = 0;
    bg_fen expense = 0;
    if (argc != 3) {
        return 2;
    }
    bg_errors_init(&errors);
    bg_status status = bg_money_parse(argv[2], 100, &expense);
    status = status ? status : bg_file_read(argv[1], SCENARIO_LIMIT, &text, &size, &errors);
    status = status
                 ? status
                 : bg_scenario_parse(text, size, argv[1], NULL, overrides, 1, &scenario, &errors);
    status = status ? status : project(scenario, &errors);
    status = status ? status : settle(scenario, expense, &errors);
    for (size_t i = 0; i < errors.count; i++) {
        fprintf(stderr, "%s\n", errors.items[i].message);
    }
    bg_scenario_free(scenario);
    free(text);
    bg_errors_free(&errors);
    return (int)status;
}
