#!/bin/sh
# Random settlement plans against an interpreter in exact fractions; tests/verify takes many more.
exec python3 "$(dirname "$0")/../support/settle_plans.py" 20000
