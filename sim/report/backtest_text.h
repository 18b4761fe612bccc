/* What a back-test says, for people. */
#ifndef BAOGAN_REPORT_BACKTEST_TEXT
#define BAOGAN_REPORT_BACKTEST_TEXT

#include "format/document.h"
#include "study/backtest.h"

bg_status bg_backtest_say(const bg_backtest *self, bg_document *page, bg_errors *errors);

#endif
