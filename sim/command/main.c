/* baogan: a budget simulator for county medical communities. main reads the command line, finds the
 * verb, and turns its status into words and an exit code. */
#include "base/memory.h"
#include "command/messages.h"
#include "command/verb.h"

#include <baogan/version.h>
#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The mutable globals: a signal handler can reach nothing else. */
static volatile int stop;
static volatile sig_atomic_t pipe_broke;

static void on_signal(int signal_number)
{
    (void)signal_number;
    stop = 1;
}

static void on_broken_pipe(int signal_number)
{
    (void)signal_number;
    pipe_broke = 1;
}

/* What is ignored stays so: nohup(1) counts on it, and shells do so for what runs in the background. */
static void catch_signal(int signal_number, const struct sigaction *action)
{
    struct sigaction before;
    if (sigaction(signal_number, NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
        sigaction(signal_number, action, NULL);
    }
}

/* The first signal asks the verb to stop and clean up; a second one ends the program at once. Who reads
 * standard output through a pipe may have enough of it, as head(1) has: the files are still finished. */
static void catch_signals(void)
{
    struct sigaction stopping = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    struct sigaction broken = {.sa_handler = on_broken_pipe, .sa_flags = SA_RESTART};
    sigemptyset(&stopping.sa_mask);
    sigemptyset(&broken.sa_mask);
    catch_signal(SIGINT, &stopping);
    catch_signal(SIGTERM, &stopping);
    catch_signal(SIGHUP, &stopping);
    catch_signal(SIGPIPE, &broken);
}

/* Holds the places of standard streams that the caller closed, lest a file that is opened gets the
 * messages. Using them fails as before. */
static void fill_standard_streams(void)
{
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
        if (fcntl(descriptor, F_GETFD) < 0) {
            (void)open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
        }
    }
}

/* Standard output that could not be written is an error; a reader that went away ends the program as
 * the signal would have. */
static bg_status flush_output(bg_status status, bg_errors *errors)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) {
        return status;
    }
    if (pipe_broke && status == BG_OK) {
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    return bg_errors_say(errors, BG_IO, BG_NOWHERE, NULL, BG_SAY(output_unwritable));
}

/* "zh" where the environment asks for Chinese messages, as setlocale(3) would read it. */
static const char *language_of_environment(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value && value[0]) {
            return strncmp(value, "zh", 2) == 0 ? "zh" : "en";
        }
    }
    return "en";
}

static bg_status check_operands(const bg_verb *verb, const bg_options *options, bg_errors *errors)
{
    if (options->operand_count < verb->least) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(operand_missing),
                             verb->name, verb->operands, verb->name);
    }
    if (options->operand_count > verb->most) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(operand_too_many),
                             options->operands[verb->most], verb->name,
                             verb->operands[0] ? verb->operands : BG_BOTH("none", "无"));
    }
    return BG_OK;
}

static bg_status parse(bg_options *options, int argc, char *const argv[], uint64_t allowed,
                       const char **language, bg_errors *errors)
{
    const bg_status status = bg_options_parse(options, argc, argv, allowed, errors);
    const bool known =
        options->lang && (strcmp(options->lang, "zh") == 0 || strcmp(options->lang, "en") == 0);
    options->lang_given = known;
    *language = options->lang = known ? options->lang : *language;
    return status;
}

static bg_status run_verb(const bg_verb *verb, int argc, char *const argv[], const char **language,
                          bg_errors *errors)
{
    bg_options options;
    bg_status status = parse(&options, argc, argv, verb->options, language, errors);
    options.stop = &stop;
    if (status == BG_OK && options.help) {
        bg_help_print(verb, options.lang);
    } else if (status == BG_OK) {
        status = check_operands(verb, &options, errors);
        status = status ? status : verb->run(&options, errors);
    }
    bg_options_free(&options);
    return status;
}

/* The command line before any verb: --help, --version, or a mistake. */
static bg_status run_without_verb(int argc, char *const argv[], const char **language,
                                  bg_errors *errors)
{
    bg_options options;
    bg_status status = parse(&options, argc, argv, BG_WITH(help) | BG_WITH(version) | BG_WITH(lang),
                             language, errors);
    if (status == BG_OK && options.version) {
        printf("baogan %s\n", BG_VERSION);
    } else if (status == BG_OK && options.help) {
        bg_help_print(NULL, options.lang);
    } else if (status == BG_OK) {
        status = bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(verb_missing));
    }
    bg_options_free(&options);
    return status;
}

/* "zh" of --lang zh, wherever it stands behind a word that is no verb; else the environment's. */
static const char *language_of(int argc, char *const argv[], const char *environment)
{
    for (int i = 2; i < argc; i++) {
        const char *value = strcmp(argv[i], "--lang") == 0 && i + 1 < argc ? argv[i + 1]
                            : strncmp(argv[i], "--lang=", 7) == 0          ? argv[i] + 7
                                                                           : "";
        if (strcmp(value, "zh") == 0 || strcmp(value, "en") == 0) {
            return value;
        }
    }
    return environment;
}

/* `language` is the environment's before and that of the command line, if it gives one, after. */
static bg_status dispatch(int argc, char *const argv[], const char **language, bg_errors *errors)
{
    if (argc < 2 || argv[1][0] == '-') {
        return run_without_verb(argc, argv, language, errors);
    }
    const char *hint = NULL;
    const bg_verb *verb = bg_verb_find(argv[1], &hint);
    if (!verb) {
        *language = language_of(argc, argv, *language);
        return bg_verb_unknown(argv[1], hint, errors);
    }
    return run_verb(verb, argc - 1, argv + 1, language, errors);
}

int main(int argc, char *argv[])
{
    bg_memory_keep();
    gsl_set_error_handler_off();
    fill_standard_streams();
    catch_signals();
    bg_errors errors;
    bg_errors_init(&errors);
    const char *language = language_of_environment();
    bg_status status = dispatch(argc, argv, &language, &errors);
    if (status == BG_MEMORY && errors.error_count == 0) {
        bg_no_memory(&errors);
    }
    status = flush_output(status, &errors);
    bg_messages_flush(&errors, language, stderr);
    return bg_status_exit(status);
}
