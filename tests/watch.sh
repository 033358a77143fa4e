#!/usr/bin/env bash
# 10,000 files are dropped, changed, renamed and deleted in bursts while `dateline watch` runs; the index then
# has to answer like a fresh one.
#
#   tests/watch.sh [DATELINE] [FILES]
set -euo pipefail

dateline=$(realpath "${1:-target/release/dateline}")
n_files=${2:-10000}
work=$(mktemp -d)
trap 'kill "$watch" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
mkdir news

story() { # NUMBER EDITION FILE
    printf 'Report %s of the harbour\n\nThe crew of boat %s landed %s tonnes of cod in Larvik, edition %s, said Kari Holm.\n' \
        "$1" "$1" "$(($1 % 97))" "$2" > "$3"
}

"$dateline" watch --json news > told.jsonl 2> told.err &
watch=$!
until grep -q '"watching"' told.jsonl; do sleep 0.1; done

started=$SECONDS
echo "dropping $n_files files"
for ((n = 0; n < n_files; n++)); do
    folder=news/$((n / 500))
    ((n % 500)) || mkdir -p "$folder"
    story "$n" 1 "$folder/$n.txt"
done
echo "changing, renaming, deleting and moving in bursts"
for ((n = 0; n < n_files; n += 4)); do story "$n" 2 "news/$((n / 500))/$n.txt"; done
for ((n = 1; n < n_files; n += 4)); do mv "news/$((n / 500))/$n.txt" "news/$((n / 500))/moved-$n.txt"; done
sleep 1
for ((n = 2; n < n_files; n += 4)); do rm "news/$((n / 500))/$n.txt"; done
for ((folder = 0; folder < n_files / 500; folder += 5)); do mv "news/$folder" "news/elsewhere-$folder"; done
for ((folder = 1; folder < n_files / 500; folder += 7)); do rm -rf "news/$folder"; done
story 123456 1 news/last.txt
written=$SECONDS
until [ "$("$dateline" search --count 'path:last.txt' || true)" = 1 ]; do sleep 0.2; done
echo "in line $((SECONDS - written)) s after the last change, $((SECONDS - started)) s after the first"
kill -INT "$watch"
wait "$watch"

"$dateline" index --quiet --index fresh news
for question in 'search --json --collapse -n 20000 --snippets 0' 'export --origins' 'people --json -n 1000' 'status --json'; do
    for index in index fresh; do
        # Times and sizes on disk may differ, articles may not.
        # shellcheck disable=SC2086
        "$dateline" $question --index "$index" \
            | sed -E 's/"(elapsed_ms|size_bytes|segments|deleted_documents)":[0-9]+/"\1":0/g' > "$index.out"
    done
    cmp index.out fresh.out || { echo "FAILED: $question differs"; exit 1; }
done
"$dateline" verify
reports=$(grep -c '"report"' told.jsonl)
echo "equal to a fresh index: $("$dateline" search --count '') articles, brought in line $reports times"
