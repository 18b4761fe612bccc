/* Reading `demand`: what its parts share. */
#ifndef BAOGAN_DEMAND_READER
#define BAOGAN_DEMAND_READER

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

/* Adds an error at a node. */
#define BG_DEMAND_FAIL(self, status_, node, ...)                                                   \
    ((self)->status =                                                                              \
         bg_errors_add((self)->errors, status_, (node)->mark, (node)->path, __VA_ARGS__))

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
/* Reads measures and incidents; the history's lines and the horizon are there. */
void bg_demand_read_changes(bg_demand_reader *self, const bg_horizon *horizon);
/* Reads what a change costs beside care; its lines and months are there. */
void bg_demand_read_outlay(bg_demand_reader *self, const bg_node *section,
                           const bg_horizon *horizon, bg_change *change);
/* Marks the lines that a name or pattern means, in which each * stands for any part of a name; false where there
 * is none. */
bool bg_demand_mark_lines(const bg_history *history, const char *pattern, bool line[BG_MAX_LINES]);
/* Reads benefits after the changes, of which those of terms are some, and the lines. */
void bg_demand_read_benefits(bg_demand_reader *self);
/* Finds the cases that react to changed terms of other care. */
void bg_demand_read_spillover(bg_demand_reader *self);
/* Divides the budget years into spells, when all changes are read. */
void bg_demand_read_spells(bg_demand_reader *self);
/* Fills line `index` of the model, whose factors are read before. */
void bg_demand_read_line(bg_demand_reader *self, size_t index);

#endif
