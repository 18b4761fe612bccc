#ifndef BAOGAN_VERSION_H
#define BAOGAN_VERSION_H

#define BG_VERSION         "0.2.0"
#define BG_SCENARIO_SCHEMA 1 /* version of the scenario format */
#define BG_RESULT_SCHEMA   1 /* version of JSON results and CSV tables; grows only by addition */

#endif
