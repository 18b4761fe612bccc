/* The budgets on the central path of demand. */
#ifndef BAOGAN_PROJECTION_BUDGETS
#define BAOGAN_PROJECTION_BUDGETS

#include "contract/budgets.h"

#include <baogan/area_model.h>

/* The budgets of a community for itself. Free with bg_budgets_free whatever the outcome. */
bg_status bg_model_budgets(const bg_model *model, bg_budgets *budgets, bg_errors *errors);
/* Those of the communities of an area, budgets[0 … area.count - 1], within the limit over all of them. */
bg_status bg_area_model_budgets(const bg_area_model *model, bg_budgets *budgets, bg_errors *errors);

#endif
