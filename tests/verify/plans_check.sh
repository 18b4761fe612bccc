#!/bin/sh
# A million units of random settlement plans (the suite takes 20,000) against an interpreter in exact fractions.
exec python3 "$(dirname "$0")/../support/settle_plans.py" 1000000 1000000
