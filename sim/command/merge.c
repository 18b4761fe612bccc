#include "command/merge_files.h"
#include "command/verb.h"

#include <stdlib.h>

bg_status bg_verb_merge(const bg_options *options, bg_errors *errors)
{
    const size_t count = options->operand_count;
    bg_folder *folders = calloc(count, sizeof *folders);
    if (!folders) {
        return bg_no_memory(errors);
    }
    bg_status status = BG_OK;
    size_t opened = 0;
    while (opened < count && status == BG_OK) {
        status = bg_folder_open(&folders[opened], options->operands[opened], errors);
        opened++;
    }
    status = status ? status : bg_merging(folders, count, options, options->out, errors);
    for (size_t i = 0; i < opened; i++) {
        bg_folder_close(&folders[i]);
    }
    free(folders);
    return status;
}
