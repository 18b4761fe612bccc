#include "settlement/example.h"

#include "settlement/steps.h"

/* An example for each kind, by name: a kind without one, or one without a kind, does not compile. */
#define STEP(kind, sections, entry, en, zh)                                                        \
    static const bg_example example_##kind = {#kind, BG_RATE_RULE_NONE, sections, entry, en, zh};
#define RATE(form, sections, entry, en, zh)
#define FORM(sections, entry, en, zh)
#include "settlement/examples.def"
#undef STEP
#undef RATE
#undef FORM

static const bg_example *const steps[] = {
#define EXAMPLE_OF(kind) &example_##kind,
    BG_STEP_KINDS(EXAMPLE_OF)
#undef EXAMPLE_OF
};

static const bg_example rates[] = {
#define STEP(kind, sections, entry, en, zh)
#define RATE(form, sections, entry, en, zh) {NULL, BG_RATE_RULE_##form, sections, entry, en, zh},
#define FORM(sections, entry, en, zh)
#include "settlement/examples.def"
#undef RATE
#undef FORM
};

static const bg_example forms[] = {
#define RATE(form, sections, entry, en, zh)
#define FORM(sections, entry, en, zh) {NULL, BG_RATE_RULE_NONE, sections, entry, en, zh},
#include "settlement/examples.def"
#undef STEP
#undef RATE
#undef FORM
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

const bg_example *bg_example_at(bg_example_part part, size_t index)
{
    switch (part) {
    case BG_EXAMPLE_STEP:
        return index < COUNT(steps) ? steps[index] : NULL;
    case BG_EXAMPLE_RATE:
        return index < COUNT(rates) ? &rates[index] : NULL;
    default:
        return index < COUNT(forms) ? &forms[index] : NULL;
    }
}
