#include "report/text_page.h"

#include "statistics/uncertainty.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *bg_text_page_words(const bg_text_page *self, const char *en, const char *zh)
{
    return bg_in_language(self->language, en, zh);
}

void bg_text_page_heading(const bg_text_page *self, bg_label_id label)
{
    bg_document_add(self->document, BG_PART_HEADING, 0, "%s", bg_label(label, self->language));
}

size_t bg_text_page_years(const bg_text_page *self)
{
    return bg_projection_year_count(self->report->projection);
}

int bg_text_page_year(const bg_text_page *self, size_t year)
{
    return bg_projection_year(self->report->projection, year);
}

const bg_statistics *bg_text_page_statistics(const bg_text_page *self, size_t unit, size_t year,
                                             size_t outcome)
{
    return bg_projection_statistics(self->report->projection, unit, year, outcome);
}

const char *bg_text_page_change_name(const bg_text_page *self, const bg_node *section)
{
    const bg_node *title = bg_node_child(section, "title");
    return title ? bg_node_in_language(title, self->language) : section->key;
}

const bg_node *bg_text_page_contribution_section(const bg_text_page *self,
                                                 const bg_contribution *row)
{
    static const char *const lists[] = {[BG_CONTRIBUTION_MEASURE] = "measures",
                                        [BG_CONTRIBUTION_INCIDENT] = "incidents",
                                        [BG_CONTRIBUTION_BENEFIT] = "benefits"};
    const bool of_its_own = row->kind <= BG_CONTRIBUTION_BENEFIT;
    return of_its_own ? bg_node_child(bg_scenario_find(self->report->scenario, lists[row->kind]),
                                      row->name)
                      : NULL;
}

const char *bg_text_page_contribution_name(const bg_text_page *self, const bg_contribution *row)
{
    const bg_node *section = bg_text_page_contribution_section(self, row);
    switch (row->kind) {
    case BG_CONTRIBUTION_TOGETHER:
        return bg_text_page_words(self, "all together", "各项同时发生");
    case BG_CONTRIBUTION_REST:
        return bg_text_page_words(self, "the rest", "相互作用");
    default:
        return section ? bg_text_page_change_name(self, section) : row->name;
    }
}

bool bg_varies(const bg_statistics *s)
{
    return s->minimum < s->maximum;
}

double bg_mean_error(const bg_statistics *s)
{
    return bg_varies(s) ? bg_margin_of_se(s->mean_se) : 0;
}

double bg_interval_error(const bg_statistics *s)
{
    double error = 0;
    const bg_quantile *const ends[] = {&s->quantile[BG_Q10], &s->quantile[BG_Q90]};
    for (size_t i = 0; i < 2 && bg_varies(s); i++) {
        if (!ends[i]->has_interval) {
            return NAN;
        }
        error = fmax(error, fmax(ends[i]->value - ends[i]->low, ends[i]->high - ends[i]->value));
    }
    return error;
}

void bg_add_mean(bg_sheet *sheet, const bg_statistics *s, int sign)
{
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, sign * s->mean, bg_mean_error(s));
}

char *bg_text_page_mean(bg_money_scale unit, const bg_statistics *s, int sign,
                        char buffer[BG_TEXT_SIZE])
{
    return bg_amount_with_error(unit, sign * s->mean, bg_mean_error(s), buffer);
}

char *bg_text_page_interval(const bg_text_page *self, bg_money_scale unit, const bg_statistics *s,
                            char buffer[BG_TEXT_SIZE])
{
    return bg_amount_range(unit, s->quantile[BG_Q10].value, s->quantile[BG_Q90].value,
                           self->language, buffer);
}

char *bg_text_page_ends_note(const bg_text_page *self, bg_money_scale unit, const bg_statistics *s,
                             char buffer[BG_TEXT_SIZE])
{
    char ends[BG_AMOUNT_TEXT];
    buffer[0] = '\0';
    if (bg_amount_error(unit, bg_interval_error(s), ends)[0]) {
        snprintf(buffer, BG_TEXT_SIZE, bg_text_page_words(self, " (ends %.40s)", "（端点%.40s）"),
                 ends);
    }
    return buffer;
}

char *bg_text_page_yuan(const bg_text_page *self, bg_fen amount, char buffer[BG_TEXT_SIZE])
{
    char number[BG_AMOUNT_TEXT];
    const bg_money_scale scale = {"", 100, amount % 100 ? 2 : 0};
    bg_amount_text(scale, (double)amount, number);
    snprintf(buffer, BG_TEXT_SIZE, bg_text_page_words(self, "%.60s yuan", "%.60s元"), number);
    return buffer;
}

/* What it shows, as its heading has it. */
static const char *chart_words(const bg_text_page *self, const char *name)
{
    static const struct {
        const char *name, *en, *zh;
    } charts[] = {{"expense", "Expense and budget", "基金支出与付费总额"},
                  {"fan", "Expense and budget", "基金支出与付费总额"},
                  {"surplus", "Balance before sharing", "分担前结余分布"},
                  {"parties", "Who gets what", "各方损益"},
                  {"funds", "Balances at year end", "年末累计结余"},
                  {"cash", "Cash by month", "月度现金余缺"}};
    for (size_t i = 0; i < sizeof charts / sizeof *charts; i++) {
        if (strcmp(charts[i].name, name) == 0) {
            return bg_text_page_words(self, charts[i].en, charts[i].zh);
        }
    }
    return name;
}

void bg_text_page_chart(const bg_text_page *self, const char *name, size_t unit)
{
    const char *of = bg_projection_unit(self->report->projection, unit);
    char *picture = bg_text_format("%s-%s", name, of);
    bg_document_add_chart(self->document, picture ? picture : "",
                          bg_text_page_words(self, "%s: %s", "%s：%s"), chart_words(self, name),
                          bg_label_of_scheme(of, self->language));
    self->document->failed = self->document->failed || !picture;
    free(picture);
}
