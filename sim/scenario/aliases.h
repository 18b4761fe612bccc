/* Keys in Chinese, and names as people write them: what the catalogue calls them is put in their place before a
 * file is typed, so that all that follows knows one name of everything.
 *
 * Known are the words of aliases.def, those for schemes, services and places of headings.def ("居民.住院.县内"), and
 * years with 年 behind them; a scheme alone among the lines of a past year is its total. Words are compared without
 * regard to case, blanks and full width. */
#ifndef BAOGAN_SCENARIO_ALIASES
#define BAOGAN_SCENARIO_ALIASES

#include "base/written.h"
#include "scenario/arena.h"
#include "scenario/document.h"

#include <baogan/catalogue.h>

/* Rewrites the keys of a file. A key that so comes to stand a second time in its map is an error. */
void bg_aliases_resolve(bg_arena *arena, bg_raw *root, bg_errors *errors);
/* The same for what stands below a row, which is known by `row_path`. */
void bg_aliases_resolve_below(bg_arena *arena, const bg_parameter *row, const char *row_path,
                              bg_raw *raw, bg_errors *errors);
/* The same for a path, "总额.增长率[2027年]": `path` itself where there is nothing to rewrite. NULL when out of
 * memory. */
const char *bg_aliases_path(bg_arena *arena, const char *path);
/* The value that a text means for a row, "pool" of 统筹基金, and a path of 统筹… where values are paths: `text` itself
 * where there is nothing to rewrite. NULL when out of memory. */
const char *bg_aliases_value(bg_arena *arena, const bg_parameter *row, const char *text);
/* The words for one of the choices of a row, parted by bars, by number; NULL behind the last. */
const char *bg_aliases_of_value(const bg_parameter *row, size_t index);
/* Whether a text is such a word for some key, scheme, service or place, or a year. */
bool bg_aliases_know(const char *text);
/* The word for a key below the row path `parent`, of that length, that `key` may be a slip of; NULL if none is. */
const char *bg_aliases_near(const char *parent, size_t length, const char *key,
                            char buffer[BG_WRITTEN]);
/* The path that one may have meant of which the catalogue knows none: one with a dot before the name of an entry
 * ("budget.funds.risk"), or without what its first key stands below ("资金[risk].比例"). False if there is none. */
bool bg_aliases_suggest(const char *path, char *suggestion, size_t size);
/* The entry of a table that a word may mean, such as "risk" of 风险 in budget.funds, where it is no name of its own; NULL:
 * none. */
const char *bg_aliases_entry(const bg_parameter *table, const char *name);
/* The words that may stand for the last key of a row, parted by bars; "" where there are none. */
const char *bg_aliases_of(const bg_parameter *row);

#endif
