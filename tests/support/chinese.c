/* Every error and warning that a test provokes is read in Chinese before it is freed: besides keys, options, numbers,
 * names of files and what stands in quotation marks or backquotes it has no Latin word but those below. The tests are
 * linked with --wrap=bg_errors_free. */
#include <baogan/catalogue.h>
#include <baogan/error.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char proper_names[] =
    " UTF CSV JSON YAML SQLite SQL Slurm SHA xlsx xls et gnuplot hledger baogan "
    "Sobol Debian ";
/* Parts of figures, languages, and what stands for a value in the form of an option. */
static const char words_of_commands[] = " first last ever all any en zh OUTCOME EVENT PATH LO HI "
                                        "NAME UNIT actual thousand million billion ";
/* What tests call the things of their scenarios: funds, inputs, indicators, communities, steps. */
static const char names_in_tests[] =
    " East West extra risk guarantee stays track revenue owed one beds county "
    "alzira guangdong bpflv khentgg gates guangyuan michigan ";

static bool stands_in(const char *list, const char *word)
{
    char wanted[80];
    snprintf(wanted, sizeof wanted, " %s ", word);
    return strstr(list, wanted) != NULL;
}

/* Whether the word is one of a text such as "budget.funds[].rate" or "pool|community". */
static bool is_part_of(const char *text, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++) {
        if ((at == text || !isalpha((unsigned char)at[-1])) &&
            !isalpha((unsigned char)at[length])) {
            return true;
        }
    }
    return false;
}

static bool is_of_the_catalogue(const char *word)
{
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = bg_catalogue_row(i);
        if (is_part_of(row->path, word) || is_part_of(row->choices, word)) {
            return true;
        }
    }
    return false;
}

static bool may_stand(const char *word)
{
    return strlen(word) == 1 || strpbrk(word, "_.[]=*/0123456789") ||
           stands_in(proper_names, word) || stands_in(words_of_commands, word) ||
           stands_in(names_in_tests, word) || is_of_the_catalogue(word);
}

/* The length of what stands in marks at the beginning of a text, or of an option; 0 if nothing does. */
static size_t passed_over(const char *text)
{
    static const char *const marks[][2] = {{"“", "”"}, {"`", "`"}, {"\"", "\""}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const size_t length = strlen(marks[i][0]);
        const char *end =
            strncmp(text, marks[i][0], length) == 0 ? strstr(text + length, marks[i][1]) : NULL;
        if (end) {
            return (size_t)(end - text) + strlen(marks[i][1]);
        }
    }
    return strncmp(text, "--", 2) == 0 ? 2 + strspn(text + 2, "abcdefghijklmnopqrstuvwxyz-") : 0;
}

static size_t word_at(const char *text, char word[64])
{
    size_t length = 0;
    while (isalnum((unsigned char)text[length]) ||
           (text[length] && strchr("_.[]=*/-", text[length]))) {
        length++;
    }
    snprintf(word, 64, "%.*s", (int)(length < 63 ? length : 63), text);
    return length;
}

static void read_in_chinese(const bg_error *error)
{
    for (const char *text = error->message_zh; *text;) {
        char word[64];
        const size_t passed = passed_over(text);
        const size_t length = passed ? passed : word_at(text, word);
        if (!passed && length > 0 && !may_stand(word)) {
            fprintf(stderr, "%s: \"%s\" stands in the Chinese sentence: %s\n", error->name, word,
                    error->message_zh);
            abort();
        }
        text += length ? length : 1;
    }
}

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the names that --wrap asks for */
void __real_bg_errors_free(bg_errors *self);
void __wrap_bg_errors_free(bg_errors *self);

void __wrap_bg_errors_free(bg_errors *self)
{
    for (size_t i = 0; self && i < self->count; i++) {
        const bool numbered = self->items[i].message_zh[0] == '#';
        if (!numbered && strcmp(self->items[i].name, "test") != 0) {
            read_in_chinese(&self->items[i]);
        }
    }
    __real_bg_errors_free(self);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
