#include "command/html_file.h"

#include "base/text.h"
#include "command/messages.h"
#include "format/html_writer.h"

#include <baogan/file.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { LARGEST_PICTURE = 16 << 20 };

bg_status bg_html_file_check(const char *path, bg_errors *errors)
{
    struct stat about;
    return lstat(path, &about) == 0 ? bg_errors_say(errors, BG_EXISTS, (bg_mark){.file = path},
                                                    NULL, BG_SAY(report_exists))
                                    : BG_OK;
}

static char *read_picture(const void *context, const char *name)
{
    const char *directory = context;
    char *path = bg_text_format("%s/charts/%s.svg", directory, name), *data = NULL;
    size_t size = 0;
    bg_errors unsaid; /* without its picture the page says the same */
    bg_errors_init(&unsaid);
    if (path && bg_file_read(path, LARGEST_PICTURE, &data, &size, &unsaid)) {
        data = NULL;
    }
    bg_errors_free(&unsaid);
    free(path);
    return data;
}

bg_status bg_html_file_write(const char *path, const bg_document *document, const char *running,
                             const char *directory, bg_errors *errors)
{
    const bg_html_page page = {
        .running = running, .picture = directory ? read_picture : NULL, .context = directory};
    bg_output output;
    bg_status status = bg_output_open(&output, path, errors);
    if (status) {
        return status;
    }
    status = bg_document_write_html(document, &page, output.stream);
    status = status ? bg_no_memory(errors) : bg_output_commit(&output, errors);
    bg_output_discard(&output);
    return status;
}
