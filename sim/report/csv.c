/* The CSV tables of a run; sim/report/README.md lists their columns. */
#include "report/report.h"

#include <baogan/file.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef void table_writer(const bg_report *report, FILE *stream);

/* Means and errors of money have more digits than money itself; empty where they cannot be given. */
static void write_yuan(FILE *stream, double fen)
{
    if (isfinite(fen)) {
        fprintf(stream, ",%.4f", fen / 100);
    } else {
        fputc(',', stream);
    }
}

static void write_exact(FILE *stream, bg_fen amount)
{
    char text[BG_NUMBER_TEXT];
    fprintf(stream, ",%s", bg_money_text(amount, text));
}

static void write_history(const bg_report *report, FILE *stream)
{
    fputs("unit,year,expense_yuan,completion\n", stream);
    const bg_history *history = &report->model->contract.history;
    for (size_t i = 0; i < history->scheme_count; i++) {
        for (size_t j = 0; j < history->year_count; j++) {
            char completion[BG_NUMBER_TEXT];
            fprintf(stream, "%s,%d", history->scheme[i].name, history->year[j]);
            write_exact(stream, history->scheme[i].paid_fen[j]);
            fprintf(stream, ",%s\n", bg_decimal_text(history->completion[j], completion));
        }
    }
}

/* The funds of all schemes have the same names. */
static void write_budget(const bg_report *report, FILE *stream)
{
    const bg_model *model = report->model;
    fputs("unit,year,growth,opening_total_yuan,total_yuan,payable_yuan", stream);
    size_t funds = bg_budget_fund_count(model->contract.terms[0]);
    for (size_t i = 0; i < funds; i++) {
        fprintf(stream, ",fund_%s_yuan", bg_budget_fund(model->contract.terms[0], i)->name);
    }
    fputc('\n', stream);
    for (size_t i = 0; i < report->budget->schemes; i++) {
        for (size_t j = 0; j < report->budget->years; j++) {
            const bg_budget_year *year = bg_central_budget_year(report->budget, i, j);
            char growth[BG_NUMBER_TEXT];
            fprintf(stream, "%s,%d,%s", model->contract.history.scheme[i].name, year->year,
                    bg_decimal_text(year->growth, growth));
            write_exact(stream, year->opening_total);
            write_exact(stream, year->total);
            write_exact(stream, year->payable);
            for (size_t k = 0; k < funds; k++) {
                write_exact(stream, year->fund[k]);
            }
            fputc('\n', stream);
        }
    }
}

static void write_instalments(const bg_report *report, FILE *stream)
{
    fputs("unit,year,month,instalment_yuan\n", stream);
    for (size_t i = 0; i < report->budget->schemes; i++) {
        for (size_t j = 0; j < report->budget->years; j++) {
            const bg_budget_year *year = bg_central_budget_year(report->budget, i, j);
            for (int month = 0; month < 12; month++) {
                fprintf(stream, "%s,%d,%d", report->model->contract.history.scheme[i].name,
                        year->year, month + 1);
                write_exact(stream, year->instalment[month]);
                fputc('\n', stream);
            }
        }
    }
}

static void write_quantile(FILE *stream, const bg_quantile *quantile)
{
    write_exact(stream, (bg_fen)quantile->value);
    if (quantile->has_interval) {
        write_exact(stream, (bg_fen)quantile->low);
        write_exact(stream, (bg_fen)quantile->high);
    } else {
        fputs(",,", stream);
    }
}

static void write_statistics(FILE *stream, bg_fen central, const bg_statistics *s)
{
    write_exact(stream, central);
    write_yuan(stream, s->mean);
    write_yuan(stream, s->mean_se);
    write_yuan(stream, s->sd);
    for (size_t i = 0; i < BG_QUANTILE_COUNT; i++) {
        write_quantile(stream, &s->quantile[i]);
    }
    write_yuan(stream, s->tvar_lower);
    write_yuan(stream, s->tvar_lower_se);
    write_yuan(stream, s->tvar_upper);
    write_yuan(stream, s->tvar_upper_se);
    write_exact(stream, s->minimum);
    write_exact(stream, s->maximum);
    fputc('\n', stream);
}

static void write_outcomes(const bg_report *report, FILE *stream)
{
    const bg_projection *p = report->projection;
    fputs("unit,year,outcome,central,mean,mean_se,sd", stream);
    for (size_t i = 0; i < BG_QUANTILE_COUNT; i++) {
        int percent = (int)(100 * bg_quantile_levels[i] + 0.5);
        fprintf(stream, ",q%02d,q%02d_low,q%02d_high", percent, percent, percent);
    }
    fputs(",tvar_lower,tvar_lower_se,tvar_upper,tvar_upper_se,minimum,maximum\n", stream);
    for (size_t i = 0; i < bg_projection_unit_count(p); i++) {
        for (size_t j = 0; j < bg_projection_year_count(p); j++) {
            for (size_t k = 0; k < bg_projection_outcome_count(p); k++) {
                fprintf(stream, "%s,%d,%s", bg_projection_unit(p, i), bg_projection_year(p, j),
                        bg_projection_outcome(p, k));
                write_statistics(stream, bg_projection_central(p, i, j, k),
                                 bg_projection_statistics(p, i, j, k));
            }
        }
    }
}

static void write_probability(FILE *stream, const char *unit, const char *year, bg_event event,
                              bg_probability p)
{
    fprintf(stream, "%s,%s,%s,%zu,%zu,%.6f,%.6f,%.6f\n", unit, year, bg_event_name(event), p.n,
            p.hits, p.estimate, p.low, p.high);
}

static void write_probabilities(const bg_report *report, FILE *stream)
{
    const bg_projection *p = report->projection;
    fputs("unit,year,event,n,hits,estimate,low,high\n", stream);
    for (size_t i = 0; i < bg_projection_unit_count(p); i++) {
        const char *unit = bg_projection_unit(p, i);
        for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
            for (size_t j = 0; j < bg_projection_year_count(p); j++) {
                char year[16];
                snprintf(year, sizeof year, "%d", bg_projection_year(p, j));
                write_probability(stream, unit, year, event,
                                  bg_projection_probability(p, i, j, event));
            }
            write_probability(stream, unit, "ever", event,
                              bg_projection_probability_ever(p, i, event));
        }
    }
}

static void write_cash(const bg_report *report, FILE *stream)
{
    static const struct {
        size_t index;
        int percent;
    } quantiles[] = {{BG_Q05, 5},  {BG_Q10, 10}, {BG_Q25, 25}, {BG_Q50, 50},
                     {BG_Q75, 75}, {BG_Q90, 90}, {BG_Q95, 95}};
    const bg_projection *p = report->projection;
    fputs("unit,year,month,central,mean,mean_se", stream);
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++) {
        fprintf(stream, ",q%02d", quantiles[i].percent);
    }
    fputc('\n', stream);
    for (size_t i = 0; i < bg_projection_unit_count(p); i++) {
        for (size_t j = 0; j < 12 * bg_projection_year_count(p); j++) {
            const bg_statistics *s = bg_projection_cash(p, i, j / 12, j % 12);
            fprintf(stream, "%s,%d,%zu", bg_projection_unit(p, i), bg_projection_year(p, j / 12),
                    j % 12 + 1);
            write_exact(stream, bg_projection_central_cash(p, i, j / 12, j % 12));
            write_yuan(stream, s->mean);
            write_yuan(stream, s->mean_se);
            for (size_t k = 0; k < sizeof quantiles / sizeof *quantiles; k++) {
                write_exact(stream, (bg_fen)s->quantile[quantiles[k].index].value);
            }
            fputc('\n', stream);
        }
    }
}

static void write_convergence(const bg_report *report, FILE *stream)
{
    const bg_projection *p = report->projection;
    fputs("unit,year,outcome,n,mean,mean_se\n", stream);
    for (size_t i = 0; i < bg_projection_unit_count(p); i++) {
        for (size_t j = 0; j < bg_projection_year_count(p); j++) {
            for (size_t k = 0; k < BG_OUTCOME_COUNT; k++) {
                size_t n[4];
                double mean[4], error[4];
                bg_projection_convergence(p, i, j, k, n, mean, error);
                for (size_t row = 0; row < 4; row++) {
                    fprintf(stream, "%s,%d,%s,%zu", bg_projection_unit(p, i),
                            bg_projection_year(p, j), bg_projection_outcome(p, k), n[row]);
                    write_yuan(stream, mean[row]);
                    write_yuan(stream, error[row]);
                    fputc('\n', stream);
                }
            }
        }
    }
}

static void write_published(const bg_report *report, FILE *stream)
{
    bg_published list[20];
    size_t count = bg_published_read(report, list, sizeof list / sizeof *list);
    fputs("year,method,expense_yuan\n", stream);
    for (size_t i = 0; i < count; i++) {
        if (list[i].has_expense) {
            fprintf(stream, "%d,published", list[i].year);
            write_exact(stream, list[i].expense.published);
            fputc('\n', stream);
        }
        for (size_t j = 0; j < sizeof list->forecast / sizeof *list->forecast; j++) {
            fprintf(stream, "%d,%s", list[i].year, list[i].forecast[j].method);
            write_yuan(stream, list[i].forecast[j].expense);
            fputc('\n', stream);
        }
    }
}

static bg_status write_table(const bg_report *report, const char *directory, const char *name,
                             table_writer *writer, bg_errors *errors)
{
    char *path = bg_path_join(directory, name);
    if (!path) {
        return bg_no_memory(errors);
    }
    bg_output output;
    bg_status status = bg_output_open(&output, path, errors);
    if (status == BG_OK) {
        writer(report, output.stream);
        status = bg_output_commit(&output, errors);
    }
    free(path);
    return status;
}

bg_status bg_report_csv(const bg_report *self, const char *directory, bg_errors *errors)
{
    static const struct {
        const char *name;
        table_writer *writer;
    } tables[] = {
        {"history.csv", write_history},
        {"budget.csv", write_budget},
        {"instalments.csv", write_instalments},
        {"outcomes.csv", write_outcomes},
        {"probabilities.csv", write_probabilities},
        {"monthly_cash.csv", write_cash},
        {"published.csv", write_published},
        {"convergence.csv", write_convergence},
    };
    bg_status status = BG_OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && status == BG_OK; i++) {
        status = write_table(self, directory, tables[i].name, tables[i].writer, errors);
    }
    return status;
}
