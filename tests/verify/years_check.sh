#!/bin/sh
# 10,000 random contracts over several years (the suite takes 200) against an interpreter in exact fractions.
exec python3 "$(dirname "$0")/../support/settle_years.py" 10000 1000000
