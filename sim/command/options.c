#include "command/options.h"

#include "base/nearest.h"
#include "command/messages.h"
#include "scenario/aliases.h"
#include "scenario/override_keys.h"

#include <baogan/money.h>
#include <baogan/projection.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const bg_option bg_option_table[BG_OPTION_COUNT] = {
#define BG_OPTION_ROW(name, member, kind, argument, en, zh)                                        \
    {name, BG_OPTION_##kind, argument, en, zh},
    BG_OPTIONS(BG_OPTION_ROW)
#undef BG_OPTION_ROW
};

static void *member_of(bg_options *self, bg_option_id id)
{
    switch (id) {
#define BG_OPTION_MEMBER(name, member, kind, argument, en, zh)                                     \
    case BG_OPTION_##member:                                                                       \
        return &self->member;
        BG_OPTIONS(BG_OPTION_MEMBER)
#undef BG_OPTION_MEMBER
    default:
        return NULL;
    }
}

/* How many strings a list holds. */
static size_t *count_of(bg_options *self, bg_option_id id)
{
    return id == BG_OPTION_vary ? &self->vary_count
           : id == BG_OPTION_in ? &self->in_count
                                : &self->set_count;
}

static bg_status refuse_unknown(const char *argument, uint64_t allowed, bg_errors *errors)
{
    const char *names[BG_OPTION_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < BG_OPTION_COUNT; i++) {
        if (allowed >> i & 1) {
            names[count++] = bg_option_table[i].name;
        }
    }
    char word[64] = "";
    const char *start = argument + strspn(argument, "-");
    size_t length = strcspn(start, "=");
    if (length < sizeof word) {
        memcpy(word, start, length);
    }
    const char *near = word[0] ? bg_nearest(word, names, count) : NULL;
    return near
               ? bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(option_like_another),
                               argument, near)
               : bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(option_unknown), argument,
                               argument[1] == '-'
                                   ? ""
                                   : BG_BOTH("; a file whose name begins with a "
                                             "hyphen stands behind --",
                                             "；以连字符开头的文件名请写在 -- 之后"));
}

/* A whole number from 1 to `most`. */
static bg_status read_number(const char *name, const char *text, long long most, long long *number,
                             bg_errors *errors)
{
    char *end;
    errno = 0;
    *number = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || *number < 1 || *number > most) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(option_not_whole), name,
                             text, most);
    }
    return BG_OK;
}

static void add_to_list(const char ***list, size_t *count, const char *text)
{
    (*list)[*count] = text;
    ++*count;
}

static bg_status store(bg_options *self, bg_option_id id, const char *argument, bg_errors *errors)
{
    const bg_option *option = &bg_option_table[id];
    void *member = member_of(self, id);
    long long number = 0;
    bg_status status;
    switch (option->kind) {
    case BG_OPTION_FLAG:
        *(bool *)member = true;
        return BG_OK;
    case BG_OPTION_TEXT:
        if (!argument[0]) {
            return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(option_empty),
                                 option->name, option->name, option->argument);
        }
        *(const char **)member = argument;
        return BG_OK;
    case BG_OPTION_NUMBER:
        status = read_number(option->name, argument, 100000, &number, errors);
        *(int *)member = (int)number;
        return status;
    case BG_OPTION_SIZE:
        status = read_number(option->name, argument, BG_MOST_REPLICATIONS, &number, errors);
        *(size_t *)member = (size_t)number;
        return status;
    case BG_OPTION_LIST:
        add_to_list(member, count_of(self, id), argument);
        return BG_OK;
    }
    return BG_INTERNAL;
}

/* Text options whose argument is one of a few words. */
static bg_status check_words(const bg_options *self, bg_errors *errors)
{
    const struct {
        const char *name, *value, *words;
    } rows[] = {
        {"lang", self->lang, "|en|zh|"},
        {"chart", self->chart, "|dumb|"},
        {"format", self->format, "|text|md|json|json-schema|"},
        {"engine", self->engine, "|reference|fast|"},
        {"money-unit", self->money_unit,
         "|yuan|thousand|wan|million|yi|billion|元|千元|万元|百万元|亿元|十亿元|"},
    };
    bg_status status = BG_OK;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *value = rows[i].value;
        if (!value) {
            continue;
        }
        const char *found = value[0] && !strchr(value, '|') ? strstr(rows[i].words, value) : NULL;
        if (!found || found[-1] != '|' || found[strlen(value)] != '|') {
            status = bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(option_of_other_word),
                                   rows[i].name, value, (int)strlen(rows[i].words) - 2,
                                   rows[i].words + 1);
        }
    }
    return status;
}

/* Its words are what may stand behind an amount. */
int64_t bg_options_money_fen(const char *unit)
{
    char one[64];
    bg_fen fen = 0;
    snprintf(one, sizeof one, "1%s", unit ? unit : "");
    return unit && !bg_money_parse(one, 100, &fen) ? fen : 0;
}

/* Of an option that has one value a second would silently take the place of the first. */
static bg_status refuse_second(bg_option_id id, uint64_t *given, bg_errors *errors)
{
    const bg_option *option = &bg_option_table[id];
    const bool before = *given >> id & 1;
    *given |= UINT64_C(1) << id;
    return before && option->kind != BG_OPTION_FLAG && option->kind != BG_OPTION_LIST
               ? bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(option_twice),
                               option->name)
               : BG_OK;
}

/* The word in which getopt has just met an option that is not known: of letters behind one hyphen it goes on in
 * that word until the last. */
static const char *unknown_word(int argc, char *const argv[])
{
    const char *word = optind < argc ? argv[optind] : "";
    const bool goes_on = optopt > 0 && optopt < 256 && word[0] == '-' && word[1] != '-' &&
                         strchr(word, optopt) != NULL;
    return goes_on ? word : argv[optind - 1];
}

static bg_status parse(bg_options *self, int argc, char *const argv[], uint64_t allowed,
                       bg_errors *errors)
{
    struct option table[BG_OPTION_COUNT + 1] = {{NULL, 0, NULL, 0}};
    size_t rows = 0;
    for (int i = 0; i < BG_OPTION_COUNT; i++) {
        if (allowed >> i & 1) {
            const bg_option *option = &bg_option_table[i];
            table[rows++] = (struct option){
                option->name, option->kind == BG_OPTION_FLAG ? no_argument : required_argument,
                NULL, 256 + i};
        }
    }
    bg_status status = BG_OK;
    uint64_t given = 0;         /* options: bits as in `allowed` */
    const char *refused = NULL; /* the last word that is not known */
    optind = 0;                 /* starts over, also after an earlier command line */
    opterr = 0;
    for (int code; (code = getopt_long(argc, argv, ":h", table, NULL)) != -1;) {
        bg_status step = BG_OK;
        if (code == 'h') {
            self->help = true;
        } else if (code == ':') {
            step = bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL,
                                 BG_SAY(option_without_argument), argv[optind - 1]);
        } else if (code == '?') {
            const char *word = unknown_word(argc, argv);
            step = word == refused ? BG_USAGE : refuse_unknown(word, allowed, errors);
            refused = word;
        } else {
            const bg_option_id id = (bg_option_id)(code - 256);
            step = refuse_second(id, &given, errors);
            step = step ? step : store(self, id, optarg, errors);
        }
        status = step != BG_OK ? step : status;
    }
    while (optind < argc) {
        self->operands[self->operand_count++] = argv[optind++];
    }
    return status;
}

/* --engine is short for an override; the argument it stood in for leaves it a place in the list. */
static void override_engine(bg_options *self)
{
    if (self->engine) {
        self->set[self->set_count++] = strcmp(self->engine, "fast") == 0
                                           ? "simulation.engine=fast"
                                           : "simulation.engine=reference";
    }
}

/* Of two values of one key the second would silently take the place of the first. */
static bg_status refuse_same_key(const bg_options *self, bg_errors *errors)
{
    size_t first = 0;
    const size_t second = bg_overrides_same(self->set, self->set_count, &first);
    return second == self->set_count
               ? BG_OK
               : bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(set_twice),
                               self->set[first], self->set[second]);
}

/* What follows knows keys by what the catalogue calls them. */
static bg_status resolve_keys(bg_options *self, bg_errors *errors)
{
    for (size_t i = 0; i < self->vary_count; i++) {
        self->vary[i] = bg_aliases_path(&self->arena, self->vary[i]);
        if (!self->vary[i]) {
            return bg_no_memory(errors);
        }
    }
    return BG_OK;
}

bg_status bg_options_parse(bg_options *self, int argc, char *const argv[], uint64_t allowed,
                           bg_errors *errors)
{
    memset(self, 0, sizeof *self);
    self->set = calloc((size_t)argc + 1, sizeof *self->set);
    self->vary = calloc((size_t)argc + 1, sizeof *self->vary);
    self->in = calloc((size_t)argc + 1, sizeof *self->in);
    self->operands = calloc((size_t)argc + 1, sizeof *self->operands);
    if (!self->set || !self->vary || !self->in || !self->operands) {
        return bg_no_memory(errors);
    }
    bg_status status = parse(self, argc, argv, allowed, errors);
    bg_status words = check_words(self, errors);
    override_engine(self);
    bg_first(&words, refuse_same_key(self, errors));
    bg_first(&words, resolve_keys(self, errors));
    self->money_fen = words ? 0 : bg_options_money_fen(self->money_unit);
    return status != BG_OK ? status : words;
}

void bg_options_free(bg_options *self)
{
    bg_arena_free(&self->arena);
    free(self->set);
    free(self->vary);
    free(self->in);
    free(self->operands);
    self->set = self->vary = self->in = self->operands = NULL;
    self->set_count = self->vary_count = self->in_count = self->operand_count = 0;
}
