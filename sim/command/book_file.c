#include "command/book_file.h"

#include "command/messages.h"

#include <baogan/file.h>
#include <string.h>
#include <strings.h>

/* The start of 1980, with which zip files begin as well. */
static const time_t created = 315532800;

/* A zip file that is whole ends with the record of its directory. */
static bool is_whole(const char *path)
{
    enum { RECORD = 22 };
    static const char signature[] = {'P', 'K', 5, 6};
    char end[sizeof signature] = "";
    FILE *file = fopen(path, "re");
    const bool whole = file && fseek(file, -RECORD, SEEK_END) == 0 &&
                       fread(end, 1, sizeof end, file) == sizeof end &&
                       memcmp(end, signature, sizeof end) == 0;
    if (file) {
        fclose(file);
    }
    return whole;
}

bg_status bg_book_file_refuse(const char *path, lxw_error error, bg_errors *errors)
{
    return error == LXW_ERROR_MEMORY_MALLOC_FAILED
               ? bg_no_memory(errors)
               : bg_errors_say(errors, BG_IO, (bg_mark){.file = path}, NULL,
                               BG_SAY(workbook_unwritten), lxw_strerror(error));
}

/* libxlsxwriter writes to a name of its own; it is the temporary one of the output. */
static bg_status write_to(const bg_output *output, const char *path, bool in_rows,
                          bg_book_fill *fill, void *context, bg_errors *errors)
{
    lxw_workbook_options options = {.constant_memory = in_rows};
    lxw_workbook *book = workbook_new_opt(output->temporary, &options);
    if (!book) {
        return bg_no_memory(errors);
    }
    lxw_doc_properties properties = {.created = created};
    lxw_error error = workbook_set_properties(book, &properties);
    const bg_status status = fill(context, book, errors);
    const lxw_error closed = workbook_close(book);
    error = error ? error : closed;
    if (!error && !is_whole(output->temporary)) {
        error = LXW_ERROR_ZIP_FILE_OPERATION;
    }
    return status || !error ? status : bg_book_file_refuse(path, error, errors);
}

bg_status bg_book_file_write(const char *path, bool in_rows, bg_book_fill *fill, void *context,
                             bg_errors *errors)
{
    bg_output output;
    bg_status status = bg_output_open(&output, path, errors);
    if (status) {
        return status;
    }
    status = write_to(&output, path, in_rows, fill, context, errors);
    if (!status) {
        return bg_output_commit(&output, errors);
    }
    bg_output_discard(&output);
    return status;
}

bg_status bg_book_file_check(const char *path, bg_errors *errors)
{
    bg_output output;
    const bg_status status = bg_output_open(&output, path, errors);
    if (!status) {
        bg_output_discard(&output);
    }
    return status;
}

FILE *bg_book_file_rows(const char *path, bg_errors *errors)
{
    FILE *rows = tmpfile();
    if (!rows) {
        bg_book_file_refuse(path, LXW_ERROR_CREATING_TMPFILE, errors);
    }
    return rows;
}

bool bg_book_file_is_name(const char *path)
{
    static const char ending[] = ".xlsx";
    const size_t length = strlen(path), tail = sizeof ending - 1;
    return length > tail && strcasecmp(path + length - tail, ending) == 0;
}
