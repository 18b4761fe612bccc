#include <baogan/file.h>

#include "base/binary.h"
#include "base/gb18030.h"
#include "base/messages.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bg_mark in_file(const char *path)
{
    return (bg_mark){.file = path};
}

/* "<sentence>: <reason of the system>." */
static bg_status system_error(const char *path, const char *sentence, int reason, bg_errors *errors)
{
    char text[128];
    if (strerror_r(reason, text, sizeof text)) {
        snprintf(text, sizeof text, "error %d", reason);
    }
    return bg_errors_say(errors, BG_IO, in_file(path), NULL, BG_SAY(file_refused), sentence, text);
}

/* ---- reading ---- */

static bg_status check_kind(const char *path, const struct stat *about, size_t limit,
                            bg_errors *errors)
{
    if (S_ISDIR(about->st_mode)) {
        return bg_errors_say(errors, BG_IO, in_file(path), NULL, BG_SAY(file_is_directory));
    }
    if (!S_ISREG(about->st_mode)) {
        return bg_errors_say(errors, BG_IO, in_file(path), NULL, BG_SAY(file_not_regular));
    }
    if ((uintmax_t)about->st_size > limit) {
        return bg_errors_say(errors, BG_LIMIT, in_file(path), NULL, BG_SAY(file_too_large),
                             (intmax_t)about->st_size, limit);
    }
    return BG_OK;
}

/* Reads until the end of the file or until `room` bytes are there. */
static bg_status read_all(int descriptor, const char *path, char *buffer, size_t room, size_t *size,
                          bg_errors *errors)
{
    *size = 0;
    while (*size < room) {
        ssize_t got = read(descriptor, buffer + *size, room - *size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return system_error(path, BG_BOTH("The file cannot be read", "文件无法读取"), errno,
                                errors);
        }
        if (got == 0) {
            return BG_OK;
        }
        *size += (size_t)got;
    }
    return BG_OK;
}

static bg_status read_open(int descriptor, const char *path, size_t limit, char **data,
                           size_t *size, bg_errors *errors)
{
    struct stat about;
    if (fstat(descriptor, &about)) {
        return system_error(path, BG_BOTH("The file cannot be examined", "无法查看文件"), errno,
                            errors);
    }
    bg_status status = check_kind(path, &about, limit, errors);
    if (status) {
        return status;
    }
    /* One byte more than fstat said: a file that grows meanwhile is noticed. */
    size_t expected = (size_t)about.st_size;
    char *buffer = malloc(expected + 2);
    if (!buffer) {
        return bg_no_memory(errors);
    }
    status = read_all(descriptor, path, buffer, expected + 1, size, errors);
    if (!status && *size > expected) {
        status = bg_errors_say(errors, BG_IO, in_file(path), NULL, BG_SAY(file_grew));
    }
    if (status) {
        free(buffer);
        return status;
    }
    buffer[*size] = '\0';
    *data = buffer;
    return BG_OK;
}

bg_status bg_file_read(const char *path, size_t limit, char **data, size_t *size, bg_errors *errors)
{
    *data = NULL;
    *size = 0;
    /* Not blocking: opening a pipe that nobody writes would wait for ever. */
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) {
        return system_error(path, BG_BOTH("The file cannot be opened", "文件无法打开"), errno,
                            errors);
    }
    bg_status status = read_open(descriptor, path, limit, data, size, errors);
    close(descriptor);
    return status;
}

bg_status bg_file_open(const char *path, FILE **stream, bg_errors *errors)
{
    *stream = fopen(path, "re");
    return *stream ? BG_OK
                   : system_error(path, BG_BOTH("The file cannot be opened", "文件无法打开"), errno,
                                  errors);
}

/* ---- encodings ---- */

static int line_of(const char *text, size_t offset)
{
    int line = 1;
    for (size_t i = 0; i < offset; i++) {
        line += text[i] == '\n';
    }
    return line;
}

static bg_mark line_mark(const char *path, const char *text, size_t offset)
{
    return (bg_mark){.file = path, .line = line_of(text, offset), .column = 1};
}

static bg_status from_gb18030(const char *path, char **data, size_t *size, bg_errors *errors)
{
    bg_gb18030 *converter = bg_gb18030_open();
    if (!converter) {
        return bg_errors_say(errors, BG_ENCODING, in_file(path), NULL, BG_SAY(gb18030_unsupported));
    }
    char *converted;
    size_t length;
    const bg_status status = bg_gb18030_convert(converter, *data, *size, &converted, &length);
    bg_gb18030_close(converter);
    if (status == BG_ENCODING) {
        return bg_errors_say(errors, BG_ENCODING, line_mark(path, *data, length), NULL,
                             BG_SAY(file_encoding));
    }
    if (status) {
        return bg_errors_say(errors, status, in_file(path), NULL, BG_SAY(file_no_memory));
    }
    bg_errors_advise(errors, in_file(path), NULL, BG_SAY(read_as_gb18030));
    free(*data);
    *data = converted;
    *size = length;
    return BG_OK;
}

static void drop_front(char *data, size_t *size, size_t count)
{
    *size -= count;
    memmove(data, data + count, *size + 1);
}

bg_status bg_file_to_utf8(const char *path, char **data, size_t *size, bg_errors *errors)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    const size_t mark_length = sizeof byte_order_mark - 1;
    const bg_mark start = {.file = path, .line = 1, .column = 1};
    const bg_status workbook = bg_binary_refuse(*data, *size, start, NULL, errors);
    if (workbook) {
        return workbook;
    }
    const char *zero = memchr(*data, '\0', *size);
    if (zero) {
        return bg_errors_say(errors, BG_ENCODING, line_mark(path, *data, (size_t)(zero - *data)),
                             NULL, BG_SAY(file_zero_byte));
    }
    bool marked = *size >= mark_length && memcmp(*data, byte_order_mark, mark_length) == 0;
    bg_utf8 found = bg_utf8_detect(*data, *size);
    if (found == BG_UTF8_CUT) {
        return bg_errors_say(errors, BG_ENCODING, line_mark(path, *data, *size), NULL,
                             BG_SAY(file_utf8_cut));
    }
    if (found == BG_UTF8_NOT && marked) {
        return bg_errors_say(errors, BG_ENCODING, line_mark(path, *data, 0), NULL,
                             BG_SAY(file_utf8_broken));
    }
    if (found == BG_UTF8_NOT) {
        return from_gb18030(path, data, size, errors);
    }
    if (marked) {
        drop_front(*data, size, mark_length);
    }
    return BG_OK;
}

/* ---- writing ---- */

static bool is_there(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

static bg_status exists_error(const char *path, bg_errors *errors)
{
    return bg_errors_say(errors, BG_EXISTS, in_file(path), NULL, BG_SAY(file_exists));
}

static bool name_temporary(bg_output *self, const char *path)
{
    size_t size = strlen(path) + sizeof ".tmp-" + 20;
    self->path = strdup(path);
    self->temporary = malloc(size);
    if (!self->path || !self->temporary) {
        return false;
    }
    snprintf(self->temporary, size, "%s.tmp-%ld", path, (long)getpid());
    return true;
}

static void forget(bg_output *self)
{
    free(self->path);
    free(self->temporary);
    *self = (bg_output){0};
}

/* Opens the temporary file, which must be new: one that is there is another writer's. */
static bg_status open_temporary(bg_output *self, bg_errors *errors)
{
    int descriptor = open(self->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno == EEXIST) {
        return exists_error(self->temporary, errors);
    }
    if (descriptor < 0) {
        return system_error(self->path, BG_BOTH("The file cannot be created", "文件无法创建"),
                            errno, errors);
    }
    self->stream = fdopen(descriptor, "w");
    if (!self->stream) {
        int reason = errno;
        close(descriptor);
        unlink(self->temporary);
        return system_error(self->path, BG_BOTH("The file cannot be created", "文件无法创建"),
                            reason, errors);
    }
    return BG_OK;
}

bg_status bg_output_open(bg_output *self, const char *path, bg_errors *errors)
{
    *self = (bg_output){0};
    if (is_there(path)) {
        return exists_error(path, errors);
    }
    bg_status status =
        name_temporary(self, path) ? open_temporary(self, errors) : bg_no_memory(errors);
    if (status) {
        forget(self);
    }
    return status;
}

/* Everything written reaches the disk and the stream is closed; 0 or the system's reason. */
static int finish_stream(FILE *stream)
{
    int reason = 0;
    errno = EIO; /* where flushing again does not tell the reason of an earlier failure */
    if (fflush(stream) || ferror(stream) || fsync(fileno(stream))) {
        reason = errno;
    }
    if (fclose(stream) && !reason) {
        reason = errno;
    }
    return reason;
}

/* Gives the temporary file its name without ever replacing another: a hard link fails where the
 * name is taken. File systems without hard links fall back on looking first. 0 or the reason. */
static int publish(const char *temporary, const char *path)
{
    if (link(temporary, path) == 0) {
        unlink(temporary);
        return 0;
    }
    if (errno == EEXIST || is_there(path)) {
        return EEXIST;
    }
    return rename(temporary, path) ? errno : 0;
}

/* Makes the new name itself durable. Some file systems cannot; the file is complete all the same.
 */
static void sync_directory(const char *path)
{
    char *directory = bg_path_directory(path);
    int descriptor = directory ? open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
    free(directory);
}

bg_status bg_output_commit(bg_output *self, bg_errors *errors)
{
    int reason = finish_stream(self->stream);
    self->stream = NULL;
    bg_status status =
        reason ? system_error(self->path, BG_BOTH("The file cannot be written", "文件无法写入"),
                              reason, errors)
               : BG_OK;
    if (!status) {
        reason = publish(self->temporary, self->path);
        if (reason == EEXIST) {
            status = exists_error(self->path, errors);
        } else if (reason) {
            status = system_error(
                self->path, BG_BOTH("The file cannot be given its name", "文件无法改为正式名称"),
                reason, errors);
        }
    }
    if (status) {
        bg_output_discard(self);
        return status;
    }
    sync_directory(self->path);
    forget(self);
    return BG_OK;
}

void bg_output_discard(bg_output *self)
{
    if (self->stream) {
        fclose(self->stream);
    }
    if (self->temporary) {
        unlink(self->temporary);
    }
    forget(self);
}

/* ---- paths ---- */

char *bg_path_join(const char *directory, const char *name)
{
    size_t length = strlen(directory);
    if (name[0] == '/' || length == 0) {
        return strdup(name);
    }
    const char *slash = directory[length - 1] == '/' ? "" : "/";
    size_t size = length + strlen(slash) + strlen(name) + 1;
    char *joined = malloc(size);
    if (joined) {
        snprintf(joined, size, "%s%s%s", directory, slash, name);
    }
    return joined;
}

char *bg_path_directory(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) {
        return strdup(".");
    }
    while (slash > path && slash[-1] == '/') {
        slash--;
    }
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}
