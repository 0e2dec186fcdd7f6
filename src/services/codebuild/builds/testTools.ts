/**
 * `codebuild-tests-run`: of the files that a command finds, runs the tests on this build's share. A build that is no part of a
 * fanout has them all. https://docs.aws.amazon.com/codebuild/latest/userguide/parallel-test-tests-run.html
 */
export const TESTS_RUN = `#!/usr/bin/env bash
strategy=equal-distribution
while [ $# -gt 0 ]; do
  case "$1" in
    --test-command) command=$2 ;;
    --files-search) search=$2 ;;
    --sharding-strategy) strategy=$2 ;;
    *) echo "codebuild-tests-run: unknown option $1" >&2; exit 2 ;;
  esac
  shift 2
done
if [ -z "$command" ] || [ -z "$search" ]; then
  echo "codebuild-tests-run: --test-command and --files-search are required" >&2
  exit 2
fi
found=$(bash -c "$search") || exit
index=\${ALOFT_SHARD_INDEX:-0} count=\${ALOFT_SHARD_COUNT:-1} at=0 files=()
while IFS= read -r file; do
  [ -z "$file" ] && continue
  case "$strategy" in
    equal-distribution) place=$at ;;
    stability) place=$(printf %s "$file" | cksum); place=\${place%% *} ;;
    *) echo "codebuild-tests-run: unknown sharding strategy $strategy" >&2; exit 2 ;;
  esac
  [ $((place % count)) -eq "$index" ] && files+=("$file")
  at=$((at + 1))
done < <(sort <<<"$found")
if [ \${#files[@]} -eq 0 ]; then echo "No test files for this part of the batch."; exit 0; fi
CODEBUILD_CURRENT_SHARD_FILES=$(printf '%s\n' "\${files[@]}")
export CODEBUILD_CURRENT_SHARD_FILES
exec bash -c "$command$(printf ' %q' "\${files[@]}")"
`;

/** \`codebuild-glob-search\`: the files a pattern matches, one a line. */
export const GLOB_SEARCH = `#!/usr/bin/env bash
shopt -s globstar nullglob extglob
for pattern in "$@"; do
  IFS=
  for file in $pattern; do [ -f "$file" ] && printf '%s\n' "$file"; done
done
`;

/** `codebuild-hash-files`: one SHA-256 over all the files of the source that the patterns match, in their order. */
export const HASH_FILES = `#!/usr/bin/env bash
shopt -s globstar nullglob extglob
[ $# -gt 0 ] || { echo "codebuild-hash-files: a pattern is required" >&2; exit 2; }
cd "\${CODEBUILD_SRC_DIR:-.}" || exit
sum() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }
IFS=
for pattern in "$@"; do
  for file in $pattern; do [ -f "$file" ] && printf '%s\\n' "$file"; done
done | sort -u | while IFS= read -r file; do sum <"$file"; done | sum | cut -d ' ' -f 1
`;
