#include "observed_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bg_observed observed_text(const char *csv)
{
    bg_observed data;
    bg_errors errors;
    char *copy = strdup(csv);
    FILE *stream = fmemopen(copy, strlen(copy), "r");
    bg_errors_init(&errors);
    assert_int_equal(bg_observed_read(stream, "d.csv", 100, &data, &errors), BG_OK);
    bg_errors_free(&errors);
    fclose(stream);
    free(copy);
    return data;
}
