#include "report/label.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct {
    const char *en, *zh;
} labels[BG_LABEL_COUNT] = {
#define LABEL(name, en, zh) {en, zh},
#include "report/labels.def"
#undef LABEL
};

typedef struct label_row {
    const char *name;
    bg_label_id label;
} label_row;

static const label_row names[] = {
    {"residents", BG_LABEL_name_residents},
    {"employees", BG_LABEL_name_employees},
    {"all", BG_LABEL_name_all},
    {"pool", BG_LABEL_name_pool},
    {"guarantee", BG_LABEL_name_guarantee},
    {"risk", BG_LABEL_name_risk},
    {"community", BG_LABEL_name_community},
    {"county_hospital", BG_LABEL_name_county_hospital},
    {"township_centres", BG_LABEL_name_township_centres},
    {"village_clinics", BG_LABEL_name_village_clinics},
    {"rounding", BG_LABEL_name_rounding},
    {"prepaid", BG_LABEL_name_prepaid},
    {"emergency", BG_LABEL_name_emergency},
    {"rebound", BG_LABEL_name_rebound},
    {"score", BG_LABEL_name_score},
    {"deficit", BG_LABEL_name_deficit},
    {"year", BG_LABEL_name_year},
};

static const label_row schemes[] = {
    {"residents", BG_LABEL_scheme_residents},
    {"employees", BG_LABEL_scheme_employees},
    {"all", BG_LABEL_scheme_all},
    {"any", BG_LABEL_scheme_any},
};

static const label_row services[] = {
    {"total", BG_LABEL_service_total},
    {"inpatient", BG_LABEL_service_inpatient},
    {"outpatient", BG_LABEL_service_outpatient},
    {"chronic", BG_LABEL_service_chronic},
};

static const label_row steps[] = {
    {"completion", BG_LABEL_step_completion},
    {"opening", BG_LABEL_step_opening},
    {"expense", BG_LABEL_step_expense},
    {"patients", BG_LABEL_step_patients},
    {"disallow", BG_LABEL_step_disallow},
    {"release", BG_LABEL_step_release},
    {"cover_emergency", BG_LABEL_step_cover_emergency},
    {"share_surplus", BG_LABEL_step_share_surplus},
    {"share_overspend", BG_LABEL_step_share_overspend},
    {"cap", BG_LABEL_step_cap},
    {"credit", BG_LABEL_step_credit},
    {"charge", BG_LABEL_step_charge},
    {"corridor", BG_LABEL_step_corridor},
    {"deduct", BG_LABEL_step_deduct},
    {"relief", BG_LABEL_step_relief},
    {"carry_forward", BG_LABEL_step_carry_forward},
    {"draw_reserve", BG_LABEL_step_draw_reserve},
    {"pay_reserve", BG_LABEL_step_pay_reserve},
    {"rounding", BG_LABEL_step_rounding},
    {"pots", BG_LABEL_step_pots},
    {"split", BG_LABEL_step_split},
    {"use", BG_LABEL_step_use},
    {"clear", BG_LABEL_step_clear},
};

/* Accounts whose names are also outcomes, where they mean the amount rather than the party. */
static const label_row parties[] = {
    {"outside", BG_LABEL_name_outside},
    {"patients", BG_LABEL_name_patients},
};

static const struct {
    const char *en, *zh;
} sources[] = {
#define SOURCE(en, zh) {en, zh},
#include "report/sources.def"
#undef SOURCE
};

static const struct {
    const char *name, *en, *zh;
} outcomes[] = {
#define OUTCOME(name, en, zh) {#name, en, zh},
    BG_OUTCOMES(OUTCOME)
#undef OUTCOME
};

static const struct {
    const char *en, *zh;
} events[BG_EVENT_COUNT] = {
#define EVENT(name, en, zh) {en, zh},
    BG_EVENTS(EVENT)
#undef EVENT
};

const char *bg_in_language(const char *language, const char *en, const char *zh)
{
    return strcmp(language, "zh") == 0 ? zh : en;
}

const char *bg_label(bg_label_id id, const char *language)
{
    return bg_in_language(language, labels[id].en, labels[id].zh);
}

/* The words of a row, or the name itself where there is none. */
static const char *look_up(const label_row *rows, size_t count, const char *name,
                           const char *language)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return bg_label(rows[i].label, language);
        }
    }
    return name;
}

const char *bg_label_of_account(const char *name, const char *language)
{
    const char *party = look_up(parties, COUNT(parties), name, language);
    return party != name ? party : look_up(names, COUNT(names), name, language);
}

const char *bg_label_of_scheme(const char *name, const char *language)
{
    return look_up(schemes, COUNT(schemes), name, language);
}

const char *bg_label_of_service(const char *name, const char *language)
{
    return look_up(services, COUNT(services), name, language);
}

const char *bg_label_of_step(const char *name, const char *language)
{
    return look_up(steps, COUNT(steps), name, language);
}

const char *bg_label_of_name(const char *name, const char *language)
{
    for (size_t i = 0; i < COUNT(outcomes); i++) {
        if (strcmp(outcomes[i].name, name) == 0) {
            return bg_in_language(language, outcomes[i].en, outcomes[i].zh);
        }
    }
    return look_up(names, COUNT(names), name, language);
}

const char *bg_label_of_outcome(bg_outcome_info outcome, const char *language)
{
    return outcome.kind == BG_OUTCOME_KIND_PLAIN
               ? bg_label_of_name(outcome.name, language)
               : look_up(names, COUNT(names), outcome.name, language);
}

const char *bg_label_of_assumption(const bg_parameter *row, const char *language)
{
    return row->assumed ? bg_in_language(language, "assumption: ", "假设：") : "";
}

const char *bg_label_of_source(const char *source, const char *language)
{
    for (size_t i = 0; i < COUNT(sources); i++) {
        if (strcmp(sources[i].en, source) == 0) {
            return bg_in_language(language, sources[i].en, sources[i].zh);
        }
    }
    return source;
}

const char *bg_label_of_event(bg_event event, const char *language)
{
    return bg_in_language(language, events[event].en, events[event].zh);
}

static const char *money_words(const void *unit, bg_fen amount, char buffer[BG_MONEY_WORDS])
{
    _Static_assert(BG_MONEY_WORDS == BG_AMOUNT_TEXT, "an amount has room");
    return bg_amount_exact(*(const bg_money_scale *)unit, amount, buffer);
}

char *bg_line_in_money(const bg_node *node, bg_money_scale unit)
{
    return bg_node_line_in_words(node, money_words, &unit);
}
