#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/folder.h"
#include "../../support/scenario_text.h"
#include "format/text_writer.h"
#include "report/hinge.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char base[] = "history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}\n"
                           "people: {residents: {count: 200000}}\n"
                           "budget: {growth: 5%, adjustments: {beds: 0}}\n"
                           "simulation: {years: 1, replications: 32}\n";

enum { GROWTH, PEOPLE, BEDS, PERSISTENCE, INPUTS };

typedef struct told {
    bg_scenario_source source;
    bg_scenario *scenario;
    bg_model model;
    bg_figure figure;
    bg_sensitivity found;
    bg_sobol_index total[INPUTS];
    bg_errors errors;
} told;

/* Totals of 60, 30, 6 and 5 %, the last not told from zero. */
static void begin(told *self, const char *figure)
{
    static const char *const keys[INPUTS] = {"budget.growth", "people[residents].count",
                                             "budget.adjustments[beds].amount",
                                             "demand.volatility.persistence"};
    static const char *const ranges[INPUTS] = {"0%:10%", "180000:220000", "0:1000万", "0:0.5"};
    static const double totals[INPUTS] = {0.6, 0.3, 0.06, 0.05};
    folder_write("base.yaml", base);
    *self = (told){.source = {.path = "base.yaml"}};
    bg_errors_init(&self->errors);
    assert_int_equal(bg_scenario_load(&self->source, &self->scenario, &self->errors), BG_OK);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &self->errors), BG_OK);
    assert_int_equal(bg_figure_parse(&self->model, figure, "f", &self->figure, &self->errors),
                     BG_OK);
    self->found = (bg_sensitivity){.inputs = INPUTS, .groups = INPUTS, .varies = true};
    self->found.at[BG_SENSITIVITY_SHARES - 1].total = self->total;
    for (size_t i = 0; i < INPUTS; i++) {
        assert_int_equal(
            bg_axis_range(keys[i], ranges[i], 100, &self->found.input[i], &self->errors), BG_OK);
        self->found.group[i] =
            (bg_sensitivity_group){.name = (char *)(uintptr_t)keys[i], .first = i, .end = i + 1};
        self->found.order[i] = i;
        self->total[i] = (bg_sobol_index){.value = totals[i], .above_zero = i != PERSISTENCE};
    }
}

static void set_ends(told *self, size_t input, double low, double high)
{
    self->found.low_end[input] = low;
    self->found.high_end[input] = high;
}

/* Lines are broken anywhere and then indented. */
static void join_lines(char *text, const char *by)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        const bool space = *from == ' ' || *from == '\n';
        if (!space) {
            *to++ = *from;
        } else if (by[0] && to > text && to[-1] != ' ') {
            *to++ = ' ';
        }
    }
    *to = '\0';
}

static char *words_of(told *self, const char *language)
{
    const bg_hinge hinge = {&self->found, &self->model, &self->figure, "mean(result.2025.all)"};
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    bg_document page;
    assert_non_null(stream);
    bg_document_init(&page, language);
    bg_hinge_say(&hinge, &page);
    assert_int_equal(bg_document_write_text(&page, stream), BG_OK);
    bg_document_free(&page);
    fclose(stream);
    join_lines(text, strcmp(language, "zh") == 0 ? "" : " ");
    return text;
}

static void end(told *self)
{
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static void expect(told *self, const char *language, const char *const *parts, size_t count)
{
    char *text = words_of(self, language);
    for (size_t i = 0; i < count; i++) {
        assert_contains(text, parts[i]);
    }
    free(text);
}

#define EXPECT(told, language, ...)                                                                \
    expect(told, language, (const char *const[]){__VA_ARGS__},                                     \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* (40 % - 70 %) / 10 points; (80 % - 40 %) over 20 % of the people. */
static void a_step_moves_a_chance_by_points(void **state)
{
    (void)state;
    told self;
    begin(&self, "p_overspend.first");
    set_ends(&self, GROWTH, 0.7, 0.4);
    set_ends(&self, PEOPLE, 0.8, 0.4);
    set_ends(&self, BEDS, 0.5, 0.5);
    EXPECT(&self, "en", "The conclusion hangs mostly on", "(budget.growth): one point more a",
           "lowers", "by 3 points on", "from 70% at", "40% at", "Then on", "one per cent more",
           "by 2 points", "goes from 50%");
    EXPECT(&self, "zh", "结论主要取决于", "每年每提高1个百分点", "平均下降3个百分点", "每增加1%",
           "平均下降2个百分点");
    char *text = words_of(&self, "en");
    assert_null(strstr(text, "persistence"));
    free(text);
    end(&self);
}

/* 8 million over 10 points; none below the half is what it mostly hangs on. */
static void a_step_moves_an_amount_by_money(void **state)
{
    (void)state;
    told self;
    begin(&self, "mean(result.first)");
    self.total[GROWTH].value = 0.4;
    set_ends(&self, GROWTH, -3e8, 5e8);
    set_ends(&self, PEOPLE, NAN, 5e8);
    set_ends(&self, BEDS, 0, 1e8);
    EXPECT(&self, "en", "hangs on several inputs, first on", "raises", "by 0.8000 million yuan");
    EXPECT(&self, "zh", "结论取决于多个参数，首先是", "平均上升");
    end(&self);
}

static void nothing_is_said_of_what_is_not_told(void **state)
{
    (void)state;
    told self;
    begin(&self, "p_overspend.first");
    self.found.inner_noise = BG_SENSITIVITY_DROWNED;
    char *text = words_of(&self, "en");
    assert_string_equal(text, "");
    free(text);
    self.found.inner_noise = 0;
    self.total[GROWTH].above_zero = false;
    text = words_of(&self, "en");
    assert_string_equal(text, "");
    free(text);
    end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_moves_a_chance_by_points),
        cmocka_unit_test(a_step_moves_an_amount_by_money),
        cmocka_unit_test(nothing_is_said_of_what_is_not_told),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
