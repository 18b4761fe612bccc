/* The steps of a settlement plan and what they are made of, by example: `baogan help rules`. */
#include "command/help_topic.h"
#include "format/paragraph.h"
#include "report/label.h"
#include "settlement/example.h"

#include <baogan/catalogue.h>
#include <stdbool.h>
#include <stdio.h>

#define WIDTH 100

static const struct {
    bg_example_part part;
    const char *en, *zh;
} sections[] = {
    {BG_EXAMPLE_STEP, "Steps", "步骤"},
    {BG_EXAMPLE_RATE, "Rates, wherever a share or a rate stands", "比例（凡填比例处均可）"},
    {BG_EXAMPLE_FORM, "Bands, limits, weights, conditions", "分档、上限、权重、适用条件"},
};

static void print_meaning(const char *kind, const char *language)
{
    char path[64];
    snprintf(path, sizeof path, "settlement[%s]", kind);
    const bg_parameter *row = bg_catalogue_find(path);
    char text[512];
    snprintf(text, sizeof text, "%s%s%s", kind, bg_in_language(language, ": ", "："),
             bg_in_language(language, row->en, row->zh));
    bg_paragraph_print(text, (bg_margins){2, 4, WIDTH}, stdout);
}

static void print_example(const bg_example *example, const char *language)
{
    if (example->kind) {
        print_meaning(example->kind, language);
    }
    printf("      - %s\n", example->entry);
    if (example->sections[0]) {
        printf("        %s %s\n", bg_in_language(language, "with", "另须"), example->sections);
    }
    bg_paragraph_print(bg_in_language(language, example->en, example->zh),
                       (bg_margins){8, 8, WIDTH}, stdout);
}

/* The maps of a list, as they stand in a file, one a line. */
static void print_entries(const char *list)
{
    int depth = 0;
    for (const char *c = list; *c; c++) {
        const bool opens = *c == '[' || *c == '{', closes = *c == ']' || *c == '}';
        depth -= closes;
        if (depth > 1) {
            putchar(*c);
        } else if (depth == 1 && (opens || closes)) {
            fputs(opens ? "  - " : "\n", stdout);
        }
        depth += opens;
    }
}

void bg_help_rules(const char *language)
{
    puts(bg_in_language(
        language,
        "A settlement plan is a list of steps under `settlement:`, applied in the order in which "
        "they stand;\nthe last is clear. `baogan settle --explain` shows each at work, `baogan "
        "params settlement` its keys.",
        "清算办法写在settlement:之下，逐条列出步骤，按书写顺序执行，以clear结束。\n各步骤的参数见"
        "baogan params settlement，逐步计算过程见baogan settle --explain。"));
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        printf("\n%s\n", bg_in_language(language, sections[i].en, sections[i].zh));
        const bg_example *example = NULL;
        for (size_t k = 0; (example = bg_example_at(sections[i].part, k)) != NULL; k++) {
            print_example(example, language);
        }
    }
    printf("\n%s\n", bg_in_language(language, "Where no plan is given", "未填写清算办法时"));
    print_entries(bg_catalogue_find("settlement")->standard);
}
