/* What is printed, by a clock that is set back: no test waits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "command/progress.h"

#include <stdlib.h>
#include <string.h>

static const double long_ago = 2 * BG_PROGRESS_PAUSE;

typedef struct printed {
    bg_progress progress;
    char *text;
    size_t size;
} printed;

static void begin(printed *self, bool quiet, bool terminal)
{
    bg_progress_start(&self->progress, quiet, "en");
    self->progress.terminal = terminal;
    self->progress.stream = open_memstream(&self->text, &self->size);
    assert_non_null(self->progress.stream);
}

static void end(printed *self)
{
    fclose(self->progress.stream);
    free(self->text);
}

static const char *shown(printed *self, double share)
{
    bg_progress_show(&self->progress, share);
    fflush(self->progress.stream);
    return self->text;
}

static void a_file_has_a_line_when_it_is_time_and_no_sooner(void **state)
{
    (void)state;
    printed self;
    begin(&self, false, false);
    assert_string_equal(shown(&self, 0.2), "");
    self.progress.started -= long_ago;
    self.progress.told -= long_ago;
    assert_non_null(strstr(shown(&self, 0.25), "simulating 25%, "));
    const char *line = shown(&self, 0.3); /* which is said too soon */
    assert_null(strstr(line, "30%"));
    assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
    assert_null(strchr(line, '\033'));
    self.progress.told -= long_ago;
    assert_non_null(strstr(shown(&self, 0.3), "\nsimulating 30%, "));
    const size_t before = self.size;
    bg_progress_end(&self.progress);
    fflush(self.progress.stream);
    assert_int_equal(self.size, before);
    end(&self);
}

static void a_terminal_has_one_line_that_is_cleared(void **state)
{
    (void)state;
    printed self;
    begin(&self, false, true);
    assert_string_equal(shown(&self, 0.2), "\r\033[Ksimulating 20%");
    assert_string_equal(shown(&self, 0.201), "\r\033[Ksimulating 20%");
    assert_string_equal(shown(&self, 0.21), "\r\033[Ksimulating 20%\r\033[Ksimulating 21%");
    bg_progress_end(&self.progress);
    fflush(self.progress.stream);
    assert_string_equal(self.text + self.size - 4, "\r\033[K");
    end(&self);
}

static void quiet_says_nothing(void **state)
{
    (void)state;
    for (int terminal = 0; terminal < 2; terminal++) {
        printed self;
        begin(&self, true, terminal);
        self.progress.told -= long_ago;
        assert_string_equal(shown(&self, 0.5), "");
        end(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_has_a_line_when_it_is_time_and_no_sooner),
        cmocka_unit_test(a_terminal_has_one_line_that_is_cleared),
        cmocka_unit_test(quiet_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
