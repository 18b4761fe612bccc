#!/bin/sh
# Random contracts over several years against an interpreter in exact fractions that shares nothing with the program.
exec python3 "$(dirname "$0")/../support/settle_years.py" 200
