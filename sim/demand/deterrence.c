#include "demand/deterrence.h"

#include "base/elementary.h"

double bg_deterred_log(double log_share)
{
    const double share = bg_exp(log_share);
    return bg_log(1 - (share < BG_MOST_DETERRED ? share : BG_MOST_DETERRED));
}
