#include "study/ends.h"

#include "projection/kept.h"

#include <math.h>

typedef struct ends {
    bg_sample *sample;
    bg_sensitivity *answers;
    bg_kept *kept; /* futures of the scenario as it is, for inputs that only the contract reads */
} ends;

static bool is_stopped(const ends *self)
{
    const bg_sensitivity_question *question = self->sample->question;
    return question->stop && *question->stop;
}

static bg_status run_end(const ends *self, size_t input, bool high, bg_variant *variant,
                         bg_errors *unused)
{
    const bg_sensitivity_question *question = self->sample->question;
    const bg_axis *axis = &self->sample->shape->input[input];
    const bg_setting setting = bg_setting_of(axis, bg_axis_nearest(axis, bg_axis_end(axis, high)));
    const bool redraws = bg_sample_of_demand(self->sample->shape, input, input + 1);
    bg_estimate estimate[BG_FIGURE_UNITS];
    bg_model model;
    bg_status status = bg_variant_read(variant, question->source, &setting, 1, &model, unused);
    status = status ? status
                    : bg_sample_estimate(question, &model, 0, redraws ? NULL : self->kept, estimate,
                                         unused);
    bg_model_free(&model);
    for (size_t i = 0; i < question->figures; i++) {
        bg_sensitivity *answer = &self->answers[i];
        double *end = high ? &answer->high_end[input] : &answer->low_end[input];
        *end = status ? NAN : estimate[i].value;
    }
    bg_sample_note(self->sample);
    return bg_sample_end(status) ? status : BG_OK;
}

static bg_status run_input(const ends *self, size_t input)
{
    bg_variant variant = {0};
    bg_errors unused;
    bg_errors_init(&unused);
    bg_status status = run_end(self, input, false, &variant, &unused);
    status = status ? status : run_end(self, input, true, &variant, &unused);
    bg_errors_free(&unused);
    bg_variant_free(&variant);
    return status;
}

static bg_status run_as_given(const ends *self)
{
    const bg_sensitivity_question *question = self->sample->question;
    bg_estimate estimate[BG_FIGURE_UNITS];
    const bg_status status =
        bg_sample_estimate(question, question->model, 0, self->kept, estimate, NULL);
    for (size_t i = 0; i < question->figures; i++) {
        self->answers[i].as_given = status ? NAN : estimate[i].value;
    }
    return bg_sample_end(status) ? status : BG_OK;
}

static bg_status run_inputs(const ends *self)
{
    const bg_sample *sample = self->sample;
    bg_status status = BG_OK;
#pragma omp parallel for schedule(dynamic, 1) num_threads(sample->question->threads)
    for (size_t i = 0; i < sample->shape->inputs; i++) {
        bg_status before;
#pragma omp atomic read
        before = status;
        const bg_status found = before || is_stopped(self) ? BG_OK : run_input(self, i);
        if (found) {
#pragma omp atomic write
            status = found;
        }
    }
    return status ? status : is_stopped(self) ? BG_INTERRUPTED : BG_OK;
}

bg_status bg_ends_run(bg_sample *sample, bg_sensitivity answers[])
{
    const ends work = {sample, answers, bg_kept_new(BG_KEPT_BYTES, SIZE_MAX)};
    bg_status status = work.kept ? run_as_given(&work) : BG_MEMORY;
    status = status ? status : run_inputs(&work);
    bg_kept_free(work.kept);
    return status;
}
