#include "scenario/slip.h"

#include "base/say.h"
#include "base/written.h"
#include "scenario/aliases.h"

#include <baogan/money.h>
#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

/* Where a sign takes the place of one of YAML. */
typedef enum place { BEHIND_KEY, IN_FLOW, OPENS, CLOSES, QUOTES, AT_COMMENT, AT_ITEM } place;

#define SIGN(sign, meant, where)                                                                   \
    {                                                                                              \
        sign, meant,                                                                               \
            BG_BOTH("; write \"" meant "\" for \"" sign "\"", "；“" sign "”请写作“" meant "”"),    \
            BG_BOTH("; a value has no \"" sign "\" in it", "；值中不能有“" sign "”"), where        \
    }

#define MARK(sign)                                                                                 \
    {                                                                                              \
        sign, "\"",                                                                                \
            BG_BOTH("; write straight quotation marks, or none", "；引号请用半角，或不用引号"),    \
            "", QUOTES                                                                             \
    }

static const struct {
    const char *sign, *meant, *hint, *alone; /* the last of a value by itself */
    place where;
} signs[] = {
    SIGN("：", ": ", BEHIND_KEY),
    SIGN("，", ", ", IN_FLOW),
    SIGN("；", ", ", IN_FLOW),
    SIGN("、", ", ", IN_FLOW),
    SIGN("｛", "{", OPENS),
    SIGN("［", "[", OPENS),
    SIGN("【", "[", OPENS),
    SIGN("｝", "}", CLOSES),
    SIGN("］", "]", CLOSES),
    SIGN("】", "]", CLOSES),
    MARK("“"),
    MARK("‘"),
    MARK("＂"),
    SIGN("＃", "#", AT_COMMENT),
    SIGN("－", "- ", AT_ITEM),
    SIGN("–", "- ", AT_ITEM),
    SIGN("—", "- ", AT_ITEM),
    SIGN("−", "- ", AT_ITEM),
    SIGN("•", "- ", AT_ITEM),
    SIGN("·", "- ", AT_ITEM),
};

typedef struct scan {
    const char *at, *end; /* the next byte; the end of its line */
    int line, column, depth;
    int from_line, from_column, last;
    const char *word; /* where the entry or the value begins */
    int indent;       /* of the line */
    int block;        /* indentation of the key of a text in lines that is passed over; -1 */
    char quote;
    bool start;   /* of an entry or a value */
    bool key;     /* what is read may still be a key */
    bool blank;   /* one was read last */
    bool sound;   /* the line has a key or the dash of an item */
    bool slipped; /* the line has a slip */
    bool value;   /* one is searched alone */
    bool found;
    bg_slip slip;
} scan;

static size_t length_of(const char *at, const char *end)
{
    size_t length = 1;
    while (at + length < end && ((unsigned char)at[length] & 0xC0) == 0x80) {
        length++;
    }
    return length;
}

static bool is_text(const char *at, const char *end, const char *text)
{
    const size_t length = strlen(text);
    return (size_t)(end - at) >= length && memcmp(at, text, length) == 0;
}

static bool is_wide_blank(const char *at, const char *end)
{
    return is_text(at, end, "\xE3\x80\x80") || is_text(at, end, "\xC2\xA0");
}

static bool is_blank_or_end(const char *at, const char *end)
{
    return at == end || *at == ' ' || *at == '\t' || *at == '\r';
}

/* ---- what is no slip in a text for people ---- */

/* Whether the text from `word` to `end` may be a key: one that is known, a year, a limit, or a word in small letters. */
static bool is_key(const char *word, const char *end)
{
    char key[BG_WRITTEN];
    bg_decimal limit;
    const size_t length = (size_t)(end - word);
    if (length == 0 || length >= sizeof key) {
        return false;
    }
    snprintf(key, sizeof key, "%.*s", (int)length, word);
    const bool small = islower((unsigned char)key[0]) &&
                       strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_.") == length;
    return (small && strncmp(key, "http", 4) != 0) ||
           bg_decimal_parse(key, true, &limit) == BG_OK || bg_aliases_know(key);
}

/* Whether what a bracket opens may end in this line with another, or go on in the next. */
static bool is_bracketed(const scan *self, size_t length)
{
    static const char *const ends[] = {"}", "]", ",", "｝", "］", "】", "，"};
    const char *end = self->end;
    while (end > self->at && is_blank_or_end(end - 1, self->end)) {
        end--;
    }
    bool found = end == self->at + length;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const size_t size = strlen(ends[i]);
        found = found || ((size_t)(end - self->at) > size && is_text(end - size, end, ends[i]));
    }
    return found;
}

/* ---- slips ---- */

static void note(scan *self, bg_slip slip)
{
    const bool before = self->line < self->from_line ||
                        (self->line == self->from_line && slip.column < self->from_column);
    self->slipped = true;
    if (!self->found && !before) {
        self->found = true;
        self->slip = slip;
        self->slip.line = self->line;
    }
}

static void note_blank(scan *self, int column)
{
    note(self, (bg_slip){.kind = BG_SLIP_WIDE_BLANK,
                         .column = column,
                         .hint = BG_BOTH("; write an ordinary blank for the full-width one",
                                         "；全角空格请写作半角空格")});
}

static bool takes_place(const scan *self, place where, size_t length)
{
    const char *next = self->at + length;
    switch (where) {
    case BEHIND_KEY:
        return self->key && !self->start && is_key(self->word, self->at);
    case IN_FLOW:
        return self->depth > 0 && !self->start;
    case OPENS:
        return self->start && is_bracketed(self, length);
    case CLOSES:
        return self->depth > 0;
    case QUOTES:
        return self->start && self->value;
    case AT_COMMENT:
        return self->blank && !self->start;
    case AT_ITEM:
        break;
    }
    return self->start && self->key && self->depth == 0 &&
           (is_blank_or_end(next, self->end) || is_wide_blank(next, self->end));
}

/* What follows a sign that stands for one that ends a key, parts or begins entries. */
static void go_on_behind(scan *self, place where)
{
    self->start = where != CLOSES && where != QUOTES && where != AT_COMMENT;
    self->key = self->start && where != BEHIND_KEY;
    self->depth += where == OPENS;
    self->depth -= where == CLOSES && self->depth > 0;
}

static void read_wide(scan *self, size_t length)
{
    if (is_wide_blank(self->at, self->end)) {
        if (self->column == self->indent + 1 && self->depth == 0) {
            note_blank(self, self->column);
        }
        return;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (is_text(self->at, self->end, signs[i].sign) &&
            takes_place(self, signs[i].where, length)) {
            note(self, (bg_slip){.kind = BG_SLIP_SIGN,
                                 .column = self->column,
                                 .sign = signs[i].sign,
                                 .meant = signs[i].meant,
                                 .hint = self->value && signs[i].where == IN_FLOW ? signs[i].alone
                                                                                  : signs[i].hint});
            go_on_behind(self, signs[i].where);
            return;
        }
    }
    self->start = false;
}

static void read_colon(scan *self)
{
    const char *next = self->at + 1;
    if (!self->key || self->start) {
        return;
    }
    /* It is not the first sign, since what starts has begun. */
    const bool ends = is_blank_or_end(next, self->end) ||
                      (self->depth > 0 && next < self->end && strchr(",}]", *next)) ||
                      (self->depth > 0 && self->at[-1] == '"');
    if (ends) {
        self->sound = true;
    } else if (is_key(self->word, self->at) && is_wide_blank(next, self->end)) {
        note_blank(self, self->column + 1);
    } else if (is_key(self->word, self->at)) {
        note(self, (bg_slip){.kind = BG_SLIP_NO_BLANK,
                             .column = self->column,
                             .hint = BG_BOTH("; write a blank behind the colon",
                                             "；冒号之后请留一个空格")});
    } else {
        return; /* no key, but a text with a colon */
    }
    self->key = false;
    self->start = true;
}

/* Whether a text in lines begins: nothing but its signs and a comment follow in the line. */
static bool opens_block(const scan *self)
{
    const char *rest = self->at + 1;
    while (rest < self->end && strchr("+-0123456789 \r", *rest)) {
        rest++;
    }
    return self->start && !self->key && self->depth == 0 && (rest == self->end || *rest == '#');
}

static void read_quoted(scan *self)
{
    const char sign = *self->at;
    if (self->quote == '"' && sign == '\\' && self->at + 1 < self->end) {
        self->at++;
        self->column++;
    } else if (sign == self->quote) {
        self->quote = '\0';
    }
}

static void read_ascii(scan *self)
{
    const char sign = *self->at;
    switch (sign) {
    case ' ':
    case '\t':
    case '\r':
        return;
    case ':':
        read_colon(self);
        return;
    case '{':
    case '[':
        self->depth += self->start;
        self->key = self->key || self->start;
        return;
    case '}':
    case ']':
        self->depth -= self->depth > 0;
        self->start = self->key = false;
        return;
    case ',':
        self->start = self->key = self->depth > 0;
        return;
    case '"':
    case '\'':
        self->quote = self->start ? sign : '\0';
        break;
    case '-':
        if (self->start && self->key && self->depth == 0 &&
            is_blank_or_end(self->at + 1, self->end)) {
            self->sound = true;
            return;
        }
        break;
    case '|':
    case '>':
        self->block = opens_block(self) ? self->indent : -1;
        break;
    default:
        break;
    }
    self->start = false;
}

/* From the first sign of the line to its end, or to a comment. */
static void read_signs(scan *self)
{
    for (size_t length; self->at < self->end; self->at += length, self->column++) {
        length = length_of(self->at, self->end);
        self->word = self->start ? self->at : self->word;
        if (self->quote) {
            read_quoted(self);
        } else if (*self->at == '#' && self->blank) {
            return;
        } else if (length > 1) {
            read_wide(self, length);
        } else {
            read_ascii(self);
        }
        self->blank = *self->at == ' ' || *self->at == '\t';
    }
}

static void read_line(scan *self)
{
    const char *first = self->at;
    while (first < self->end && *first == ' ') {
        first++;
    }
    self->indent = (int)(first - self->at);
    if (self->block >= 0 && (first == self->end || self->indent > self->block)) {
        return;
    }
    self->block = -1;
    self->at = first;
    self->column = self->indent + 1;
    self->blank = true;
    self->sound = self->slipped = false;
    if (self->depth == 0 && !self->quote) {
        self->start = self->key = true;
    }
    read_signs(self);
    const bool whole = self->depth == 0 && !self->quote && self->line < self->last;
    if (whole && self->sound && !self->slipped) {
        self->found = false; /* what follows a sound line has another cause */
    }
}

static bool find(scan *self, const char *text, size_t size, bg_slip *slip)
{
    const char *end = text + size;
    for (self->line = 1; text < end && self->line <= self->last; self->line++) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        self->at = text;
        self->end = newline ? newline : end;
        read_line(self);
        text = newline ? newline + 1 : end;
    }
    *slip = self->slip;
    return self->found;
}

bool bg_slip_find(const char *text, size_t size, int line, int column, int last, bg_slip *slip)
{
    scan self = {.from_line = line, .from_column = column, .last = last, .block = -1};
    return find(&self, text, size, slip);
}

const char *bg_slip_hint(const char *value)
{
    bg_slip slip;
    scan self = {.value = true,
                 .from_line = 1,
                 .last = INT_MAX,
                 .block = -1,
                 .depth = 1,
                 .start = true,
                 .key = true};
    return find(&self, value, strlen(value), &slip) ? slip.hint : "";
}
