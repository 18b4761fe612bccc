/* `baogan run` of a pooling area. */
#ifndef BAOGAN_COMMAND_RUN_AREA
#define BAOGAN_COMMAND_RUN_AREA

#include "command/options.h"
#include "report/area.h"

#include <baogan/area.h>

/* Projects all communities of the area, which it takes over with `warnings`, into one run directory: area.txt,
 * outcomes.csv, events.csv and run.json, and for each community communities/NAME with the files of a run
 * of its own. */
bg_status bg_run_area(const bg_options *options, bg_area *area, bg_errors *warnings,
                      bg_errors *errors);

/* Who is given the results; they are gone when it returns. */
typedef struct bg_area_reader {
    bg_status (*read)(void *context, const bg_area_report *report, bg_errors *errors);
    void *context;
} bg_area_reader;

/* The same without a directory, and with the whole of the area alone; takes over both likewise. */
bg_status bg_run_area_report(const bg_options *options, bg_area *area, bg_errors *warnings,
                             const bg_area_reader *reader, bg_errors *errors);

#endif
