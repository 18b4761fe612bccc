/* Texts inside HTML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "format/html_text.h"

typedef void put_function(const char *text, size_t size, FILE *stream);

static void put_css(const char *text, size_t most, FILE *stream)
{
    bg_html_put_css_string(text, most, stream);
}

static void assert_put(put_function *put, const char *text, size_t size, const char *expected)
{
    char *result = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&result, &length);
    put(text, size, stream);
    fclose(stream);
    assert_string_equal(result, expected);
    free(result);
}

static void nothing_in_a_text_means_anything(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } rows[] = {{"<script>alert('1')</script>", "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"},
                {"a \"b\" & c", "a &quot;b&quot; &amp; c"},
                {"医共体 ±5", "医共体 ±5"},
                {"one\ntwo\tthree\x01", "one\ntwo three "},
                {"\xC2\x85", " "}, /* a control character beyond ASCII */
                {"\xFF\xE5\x8C", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
                {"\xED\xA0\x80", "\xEF\xBF\xBD"},      /* half of a pair of UTF-16 */
                {"\xF7\xBF\xBF\xBF", "\xEF\xBF\xBD"}}; /* beyond Unicode */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_put(bg_html_put, rows[i].text, strlen(rows[i].text), rows[i].expected);
    }
    assert_put(bg_html_put, "total", 3, "tot");
}

static void a_style_cannot_be_left_by_its_string(void **state)
{
    (void)state;
    assert_put(put_css, "</style>", 8,
               "\"\\00003c\\00002f\\000073\\000074\\000079\\00006c\\000065\\00003e\"");
    assert_put(put_css, "县\n\"", 8, "\"\\0053bf\\000020\\000022\"");
    assert_put(put_css, "abc", 2, "\"\\000061\\000062\\002026\"");
}

/* RFC 4648, section 10. */
static void base64_is_that_of_the_standard(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"", ""},
                                          {"f", "Zg=="},
                                          {"fo", "Zm8="},
                                          {"foo", "Zm9v"},
                                          {"foob", "Zm9vYg=="},
                                          {"foobar", "Zm9vYmFy"},
                                          {"\xFF\xFE\xFD", "//79"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_put(bg_html_put_base64, rows[i][0], strlen(rows[i][0]), rows[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_in_a_text_means_anything),
        cmocka_unit_test(a_style_cannot_be_left_by_its_string),
        cmocka_unit_test(base64_is_that_of_the_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
