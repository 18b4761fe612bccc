/* Any bytes as the workbook of a history: most are no workbook at all, some are damaged ones. */
#include "table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_history("history.xlsx", data, size);
    return 0;
}
