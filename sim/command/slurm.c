// NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): asks for realpath
#define _XOPEN_SOURCE 700
#include "command/slurm.h"

#include "base/say.h"
#include "report/label.h"

#include <baogan/file.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What both scripts name, with full paths. */
typedef struct names {
    char *program, *plan, *directory;
    int shards;
    const bg_options *options;
} names;

static bg_status find_names(names *self, const bg_folder *folder, const bg_options *options,
                            bg_errors *errors)
{
    *self = (names){.program = realpath("/proc/self/exe", NULL),
                    .plan = realpath(options->operands[0], NULL),
                    .directory = realpath(folder->path, NULL),
                    .shards = options->shards,
                    .options = options};
    return self->program && self->plan && self->directory
               ? BG_OK
               : bg_store_failed(
                     folder->path,
                     BG_BOTH(
                         "The full path of the program, the plan or this directory cannot be found",
                         "无法确定程序、计划或本目录的完整路径"),
                     errno, errors);
}

static void free_names(names *self)
{
    free(self->program);
    free(self->plan);
    free(self->directory);
}

/* A word that the shell takes as it is. */
static void write_quoted(FILE *stream, const char *word)
{
    fputc('\'', stream);
    for (const char *c = word; *c; c++) {
        fputs(*c == '\'' ? "'\\''" : (const char[]){*c, '\0'}, stream);
    }
    fputc('\'', stream);
}

/* baogan sweep PLAN --set … --out DIR */
static void write_command(FILE *stream, const names *self)
{
    write_quoted(stream, self->program);
    fputs(" sweep ", stream);
    write_quoted(stream, self->plan);
    for (size_t i = 0; i < self->options->set_count; i++) {
        fputs(" --set ", stream);
        write_quoted(stream, self->options->set[i]);
    }
    fputs(" --out ", stream);
    write_quoted(stream, self->directory);
}

static void write_array(FILE *stream, const names *self)
{
    fputs("#!/bin/sh\n"
          "#SBATCH --job-name=baogan --ntasks=1 --cpus-per-task=1 --requeue --signal=B:TERM@60\n",
          stream);
    fputs(
        bg_in_language(
            self->options->lang,
            "# One shard of a sweep, as a task of a job array. What a task has "
            "finished stays, whatever ends it.\n",
            "# 批量运行中的一份，作为作业数组的一个任务；无论任务因何结束，已完成的部分都保留。\n"),
        stream);
    fputs("exec ", stream);
    write_command(stream, self);
    fprintf(
        stream,
        " --quiet --threads \"${SLURM_CPUS_PER_TASK:-1}\" --shard \"$SLURM_ARRAY_TASK_ID/%d\"\n",
        self->shards);
}

static void write_driver_head(FILE *stream, const char *language)
{
    fputs("#!/bin/sh\n", stream);
    fputs(
        bg_in_language(
            language,
            "# Submits the shards that are missing until none is, then merges them. The files of "
            "rows are\n"
            "# the record, not the queue: Slurm requeues the tasks of a node that fails, but no "
            "task that\n"
            "# was killed, and forgets everything with its state.\n"
            "#\n"
            "#   driver.sh [ROUNDS]      10 rounds unless given; PAUSE seconds (10) between looks "
            "at the queue;\n"
            "#                           options of sbatch in SBATCH_*\n",
            "# 反复提交缺失的各份，直至齐全，然后合并。以结果文件为准，而非作业队列：节点故障时 "
            "Slurm 会\n"
            "# 重新排队，但被终止的任务不会；Slurm 的状态丢失后，队列也随之丢失。\n"
            "#\n"
            "#   driver.sh [轮数]        默认10轮；PAUSE 为查看队列的间隔秒数（10）；\n"
            "#                           sbatch 的选项写在 SBATCH_* 变量中\n"),
        stream);
}

static void write_driver(FILE *stream, const names *self)
{
    const char *language = self->options->lang;
    write_driver_head(stream, language);
    fputs("set -eu\n"
          "program=",
          stream);
    write_quoted(stream, self->program);
    fputs("\ndirectory=", stream);
    write_quoted(stream, self->directory);
    fprintf(stream, "\nshards=%d\n", self->shards);
    fputs("rounds=${1:-10}\n"
          "pause=${PAUSE:-10}\n"
          "\n"
          "missing() {\n"
          "    \"$program\" status \"$directory\" --shards \"$shards\" --quiet\n"
          "}\n"
          "\n",
          stream);
    fputs(
        bg_in_language(language,
                       "# Whether tasks of the job may still run. One that is held will not by "
                       "itself; while the\n"
                       "# controller is away, they may.\n",
                       "# 作业的任务是否还会运行：被挂起的不会自行运行；控制器不可用时视为会。\n"),
        stream);
    fputs("may_run() {\n"
          "    jobs=$(timeout 30 squeue -h -u \"$(id -un)\" -o '%F %r' 2>/dev/null) || return 0\n"
          "    echo \"$jobs\" | grep -iv held | grep -q \"^$1 \"\n"
          "}\n"
          "\n"
          "round=0\n"
          "while shards_missing=$(missing); [ -n \"$shards_missing\" ]; do\n"
          "    round=$((round + 1))\n"
          "    if [ $round -gt \"$rounds\" ]; then\n"
          "        echo \"",
          stream);
    fputs(bg_in_language(language, "still missing after $rounds rounds: $shards_missing",
                         "重试${rounds}轮后仍缺失：$shards_missing"),
          stream);
    fputs("\" >&2\n"
          "        exit 1\n"
          "    fi\n"
          "    echo \"",
          stream);
    fputs(bg_in_language(language, "round $round: shards $shards_missing",
                         "第${round}轮：提交第${shards_missing}份"),
          stream);
    fputs("\"\n"
          "    if ! job=$(sbatch --parsable --array=\"$shards_missing\" "
          "--output=\"$directory/log.%a\" \\\n"
          "        --open-mode=append --export=PATH,HOME \"$directory/array.sh\"); then\n"
          "        sleep \"$pause\"\n"
          "        continue\n"
          "    fi\n"
          "    while may_run \"${job%%;*}\"; do\n"
          "        sleep \"$pause\"\n"
          "    done\n"
          "    scancel \"${job%%;*}\" 2>/dev/null || true\n"
          "done\n"
          "exec \"$program\" merge \"$directory\" --store \"$directory/results.sqlite\"\n",
          stream);
}

static bg_status write_script(const names *self, const char *name,
                              void (*write)(FILE *stream, const names *self), bg_errors *errors)
{
    char *path = bg_path_join(self->directory, name);
    bg_output output;
    if (!path) {
        return bg_no_memory(errors);
    }
    bg_status status = bg_output_open(&output, path, errors);
    if (status == BG_OK) {
        write(output.stream, self);
        status =
            fchmod(fileno(output.stream), 0755) == 0
                ? bg_output_commit(&output, errors)
                : bg_store_failed(
                      path, BG_BOTH("The script cannot be made executable", "无法将脚本设为可执行"),
                      errno, errors);
        bg_output_discard(&output);
    }
    free(path);
    return status;
}

static void tell(const names *self)
{
    const char *language = self->options->lang;
    fprintf(
        stderr,
        bg_in_language(language, "On the cluster:    %s/driver.sh\n", "在集群上：%s/driver.sh\n"),
        self->directory);
    fputs(bg_in_language(language, "On one machine:    ", "在单机上："), stderr);
    fprintf(stderr, "parallel -q --joblog %s/joblog --resume-failed ", self->directory);
    write_command(stderr, self);
    fprintf(stderr, " --threads 1 --quiet --shard {}/%d ::: $(seq 0 %d)\n", self->shards,
            self->shards - 1);
}

bg_status bg_slurm_write(const bg_folder *folder, const bg_options *options, bg_errors *errors)
{
    names self;
    bg_status status = find_names(&self, folder, options, errors);
    status = status ? status : write_script(&self, "array.sh", write_array, errors);
    status = status ? status : write_script(&self, "driver.sh", write_driver, errors);
    if (status == BG_OK && !options->quiet) {
        tell(&self);
    }
    free_names(&self);
    return status;
}
