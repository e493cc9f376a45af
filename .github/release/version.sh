#!/usr/bin/env bash
# Holds a tag against the version in Cargo.toml and against the changelog: version.sh v0.1.0. Prints what the changelog says of it.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
if [[ $1 != "v$version" ]]; then
  echo "::error::the tag is $1, and Cargo.toml says $version" >&2
  exit 1
fi
notes=$(awk -v version="$version" '
  /^## / { inside = index($2, version) == 1 || $2 == "[" version "]"; next }
  inside { print }
' CHANGELOG.md)
if [[ -z ${notes//[[:space:]]/} ]]; then
  echo "::error::CHANGELOG.md says nothing of $version" >&2
  exit 1
fi
echo "$notes"
