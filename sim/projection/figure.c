#include <baogan/figure.h>

#include "base/nearest.h"
#include "base/text.h"
#include "projection/band.h"
#include "projection/figure_words.h"
#include "projection/messages.h"
#include "scenario/heading.h"
#include "scenario/year.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads one figure. */
typedef struct reader {
    const bg_model *model;
    const char *text;  /* the whole of it */
    const char *where; /* for errors */
    bg_errors *errors;
    bg_figure *figure;
} reader;

/* A part of a text, not ended by a zero byte. */
typedef struct part {
    const char *start;
    size_t length;
} part;

static bool equals(part self, const char *word)
{
    return strlen(word) == self.length && strncmp(self.start, word, self.length) == 0;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static part trimmed(const char *start, const char *end)
{
    while (start < end && blank(*start)) {
        start++;
    }
    while (end > start && blank(end[-1])) {
        end--;
    }
    return (part){start, (size_t)(end - start)};
}

/* ---- errors ---- */

#define MOST_NAMES (BG_OUTCOME_COUNT + BG_MAX_FUNDS + BG_MAX_INSTITUTIONS + 1)

/* "X is no KIND; did you mean Y?", or all of them. The kind is in both languages. */
static bg_status refuse(const reader *self, part word, const char *kind, const char *const *names,
                        size_t count)
{
    char written[64];
    char all[2048];
    snprintf(written, sizeof written, "%.*s", (int)(word.length < 60 ? word.length : 60),
             word.start);
    const bool number = written[0] >= '0' && written[0] <= '9'; /* all years look alike */
    const char *near = written[0] && !number ? bg_nearest(written, names, count) : NULL;
    if (near) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, self->where,
                             BG_SAY(figure_part_misspelt), written, self->text, kind, near);
    }
    size_t used = 0;
    for (size_t i = 0; i < count && used < sizeof all; i++) {
        used += (size_t)snprintf(all + used, sizeof all - used, "%s%s", i > 0 ? BG_COMMA : "",
                                 names[i]);
    }
    return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, self->where,
                         BG_SAY(figure_part_unknown), written, self->text, kind, all);
}

static bg_status not_a_figure(const reader *self)
{
    char forms[512];
    size_t used = 0;
    for (size_t i = 0; i < bg_statistic_word_count && used < sizeof forms; i++) {
        used += (size_t)snprintf(forms + used, sizeof forms - used, "%s%s", i > 0 ? BG_COMMA : "",
                                 bg_statistic_words[i].word.form);
    }
    return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, self->where, BG_SAY(figure_unreadable),
                         self->text, forms);
}

/* ---- what follows a name ---- */

/* The English word for one that stands in Chinese: residents of 居民医保, first of 首年, 2026 of 2026年. */
static const char *plain_word(part word, char buffer[BG_WRITTEN])
{
    static const char *const others[][2] = {
        {"首年", "first"},    {"首个年度", "first"}, {"末年", "last"},
        {"最后年度", "last"}, {"任一年度", "ever"},  {"至少一年", "ever"},
        {"任一险种", "any"},  {"合计", "all"},       {"各险种合计", "all"},
    };
    snprintf(buffer, BG_WRITTEN, "%.*s",
             (int)(word.length < BG_WRITTEN ? word.length : BG_WRITTEN - 1), word.start);
    const char *scheme = bg_heading_word(BG_WORD_SCHEME, buffer);
    char year[BG_YEAR_TEXT];
    if (bg_year_plain(buffer, year)) {
        memcpy(buffer, year, sizeof year);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strcmp(buffer, others[i][0]) == 0) {
            return others[i][1];
        }
    }
    return scheme ? scheme : buffer;
}

/* The year of a kind, which a chance alone may have in any of them. */
static bool take_year(const reader *self, bg_year_kind kind, part word)
{
    const size_t years = self->model->contract.years;
    char number[16];
    if (kind != BG_YEAR_OF_CALENDAR) {
        self->figure->year = kind == BG_YEAR_FIRST ? 0 : kind == BG_YEAR_LAST ? years - 1 : years;
        return kind != BG_YEAR_EVER || bg_figure_is_share(self->figure);
    }
    for (size_t year = 0; year < years; year++) {
        snprintf(number, sizeof number, "%d", self->model->contract.first_year + (int)year);
        if (equals(word, number)) {
            self->figure->year = year;
            return true;
        }
    }
    return false;
}

static bool read_year(const reader *self, part word)
{
    bg_year_kind kind = BG_YEAR_KIND_COUNT - 1;
    while (kind > BG_YEAR_OF_CALENDAR && !equals(word, bg_year_words[kind].form)) {
        kind--;
    }
    const bg_figure before = *self->figure;
    const bool read = take_year(self, kind, word);
    if (!read) {
        *self->figure = before;
    }
    return read;
}

static bool take_unit(const reader *self, size_t unit)
{
    self->figure->unit = unit;
    self->figure->unit_named = true;
    return true;
}

static bool read_unit(const reader *self, part word)
{
    const bool chance = self->figure->kind == BG_FIGURE_CHANCE;
    for (size_t unit = 0; unit < bg_model_unit_count(self->model); unit++) {
        if (equals(word, bg_model_unit(self->model, unit))) {
            return take_unit(self, unit);
        }
    }
    if (chance && equals(word, bg_unit_words[BG_UNIT_ANY].form)) {
        return take_unit(self, bg_model_unit_any(self->model));
    }
    return bg_model_unit_count(self->model) == 1 && equals(word, bg_unit_words[BG_UNIT_ALL].form) &&
           take_unit(self, 0);
}

static bg_status refuse_place(const reader *self, part word)
{
    enum { MOST = 64 };
    char years[MOST][16];
    const char *names[MOST + BG_MAX_SCHEMES + 5];
    size_t count = 0;
    for (size_t year = 0; year < self->model->contract.years && year < MOST; year++) {
        snprintf(years[year], sizeof years[year], "%d",
                 self->model->contract.first_year + (int)year);
        names[count++] = years[year];
    }
    names[count++] = bg_year_words[BG_YEAR_FIRST].form;
    names[count++] = bg_year_words[BG_YEAR_LAST].form;
    if (bg_figure_is_share(self->figure)) {
        names[count++] = bg_year_words[BG_YEAR_EVER].form;
    }
    for (size_t unit = 0; unit < bg_model_unit_count(self->model); unit++) {
        names[count++] = bg_model_unit(self->model, unit);
    }
    if (self->figure->kind == BG_FIGURE_CHANCE) {
        names[count++] = bg_unit_words[BG_UNIT_ANY].form;
    } else if (equals(word, bg_unit_words[BG_UNIT_ANY].form)) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, self->where,
                             BG_SAY(figure_any_of_amount), self->text);
    }
    return refuse(self, word, BG_BOTH("year or unit of this projection", "本次模拟的年度或险种"),
                  names, count);
}

/* ".2029.residents", ".residents", or nothing. */
static bg_status read_place(const reader *self, part rest)
{
    bool has_year = false;
    bool has_unit = false;
    while (rest.length > 0) {
        const char *start = rest.start + 1;
        const char *end = rest.start + rest.length;
        const char *dot = memchr(start, '.', (size_t)(end - start));
        const part written = {start, (size_t)((dot ? dot : end) - start)};
        char buffer[BG_WRITTEN];
        const char *plain = plain_word(written, buffer);
        const part word = {plain, strlen(plain)};
        if (!has_year && read_year(self, word)) {
            has_year = true;
        } else if (!has_unit && read_unit(self, word)) {
            has_unit = true;
        } else {
            return refuse_place(self, word);
        }
        rest = (part){written.start + written.length, (size_t)(end - start) - written.length};
    }
    return BG_OK;
}

/* Whether a name and then nothing or a dot stand at the start; *rest is what follows the name. */
static bool begins(part self, const char *name, part *rest)
{
    const size_t length = strlen(name);
    if (self.length < length || strncmp(self.start, name, length) != 0 ||
        (self.length > length && self.start[length] != '.')) {
        return false;
    }
    *rest = (part){self.start + length, self.length - length};
    return true;
}

/* What stands before the first dot. */
static part first_word(part self)
{
    const char *dot = memchr(self.start, '.', self.length);
    return dot ? (part){self.start, (size_t)(dot - self.start)} : self;
}

/* The sums of schemes are in no band. */
static bg_status check_band(const reader *self)
{
    const bg_figure *figure = self->figure;
    const size_t sums = self->model->contract.history.scheme_count;
    return sums > 1 && figure->unit_named && figure->unit == sums
               ? bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, self->where,
                               BG_SAY(figure_band_of_sums), self->text)
               : BG_OK;
}

/* Names of events, then of the model's sharing bands. */
typedef struct event_names {
    const char *name[BG_EVENT_COUNT + BG_BAND_COUNTERS];
    int band[BG_EVENT_COUNT + BG_BAND_COUNTERS]; /* 0: an event */
    char text[BG_BAND_COUNTERS][BG_BAND_NAME];
    size_t count;
} event_names;

static void list_bands(event_names *self, const bg_model *model, bool of_overspend)
{
    const int bands = (int)bg_model_band_count(model, of_overspend);
    for (int i = 1; i <= bands; i++) {
        const int band = of_overspend ? -i : i;
        self->band[self->count] = band;
        self->name[self->count] = bg_band_name(band, self->text[self->count - BG_EVENT_COUNT]);
        self->count++;
    }
}

static bg_status read_event(const reader *self, part name)
{
    event_names all = {.count = BG_EVENT_COUNT};
    for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
        all.name[event] = bg_event_name(event);
    }
    list_bands(&all, self->model, false);
    list_bands(&all, self->model, true);
    for (size_t i = 0; i < all.count; i++) {
        part rest;
        if (begins(name, all.name[i], &rest)) {
            self->figure->event = i < BG_EVENT_COUNT ? (bg_event)i : 0;
            self->figure->band = all.band[i];
            const bg_status status = read_place(self, rest);
            return status || !all.band[i] ? status : check_band(self);
        }
    }
    return refuse(self, first_word(name), BG_BOTH("event", "事件"), all.name, all.count);
}

/* Without the years and units at its end. */
static part without_place(const reader *self, part name)
{
    for (size_t i = name.length; i-- > 0;) {
        const part last = {name.start + i + 1, name.length - i - 1};
        if (name.start[i] == '.' && !read_year(self, last) && !read_unit(self, last)) {
            return name;
        }
        name.length = name.start[i] == '.' ? i : name.length;
    }
    return name;
}

/* Names may have dots in them: "fund.risk". None is another with a year or unit behind it. */
static bg_status find_outcome(const reader *self, part name, char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        part rest;
        if (begins(name, names[i], &rest)) {
            self->figure->outcome = i;
            return read_place(self, rest);
        }
    }
    return refuse(self, without_place(self, name), BG_BOTH("outcome", "结果"),
                  (const char *const *)names, count);
}

static bg_status read_outcome(const reader *self, part name)
{
    char *names[MOST_NAMES];
    const size_t count = bg_model_outcome_count(self->model);
    bool complete = true;
    for (size_t i = 0; i < count; i++) {
        names[i] = bg_model_outcome(self->model, i);
        complete = complete && names[i];
    }
    bg_status status =
        complete ? find_outcome(self, name, names, count) : bg_no_memory(self->errors);
    for (size_t i = 0; i < count; i++) {
        free(names[i]);
    }
    return status;
}

/* What stands behind the bar: an event, whose year and unit are those of the outcome unless it has its own. */
static bg_status read_condition(const reader *self, part name)
{
    bg_figure event = {.kind = BG_FIGURE_CHANCE, .year = SIZE_MAX};
    reader of_event = *self;
    of_event.figure = &event;
    const bg_status status = read_event(&of_event, name);
    bg_figure *figure = self->figure;
    figure->event = event.event;
    figure->band = event.band;
    figure->given_unit = event.unit;
    figure->given_unit_named = event.unit_named;
    figure->given_year = event.year == SIZE_MAX ? figure->year : event.year;
    event.unit_named = event.unit_named || figure->unit_named;
    event.unit = bg_figure_given_unit(figure);
    return status || !event.band ? status : check_band(&of_event);
}

/* What stands in the brackets. */
static bg_status read_inside(const reader *self, part inside)
{
    const char *bar = memchr(inside.start, '|', inside.length), *end = inside.start + inside.length;
    if (!bar) {
        return read_outcome(self, inside);
    }
    if (self->figure->kind != BG_FIGURE_MEAN) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, self->where,
                             BG_SAY(figure_given_no_mean), self->text);
    }
    self->figure->kind = BG_FIGURE_MEAN_GIVEN;
    const bg_status status = read_outcome(self, trimmed(inside.start, bar));
    return status ? status : read_condition(self, trimmed(bar + 1, end));
}

/* ---- the figure ---- */

/* "q05": the word before a percentage of two digits, 01 … 99. */
static bool read_percent(part word, const char *before, unsigned *percent)
{
    const size_t length = strlen(before);
    if (word.length != length + 2 || strncmp(word.start, before, length) != 0) {
        return false;
    }
    const char *digit = word.start + length;
    if (digit[0] < '0' || digit[0] > '9' || digit[1] < '0' || digit[1] > '9') {
        return false;
    }
    *percent = (unsigned)(digit[0] - '0') * 10 + (unsigned)(digit[1] - '0');
    return *percent > 0;
}

/* The first of the kind. */
static const bg_statistic_word *word_of(bg_figure_kind kind)
{
    const bg_statistic_word *row = bg_statistic_words;
    while (row->kind != kind) {
        row++;
    }
    return row;
}

/* What stands before the bracket. */
static bool read_statistic(part word, bg_figure *figure)
{
    for (size_t i = 0; i < bg_statistic_word_count; i++) {
        const bg_statistic_word *row = &bg_statistic_words[i];
        const bool read = row->to ? read_percent(word, row->head, &figure->percent) &&
                                        figure->percent >= row->from && figure->percent <= row->to
                                  : equals(word, row->head);
        const bg_figure named = {.kind = row->kind};
        if (read && !bg_figure_is_share(&named)) {
            figure->kind = row->kind;
            return true;
        }
    }
    return false;
}

/* "kept_average" and then nothing or a dot; *rest is what follows. */
static bool read_effective(part all, bg_figure *figure, part *rest)
{
    for (size_t i = 0; i < bg_statistic_word_count; i++) {
        const bg_figure named = {.kind = bg_statistic_words[i].kind};
        if (bg_figure_is_effective(&named) && begins(all, bg_statistic_words[i].head, rest)) {
            figure->kind = named.kind;
            return true;
        }
    }
    return false;
}

bg_status bg_figure_parse(const bg_model *model, const char *text, const char *where,
                          bg_figure *self, bg_errors *errors)
{
    const reader read = {model, text, where, errors, self};
    const part all = trimmed(text, text + strlen(text));
    *self = (bg_figure){.unit = bg_model_unit_count(model) - 1, .year = model->contract.years - 1};
    const char *chance = word_of(BG_FIGURE_CHANCE)->head;
    const size_t length = strlen(chance);
    if (all.length > length && strncmp(all.start, chance, length) == 0) {
        self->kind = BG_FIGURE_CHANCE;
        self->year = model->contract.years;
        return read_event(&read, (part){all.start + length, all.length - length});
    }
    part rest;
    if (read_effective(all, self, &rest)) {
        self->year = model->contract.years;
        return read_place(&read, rest);
    }
    const char *open = memchr(all.start, '(', all.length);
    const char *end = all.start + all.length;
    if (!open || end[-1] != ')' || !read_statistic(trimmed(all.start, open), self)) {
        return not_a_figure(&read);
    }
    return read_inside(&read, trimmed(open + 1, end - 1));
}

/* ---- the name of a figure ---- */

static void statistic_name(const bg_figure *self, char name[16])
{
    const bg_statistic_word *row = word_of(self->kind);
    if (row->to) {
        snprintf(name, 16, "%s%02u", row->head, self->percent);
    } else {
        snprintf(name, 16, "%s", row->head);
    }
}

static const char *event_name(const bg_figure *self, char buffer[BG_BAND_NAME])
{
    return self->band ? bg_band_name(self->band, buffer) : bg_event_name(self->event);
}

/* Whether a figure of a band has no unit yet: it would be the sums of schemes, which are in none. */
static bool has_no_unit(const bg_figure *self, const bg_model *model)
{
    const size_t sums = model->contract.history.scheme_count;
    return self->band && sums > 1 && !self->unit_named && self->unit == sums;
}

#define NO_UNIT SIZE_MAX

/* ".2029.residents" */
static void add_place(bg_text *text, const bg_model *model, size_t year, size_t unit)
{
    if (year == model->contract.years) {
        bg_text_add(text, ".%s", bg_year_words[BG_YEAR_EVER].form);
    } else {
        bg_text_add(text, ".%d", model->contract.first_year + (int)year);
    }
    if (unit != NO_UNIT) {
        bg_text_add(text, ".%s", bg_model_unit(model, unit));
    }
}

char *bg_figure_text(const bg_figure *self, const bg_model *model)
{
    const bool share = bg_figure_is_share(self);
    char *outcome = share ? NULL : bg_model_outcome(model, self->outcome);
    char buffer[BG_BAND_NAME];
    const char *name = bg_figure_is_effective(self) ? ""
                       : share                      ? event_name(self, buffer)
                                                    : outcome;
    if (!name) {
        return NULL;
    }
    char statistic[16];
    bg_text text = {0};
    statistic_name(self, statistic);
    bg_text_add(&text, "%s%s%s", statistic, share ? "" : "(", name);
    const bool open = has_no_unit(self, model);
    add_place(&text, model, self->year, open ? NO_UNIT : self->unit);
    if (self->kind == BG_FIGURE_MEAN_GIVEN) {
        bg_text_add(&text, " | %s", event_name(self, buffer));
        add_place(&text, model, self->given_year,
                  open && !self->given_unit_named ? NO_UNIT : bg_figure_given_unit(self));
    }
    bg_text_add(&text, "%s", share ? "" : ")");
    free(outcome);
    return bg_text_take(&text);
}

size_t bg_figure_given_unit(const bg_figure *self)
{
    return self->given_unit_named ? self->given_unit : self->unit;
}

bool bg_figure_is_effective(const bg_figure *self)
{
    return self->kind >= BG_FIGURE_KEPT_MARGINAL;
}

bool bg_figure_is_share(const bg_figure *self)
{
    return self->kind == BG_FIGURE_CHANCE || bg_figure_is_effective(self);
}

bool bg_figure_is_of_band(const bg_figure *self)
{
    return self->band != 0;
}

void bg_figure_want(const bg_figure *self, bool *outcomes)
{
    if (!bg_figure_is_share(self)) {
        outcomes[self->outcome] = true;
    }
}
