#include "base/csv.h"
#include "report/comparison.h"

#include <baogan/file.h>
#include <math.h>
#include <stdlib.h>

static void write_changes(const bg_comparison *self, FILE *stream)
{
    fputs("path,base,reform\n", stream);
    for (size_t d = 0; d < self->differences->count; d++) {
        const bg_difference *difference = &self->differences->items[d];
        const bg_node *const sides[] = {difference->base, difference->reform};
        bg_csv_write(stream, difference->path);
        for (size_t s = 0; s < 2; s++) {
            char *line = sides[s] ? bg_node_line(sides[s]) : NULL;
            fputc(',', stream);
            bg_csv_write(stream, line ? line : "");
            free(line);
        }
        fputc('\n', stream);
    }
}

static void put_contrast(FILE *stream, const bg_contrast *contrast, double unit, int decimals)
{
    const double values[] = {contrast->base, contrast->reform, contrast->difference,
                             contrast->margin};
    for (size_t i = 0; i < 4; i++) {
        if (isfinite(values[i])) {
            fprintf(stream, ",%.*f", decimals, values[i] / unit + 0.0);
        } else {
            fputc(',', stream);
        }
    }
    fputc('\n', stream);
}

static void write_unit_year(const bg_comparison *self, size_t unit, size_t year, FILE *stream)
{
    const bg_projection *projection = self->base.projection;
    char when[16] = "all";
    if (year < bg_comparison_years(self)) {
        snprintf(when, sizeof when, "%d", bg_projection_year(projection, year));
    }
    for (size_t o = 0; o < bg_projection_outcome_count(projection); o++) {
        const char *name = bg_projection_outcome(projection, o);
        bg_contrasts found;
        if (bg_comparison_contrast(self, unit, year, name, &found)) {
            continue;
        }
        const struct {
            const char *statistic;
            const bg_contrast *contrast;
        } rows[] = {{"mean_yuan", &found.mean},
                    {"q10_yuan", &found.q10},
                    {"median_yuan", &found.median},
                    {"q90_yuan", &found.q90}};
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
            fprintf(stream, "%s,%s,%s,%s", bg_projection_unit(projection, unit), when, name,
                    rows[r].statistic);
            put_contrast(stream, rows[r].contrast, 100, 4);
        }
    }
    for (size_t c = 0; c < BG_CHANCES && year < bg_comparison_years(self); c++) {
        bg_contrast found;
        if (bg_comparison_chance(self, unit, year, &bg_chances[c], &found) == BG_OK) {
            fprintf(stream, "%s,%s,%s,probability", bg_projection_unit(projection, unit), when,
                    bg_event_name(bg_chances[c].event));
            put_contrast(stream, &found, 1, 6);
        }
    }
}

static void write_differences(const bg_comparison *self, FILE *stream)
{
    fputs("unit,year,outcome,statistic,base,reform,difference,margin\n", stream);
    for (size_t unit = 0; unit < bg_projection_unit_count(self->base.projection); unit++) {
        for (size_t year = 0; year <= bg_comparison_years(self); year++) {
            write_unit_year(self, unit, year, stream);
        }
    }
}

static void write_waterfall(const bg_comparison *self, FILE *stream)
{
    const bg_waterfall *waterfall = self->waterfall;
    char text[BG_NUMBER_TEXT];
    fprintf(stream, "bar,differences,amount_yuan,margin_yuan,outcome\nbase,,%s,,%s\n",
            bg_money_text(waterfall->base, text), self->outcome);
    for (size_t g = 0; g < waterfall->count; g++) {
        const bg_waterfall_bar *bar = &waterfall->bars[g];
        bg_csv_write(stream, bar->group);
        fprintf(stream, ",%zu,%s,", bar->differences, bg_money_text(bar->amount, text));
        if (isfinite(bar->margin)) {
            fprintf(stream, "%.4f", bar->margin / 100);
        }
        fprintf(stream, ",%s\n", self->outcome);
    }
    fprintf(stream, "reform,,%s,,%s\n", bg_money_text(waterfall->reform, text), self->outcome);
}

bg_status bg_comparison_csv(const bg_comparison *self, const char *directory, bg_errors *errors)
{
    static const struct {
        const char *name;
        void (*write)(const bg_comparison *, FILE *);
    } tables[] = {
        {"changes.csv", write_changes},
        {"differences.csv", write_differences},
        {"waterfall.csv", write_waterfall},
        {"charts/data/waterfall-all.csv", write_waterfall},
    };
    bg_status status = BG_OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && !status; i++) {
        char *path = bg_path_join(directory, tables[i].name);
        bg_output output = {0};
        status = path ? bg_output_open(&output, path, errors) : BG_MEMORY;
        free(path);
        if (!status) {
            tables[i].write(self, output.stream);
            status = bg_output_commit(&output, errors);
        }
    }
    return status;
}
