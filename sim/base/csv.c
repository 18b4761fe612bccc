#include "base/csv.h"

#include "base/array.h"
#include "base/binary.h"
#include "base/messages.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static const char each_separator[] = ",;\t";

void bg_csv_init(bg_csv *self, FILE *stream, const char *name, const char *path, size_t max_cells)
{
    *self = (bg_csv){
        .readable = true,
        .stream = stream,
        .path = path,
        .max_cells = max_cells,
        .mark = {.file = name, .line = 1, .column = 1},
    };
    memcpy(self->separators, each_separator, sizeof each_separator);
}

void bg_csv_free(bg_csv *self)
{
    free(self->row);
    free(self->converted);
    bg_gb18030_close(self->converter);
    self->row = self->converted = NULL;
    self->converter = NULL;
    self->length = self->capacity = self->count = 0;
}

/* ---- bytes to a row ---- */

static bg_status make_room(bg_csv *self, bg_errors *errors)
{
    if (self->length > BG_CSV_MAX_ROW) {
        return bg_errors_say(errors, BG_LIMIT, self->mark, self->path, BG_SAY(csv_row_too_long),
                             BG_CSV_MAX_ROW);
    }
    char *row = bg_array_room(self->row, &self->capacity, self->length + 2, 1);
    self->row = row ? row : self->row;
    return row ? BG_OK : bg_no_memory(errors);
}

/* Where in a cell a byte stands: a quotation mark opens only at the start of one. */
typedef enum place { START, BARE, QUOTED, CLOSED } place;

static place place_after(place before, char byte, const char *separators)
{
    if (byte == '"' && before != BARE) {
        return before == QUOTED ? CLOSED : QUOTED;
    }
    if (before == QUOTED) {
        return QUOTED;
    }
    if (strchr(separators, byte)) {
        return START;
    }
    return before == START && byte == ' ' ? START : BARE;
}

/* Whether the line ends with the byte just read: LF, or CR where no LF follows. */
static bool ends_line(const bg_csv *self, int byte)
{
    if (byte != '\r') {
        return byte == '\n';
    }
    const int next = ungetc(getc_unlocked(self->stream), self->stream);
    return next != '\n';
}

static bool is_first(const bg_csv *self)
{
    return self->mark.line == 1 && self->mark.column == 1;
}

/* Reads up to the end of a line that stands in no quotation marks. */
static bg_status read_bytes(bg_csv *self, bg_errors *errors)
{
    bg_status status = make_room(self, errors);
    int byte = 0;
    for (place at = START; status == BG_OK && (byte = getc_unlocked(self->stream)) != EOF;) {
        self->row[self->length++] = (char)byte;
        if (at != QUOTED && ends_line(self, byte)) {
            break;
        }
        at = byte ? place_after(at, (char)byte, self->separators) : at;
        status = make_room(self, errors);
        if (self->length == BG_BINARY_MAGIC && is_first(self) && status == BG_OK) {
            status = bg_binary_refuse(self->row, self->length, self->mark, self->path, errors);
        }
    }
    if (status == BG_OK) {
        self->row[self->length] = '\0';
    }
    if (byte == EOF && ferror(self->stream)) {
        return bg_errors_say(errors, BG_IO, self->mark, self->path, BG_SAY(csv_unreadable));
    }
    return status;
}

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80) {
        text++;
    }
    return *text == '\0';
}

/* The row in UTF-8, in place of its bytes. No byte of a character in GB18030 looks like a separator, a
 * quotation mark or the end of a line. */
static bg_status convert(bg_csv *self, bg_errors *errors)
{
    self->converter = self->converter ? self->converter : bg_gb18030_open();
    free(self->converted);
    self->converted = NULL;
    size_t length;
    const bg_status status = self->converter
                                 ? bg_gb18030_convert(self->converter, self->row, self->length,
                                                      &self->converted, &length)
                                 : BG_ENCODING;
    if (status == BG_MEMORY) {
        return bg_errors_say(errors, status, self->mark, self->path, BG_SAY(csv_no_memory));
    }
    return status ? bg_errors_say(errors, status, self->mark, self->path, BG_SAY(csv_encoding))
                  : BG_OK;
}

/* Finds out in which encoding the row is, and brings it to UTF-8. */
static bg_status decode(bg_csv *self, bg_errors *errors)
{
    if (strlen(self->row) < self->length) {
        return bg_errors_say(errors, BG_ENCODING, self->mark, self->path, BG_SAY(csv_zero_byte));
    }
    const bg_utf8 found = bg_utf8_detect(self->row, self->length);
    if (self->encoding == BG_CSV_ASCII && found != BG_UTF8) {
        self->encoding = found == BG_UTF8_CUT ? BG_CSV_UTF8 : BG_CSV_GB18030;
    } else if (self->encoding == BG_CSV_ASCII && !is_ascii(self->row)) {
        self->encoding = BG_CSV_UTF8;
    }
    if (self->encoding == BG_CSV_GB18030) {
        return convert(self, errors);
    }
    return found == BG_UTF8 ? BG_OK
                            : bg_errors_say(errors, BG_ENCODING, self->mark, self->path,
                                            BG_SAY(csv_encoding_changes));
}

static void use_separator(bg_csv *self, char separator)
{
    self->separators[0] = separator;
    self->separators[1] = '\0';
}

/* The separator that occurs most often in the row, up to a line's end; 0 where there is none. */
static char find_separator(const char *text)
{
    size_t most = 0;
    char best = '\0';
    for (const char *each = each_separator; *each; each++) {
        size_t count = 0;
        for (const char *c = text; *c && *c != '\n' && *c != '\r'; c++) {
            count += *c == *each;
        }
        best = count > most ? *each : best;
        most = count > most ? count : most;
    }
    return best;
}

/* The line "sep=;" by which spreadsheets are told the separator. */
static bool names_separator(const char *text)
{
    return strncmp(text, "sep=", 4) == 0 && text[4] && strchr(each_separator, text[4]) &&
           text[5 + strspn(text + 5, "\r\n")] == '\0';
}

static void skip_byte_order_mark(bg_csv *self)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    if (strncmp(self->at, byte_order_mark, strlen(byte_order_mark)) == 0) {
        self->at += strlen(byte_order_mark);
    }
}

/* Before there is a row of headings every row may have a separator of its own: titles have none. */
static void choose_separator(bg_csv *self)
{
    const char found = find_separator(self->at);
    use_separator(self, found ? found : each_separator[0]);
}

/* ---- a row to cells ---- */

static void advance(bg_csv *self)
{
    const char byte = *self->at++;
    if (byte == '\n' || (byte == '\r' && *self->at == '\0')) {
        self->mark.line++;
        self->mark.column = 1;
    } else if (((unsigned char)byte & 0xC0) != 0x80) {
        self->mark.column++;
    }
}

static bool at_line_end(const bg_csv *self)
{
    return *self->at == '\0' || *self->at == '\n' ||
           (*self->at == '\r' && (self->at[1] == '\n' || self->at[1] == '\0'));
}

static bool at_cell_end(const bg_csv *self)
{
    return *self->at == self->separators[0] || at_line_end(self);
}

static void skip_spaces(bg_csv *self)
{
    while (!at_cell_end(self) && (*self->at == ' ' || *self->at == '\t')) {
        advance(self);
    }
}

/* Moves the bytes up to the end of the cell to *end, without the spaces at its end. */
static void read_bare(bg_csv *self, char **end)
{
    for (char *to = *end; !at_cell_end(self);) {
        const char byte = *self->at;
        advance(self);
        *to++ = byte;
        *end = byte == ' ' || byte == '\t' ? *end : to;
    }
}

/* Moves the text in quotation marks to *end. */
static bg_status read_quoted(bg_csv *self, char **end, bg_errors *errors)
{
    const bg_mark open = self->mark;
    advance(self);
    *end = self->at;
    while (*self->at && !(*self->at == '"' && self->at[1] != '"')) {
        if (*self->at == '"') {
            advance(self);
        }
        *(*end)++ = *self->at;
        advance(self);
    }
    if (*self->at == '\0') {
        self->readable = false;
        return bg_errors_say(errors, BG_SYNTAX, open, self->path, BG_SAY(csv_quote_open));
    }
    advance(self);
    skip_spaces(self);
    if (!at_cell_end(self)) {
        const bg_mark behind = self->mark;
        read_bare(self, end);
        return bg_errors_say(errors, BG_SYNTAX, behind, self->path, BG_SAY(csv_text_behind_quote));
    }
    return BG_OK;
}

/* *end is where the final zero goes, once what ends the cell has been stepped over. */
static bg_status read_cell(bg_csv *self, char **end, bg_errors *errors)
{
    skip_spaces(self);
    const bool quoted = *self->at == '"';
    self->cells[self->count++] = (bg_csv_cell){self->at + quoted, self->mark};
    *end = self->at;
    if (quoted) {
        return read_quoted(self, end, errors);
    }
    read_bare(self, end);
    return BG_OK;
}

/* Steps over what ends a cell, and over the end of the line with its last one. */
static bool leave_cell(bg_csv *self)
{
    const bool last = at_line_end(self);
    if (*self->at == '\r') {
        advance(self);
    }
    if (*self->at) {
        advance(self);
    }
    return last;
}

static bg_status read_cells(bg_csv *self, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (bool last = false; !last && self->readable;) {
        if (self->count == self->max_cells) {
            self->readable = false;
            return bg_errors_say(errors, BG_LIMIT, self->mark, self->path,
                                 BG_SAY(csv_too_many_fields), self->max_cells);
        }
        char *end;
        const bg_status cell = read_cell(self, &end, errors);
        bg_first(&status, cell);
        last = leave_cell(self);
        *end = '\0';
    }
    return status;
}

/* Reads a row as text. */
static bg_status read_row(bg_csv *self, bg_errors *errors)
{
    self->length = self->count = 0;
    bg_status status = read_bytes(self, errors);
    self->ended = status == BG_OK && self->length == 0;
    status = status ? status : decode(self, errors);
    if (status) {
        self->readable = false;
        return status;
    }
    self->at = self->encoding == BG_CSV_GB18030 ? self->converted : self->row;
    return BG_OK;
}

/* Steps over a first line that names the separator. */
static bg_status read_first_row(bg_csv *self, bg_errors *errors)
{
    bg_status status = read_row(self, errors);
    if (status == BG_OK) {
        skip_byte_order_mark(self);
    }
    self->named = status == BG_OK && names_separator(self->at);
    if (self->named) {
        use_separator(self, self->at[4]);
        self->mark.line++;
        status = read_row(self, errors);
    } else if (status == BG_OK) {
        choose_separator(self);
    }
    return status;
}

bg_status bg_csv_read(bg_csv *self, bg_errors *errors)
{
    const bool first = is_first(self), open = self->headless && !self->named;
    if (open) {
        memcpy(self->separators, each_separator, sizeof each_separator);
    }
    const bg_status status = first ? read_first_row(self, errors) : read_row(self, errors);
    if (status != BG_OK) {
        return status;
    }
    if (open && !first) {
        choose_separator(self);
    }
    return self->ended ? BG_OK : read_cells(self, errors);
}

void bg_csv_pad(bg_csv *self, size_t count)
{
    while (self->count > 0 && self->count < count) {
        self->cells[self->count] = (bg_csv_cell){"", self->cells[self->count - 1].mark};
        self->count++;
    }
}

bool bg_csv_has_semicolons(const bg_csv *self)
{
    return self->separators[0] == ';';
}

bool bg_csv_is_blank(const bg_csv *self)
{
    for (size_t i = 0; i < self->count; i++) {
        if (self->cells[i].text[0]) {
            return false;
        }
    }
    return true;
}

int bg_csv_find(const bg_csv *self, const char *text)
{
    for (size_t i = 0; i < self->count; i++) {
        if (strcmp(self->cells[i].text, text) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* ---- writing ---- */

void bg_csv_write(FILE *stream, const char *text)
{
    const size_t length = strlen(text);
    const bool spaced = length > 0 && (strchr(" \t", text[0]) || strchr(" \t", text[length - 1]));
    if (!spaced && !strpbrk(text, ",;\t\"\r\n")) {
        fputs(text, stream);
        return;
    }
    fputc('"', stream);
    for (; *text; text++) {
        fputs(*text == '"' ? "\"\"" : (char[]){*text, '\0'}, stream);
    }
    fputc('"', stream);
}
