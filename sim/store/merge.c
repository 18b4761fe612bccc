#include "store/merge.h"

#include "store/messages.h"

#include <baogan/file.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- status ---- */

bg_status bg_merge_status(const bg_folder *folder, bg_chunk_range range,
                          bg_progress_of_sweep *progress, bg_errors *errors)
{
    *progress = (bg_progress_of_sweep){0};
    for (uint64_t index = range.first; index < range.last; index++) {
        bg_chunk chunk;
        bg_status status = bg_chunk_read(folder, index, &chunk, errors);
        bg_chunk_free(&chunk);
        if (status == BG_OK) {
            const uint64_t end = (index + 1) * folder->chunk_size;
            progress->chunks_done++;
            progress->scenarios_done +=
                (end < folder->scenarios ? end : folder->scenarios) - index * folder->chunk_size;
        } else if (status == BG_MISSING || status == BG_INVALID) {
            progress->chunks_damaged += status == BG_INVALID;
            progress->scenarios_done += bg_chunk_begun(folder, index);
        } else {
            return status;
        }
    }
    return BG_OK;
}

/* ---- what may be merged ---- */

static bg_status look_for_chunk(const bg_folder *folder, uint64_t index, bool *there)
{
    char *path = bg_folder_file(folder, index, "csv");
    const bg_status status = path ? BG_OK : BG_MEMORY;
    *there = path && access(path, F_OK) == 0;
    free(path);
    return status;
}

static bg_status check_plans(const bg_folder *folders, size_t count, bg_errors *errors)
{
    for (size_t i = 1; i < count; i++) {
        if (!json_equal(folders[i].about, folders[0].about)) {
            return bg_errors_say(errors, BG_EXISTS, (bg_mark){.file = folders[i].path}, NULL,
                                 BG_SAY(sweep_plans_differ), folders[0].path);
        }
    }
    return BG_OK;
}

/* A finished file that is no chunk of the plan would be left out unseen. */
static bg_status check_foreign(const bg_folder *folder, bg_errors *errors)
{
    char *path = bg_path_join(folder->path, "rows");
    DIR *directory = path ? opendir(path) : NULL;
    bg_status status = BG_OK;
    for (struct dirent *entry; directory && status == BG_OK && (entry = readdir(directory));) {
        char *end;
        const unsigned long long index = strtoull(entry->d_name, &end, 10);
        if (strcmp(end, ".csv") == 0 && (end == entry->d_name || index >= folder->chunks)) {
            status = bg_errors_say(errors, BG_EXISTS, (bg_mark){.file = path}, NULL,
                                   BG_SAY(sweep_file_foreign), entry->d_name);
        }
    }
    if (directory) {
        closedir(directory);
    }
    free(path);
    return status;
}

/* Finds the folder that holds a chunk: exactly one must. */
static bg_status find_owner(const bg_folder *folders, size_t count, uint64_t index,
                            const bg_folder **owner, bg_errors *errors)
{
    *owner = NULL;
    for (size_t i = 0; i < count; i++) {
        bool there = false;
        const bg_status status = look_for_chunk(&folders[i], index, &there);
        if (status) {
            return status;
        }
        if (!there) {
            continue;
        }
        if (*owner) {
            return bg_errors_say(errors, BG_EXISTS, (bg_mark){.file = folders[i].path}, NULL,
                                 BG_SAY(sweep_rows_twice), (unsigned long long)index,
                                 (*owner)->path);
        }
        *owner = &folders[i];
    }
    return *owner ? BG_OK : BG_MISSING;
}

static bg_status refuse_incomplete(const bg_folder *folder, uint64_t missing, uint64_t first,
                                   bg_errors *errors)
{
    return bg_errors_say(errors, BG_FAILED, (bg_mark){.file = folder->path}, NULL,
                         BG_SAY(sweep_incomplete), (unsigned long long)missing,
                         (unsigned long long)folder->chunks, (unsigned long long)first);
}

static bg_status check_complete(const bg_folder *folders, size_t count, bg_errors *errors)
{
    uint64_t missing = 0, first = 0;
    bg_status status = check_plans(folders, count, errors);
    for (size_t i = 0; i < count && status == BG_OK; i++) {
        status = check_foreign(&folders[i], errors);
    }
    for (uint64_t index = 0; index < folders[0].chunks && status == BG_OK; index++) {
        const bg_folder *owner;
        status = find_owner(folders, count, index, &owner, errors);
        if (status == BG_MISSING) {
            first = missing++ ? first : index;
            status = BG_OK;
        }
    }
    return status == BG_OK && missing ? refuse_incomplete(&folders[0], missing, first, errors)
                                      : status;
}

/* ---- merging ---- */

typedef struct merge {
    const bg_merge_sink *sinks;
    size_t sink_count;
    SHA2_CTX digest;
    uint64_t lines;
    bg_errors *errors;
} merge;

/* Hands a line, which ends at its line feed, to all sinks. */
static bg_status take_line(merge *self, const char *line, size_t length)
{
    SHA256Update(&self->digest, (const uint8_t *)line, length);
    SHA256Update(&self->digest, (const uint8_t *)"\n", 1);
    self->lines++;
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->sink_count && status == BG_OK; i++) {
        status = self->sinks[i].take(self->sinks[i].context, line, length, self->errors);
    }
    return status;
}

static bg_status take_chunk(merge *self, const bg_folder *folder, uint64_t index)
{
    bg_chunk chunk;
    bg_status status = bg_chunk_read(folder, index, &chunk, self->errors);
    const char *line = chunk.rows;
    const char *end = status == BG_OK ? line + chunk.size : line;
    while (status == BG_OK && line < end) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        const size_t length = (size_t)((feed ? feed : end) - line);
        status = take_line(self, line, length);
        line += length + 1;
    }
    bg_chunk_free(&chunk);
    return status == BG_INVALID ? BG_IO : status;
}

bg_status bg_merge_rows(const bg_folder *folders, size_t count, const bg_merge_sink *sinks,
                        size_t sink_count, bg_merged *merged, bg_errors *errors)
{
    merge self = {.sinks = sinks, .sink_count = sink_count, .errors = errors};
    SHA256Init(&self.digest);
    bg_status status = check_complete(folders, count, errors);
    char *header = bg_folder_header(&folders[0]);
    if (!header) {
        return bg_no_memory(errors);
    }
    status = status ? status : take_line(&self, header, strlen(header));
    free(header);
    for (uint64_t index = 0; index < folders[0].chunks && status == BG_OK; index++) {
        const bg_folder *owner = NULL;
        status = find_owner(folders, count, index, &owner, errors);
        status = status ? status : take_chunk(&self, owner, index);
    }
    merged->rows = self.lines ? self.lines - 1 : 0;
    SHA256End(&self.digest, merged->digest);
    return status;
}
