/* What is assumption, not data. */
#include "format/width.h"
#include "report/text_page.h"
#include "study/default_keys.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_KEYS = 512, LONGEST_VALUE = 24 };

/* ---- every assumption ---- */
typedef struct assumed {
    bg_default_key *keys; /* assumptions only */
    size_t count;
} assumed;

static assumed read_assumed(bg_text_page *page)
{
    assumed self = {calloc(MOST_KEYS, sizeof *self.keys), 0};
    if (!self.keys) {
        page->document->failed = true;
        return self;
    }
    size_t count = bg_default_keys(page->report->model, self.keys, MOST_KEYS);
    for (size_t i = 0; i < count && i < MOST_KEYS; i++) {
        if (self.keys[i].assumption) {
            self.keys[self.count++] = self.keys[i];
        }
    }
    return self;
}

void bg_text_page_assumptions(bg_text_page *page)
{
    static const bg_column columns[] = {
        {.kind = BG_CELL_TEXT}, {.kind = BG_CELL_TEXT, .right = true}, {.kind = BG_CELL_TEXT}};
    assumed all = read_assumed(page);
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < all.count; i++) {
        const bg_node *node = all.keys[i].node;
        char *value = bg_line_in_money(node, page->unit);
        const bool fits = value && bg_text_width(value) <= LONGEST_VALUE;
        bg_sheet_add_text(&sheet, node->path);
        bg_sheet_add_text(&sheet, bg_sheet_keep(&sheet, "%s", fits ? value : "…"));
        sheet.failed = sheet.failed || !value;
        bg_sheet_add_text(&sheet,
                          bg_text_page_words(page, node->parameter->en, node->parameter->zh));
        bg_sheet_note(&sheet,
                      bg_sheet_keep(&sheet, bg_text_page_words(page, "from: %s", "依据：%s"),
                                    bg_label_of_source(all.keys[i].source, page->language)));
        free(value);
    }
    free(all.keys);
    bg_text_page_heading(page, BG_LABEL_assumptions_heading);
    bg_document_add_sheet(page->document, 2, &sheet);
}

/* ---- the assumptions that carry the result ---- */
/* A key, by the begin and end of its path, and what its value is. */
typedef struct item {
    const char *begin, *end;
    const char *en, *zh;
} item;

typedef struct group {
    const char *en, *zh;
    item items[4]; /* up to the first without words */
} group;

#define SERVICE(part, en, zh)                                                                      \
    {                                                                                              \
        "demand.services[", "]." part, en, zh                                                      \
    }
#define KEY(path, en, zh)                                                                          \
    {                                                                                              \
        path, path, en, zh                                                                         \
    }

static const group groups[] = {
    {"budget", "年度总额", {KEY("budget.growth", "growth a year", "年增长率")}},
    {"trend a year",
     "年趋势",
     {KEY("demand.trend.prior", "fund payments a head", "人均基金支出"),
      SERVICE("frequency_trend", "cases", "人次"),
      SERVICE("cost_trend", "cost per case", "次均费用")}},
    {"yearly swings (standard deviation)",
     "年度波动（标准差）",
     {KEY("demand.volatility.total", "fund payments a head", "人均基金支出"),
      SERVICE("frequency_volatility", "cases", "人次"),
      SERVICE("cost_volatility", "cost per case", "次均费用")}},
    {"emergency",
     "突发公共卫生事件",
     {KEY("demand.emergency.probability", "chance a year", "每年发生概率"),
      KEY("demand.emergency.dip", "fall in care", "就医量下降"),
      KEY("demand.emergency.dip_months", "months it lasts", "持续月数"),
      KEY("demand.emergency.rebound", "return of care", "随后反弹")}},
    {"settlement",
     "年度清算",
     {KEY("settlement", "bands, tiers and split of the default plan",
          "分担档位、考核档次与内部分配为默认方案"),
      KEY("performance.score", "score", "考核得分")}},
};

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static const item *find_item(const group *self, const char *path)
{
    for (size_t i = 0; i < sizeof self->items / sizeof *self->items && self->items[i].en; i++) {
        const item *row = &self->items[i];
        if (strncmp(path, row->begin, strlen(row->begin)) == 0 && ends_with(path, row->end)) {
            return row;
        }
    }
    return NULL;
}

/* "inpatient cases 4%" */
static void write_item(const bg_text_page *page, const item *row, const bg_node *node, FILE *stream)
{
    char service[64];
    if (sscanf(node->path, "demand.services[%63[^]]", service) == 1) {
        fprintf(stream, bg_text_page_words(page, "%s ", "%s"),
                bg_label_of_service(service, page->language));
    }
    fputs(bg_text_page_words(page, row->en, row->zh), stream);
    if (node->kind == BG_NODE_VALUE) {
        fprintf(stream, " %s", node->text);
    }
}

/* Says what of a group is assumed, if anything; returns how many keys that is. */
static size_t say_group(bg_text_page *page, const group *self, const assumed *all)
{
    char *text = NULL;
    size_t size = 0, found = 0;
    FILE *stream = open_memstream(&text, &size);
    for (size_t i = 0; stream && i < all->count; i++) {
        const item *row = find_item(self, all->keys[i].node->path);
        if (row) {
            fputs(found++ ? bg_text_page_words(page, ", ", "，") : "", stream);
            write_item(page, row, all->keys[i].node, stream);
        }
    }
    if (!stream || fclose(stream) != 0) {
        page->document->failed = true;
    } else if (found) {
        bg_document_add(page->document, BG_PART_SENTENCE, 2,
                        bg_text_page_words(page, "%s: %s", "%s：%s"),
                        bg_text_page_words(page, self->en, self->zh), text);
    }
    free(text);
    return found;
}

size_t bg_text_page_assumed_groups(bg_text_page *page)
{
    assumed all = read_assumed(page);
    size_t said = 0;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        said += say_group(page, &groups[i], &all);
    }
    free(all.keys);
    return all.count - said;
}

size_t bg_text_page_assumed_count(bg_text_page *page)
{
    const assumed all = read_assumed(page);
    free(all.keys);
    return all.count;
}

void bg_text_page_main_assumptions(bg_text_page *page)
{
    bg_text_page_heading(page, BG_LABEL_main_assumptions_heading);
    const size_t more = bg_text_page_assumed_groups(page);
    if (more > 0) {
        bg_document_add(page->document, BG_PART_SENTENCE, 2,
                        bg_text_page_words(page, "and %zu more: see report.txt, or baogan params",
                                           "另有%zu项，见report.txt或baogan params --lang zh"),
                        more);
    }
}
