// NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): for realpath
#define _XOPEN_SOURCE 700
#include "command/pdf.h"

#include "base/process.h"
#include "base/text.h"
#include "command/messages.h"
#include "command/run_directory.h"

#include <baogan/file.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECONDS = 60, LARGEST_PDF = 256 << 20, MESSAGE_ROOM = 2048 };

char *bg_pdf_name(const char *html)
{
    static const char ending[] = ".html";
    const size_t length = strlen(html), tail = sizeof ending - 1;
    const bool ends = length > tail && strcmp(html + length - tail, ending) == 0;
    return bg_text_format("%.*s.pdf", (int)(ends ? length - tail : length), html);
}

/* "file:///home/…", whatever is in the path. */
static char *address_of(const char *path)
{
    char *whole = realpath(path, NULL);
    bg_text text = {0};
    bg_text_add(&text, "file://");
    for (const char *c = whole ? whole : ""; *c; c++) {
        const bool plain = isalnum((unsigned char)*c) || strchr("/._-~", *c);
        bg_text_add(&text, plain ? "%c" : "%%%02X", (unsigned char)*c);
    }
    free(whole);
    return bg_text_take(&text);
}

/* What is to be said where there is no PDF. */
static void warn(bg_process_end end, const char *pdf, bg_errors *errors)
{
    if (end == BG_PROCESS_MISSING) {
        bg_errors_advise(errors, (bg_mark){.file = pdf}, NULL, BG_SAY(pdf_without_chromium));
    } else if (end == BG_PROCESS_TIMED_OUT) {
        bg_errors_advise(errors, (bg_mark){.file = pdf}, NULL, BG_SAY(pdf_timed_out), SECONDS);
    } else if (end != BG_PROCESS_STOPPED) {
        bg_errors_advise(errors, (bg_mark){.file = pdf}, NULL, BG_SAY(pdf_not_printed));
    }
}

/* Chromium's sandbox does not work for root. */
static bg_process_end run_chromium(const char *address, const char *work, const char *page,
                                   const volatile int *stop)
{
    char *profile = bg_text_format("--user-data-dir=%s/profile", work);
    char *target = bg_text_format("--print-to-pdf=%s", page);
    char messages[MESSAGE_ROOM];
    const char *const arguments[] = {"chromium",
                                     "--headless",
                                     "--disable-gpu",
                                     "--no-first-run",
                                     "--disable-extensions",
                                     "--no-pdf-header-footer",
                                     profile,
                                     target,
                                     address,
                                     geteuid() == 0 ? "--no-sandbox" : NULL,
                                     NULL};
    const bg_process chromium = {.arguments = arguments, .seconds = SECONDS, .stop = stop};
    const bg_process_end end = profile && target && address
                                   ? bg_process_run(&chromium, messages, sizeof messages)
                                   : BG_PROCESS_ERROR;
    free(profile);
    free(target);
    return end;
}

/* Under its name, unless there is a file of it by now. */
static bg_status keep(const char *page, const char *pdf, bg_errors *errors)
{
    char *data = NULL;
    size_t size = 0;
    bg_output output;
    bg_status status = bg_file_read(page, LARGEST_PDF, &data, &size, errors);
    status = status ? status : bg_output_open(&output, pdf, errors);
    if (!status) {
        fwrite(data, 1, size, output.stream);
        status = bg_output_commit(&output, errors);
        bg_output_discard(&output);
    }
    free(data);
    return status;
}

static bg_status print_in(const char *work, const char *html, const char *pdf,
                          const volatile int *stop, bg_errors *errors)
{
    char *page = bg_text_format("%s/page.pdf", work);
    char *address = address_of(html);
    bg_status status = page && address ? BG_OK : bg_no_memory(errors);
    if (!status) {
        const bg_process_end end = run_chromium(address, work, page, stop);
        if (end == BG_PROCESS_DONE && access(page, R_OK) == 0) {
            status = keep(page, pdf, errors);
        } else {
            warn(end, pdf, errors);
        }
    }
    free(address);
    free(page);
    return status;
}

bg_status bg_pdf_print(const char *html, const volatile int *stop, bg_errors *errors)
{
    char *pdf = bg_pdf_name(html);
    char *final = pdf ? bg_text_format("%s.printing", pdf) : NULL;
    bg_run_directory work = {0};
    bg_status status =
        final ? bg_run_directory_open(&work, final, html, errors) : bg_no_memory(errors);
    char *whole = status ? NULL : realpath(work.temporary, NULL);
    if (!status) {
        status = whole ? print_in(whole, html, pdf, stop, errors) : bg_no_memory(errors);
    }
    bg_run_directory_discard(&work);
    free(whole);
    free(final);
    free(pdf);
    return status;
}
