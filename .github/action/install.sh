#!/usr/bin/env bash
# Puts Pressoir into a folder, and that folder on the path.
#
# In: FROM (`release` or `sources`), VERSION, TARGET, FOLDER, REPOSITORY. Out: version, binary.
set -euo pipefail

binary=$FOLDER/bin/pressoir
if [[ $RUNNER_OS == Windows ]]; then
  binary=$binary.exe
fi

fail() {
  echo "::error title=Pressoir::$1" >&2
  exit 3
}

# Writes what lies at an address to a file. Ends with 1 if nothing lies there.
fetch() {
  local status
  status=$(curl --silent --show-error --location --retry 3 --max-time 300 --proto '=https' --output "$2" --write-out '%{http_code}' "$1") ||
    fail "$1 cannot be fetched"
  case $status in
    200) return 0 ;;
    404) return 1 ;;
    *) fail "$1 cannot be fetched: the host answers $status" ;;
  esac
}

sum() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1; }

from_release() {
  local base="https://github.com/$REPOSITORY/releases/download/v$VERSION" archive="pressoir-$TARGET.tar.gz" wanted got work
  work=$(mktemp -d "$FOLDER/download.XXXXXX")
  fetch "$base/SHA256SUMS" "$work/SHA256SUMS" && fetch "$base/$archive" "$work/$archive" || return 1
  wanted=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$work/SHA256SUMS")
  got=$(sum "$work/$archive")
  if [[ -z $wanted || $wanted != "$got" ]]; then
    fail "$archive is not what its release says: its SHA-256 is $got, and should be ${wanted:-in SHA256SUMS}"
  fi
  # Seen from its own folder: a name with a colon would be one of another computer to tar.
  (cd "$work" && tar -xzf "$archive") || fail "$archive cannot be unpacked"
  mkdir -p "$FOLDER/bin"
  mv "$work/${binary##*/}" "$binary" || fail "$archive does not hold ${binary##*/}"
  rm -r "$work"
}

from_sources() {
  command -v cargo >/dev/null ||
    fail "there is no release of Pressoir $VERSION for $RUNNER_OS on $RUNNER_ARCH, and no Rust to build it with"
  local own
  own=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | head -n 1)
  if [[ $VERSION == "$own" ]]; then
    cargo install --locked --force --root "$FOLDER" --path "$GITHUB_ACTION_PATH"
  else
    cargo install --locked --force --root "$FOLDER" --git "https://github.com/$REPOSITORY" --tag "v$VERSION" pressoir
  fi
}

mkdir -p "$FOLDER"
if [[ -x $binary ]]; then
  echo "Pressoir was built before"
elif [[ $FROM == release ]]; then
  if ! from_release; then
    echo "::notice title=Pressoir::There is no release $VERSION for $TARGET (yet): it is built from its sources, which takes some minutes"
    from_sources
  fi
else
  from_sources
fi

version=$("$binary" --version)
echo "$FOLDER/bin" >>"$GITHUB_PATH"
{
  echo "version=${version#pressoir }"
  echo "binary=$binary"
} >>"$GITHUB_OUTPUT"
echo "$version"
