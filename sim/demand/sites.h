/* The sites of a spell: its lines, and in place of those whose levels an active change treats differently,
 * their levels. README.md, "Levels". */
#ifndef BAOGAN_DEMAND_SITES
#define BAOGAN_DEMAND_SITES

#include "demand/model.h"

#define BG_MAX_SITES (BG_MAX_LINES * BG_MAX_LEVELS)

typedef struct bg_sites {
    size_t first[BG_MAX_LINES + 1]; /* sites of line i: first[i] ... first[i + 1] - 1 */
    bg_site site[BG_MAX_SITES];
} bg_sites;

static inline size_t bg_sites_of(const bg_sites *self, size_t line)
{
    return self->first[line + 1] - self->first[line];
}

/* `active`: bit j, change j acts. */
void bg_sites_find(bg_sites *self, const bg_demand *demand, uint64_t active);
/* Of those who move to a line, the share that goes to the site. */
double bg_site_share(const bg_change *change, const bg_site *site);
/* Whether a change treats levels of the line differently in any year. */
bool bg_demand_line_divides(const bg_demand *self, size_t line);
/* Whether one shifts the fund's share of its bills, of those that act. */
bool bg_demand_line_shifts(const bg_demand *self, size_t line, uint64_t active);
/* Whether patients respond to what changes make them pay. */
bool bg_demand_line_responds(const bg_demand *self, size_t line);
/* Number of levels of a line of which changes make a mix; 0: none do. */
size_t bg_demand_line_mixes(const bg_demand *self, size_t line);
/* Bounds of the squared coefficient of variation of a payment of a line so divided, in nearly every future: sizes within
 * 4 sd, payments from 1/16 to 16 times those of the last base year. */
void bg_demand_divided_variation(const bg_demand *self, size_t line, double *low, double *high);

#endif
