#!/usr/bin/env bash
# Packs a program that was built for a target: pack.sh TARGET FOLDER. The archive holds the program, the licence and the README.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=$1
folder=$2
name=pressoir
if [[ $target == *windows* ]]; then
  name=pressoir.exe
fi
work=$(mktemp -d)
cp "target/$target/release/$name" LICENSE README.md "$work"
mkdir -p "$folder"
# Named from here: a name with a colon would be one of another computer to tar.
tar -czf "$folder/pressoir-$target.tar.gz" -C "$work" "$name" LICENSE README.md
rm -r "$work"
