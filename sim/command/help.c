#include "command/help_topic.h"
#include "command/verb.h"
#include "format/width.h"
#include "report/label.h"

#include <baogan/version.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int code;
    const char *en, *zh;
} exit_codes[] = {
    {0, "done", "成功"},
    {1, "failed", "失败"},
    {2, "the command line is not understood, or --strict and a warning",
     "命令行有误，或指定 --strict 而有警告"},
    {3, "the scenario is not valid", "情景无效"},
    {4, "a file could not be read or written", "文件读写失败"},
    {5, "the target was not reached", "未达到目标"},
    {130, "interrupted", "被中断"},
};

/* What a verb needs beside its options. */
static const struct {
    const char *verb, *en, *zh;
} examples[] = {
    {"sweep",
     "On one machine with GNU parallel, as 8 processes that can each be killed and run again:\n"
     "  parallel --joblog log --resume-failed baogan sweep PLAN --out DIR --shard {}/8 ::: $(seq 0 "
     "7)\n"
     "  baogan merge DIR --store results.sqlite\n"
     "On a cluster: baogan sweep PLAN --out DIR --shards 100 --slurm; then DIR/driver.sh",
     "单机上用 GNU parallel 分8个进程运行（中断后可重跑）：\n"
     "  parallel --joblog log --resume-failed baogan sweep PLAN --out DIR --shard {}/8 ::: $(seq 0 "
     "7)\n"
     "  baogan merge DIR --store results.sqlite\n"
     "集群上：baogan sweep PLAN --out DIR --shards 100 --slurm；然后运行 DIR/driver.sh"},
};

static void print_padded(const char *text, size_t width)
{
    size_t used = bg_text_width(text);
    printf("%s%*s", text, (int)(width > used ? width - used : 0), "");
}

static void print_row(const char *name, const char *rest, size_t width, const char *text)
{
    char left[64];
    snprintf(left, sizeof left, "%s%s%s", name, rest[0] ? " " : "", rest);
    fputs("  ", stdout);
    print_padded(left, width);
    printf("  %s\n", text);
}

static void print_options(uint64_t allowed, const char *language)
{
    for (int i = 0; i < BG_OPTION_COUNT; i++) {
        if (allowed >> i & 1) {
            const bg_option *option = &bg_option_table[i];
            char name[32];
            snprintf(name, sizeof name, "--%s", option->name);
            print_row(name, option->argument, 22, bg_in_language(language, option->en, option->zh));
        }
    }
}

/* Topics that are no verb. */
static const struct {
    const char *name, *en, *zh;
    void (*print)(const char *language);
} topics[] = {
    {"figures", "what --until, --figure and sweeps can ask for: outcomes, events, years, units",
     "--until、--figure与批量运行可用的指标：结果、事件、年度、险种", bg_help_figures},
    {"rules", "every step of a settlement plan, rates, bands and conditions, with examples",
     "清算办法的全部步骤、比例、分档与适用条件，各附示例", bg_help_rules},
};

/* Whether there is such a topic. */
static bool print_topic(const char *name, const char *language)
{
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        if (strcmp(topics[i].name, name) == 0) {
            topics[i].print(language);
            return true;
        }
    }
    return false;
}

static void print_overview(const char *language)
{
    puts(bg_in_language(language,
                        "baogan: budget simulator for county medical communities\n\n"
                        "usage: baogan VERB [OPTION…] [FILE…]\n",
                        "baogan：县域医共体医保包干预算模拟器\n\n"
                        "用法：baogan 子命令 [选项…] [文件…]\n"));
    for (size_t i = 0; i < bg_verb_count; i++) {
        const bg_verb *verb = &bg_verb_table[i];
        print_row(verb->name, verb->operands, 22, bg_in_language(language, verb->en, verb->zh));
    }
    puts(bg_in_language(language, "\nbaogan help VERB shows the options of a verb; further:",
                        "\nbaogan help 子命令 显示其选项；另有："));
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        print_row("help", topics[i].name, 22, bg_in_language(language, topics[i].en, topics[i].zh));
    }
    puts(bg_in_language(language, "\nExit status:", "\n退出码："));
    for (size_t i = 0; i < sizeof exit_codes / sizeof *exit_codes; i++) {
        printf("  %3d  %s\n", exit_codes[i].code,
               bg_in_language(language, exit_codes[i].en, exit_codes[i].zh));
    }
}

void bg_help_print(const bg_verb *verb, const char *language)
{
    if (!verb) {
        print_overview(language);
        return;
    }
    printf("%s baogan %s %s%s\n%s\n\n", bg_in_language(language, "usage:", "用法："), verb->name,
           bg_in_language(language, "[OPTION…] ", "[选项…] "), verb->operands,
           bg_in_language(language, verb->en, verb->zh));
    print_options(verb->options, language);
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        if (strcmp(examples[i].verb, verb->name) == 0) {
            printf("\n%s\n", bg_in_language(language, examples[i].en, examples[i].zh));
        }
    }
}

/* Text in troff: a backslash and a leading dot or quote would be commands, a hyphen-minus would
 * become a hyphen. */
static void print_troff(const char *text)
{
    for (const char *c = text; *c; c++) {
        if (*c == '-') {
            fputs("\\-", stdout);
        } else if (*c == '\\') {
            fputs("\\e", stdout);
        } else if (strncmp(c, "…", strlen("…")) == 0) {
            fputs("...", stdout);
            c += strlen("…") - 1;
        } else {
            putchar(*c);
        }
    }
}

static void print_troff_verb(const bg_verb *verb, const char *language)
{
    fputs(".SS baogan ", stdout);
    print_troff(verb->name);
    fputs(bg_in_language(language, " [\\fIoption\\fR...] ", " [\\fI选项\\fR...] "), stdout);
    print_troff(verb->operands);
    putchar('\n');
    print_troff(bg_in_language(language, verb->en, verb->zh));
    puts(bg_in_language(language, ".", "。"));
    for (int i = 0; i < BG_OPTION_COUNT; i++) {
        const bg_option *option = &bg_option_table[i];
        if (!(verb->options >> i & 1) || i == BG_OPTION_help) {
            continue;
        }
        fputs(".TP\n\\fB\\-\\-", stdout);
        print_troff(option->name);
        printf("\\fR \\fI%s\\fR\n", option->argument);
        print_troff(bg_in_language(language, option->en, option->zh));
        putchar('\n');
    }
}

static const char manual_head[] =
    ".SH NAME\nbaogan \\- budget simulator for county medical communities\n"
    ".SH SYNOPSIS\n.B baogan\n.I verb\n[\\fIoption\\fR...] [\\fIfile\\fR...]\n"
    ".SH DESCRIPTION\n"
    "A medical\\-insurance bureau pays a county's hospitals, township centres and village\n"
    "clinics one bundled sum a year.\n.B baogan\n"
    "computes that sum, settles a year to the fen, and simulates what care will cost, who\n"
    "gains, who pays, and how sure one can be.\n.PP\n"
    "Results go to standard output, messages to standard error. Reports are in English, or in\n"
    "Chinese where\n.B \\-\\-lang zh\nor the locale asks for it.\n.SH VERBS";

static const char manual_head_zh[] =
    ".SH 名称\nbaogan \\- 县域医共体医保包干预算模拟器\n"
    ".SH 用法\n.B baogan\n.I 子命令\n[\\fI选项\\fR...] [\\fI文件\\fR...]\n"
    ".SH 说明\n"
    "医保部门每年付给一个县的县级医院、乡镇卫生院和村卫生室一笔打包总额。\n.B baogan\n"
    "计算这笔总额，将一个年度清算到分，并模拟医疗费用会有多少、谁得益、谁承担、把握有多大。\n.PP\n"
    "结果写到标准输出，提示写到标准错误。给出\n.B \\-\\-lang zh\n"
    "或系统语言为中文时，报告为中文。\n.SH 子命令";

static void print_manual(const char *language)
{
    printf(".TH BAOGAN 1 \"\" \"baogan %s\" \"%s\"\n", BG_VERSION,
           bg_in_language(language, "User Commands", "用户命令"));
    puts(bg_in_language(language, manual_head, manual_head_zh));
    for (size_t i = 0; i < bg_verb_count; i++) {
        print_troff_verb(&bg_verb_table[i], language);
    }
    puts(bg_in_language(language, ".SH EXIT STATUS", ".SH 退出码"));
    for (size_t i = 0; i < sizeof exit_codes / sizeof *exit_codes; i++) {
        printf(".TP\n.B %d\n%s\n", exit_codes[i].code,
               bg_in_language(language, exit_codes[i].en, exit_codes[i].zh));
    }
    puts(bg_in_language(language, ".SH EXAMPLES", ".SH 示例"));
    puts(".nf\n"
         "baogan init county.yaml\n"
         "baogan check county.yaml\n"
         "baogan budget county.yaml \\-\\-explain\n"
         "baogan run county.yaml \\-\\-set budget.growth=5% \\-\\-lang zh\n"
         ".fi");
}

/* Words that complete an option's argument, in place of file names. */
static const struct {
    const char *option, *words;
} argument_words[] = {
    {"lang", "en zh"},
    {"chart", "dumb"},
    {"format", "text md json json-schema"},
};

static void print_completion(void)
{
    puts("# Completion of baogan for bash; made by `baogan help --completion`.\n"
         "_baogan() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} options=\n"
         "    COMPREPLY=()\n"
         "    case $previous in");
    for (size_t i = 0; i < sizeof argument_words / sizeof *argument_words; i++) {
        printf("    --%s) COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n",
               argument_words[i].option, argument_words[i].words);
    }
    fputs("    esac\n"
          "    if [ \"$COMP_CWORD\" = 1 ]; then\n"
          "        COMPREPLY=($(compgen -W '--help --version",
          stdout);
    for (size_t i = 0; i < bg_verb_count; i++) {
        printf(" %s", bg_verb_table[i].name);
    }
    puts("' -- \"$word\"))\n        return\n    fi\n    case ${COMP_WORDS[1]} in");
    for (size_t i = 0; i < bg_verb_count; i++) {
        printf("    %s) options='", bg_verb_table[i].name);
        for (int j = 0; j < BG_OPTION_COUNT; j++) {
            if (bg_verb_table[i].options >> j & 1) {
                printf(" --%s", bg_option_table[j].name);
            }
        }
        puts("' ;;");
    }
    puts("    esac\n"
         "    case $word in\n"
         "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
         "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
         "    esac\n"
         "}\n"
         "complete -o filenames -F _baogan baogan");
}

bg_status bg_verb_help(const bg_options *options, bg_errors *errors)
{
    if (options->man) {
        print_manual(options->lang);
        return BG_OK;
    }
    if (options->completion) {
        print_completion();
        return BG_OK;
    }
    const bg_verb *verb = NULL;
    if (options->operand_count == 1 && print_topic(options->operands[0], options->lang)) {
        return BG_OK;
    }
    if (options->operand_count == 1) {
        const char *hint = NULL;
        verb = bg_verb_find(options->operands[0], &hint);
        if (!verb) {
            return bg_verb_unknown(options->operands[0], hint, errors);
        }
    }
    bg_help_print(verb, options->lang);
    return BG_OK;
}
