#!/usr/bin/env bash
# Files that are made to fill a memory or to never end: each is rejected, or read without harm, within
# seconds and within a fixed amount of memory. Needs python3 and 2.5 GB of disk.
#
#   tests/bombs.sh [FOLDER FOR THE FILES]
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --locked --release --bin dateline
dateline="$PWD/target/release/dateline"
folder="$(mktemp -d "${1:-${TMPDIR:-/tmp}}/dateline-bombs.XXXXXX")"
trap 'rm -rf "$folder"' EXIT

# Address space of one run, in KiB, and its time, in seconds.
memory=1500000
seconds=20

python3 - "$folder" <<'PY'
import gzip, io, os, sys, zipfile

folder = sys.argv[1]
def path(name):
    return os.path.join(folder, name)

piece = b'{"title":"T","text":"' + b'word ' * 200_000
with open(path("line.json"), "wb") as file:
    file.write(b'[')
    for _ in range(1000):
        file.write(piece + b'"},')
    file.write(b'{}]')
with open(path("line.jsonl"), "wb") as file:
    for _ in range(1000):
        file.write(piece.replace(b'"},', b''))
    file.write(b'"}\n{"title":"After it","text":"It is read."}\n')
with gzip.open(path("line.json.gz"), "wb", 1) as file:
    for _ in range(1000):
        file.write(piece)

def packed(members):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, contents in members:
            zipped.writestr(name, contents)
    return archive.getvalue()
bomb = packed([(f"{n}.txt", b" " * (1 << 26)) for n in range(16)])
for level in range(5):
    bomb = packed([(f"{level}-{n}.zip", bomb) for n in range(16)])
open(path("nested.zip"), "wb").write(bomb)
with gzip.open(path("spaces.txt.gz"), "wb", 9) as file:
    for _ in range(256):
        file.write(b" " * (1 << 24))

laughs = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
for n in range(98, 123):
    laughs += f'<!ENTITY {chr(n)} "{f"&{chr(n - 1)};" * 10}">'
laughs += "]><rss><channel><item><title>&z;</title><description>&z;&z;</description></item></channel></rss>"
open(path("laughs.xml"), "w").write(laughs)
open(path("deep.html"), "w").write("<html><body>" + "<div>" * 10_000 + "<p>Text.</p>")
open(path("deep.xml"), "w").write("<rss><channel><item>" + "<a>" * 1_000_000)
open(path("braces.xml"), "w").write("<mediawiki><page><title>T</title><ns>0</ns><revision><text>" + "{{" * 3_000_000 + "</text></revision></page></mediawiki>")
open(path("quotes.csv"), "w").write("title,text\n" + 'T,"x\n' * 100_000)
open(path("attributes.xml"), "w").write("<rss " + " ".join(f'a{n}="x"' for n in range(500_000)) + "><channel><item><title>T</title></item></channel></rss>")
PY

failed=0
for file in "$folder"/*; do
    start="$(date +%s%N)"
    status=0
    (ulimit -v "$memory"; timeout "$seconds" "$dateline" read --json "$file" >"$folder.out" 2>&1) || status=$?
    elapsed=$((($(date +%s%N) - start) / 1000000))
    reason="$(grep -ao '"reason":"[^"]*' "$folder.out" | tail -1 | cut -c11-110 || true)"
    printf '%-16s %6s ms  exit %s  %s\n' "$(basename "$file")" "$elapsed" "$status" "$reason"
    case "$(basename "$file")" in
        laughs.xml|braces.xml|attributes.xml|quotes.csv) [ "$status" -le 1 ] || failed=1 ;;
        *) [ "$status" -eq 1 ] || failed=1 ;;
    esac
done
rm -f "$folder.out"
exit "$failed"
