/* Reasons of postings: how a step says why. The words stand in sentences.def. */
#ifndef BAOGAN_SETTLEMENT_SENTENCE
#define BAOGAN_SETTLEMENT_SENTENCE

#include <baogan/explanation.h>

struct bg_sentence {
    const char *en, *zh;
};

enum {
#define SENTENCE(name, en, zh) BG_SENTENCE_##name,
#include "settlement/sentences.def"
#undef SENTENCE
    BG_SENTENCE_COUNT
};
extern const struct bg_sentence bg_sentences[BG_SENTENCE_COUNT];

/* A reason with arguments of the functions below, as many as the sentence has, or with none. */
#define BG_REASON(name, ...)  (&(bg_reason){&bg_sentences[BG_SENTENCE_##name], {__VA_ARGS__}})
#define BG_PLAIN_REASON(name) (&(bg_reason){.sentence = &bg_sentences[BG_SENTENCE_##name]})

static inline bg_argument bg_say_fen(bg_fen amount)
{
    return (bg_argument){BG_ARGUMENT_AMOUNT, amount, 0};
}

static inline bg_argument bg_say_rate(bg_decimal rate)
{
    return (bg_argument){BG_ARGUMENT_RATE, rate, 0};
}

static inline bg_argument bg_say_number(bg_decimal number)
{
    return (bg_argument){BG_ARGUMENT_NUMBER, number, 0};
}

static inline bg_argument bg_say_account(int account)
{
    return (bg_argument){BG_ARGUMENT_ACCOUNT, account, 0};
}

static inline bg_argument bg_say_input(int input)
{
    return (bg_argument){BG_ARGUMENT_INPUT, input, 0};
}

#endif
