/* What figures are made of: `baogan help figures`. */
#include "command/help_topic.h"
#include "format/text_writer.h"
#include "report/label.h"

#include <baogan/figure.h>
#include <stdio.h>

static const struct {
    bg_figure_part part;
    const char *en, *zh;
} sections[] = {
    {BG_FIGURE_PART_STATISTIC, "Figures", "指标"},
    {BG_FIGURE_PART_EVENT, "Events (EVENT)", "事件（EVENT）"},
    {BG_FIGURE_PART_OUTCOME, "Outcomes (OUTCOME)", "结果（OUTCOME）"},
    {BG_FIGURE_PART_YEAR, "Years, behind a name and a dot", "年度（写在名称和点之后）"},
    {BG_FIGURE_PART_UNIT, "Units, likewise, in any order", "险种（同上，先后不限）"},
    {BG_FIGURE_PART_TARGET, "Targets (--until, sweep.targets)", "目标（--until、sweep.targets）"},
};

static void print_section(bg_figure_part part, const char *title, const char *language)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    for (size_t column = 0; column < 3; column++) {
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    }
    const bg_figure_word *word = NULL;
    for (size_t i = 0; (word = bg_figure_word_at(part, i)) != NULL; i++) {
        bg_sheet_add_text(&sheet, word->form);
        bg_sheet_add_text(&sheet, bg_in_language(language, word->en, word->zh));
        bg_sheet_add_text(&sheet, word->example);
    }
    printf("\n%s\n", title);
    bg_sheet_write_text(&sheet, stdout, 2);
    bg_sheet_free(&sheet);
}

void bg_help_figures(const char *language)
{
    puts(bg_in_language(
        language,
        "Figures of a projection, for --until, --figure and plans of sweeps. Without a "
        "unit, of two schemes,\nsolve and sensitivity answer for each and, of events, "
        "for any; run --until and sweeps need one.",
        "模拟结果的指标，用于--until、--figure与批量运行。有两个险种而未写险种时，\n"
        "solve与sensitivity对各险种（事件另加至少一个险种）分别作答；run "
        "--until与批量运行须写明。"));
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        print_section(sections[i].part, bg_in_language(language, sections[i].en, sections[i].zh),
                      language);
    }
}
