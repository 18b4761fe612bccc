#include "study/correlation.h"

#include "base/special.h"
#include "base/text.h"
#include "study/messages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846

/* What is being read. */
typedef struct reader {
    const bg_axis *axis;
    bg_correlation *correlation;
    bg_errors *errors;
} reader;

static bg_status refuse_form(const reader *self, const bg_node *at)
{
    return bg_errors_say(self->errors, BG_INVALID, at->mark, at->path, BG_SAY(correlation_form));
}

/* ---- texts ---- */

/* Without the spaces around it. New string; NULL when out of memory. */
static char *trimmed(const char *text, size_t length)
{
    while (length > 0 && *text == ' ') {
        text++;
        length--;
    }
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    return bg_text_format("%.*s", (int)length, text);
}

static bool find_axis(const reader *self, const char *name, size_t *axis)
{
    for (*axis = 0; *axis < self->correlation->axes; ++*axis) {
        if (strcmp(self->axis[*axis].name, name) == 0) {
            return !self->axis[*axis].of_policy;
        }
    }
    return false;
}

/* The sine of an angle up to 1, by its series. */
static double sine(double x)
{
    double term = x, sum = x;
    for (int k = 2; k < 20; k += 2) {
        term *= -x * x / (k * (k + 1));
        sum += term;
    }
    return sum;
}

static bg_status note(const reader *self, const bg_node *node, size_t a, size_t b, double ranks)
{
    const size_t axes = self->correlation->axes;
    double *matrix = self->correlation->factor;
    if (a == b || fabs(matrix[a * axes + b]) > 0 || !(fabs(ranks) < 1)) {
        return refuse_form(self, node);
    }
    matrix[a * axes + b] = matrix[b * axes + a] = 2 * sine(PI * ranks / 6);
    return BG_OK;
}

/* "growth ~ trend = 0.6" */
static bg_status read_pair(const reader *self, const bg_node *node)
{
    const char *with = strchr(node->text, '~'), *equals = strchr(node->text, '=');
    if (!with || !equals || equals < with) {
        return refuse_form(self, node);
    }
    char *first = trimmed(node->text, (size_t)(with - node->text));
    char *second = trimmed(with + 1, (size_t)(equals - with - 1));
    char *number = trimmed(equals + 1, strlen(equals + 1));
    size_t a = 0, b = 0;
    bg_decimal ranks = 0;
    bg_status status = first && second && number ? BG_OK : bg_no_memory(self->errors);
    if (!status && find_axis(self, first, &a) && find_axis(self, second, &b) &&
        bg_decimal_parse(number, false, &ranks) == BG_OK) {
        status = note(self, node, a, b, (double)ranks / (double)BG_ONE);
    } else if (!status) {
        status = refuse_form(self, node);
    }
    free(first);
    free(second);
    free(number);
    return status;
}

/* ---- the factor ---- */

/* Cholesky's, in place of the lower half; false where the matrix is not positive definite. */
static bool factorise(double *matrix, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            double sum = matrix[i * n + j];
            for (size_t k = 0; k < j; k++) {
                sum -= matrix[i * n + k] * matrix[j * n + k];
            }
            if (i == j && !(sum > 1e-12)) {
                return false;
            }
            matrix[i * n + j] = i == j ? sqrt(sum) : sum / matrix[j * n + j];
        }
    }
    return true;
}

bg_status bg_correlation_read(const bg_node *correlations, const bg_axis *axis, size_t axes,
                              bg_correlation *self, bg_errors *errors)
{
    *self = (bg_correlation){.axes = axes};
    if (bg_node_count(correlations) == 0) {
        return BG_OK;
    }
    self->factor = calloc(axes * axes + 1, sizeof *self->factor);
    if (!self->factor) {
        return bg_no_memory(errors);
    }
    for (size_t i = 0; i < axes; i++) {
        self->factor[i * axes + i] = 1;
    }
    const reader read = {axis, self, errors};
    bg_status status = BG_OK;
    for (const bg_node *node = correlations->child; node; node = node->next) {
        bg_first(&status, read_pair(&read, node));
    }
    return status || factorise(self->factor, axes)
               ? status
               : bg_errors_say(errors, BG_INVALID, correlations->mark, correlations->path,
                               BG_SAY(correlations_contradict));
}

void bg_correlation_free(bg_correlation *self)
{
    free(self->factor);
    *self = (bg_correlation){0};
}

/* ---- points ---- */

static bool follows(const bg_correlation *self, size_t axis)
{
    bool any = false;
    for (size_t j = 0; j < axis; j++) {
        any = any || fabs(self->factor[axis * self->axes + j]) > 0;
    }
    return any;
}

void bg_correlation_apply(const bg_correlation *self, double u[])
{
    if (!self->factor) {
        return;
    }
    /* From the last one down, so that those before are still independent. */
    for (size_t i = self->axes; i-- > 0;) {
        double z = 0;
        for (size_t j = 0; j <= i && follows(self, i); j++) {
            const double weight = self->factor[i * self->axes + j];
            z += fabs(weight) > 0 ? weight * bg_normal_quantile(u[j]) : 0;
        }
        if (follows(self, i)) {
            const double share = bg_normal_below(z);
            u[i] = fmin(fmax(share, 0x1p-54), 1 - 0x1p-53);
        }
    }
}
