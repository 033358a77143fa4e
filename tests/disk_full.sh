#!/usr/bin/env bash
# Fills the disk under an index while it grows, at one moment and then at random ones: the message has to be clear, the
# exit code 2, the index as it was at its last commit, and the next run with room has to complete.
#
#   tests/disk_full.sh [ROUNDS] [SEED]      default: 3 random rounds, a new seed
#
# Needs a small file system of its own, so it has to be root; says so and ends well where it is not.
set -euo pipefail
cd "$(dirname "$0")/.."

n_rounds="${1:-3}" seed="${2:-$RANDOM}"
RANDOM="$seed"
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

n_more=3000
# Many more articles, and almost no room: one line of the wire, again and again under other titles.
line="$(sed -n 17p corpus/jsonl/wire.jsonl)"
for number in $(seq "$n_more"); do
    printf '%s\n' "${line/\"headline\": \"/\"headline\": \"Number $number: }"
done | sed 's/"id": "[^"]*", //' >"$corpus/news/many.jsonl"
# Leaves so many kB of room.
fill_up() {
    local free_kb
    free_kb="$(df -k --output=avail "$disk" | tail -1)"
    head -c "$(((free_kb - $1) * 1024))" /dev/zero >"$disk/filler"
}
cp -r "$index" "$corpus/index"

# Indexes with so many kB of room and a commit every so many articles, then with room. Sets `code`, the exit code of the
# first run.
fill_and_mend() {
    local what="$1 kB of room, a commit every $2 articles" after final
    rm -rf "$index"
    cp -r "$corpus/index" "$index"
    fill_up "$1"
    code=0
    "$dateline" index --index "$index" --commit-every "$2" "$corpus/news" >"$corpus/stdout" 2>"$corpus/stderr" || code=$?
    case "$code" in
    0) ;;
    # The articles are in, and what was looked for beside is not.
    1) grep -qi "the articles are in.*no space left" "$corpus/stderr" || fail "$what: $(cat "$corpus/stderr")" ;;
    2) grep -q "no space left" "$corpus/stderr" || fail "$what: the message does not say that the disk is full$(echo; cat "$corpus/stderr")" ;;
    *) fail "$what: exit code $code$(echo; cat "$corpus/stderr")" ;;
    esac
    ! grep -q "panicked" "$corpus/stderr" || fail "$what: it panicked"
    expect_code 0 "$dateline" verify --index "$index"
    after="$("$dateline" search --count --index "$index" '')"
    [ "$after" -ge "$before" ] || fail "$what: $after articles are left of $before"
    expect_code 0 "$dateline" search --index "$index" 'prisoners>=300'
    rm "$disk/filler"
    expect_code 0 "$dateline" index --quiet --index "$index" "$corpus/news"
    expect_code 0 "$dateline" verify --index "$index"
    final="$("$dateline" search --count --index "$index" '')"
    [ "$final" = "$((before + n_more))" ] || fail "$what: $final articles at the end, expected $((before + n_more))"
    echo "$what: exit code $code, $after articles, whole; with room $final"
}

fill_and_mend 600 1000
[ "$code" = 2 ] || fail "the disk was not full"

# From no room at all to as much as the whole run takes.
most_kb="$(du -sk "$index" | cut -f1)"
n_full=0
for _ in $(seq "$n_rounds"); do
    fill_and_mend "$((RANDOM * most_kb / 32768))" "$((100 + RANDOM % 2000))"
    [ "$code" = 0 ] || n_full="$((n_full + 1))"
done
echo "seed $seed: $n_rounds random moments, the disk was full at $n_full: nothing committed was lost"
