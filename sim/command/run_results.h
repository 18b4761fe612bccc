/* All that is worked out of a scenario for its report: what run writes down and report shows. */
#ifndef BAOGAN_COMMAND_RUN_RESULTS
#define BAOGAN_COMMAND_RUN_RESULTS

#include "command/repeat.h"
#include "command/scenario_input.h"
#include "report/draws_csv.h"
#include "report/report.h"

/* Zero-initialise but for `options`. */
typedef struct bg_run_results {
    const bg_options *options;
    bg_errors warnings; /* of loading; printed at once and kept for the result */
    bg_area area;       /* the file as it was loaded */
    bg_input input;
    bg_target until; /* with --until */
    bg_budgets budget;
    bg_projection *projection;
    struct bg_kept *kept; /* pilot futures, for the effective share */
    bg_contributions contributions;
    bg_pool_years pool;
    bg_incentive incentive;
    bg_check check;
} bg_run_results;

/* Loads the file; of a pooling area `area` has communities, and no more can be asked of this. What is wrong with the
 * scenario is printed. */
bg_status bg_run_results_load(bg_run_results *self, const bg_repeat *repeat);
/* Reads the model and the target, prints warnings. */
bg_status bg_run_results_read(bg_run_results *self, bg_errors *errors);
/* Works out all else; every future is handed to `draws`, if it has a stream. BG_INTERRUPTED where the options say so. */
bg_status bg_run_results_compute(bg_run_results *self, bg_draws_csv *draws, bg_errors *errors);
/* Borrows from `self`. */
bg_report bg_run_results_report(const bg_run_results *self);
/* Twice is safe. */
void bg_run_results_free(bg_run_results *self);

#endif
