#include "store/folder.h"

#include "base/csv.h"
#include "base/text.h"
#include "format/json.h"
#include "store/messages.h"

#include <baogan/file.h>
#include <baogan/version.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FORMAT        1
#define MOST_BYTES    ((size_t)256 << 20) /* of sweep.json */
#define CHUNKS_WANTED 128                 /* so that little is lost with the one in hand */
#define LARGEST_CHUNK 512

bg_status bg_store_failed(const char *path, const char *sentence, int reason, bg_errors *errors)
{
    char text[128];
    if (strerror_r(reason, text, sizeof text)) {
        snprintf(text, sizeof text, "error %d", reason);
    }
    return bg_errors_say(errors, BG_IO, (bg_mark){.file = path}, NULL, BG_SAY(sweep_refused),
                         sentence, text);
}

/* ---- sweep.json ---- */

static const char *const type_names[] = {"integer", "real", "text"};
static const char *const role_names[] = {
    [BG_COLUMN_LABEL] = "label",        [BG_COLUMN_FUTURE] = "future",
    [BG_COLUMN_POLICY] = "policy",      [BG_COLUMN_FIGURE] = "figure",
    [BG_COLUMN_LOWER_FIGURE] = "lower", [BG_COLUMN_HIGHER_FIGURE] = "higher",
    [BG_COLUMN_ERROR] = "error",        [BG_COLUMN_TARGET] = "target",
};

const char *bg_column_type_name(bg_column_type type)
{
    return type_names[type];
}

const char *bg_column_role_name(bg_column_role role)
{
    return role_names[role];
}

static int index_of(const char *name, const char *const *names, int count)
{
    int i = 0;
    while (i < count && strcmp(names[i], name) != 0) {
        i++;
    }
    return i;
}

static json_t *columns_list(const bg_sweep *sweep)
{
    json_t *list = json_array();
    for (size_t i = 0; i < bg_sweep_column_count(sweep); i++) {
        const bg_sweep_column *column = bg_sweep_column_at(sweep, i);
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", column->name, "type",
                                        type_names[column->type], "role", role_names[column->role],
                                        "unit", column->unit, "meaning", column->meaning));
    }
    return list;
}

static json_t *describe(const bg_sweep *sweep)
{
    char plan[BG_DIGEST_TEXT];
    char *text = bg_sweep_text(sweep);
    if (!text) {
        return NULL;
    }
    bg_digest(text, strlen(text), plan);
    const uint64_t count = bg_sweep_count(sweep);
    const uint64_t wanted = (count + CHUNKS_WANTED - 1) / CHUNKS_WANTED;
    const uint64_t chunk = wanted > LARGEST_CHUNK ? LARGEST_CHUNK : wanted;
    json_t *about = json_pack(
        "{s:i, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "format", FORMAT,
        "baogan", BG_VERSION, "plan_sha256", plan, "title_en", bg_sweep_title(sweep, "en"),
        "title_zh", bg_sweep_title(sweep, "zh"), "replications",
        (json_int_t)bg_sweep_replications(sweep), "seed", (json_int_t)bg_sweep_seed(sweep),
        "futures", (json_int_t)bg_sweep_futures(sweep), "policies",
        (json_int_t)bg_sweep_policies(sweep), "scenarios", (json_int_t)count, "chunk",
        (json_int_t)chunk, "columns", columns_list(sweep), "plan", bg_json_text(text));
    free(text);
    return about;
}

static bg_status refuse_file(const char *path, bg_errors *errors)
{
    return bg_errors_say(errors, BG_INVALID, (bg_mark){.file = path}, NULL,
                         BG_SAY(sweep_description_unreadable));
}

static bg_status read_columns(bg_folder *self, const char *path, bg_errors *errors)
{
    json_t *list = json_object_get(self->about, "columns");
    const size_t count = json_array_size(list);
    self->column = calloc(count + 1, sizeof *self->column);
    if (!self->column) {
        return bg_no_memory(errors);
    }
    for (size_t i = 0; i < count; i++) {
        bg_sweep_column *column = &self->column[i];
        const char *type = "", *role = "";
        const bool read = json_unpack(json_array_get(list, i), "{s:s, s:s, s:s, s:s, s:s}", "name",
                                      &column->name, "type", &type, "role", &role, "unit",
                                      &column->unit, "meaning", &column->meaning) == 0;
        const int type_index = index_of(type, type_names, BG_COLUMN_TEXT + 1);
        const int role_index = index_of(role, role_names, BG_COLUMN_TARGET + 1);
        if (!read || type_index > BG_COLUMN_TEXT || role_index > BG_COLUMN_TARGET) {
            return refuse_file(path, errors);
        }
        column->type = (bg_column_type)type_index;
        column->role = (bg_column_role)role_index;
    }
    self->column_count = count;
    return BG_OK;
}

static bg_status understand(bg_folder *self, const char *path, bg_errors *errors)
{
    int format = 0;
    const char *plan = "", *version = "";
    json_int_t scenarios = 0, chunk = 0;
    if (json_unpack(self->about, "{s:i, s:s, s:s, s:I, s:I}", "format", &format, "baogan", &version,
                    "plan_sha256", &plan, "scenarios", &scenarios, "chunk", &chunk) != 0 ||
        format != FORMAT || strlen(plan) >= sizeof self->plan || scenarios < 1 ||
        scenarios > BG_MAX_SWEEP_NUMBERS || chunk < 1) {
        return refuse_file(path, errors);
    }
    memcpy(self->plan, plan, strlen(plan) + 1);
    self->scenarios = (uint64_t)scenarios;
    self->chunk_size = (uint64_t)chunk;
    self->chunks = (self->scenarios + self->chunk_size - 1) / self->chunk_size;
    return read_columns(self, path, errors);
}

static bg_status read_about(bg_folder *self, const char *path, bg_errors *errors)
{
    char *data = NULL;
    size_t size = 0;
    bg_status status = bg_file_read(path, MOST_BYTES, &data, &size, errors);
    if (status != BG_OK) {
        return status;
    }
    self->about = json_loadb(data, size, 0, NULL);
    free(data);
    return self->about ? understand(self, path, errors) : refuse_file(path, errors);
}

/* ---- making and opening ---- */

static bg_status make_directory(const char *path, bg_errors *errors)
{
    char *copy = strdup(path);
    if (!copy) {
        return bg_no_memory(errors);
    }
    int reason = 0;
    for (char *slash = copy; slash && !reason;) {
        slash = strchr(slash + 1, '/');
        if (slash) {
            *slash = '\0';
        }
        reason = mkdir(copy, 0777) == 0 || errno == EEXIST ? 0 : errno;
        if (slash) {
            *slash = '/';
        }
    }
    free(copy);
    return reason ? bg_store_failed(path,
                                    BG_BOTH("The directory of the sweep cannot be made",
                                            "无法建立批量运行目录"),
                                    reason, errors)
                  : BG_OK;
}

static bg_status write_about(json_t *about, const char *path, bg_errors *errors)
{
    bg_output output;
    bg_status status = bg_output_open(&output, path, errors);
    if (status != BG_OK) {
        return status;
    }
    json_dumpf(about, output.stream, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    fputc('\n', output.stream);
    return bg_output_commit(&output, errors);
}

static const char *word(json_t *about, const char *key)
{
    const char *text = json_string_value(json_object_get(about, key));
    return text ? text : "";
}

const char *bg_folder_word(const bg_folder *self, const char *key)
{
    return word(self->about, key);
}

/* The directory is there: its sweep must be this one. */
static bg_status compare(const bg_folder *self, json_t *about, bg_errors *errors)
{
    const bg_mark mark = {.file = self->path};
    if (strcmp(word(self->about, "baogan"), word(about, "baogan")) != 0) {
        return bg_errors_say(errors, BG_EXISTS, mark, NULL, BG_SAY(sweep_of_other_version),
                             word(self->about, "baogan"), word(about, "baogan"));
    }
    if (strcmp(self->plan, word(about, "plan_sha256")) != 0) {
        return bg_errors_say(errors, BG_EXISTS, mark, NULL, BG_SAY(sweep_of_other_plan), self->plan,
                             word(about, "plan_sha256"));
    }
    return BG_OK;
}

bg_status bg_folder_make(bg_folder *self, const char *path, const bg_sweep *sweep,
                         bg_errors *errors)
{
    *self = (bg_folder){.lock = -1};
    char *rows = bg_path_join(path, "rows");
    char *file = bg_path_join(path, "sweep.json");
    json_t *about = describe(sweep);
    bg_status status = rows && file && about ? BG_OK : bg_no_memory(errors);
    if (status == BG_OK && access(file, F_OK) != 0) {
        status = make_directory(rows, errors);
        bg_errors raced;
        bg_errors_init(&raced);
        /* Another shard may write it at the same moment: whoever is first makes it. */
        bg_status written = status == BG_OK ? write_about(about, file, &raced) : BG_OK;
        if (written != BG_OK && written != BG_EXISTS) {
            status = raced.count ? bg_errors_say_again(errors, &raced.items[0],
                                                       (bg_mark){.file = path}, NULL)
                                 : bg_no_memory(errors);
        }
        bg_errors_free(&raced);
    }
    status = status ? status : bg_folder_open(self, path, errors);
    status = status ? status : compare(self, about, errors);
    json_decref(about);
    free(rows);
    free(file);
    return status;
}

bg_status bg_folder_open(bg_folder *self, const char *path, bg_errors *errors)
{
    *self = (bg_folder){.lock = -1, .path = strdup(path)};
    char *file = bg_path_join(path, "sweep.json");
    bg_status status = self->path && file ? BG_OK : bg_no_memory(errors);
    if (status == BG_OK && access(file, F_OK) != 0) {
        status =
            bg_errors_say(errors, BG_IO, (bg_mark){.file = path}, NULL, BG_SAY(sweep_not_found));
    }
    status = status ? status : read_about(self, file, errors);
    free(file);
    return status;
}

void bg_folder_close(bg_folder *self)
{
    if (self->lock >= 0) {
        close(self->lock);
    }
    json_decref(self->about);
    free(self->column);
    free(self->path);
    *self = (bg_folder){.lock = -1};
}

/* ---- chunks ---- */

bg_chunk_range bg_folder_shard(const bg_folder *self, uint64_t i, uint64_t n)
{
    return (bg_chunk_range){self->chunks * i / n, self->chunks * (i + 1) / n};
}

static bg_status refuse_lock(const bg_folder *self, struct flock *lock, bg_errors *errors)
{
    lock->l_type = F_WRLCK;
    const bool known = fcntl(self->lock, F_GETLK, lock) == 0 && lock->l_type != F_UNLCK;
    return bg_errors_say(errors, BG_EXISTS, (bg_mark){.file = self->path}, NULL,
                         BG_SAY(sweep_at_work), known ? (long)lock->l_pid : 0L);
}

bg_status bg_folder_lock(bg_folder *self, bg_chunk_range range, bg_errors *errors)
{
    char *path = bg_path_join(self->path, "lock");
    if (!path) {
        return bg_no_memory(errors);
    }
    self->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    bg_status status =
        self->lock >= 0
            ? BG_OK
            : bg_store_failed(path, BG_BOTH("The lock cannot be opened", "无法打开锁文件"), errno,
                              errors);
    free(path);
    if (status != BG_OK || range.first == range.last) {
        return status;
    }
    struct flock lock = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = (off_t)range.first,
                         .l_len = (off_t)(range.last - range.first)};
    if (fcntl(self->lock, F_SETLK, &lock) == 0) {
        return BG_OK;
    }
    return errno == EACCES || errno == EAGAIN ? refuse_lock(self, &lock, errors) : BG_OK;
}

char *bg_folder_file(const bg_folder *self, uint64_t chunk, const char *ending)
{
    return bg_text_format("%s/rows/%07llu.%s", self->path, (unsigned long long)chunk, ending);
}

char *bg_folder_header(const bg_folder *self)
{
    char *header = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&header, &size);
    for (size_t i = 0; stream && i < self->column_count; i++) {
        fputs(i ? "," : "", stream);
        bg_csv_write(stream, self->column[i].name);
    }
    if (!stream || fclose(stream) != 0) {
        free(header);
        return NULL;
    }
    return header;
}
