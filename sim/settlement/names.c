#include <baogan/settlement.h>

const char *const bg_settlement_input_names[BG_INPUT_COUNT] = {
#define INPUT(name) #name,
    BG_SETTLEMENT_INPUTS(INPUT)
#undef INPUT
};
const char *const bg_settlement_result_names[BG_RESULT_COUNT] = {
#define RESULT(name) #name,
    BG_SETTLEMENT_RESULTS(RESULT)
#undef RESULT
};
