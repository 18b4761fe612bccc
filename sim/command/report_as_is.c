#include "command/report_as_is.h"

#include "base/text.h"
#include "command/messages.h"
#include "report/label.h"

#include <baogan/file.h>
#include <baogan/version.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 64 << 20 };

/* A file of the directory; NULL where there is none. */
static char *read_file(const char *directory, const char *name, bg_errors *errors)
{
    char *path = bg_path_join(directory, name), *data = NULL;
    size_t size = 0;
    if (!path || bg_file_read(path, LARGEST_FILE, &data, &size, errors)) {
        data = NULL;
    }
    free(path);
    return data;
}

static json_t *read_json(const char *directory, const char *name)
{
    bg_errors unsaid;
    bg_errors_init(&unsaid);
    char *data = read_file(directory, name, &unsaid);
    json_t *value = data ? json_loads(data, 0, NULL) : NULL;
    bg_errors_free(&unsaid);
    free(data);
    return value;
}

json_t *bg_as_is_result(const char *directory)
{
    return read_json(directory, "result.json");
}

static void say_what_is_missing(const json_t *run, bg_document *document)
{
    const json_t *scenario = json_object_get(run, "scenario");
    const char *version =
        json_string_value(json_object_get(json_object_get(run, "versions"), "baogan"));
    const char *file = json_string_value(json_object_get(scenario, "file"));
    bg_document_add(
        document, BG_PART_SENTENCE, 0,
        bg_in_language(
            document->language,
            "Shown as it was left by baogan %s: this version (%s) does not come to the "
            "same results, or cannot repeat this run. The text is report.txt or "
            "area.txt, the charts are those drawn then. Tables with exact values and "
            "the brief need a new run: baogan report %s",
            "以下按原样列出，由baogan %s生成：当前版本（%s）重算的结果与之不同，或无法重算。"
            "文字取自report.txt或area.txt，图为当时所绘。可核对数值的表格与简报须重新测算："
            "baogan report %s --lang zh"),
        version ? version : "?", BG_VERSION, file ? file : "");
}

static int is_picture(const struct dirent *entry)
{
    const size_t length = strlen(entry->d_name);
    return length > 4 && strcmp(entry->d_name + length - 4, ".svg") == 0;
}

static void add_pictures(const char *directory, bg_document *document)
{
    char *charts = bg_path_join(directory, "charts");
    struct dirent **entries = NULL;
    const int count = charts ? scandir(charts, &entries, is_picture, alphasort) : 0;
    for (int i = 0; i < count; i++) {
        char *name = entries[i]->d_name;
        name[strlen(name) - 4] = '\0';
        bg_document_add_chart(document, name, "%s", name);
        free(entries[i]);
    }
    free((void *)entries);
    free(charts);
}

bg_status bg_as_is(const char *directory, bg_document *document, bg_errors *errors)
{
    json_t *run = read_json(directory, "run.json");
    bg_errors unsaid;
    bg_errors_init(&unsaid);
    char *text = read_file(directory, "report.txt", &unsaid);
    text = text ? text : read_file(directory, "area.txt", &unsaid);
    bg_errors_free(&unsaid);
    bg_status status = BG_OK;
    if (!run || !text) {
        status = bg_errors_say(errors, BG_INVALID, (bg_mark){.file = directory}, NULL,
                               BG_SAY(report_no_run));
    } else {
        bg_document_add(document, BG_PART_TITLE, 0, "%.*s", (int)strcspn(text, "\n"), text);
        say_what_is_missing(run, document);
        bg_document_add(document, BG_PART_VERBATIM, 0, "%s", text);
        add_pictures(directory, document);
    }
    free(text);
    json_decref(run);
    return status;
}
