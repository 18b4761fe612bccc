/* Any bytes as the CSV file of a history, in UTF-8 or GB18030. */
#include "table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_history("history.csv", data, size);
    return 0;
}
