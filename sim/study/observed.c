#include "study/observed.h"

#include "base/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bg_observed_free(bg_observed *self)
{
    for (size_t i = 0; i < self->series_count; i++) {
        free(self->series[i].county);
        free(self->series[i].line);
    }
    free(self->series);
    free(self->row);
    memset(self, 0, sizeof *self);
}

const char *bg_observed_name(const bg_observed_series *series, char buffer[BG_OBSERVED_NAME])
{
    const bool named = series->county[0] || series->line[0];
    snprintf(buffer, BG_OBSERVED_NAME, "%s%s%s",
             named ? series->county : BG_BOTH("the table", "本表"),
             series->county[0] && series->line[0] ? " " : "", series->line);
    return buffer;
}
