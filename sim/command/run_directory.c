// NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): asks for nftw
#define _XOPEN_SOURCE 700
#include "command/run_directory.h"

#include "base/text.h"
#include "command/messages.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RESULTS_DIRECTORY "out"
#define MOST_RUNS         1000000

static bg_status cannot_be_made(bg_errors *errors, const char *path)
{
    return bg_errors_say(errors, BG_IO, (bg_mark){.file = path}, NULL,
                         BG_SAY(results_directory_not_made), strerror(errno));
}

/* Whether a directory holds nothing but itself; an unreadable one counts as full. */
static bool is_empty(const char *path)
{
    DIR *directory = opendir(path);
    if (!directory) {
        return false;
    }
    size_t entries = 0;
    while (readdir(directory)) {
        entries++;
    }
    closedir(directory);
    return entries == 2; /* . and .. */
}

/* Whether another directory can be given this name. A mount point stays where it is, and so does a
 * directory that is named by its place. */
static bool stands_fast(const char *path, const struct stat *about)
{
    const char *slash = strrchr(path, '/');
    const char *last = slash ? slash + 1 : path;
    if (strcmp(last, ".") == 0 || strcmp(last, "..") == 0) {
        return true;
    }
    char *parent = bg_text_format("%s/..", path);
    struct stat above;
    bool mounted = parent && stat(parent, &above) == 0 && above.st_dev != about->st_dev;
    free(parent);
    return mounted;
}

static bg_status check_free(const char *path, bg_errors *errors)
{
    struct stat found;
    if (lstat(path, &found) != 0) {
        return BG_OK;
    }
    if (!S_ISDIR(found.st_mode)) {
        return bg_errors_say(errors, BG_EXISTS, (bg_mark){.file = path}, NULL,
                             BG_SAY(results_named_as_file));
    }
    if (!is_empty(path)) {
        return bg_errors_say(errors, BG_EXISTS, (bg_mark){.file = path}, NULL,
                             BG_SAY(results_directory_full));
    }
    if (stands_fast(path, &found)) {
        return bg_errors_say(errors, BG_EXISTS, (bg_mark){.file = path}, NULL,
                             BG_SAY(results_directory_fast));
    }
    return BG_OK;
}

/* "county" for "scenarios/county.yaml". */
static char *run_name(const char *scenario_path)
{
    const char *slash = strrchr(scenario_path, '/');
    const char *name = slash ? slash + 1 : scenario_path;
    const char *dot = strrchr(name, '.');
    size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    return bg_text_format(RESULTS_DIRECTORY "/%.*s", (int)length, name);
}

static char *without_slashes(const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return bg_text_format("%.*s", (int)length, path);
}

static bg_status prepare_names(bg_run_directory *self, const char *out, const char *scenario_path,
                               bg_errors *errors)
{
    self->numbered = !out;
    self->final = out ? without_slashes(out) : run_name(scenario_path);
    self->temporary =
        self->final ? bg_text_format("%s.partial-%ld", self->final, (long)getpid()) : NULL;
    if (!self->temporary) {
        bg_no_memory(errors);
        return BG_MEMORY;
    }
    if (self->numbered && mkdir(RESULTS_DIRECTORY, 0777) != 0 && errno != EEXIST) {
        return cannot_be_made(errors, RESULTS_DIRECTORY);
    }
    return self->numbered ? BG_OK : check_free(self->final, errors);
}

bg_status bg_run_directory_open(bg_run_directory *self, const char *out, const char *scenario_path,
                                bg_errors *errors)
{
    *self = (bg_run_directory){0};
    bg_status status = prepare_names(self, out, scenario_path, errors);
    if (status == BG_OK && mkdir(self->temporary, 0777) != 0) {
        status = cannot_be_made(errors, self->temporary);
    }
    if (status != BG_OK) {
        free(self->temporary); /* not ours to remove */
        self->temporary = NULL;
        bg_run_directory_discard(self);
    }
    return status;
}

/* Asks that the renaming reaches the disk; some file systems cannot, which does no harm. */
static void sync_parent(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *parent = slash ? bg_text_format("%.*s", (int)(slash - path), path) : bg_text_format(".");
    int descriptor =
        parent ? open(parent[0] ? parent : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
    free(parent);
}

static bool taken(int code)
{
    return code == EEXIST || code == ENOTEMPTY || code == ENOTDIR;
}

/* Takes the next free number. rename fails on a directory that is not empty, so that two runs at the
 * same time get two numbers; an empty one may belong to another program and is passed over. */
static int rename_numbered(bg_run_directory *self)
{
    for (long number = 1; number <= MOST_RUNS; number++) {
        char *name = bg_text_format("%s-%ld", self->final, number);
        struct stat found;
        if (!name) {
            return ENOMEM;
        }
        bool free_name = lstat(name, &found) != 0;
        int code = !free_name ? EEXIST : rename(self->temporary, name) == 0 ? 0 : errno;
        if (code == 0) {
            free(self->final);
            self->final = name;
            return 0;
        }
        free(name);
        if (!taken(code)) {
            return code;
        }
    }
    return EEXIST;
}

bg_status bg_run_directory_create(const bg_run_directory *self, const char *name, bg_output *output,
                                  bg_errors *errors)
{
    char *path = bg_path_join(self->temporary, name);
    const bg_status status = path ? bg_output_open(output, path, errors) : bg_no_memory(errors);
    free(path);
    return status;
}

bg_status bg_run_directory_commit(bg_run_directory *self, bg_errors *errors)
{
    int code = self->numbered                              ? rename_numbered(self)
               : rename(self->temporary, self->final) == 0 ? 0
                                                           : errno;
    if (code == ENOMEM) {
        return bg_no_memory(errors);
    }
    if (code != 0) {
        return bg_errors_say(errors, taken(code) ? BG_EXISTS : BG_IO,
                             (bg_mark){.file = self->final}, NULL, BG_SAY(results_not_named),
                             strerror(code));
    }
    sync_parent(self->final);
    free(self->temporary);
    self->temporary = NULL;
    return BG_OK;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status, (void)type, (void)place;
    remove(path);
    return 0;
}

void bg_run_directory_discard(bg_run_directory *self)
{
    if (self->temporary) {
        nftw(self->temporary, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    }
    free(self->temporary);
    free(self->final);
    *self = (bg_run_directory){0};
}
