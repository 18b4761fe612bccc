/* Reading `demand`: what its parts share. */
#ifndef BAOGAN_DEMAND_READER
#define BAOGAN_DEMAND_READER

#include "base/special.h"
#include "demand/model.h"

typedef struct bg_demand_reader {
    const bg_scenario *scenario;
    const bg_history *history;
    const bg_node *demand; /* the section */
    bg_demand *model;
    bg_errors *errors;
    bg_status status;   /* of the last error */
    bool default_prior; /* a trend or a volatility in use is the catalogue's */
} bg_demand_reader;

/* A level of a line. */
typedef struct bg_level_read {
    const char *name; /* NULL: the line has none, and this is all of it */
    double cases, cost;
} bg_level_read;

typedef struct bg_levels_read {
    size_t count;
    bg_level_read level[BG_MAX_LEVELS];
    double within;        /* squared coefficient of variation of a payment within each */
    bg_severity severity; /* likewise */
} bg_levels_read;

/* Adds an error at a node. */
#define BG_DEMAND_FAIL(self, status_, node, ...)                                                   \
    ((self)->status =                                                                              \
         bg_errors_say((self)->errors, status_, (node)->mark, (node)->path, __VA_ARGS__))

/* A decimal or rate. */
double bg_demand_number(const bg_node *node);
/* The service whose settings a line takes: "total" for one without cases. */
const char *bg_demand_service(const bg_line *line);
/* Its entry in demand.lines, or NULL. */
const bg_node *bg_demand_line_section(const bg_demand_reader *self, const bg_line *line);

/* Reads demand.volatility.matrix, if it is given; the common correlation is read before. */
void bg_demand_read_matrix(bg_demand_reader *self);
/* Reports that a line's level is not known, because all its years are declared. */
void bg_demand_check_levels(bg_demand_reader *self);
/* Reads the groups of the people; the lines are there. */
void bg_demand_read_ageing(bg_demand_reader *self);
/* Reads babies who enrol at birth; the schemes are there. */
void bg_demand_read_newborns(bg_demand_reader *self);
/* Reads measures and incidents; the history's lines and the horizon are there. */
void bg_demand_read_changes(bg_demand_reader *self, const bg_horizon *horizon);
/* An amount that is sure or drawn; false with an error. */
bool bg_demand_read_amount(bg_demand_reader *self, const bg_node *node, bg_change_amount *result);
/* The schemes whose lines it acts on, by what the fund paid for each in the last past year; 0 for others. */
void bg_demand_weigh_schemes(const bg_history *history, const bg_change *change,
                             int64_t weight[BG_MAX_SCHEMES]);
/* Reads what a measure brings back to the pooled funds; its lines and months are there. */
void bg_demand_read_recoveries(bg_demand_reader *self, const bg_node *section, bg_change *change);
/* Reads what it deters of cases in the year after, as a change of its own; all else of the measure is read. */
void bg_demand_read_deterrence(bg_demand_reader *self, const bg_node *section,
                               const bg_change *measure);
/* Finds which shares of the cases that is, when lines, changes and levels are read. */
void bg_demand_relate_deterrence(bg_demand_reader *self);
/* The next of the model's changes; NULL, with an error at the node, where there are too many. */
bg_change *bg_demand_add_change(bg_demand_reader *self, bg_change_kind kind, const bg_node *node);
/* Reads what an incident that acts in months first to last (since year 0) costs beside care. */
void bg_demand_read_direct(bg_demand_reader *self, const bg_node *section,
                           const bg_horizon *horizon, bg_change *change);
/* Reads what a change costs beside care; its lines and months are there. */
void bg_demand_read_outlay(bg_demand_reader *self, const bg_node *section,
                           const bg_horizon *horizon, bg_change *change);
/* Marks the lines that a name or pattern means, in which each * stands for any part of a name; false where there
 * is none. */
bool bg_demand_mark_lines(const bg_history *history, const char *pattern, bool line[BG_MAX_LINES]);
/* Refuses levels that are not whole also where nothing reads them. */
void bg_demand_check_divisions(bg_demand_reader *self);
/* The levels of line `index`; false with an error. */
bool bg_demand_read_levels(bg_demand_reader *self, size_t index, bg_levels_read *result);
/* Bit i: the level is number i; 0 where there is no such level. */
uint8_t bg_demand_level_bit(const bg_levels_read *of, const char *name);
/* Says at the node that the line has no such level: a warning, and true, in a community of an area, since what an
 * area decides holds for all of them; else an error. */
bool bg_demand_miss_level(bg_demand_reader *self, const bg_node *level, const bg_line *line);
/* Has the model know the levels of the line; false with an error. */
bool bg_demand_keep_levels(bg_demand_reader *self, size_t line);
/* A size of a measure or incident, a sure one of 1 where the section does not have it. */
bg_change_size bg_demand_read_size(bg_demand_reader *self, const bg_node *section, const char *key);
/* Whether points are one number or have p10 below p90; false with an error. */
bool bg_demand_check_points(bg_demand_reader *self, const bg_node *node);
/* Reads what a measure changes of schemes, after its lines and its other sizes. */
void bg_demand_read_scheme_change(bg_demand_reader *self, const bg_node *section,
                                  bg_change *change);
/* Reads what a measure adds to the fund's share of the bills of its lines, which are read before. */
void bg_demand_read_fund_share(bg_demand_reader *self, const bg_node *section, bg_change *change);
/* Adds the bit of the level that a change names, and has the model know the levels of the line. False with an
 * error. */
bool bg_demand_find_level(bg_demand_reader *self, const bg_node *level, size_t line, uint8_t *bits);
/* Reads benefits after the changes, of which those of terms are some, and the lines. */
void bg_demand_read_benefits(bg_demand_reader *self);
/* Finds the cases that react to changed terms of other care. */
void bg_demand_read_spillover(bg_demand_reader *self);
/* Says that a pattern means no line: an error, and a warning in a community of a pooling area. */
void bg_demand_miss_pattern(bg_demand_reader *self, const bg_node *pattern);
/* Reads what the indicators of performance ask of the lines, which are read. */
void bg_demand_read_quantities(bg_demand_reader *self);
/* Adds what providers do (`response`) to the changes; it acts in no month yet (providers.c). */
void bg_demand_read_providers(bg_demand_reader *self);
/* Reads the share of cases that move, sure or of a normal logit, from `node`; where that is NULL, `section` lacks
 * it. */
void bg_demand_read_share(bg_demand_reader *self, const bg_node *section, const bg_node *node,
                          bg_change_share *result);
/* Divides the budget years into spells, when all changes are read. */
void bg_demand_read_spells(bg_demand_reader *self);
/* Fills line `index` of the model, whose factors are read before. */
void bg_demand_read_line(bg_demand_reader *self, size_t index);

#endif
