#include "report/text_page.h"

#include "base/text.h"
#include "format/paragraph.h"
#include "statistics/uncertainty.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_WIDTH 80

const char *bg_text_page_words(const bg_text_page *self, const char *en, const char *zh)
{
    return bg_in_language(self->language, en, zh);
}

void bg_text_page_heading(const bg_text_page *self, bg_label_id label)
{
    fprintf(self->stream, "\n%s\n", bg_label(label, self->language));
}

void bg_text_page_say(bg_text_page *self, int indent, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = bg_text_format_list(format, arguments);
    va_end(arguments);
    if (!text) {
        self->status = BG_MEMORY;
        return;
    }
    const bg_margins margins = {indent, indent + 2, PAGE_WIDTH};
    bg_paragraph_print(text, margins, self->stream);
    free(text);
}

void bg_text_page_table(bg_text_page *self, bg_text_table *table)
{
    bg_status status = bg_text_table_print(table, self->stream, 2);
    self->status = self->status == BG_OK ? status : self->status;
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

char *bg_text_page_mean(bg_money_scale unit, const bg_statistics *s, int sign,
                        char buffer[BG_TEXT_SIZE])
{
    return bg_amount_with_error(unit, sign * s->mean, bg_mean_error(s), buffer);
}

char *bg_text_page_interval(const bg_text_page *self, bg_money_scale unit, const bg_statistics *s,
                            char buffer[BG_TEXT_SIZE])
{
    char low[BG_AMOUNT_TEXT], high[BG_AMOUNT_TEXT];
    snprintf(buffer, BG_TEXT_SIZE, bg_text_page_words(self, "%s to %s", "%s至%s"),
             bg_amount_text(unit, s->quantile[BG_Q10].value, low),
             bg_amount_text(unit, s->quantile[BG_Q90].value, high));
    return buffer;
}

char *bg_text_page_ends(bg_money_scale unit, const bg_statistics *s, char buffer[BG_TEXT_SIZE])
{
    double error = bg_interval_error(s);
    if (isnan(error)) {
        snprintf(buffer, BG_TEXT_SIZE, "–");
    } else if (bg_error_shows(unit, error)) {
        char text[BG_AMOUNT_TEXT];
        snprintf(buffer, BG_TEXT_SIZE, "±%s", bg_amount_text(unit, error, text));
    } else {
        buffer[0] = '\0';
    }
    return buffer;
}

char *bg_text_page_ends_note(const bg_text_page *self, bg_money_scale unit, const bg_statistics *s,
                             char buffer[BG_TEXT_SIZE])
{
    char ends[BG_TEXT_SIZE];
    buffer[0] = '\0';
    if (bg_text_page_ends(unit, s, ends)[0]) {
        snprintf(buffer, BG_TEXT_SIZE, bg_text_page_words(self, " (ends %.40s)", "（端点%.40s）"),
                 ends);
    }
    return buffer;
}

char *bg_text_page_probability(bg_probability probability, char buffer[BG_TEXT_SIZE])
{
    double half_width = 50 * (probability.high - probability.low);
    int decimals = half_width >= 0.095 ? 1 : 2;
    if (probability.hits == 0) {
        snprintf(buffer, BG_TEXT_SIZE, "<%.2g%%", 100 * probability.high);
    } else if (probability.hits == probability.n) {
        snprintf(buffer, BG_TEXT_SIZE, ">%.4g%%", 100 * probability.low);
    } else {
        snprintf(buffer, BG_TEXT_SIZE, "%.*f%% ±%.*f", decimals, 100 * probability.estimate,
                 decimals, half_width);
    }
    return buffer;
}
