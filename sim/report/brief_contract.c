/* What is decided: the contract in words. */
#include "report/as_read_parts.h"
#include "report/brief_parts.h"
#include "report/rule_words.h"

#include <stdlib.h>
#include <string.h>

/* Adds a term and takes the text. */
static void add_term(bg_brief *self, const char *term, bg_text *text)
{
    bg_document *document = self->page.document;
    char *words = bg_text_take(text);
    bg_document_add_term(document, 0, term, words ? words : "");
    document->failed = document->failed || !words;
    free(words);
}

static void say_total(bg_brief *self)
{
    const bg_history *history = &self->page.report->model->contract.history;
    bg_text text = {0};
    for (size_t s = 0; s < self->schemes; s++) {
        bg_text_add(&text, bg_brief_words(self, "%s%s ", "%s%s"),
                    s ? bg_brief_words(self, ", ", "，") : "",
                    bg_label_of_scheme(history->scheme[s].name, self->page.language));
        bg_brief_add_money(self, &text, bg_brief_total(self, s));
    }
    if (self->schemes > 1) {
        bg_text_add(&text, "%s", bg_brief_words(self, ", together ", "，合计"));
        bg_brief_add_money(self, &text, bg_brief_total(self, self->whole));
    }
    add_term(self, bg_brief_words(self, "total", "年度付费总额"), &text);
}

/* What moves nothing between the parties, or in every contract the same, is left to the full report. */
static bool is_usual(const bg_node *step)
{
    return strcmp(step->text, "disallow") == 0 || strcmp(step->text, "clear") == 0;
}

static const char *name_of(const bg_brief *self, const bg_node *step)
{
    static const char *const names[][2] = {
        {"release", "funds released"}, {"cover_emergency", "emergencies"},
        {"share_surplus", "surplus"},  {"share_overspend", "overspend"},
        {"carry_forward", "deficits"}, {"draw_reserve", "reserve"},
        {"pay_reserve", "reserve"}};
    const char *label = bg_label_of_step(step->text, self->page.language);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        label = strcmp(names[i][0], label) == 0 ? names[i][1] : label;
    }
    return label;
}

static void say_steps(bg_brief *self)
{
    const bg_node *plan = bg_scenario_find(self->page.report->scenario, "settlement");
    for (const bg_node *step = plan ? plan->child : NULL; step; step = step->next) {
        if (is_usual(step)) {
            continue;
        }
        bg_text text = {0};
        bg_add_step_words(&text, step, self->page.language);
        add_term(self, name_of(self, step), &text);
    }
}

void bg_brief_contract(bg_brief *self)
{
    const bg_contract *contract = &self->page.report->model->contract;
    bg_brief_heading(self, false, "What is to be decided", "要定的事");
    say_total(self);
    for (size_t i = 0; bg_contract_term_row(i); i++) {
        const bg_contract_term *term = bg_contract_term_row(i);
        if (term->decided) {
            bg_text text = {0};
            term->add(&text, contract, self->page.language, self->page.unit);
            add_term(self, bg_brief_words(self, term->en, term->zh), &text);
        }
    }
    say_steps(self);
}
