#include "settled_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

settled_table *settled_table_new(const char *rule, const char *more, const char *rows,
                                 bool with_rejects)
{
    settled_table *self = calloc(1, sizeof *self);
    char text[2048];
    const int size = snprintf(text, sizeof text, "%s%s", rule, more);
    bg_errors_init(&self->errors);
    assert_int_equal(bg_scenario_parse(text, (size_t)size, "rule.yaml", NULL, NULL, 0,
                                       &self->scenario, &self->errors),
                     BG_OK);
    assert_int_equal(bg_plan_read(self->scenario, &self->plan, &self->errors), BG_OK);
    FILE *in = tmpfile();
    fputs(rows, in);
    rewind(in);
    self->table = (bg_table){
        .scenario = self->scenario,
        .plan = self->plan,
        .in = in,
        .name = "t.csv",
        .out = open_memstream(&self->out, &self->out_size),
        .rejects = with_rejects ? open_memstream(&self->rejects, &self->rejects_size) : NULL,
    };
    self->status = bg_table_settle(&self->table, &self->errors);
    fclose(in);
    fclose(self->table.out);
    if (with_rejects) {
        fclose(self->table.rejects);
    }
    return self;
}

void settled_table_free(settled_table *self)
{
    free(self->out);
    free(self->rejects);
    free(self->table.kept);
    free(self->table.dropped);
    bg_plan_free(self->plan);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
    free(self);
}
