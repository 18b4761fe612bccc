#include "scenario/heading.h"

#include "base/nearest.h"

#include <stdio.h>
#include <string.h>

typedef struct known {
    int kind;
    const char *key, *words;
} known;

static const known headings[] = {
#define HEADING(table, key, words) {BG_HEADINGS_##table, #key, words},
#define WORD(kind, key, words)
#include "scenario/headings.def"
#undef HEADING
#undef WORD
};

static const known words_of_cells[] = {
#define HEADING(table, key, words)
#define WORD(kind, key, words) {BG_WORD_##kind, #key, words},
#include "scenario/headings.def"
#undef HEADING
#undef WORD
};

#define HEADINGS (sizeof headings / sizeof *headings)
#define WORDS    (sizeof words_of_cells / sizeof *words_of_cells)

/* ---- words ---- */

/* Cuts the next word out of a list; false at its end. */
static bool next_word(const char **list, char word[BG_WRITTEN])
{
    const size_t length = strcspn(*list, "|");
    if (length == 0) {
        return false;
    }
    snprintf(word, BG_WRITTEN, "%.*s", (int)length, *list);
    *list += length + ((*list)[length] == '|');
    return true;
}

static bool means(const known *self, const char *folded)
{
    char word[BG_WRITTEN], fold[BG_WRITTEN];
    bool found = strcmp(bg_written_fold(self->key, fold), folded) == 0;
    for (const char *list = self->words; !found && next_word(&list, word);) {
        found = strcmp(bg_written_fold(word, fold), folded) == 0;
    }
    return found;
}

/* ---- units ---- */

static const struct {
    bg_fen fen;
    const char *word;
} unit_words[] = {
    {100, "元"},
    {100000, "千元"},
    {1000000, "万元"},
    {100000000, "百万元"},
    {1000000000, "千万元"},
    {INT64_C(10000000000), "亿元"},
    {INT64_C(100000000000), "十亿元"},
};

const char *bg_heading_unit_word(bg_fen unit)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        if (unit_words[i].fen == unit) {
            return unit_words[i].word;
        }
    }
    return NULL;
}

/* Fen in one of the unit that stands there, with 元 in it; 0 if it is none of money. */
static bg_fen unit_of(const char *word, size_t length)
{
    static const char currency[] = "人民币";
    char one[BG_WRITTEN];
    bg_fen fen;
    if (length > strlen(currency) && strncmp(word, currency, strlen(currency)) == 0) {
        word += strlen(currency);
        length -= strlen(currency);
    }
    const bool counted = length > 0 && *word >= '1' && *word <= '9'; /* "10000元" */
    snprintf(one, sizeof one, "%s%.*s", counted ? "" : "1", (int)(length < 64 ? length : 64), word);
    const bool read = strstr(one, "元") && bg_money_parse(one, 1, &fen) == BG_OK;
    return read && bg_heading_unit_word(fen) ? fen : 0;
}

/* The same of a word that says 万 for 万元. */
static bg_fen unit_alone(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        const size_t size = strlen(unit_words[i].word) - strlen("元");
        if (size > 0 && size == length && memcmp(word, unit_words[i].word, size) == 0) {
            return unit_words[i].fen;
        }
    }
    return 0;
}

/* Units that say nothing of money. */
static bool is_count(const char *word, size_t length)
{
    static const char *const counts[] = {"人次", "人", "次", "例", "分", "%"};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (strlen(counts[i]) == length && memcmp(counts[i], word, length) == 0) {
            return true;
        }
    }
    return false;
}

/* Folds a heading and takes the unit in brackets off its end. */
static bg_fen fold_heading(const char *heading, char folded[BG_WRITTEN])
{
    bg_written_fold(heading, folded);
    const size_t length = strlen(folded);
    char *open = strrchr(folded, '(');
    if (!open || open == folded || folded[length - 1] != ')') {
        return 0;
    }
    const char *word = open + 1;
    size_t size = length - 1 - (size_t)(word - folded);
    static const char label[] = "单位:";
    if (size > strlen(label) && strncmp(word, label, strlen(label)) == 0) {
        word += strlen(label);
        size -= strlen(label);
    }
    const bg_fen unit = unit_of(word, size);
    if (unit || is_count(word, size)) {
        *open = '\0';
    }
    return unit;
}

bg_fen bg_heading_unit(const char *heading)
{
    char folded[BG_WRITTEN];
    return fold_heading(heading, folded);
}

/* ---- headings ---- */

const char *bg_heading_key(bg_headings table, const char *heading)
{
    char folded[BG_WRITTEN];
    fold_heading(heading, folded);
    for (size_t i = 0; folded[0] && i < HEADINGS; i++) {
        if (headings[i].kind == (int)table && means(&headings[i], folded)) {
            return headings[i].key;
        }
    }
    return NULL;
}

bool bg_heading_is(bg_headings table, const char *heading, const char *name)
{
    char folded[BG_WRITTEN], fold[BG_WRITTEN];
    if (strcmp(heading, name) == 0) {
        return true;
    }
    fold_heading(heading, folded);
    if (strcmp(folded, bg_written_fold(name, fold)) == 0) {
        return true;
    }
    const char *key = bg_heading_key(table, heading);
    return key && strcmp(key, name) == 0;
}

/* How many slips leave a folded word what it was. */
static size_t most_slips(const char *word)
{
    size_t letters = 0, chinese = 0;
    for (const char *c = word; *c; c++) {
        letters += ((unsigned char)*c & 0xC0) != 0x80;
        chinese += (unsigned char)*c >= 0xE0;
    }
    const size_t most = letters / (chinese ? 5 : 4);
    return most > 2 ? 2 : most;
}

static bool is_slip(const char *folded, const char *word)
{
    char fold[BG_WRITTEN];
    bg_written_fold(word, fold);
    const size_t slips = bg_nearest_slips(folded, fold);
    return slips > 0 && slips <= most_slips(fold);
}

/* Finds the word of a list that `folded` is a slip of. */
static bool find_slip(const char *folded, const char *words, char buffer[BG_WRITTEN])
{
    for (const char *list = words; next_word(&list, buffer);) {
        if (is_slip(folded, buffer)) {
            return true;
        }
    }
    return false;
}

const char *bg_heading_slip(bg_headings table, const char *heading, const char *name,
                            char buffer[BG_WRITTEN])
{
    char folded[BG_WRITTEN];
    fold_heading(heading, folded);
    snprintf(buffer, BG_WRITTEN, "%s", name);
    if (is_slip(folded, name)) {
        return buffer;
    }
    for (size_t i = 0; i < HEADINGS; i++) {
        if (headings[i].kind == (int)table && strcmp(headings[i].key, name) == 0) {
            return find_slip(folded, headings[i].words, buffer) ? buffer : NULL;
        }
    }
    return NULL;
}

const char *bg_heading_row(bg_headings table, size_t index, const char **words)
{
    for (size_t i = 0; i < HEADINGS; i++) {
        if (headings[i].kind == (int)table && index-- == 0) {
            *words = headings[i].words;
            return headings[i].key;
        }
    }
    return NULL;
}

/* ---- cells ---- */

const char *bg_heading_word(bg_word_kind kind, const char *text)
{
    char folded[BG_WRITTEN];
    bg_written_fold(text, folded);
    for (size_t i = 0; folded[0] && i < WORDS; i++) {
        if (words_of_cells[i].kind == (int)kind && means(&words_of_cells[i], folded)) {
            return words_of_cells[i].key;
        }
    }
    return NULL;
}

const char *bg_heading_words_of(bg_word_kind kind, const char *key)
{
    for (size_t i = 0; i < WORDS; i++) {
        if (words_of_cells[i].kind == (int)kind && strcmp(words_of_cells[i].key, key) == 0) {
            return words_of_cells[i].words;
        }
    }
    return NULL;
}

/* Whether a text may be a word for a total: most are not, and are not folded. */
static bool may_be_total(const char *text)
{
    const char *first = text + strspn(text, " \t");
    return (*first && strchr("sStTgG\xC2\xE2\xE3\xEF", *first)) || strstr(text, "计");
}

bool bg_heading_is_total(const char *text)
{
    static const char *const endings[] = {"合计", "总计", "小计", "共计"};
    char folded[BG_WRITTEN];
    if (!may_be_total(text)) {
        return false;
    }
    bg_written_fold(text, folded);
    size_t length = strlen(folded);
    if (length > 0 && folded[length - 1] == ':') {
        folded[--length] = '\0';
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t size = strlen(endings[i]);
        if (length >= size && strcmp(folded + length - size, endings[i]) == 0) {
            return true;
        }
    }
    return bg_heading_word(BG_WORD_TOTAL, folded) != NULL;
}

bool bg_heading_is_of_which(const char *text)
{
    static const char *const beginnings[] = {"其中", "ofwhich"};
    char folded[BG_WRITTEN];
    bg_written_fold(text, folded);
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (strncmp(folded, beginnings[i], strlen(beginnings[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- rows ---- */

static bool is_slip_of_any(bg_headings table, const char *heading)
{
    char folded[BG_WRITTEN], word[BG_WRITTEN];
    fold_heading(heading, folded);
    for (size_t i = 0; i < HEADINGS; i++) {
        if (headings[i].kind == (int)table &&
            (is_slip(folded, headings[i].key) || find_slip(folded, headings[i].words, word))) {
            return true;
        }
    }
    return false;
}

bool bg_heading_is_row(bg_headings table, const bg_csv *row)
{
    size_t cells = 0, found = 0;
    for (size_t i = 0; i < row->count; i++) {
        const char *text = row->cells[i].text;
        cells += text[0] != '\0';
        found += text[0] && (bg_heading_key(table, text) || is_slip_of_any(table, text));
    }
    return found >= 2 || (found == 1 && cells <= 2);
}

bg_fen bg_heading_unit_before(const bg_csv *row)
{
    static const char label[] = "单位:";
    for (size_t i = 0; i < row->count; i++) {
        char folded[BG_WRITTEN];
        bg_fen unit = fold_heading(row->cells[i].text, folded);
        const char *at = unit ? NULL : strstr(folded, label);
        if (at) {
            at += strlen(label);
            size_t length = strcspn(at, "),;/");
            const char *pause = strstr(at, "、");
            length = pause && (size_t)(pause - at) < length ? (size_t)(pause - at) : length;
            unit = unit_of(at, length);
            unit = unit ? unit : unit_alone(at, length);
        }
        if (unit) {
            return unit;
        }
    }
    return 0;
}

/* What the cells of a row look like. */
typedef struct looks {
    size_t cells, labelled, numbers; /* that are not empty, have a colon, begin like a number */
    bool remark;                     /* the first begins with a word for remarks */
} looks;

/* Whether some cell begins with a digit: most rows have one, and are no notes. */
static bool has_digits(const bg_csv *row)
{
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i].text[0] >= '0' && row->cells[i].text[0] <= '9') {
            return true;
        }
    }
    return false;
}

static looks look_at(const bg_csv *row)
{
    static const char *const words[] = {"注", "备注", "附注", "说明", "note"};
    looks found = {0};
    for (size_t i = 0; i < row->count; i++) {
        char folded[BG_WRITTEN];
        bg_written_fold(row->cells[i].text, folded);
        for (size_t w = 0; found.cells == 0 && w < sizeof words / sizeof *words; w++) {
            found.remark = found.remark || strncmp(folded, words[w], strlen(words[w])) == 0;
        }
        found.cells += folded[0] != '\0';
        found.labelled += strchr(folded, ':') != NULL;
        found.numbers += folded[0] && strspn(folded, "0123456789.,+-") > 0;
    }
    return found;
}

bool bg_heading_is_note(const bg_csv *row)
{
    const looks found = look_at(row);
    return found.numbers == 0 && (found.cells == 1 || bg_heading_is_remark(row));
}

bool bg_heading_is_remark(const bg_csv *row)
{
    if (has_digits(row)) {
        return false;
    }
    const looks found = look_at(row);
    return found.numbers == 0 && found.cells > 0 &&
           (found.labelled == found.cells || (found.cells == 1 && found.remark));
}
