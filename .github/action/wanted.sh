#!/usr/bin/env bash
# Which Pressoir is wanted, and where it comes from: a release, or the sources of this action.
#
# In: VERSION (may be empty), REF and REPOSITORY of this action (empty where it is used from its own repository).
# Out: from, version, target, repository, folder, key.
set -euo pipefail

manifest="$GITHUB_ACTION_PATH/Cargo.toml"
own=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$manifest" | head -n 1)
version=${VERSION#v}
version=${version:-$own}
if ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then
  echo "::error title=Pressoir::\`$VERSION\` is no version: it is written like 0.1.0" >&2
  exit 2
fi

# Runners put actions at .../_actions/OWNER/NAME/REF. Where GitHub does not say what it used, that does.
path=${GITHUB_ACTION_PATH//\\//}
if [[ -z ${REPOSITORY:-} && $path =~ /_actions/([^/]+/[^/]+)/(.+)$ ]]; then
  REPOSITORY=${BASH_REMATCH[1]}
  REF=${BASH_REMATCH[2]}
fi

case "$RUNNER_OS-$RUNNER_ARCH" in
  Linux-X64) target=x86_64-unknown-linux-gnu ;;
  Linux-ARM64) target=aarch64-unknown-linux-gnu ;;
  macOS-X64) target=x86_64-apple-darwin ;;
  macOS-ARM64) target=aarch64-apple-darwin ;;
  Windows-X64 | Windows-ARM64) target=x86_64-pc-windows-msvc ;;
  *) target="" ;;
esac

# The commit that a branch, a tag or a commit of the repository is.
commit() {
  if [[ $1 =~ ^[0-9a-f]{40}$ ]]; then
    echo "$1"
  else
    # A tag with a message of its own is followed to its commit, which is listed last.
    git ls-remote "https://github.com/$REPOSITORY" "refs/heads/$1" "refs/tags/$1" "refs/tags/$1^{}" | tail -n 1 | cut -f 1
  fi
}

# A release is taken where a version is asked for, or this action is one. A branch that went on since is built from its sources.
from=sources
if [[ -n $target && -n ${REPOSITORY:-} ]]; then
  if [[ -n ${VERSION:-} || ${REF:-} == "v$own" ]]; then
    from=release
  elif [[ -n ${REF:-} ]]; then
    used=$(commit "$REF" || true)
    released=$(commit "v$own" || true)
    if [[ -n $used && $used == "$released" ]]; then
      from=release
    fi
  fi
fi

# What is built from sources can be used again as long as these are the same.
sum() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }
key=pressoir-$version-$target
if [[ $from == sources ]]; then
  files=(Cargo.toml Cargo.lock src themes content/reference content/en/reference)
  digest=$(cd "$GITHUB_ACTION_PATH" && find "${files[@]}" -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 cat | sum | cut -c 1-32)
  key=pressoir-$RUNNER_OS-$RUNNER_ARCH-$digest
fi

folder=${RUNNER_TEMP//\\//}/pressoir
{
  echo "from=$from"
  echo "version=$version"
  echo "target=$target"
  echo "repository=${REPOSITORY:-}"
  echo "folder=$folder"
  echo "key=$key"
} >>"$GITHUB_OUTPUT"
echo "Pressoir $version from $from"
