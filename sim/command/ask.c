#include "command/ask.h"

#include "base/text.h"
#include "base/utf8.h"
#include "command/draft.h"
#include "command/messages.h"
#include "format/amount.h"
#include "report/label.h"
#include "scenario/value.h"

#include <baogan/projection.h>
#include <baogan/scenario.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

typedef struct asking {
    const bg_dialogue *dialogue;
    bg_scenario *defaults; /* a scenario of defaults only, of which the contract's are offered */
    char *answer[BG_QUESTION_COUNT];  /* NULL: not yet */
    char *offered[BG_QUESTION_COUNT]; /* what return stands for; NULL: nothing */
    bg_errors known; /* warnings that were said, or are of what was not asked yet */
    char *text;      /* the scenario of all answers up to now */
} asking;

/* What getline(3) reads into. */
typedef struct line_buffer {
    char *bytes;
    size_t size;
} line_buffer;

static const char *language_of(const asking *self)
{
    return self->dialogue->language;
}

static const char *word(const asking *self, const char *en, const char *zh)
{
    return bg_in_language(language_of(self), en, zh);
}

/* ---- what return stands for ---- */

/* A total of which nothing is known yet, as long as residents' totals have not been asked for. */
#define SOME_TOTALS "1亿 1亿 1亿"

static int newest_year(void)
{
    int year = 0;
    for (size_t i = 0; bg_catalogue_as_of_year(i); i++) {
        year = bg_catalogue_as_of_year(i);
    }
    return year;
}

/* "5%: 30%, rest: 100%" of a table of the default contract. */
static char *offer_table(const asking *self, const char *path)
{
    bg_text text = {0};
    const bg_node *table = bg_scenario_find(self->defaults, path);
    for (const bg_node *cell = table->child; cell; cell = cell->next) {
        const char *key = strcmp(cell->key, "rest") == 0
                              ? word(self, "rest", "其余")
                              : bg_label_of_account(cell->key, language_of(self));
        bg_text_add(&text, "%s%s%s%s", cell == table->child ? "" : word(self, ", ", "，"), key,
                    word(self, ": ", "："), cell->text);
    }
    return bg_text_take(&text);
}

/* The last year that is known, once it is. */
static int last_year(const asking *self)
{
    char plain[BG_YEAR_TEXT];
    int64_t year = 0;
    const char *answer = self->answer[BG_ASK_last_year];
    return answer && bg_year_plain(answer, plain) && bg_year_read(plain, &year) ? (int)year
                                                                                : newest_year();
}

static char *offer_growth(const asking *self)
{
    const bg_parameter *row = bg_catalogue_find("budget.growth");
    return bg_text_format("%s", bg_catalogue_as_of(row, last_year(self))->standard);
}

/* New string; NULL where nothing can be offered, or memory ran out. */
static char *offer(const asking *self, bg_question question)
{
    switch (question) {
    case BG_ASK_title:
        return bg_text_format("%s", word(self, "My county", "我县"));
    case BG_ASK_money_unit:
        return bg_text_format("%s", word(self, "wan", "万元"));
    case BG_ASK_last_year:
        return bg_text_format("%d", newest_year());
    case BG_ASK_residents_growth:
    case BG_ASK_employees_growth:
        return offer_growth(self);
    case BG_ASK_surplus:
        return offer_table(self, "settlement[share_surplus].bands");
    case BG_ASK_overspend:
        return offer_table(self, "settlement[share_overspend].bands");
    case BG_ASK_split:
        return offer_table(self, "settlement[split]");
    case BG_ASK_tiers:
        return offer_table(self, "settlement[release].by_score");
    case BG_ASK_score:
        return bg_text_format("%s", bg_catalogue_find("performance.score")->standard);
    case BG_ASK_employees_paid:
    case BG_ASK_residents_people:
    case BG_ASK_employees_people:
        return bg_text_format("%s", "");
    default: /* the residents' totals */
        return NULL;
    }
}

/* What is shown in brackets for it. */
static const char *shown(const asking *self, bg_question question)
{
    const char *offered = self->offered[question];
    if (!offered) {
        return NULL;
    }
    if (offered[0]) {
        return offered;
    }
    return question == BG_ASK_employees_paid
               ? word(self, "none", "无")
               : word(self, "by the national spend per head", "按全国人均支出推算");
}

/* ---- checking ---- */

/* The answers up to now, defaults for the others, and totals of some size. */
static bg_answers answers_so_far(const asking *self)
{
    bg_answers answers = {.rule = self->dialogue->rule};
    for (bg_question q = 0; q < BG_QUESTION_COUNT; q++) {
        const char *given = self->answer[q] ? self->answer[q] : self->offered[q];
        answers.text[q] = given ? given : SOME_TOTALS;
    }
    return answers;
}

/* Loads the scenario of the answers up to now, with the words of its budget and demand. */
static bg_status load(const asking *self, char **text, bg_scenario **scenario, bg_errors *found)
{
    const bg_answers answers = answers_so_far(self);
    *scenario = NULL;
    bg_status status = bg_draft_write(&answers, language_of(self), text, found);
    status = status
                 ? status
                 : bg_scenario_parse(*text, strlen(*text), "init", NULL, NULL, 0, scenario, found);
    if (!status) {
        bg_model model;
        status = bg_model_read(*scenario, &model, found);
        if (!status) {
            bg_contract_judge(&model.contract, found);
        }
        bg_model_free(&model);
    }
    return status;
}

static bool is_known(const asking *self, const bg_error *error)
{
    for (size_t i = 0; i < self->known.count; i++) {
        if (strcmp(self->known.items[i].message, error->message) == 0) {
            return true;
        }
    }
    return false;
}

/* Prints what is new: the sentence and its key, without a place in a file that is not written yet. */
static void print_new(const asking *self, const bg_errors *found)
{
    for (size_t i = 0; i < found->count; i++) {
        bg_error shown_error = found->items[i];
        if (is_known(self, &shown_error)) {
            continue;
        }
        shown_error.file = NULL;
        char *sentence = bg_error_text(&shown_error, language_of(self));
        fprintf(self->dialogue->out, "  %s%s\n",
                shown_error.warning ? word(self, "warning: ", "警告：") : "",
                sentence ? sentence : "");
        free(sentence);
    }
}

/* Says how totals were read, in the unit of the file. */
static void print_totals(const asking *self, const bg_scenario *scenario, const char *line)
{
    const bg_node *history = bg_scenario_find(scenario, "history");
    const bg_money_scale unit =
        bg_money_scale_of(bg_scenario_money_unit(scenario), 0, language_of(self));
    for (const bg_node *year = history->child; year; year = year->next) {
        const bg_node *paid = bg_node_child(bg_node_child(year, line), "paid");
        if (paid) {
            char buffer[BG_AMOUNT_TEXT];
            fprintf(self->dialogue->out, "  %s%s%s\n", year->key, word(self, ": ", "年："),
                    bg_amount_exact_grouped(unit, paid->value.fen, buffer));
        }
    }
}

/* BG_OK where the answer makes a scenario that loads; its text is kept then. */
static bg_status check(asking *self, bg_question question)
{
    bg_errors found;
    bg_errors_init(&found);
    char *text = NULL;
    bg_scenario *scenario = NULL;
    const bg_status status = load(self, &text, &scenario, &found);
    print_new(self, &found);
    if (!status) {
        if (question == BG_ASK_residents_paid || question == BG_ASK_employees_paid) {
            print_totals(self, scenario,
                         question == BG_ASK_residents_paid ? "residents.total" : "employees.total");
        }
        free(self->text);
        self->text = text;
        text = NULL;
        bg_errors_free(&self->known);
        bg_errors_move(&self->known, &found);
    }
    free(text);
    bg_scenario_free(scenario);
    bg_errors_free(&found);
    return status;
}

/* ---- asking ---- */

static void print_question(const asking *self, bg_question question, int number)
{
    static const char *const words[][2] = {
#define BG_QUESTION_WORDS(name, en, zh) {en, zh},
        BG_QUESTIONS(BG_QUESTION_WORDS)
#undef BG_QUESTION_WORDS
    };
    FILE *out = self->dialogue->out;
    fprintf(out, "%d. %s", number, word(self, words[question][0], words[question][1]));
    if (shown(self, question)) {
        fprintf(out, " [%s]", shown(self, question));
    }
    fprintf(out, "%s", word(self, ": ", "："));
    fflush(out);
}

/* The line without its end and the blanks around, in place. */
static char *trimmed(char *line)
{
    line += strspn(line, " \t");
    size_t length = strlen(line);
    while (length > 0 && strchr(" \t\r\n", line[length - 1])) {
        line[--length] = '\0';
    }
    return line;
}

static bg_status read_line(const asking *self, line_buffer *line, char **answer, bg_errors *errors)
{
    const bg_dialogue *dialogue = self->dialogue;
    const ssize_t length = getline(&line->bytes, &line->size, dialogue->in);
    if (dialogue->echo || length < 0) {
        fputs("\n", dialogue->out);
    }
    if (length < 0) {
        return dialogue->stop && *dialogue->stop
                   ? bg_errors_say(errors, BG_INTERRUPTED, BG_NOWHERE, NULL,
                                   BG_SAY(stopped_unwritten))
                   : bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(asking_ended));
    }
    if (strlen(line->bytes) != (size_t)length ||
        bg_utf8_detect(line->bytes, (size_t)length) != BG_UTF8) {
        *answer = NULL;
        return BG_OK;
    }
    *answer = trimmed(line->bytes);
    return strcmp(*answer, "q") == 0 || strcmp(*answer, "Q") == 0 || strcmp(*answer, "ｑ") == 0
               ? bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(asking_stopped))
               : BG_OK;
}

/* What is wrong with an answer before anything is read in it; NULL: it was no text. */
static bg_status check_words(const asking *self, bg_question question, const char *answer)
{
    bg_errors found;
    bg_errors_init(&found);
    bg_status status = BG_OK;
    if (!answer) {
        status = bg_errors_say(&found, BG_ENCODING, BG_NOWHERE, NULL, BG_SAY(answer_not_text));
    } else if (!answer[0] && !self->offered[question]) {
        status = bg_errors_say(&found, BG_MISSING, BG_NOWHERE, NULL, BG_SAY(answer_needed));
    }
    print_new(self, &found);
    bg_errors_free(&found);
    return status;
}

/* Any other status than BG_OK and BG_MEMORY: the answer has to be given again. */
static bg_status take(asking *self, bg_question question, const char *answer)
{
    bg_status status = check_words(self, question, answer);
    if (!status) {
        self->answer[question] = strdup(answer[0] ? answer : self->offered[question]);
        status = self->answer[question] ? check(self, question) : BG_MEMORY;
    }
    if (status) {
        free(self->answer[question]);
        self->answer[question] = NULL;
    }
    return status;
}

/* Asks until an answer is taken. */
static bg_status ask_one(asking *self, bg_question question, int number, line_buffer *line,
                         bg_errors *errors)
{
    for (;;) {
        char *answer = NULL;
        print_question(self, question, number);
        bg_status status = read_line(self, line, &answer, errors);
        if (status) {
            return status;
        }
        status = take(self, question, answer);
        if (status == BG_OK) {
            return BG_OK;
        }
        if (status == BG_MEMORY) {
            return bg_no_memory(errors);
        }
    }
}

static bg_status ask_all(asking *self, bg_errors *errors)
{
    line_buffer line = {0};
    int number = 0;
    bg_status status = BG_OK;
    for (bg_question q = 0; q < BG_QUESTION_COUNT && !status; q++) {
        const bg_answers before = {
            .text = {[BG_ASK_employees_paid] = self->answer[BG_ASK_employees_paid]},
            .rule = self->dialogue->rule};
        if (bg_answers_need(&before, q)) {
            free(self->offered[q]);
            self->offered[q] = offer(self, q);
            status = ask_one(self, q, ++number, &line, errors);
        }
    }
    free(line.bytes);
    return status;
}

/* Offers all defaults, and notes what a scenario of these alone is warned of. */
static bg_status prepare(asking *self, bg_errors *errors)
{
    static const char least[] = "history: {2025: 1亿}\n";
    bg_status status =
        bg_scenario_parse(least, strlen(least), "init", NULL, NULL, 0, &self->defaults, errors);
    for (bg_question q = 0; q < BG_QUESTION_COUNT && !status; q++) {
        self->offered[q] = offer(self, q);
        if (!self->offered[q] && q != BG_ASK_residents_paid) {
            status = bg_no_memory(errors);
        }
    }
    char *text = NULL;
    bg_scenario *scenario = NULL;
    if (!status) {
        status = load(self, &text, &scenario, &self->known);
    }
    if (status) {
        bg_errors_move(errors, &self->known);
    }
    free(text);
    bg_scenario_free(scenario);
    return status;
}

bg_status bg_ask(const bg_dialogue *dialogue, char **text, bg_errors *errors)
{
    asking self = {.dialogue = dialogue};
    bg_errors_init(&self.known);
    *text = NULL;
    bg_status status = prepare(&self, errors);
    if (!status) {
        fputs(word(&self,
                   "Return takes the value in brackets, q stops. Nothing is written before the "
                   "last answer.\n",
                   "按回车取方括号内的值，输入q退出。答完最后一个问题才写文件。\n"),
              dialogue->out);
        status = ask_all(&self, errors);
    }
    if (!status) {
        *text = self.text;
        self.text = NULL;
    }
    for (bg_question q = 0; q < BG_QUESTION_COUNT; q++) {
        free(self.answer[q]);
        free(self.offered[q]);
    }
    free(self.text);
    bg_scenario_free(self.defaults);
    bg_errors_free(&self.known);
    return status;
}
