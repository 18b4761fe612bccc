#include "study/outturn.h"

#include <math.h>
#include <stdio.h>

/* Fund payments of all schemes in a past year. */
static double past_expense(const bg_history *history, size_t year)
{
    double sum = 0;
    for (size_t i = 0; i < history->scheme_count; i++) {
        sum += (double)history->scheme[i].paid_fen[year];
    }
    return sum;
}

static double last_year_grown(const bg_history *history, int ahead)
{
    size_t last = history->year_count - 1;
    double growth =
        last ? pow(past_expense(history, last) / past_expense(history, 0), 1.0 / (double)last) : 1;
    return past_expense(history, last) * pow(growth, ahead);
}

static double mean_of_last_three(const bg_history *history)
{
    size_t first = history->year_count < 3 ? 0 : history->year_count - 3;
    double sum = 0;
    for (size_t i = first; i < history->year_count; i++) {
        sum += past_expense(history, i);
    }
    return sum / (double)(history->year_count - first);
}

const char *bg_forecast_name(bg_forecast forecast)
{
    static const char *const names[BG_FORECAST_COUNT] = {
        [BG_FORECAST_PROJECTION] = "projection",
        [BG_FORECAST_LAST_YEAR] = "last_year",
        [BG_FORECAST_OWN_GROWTH] = "own_growth",
        [BG_FORECAST_MEAN_OF_THREE] = "mean_of_three",
    };
    return names[forecast];
}

bool bg_outturn_inside(const bg_outturn *self)
{
    double published = (double)self->published;
    return published >= self->low && published <= self->high;
}

static bg_outturn outturn(const bg_statistics *s, bg_fen published)
{
    return (bg_outturn){published, s->quantile[BG_Q10].value, s->quantile[BG_Q90].value, s};
}

static bool pools_are_modelled(const bg_model *model)
{
    for (size_t i = 0; i < model->contract.history.scheme_count; i++) {
        if (!model->contract.pool[i].modelled) {
            return false;
        }
    }
    return true;
}

static void fill_balance(bg_published *self, const bg_model *model, const bg_node *node,
                         const bg_statistics *balance)
{
    self->has_balance = bg_node_child(node, "pool_balance") != NULL && pools_are_modelled(model);
    if (self->has_balance) {
        self->balance = outturn(balance, bg_node_fen(node, "pool_balance"));
    }
}

static void fill_forecasts(bg_published *self, const bg_history *history, double median)
{
    const size_t last = history->year_count - 1;
    const int ahead = self->year - history->year[last];
    self->forecast[BG_FORECAST_PROJECTION] = median;
    self->forecast[BG_FORECAST_LAST_YEAR] = past_expense(history, last);
    self->forecast[BG_FORECAST_OWN_GROWTH] = last_year_grown(history, ahead);
    self->forecast[BG_FORECAST_MEAN_OF_THREE] = mean_of_last_three(history);
}

static void fill(bg_published *self, const bg_model *model, const bg_projection *projection,
                 const bg_node *node, size_t year)
{
    const size_t unit = bg_projection_unit_count(projection) - 1; /* the scheme, or all */
    const bg_statistics *expense =
        bg_projection_statistics(projection, unit, year, BG_OUTCOME_expense);
    *self = (bg_published){0};
    self->year = bg_projection_year(projection, year);
    self->source = bg_node_child(node, "source") ? bg_node_text(node, "source") : NULL;
    self->has_expense = bg_node_child(node, "expense") != NULL;
    if (self->has_expense) {
        self->expense = outturn(expense, bg_node_fen(node, "expense"));
    }
    fill_balance(self, model, node,
                 bg_projection_statistics(projection, unit, year, BG_OUTCOME_pool_balance));
    fill_forecasts(self, &model->contract.history, expense->quantile[BG_Q50].value);
}

size_t bg_published_read(const bg_model *model, const bg_projection *projection, bg_published *list,
                         size_t capacity)
{
    const bg_node *published = bg_scenario_find(model->contract.scenario, "published");
    size_t count = 0;
    for (size_t i = 0; i < bg_projection_year_count(projection); i++) {
        char key[16];
        snprintf(key, sizeof key, "%d", bg_projection_year(projection, i));
        const bg_node *node = bg_node_child(published, key);
        if (node && count < capacity) {
            fill(&list[count], model, projection, node, i);
            count += list[count].has_expense || list[count].has_balance;
        }
    }
    return count;
}
