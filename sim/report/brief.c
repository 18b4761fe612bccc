#include "report/brief.h"

#include "contract/money_unit.h"
#include "report/brief_parts.h"
#include "report/text_bounds.h"

/* The parts in the order of the page. */
static void (*const parts[])(bg_brief *) = {
    bg_brief_headline, bg_brief_contract,   bg_brief_sentences, bg_brief_figures,
    bg_brief_parties,  bg_brief_worst,      bg_brief_turned,    bg_brief_emergency,
    bg_brief_funds,    bg_brief_arithmetic, bg_brief_basis};

void bg_brief_document(const bg_report *report, const bg_brief_facts *facts, bool full,
                       bg_document *document)
{
    const bg_history *history = &report->model->contract.history;
    bg_brief self = {
        .page = {report, report->language,
                 bg_contract_money(&report->model->contract, report->language), document},
        .facts = facts,
        .full = full,
        .schemes = history->scheme_count,
        .whole = bg_projection_unit_count(report->projection) - 1,
        .any = bg_projection_unit_any(report->projection),
        .first = bg_projection_year(report->projection, 0),
        .past = history->year[history->year_count - 1],
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        parts[i](&self);
    }
    if (full) {
        bg_text_page_details(&self.page, false);
        bg_brief_glossary(&self);
    }
    bg_text_explain_bounds(document);
}
