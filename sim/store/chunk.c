#include "store/chunk.h"

#include "base/text.h"
#include "store/messages.h"

#include <baogan/file.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_BYTES   ((size_t)256 << 20)
#define ROW_DIGITS   16 /* of the digest of a row */
#define TRAILER      "# sha256 "
#define TRAILER_SIZE (sizeof TRAILER - 1 + BG_DIGEST_TEXT - 1 + 1)

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static uint64_t first_of(const bg_folder *folder, uint64_t index)
{
    return index * folder->chunk_size;
}

static uint64_t end_of(const bg_folder *folder, uint64_t index)
{
    const uint64_t end = (index + 1) * folder->chunk_size;
    return end < folder->scenarios ? end : folder->scenarios;
}

/* ---- finished chunks ---- */

static char *heading(const bg_folder *folder, uint64_t index, const char *what)
{
    return bg_text_format("# baogan sweep %s, plan %s, scenarios %llu to %llu", what, folder->plan,
                          (unsigned long long)first_of(folder, index),
                          (unsigned long long)end_of(folder, index) - 1);
}

static uint64_t count_lines(const char *rows, size_t size)
{
    uint64_t count = 0;
    for (size_t i = 0; i < size; i++) {
        count += rows[i] == '\n';
    }
    return count;
}

/* Whether the file is sound enough to say that it is not this chunk. */
static bool is_foreign(const char *data, const char *head)
{
    static const char start[] = "# baogan sweep rows, plan ";
    const size_t length = strlen(head);
    return strncmp(data, start, sizeof start - 1) == 0 && strchr(data, '\n') &&
           (strncmp(data, head, length) != 0 || data[length] != '\n');
}

/* Finds the rows in the file and checks that they are whole and this chunk's. */
static bg_status check(const char *head, size_t size, bg_mark mark, bg_chunk *chunk,
                       bg_errors *errors)
{
    const size_t begin = strlen(head) + 1;
    char digest[BG_DIGEST_TEXT];
    if (size < begin + TRAILER_SIZE) {
        return bg_errors_say(errors, BG_INVALID, mark, NULL, BG_SAY(sweep_rows_cut_short));
    }
    const size_t end = size - TRAILER_SIZE;
    bg_digest(chunk->data, end, digest);
    if (memcmp(chunk->data + end, TRAILER, sizeof TRAILER - 1) != 0 ||
        memcmp(chunk->data + end + sizeof TRAILER - 1, digest, BG_DIGEST_TEXT - 1) != 0) {
        return bg_errors_say(errors, BG_INVALID, mark, NULL, BG_SAY(sweep_rows_damaged));
    }
    chunk->rows = chunk->data + begin;
    chunk->size = end - begin;
    chunk->row_count = count_lines(chunk->rows, chunk->size);
    return BG_OK;
}

bg_status bg_chunk_read(const bg_folder *folder, uint64_t index, bg_chunk *chunk, bg_errors *errors)
{
    *chunk = (bg_chunk){0};
    char *path = bg_folder_file(folder, index, "csv");
    char *head = heading(folder, index, "rows");
    size_t size = 0;
    bg_status status = path && head ? BG_OK : bg_no_memory(errors);
    if (status == BG_OK && !exists(path)) {
        status = BG_MISSING;
    }
    status = status ? status : bg_file_read(path, MOST_BYTES, &chunk->data, &size, errors);
    if (status == BG_OK && is_foreign(chunk->data, head)) {
        status = bg_errors_say(errors, BG_EXISTS, (bg_mark){.file = path}, NULL,
                               BG_SAY(sweep_rows_foreign));
    }
    status = status ? status : check(head, size, (bg_mark){.file = path}, chunk, errors);
    free(path);
    free(head);
    return status;
}

void bg_chunk_free(bg_chunk *chunk)
{
    free(chunk->data);
    *chunk = (bg_chunk){0};
}

/* ---- chunks that are being run ---- */

/* A chunk in hand. Lines of the .part file after its head: digest, number, row; a scenario that a filter
 * leaves out has an empty row. */
typedef struct work {
    const bg_folder *folder;
    uint64_t index, next; /* scenario that is run next */
    char *head, *path;    /* of the .part file */
    bg_text rows;         /* so far, as in the finished file */
    int descriptor;
} work;

static void digest_of_row(const work *self, uint64_t number, const char *row, char digest[])
{
    char text[BG_DIGEST_TEXT];
    char *whole = bg_text_format("%s %llu %s", self->head, (unsigned long long)number, row);
    bg_digest(whole ? whole : "", whole ? strlen(whole) : 0, text);
    free(whole);
    memcpy(digest, text, ROW_DIGITS);
    digest[ROW_DIGITS] = '\0';
}

static void take_row(work *self, const char *row)
{
    if (row[0]) {
        bg_text_add(&self->rows, "%s\n", row);
    }
    self->next++;
}

/* Takes over the sound lines at the start of the file; returns how many bytes they have. */
static size_t take_over(work *self, char *data)
{
    const size_t head = strlen(self->head);
    char *line = data;
    if (strncmp(data, self->head, head) != 0 || data[head] != '\n') {
        return 0;
    }
    line += head + 1;
    for (char *end; self->next < end_of(self->folder, self->index) && (end = strchr(line, '\n'));) {
        char digest[ROW_DIGITS + 1];
        *end = '\0';
        const bool long_enough = end - line > ROW_DIGITS;
        digest_of_row(self, self->next, long_enough ? line + ROW_DIGITS + 1 : "", digest);
        if (!long_enough || memcmp(line, digest, ROW_DIGITS) != 0) {
            break;
        }
        take_row(self, line + ROW_DIGITS + 1);
        line = end + 1;
    }
    return (size_t)(line - data);
}

static bg_status write_all(const work *self, const char *text, bg_errors *errors)
{
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t written = write(self->descriptor, text, left);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return bg_store_failed(self->path, BG_BOTH("A row cannot be written", "无法写入结果行"),
                                   errno, errors);
        }
        text += written;
        left -= (size_t)written;
    }
    return BG_OK;
}

/* Opens the .part file with what of it is sound, or anew. */
static bg_status open_part(work *self, bg_errors *errors)
{
    char *data = NULL;
    size_t size = 0, sound = 0;
    if (exists(self->path) && bg_file_read(self->path, MOST_BYTES, &data, &size, NULL) == BG_OK) {
        sound = take_over(self, data);
    }
    free(data);
    self->descriptor = open(self->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (self->descriptor < 0 || ftruncate(self->descriptor, (off_t)sound) != 0 ||
        lseek(self->descriptor, 0, SEEK_END) < 0) {
        return bg_store_failed(self->path, BG_BOTH("The file cannot be written", "文件无法写入"),
                               errno, errors);
    }
    if (sound > 0) {
        return BG_OK;
    }
    bg_status status = write_all(self, self->head, errors);
    return status ? status : write_all(self, "\n", errors);
}

static bg_status open_work(work *self, const bg_folder *folder, uint64_t index, bg_errors *errors)
{
    *self = (work){.folder = folder,
                   .index = index,
                   .next = first_of(folder, index),
                   .head = heading(folder, index, "in hand"),
                   .path = bg_folder_file(folder, index, "part"),
                   .descriptor = -1};
    return self->head && self->path ? BG_OK : bg_no_memory(errors);
}

static void close_work(work *self)
{
    if (self->descriptor >= 0) {
        close(self->descriptor);
    }
    free(bg_text_take(&self->rows));
    free(self->head);
    free(self->path);
}

uint64_t bg_chunk_begun(const bg_folder *folder, uint64_t index)
{
    work self;
    char *data = NULL;
    size_t size = 0;
    uint64_t begun = 0;
    if (open_work(&self, folder, index, NULL) == BG_OK && exists(self.path) &&
        bg_file_read(self.path, MOST_BYTES, &data, &size, NULL) == BG_OK) {
        take_over(&self, data);
        begun = self.next - first_of(folder, index);
    }
    free(data);
    close_work(&self);
    return begun;
}

static bg_status run_next(work *self, bg_sweep_runner *runner, bg_errors *errors)
{
    char *row = NULL;
    bg_status status = bg_sweep_run(runner, self->next, &row, errors);
    if (status != BG_OK) {
        return status;
    }
    char digest[ROW_DIGITS + 1];
    const char *text = row ? row : "";
    digest_of_row(self, self->next, text, digest);
    char *line = bg_text_format("%s %s\n", digest, text);
    status = line ? write_all(self, line, errors) : bg_no_memory(errors);
    if (status == BG_OK) {
        take_row(self, text);
    }
    free(line);
    free(row);
    return status;
}

/* Writes the finished file; a damaged one makes room for it. */
static bg_status finish(work *self, bg_errors *errors)
{
    char *path = bg_folder_file(self->folder, self->index, "csv");
    char *head = heading(self->folder, self->index, "rows");
    char *rows = bg_text_take(&self->rows);
    char *body = path && head ? bg_text_format("%s\n%s", head, rows ? rows : "") : NULL;
    bg_output output;
    bg_status status = body ? BG_OK : bg_no_memory(errors);
    if (status == BG_OK && exists(path) && unlink(path) != 0) {
        status = bg_store_failed(
            path, BG_BOTH("The damaged file cannot be removed", "无法移走损坏的文件"), errno,
            errors);
    }
    status = status ? status : bg_output_open(&output, path, errors);
    if (status == BG_OK) {
        char digest[BG_DIGEST_TEXT];
        bg_digest(body, strlen(body), digest);
        fprintf(output.stream, "%s" TRAILER "%s\n", body, digest);
        status = bg_output_commit(&output, errors);
    }
    if (status == BG_OK) {
        unlink(self->path); /* a leftover costs nothing: the finished file counts */
    }
    free(body);
    free(rows);
    free(head);
    free(path);
    return status;
}

bg_status bg_chunk_run(const bg_folder *folder, uint64_t index, bg_sweep_runner *runner,
                       bg_chunk_ran *ran, void *context, bg_errors *errors)
{
    work self;
    bg_status status = open_work(&self, folder, index, errors);
    status = status ? status : open_part(&self, errors);
    const uint64_t end = end_of(folder, index);
    while (status == BG_OK && self.next < end) {
        status = run_next(&self, runner, errors);
        if (status == BG_OK && !ran(context)) {
            status = self.next < end ? BG_INTERRUPTED : status;
        }
    }
    if (status == BG_OK && self.rows.failed) {
        status = bg_no_memory(errors);
    }
    status = status ? status : finish(&self, errors);
    close_work(&self);
    return status;
}
