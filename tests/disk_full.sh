#!/usr/bin/env bash
# Fills the disk under an index while it grows: the message has to be clear, the exit code 2, the index
# as it was at its last commit, and the next run with room has to complete.
#
# Needs a small file system of its own, so it has to be root; says so and ends well where it is not.
set -euo pipefail
cd "$(dirname "$0")/.."

disk="$(mktemp -d)"
corpus="$(mktemp -d)"
tidy_up() {
    umount "$disk" 2>/dev/null || true
    rm -rf "$disk" "$corpus"
}
trap tidy_up EXIT
if ! mount -t tmpfs -o size=48m dateline-test "$disk" 2>/dev/null; then
    echo "SKIPPED: a small file system can't be mounted here (this needs root)"
    exit 0
fi

cargo build --quiet --locked
dateline="$PWD/target/debug/dateline"
fail() {
    echo "FAILED: $*"
    exit 1
}
expect_code() {
    local expected="$1" actual=0
    shift
    "$@" >"$corpus/stdout" 2>"$corpus/stderr" || actual=$?
    [ "$actual" = "$expected" ] || fail "exit code $actual, expected $expected: $*$(echo; cat "$corpus/stderr")"
}

index="$disk/index"
cp -r corpus "$corpus/news"
expect_code 0 "$dateline" index --quiet --index "$index" "$corpus/news"
before="$("$dateline" search --count --index "$index" '')"
echo "an index of $before articles: $(du -sk "$index" | cut -f1) kB"

# Many more articles, and almost no room: one line of the wire, again and again under other titles.
line="$(sed -n 17p corpus/jsonl/wire.jsonl)"
for number in $(seq 20000); do
    printf '%s\n' "${line/\"headline\": \"/\"headline\": \"Number $number: }"
done | sed 's/"id": "[^"]*", //' >"$corpus/news/many.jsonl"
room_kb=2000
free_kb="$(df -k --output=avail "$disk" | tail -1)"
head -c "$(((free_kb - room_kb) * 1024))" /dev/zero >"$disk/filler"

expect_code 2 "$dateline" index --index "$index" --commit-every 1000 "$corpus/news"
cat "$corpus/stderr"
grep -q "no space left" "$corpus/stderr" || fail "the message does not say that the disk is full"
! grep -q "panicked" "$corpus/stderr" || fail "it panicked"
expect_code 0 "$dateline" verify --index "$index"
after="$("$dateline" search --count --index "$index" '')"
[ "$after" -ge "$before" ] || fail "$after articles are left of $before"
expect_code 0 "$dateline" search --index "$index" 'prisoners>=300'
echo "disk full: a clear message, exit code 2, $after articles found, index whole"

rm "$disk/filler"
expect_code 0 "$dateline" index --quiet --index "$index" "$corpus/news"
expect_code 0 "$dateline" verify --index "$index"
final="$("$dateline" search --count --index "$index" '')"
[ "$final" = "$((before + 20000))" ] || fail "$final articles at the end, expected $((before + 20000))"
echo "with room: $final articles, index whole"
