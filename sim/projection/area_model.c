#include "projection/messages.h"
#include <baogan/area_model.h>

#include "projection/enrol.h"

#include <stdlib.h>
#include <string.h>

/* Errors of a community's model say whose they are where they name no file. */
static void pass_on(const bg_errors *found, const char *community, bg_errors *errors)
{
    for (size_t i = 0; i < found->count; i++) {
        const bg_error *error = &found->items[i];
        bg_errors_say_behind(errors, error, bg_error_mark(error), error->path,
                             BG_WORDS(of_community), community);
    }
}

static bg_status read_member(const bg_member_community *community, bg_model *model,
                             bg_errors *errors)
{
    bg_errors found;
    bg_errors_init(&found);
    const bg_status status = bg_model_read(community->scenario, model, &found);
    if (status == BG_OK) {
        bg_contract_judge(&model->contract, &found);
    }
    pass_on(&found, community->name, errors);
    bg_errors_free(&found);
    return status;
}

static bool same_schemes(const bg_history *a, const bg_history *b)
{
    bool same = a->scheme_count == b->scheme_count;
    for (size_t s = 0; s < a->scheme_count && same; s++) {
        same = strcmp(a->scheme[s].name, b->scheme[s].name) == 0;
    }
    return same;
}

static bg_status check_alike(const bg_area_model *self, size_t member, bg_errors *errors)
{
    const bg_model *first = &self->member[0], *other = &self->member[member];
    const char *name = self->area.member[member].name, *as = self->area.member[0].name;
    if (!same_schemes(&first->contract.history, &other->contract.history)) {
        return bg_errors_say(errors, BG_INVALID, BG_NOWHERE, "communities",
                             BG_SAY(communities_schemes_differ), as, name);
    }
    if (first->contract.first_year != other->contract.first_year) {
        return bg_errors_say(errors, BG_INVALID, BG_NOWHERE, "simulation.first_year",
                             BG_SAY(communities_first_year_differ), as, first->contract.first_year,
                             name, other->contract.first_year);
    }
    return BG_OK;
}

/* What the communities are together is like the first of them, but for scenario, score and pool. */
static bg_status read_whole(bg_area_model *self, bg_errors *errors)
{
    bg_model *whole = &self->whole;
    *whole = self->member[0];
    whole->contract.scenario = self->area.scenario;
    whole->of_area = true;
    whole->contract.performance = NULL; /* communities have a score, an area has none */
    bg_status status = BG_OK;
    for (size_t s = 0; s < whole->contract.history.scheme_count; s++) {
        const bg_status read =
            bg_pool_read(whole->contract.scenario, whole->contract.history.scheme[s].name,
                         whole->contract.first_year, &whole->contract.pool[s], errors);
        bg_first(&status, read);
    }
    bg_first(&status, bg_pool_read_measures(whole->contract.scenario, whole->contract.pool,
                                            whole->contract.history.scheme_count, errors));
    for (size_t c = 0; c < self->area.count && status == BG_OK; c++) {
        bg_model_enrol(&self->member[c], &whole->contract);
    }
    return status;
}

bg_status bg_area_model_read(bg_area *area, bg_area_model *self, bg_errors *errors)
{
    *self = (bg_area_model){.area = *area};
    *area = (bg_area){0};
    self->member = calloc(self->area.count + 1, sizeof *self->member);
    if (!self->member) {
        bg_area_model_free(self);
        return bg_no_memory(errors);
    }
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->area.count; c++) {
        const bg_status read = read_member(&self->area.member[c], &self->member[c], errors);
        bg_first(&status, read);
    }
    for (size_t c = 1; c < self->area.count && status == BG_OK; c++) {
        status = check_alike(self, c, errors);
    }
    status = status ? status : read_whole(self, errors);
    if (status != BG_OK) {
        bg_area_model_free(self);
    }
    return status;
}

void bg_area_model_free(bg_area_model *self)
{
    for (size_t c = 0; self->member && c < self->area.count; c++) {
        bg_model_free(&self->member[c]);
    }
    free(self->member);
    bg_area_free(&self->area);
    *self = (bg_area_model){0};
}
