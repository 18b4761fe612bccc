/* Scripts that run a sweep on a cluster: a Slurm job array, and a driver that resubmits what is missing. */
#ifndef BAOGAN_COMMAND_SLURM
#define BAOGAN_COMMAND_SLURM

#include "command/options.h"
#include "store/folder.h"

/* Writes array.sh and driver.sh into the directory of the sweep; BG_EXISTS where they are there. */
bg_status bg_slurm_write(const bg_folder *folder, const bg_options *options, bg_errors *errors);

#endif
