#include "report/as_read_parts.h"

#include <math.h>
#include <stdlib.h>

double bg_past_people(const bg_history *history, size_t scheme, size_t year)
{
    double people = history->scheme[scheme].people;
    for (size_t y = history->year_count - 1; y > year; y--) {
        people /= 1 + history->scheme[scheme].people_growth;
    }
    return people;
}

double bg_past_national_per_head(const bg_contract *contract, size_t scheme, int year)
{
    const bg_node *people = bg_scenario_find(contract->scenario, "people");
    const bg_node *table = bg_node_child(
        bg_node_child(people, contract->history.scheme[scheme].name), "spend_per_head");
    int64_t last = 0;
    for (const bg_node *each = table ? table->child : NULL; each; each = each->next) {
        if (each->limit != INT64_MAX && each->limit > last) {
            last = each->limit;
        }
        if (each->limit == year) {
            return (double)each->value.fen;
        }
    }
    const bg_node *later = bg_node_child(table, "later");
    return later && year == last + 1 ? (double)later->value.fen : 0;
}

double bg_past_paid_per_head(const bg_contract *contract, size_t scheme, size_t year)
{
    const bg_history *history = &contract->history;
    return (double)history->scheme[scheme].paid_fen[year] / bg_past_people(history, scheme, year);
}

double bg_past_growth(const bg_scheme *scheme, size_t year)
{
    return year > 0 && year < BG_MAX_HISTORY_YEARS
               ? (double)scheme->paid_fen[year] / (double)scheme->paid_fen[year - 1] - 1
               : NAN;
}

void bg_as_read_say(bg_document *page, bg_text *text, int indent)
{
    page->failed = page->failed || text->failed;
    char *words = bg_text_take(text);
    bg_document_add(page, BG_PART_SENTENCE, indent, "%s", words ? words : "");
    free(words);
}
