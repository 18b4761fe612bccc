#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

void check_close(double obtained, double expected, double tolerance, const char *what,
                 const char *file, int line)
{
    if (!(fabs(obtained - expected) <= tolerance)) {
        print_error("%s is %.17g, expected %.17g within %g\n", what, obtained, expected, tolerance);
        _fail(file, line);
    }
}
