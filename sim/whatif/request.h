/* A request, taken apart: what it may ask, and the members that go with it. */
#ifndef BAOGAN_WHATIF_REQUEST
#define BAOGAN_WHATIF_REQUEST

#include <baogan/error.h>
#include <jansson.h>

/* What may be asked, as X(name). */
#define BG_WHATIF_ASKS(X)                                                                          \
    X(set)                                                                                         \
    X(figures)                                                                                     \
    X(run)                                                                                         \
    X(sheets)                                                                                      \
    X(catalogue)                                                                                   \
    X(messages)                                                                                    \
    X(save)

typedef enum bg_whatif_ask {
#define X(name) BG_WHATIF_##name,
    BG_WHATIF_ASKS(X)
#undef X
        BG_WHATIF_ASK_COUNT
} bg_whatif_ask;

typedef struct bg_whatif_request {
    json_t *object; /* owned */
    bg_whatif_ask ask;
    json_t *values;   /* set: an object; borrowed, as all that follows */
    json_t *figures;  /* figures: texts */
    json_t *sheets;   /* sheets: texts; NULL: all */
    const char *path; /* catalogue; NULL: all of it */
    size_t futures;   /* figures, run, sheets; 0: as the scenario says */
} bg_whatif_request;

/* Says what is wrong with it. Free with bg_whatif_request_free, also after failure. */
bg_status bg_whatif_request_read(const char *text, size_t size, bg_whatif_request *self,
                                 bg_errors *errors);
void bg_whatif_request_free(bg_whatif_request *self);

#endif
