#!/usr/bin/env bash
# Writes what was found as a comment on the pull request, in place of its last one. Where the token may not, it says so and goes on.
#
# In: GH_TOKEN, NUMBER, FOLDER, REPORT (a file in Markdown), PREVIEW (an address, may be empty).
set -euo pipefail

# By this it is known again. Each site of a repository has a comment of its own.
mark="<!-- pressoir: $FOLDER -->"
body=${RUNNER_TEMP//\\//}/pressoir-comment.md
{
  echo "$mark"
  echo "### Documentation"
  echo
  cat "$REPORT"
  if [[ -n ${PREVIEW:-} ]]; then
    echo
    echo "[Download the site as it would be]($PREVIEW), unpack it, and open \`index.html\`."
  fi
} >"$body"

refused() {
  echo "::notice title=No comment::The token may not comment on this pull request, as in one from a fork; the summary of this run says the same"
  exit 0
}

comments=repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments
# The mark is looked for here and not by jq, so that a folder can have any name.
known=$(gh api --paginate "$comments" --jq '.[] | select(.user.type == "Bot") | "\(.id)\t\(.body | split("\n")[0] | rtrimstr("\r"))"') || refused
id=$(awk -F '\t' -v mark="$mark" '$2 == mark { print $1; exit }' <<<"$known")
if [[ -n $id ]]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$body" || refused
else
  gh api --silent --method POST "$comments" --field "body=@$body" || refused
fi
