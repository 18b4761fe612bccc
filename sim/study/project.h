/* A projection for what is asked, and nothing else. */
#ifndef BAOGAN_STUDY_PROJECT
#define BAOGAN_STUDY_PROJECT

#include <baogan/area_model.h>

/* Sets what is asked in an array as in bg_projection_options.outcomes; all else is false. */
typedef void bg_want(const void *asked, const bg_model *model, bool *outcomes);

/* Leaves out of a run what the figures of its options, of which alone something will be asked, do not need. */
void bg_project_narrow(bg_projection_options *options, const bg_model *model);

/* bg_projection_run with the outcomes that are wanted, and without monthly cash. */
bg_status bg_project_wanted(const bg_model *model, bg_want *want, const void *asked,
                            const bg_projection_options *options, bg_projection **projection,
                            bg_errors *errors);

/* The same of a pooling area, by bg_area_project; what is asked, of what its communities are together. */
bg_status bg_project_area_wanted(const bg_area_model *model, bg_want *want, const void *asked,
                                 const bg_projection_options *options, bg_projection **projection,
                                 bg_errors *errors);

#endif
