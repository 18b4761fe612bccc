#include "base/columns.h"

static int64_t common_factor(int64_t a, int64_t b)
{
    while (b) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

bg_weights bg_weights_of(const int64_t *weight, size_t count)
{
    bg_weights self = {.count = count, .equal = true};
    int64_t factor = 0;
    for (size_t k = 0; k < count; k++) {
        factor = common_factor(weight[k], factor);
        self.equal = self.equal && weight[k] == weight[0];
    }
    factor = factor > 0 ? factor : 1;
    for (size_t k = 0; k < count; k++) {
        self.weight[k] = weight[k] / factor;
        self.sum += self.weight[k];
    }
    return self;
}
