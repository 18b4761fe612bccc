/* What "<0.38%" means is said once, where it stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "report/text_bounds.h"

#include <math.h>
#include <string.h>

static void begin(bg_document *page, const char *language)
{
    bg_document_init(page, language);
    bg_document_add(page, BG_PART_TITLE, 0, "%s", "T");
    bg_document_add(page, BG_PART_SENTENCE, 0, "%s", "First.");
    bg_document_add(page, BG_PART_SENTENCE, 0, "%s", "Budget <5 and >3 of 10%.");
}

/* A table with one chance. */
static void add_chance(bg_document *page, bg_form form, double share, double low, double high)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_SHARE, .form = form});
    bg_sheet_add_interval(&sheet, BG_CELL_SHARE, share, low, high);
    bg_document_add_sheet(page, 0, &sheet);
}

static void a_chance_that_was_never_or_always_seen_is_explained_once(void **state)
{
    (void)state;
    bg_document page;
    begin(&page, "en");
    add_chance(&page, BG_FORM_VALUE, 0, 0, 0.0038);
    add_chance(&page, BG_FORM_VALUE, 0, 0, 0.01);
    add_chance(&page, BG_FORM_VALUE, 1, 0.9962, 1);
    bg_document_add(&page, BG_PART_SENTENCE, 0, "%s", "Last.");
    bg_text_explain_bounds(&page);
    assert_int_equal(page.count, 9);
    assert_string_equal(page.parts[1].text, "First.");
    assert_int_equal(page.parts[3].kind, BG_PART_SHEET);
    assert_string_equal(page.parts[4].text,
                        "<0.38%: in none of the futures, as the end of its 95% interval.");
    assert_int_equal(page.parts[6].kind, BG_PART_SHEET);
    assert_string_equal(page.parts[7].text,
                        ">99.62%: in all of the futures, as the end of its 95% interval.");
    assert_string_equal(page.parts[8].text, "Last.");
    bg_document_free(&page);
}

static void it_is_explained_where_it_stands(void **state)
{
    (void)state;
    bg_document page;
    begin(&page, "zh");
    bg_document_add(&page, BG_PART_SENTENCE, 4, "%s", "概率>99.9%，其他<0.04%。");
    bg_document_add(&page, BG_PART_SENTENCE, 0, "%s", "Last.");
    bg_text_explain_bounds(&page);
    assert_int_equal(page.count, 7);
    assert_string_equal(page.parts[4].text, "<0.04%：各情形中均未发生，所示为95%区间的上限。");
    assert_int_equal(page.parts[4].indent, 4);
    assert_string_equal(page.parts[5].text, ">99.9%：各情形中均发生，所示为95%区间的下限。");
    bg_document_free(&page);
    /* the one above stands first */
    begin(&page, "en");
    bg_document_add(&page, BG_PART_SENTENCE, 0, "%s", "It is >99%.");
    bg_document_add(&page, BG_PART_SENTENCE, 0, "%s", "It is <1%.");
    bg_text_explain_bounds(&page);
    assert_int_equal(strncmp(page.parts[4].text, ">99%: in all", 12), 0);
    assert_int_equal(strncmp(page.parts[6].text, "<1%: in none", 12), 0);
    bg_document_free(&page);
}

static void what_is_shown_otherwise_is_not_explained(void **state)
{
    (void)state;
    bg_document page;
    begin(&page, "en");
    add_chance(&page, BG_FORM_VALUE, 0.5, 0.4, 0.6);
    add_chance(&page, BG_FORM_PLAIN, 0, 0, 0.01);
    add_chance(&page, BG_FORM_VALUE, NAN, 0, 0.01);
    bg_text_explain_bounds(&page);
    assert_int_equal(page.count, 6);
    bg_document_free(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chance_that_was_never_or_always_seen_is_explained_once),
        cmocka_unit_test(it_is_explained_where_it_stands),
        cmocka_unit_test(what_is_shown_otherwise_is_not_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
