#include "settlement/inputs.h"

#include "format/amount.h"
#include "scenario/path.h"
#include "settlement/messages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what there is without a word in the scenario ---- */

static const char *const built_in_names[BG_INPUT_COUNT] = {
#define BG_COLUMN(name) #name,
    BG_SETTLEMENT_INPUTS(BG_COLUMN)
#undef BG_COLUMN
};

static void take_built_in(bg_inputs *self)
{
    for (size_t i = 0; i < BG_INPUT_COUNT; i++) {
        const bool number = i == BG_INPUT_score || i == BG_INPUT_year;
        self->item[i] = (bg_named_input){
            .name = built_in_names[i],
            .column = built_in_names[i],
            .kind = number ? BG_KIND_NUMBER : BG_KIND_MONEY,
            .built_in = true,
            .optional = i != BG_INPUT_budget && i != BG_INPUT_expense,
            .scale = BG_ONE,
        };
    }
    self->count = BG_INPUT_COUNT;
}

/* ---- words ---- */

static const char *const kind_words[] = {
    BG_BOTH("money", "金额"),
    BG_BOTH("rate", "比例"),
    BG_BOTH("number", "数值"),
    BG_BOTH("text", "文本"),
};

const char *bg_input_kind_word(bg_input_kind kind)
{
    return kind_words[kind];
}

static int64_t find_word(const bg_named_input *self, const char *word)
{
    for (size_t w = 0; w < self->word_count; w++) {
        if (strcmp(self->words[w], word) == 0) {
            return (int64_t)w + 1;
        }
    }
    return 0;
}

int64_t bg_named_input_word(bg_named_input *self, const char *word)
{
    const int64_t known = find_word(self, word);
    if (known) {
        return known;
    }
    const char **words = realloc(self->words, (self->word_count + 1) * sizeof *words);
    if (!words) {
        return 0;
    }
    self->words = words;
    words[self->word_count++] = word;
    return (int64_t)self->word_count;
}

int bg_inputs_index(const bg_inputs *self, const char *name)
{
    for (size_t i = 0; i < self->count; i++) {
        if (strcmp(self->item[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *bg_inputs_list(const bg_inputs *self, bg_input_kind kind, char text[BG_INPUT_LIST])
{
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < self->count && length < BG_INPUT_LIST; i++) {
        if (self->item[i].kind == kind && !self->item[i].of_institution) {
            length += (size_t)snprintf(text + length, BG_INPUT_LIST - length, "%s" BG_QUOTED,
                                       length ? BG_COMMA : "", self->item[i].name);
        }
    }
    return text;
}

/* ---- text to value ---- */

/* Where a text stands, for what is wrong with it. */
typedef struct cell {
    const bg_named_input *input;
    const char *text;
    bg_mark mark;
    const char *path;
    bg_errors *errors;
} cell;

static bg_status refuse(const cell *self, bg_status status)
{
    static const char *const allowed[] = {
        BG_BOTH("an amount of money such as 5200, 4100万, 1.2亿 or 36.47M, in whole fen",
                "金额，例如 5200、4100万、1.2亿或 36.47M，精确到分"),
        BG_BOTH("a rate such as 3% or 0.03, with at most 12 decimals",
                "比例，例如 3% 或 0.03，最多 12 位小数"),
        BG_BOTH("a number such as 2 or 0.85, with at most 12 decimals",
                "数值，例如 2 或 0.85，最多 12 位小数"),
        BG_BOTH("a text", "文本"),
    };
    char shown[BG_EXCERPT];
    bg_excerpt(self->text, shown);
    if (status == BG_OVERFLOW) {
        return bg_errors_say(self->errors, status, self->mark, self->path, BG_SAY(input_too_large),
                             self->input->name, shown);
    }
    return bg_errors_say(self->errors, status, self->mark, self->path, BG_SAY(input_unreadable),
                         self->input->name, shown, allowed[self->input->kind]);
}

static bg_status read_word(const cell *self, int64_t *value)
{
    *value = find_word(self->input, self->text);
    if (*value || !self->input->closed) {
        return BG_OK;
    }
    char shown[BG_EXCERPT], words[BG_INPUT_LIST] = "";
    size_t length = 0;
    for (size_t w = 0; w < self->input->word_count && length < sizeof words; w++) {
        length += (size_t)snprintf(words + length, sizeof words - length, "%s" BG_QUOTED,
                                   w ? BG_COMMA : "", self->input->words[w]);
    }
    return bg_errors_say(self->errors, BG_RANGE, self->mark, self->path,
                         BG_SAY(input_word_not_allowed), self->input->name,
                         bg_excerpt(self->text, shown), words);
}

/* The scale is part of the unit that the text counts in. */
static bg_status read_money(const cell *self, int64_t *value)
{
    const bg_named_input *input = self->input;
    const bg_fen unit = input->unit ? input->unit : input->scale / (BG_ONE / 100);
    return bg_money_parse(self->text, unit, value);
}

static bg_status read_decimal(const cell *self, int64_t *value)
{
    bg_decimal number = 0;
    const bool percent = self->input->kind == BG_KIND_RATE;
    bg_status status = self->input->rounded ? bg_decimal_parse_rounded(self->text, percent, &number)
                                            : bg_decimal_parse(self->text, percent, &number);
    return status ? status : bg_decimal_times(number, self->input->scale, value);
}

static bg_status read_amount(const cell *self, int64_t *value)
{
    bg_status status =
        self->input->kind == BG_KIND_MONEY ? read_money(self, value) : read_decimal(self, value);
    if (status) {
        return refuse(self, status);
    }
    const bool turned = self->input->sign == BG_SIGN_REVERSED ||
                        (self->input->sign == BG_SIGN_ABSOLUTE && *value < 0);
    if (turned && *value == INT64_MIN) {
        return refuse(self, BG_OVERFLOW);
    }
    *value = turned ? -*value : *value;
    return BG_OK;
}

bg_status bg_named_input_read(const bg_named_input *self, const char *text, bg_mark mark,
                              const char *path, int64_t *value, bool *given, bg_errors *errors)
{
    cell at = {.input = self, .text = text, .mark = mark, .path = path, .errors = errors};
    const bg_node *stands_for = text[0] ? bg_node_child(self->values, text) : NULL;
    if (stands_for) {
        at.text = stands_for->text;
    } else if (text[0] == '\0' && self->empty) {
        at.text = self->empty;
    }
    *value = 0;
    *given = at.text[0] != '\0';
    if (*given) {
        return self->kind == BG_KIND_TEXT ? read_word(&at, value) : read_amount(&at, value);
    }
    return self->optional
               ? BG_OK
               : bg_errors_say(errors, BG_MISSING, mark, path, BG_SAY(input_empty), self->name);
}

/* Whether a text is an amount of another size in the unit of its file than in yuan. */
static bool has_two_readings(const bg_named_input *self, const bg_node *node, bg_fen *in_yuan,
                             bg_fen *in_unit)
{
    return self->kind == BG_KIND_MONEY && self->scale == BG_ONE && node->money_unit > 0 &&
           !bg_node_child(self->values, node->text) &&
           bg_money_parse(node->text, 100, in_yuan) == BG_OK &&
           bg_money_parse(node->text, node->money_unit, in_unit) == BG_OK && *in_unit != *in_yuan;
}

bg_status bg_named_input_read_node(const bg_named_input *self, const bg_node *node, int64_t *value,
                                   bool *given, bg_errors *errors)
{
    bg_fen in_yuan, in_unit;
    if (has_two_readings(self, node, &in_yuan, &in_unit)) {
        char shown[BG_EXCERPT], yuan[BG_AMOUNT_PHRASE], unit[BG_AMOUNT_PHRASE];
        return bg_errors_say(errors, BG_TYPE, node->mark, node->path,
                             BG_SAY(input_amount_of_two_readings), bg_excerpt(node->text, shown),
                             bg_amount_phrase(100, in_yuan, yuan),
                             bg_amount_phrase(node->money_unit, in_unit, unit));
    }
    return bg_named_input_read(self, node->text, node->mark, node->path, value, given, errors);
}

char *bg_named_input_text(const bg_named_input *self, int64_t value, char buffer[BG_INPUT_TEXT])
{
    switch (self->kind) {
    case BG_KIND_MONEY:
        return bg_money_grouped(value, buffer);
    case BG_KIND_RATE:
        return bg_percent_text(value, buffer);
    case BG_KIND_NUMBER:
        return bg_decimal_text(value, buffer);
    case BG_KIND_TEXT:
        break;
    }
    const bool known = value > 0 && (size_t)value <= self->word_count;
    snprintf(buffer, BG_INPUT_TEXT, "%s", known ? self->words[value - 1] : "-");
    return buffer;
}

/* ---- reading the section ---- */

/* Whether the user wrote the key; else it has its default. */
static const bg_node *written(const bg_node *entry, const char *key)
{
    const bg_node *node = bg_node_child(entry, key);
    return node && node->origin != BG_ORIGIN_DEFAULT ? node : NULL;
}

/* What is worked out of the pool has its kind, is never absent and is no text. */
static bg_status read_pool(const bg_node *entry, const bg_node *pool, bg_named_input *self,
                           bg_errors *errors)
{
    static const char *const meaningless[] = {"kind", "empty", "optional", "allowed"};
    static const bg_input_kind kinds[] = {
        [BG_POOL_SURPLUS] = BG_KIND_MONEY,     [BG_POOL_BALANCE] = BG_KIND_MONEY,
        [BG_POOL_SURPLUS_RATE] = BG_KIND_RATE, [BG_POOL_BALANCE_RATE] = BG_KIND_RATE,
        [BG_POOL_MONTHS] = BG_KIND_NUMBER,
    };
    for (size_t i = 0; i < sizeof meaningless / sizeof *meaningless; i++) {
        const bg_node *node = written(entry, meaningless[i]);
        if (node) {
            return bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                                 BG_SAY(pool_input_key_meaningless), node->key);
        }
    }
    if (self->built_in) {
        return bg_errors_say(errors, BG_INVALID, pool->mark, pool->path,
                             BG_SAY(pool_input_built_in), self->name);
    }
    self->pool = (bg_pool_quantity)(pool->value.integer + 1);
    self->kind = kinds[self->pool];
    return BG_OK;
}

static bg_status read_kind(const bg_node *entry, bg_named_input *self, bg_errors *errors)
{
    const bg_node *pool = bg_node_child(entry, "pool");
    if (pool) {
        return read_pool(entry, pool, self, errors);
    }
    const bg_node *kind = bg_node_child(entry, "kind");
    if (!kind && !self->built_in) {
        return bg_errors_say(errors, BG_MISSING, entry->mark, entry->path,
                             BG_SAY(input_without_kind), self->name);
    }
    if (!kind) {
        return BG_OK;
    }
    if (self->built_in && kind->value.integer != (int64_t)self->kind) {
        return bg_errors_say(errors, BG_INVALID, kind->mark, kind->path,
                             BG_SAY(input_kind_built_in), self->name, kind_words[self->kind]);
    }
    self->kind = (bg_input_kind)kind->value.integer;
    return BG_OK;
}

static bg_status read_optional(const bg_node *entry, bg_named_input *self, bg_errors *errors)
{
    const bg_node *node = written(entry, "optional");
    if (node && self->built_in) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                             BG_SAY(input_built_in_not_optional), self->name);
    }
    self->optional = self->built_in ? self->optional : bg_node_bool(entry, "optional");
    return BG_OK;
}

static bg_status read_number_terms(const bg_node *entry, bg_named_input *self, bg_errors *errors)
{
    self->sign = (bg_input_sign)bg_node_integer(entry, "sign");
    self->scale = bg_node_decimal(entry, "scale");
    self->rounded = bg_node_integer(entry, "decimals") != 0;
    const bool text = self->kind == BG_KIND_TEXT;
    const bg_node *senseless = written(entry, text ? "sign" : "allowed");
    senseless = text && !senseless ? written(entry, "scale") : senseless;
    senseless = (text || self->kind == BG_KIND_MONEY) && !senseless ? written(entry, "decimals")
                                                                    : senseless;
    if (senseless) {
        return bg_errors_say(errors, BG_INVALID, senseless->mark, senseless->path,
                             BG_SAY(input_key_meaningless), kind_words[self->kind]);
    }
    const bg_decimal fen = BG_ONE / 100;
    if (self->kind == BG_KIND_MONEY && self->scale % fen != 0) {
        return bg_errors_say(errors, BG_RANGE, bg_node_child(entry, "scale")->mark, entry->path,
                             BG_SAY(input_scale_below_fen),
                             bg_decimal_text(self->scale, (char[BG_NUMBER_TEXT]){0}));
    }
    return BG_OK;
}

static bg_status read_words(const bg_node *entry, bg_named_input *self, bg_errors *errors)
{
    const bg_node *allowed = bg_node_child(entry, "allowed");
    self->closed = allowed != NULL;
    for (const bg_node *word = allowed ? allowed->child : NULL; word; word = word->next) {
        if (!bg_named_input_word(self, word->text)) {
            return bg_no_memory(errors);
        }
    }
    return BG_OK;
}

/* What stands for a text must itself be one that can be read. */
static bg_status check_stand_ins(const bg_node *entry, const bg_named_input *self,
                                 bg_errors *errors)
{
    bg_named_input plain = *self;
    plain.values = NULL;
    plain.empty = NULL;
    int64_t value;
    bool given;
    bg_status status = BG_OK;
    for (const bg_node *node = self->values ? self->values->child : NULL; node; node = node->next) {
        const bg_status next = bg_named_input_read_node(&plain, node, &value, &given, errors);
        bg_first(&status, next);
    }
    if (self->empty) {
        const bg_node *node = bg_node_child(entry, "empty");
        const bg_status next = bg_named_input_read_node(&plain, node, &value, &given, errors);
        bg_first(&status, next);
    }
    return status;
}

static bg_status read_entry(const bg_node *entry, bg_inputs *inputs, bg_errors *errors)
{
    const int known = bg_inputs_index(inputs, entry->key);
    if (known < 0 && inputs->count == BG_INPUT_COUNT + BG_MAX_NAMED_INPUTS) {
        return bg_errors_say(errors, BG_LIMIT, entry->mark, entry->path, BG_SAY(inputs_too_many),
                             BG_MAX_NAMED_INPUTS);
    }
    bg_named_input *self = &inputs->item[known < 0 ? inputs->count++ : (size_t)known];
    self->name = entry->key;
    const bg_node *column = bg_node_child(entry, "column");
    const bg_node *empty = bg_node_child(entry, "empty");
    self->column = column ? column->text : entry->key;
    self->values = bg_node_child(entry, "values");
    self->empty = empty ? empty->text : NULL;
    bg_status status = read_kind(entry, self, errors);
    status = status ? status : read_optional(entry, self, errors);
    status = status ? status : read_number_terms(entry, self, errors);
    status = status ? status : read_words(entry, self, errors);
    return status ? status : check_stand_ins(entry, self, errors);
}

bg_status bg_inputs_read(const bg_node *section, bg_inputs *self, bg_errors *errors)
{
    *self = (bg_inputs){0};
    take_built_in(self);
    bg_status status = BG_OK;
    for (const bg_node *entry = section ? section->child : NULL; entry; entry = entry->next) {
        const bg_status next = read_entry(entry, self, errors);
        bg_first(&status, next);
    }
    return status;
}

bg_status bg_inputs_add_disallowed(bg_inputs *self, const char *name, const bg_node *institution,
                                   size_t *place, bg_errors *errors)
{
    const int known = bg_inputs_index(self, name);
    *place = known < 0 ? self->count++ : (size_t)known;
    bg_named_input *input = &self->item[*place];
    if (known < 0) {
        *input = (bg_named_input){.name = name,
                                  .column = name,
                                  .kind = BG_KIND_MONEY,
                                  .of_institution = true,
                                  .optional = true,
                                  .scale = BG_ONE};
    } else if (input->kind != BG_KIND_MONEY) {
        return bg_errors_say(errors, BG_TYPE, institution->mark, institution->path,
                             BG_SAY(disallowed_input_not_money), name);
    }
    return BG_OK;
}

void bg_inputs_free(bg_inputs *self)
{
    for (size_t i = 0; i < self->count; i++) {
        free(self->item[i].words);
        self->item[i].words = NULL;
        self->item[i].word_count = 0;
    }
}
