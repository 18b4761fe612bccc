/* Status codes, and the list of errors and warnings that every loader and calculation fills.
 *
 * A library function returns BG_OK or one of the codes below and, where it takes a bg_errors, has
 * added at least one sentence to it that says what is wrong, where, and what is allowed. The library
 * never prints: the command turns the list into words and the code into an exit status. */
#ifndef BAOGAN_ERROR_H
#define BAOGAN_ERROR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* X(name, exit status of the command, sentence, sentence in Chinese) */
#define BG_STATUSES(X)                                                                             \
    X(OK, 0, "no error", "无错误")                                                                 \
    X(FAILED, 1, "the calculation failed", "计算未能完成")                                         \
    X(MEMORY, 1, "out of memory", "内存不足")                                                      \
    X(OVERFLOW, 1, "an amount is larger than baogan can hold", "金额超出可表示的范围")             \
    X(INTERNAL, 1, "an internal check failed; please report it", "内部核对未通过，请反馈")         \
    X(USAGE, 2, "the command line is not understood", "命令行无法识别")                            \
    X(INVALID, 3, "the scenario is not valid", "情景无效")                                         \
    X(SYNTAX, 3, "the file is not well-formed", "文件格式有误")                                    \
    X(UNKNOWN_KEY, 3, "the key is not known", "参数名未知")                                        \
    X(DUPLICATE_KEY, 3, "the key stands twice", "参数重复")                                        \
    X(TYPE, 3, "the value is of the wrong kind", "取值类型有误")                                   \
    X(RANGE, 3, "the value is out of range", "取值超出范围")                                       \
    X(MISSING, 3, "a required value is missing", "缺少必填值")                                     \
    X(LIMIT, 3, "the file is larger or deeper than allowed", "文件过大或层次过深")                 \
    X(ENCODING, 3, "the file's characters cannot be read", "文件字符无法识别")                     \
    X(IO, 4, "a file could not be read or written", "文件无法读写")                                \
    X(EXISTS, 4, "a file is already there", "文件已存在")                                          \
    X(TARGET, 5, "the target was not reached", "未达到目标")                                       \
    X(INTERRUPTED, 130, "interrupted", "已中断")

typedef enum bg_status {
#define BG_STATUS_ENUM(name, exit_status, en, zh) BG_##name,
    BG_STATUSES(BG_STATUS_ENUM)
#undef BG_STATUS_ENUM
        BG_STATUS_COUNT
} bg_status;

/* The sentence of a status; never NULL. */
const char *bg_status_sentence(bg_status status);
/* The same in a language: Chinese where that is "zh", else English (NULL too). */
const char *bg_status_words(bg_status status, const char *language);
/* Both, to stand as a parameter of a sentence in both languages. */
const char *bg_status_both(bg_status status);
/* The exit status that the command returns for it. */
int bg_status_exit(bg_status status);

/* A place in an input file, or in an override such as --set: `file` is then what messages call it.
 * Line and column count from 1; 0 means unknown. `file` is borrowed; NULL is no place at all. */
typedef struct bg_mark {
    const char *file;
    int line;
    int column;
    bool override;
} bg_mark;

typedef struct bg_error {
    bg_status status;
    bool warning; /* the run goes on */
    char *file;   /* owned copies; file and path may be NULL */
    int line, column;
    bool override;    /* the place is in an override, not in a file */
    size_t unit;      /* of a settlement's block that the error is about, from 1; 0: about none */
    char *path;       /* key path, such as budget.growth[2027] */
    const char *name; /* of its sentence, for machines; not owned */
    char *message;    /* a whole sentence, never NULL */
    char *message_zh; /* the same in Chinese */
} bg_error;

/* A growing list. Zero-initialise with bg_errors_init; free with bg_errors_free (twice is safe).
 * If memory runs out while adding, the entry is lost but the count of errors still rises. */
typedef struct bg_errors {
    bg_error *items;
    size_t count, capacity;
    size_t error_count; /* items that are not warnings */
} bg_errors;

void bg_errors_init(bg_errors *self);
void bg_errors_free(bg_errors *self);

/* Adds an error and returns `status`, so that a caller may write `return bg_errors_say(...)`. Its sentence has a
 * name for machines and is given in Chinese and English, which take the same parameters in the same order; a
 * room's own stand in its table messages.def, of which BG_SAY(name) gives the three parameters name, zh and en
 * (base/say.h). `self` may be NULL (nothing is recorded). `path` may be NULL. */
bg_status bg_errors_say(bg_errors *self, bg_status status, bg_mark mark, const char *path,
                        const char *name, const char *zh, const char *en, ...)
    __attribute__((format(printf, 6, 8), format(printf, 7, 8)));
/* The same about a unit of a block, which counts from 1. */
bg_status bg_errors_say_unit(bg_errors *self, bg_status status, size_t unit, bg_mark mark,
                             const char *path, const char *name, const char *zh, const char *en,
                             ...) __attribute__((format(printf, 7, 9), format(printf, 8, 9)));
/* Adds that memory ran out; returns BG_MEMORY. */
bg_status bg_no_memory(bg_errors *self);
/* Keeps the first failure of several calls that are all made. */
static inline void bg_first(bg_status *first, bg_status next)
{
    *first = *first ? *first : next;
}
/* Adds a warning, unless the list holds one of the same place and words. */
void bg_errors_advise(bg_errors *self, bg_mark mark, const char *path, const char *name,
                      const char *zh, const char *en, ...)
    __attribute__((format(printf, 5, 7), format(printf, 6, 7)));

/* As bg_errors_say_unit, for a function that takes parameters of a sentence itself. */
bg_status bg_errors_say_list(bg_errors *self, bg_status status, size_t unit, bg_mark mark,
                             const char *path, const char *name, const char *zh, const char *en,
                             va_list arguments)
    __attribute__((format(printf, 7, 0), format(printf, 8, 0)));

/* Adds what an entry of another list says, an error or a warning, at another place and about no unit; returns its
 * status. The second puts words in front, which BG_WORDS(name) gives in both languages. */
bg_status bg_errors_say_again(bg_errors *self, const bg_error *error, bg_mark mark,
                              const char *path);
bg_status bg_errors_say_behind(bg_errors *self, const bg_error *error, bg_mark mark,
                               const char *path, const char *zh, const char *en, ...)
    __attribute__((format(printf, 5, 7), format(printf, 6, 7)));

/* Moves all entries of `from`, in order, to the end of `self`; `from` is empty then. Where memory runs
 * out, entries are lost but counted, as in adding; where `self` is NULL, all are. */
void bg_errors_move(bg_errors *self, bg_errors *from);

/* "file:line:column: path: unit 3: message" without a final newline, into a new string that the caller
 * frees; parts that are unknown are left out. The message is in Chinese where the language is "zh", else
 * (NULL too) in English. NULL when out of memory. */
char *bg_error_text(const bg_error *error, const char *language);
/* Where the error is; valid as long as the error. */
bg_mark bg_error_mark(const bg_error *error);

static const bg_mark BG_NOWHERE = {.file = NULL};

#endif
