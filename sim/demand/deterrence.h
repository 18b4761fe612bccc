/* What audits deter: who has to give money back claims less in the year after. README.md, "What measures deter". */
#ifndef BAOGAN_DEMAND_DETERRENCE
#define BAOGAN_DEMAND_DETERRENCE

/* No more than this share of the cases is deterred. */
#define BG_MOST_DETERRED 0.5

/* The logarithm of the share of cases that is left, of that of the share that is deterred. */
double bg_deterred_log(double log_share);

#endif
