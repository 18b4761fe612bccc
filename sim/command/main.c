/* baogan: a budget simulator for county medical communities. main reads the command line, finds the
 * verb, and turns its status into words and an exit code. */
#include <baogan/version.h>
#include <gsl/gsl_errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/messages.h"
#include "command/verb.h"

/* The one mutable global: a signal handler can reach nothing else. */
static volatile int stop;

static void on_signal(int signal_number)
{
    (void)signal_number;
    stop = 1;
}

/* The first signal asks the verb to stop and clean up; a second one ends the program at once. What is
 * ignored stays so: nohup(1) counts on it, and shells do so for what runs in the background. */
static void catch_signals(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction before;
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
            sigaction(signals[i], &action, NULL);
        }
    }
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
        return bg_errors_add(errors, BG_USAGE, BG_NOWHERE, NULL, "%s needs %s; see baogan help %s",
                             verb->name, verb->operands, verb->name);
    }
    if (options->operand_count > verb->most) {
        return bg_errors_add(
            errors, BG_USAGE, BG_NOWHERE, NULL, "\"%s\" is one operand too many; %s takes %s",
            options->operands[verb->most], verb->name, verb->operands[0] ? verb->operands : "none");
    }
    return BG_OK;
}

static bg_status run_verb(const bg_verb *verb, int argc, char *const argv[], bg_errors *errors)
{
    bg_options options;
    bg_status status = bg_options_parse(&options, argc, argv, verb->options, errors);
    options.lang = options.lang ? options.lang : language_of_environment();
    options.stop = &stop;
    if (status == BG_OK && options.help) {
        bg_help_print(verb, options.lang);
    } else if (status == BG_OK) {
        status = check_operands(verb, &options, errors);
        status = status == BG_OK ? verb->run(&options, errors) : status;
    }
    bg_options_free(&options);
    return status;
}

/* The command line before any verb: --help, --version, or a mistake. */
static bg_status run_without_verb(int argc, char *const argv[], bg_errors *errors)
{
    bg_options options;
    bg_status status = bg_options_parse(&options, argc, argv,
                                        BG_WITH(help) | BG_WITH(version) | BG_WITH(lang), errors);
    if (status == BG_OK && options.version) {
        printf("baogan %s\n", BG_VERSION);
    } else if (status == BG_OK && options.help) {
        bg_help_print(NULL, options.lang ? options.lang : language_of_environment());
    } else if (status == BG_OK) {
        status = bg_errors_add(errors, BG_USAGE, BG_NOWHERE, NULL,
                               "what is to be done? `baogan help` lists the verbs");
    }
    bg_options_free(&options);
    return status;
}

static bg_status dispatch(int argc, char *const argv[], bg_errors *errors)
{
    if (argc < 2 || argv[1][0] == '-') {
        return run_without_verb(argc, argv, errors);
    }
    const char *hint = NULL;
    const bg_verb *verb = bg_verb_find(argv[1], &hint);
    if (!verb) {
        return bg_errors_add(errors, BG_USAGE, BG_NOWHERE, NULL,
                             hint ? "\"%s\" is not a verb; did you mean %s?"
                                  : "\"%s\" is not a verb; `baogan help` lists them",
                             argv[1], hint);
    }
    return run_verb(verb, argc - 1, argv + 1, errors);
}

int main(int argc, char *argv[])
{
    gsl_set_error_handler_off();
    catch_signals();
    bg_errors errors;
    bg_errors_init(&errors);
    bg_status status = dispatch(argc, argv, &errors);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        status =
            bg_errors_add(&errors, BG_IO, BG_NOWHERE, NULL, "standard output could not be written");
    }
    bg_messages_flush(&errors, stderr);
    return bg_status_exit(status);
}
