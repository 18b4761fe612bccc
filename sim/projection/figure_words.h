/* The words of figures and targets: the tables that reading them goes by, with what help says of each. */
#ifndef BAOGAN_PROJECTION_FIGURE_WORDS
#define BAOGAN_PROJECTION_FIGURE_WORDS

#include <baogan/figure.h>

/* What stands before the name of an outcome or event: a head and, from … to, two digits of a percentage. */
typedef struct bg_statistic_word {
    bg_figure_word word;
    const char *head;
    unsigned from, to; /* 0: no percentage */
    bg_figure_kind kind;
} bg_statistic_word;

extern const bg_statistic_word bg_statistic_words[];
extern const size_t bg_statistic_word_count;

typedef enum bg_year_kind {
    BG_YEAR_OF_CALENDAR, /* a number, not the form */
    BG_YEAR_FIRST,
    BG_YEAR_LAST,
    BG_YEAR_EVER, /* of events and effective shares */
    BG_YEAR_KIND_COUNT
} bg_year_kind;

extern const bg_figure_word bg_year_words[BG_YEAR_KIND_COUNT];

typedef enum bg_unit_kind {
    BG_UNIT_OF_SCHEME, /* its name, not the form */
    BG_UNIT_ALL,
    BG_UNIT_ANY, /* of events */
    BG_UNIT_KIND_COUNT
} bg_unit_kind;

extern const bg_figure_word bg_unit_words[BG_UNIT_KIND_COUNT];

/* What a target measures of its figure; the head stands before a bracket, "" before none. */
typedef struct bg_measure_word {
    bg_figure_word word;
    const char *head;
} bg_measure_word;

extern const bg_measure_word bg_measure_words[BG_TARGET_KIND_COUNT]; /* by bg_target_kind */

/* A kind of outcome; the head stands before the name of a fund or institution, "" before none. */
typedef struct bg_party_word {
    bg_figure_word word;
    const char *head;
} bg_party_word;

extern const bg_party_word bg_party_words[BG_OUTCOME_KIND_COUNT];

#endif
