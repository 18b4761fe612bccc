#include "command/verb.h"
#include "format/json.h"
#include "report/label.h"
#include "store/merge.h"

#include <stdio.h>
#include <stdlib.h>

/* Numbers of the shards of which something is missing. */
static bg_status list_shards(const bg_folder *folder, uint64_t n, json_t *missing,
                             bg_progress_of_sweep *all, bg_errors *errors)
{
    bg_status status = BG_OK;
    *all = (bg_progress_of_sweep){0};
    for (uint64_t i = 0; i < n && status == BG_OK; i++) {
        const bg_chunk_range range = bg_folder_shard(folder, i, n);
        bg_progress_of_sweep part;
        status = bg_merge_status(folder, range, &part, errors);
        all->chunks_done += part.chunks_done;
        all->chunks_damaged += part.chunks_damaged;
        all->scenarios_done += part.scenarios_done;
        if (part.chunks_done < range.last - range.first) {
            json_array_append_new(missing, json_integer((json_int_t)i));
        }
    }
    return status;
}

static void print_list(const json_t *missing)
{
    for (size_t i = 0; i < json_array_size(missing); i++) {
        printf("%s%lld", i ? "," : "", (long long)json_integer_value(json_array_get(missing, i)));
    }
    printf("\n");
}

static bg_status print(const bg_folder *folder, const bg_progress_of_sweep *all,
                       const bg_options *options, json_t *missing, bg_errors *errors)
{
    const char *language = options->lang;
    if (options->json) {
        return bg_json_print(json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:i, s:O}", "plan_sha256",
                                       folder->plan, "scenarios", (json_int_t)folder->scenarios,
                                       "scenarios_done", (json_int_t)all->scenarios_done, "files",
                                       (json_int_t)folder->chunks, "files_done",
                                       (json_int_t)all->chunks_done, "files_damaged",
                                       (json_int_t)all->chunks_damaged, "shards",
                                       options->shards ? options->shards : 1, "missing", missing),
                             stdout, errors);
    }
    if (!options->quiet) {
        printf(bg_in_language(language, "%llu of %llu scenarios done; %llu of %llu files of rows\n",
                              "已完成%llu个情景，共%llu个；结果文件%llu个，共%llu个\n"),
               (unsigned long long)all->scenarios_done, (unsigned long long)folder->scenarios,
               (unsigned long long)all->chunks_done, (unsigned long long)folder->chunks);
    }
    if (!options->quiet && options->shards && json_array_size(missing)) {
        printf(bg_in_language(language, "missing of %d shards: ", "%d份中缺失："), options->shards);
    }
    if (options->shards && json_array_size(missing)) {
        print_list(missing);
    }
    return BG_OK;
}

bg_status bg_verb_status(const bg_options *options, bg_errors *errors)
{
    bg_folder folder;
    bg_progress_of_sweep all = {0};
    json_t *missing = json_array();
    bg_status status = bg_folder_open(&folder, options->operands[0], errors);
    if (status == BG_OK) {
        const uint64_t n = options->shards ? (uint64_t)options->shards : 1;
        bg_errors damaged; /* counted; run again by the next sweep */
        bg_errors_init(&damaged);
        status = list_shards(&folder, n, missing, &all, &damaged);
        if (status != BG_OK) {
            status = damaged.count ? bg_errors_say_again(errors, &damaged.items[damaged.count - 1],
                                                         (bg_mark){.file = folder.path}, NULL)
                                   : bg_no_memory(errors);
        }
        bg_errors_free(&damaged);
    }
    status = status ? status : print(&folder, &all, options, missing, errors);
    json_decref(missing);
    bg_folder_close(&folder);
    return status;
}
