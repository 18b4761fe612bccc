#!/bin/sh
# The kill test of sweeps at fifty random moments.
KILLS=50 exec sh "$(dirname "$0")/../cli/sweep_kill.sh"
