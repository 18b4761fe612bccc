#include "report/postings.h"

#include "report/label.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

char *bg_posting_explained(const bg_posting *posting, const bg_plan *plan, bg_fen unit,
                           const char *language)
{
    const bool chinese = strcmp(language, "zh") == 0;
    const bg_posting_words words = {language, bg_label_of_account,
                                    chinese ? bg_label_of_name : NULL, unit};
    return bg_posting_text(posting, plan, &words);
}

static const char *account_label(const bg_plan *plan, int account, const char *language)
{
    return account < 0 ? "" : bg_label_of_account(bg_plan_account(plan, (size_t)account), language);
}

/* Where the rate stands: "county.yaml:12"; nothing where it is the default plan's. */
static const char *posting_source(const bg_posting *posting, char *buffer, size_t size)
{
    buffer[0] = '\0';
    if (posting->mark.file && posting->mark.line > 0) {
        snprintf(buffer, size, "%s:%d", posting->mark.file, posting->mark.line);
    } else if (posting->mark.file) {
        snprintf(buffer, size, "%s", posting->mark.file);
    }
    return buffer;
}

/* The step as it is called; of a pot, behind the pot, and by its kind where it has no name of its own. */
static const char *step_words(bg_sheet *sheet, const bg_posting *posting)
{
    const char *language = sheet->language;
    const size_t kind = strlen(posting->kind);
    const char *name = posting->name ? posting->name : posting->kind;
    if (!posting->pot) {
        return bg_label_of_step(name, language);
    }
    const bool nameless = strncmp(name, posting->kind, kind) == 0 && name[kind] == '#';
    return bg_sheet_keep(sheet, bg_in_language(language, "%s: %s", "%s：%s"),
                         bg_label_of_account(posting->pot, language),
                         bg_label_of_step(nameless ? posting->kind : name, language));
}

static void add_posting(bg_sheet *sheet, const bg_posting *posting, const bg_plan *plan,
                        bg_fen unit)
{
    const char *language = sheet->language;
    char source[256];
    if (posting->step) {
        bg_sheet_add_count(sheet, posting->step);
    } else {
        bg_sheet_add_absent(sheet);
    }
    bool moves = posting->from >= 0 || posting->to >= 0;
    bg_sheet_add_text(sheet, step_words(sheet, posting));
    bg_sheet_add_fen(sheet, posting->amount);
    bg_sheet_add_text(
        sheet, bg_sheet_keep(sheet, "%s%s%s", account_label(plan, posting->from, language),
                             moves ? " → " : "", account_label(plan, posting->to, language)));
    if (posting->has_rate) {
        bg_sheet_add_rate(sheet, posting->rate);
    } else {
        bg_sheet_add_absent(sheet);
    }
    bg_sheet_add_fen(sheet, posting->balance_after);
    bg_sheet_add_text(sheet,
                      bg_sheet_keep(sheet, "%s", posting_source(posting, source, sizeof source)));
    char *text = bg_posting_explained(posting, plan, unit, language);
    bg_sheet_note(sheet, bg_sheet_keep(sheet, "%s", text ? text : ""));
    sheet->failed = sheet->failed || !text;
    free(text);
}

void bg_postings_say(const bg_trace *trace, const bg_plan *plan, bg_document *page)
{
    const char *language = page->language;
    const bg_column columns[] = {
        {.kind = BG_CELL_COUNT, .heading = bg_label(BG_LABEL_step, language)},
        {.kind = BG_CELL_TEXT, .heading = bg_label(BG_LABEL_kind, language)},
        {.kind = BG_CELL_FEN, .heading = bg_label(BG_LABEL_amount, language)},
        {.kind = BG_CELL_TEXT, .heading = bg_label(BG_LABEL_from_to, language)},
        {.kind = BG_CELL_RATE, .heading = bg_label(BG_LABEL_rate, language)},
        {.kind = BG_CELL_FEN, .heading = bg_label(BG_LABEL_balance_after, language)},
        {.kind = BG_CELL_TEXT, .heading = bg_label(BG_LABEL_source, language)}};
    bool by_default = false;
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_columns(&sheet, columns, COUNT(columns));
    for (size_t i = 0; i < trace->count; i++) {
        const bg_posting *posting = &trace->items[i];
        add_posting(&sheet, posting, plan, page->money ? page->money : 100);
        by_default = by_default || (posting->step && !posting->mark.file);
    }
    bg_document_add_sheet(page, 2, &sheet);
    if (by_default) {
        bg_document_add(page, BG_PART_LINE, 2, "%s", bg_label(BG_LABEL_default_plan, language));
    }
}
