/* Stands between baogan and the C library, so that one of its calls fails: linked with --wrap, which
 * redirects the calls of the project's own objects and of nothing else. Environment:
 *
 *   FAULT       memory: allocations; write: what writes, flushes, closes, renames
 *   FAULT_AT    the call that fails, counted from 1; 0: none
 *   FAULT_LOG   a file that gets the lines
 *                 site N ADDRESS…   each call N that comes from a new place: its callers, the nearest first
 *                 failed ADDRESS…   the call that failed
 *                 calls N           how many there were
 *                 left N ADDRESS    memory that call N got and that nobody freed
 *
 * Addresses are offsets in the program. A place is a call with its nearest FAULT_DEPTH callers. Meant
 * for a single thread. Messages on standard error are not counted: a failure there has no place to go. */
/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): for fopencookie */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(type, name, ...)                                                                      \
    type __real_##name(__VA_ARGS__);                                                               \
    type __wrap_##name(__VA_ARGS__);

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the names that --wrap asks for */
REAL(void *, malloc, size_t size)
REAL(void *, calloc, size_t count, size_t size)
REAL(void *, realloc, void *memory, size_t size)
REAL(void *, aligned_alloc, size_t alignment, size_t size)
REAL(int, posix_memalign, void **memory, size_t alignment, size_t size)
REAL(void, free, void *memory)
REAL(char *, strdup, const char *text)
REAL(char *, strndup, const char *text, size_t n)
REAL(char *, realpath, const char *path, char *resolved)
REAL(FILE *, open_memstream, char **text, size_t *size)
REAL(FILE *, fmemopen, void *buffer, size_t size, const char *mode)
REAL(void *, tsearch, const void *key, void **root, int (*compare)(const void *, const void *))
REAL(iconv_t, iconv_open, const char *to, const char *from)
REAL(DIR *, opendir, const char *path)
REAL(int, scandir, const char *path, struct dirent ***names, int (*filter)(const struct dirent *),
     int (*compare)(const struct dirent **, const struct dirent **))
REAL(size_t, fwrite, const void *from, size_t size, size_t count, FILE *stream)
REAL(int, fputs, const char *text, FILE *stream)
REAL(int, puts, const char *text)
REAL(int, fputc, int c, FILE *stream)
REAL(int, putc, int c, FILE *stream)
REAL(int, putchar, int c)
REAL(int, vfprintf, FILE *stream, const char *format, va_list arguments)
REAL(int, fflush, FILE *stream)
REAL(int, fclose, FILE *stream)
REAL(int, fsync, int descriptor)
REAL(int, ftruncate, int descriptor, off_t length)
REAL(int, fchmod, int descriptor, mode_t mode)
REAL(int, close, int descriptor)
REAL(ssize_t, write, int descriptor, const void *from, size_t size)
REAL(int, rename, const char *from, const char *to)
REAL(int, link, const char *from, const char *to)
REAL(int, mkdir, const char *path, mode_t mode)
REAL(FILE *, fdopen, int descriptor, const char *mode)
REAL(FILE *, fopen, const char *path, const char *mode)
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_fprintf(FILE *stream, const char *format, ...);
int __wrap_printf(const char *format, ...);
extern const char __executable_start[], etext[];

/* ---- counting ---- */

enum { FRAMES = 64, DEPTH_MOST = 32, SITES = 1 << 16, PIECES = 1 << 18 };

typedef enum fault { NONE, MEMORY, WRITE } fault;

static struct {
    fault kind;
    bool searching; /* FAULT_AT 0 */
    long at, calls;
    int depth, log;
    uint64_t seen[SITES]; /* places, by their hash */
} state;

/* Offsets of the nearest callers within the program; how many. */
static int callers(uint32_t *offset, int most)
{
    void *frame[FRAMES];
    const int count = backtrace(frame, FRAMES);
    int found = 0;
    for (int i = 0; i < count && found < most; i++) {
        const char *at = frame[i];
        if (at >= __executable_start && at < etext) {
            offset[found++] = (uint32_t)(at - __executable_start);
        }
    }
    return found;
}

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (state.log >= 0 && length > 0) {
        (void)!__real_write(state.log, line, (size_t)length);
    }
}

__attribute__((noinline)) static void say_callers(const char *what, bool only_new)
{
    uint32_t offset[DEPTH_MOST];
    const int count = callers(offset, state.depth);
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    char text[16 * DEPTH_MOST] = "";
    size_t length = 0;
    for (int i = 0; i < count; i++) {
        hash = (hash ^ offset[i]) * UINT64_C(0x100000001b3);
        length += (size_t)snprintf(text + length, sizeof text - length, " %x", (unsigned)offset[i]);
    }
    if (only_new) {
        size_t at = hash % SITES;
        while (state.seen[at] && state.seen[at] != hash) {
            at = (at + 1) % SITES;
        }
        if (state.seen[at] == hash) {
            return;
        }
        state.seen[at] = hash;
    }
    say("%s%s\n", what, text);
}

/* Whether this call is to fail. */
__attribute__((noinline)) static bool fails(fault kind)
{
    if (kind != state.kind) {
        return false;
    }
    state.calls++;
    if (state.searching) {
        char what[32];
        snprintf(what, sizeof what, "site %ld", state.calls);
        say_callers(what, true);
    } else if (state.calls == state.at) {
        say_callers("failed", false);
        return true;
    }
    return false;
}

/* ---- memory that is there ---- */

typedef struct piece {
    void *memory;
    long call;
    uint32_t from;
} piece;

static piece pieces[PIECES]; /* by address */

static size_t place_of(const void *memory)
{
    size_t at = (uintptr_t)memory / 16 * UINT64_C(0x9e3779b97f4a7c15) >> 46;
    while (pieces[at].memory && pieces[at].memory != memory) {
        at = (at + 1) % PIECES;
    }
    return at;
}

static void *got(void *memory, const void *from)
{
    if (memory) {
        pieces[place_of(memory)] =
            (piece){memory, state.calls, (uint32_t)((const char *)from - __executable_start)};
    }
    return memory;
}

static void gone(void *memory)
{
    size_t hole = place_of(memory);
    if (!memory || !pieces[hole].memory) {
        return;
    }
    pieces[hole].memory = NULL;
    for (size_t at = (hole + 1) % PIECES; pieces[at].memory; at = (at + 1) % PIECES) {
        const piece moved = pieces[at];
        pieces[at].memory = NULL;
        pieces[place_of(moved.memory)] = moved;
    }
}

/* ---- start and end ---- */

static long number(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : otherwise;
}

__attribute__((constructor)) static void begin(void)
{
    const char *kind = getenv("FAULT"), *log = getenv("FAULT_LOG");
    void *frame[1];
    backtrace(frame, 1); /* loads what it needs */
    state.log = log ? __real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
    state.at = number("FAULT_AT", 0);
    state.searching = state.at == 0;
    state.depth = (int)number("FAULT_DEPTH", 12);
    state.depth = state.depth < DEPTH_MOST ? state.depth : DEPTH_MOST;
    state.kind = !kind ? NONE : strcmp(kind, "memory") == 0 ? MEMORY : WRITE;
}

__attribute__((destructor)) static void end(void)
{
    say("calls %ld\n", state.calls);
    for (size_t i = 0; i < PIECES; i++) {
        if (pieces[i].memory) {
            say("left %ld %x\n", pieces[i].call, (unsigned)pieces[i].from);
        }
    }
}

/* ---- memory ---- */

#define FROM __builtin_return_address(0)

void *__wrap_malloc(size_t size)
{
    return fails(MEMORY) ? NULL : got(__real_malloc(size), FROM);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails(MEMORY) ? NULL : got(__real_calloc(count, size), FROM);
}

void *__wrap_realloc(void *memory, size_t size)
{
    if (fails(MEMORY)) {
        return NULL;
    }
    gone(memory);
    return got(__real_realloc(memory, size), FROM);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return fails(MEMORY) ? NULL : got(__real_aligned_alloc(alignment, size), FROM);
}

int __wrap_posix_memalign(void **memory, size_t alignment, size_t size)
{
    if (fails(MEMORY)) {
        return ENOMEM;
    }
    const int reason = __real_posix_memalign(memory, alignment, size);
    return reason ? reason : (got(*memory, FROM), 0);
}

void __wrap_free(void *memory)
{
    gone(memory);
    __real_free(memory);
}

char *__wrap_strdup(const char *text)
{
    return fails(MEMORY) ? NULL : got(__real_strdup(text), FROM);
}

char *__wrap_strndup(const char *text, size_t n)
{
    return fails(MEMORY) ? NULL : got(__real_strndup(text, n), FROM);
}

static bool no_memory(void)
{
    const bool failed = fails(MEMORY);
    errno = failed ? ENOMEM : errno;
    return failed;
}

char *__wrap_realpath(const char *path, char *resolved)
{
    return no_memory() ? NULL : got(__real_realpath(path, resolved), FROM);
}

void *__wrap_tsearch(const void *key, void **root, int (*compare)(const void *, const void *))
{
    return no_memory() ? NULL : __real_tsearch(key, root, compare);
}

iconv_t __wrap_iconv_open(const char *to, const char *from)
{
    /* NOLINTNEXTLINE(performance-no-int-to-ptr): as iconv_open(3) has it */
    return no_memory() ? (iconv_t)-1 : __real_iconv_open(to, from);
}

DIR *__wrap_opendir(const char *path)
{
    return no_memory() ? NULL : __real_opendir(path);
}

int __wrap_scandir(const char *path, struct dirent ***names, int (*filter)(const struct dirent *),
                   int (*compare)(const struct dirent **, const struct dirent **))
{
    return no_memory() ? -1 : __real_scandir(path, names, filter, compare);
}

FILE *__wrap_fmemopen(void *buffer, size_t size, const char *mode)
{
    return no_memory() ? NULL : __real_fmemopen(buffer, size, mode);
}

/* A stream in memory of our own, so that each growth can fail as it may in the C library. */
typedef struct memory_stream {
    char **text;
    size_t *size;
} memory_stream;

static ssize_t grow(void *cookie, const char *from, size_t size)
{
    const memory_stream *self = cookie;
    if (no_memory()) {
        return 0;
    }
    gone(*self->text);
    *self->text = got(__real_realloc(*self->text, *self->size + size + 1), FROM);
    memcpy(*self->text + *self->size, from, size);
    *self->size += size;
    (*self->text)[*self->size] = '\0';
    return (ssize_t)size;
}

static int close_memory(void *cookie)
{
    __real_free(cookie);
    return 0;
}

FILE *__wrap_open_memstream(char **text, size_t *size)
{
    if (no_memory()) {
        return NULL;
    }
    memory_stream *self = __real_malloc(sizeof *self);
    *self = (memory_stream){text, size};
    *text = got(__real_calloc(1, 1), FROM);
    *size = 0;
    return fopencookie(self, "w", (cookie_io_functions_t){.write = grow, .close = close_memory});
}

/* ---- writing ---- */

/* Whether this write is to fail. The disk is then full: what stands in the buffer cannot be written
 * either. */
static bool is_full(FILE *stream)
{
    if (stream == stderr || fileno(stream) < 0 || !fails(WRITE)) {
        return false;
    }
    const int full = __real_open("/dev/full", O_WRONLY | O_CLOEXEC);
    dup2(full, fileno(stream));
    __real_close(full);
    return true;
}

static bool refused(int reason)
{
    const bool failed = fails(WRITE);
    errno = failed ? reason : errno;
    return failed;
}

size_t __wrap_fwrite(const void *from, size_t size, size_t count, FILE *stream)
{
    const bool full = is_full(stream);
    const size_t done = __real_fwrite(from, size, count, stream);
    return full && __real_fflush(stream) ? 0 : done;
}

#define WRITES(name, stream, call, ...)                                                            \
    int __wrap_##name(__VA_ARGS__)                                                                 \
    {                                                                                              \
        const bool full = is_full(stream);                                                         \
        const int done = call;                                                                     \
        return full && __real_fflush(stream) ? EOF : done;                                         \
    }

WRITES(fputs, stream, __real_fputs(text, stream), const char *text, FILE *stream)
WRITES(puts, stdout, __real_puts(text), const char *text)
WRITES(fputc, stream, __real_fputc(c, stream), int c, FILE *stream)
WRITES(putc, stream, __real_fputc(c, stream), int c, FILE *stream)
WRITES(putchar, stdout, __real_fputc(c, stdout), int c)
WRITES(vfprintf, stream, __real_vfprintf(stream, format, arguments), FILE *stream,
       const char *format, va_list arguments)

int __wrap_fprintf(FILE *stream, const char *format, ...)
{
    const bool full = is_full(stream);
    va_list arguments;
    va_start(arguments, format);
    const int done = __real_vfprintf(stream, format, arguments);
    va_end(arguments);
    return full && __real_fflush(stream) ? EOF : done;
}

int __wrap_printf(const char *format, ...)
{
    const bool full = is_full(stdout);
    va_list arguments;
    va_start(arguments, format);
    const int done = __real_vfprintf(stdout, format, arguments);
    va_end(arguments);
    return full && __real_fflush(stdout) ? EOF : done;
}

int __wrap_fflush(FILE *stream)
{
    const bool full = stream && is_full(stream);
    const int done = __real_fflush(stream);
    errno = full ? ENOSPC : errno;
    return full ? EOF : done;
}

int __wrap_fclose(FILE *stream)
{
    const bool full = is_full(stream);
    const int done = __real_fclose(stream);
    errno = full ? ENOSPC : errno;
    return full ? EOF : done;
}

int __wrap_close(int descriptor)
{
    const bool writes = (fcntl(descriptor, F_GETFL) & O_ACCMODE) != O_RDONLY;
    const int done = __real_close(descriptor);
    return writes && refused(EIO) ? -1 : done;
}

ssize_t __wrap_write(int descriptor, const void *from, size_t size)
{
    return refused(ENOSPC) ? -1 : __real_write(descriptor, from, size);
}

int __wrap_fsync(int descriptor)
{
    return refused(EIO) ? -1 : __real_fsync(descriptor);
}

int __wrap_ftruncate(int descriptor, off_t length)
{
    return refused(EIO) ? -1 : __real_ftruncate(descriptor, length);
}

int __wrap_fchmod(int descriptor, mode_t mode)
{
    return refused(EPERM) ? -1 : __real_fchmod(descriptor, mode);
}

int __wrap_rename(const char *from, const char *to)
{
    return refused(EIO) ? -1 : __real_rename(from, to);
}

int __wrap_link(const char *from, const char *to)
{
    return refused(EPERM) ? -1 : __real_link(from, to);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    return refused(ENOSPC) ? -1 : __real_mkdir(path, mode);
}

FILE *__wrap_fdopen(int descriptor, const char *mode)
{
    return mode[0] != 'r' && refused(EMFILE) ? NULL : __real_fdopen(descriptor, mode);
}

FILE *__wrap_fopen(const char *path, const char *mode)
{
    return mode[0] != 'r' && refused(ENOSPC) ? NULL : __real_fopen(path, mode);
}

int __wrap_open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const unsigned mode = (flags & O_CREAT) ? va_arg(arguments, unsigned) : 0;
    va_end(arguments);
    return (flags & O_ACCMODE) != O_RDONLY && refused(ENOSPC) ? -1 : __real_open(path, flags, mode);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
