/* Rates of benefit terms as a scenario gives them: one `rate`, or `bands` by upper limits in yuan, of which the last
 * is "rest". README.md, "Benefits". */
#ifndef BAOGAN_DEMAND_RATE_BANDS
#define BAOGAN_DEMAND_RATE_BANDS

#include "demand/reader.h"

typedef struct bg_rate_bands {
    size_t count;                  /* 1 to BG_BENEFIT_BANDS */
    double from[BG_BENEFIT_BANDS]; /* fen; 0 first, rising */
    double rate[BG_BENEFIT_BANDS];
} bg_rate_bands;

/* Whether the section gives either. */
bool bg_rate_bands_given(const bg_node *section);
/* Reports what is wrong with them; true where nothing is. */
bool bg_rate_bands_check(bg_demand_reader *reader, const bg_node *section);
/* Of a section that gives either and was checked. */
bg_rate_bands bg_rate_bands_of(const bg_node *section);

#endif
