#include "base/workbook.h"

#include "base/binary.h"
#include "base/messages.h"
#include "base/process.h"
#include "base/text.h"

#include <baogan/file.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LONGEST_SECONDS 60

/* ---- sheets ---- */

static const char ending[] = ".xlsx";

/* Length of the file's name in a path that names a sheet, 0 in another. */
static size_t length_of_file(const char *path)
{
    const size_t size = strlen(ending), length = strlen(path);
    for (size_t i = length; i >= size + 1; i--) {
        const bool here = path[i] == '\0' || path[i] == '#';
        if (here && strncasecmp(path + i - size, ending, size) == 0) {
            return i;
        }
    }
    return 0;
}

bool bg_workbook_is_sheet(const char *path)
{
    return length_of_file(path) > 0;
}

/* Whether the file is there and a zip file. */
static bg_status check_file(const char *file, const char *path, bg_errors *errors)
{
    FILE *stream = NULL;
    char magic[BG_BINARY_MAGIC] = "";
    bg_status status = bg_file_open(file, &stream, errors);
    if (status) {
        return status;
    }
    const size_t size = fread(magic, 1, sizeof magic, stream);
    fclose(stream);
    if (!bg_binary_is_zip(magic, size)) {
        status = bg_binary_refuse(magic, size, (bg_mark){.file = path}, NULL, errors);
        status = status ? status
                        : bg_errors_say(errors, BG_ENCODING, (bg_mark){.file = path}, NULL,
                                        BG_SAY(workbook_is_none));
    }
    return status;
}

/* Says why the program did not do it; `words` are its own. */
static bg_status explain(bg_process_end end, const char *path, const char *sheet, char *words,
                         bg_errors *errors)
{
    const bg_mark mark = {.file = path};
    words[strcspn(words, "\r\n")] = '\0';
    switch (end) {
    case BG_PROCESS_DONE:
        return BG_OK;
    case BG_PROCESS_FAILED:
        return sheet && strstr(words, "not found")
                   ? bg_errors_say(errors, BG_MISSING, mark, NULL, BG_SAY(workbook_without_sheet),
                                   sheet)
                   : bg_errors_say(errors, BG_ENCODING, mark, NULL, BG_SAY(workbook_unreadable),
                                   words);
    case BG_PROCESS_TIMED_OUT:
        return bg_errors_say(errors, BG_IO, mark, NULL, BG_SAY(workbook_too_slow), LONGEST_SECONDS);
    case BG_PROCESS_STOPPED:
        return BG_INTERRUPTED;
    case BG_PROCESS_MISSING:
        return bg_errors_say(errors, BG_IO, mark, NULL, BG_SAY(workbook_program_missing));
    case BG_PROCESS_ERROR:
        break;
    }
    return bg_errors_say(errors, BG_IO, mark, NULL, BG_SAY(workbook_program_failed), words);
}

/* Formats are ignored, as they round what is displayed. */
static bg_status convert(const char *file, const char *choice, const char *path, const char *sheet,
                         const volatile int *stop, FILE *to, bg_errors *errors)
{
    const char *const arguments[] = {
        "xlsx2csv", "--ignore-formats", "float", "percentage", "date", "time", choice, "--", file,
        NULL};
    const bg_process process = {
        .arguments = arguments, .output = to, .seconds = LONGEST_SECONDS, .stop = stop};
    char words[512];
    const bg_process_end end = bg_process_run(&process, words, sizeof words);
    const bg_status status = explain(end, path, sheet, words, errors);
    if (status == BG_OK && (fflush(to) != 0 || ferror(to) || fseek(to, 0, SEEK_SET) != 0)) {
        return bg_errors_say(errors, BG_IO, (bg_mark){.file = path}, NULL,
                             BG_SAY(workbook_no_room));
    }
    return status;
}

bg_status bg_workbook_open(const char *path, const volatile int *stop, FILE **stream,
                           bg_errors *errors)
{
    const size_t length = length_of_file(path);
    const char *sheet = path[length] == '#' && path[length + 1] ? path + length + 1 : NULL;
    char *file = bg_text_format("%.*s", (int)length, path);
    char *choice = sheet ? bg_text_format("--sheetname=%s", sheet) : bg_text_format("--sheet=1");
    *stream = NULL;
    bg_status status = file && choice ? check_file(file, path, errors) : bg_no_memory(errors);
    if (status == BG_OK) {
        *stream = tmpfile();
        status = *stream ? convert(file, choice, path, sheet, stop, *stream, errors)
                         : bg_errors_say(errors, BG_IO, (bg_mark){.file = path}, NULL,
                                         BG_SAY(workbook_no_room));
    }
    if (status != BG_OK && *stream) {
        fclose(*stream);
        *stream = NULL;
    }
    free(file);
    free(choice);
    return status;
}
