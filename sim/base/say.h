/* Sentences for people in two languages, each under a name for machines. A room keeps its own in the table
 * messages.def, rows M(name, English, Chinese) in printf's manner; a `%` of a parameter is checked in both. */
#ifndef BAOGAN_BASE_SAY
#define BAOGAN_BASE_SAY

/* For a room's messages.h, which defines M as this and includes its table. */
/* NOLINTNEXTLINE(bugprone-macro-parentheses): a string in parentheses initialises no array */
#define BG_SAY_ROW(name, en, zh) static const char bg_en_##name[] = en, bg_zh_##name[] = zh;

/* The parameters name, zh and en of bg_errors_say and its like. */
#define BG_SAY(name) #name, bg_zh_##name, bg_en_##name

/* Words in front of a sentence, for bg_errors_say_behind: its parameters zh and en. */
#define BG_WORDS(name) bg_zh_##name, bg_en_##name

/* A word or phrase in both languages, to stand as a parameter of a sentence, which keeps the one that is
 * asked for. Both are literals; they do not nest. */
#define BG_BOTH(en, zh) "\002" en "\003" zh "\004"

/* Within a format, a name in quotation marks; what stands between the members of a list. */
#define BG_QUOTED BG_BOTH("\"", "“") "%s" BG_BOTH("\"", "”")
#define BG_COMMA  BG_BOTH(", ", "、")

#endif
