#include "report/label.h"

#include <string.h>

static const struct {
    const char *en, *zh;
} labels[BG_LABEL_COUNT] = {
#define LABEL(name, en, zh) {en, zh},
#include "report/labels.def"
#undef LABEL
};

static const struct {
    const char *name;
    bg_label_id label;
} names[] = {
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

static const char *without_prefix(const char *name)
{
    static const char *const prefixes[] = {"fund.", "institution."};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t length = strlen(prefixes[i]);
        if (strncmp(name, prefixes[i], length) == 0) {
            return name + length;
        }
    }
    return name;
}

static const char *name_label(const char *name, const char *language)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].name, name) == 0) {
            return bg_label(names[i].label, language);
        }
    }
    return name;
}

const char *bg_label_of_account(const char *name, const char *language)
{
    if (strcmp(name, "outside") == 0) {
        return bg_label(BG_LABEL_name_outside, language);
    }
    if (strcmp(name, "patients") == 0) {
        return bg_label(BG_LABEL_name_patients, language);
    }
    return name_label(name, language);
}

const char *bg_label_of_name(const char *name, const char *language)
{
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        if (strcmp(outcomes[i].name, name) == 0) {
            return bg_in_language(language, outcomes[i].en, outcomes[i].zh);
        }
    }
    return name_label(without_prefix(name), language);
}

const char *bg_label_of_event(bg_event event, const char *language)
{
    return bg_in_language(language, events[event].en, events[event].zh);
}
