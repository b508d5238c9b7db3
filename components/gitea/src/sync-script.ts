/**
 * Compares the repositories of both sides by their refs, and fetches only where they differ. A branch moves where its old commit is an ancestor of the new one,
 * a ref that one side lacks is made there; nothing is forced, nothing is deleted: what is deleted on one side only comes back from the other.
 * Pushes are plain ones: where somebody was faster the server refuses, and the next run looks again.
 */
export const syncScript = `set -euo pipefail
cd "$HOME"
umask 077
machine() { local host=\${1#*://}; printf 'machine %s login mirror password %s\\n' "\${host%%:*}" "$2"; }
{ machine "$HERE" "$HERE_PASSWORD"; machine "$THERE" "$THERE_PASSWORD"; } >.netrc
: >trouble

api() { curl --silent --show-error --fail --netrc --header 'Content-Type: application/json' "$@"; }
# The answer goes into a file, its status to standard output.
ask() { curl --silent --netrc --output "$1" --write-out '%{http_code}' "$2"; }
trouble() { echo "$1" | tee -a trouble; }

# Names of the repositories of a server but for its mirrors.
repositories() {
  local mode page
  for mode in source fork; do
    page=1
    while true; do
      api "$1/api/v1/repos/search?mode=$mode&archived=false&limit=50&page=$page" >page
      tr ',' '\\n' <page | sed -n 's/^"full_name":"\\([^"/]*\\/[^"/]*\\)"$/\\1/p' >names
      [ -s names ] || break
      cat names
      page=$((page + 1))
    done
  done
}

# A value of the answer in a file: the first, or the last, as what lies inside may have the same key.
value() { grep -o "\\"$2\\":[^,}]*" "$1" | "$3" -n 1 | cut -d : -f 2 | tr -d '"'; }

# Makes repository $1 on server $2 as it is, by file found, on the other, $3; an organisation comes with it, a person does not.
make() {
  local owner=\${1%%/*} body
  body="{\\"name\\":\\"\${1#*/}\\",\\"private\\":$(value found private head)}"
  if [ "$(ask org "$3/api/v1/orgs/$owner")" = 200 ]; then
    if [ "$(ask answer "$2/api/v1/orgs/$owner")" = 404 ]; then
      api --output answer --data "{\\"username\\":\\"$owner\\",\\"visibility\\":\\"$(value org visibility head)\\"}" "$2/api/v1/orgs" || return
    fi
    api --output answer --data "$body" "$2/api/v1/orgs/$owner/repos"
  elif [ "$(ask answer "$2/api/v1/users/$owner")" = 200 ]; then
    api --output answer --data "$body" "$2/api/v1/admin/users/$owner/repos"
  else
    echo "$1: skipped, nobody is called $owner on $2"
    return 2
  fi
}

# Branches and tags; a tag's commit is no ref of its own.
refs() { git ls-remote --quiet --heads --tags "$1" >answer && sed '/\\^{}$/d' answer; }

fetch() { git -C work.git fetch --quiet --no-tags "$1/$name.git" "+$2:refs/$3"; }

push() {
  if git -C work.git push --quiet "$1/$name.git" "refs/$2:$3"; then
    echo "$name: moved $3 on $1"
  else
    trouble "$name: push of $3 to $1 was refused"
  fi
}

isAncestor() { git -C work.git merge-base --is-ancestor "refs/$1" "refs/$2"; }

# Ref $1 has commit $2 here and $3 there; - stands for none.
move() {
  if [ "$3" = - ]; then
    fetch "$HERE" "$1" here && push "$THERE" here "$1"
  elif [ "$2" = - ]; then
    fetch "$THERE" "$1" there && push "$HERE" there "$1"
  else
    fetch "$HERE" "$1" here && fetch "$THERE" "$1" there || return
    if [ "\${1#refs/tags/}" != "$1" ]; then
      trouble "$name: diverged: $1 is $2 on $HERE and $3 on $THERE; a tag never moves"
    elif isAncestor there here; then
      push "$THERE" here "$1"
    elif isAncestor here there; then
      push "$HERE" there "$1"
    else
      trouble "$name: diverged: $1 is $2 on $HERE and $3 on $THERE"
    fi
  fi
}

compare() {
  local here there ref old new
  here=$(ask found-here "$HERE/api/v1/repos/$name")
  there=$(ask found-there "$THERE/api/v1/repos/$name")
  case $here-$there in
    200-200) [ "$(value found-here mirror tail)-$(value found-there mirror tail)" = false-false ] || return 0 ;;
    200-404) cp found-here found && make "$name" "$THERE" "$HERE" || return ;;
    404-200) cp found-there found && make "$name" "$HERE" "$THERE" || return ;;
    404-404) return 0 ;;
    *) return 1 ;;
  esac
  refs "$HERE/$name.git" >refs-here && refs "$THERE/$name.git" >refs-there || return
  awk 'FILENAME == "refs-here" { here[$2] = $1 } FILENAME == "refs-there" { there[$2] = $1 } { all[$2] }
    END { for (ref in all) {
      a = (ref in here) ? here[ref] : "-"; b = (ref in there) ? there[ref] : "-"
      if (a != b) print ref, a, b
    } }' refs-here refs-there | sort >differences
  [ -s differences ] || return 0
  rm -rf work.git
  git init --quiet --bare work.git
  while read -r ref old new <&3; do
    move "$ref" "$old" "$new" || trouble "$name: $ref could not be fetched"
  done 3<differences
}

repositories "$HERE" >all-here
repositories "$THERE" >all-there
sort -u all-here all-there >all
while read -r name <&4; do
  result=0
  compare || result=$?
  [ "$result" = 0 ] || [ "$result" = 2 ] || trouble "$name: could not be compared"
done 4<all

[ ! -s trouble ] || { head -c 4000 trouble >"\${TERMINATION_LOG:-/dev/termination-log}"; exit 1; }
`
