#!/usr/bin/env bash
# Runs fuzz targets one after the other, and says what it came to. What was found worth keeping lies in
# `target/fuzz/TARGET`, so that a run goes on where the last one ended; findings lie in `target/fuzz/found`.
# Seconds are what a target had of the processor, so that a busy machine counts nothing that was not done.
#
#   tests/fuzz.sh [SECONDS] [TARGET...]      default: 60 seconds for each target
#   tests/fuzz.sh sum                        what all runs so far came to
#
# Needs `cargo install cargo-fuzz`. `DATELINE_FUZZ_BUILT=1` takes the targets as they were built last.
set -euo pipefail
cd "$(dirname "$0")/.."
log=target/fuzz/log.tsv
mkdir -p target/fuzz/found

sum() {
    printf '%-12s %8s %12s %8s %8s %8s %6s\n' target seconds executions edges seeds peak_mb found
    awk -F'\t' '{ s[$1] += $2; x[$1] += $3; if ($4 > e[$1]) e[$1] = $4; c[$1] = $5; if ($6 > m[$1]) m[$1] = $6; f[$1] += $7 }
        END { for (t in s) printf "%-12s %8d %12d %8d %8d %8d %6d\n", t, s[t], x[t], e[t], c[t], m[t], f[t] }' "$log" | sort
    awk -F'\t' '{ s += $2; x += $3; f += $7 } END { printf "%-12s %8d %12d %26s %6d\n", "all", s, x, "", f }' "$log"
}

if [ "${1:-}" = sum ]; then
    sum
    exit
fi
seconds="${1:-60}"
shift || true
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for file in tests/fuzz/fuzz_targets/*.rs; do targets+=("$(basename "$file" .rs)"); done
fi
if [ -z "${DATELINE_FUZZ_BUILT:-}" ]; then
    RUSTC_BOOTSTRAP=1 cargo fuzz build --fuzz-dir tests/fuzz
fi
# Where a target starts: articles of its kind.
seeds() {
    case "$1" in
    feed | html | json | jsonl | markdown | text | email) ls -d corpus/"${1/email/mail}" corpus/"${1/feed/feeds}" 2>/dev/null || true ;;
    newsml | ninjs | sgml) echo corpus/agency ;;
    table) echo corpus/tables ;;
    extractor | date) echo corpus/text ;;
    esac
}
status=0
TIMEFORMAT='%U %S'
for target in "${targets[@]}"; do
    program=(tests/fuzz/target/*/release/"$target")
    kept="target/fuzz/$target"
    mkdir -p "$kept"
    found=0
    # shellcheck disable=SC2046
    { time "${program[0]}" -max_total_time="$seconds" -rss_limit_mb=2500 -timeout=60 -print_final_stats=1 \
        -artifact_prefix=target/fuzz/found/"$target"- "$kept" $(seeds "$target") >"$kept.log" 2>&1; } 2>"$kept.time" || found=1
    edges=$(grep -o 'cov: [0-9]*' "$kept.log" | tail -1 | cut -d' ' -f2 || true)
    runs=$(grep -o 'number_of_executed_units: [0-9]*' "$kept.log" | cut -d' ' -f2 || true)
    peak=$(grep -o 'peak_rss_mb: *[0-9]*' "$kept.log" | grep -o '[0-9]*$' || true)
    took=$(awk '{ printf "%d", $1 + $2 }' "$kept.time")
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$target" "${took:-0}" "${runs:-0}" "${edges:-0}" "$(find "$kept" -type f | wc -l)" \
        "${peak:-0}" "$found" >>"$log"
    if [ "$found" = 1 ]; then
        echo "$target: found something, see $kept.log and target/fuzz/found" >&2
        status=1
    fi
done
sum
exit $status
