/* Figures and targets: what is read is written as a name that reads back as the same figure; what is not
 * read has one error. */
#include <baogan/figure.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const bg_model *model_once(void)
{
    static const char text[] = "history: {2024: {residents.total: 100M, employees.total: 30M}}\n"
                               "simulation: {years: 3}\n";
    static bg_scenario *scenario;
    static bg_model model;
    bg_errors errors;
    bg_errors_init(&errors);
    if (!scenario && (bg_scenario_parse(text, strlen(text), "fuzz.yaml", NULL, NULL, 0, &scenario,
                                        &errors) != BG_OK ||
                      bg_model_read(scenario, &model, &errors) != BG_OK)) {
        abort();
    }
    bg_errors_free(&errors);
    return &model;
}

static void figure_reads_back(const bg_model *model, const bg_figure *figure)
{
    char *name = bg_figure_text(figure, model);
    bg_figure again = {0};
    if (!name || bg_figure_parse(model, name, NULL, &again, NULL) != BG_OK ||
        again.kind != figure->kind || again.percent != figure->percent ||
        again.event != figure->event || again.outcome != figure->outcome ||
        again.unit != figure->unit || again.year != figure->year) {
        abort();
    }
    free(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const bg_model *model = model_once();
    char *text = malloc(size + 1);
    if (!text) {
        return 0;
    }
    memcpy(text, data, size);
    text[size] = '\0';
    bg_errors errors;
    bg_errors_init(&errors);
    bg_figure figure;
    bg_target target;
    const bool is_figure = bg_figure_parse(model, text, NULL, &figure, &errors) == BG_OK;
    if (is_figure) {
        figure_reads_back(model, &figure);
    }
    const bool is_target = bg_target_parse(model, text, NULL, &target, &errors) == BG_OK;
    if (is_target) {
        figure_reads_back(model, &target.figure);
    }
    if (errors.error_count != 2U - is_figure - is_target) {
        abort();
    }
    bg_errors_free(&errors);
    free(text);
    return 0;
}
