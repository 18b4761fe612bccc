#include "report/hinge.h"

#include "base/text.h"
#include "contract/money_unit.h"
#include "report/label.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOSTLY 0.5 /* of the variance */

/* ---- the input ---- */

/* A step that one can picture: how much it is of the key's unit, and its words; 0: there is none. */
typedef struct step {
    double size;
    const char *en, *zh;
} step;

/* One per cent of what the scenario has, else of the middle of the range. */
static double per_cent_of(const bg_hinge *self, const bg_axis *input, double units)
{
    const bg_node *node = bg_scenario_find(self->model->contract.scenario, input->key);
    const bool has = node && node->kind == BG_NODE_VALUE && node->value.integer > 0;
    const double middle = (bg_axis_end(input, false) + bg_axis_end(input, true)) / 2;
    return 0.01 * (has ? (double)node->value.integer / units : middle);
}

static step step_of(const bg_hinge *self, const bg_axis *input)
{
    const bg_parameter *row = input->row;
    if (row->type == BG_TYPE_RATE) {
        return strcmp(row->unit, "1/year") == 0
                   ? (step){0.01, "one point more a year", "每年每提高1个百分点"}
                   : (step){0.01, "one point more", "每提高1个百分点"};
    }
    if (strcmp(row->unit, "points") == 0) {
        return (step){1, "one point more", "每提高1分"};
    }
    if (row->type == BG_TYPE_INTEGER) {
        return (step){per_cent_of(self, input, 1), "one per cent more", "每增加1%"};
    }
    return row->type == BG_TYPE_MONEY || row->type == BG_TYPE_PRICE
               ? (step){per_cent_of(self, input, 100), "one per cent more", "每增加1%"}
               : (step){0};
}

/* "prior mean of the trend (demand.trend.prior)": what the catalogue says of it up to a semicolon, and the key. */
static void add_input(bg_text *text, const bg_axis *input, const char *language)
{
    const bool zh = strcmp(language, "zh") == 0;
    const char *words = zh ? input->row->zh : input->row->en;
    const char *end = strstr(words, zh ? "；" : ";");
    const int length = end ? (int)(end - words) : (int)strlen(words);
    const bool lower = !zh && length > 1 && islower((unsigned char)words[1]);
    const int first = lower ? tolower((unsigned char)words[0]) : words[0];
    if (lower) {
        bg_text_add(text, "%c%.*s (%s)", first, length - 1, words + 1, input->key);
    } else {
        bg_text_add(text, zh ? "%.*s（%s）" : "%.*s (%s)", length, words, input->key);
    }
}

/* ---- the figure ---- */

typedef enum measure { SHARE, SCORE, MONEY } measure;

static measure measure_of(const bg_hinge *self)
{
    if (bg_figure_is_share(self->figure)) {
        return SHARE;
    }
    return bg_model_outcome_info(self->model, self->figure->outcome).kind == BG_OUTCOME_KIND_SCORE
               ? SCORE
               : MONEY;
}

static void add_figure(const bg_hinge *self, bg_text *text, const char *language)
{
    const bg_figure *figure = self->figure;
    if (figure->kind == BG_FIGURE_CHANCE && !figure->band) {
        bg_text_add(text, bg_in_language(language, "the chance of \"%s\"", "“%s”的概率"),
                    bg_label_of_event(figure->event, language));
    } else {
        bg_text_add(text, "%s", self->name);
    }
}

/* A value of it, or the size of a change by it, of which `largest` is the largest that stand together. */
static void add_value(const bg_hinge *self, bg_text *text, const char *language, double value,
                      double largest, bool change)
{
    switch (measure_of(self)) {
    case SHARE:
        bg_text_add(text,
                    change ? bg_in_language(language, "%.2g points", "%.2g个百分点") : "%.3g%%",
                    100 * value);
        break;
    case SCORE:
        bg_text_add(text, bg_in_language(language, "%.3g points", "%.3g分"), value / 100);
        break;
    case MONEY: {
        char amount[BG_AMOUNT_TEXT];
        const bg_money_scale unit = bg_contract_money(&self->model->contract, language);
        bg_amount_named(bg_money_scale_of((bg_fen)unit.fen, largest, language), value, amount);
        bg_text_add(text, "%s", amount);
        break;
    }
    }
}

/* ---- what one does to the other ---- */

/* "from 12% at 2% to 60% at 8%" */
static void add_ends(const bg_hinge *self, bg_text *text, const char *language, size_t i)
{
    const bg_axis *input = &self->found->input[i];
    const double low = self->found->low_end[i], high = self->found->high_end[i];
    const double largest = fmax(fabs(low), fabs(high));
    const bg_money_scale money = bg_contract_money(&self->model->contract, language);
    char at[2][BG_VALUE_TEXT];
    bg_axis_shown(input, bg_axis_end(input, false), money, at[0]);
    bg_axis_shown(input, bg_axis_end(input, true), money, at[1]);
    if (strcmp(language, "zh") == 0) {
        bg_text_add(text, "取%s时为", at[0]);
        add_value(self, text, language, low, largest, false);
        bg_text_add(text, "，取%s时为", at[1]);
        add_value(self, text, language, high, largest, false);
    } else {
        bg_text_add(text, "from ");
        add_value(self, text, language, low, largest, false);
        bg_text_add(text, " at %s to ", at[0]);
        add_value(self, text, language, high, largest, false);
        bg_text_add(text, " at %s", at[1]);
    }
}

static void add_effect(const bg_hinge *self, bg_text *text, const char *language, size_t i)
{
    const bg_axis *input = &self->found->input[i];
    const double rise = self->found->high_end[i] - self->found->low_end[i];
    const double width = bg_axis_end(input, true) - bg_axis_end(input, false);
    const step one = step_of(self, input);
    const bool zh = strcmp(language, "zh") == 0;
    if (one.size > 0 && fabs(rise) > 0) {
        bg_text_add(text, zh ? "%s，" : "%s ", zh ? one.zh : one.en);
        if (!zh) {
            bg_text_add(text, rise > 0 ? "raises " : "lowers ");
        }
        add_figure(self, text, language);
        bg_text_add(text, zh ? (rise > 0 ? "平均上升" : "平均下降") : " by ");
        const double change = fabs(rise) / width * one.size;
        add_value(self, text, language, change, change, true);
        bg_text_add(text, zh ? "（" : " on average, ");
        add_ends(self, text, language, i);
        bg_text_add(text, zh ? "）" : "");
    } else {
        add_figure(self, text, language);
        bg_text_add(text, zh ? "" : " goes ");
        add_ends(self, text, language, i);
    }
}

static void say_input(const bg_hinge *self, bg_document *page, size_t place)
{
    const char *language = page->language;
    const bg_sensitivity *found = self->found;
    const size_t g = found->order[place], i = found->group[g].first;
    const bool several = found->group[g].end - i > 1;
    const bool mostly = found->at[BG_SENSITIVITY_SHARES - 1].total[g].value >= MOSTLY;
    bg_text text = {0};
    if (place == 0 && mostly) {
        bg_text_add(&text, "%s",
                    bg_in_language(language, "The conclusion hangs mostly on ", "结论主要取决于"));
    } else if (place == 0) {
        bg_text_add(&text, "%s",
                    bg_in_language(language, "The conclusion hangs on several inputs, first on ",
                                   "结论取决于多个参数，首先是"));
    } else {
        bg_text_add(&text, "%s", bg_in_language(language, "Then on ", "其次是"));
    }
    if (several) {
        bg_text_add(&text, "%s", found->group[g].name);
    } else {
        add_input(&text, &found->input[i], language);
    }
    if (!several && isfinite(found->low_end[i]) && isfinite(found->high_end[i])) {
        bg_text_add(&text, "%s", bg_in_language(language, ": ", "："));
        add_effect(self, &text, language, i);
    }
    char *words = bg_text_take(&text);
    page->failed = page->failed || !words;
    if (words) {
        bg_document_add(page, BG_PART_SENTENCE, 0, bg_in_language(language, "%s.", "%s。"), words);
    }
    free(words);
}

void bg_hinge_say(const bg_hinge *self, bg_document *page)
{
    const bg_sensitivity *found = self->found;
    const bg_sobol_index *total = found->at[BG_SENSITIVITY_SHARES - 1].total;
    const bool told = found->varies && found->inner_noise < BG_SENSITIVITY_DROWNED;
    for (size_t place = 0; told && place < found->groups && place < BG_HINGE_MOST; place++) {
        const bg_sobol_index *index = &total[found->order[place]];
        if (!index->above_zero || (place > 0 && index->value < BG_HINGE_SHARE)) {
            break;
        }
        say_input(self, page, place);
    }
}
