#include "whatif/request.h"

#include "whatif/messages.h"
#include "whatif/session.h"

#include <string.h>

static const char *const asks[] = {
#define X(name) #name,
    BG_WHATIF_ASKS(X)
#undef X
};

#define ALLOWED                                                                                    \
    "`set`" BG_COMMA "`figures`" BG_COMMA "`run`" BG_COMMA "`sheets`" BG_COMMA                     \
    "`catalogue`" BG_COMMA "`messages`" BG_COMMA "`save`"

#define OBJECT BG_BOTH("an object of paths and values", "由路径与取值组成的对象")
#define TEXTS  BG_BOTH("a list of texts", "文本列表")
#define TEXT   BG_BOTH("a text", "文本")
#define NUMBER BG_BOTH("a whole number", "整数")

static bool is_texts(const json_t *value)
{
    bool texts = json_is_array(value);
    for (size_t i = 0; i < json_array_size(value); i++) {
        texts = texts && json_is_string(json_array_get(value, i));
    }
    return texts;
}

static bool is_object(const json_t *value)
{
    return json_is_object(value);
}

static bool is_text(const json_t *value)
{
    return json_is_string(value);
}

static bool is_number(const json_t *value)
{
    return json_is_integer(value);
}

/* The members that requests have, beside `ask`. */
static const struct member {
    const char *name, *kind; /* the kind in words */
    bool (*fits)(const json_t *value);
    unsigned asks, needed; /* of which requests, and which need it */
} members[] = {
    {"values", OBJECT, is_object, 1U << BG_WHATIF_set, 1U << BG_WHATIF_set},
    {"figures", TEXTS, is_texts, 1U << BG_WHATIF_figures, 1U << BG_WHATIF_figures},
    {"sheets", TEXTS, is_texts, 1U << BG_WHATIF_sheets, 0},
    {"path", TEXT, is_text, 1U << BG_WHATIF_catalogue, 0},
    {"futures", NUMBER, is_number,
     1U << BG_WHATIF_figures | 1U << BG_WHATIF_run | 1U << BG_WHATIF_sheets, 0},
};
enum { MEMBERS = sizeof members / sizeof *members };

static bg_status read_ask(bg_whatif_request *self, bg_errors *errors)
{
    const char *ask = json_string_value(json_object_get(self->object, "ask"));
    if (!ask) {
        return bg_errors_say(errors, BG_INVALID, BG_NOWHERE, NULL, BG_SAY(request_without_ask),
                             ALLOWED);
    }
    while (self->ask < BG_WHATIF_ASK_COUNT && strcmp(asks[self->ask], ask) != 0) {
        self->ask++;
    }
    return self->ask < BG_WHATIF_ASK_COUNT ? BG_OK
                                           : bg_errors_say(errors, BG_INVALID, BG_NOWHERE, NULL,
                                                           BG_SAY(request_unknown), ask, ALLOWED);
}

static const struct member *find_member(const bg_whatif_request *self, const char *name)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        if (members[i].asks >> self->ask & 1 && strcmp(members[i].name, name) == 0) {
            return &members[i];
        }
    }
    return NULL;
}

static bg_status check_member(const bg_whatif_request *self, const char *name, const json_t *value,
                              bg_errors *errors)
{
    const struct member *member = find_member(self, name);
    if (strcmp(name, "ask") == 0) {
        return BG_OK;
    }
    if (!member) {
        return bg_errors_say(errors, BG_INVALID, BG_NOWHERE, NULL, BG_SAY(request_member_unknown),
                             asks[self->ask], name);
    }
    return member->fits(value) ? BG_OK
                               : bg_errors_say(errors, BG_INVALID, BG_NOWHERE, NULL,
                                               BG_SAY(request_member_kind), name, member->kind);
}

static bg_status check_members(const bg_whatif_request *self, bg_errors *errors)
{
    bg_status status = BG_OK;
    const char *name;
    json_t *value;
    json_object_foreach(self->object, name, value)
    {
        bg_first(&status, check_member(self, name, value, errors));
    }
    for (size_t i = 0; i < MEMBERS; i++) {
        if (members[i].needed >> self->ask & 1 && !json_object_get(self->object, members[i].name)) {
            bg_first(&status, bg_errors_say(errors, BG_INVALID, BG_NOWHERE, NULL,
                                            BG_SAY(request_member_missing), asks[self->ask],
                                            members[i].name, members[i].kind));
        }
    }
    return status;
}

static bg_status read_futures(bg_whatif_request *self, bg_errors *errors)
{
    const json_t *futures = json_object_get(self->object, "futures");
    const long long count = json_integer_value(futures);
    if (futures && (count < 1 || count > BG_WHATIF_FUTURES)) {
        return bg_errors_say(errors, BG_RANGE, BG_NOWHERE, NULL, BG_SAY(request_futures), count,
                             BG_WHATIF_FUTURES);
    }
    self->futures = (size_t)count;
    return BG_OK;
}

bg_status bg_whatif_request_read(const char *text, size_t size, bg_whatif_request *self,
                                 bg_errors *errors)
{
    json_error_t at;
    *self = (bg_whatif_request){.object = json_loadb(text, size, JSON_REJECT_DUPLICATES, &at)};
    if (!json_is_object(self->object)) {
        return bg_errors_say(errors, BG_SYNTAX, BG_NOWHERE, NULL, BG_SAY(request_not_json),
                             self->object ? 1 : at.line, self->object ? 1 : at.column);
    }
    bg_status status = read_ask(self, errors);
    status = status ? status : check_members(self, errors);
    status = status ? status : read_futures(self, errors);
    self->values = json_object_get(self->object, "values");
    self->figures = json_object_get(self->object, "figures");
    self->sheets = json_object_get(self->object, "sheets");
    self->path = json_string_value(json_object_get(self->object, "path"));
    return status;
}

void bg_whatif_request_free(bg_whatif_request *self)
{
    json_decref(self->object);
    *self = (bg_whatif_request){0};
}
