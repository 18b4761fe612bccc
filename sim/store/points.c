#include "store/points.h"

#include "base/text.h"
#include "store/messages.h"

#include <baogan/version.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bg_status failed(const bg_points_file *self, bg_errors *errors)
{
    return bg_errors_say(errors, BG_IO, (bg_mark){.file = self->path}, NULL,
                         BG_SAY(points_unwritable), strerror(errno));
}

/* "baogan 0.2.0 search 3f…" */
static char *heading_of(const bg_sweep *sweep)
{
    char digest[BG_DIGEST_TEXT];
    char *text = bg_sweep_text(sweep);
    if (!text) {
        return NULL;
    }
    bg_digest(text, strlen(text), digest);
    free(text);
    return bg_text_format("baogan %s search %s\n", BG_VERSION, digest);
}

/* Takes the next number of a line; false where there is none before its end. */
static bool take_number(char **text, double *number)
{
    char *end;
    *number = strtod(*text, &end);
    const bool good = end != *text && (*end == ',' || *end == '\n');
    *text = end + (*end == ',');
    return good;
}

/* False where the line is no policy. */
static bool take_line(char *line, bg_search *search, double *value, bg_status *status)
{
    const size_t cells = 2 * search->sweep->figures.count;
    char *end;
    const uint64_t number = strtoull(line, &end, 10);
    const bool fits = end[0] == ',' && end[1] == '1';
    bool good = end[0] == ',' && (end[1] == '0' || fits) && end[2] == ',' &&
                number < bg_sweep_count(search->sweep);
    end += good ? 3 : 0;
    for (size_t i = 0; i < cells && good; i++) {
        good = take_number(&end, &value[i]);
    }
    good = good && *end == '\n';
    *status = good ? bg_search_know(search, number, fits, value) : BG_OK;
    return good;
}

/* All sound lines; the file ends behind them. */
static bg_status take_lines(bg_points_file *self, bg_search *search, bg_errors *errors)
{
    double *value = calloc(2 * search->sweep->figures.count, sizeof *value);
    char *line = NULL;
    size_t size = 0;
    long sound = ftell(self->stream);
    bg_status status = value ? BG_OK : BG_MEMORY;
    while (status == BG_OK && getline(&line, &size, self->stream) > 0 &&
           take_line(line, search, value, &status)) {
        sound = ftell(self->stream);
    }
    free(line);
    free(value);
    self->known = search->count;
    if (status == BG_MEMORY) {
        return bg_no_memory(errors);
    }
    const bool good =
        fseek(self->stream, sound, SEEK_SET) == 0 && ftruncate(fileno(self->stream), sound) == 0;
    return good ? BG_OK : failed(self, errors);
}

/* Of a new file, or of one that was cut short in it. */
static bg_status write_heading(bg_points_file *self, const char *heading, bg_errors *errors)
{
    const bool good = fseek(self->stream, 0, SEEK_SET) == 0 &&
                      ftruncate(fileno(self->stream), 0) == 0 && fputs(heading, self->stream) >= 0;
    return good ? BG_OK : failed(self, errors);
}

static bg_status meet_heading(bg_points_file *self, const char *heading, bg_errors *errors)
{
    char *line = NULL;
    size_t size = 0;
    const ssize_t length = getline(&line, &size, self->stream);
    const bool search = length > 0 && strncmp(line, "baogan ", strlen("baogan ")) == 0;
    const bool ours = length > 0 && strcmp(line, heading) == 0;
    const bool cut_short =
        length <= 0 || (search && strncmp(line, heading, (size_t)length) == 0 && !ours);
    free(line);
    if (cut_short) {
        return write_heading(self, heading, errors);
    }
    const bg_mark mark = {.file = self->path};
    return ours     ? BG_OK
           : search ? bg_errors_say(errors, BG_EXISTS, mark, NULL, BG_SAY(points_of_other_plan))
                    : bg_errors_say(errors, BG_EXISTS, mark, NULL, BG_SAY(points_foreign));
}

bg_status bg_points_open(bg_points_file *self, const char *path, bg_search *search,
                         bg_errors *errors)
{
    *self = (bg_points_file){.path = path};
    char *heading = heading_of(search->sweep);
    if (!heading) {
        return bg_no_memory(errors);
    }
    const bool is_new = access(path, F_OK) != 0;
    self->stream = fopen(path, is_new ? "wx+" : "r+");
    bg_status status = self->stream ? meet_heading(self, heading, errors) : failed(self, errors);
    free(heading);
    return status || is_new ? status : take_lines(self, search, errors);
}

static void write_line(const bg_points_file *self, size_t figures, const bg_search_point *point)
{
    fprintf(self->stream, "%llu,%d", (unsigned long long)point->number, point->fits);
    for (size_t i = 0; i < 2 * figures; i++) {
        fprintf(self->stream, ",%.17g", point->value[i]);
    }
    fputc('\n', self->stream);
}

bg_status bg_points_keep(bg_points_file *self, size_t figures, const bg_search_point *points,
                         size_t count, bg_errors *errors)
{
    for (size_t i = 0; i < count; i++) {
        write_line(self, figures, &points[i]);
    }
    const bool good =
        fflush(self->stream) == 0 && !ferror(self->stream) && fsync(fileno(self->stream)) == 0;
    return good ? BG_OK : failed(self, errors);
}

void bg_points_close(bg_points_file *self)
{
    if (self->stream) {
        fclose(self->stream);
    }
    *self = (bg_points_file){0};
}
