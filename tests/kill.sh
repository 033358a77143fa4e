#!/usr/bin/env bash
# Kills `dateline index` with SIGKILL at random moments and checks after each that the index opens, is
# whole and has all that was committed, and at the end that it equals one that nobody disturbed.
#
#   tests/kill.sh [KILLS] [ARTICLES] [SEED]      default: 50 kills, 1500 articles, a new seed
set -euo pipefail
cd "$(dirname "$0")/.."
export DATELINE_KILLS="${1:-50}" DATELINE_KILL_ARTICLES="${2:-1500}" DATELINE_KILL_SEED="${3:-$RANDOM}"
cargo test --locked --test it -- --exact kill::a_kill_costs_nothing_that_was_committed --nocapture
