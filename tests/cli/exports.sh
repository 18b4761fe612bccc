#!/bin/sh
# Random tables as bureaus and people write them, and damaged ones; tests/verify takes many more.
exec python3 "$(dirname "$0")/../support/exports.py" 500
