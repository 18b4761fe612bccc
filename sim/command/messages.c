#include "command/messages.h"

#include "report/label.h"

#include <stdlib.h>
#include <unistd.h>

#define RED    "\033[31m"
#define YELLOW "\033[33m"
#define PLAIN  "\033[0m"

static void print(const bg_error *error, const char *language, FILE *stream, bool coloured)
{
    char *text = bg_error_text(error, language);
    const char *colour = error->warning ? YELLOW : RED;
    const char *warning = bg_in_language(language, "warning: ", "警告：");
    fprintf(stream, "%s%s%s%s%s\n", coloured ? colour : "",
            error->file ? "" : "baogan: ", error->warning ? warning : "",
            text ? text : bg_status_words(BG_MEMORY, language), coloured ? PLAIN : "");
    free(text);
}

void bg_messages_print(const bg_errors *errors, const char *language, FILE *stream)
{
    bool coloured = isatty(fileno(stream)) == 1;
    for (size_t i = 0; i < errors->count; i++) {
        print(&errors->items[i], language, stream, coloured);
    }
    if (errors->count - bg_messages_warnings(errors) < errors->error_count) {
        const bg_error lost = {.status = BG_MEMORY};
        print(&lost, language, stream, coloured);
    }
}

void bg_messages_flush(bg_errors *errors, const char *language, FILE *stream)
{
    bg_messages_print(errors, language, stream);
    bg_errors_free(errors);
}

size_t bg_messages_warnings(const bg_errors *errors)
{
    size_t warnings = 0;
    for (size_t i = 0; i < errors->count; i++) {
        warnings += errors->items[i].warning;
    }
    return warnings;
}
