#!/bin/sh
# 5,000 random tables and as many damaged ones (the suite takes 500 of each): what is accepted means what it means.
exec python3 "$(dirname "$0")/../support/exports.py" 5000 100000
