// NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): asks for realpath
#define _XOPEN_SOURCE 700
#include "command/library.h"

#include "base/text.h"
#include "command/messages.h"

#include <baogan/file.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define ENDING ".yaml"
enum { LARGEST_RULE = 1 << 20 };

/* Fits scandir. */
static int is_rule(const struct dirent *entry)
{
    const size_t length = strlen(entry->d_name), ending = strlen(ENDING);
    return length > ending && strcmp(entry->d_name + length - ending, ENDING) == 0;
}

static bool is_name_of(const char *file, const char *name)
{
    const size_t length = strlen(name);
    return strncmp(file, name, length) == 0 && strcmp(file + length, ENDING) == 0;
}

/* Whether a rule has the name; *names are all there are, "a, b"; new string. */
static bool look_for(const char *directory, const char *name, char **names)
{
    struct dirent **entries = NULL;
    const int count = scandir(directory, &entries, is_rule, alphasort);
    bool found = false;
    bg_text list = {0};
    for (int i = 0; i < count; i++) {
        const char *file = entries[i]->d_name;
        found = found || is_name_of(file, name);
        bg_text_add(&list, "%s%.*s", i ? ", " : "", (int)(strlen(file) - strlen(ENDING)), file);
        free(entries[i]);
    }
    free(entries);
    *names = bg_text_take(&list);
    return found;
}

/* A rule that extends another of the library does so wherever it is written to: its path is made a full one. */
static char *with_full_path(const char *rule, const char *directory)
{
    static const char key[] = "\nextends: ";
    const char *found = strstr(rule, key);
    if (!found) {
        return bg_text_format("%s", rule);
    }
    const char *name = found + strlen(key);
    char *full = realpath(directory, NULL);
    char *text =
        full ? bg_text_format("%.*s%s%s/%s", (int)(found - rule), rule, key, full, name) : NULL;
    free(full);
    return text;
}

bg_status bg_library_read(const char *directory, const char *name, char **text, bg_errors *errors)
{
    *text = NULL;
    char *names = NULL;
    const bool found = directory && look_for(directory, name, &names);
    bg_status status = BG_OK;
    if (!names) {
        status = bg_errors_say(errors, BG_IO, BG_NOWHERE, NULL, BG_SAY(rules_not_found));
    } else if (!found) {
        status = bg_errors_say(errors, BG_USAGE, BG_NOWHERE, "--rules", BG_SAY(rule_not_in_library),
                               name, names);
    } else {
        size_t size;
        char *file = bg_text_format("%s" ENDING, name);
        char *path = file ? bg_path_join(directory, file) : NULL;
        status =
            path ? bg_file_read(path, LARGEST_RULE, text, &size, errors) : bg_no_memory(errors);
        if (status == BG_OK) {
            char *read = *text;
            *text = with_full_path(read, directory);
            status = *text ? BG_OK : bg_no_memory(errors);
            free(read);
        }
        free(file);
        free(path);
    }
    free(names);
    return status;
}
