/* The directory of a run: filled under another name, and there in full or not at all. */
#ifndef BAOGAN_COMMAND_RUN_DIRECTORY
#define BAOGAN_COMMAND_RUN_DIRECTORY

#include <baogan/error.h>
#include <baogan/file.h>

typedef struct bg_run_directory {
    char *final;     /* the name it gets; with a number only after commit */
    char *temporary; /* where to write */
    bool numbered;
} bg_run_directory;

/* Makes the temporary directory. `out` is the final name, which must be free or an empty directory
 * that can be replaced (no mount point, not "."); NULL: out/<name of the scenario file>-N with the next free N. */
bg_status bg_run_directory_open(bg_run_directory *self, const char *out, const char *scenario_path,
                                bg_errors *errors);
/* Begins a file in it. */
bg_status bg_run_directory_create(const bg_run_directory *self, const char *name, bg_output *output,
                                  bg_errors *errors);
/* Gives it its final name, which never replaces anything but an empty directory. */
bg_status bg_run_directory_commit(bg_run_directory *self, bg_errors *errors);
/* Removes what was not committed, with all in it, and frees; safe at any time and twice. */
void bg_run_directory_discard(bg_run_directory *self);

#endif
