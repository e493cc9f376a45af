#!/usr/bin/env bash
# Holds the workflows, the action and their scripts against GitHub's own reader and against ShellCheck: run.sh PROGRAM.
# What `pressoir init` writes is held, too, for each kind of folder.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
files=(action.yml .github/workflows/*.yml)
for lang in fr en; do
  for kind in new vuepress vitepress; do
    site=$work/$lang-$kind
    mkdir -p "$site"
    git init -q -b main "$site"
    if [ "$kind" != new ]; then
      mkdir -p "$site/docs/.$kind"
      echo '# Home' >"$site/docs/index.md"
      echo 'export default { title: "T" }' >"$site/docs/.$kind/config.js"
    fi
    (cd "$site" && "$program" init --lang "$lang" --pull-requests --action example/pressoir >/dev/null)
    files+=("$site"/.github/workflows/*.yml)
  done
done
node tests/workflows/lint.mjs "${files[@]}"
echo "${#files[@]} workflows and actions: nothing to mend"

shellcheck .github/action/*.sh .github/release/*.sh tests/run .ci/run "$0"
