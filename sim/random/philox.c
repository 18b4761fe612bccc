#include "random/philox.h"

#include <Random123/philox.h>

void bg_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t output[4])
{
    const philox4x32_ctr_t block = {{counter[0], counter[1], counter[2], counter[3]}};
    const philox4x32_key_t keys = {{key[0], key[1]}};
    const philox4x32_ctr_t words = philox4x32_R(10, block, keys);
    for (int i = 0; i < 4; i++) {
        output[i] = words.v[i];
    }
}
