#!/usr/bin/env bash
# Drops, changes, renames, deletes and moves files in bursts while `dateline watch` runs; the index then has to
# answer like a fresh one. Kills `watch` at random moments, too.
#
#   tests/watch.sh [FILES] [KILLS]      default: 10,000 files, 20 kills
set -euo pipefail
cd "$(dirname "$0")/.."
export DATELINE_WATCH_FILES="${1:-10000}" DATELINE_WATCH_KILLS="${2:-20}"
cargo test --locked --test it -- watch:: --nocapture
