#!/usr/bin/env bash
# Checks the site, builds it, and compares it with that of another commit.
#
# In: FOLDER, CHECK, STRICT, BUILD, UPLOAD, COMPARE. Out: status (0, or 1 where there are findings), folder (of the built site),
# report (a file in Markdown), lost. It runs in the bash 3.2 of macOS, too, which takes an empty list for one that is not set.
set -euo pipefail

temp=${RUNNER_TEMP//\\//}
folder=$temp/pressoir-site
report=$temp/pressoir-report.md
status=0
: >"$report"

for name in CHECK STRICT BUILD; do
  case ${!name} in
    true | false) ;;
    *)
      echo "::error title=Pressoir::\`$(tr '[:upper:]' '[:lower:]' <<<"$name")\` is \`${!name}\`, and has to be true or false" >&2
      exit 2
      ;;
  esac
done
case $UPLOAD in
  pages | preview | none) ;;
  *)
    echo "::error title=Pressoir::\`upload\` is \`$UPLOAD\`, and has to be pages, preview or none" >&2
    exit 2
    ;;
esac

options=()
if [[ $STRICT == true ]]; then
  options=(--strict)
fi

if [[ $CHECK == true ]]; then
  # Inside GitHub Actions, findings are told beside their lines, and in the summary of the run.
  pressoir check ${options[@]+"${options[@]}"} -- "$FOLDER" || status=$?
  # Wrong settings and a computer that fails end it here. Findings keep the site from being published, but not from being looked at.
  if ((status > 1)) || { ((status == 1)) && [[ $UPLOAD == pages ]]; }; then
    exit "$status"
  fi
  if ((status == 0)); then
    echo "The check found nothing that keeps the site from being published." >>"$report"
  else
    echo "**The check found something to mend.** It is told beside the lines, and on the page of the run." >>"$report"
  fi
fi

if [[ $BUILD == true ]]; then
  rm -rf "$folder"
  built=0
  if [[ $CHECK == true ]]; then
    # The findings were told: not twice.
    GITHUB_STEP_SUMMARY='' pressoir build --quiet --format short --out-dir "$folder" -- "$FOLDER" || built=$?
  else
    pressoir build ${options[@]+"${options[@]}"} --out-dir "$folder" -- "$FOLDER" || built=$?
  fi
  if ((built != 0)); then
    if ((built > 1)) || [[ $UPLOAD == pages ]]; then
      exit "$built"
    fi
    status=$built
    folder=""
  fi

  if [[ -n $folder && $UPLOAD == pages ]]; then
    # GitHub Pages takes sites of at most a gigabyte, and gives a deployment ten minutes.
    size=$(du -sk "$folder" | cut -f 1)
    if ((size > 1048576)); then
      echo "::error title=Too large for GitHub Pages::The site takes $((size / 1024)) MB, and GitHub Pages takes 1024 at most. The largest files:" >&2
    elif ((size > 838860)); then
      echo "::warning title=Nearly too large for GitHub Pages::The site takes $((size / 1024)) MB; GitHub Pages takes 1024 at most. The largest files:"
    fi
    if ((size > 838860)); then
      (cd "$folder" && find . -type f -exec du -k {} + | sort -rn | head -n 10)
    fi
    if ((size > 1048576)); then
      exit 1
    fi
  fi
fi

lost=""
if [[ -n $COMPARE && $BUILD == true && -n $folder ]]; then
  old=$temp/pressoir-old
  rm -rf "$old" "$old-site"
  git worktree prune
  if ! git worktree add --detach --quiet "$old" "$COMPARE"; then
    echo "::warning title=Nothing to compare with::\`$COMPARE\` is not there: check the repository out with \`fetch-depth: 0\`"
  elif ! [[ -d $old/$FOLDER ]] || ! GITHUB_STEP_SUMMARY='' pressoir build --quiet --format short --out-dir "$old-site" -- "$old/$FOLDER"; then
    echo "There was no site before that this one can be compared with." >>"$report"
  else
    changed=0
    pressoir diff --format markdown -- "$old-site" "$folder" >"$temp/pressoir-diff.md" || changed=$?
    if ((changed > 1)); then
      exit "$changed"
    fi
    lost=false
    if ((changed == 1)); then
      lost=true
      echo "::warning title=Addresses are gone::Addresses or anchors that were published would be gone. The comparison tells which; \`redirects\` in the settings lead from them to others"
    fi
    # A comment takes 65536 characters at most.
    { echo; LC_ALL=C awk '{ size += length($0) + 1; if (size > 60000) { print "\n…"; exit } print }' "$temp/pressoir-diff.md"; } >>"$report"
  fi
  git worktree remove --force "$old" 2>/dev/null || true
fi

if [[ ! -s $report ]]; then
  echo "The site was built." >>"$report"
fi
if [[ -n $COMPARE && -n ${GITHUB_STEP_SUMMARY:-} ]]; then
  cat "$report" >>"$GITHUB_STEP_SUMMARY"
fi
if [[ $BUILD != true ]]; then
  folder=""
fi
{
  echo "status=$status"
  echo "folder=$folder"
  echo "report=$report"
  echo "lost=$lost"
} >>"$GITHUB_OUTPUT"
