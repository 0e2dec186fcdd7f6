/** Names under which build images install programs. */
export const PACKAGE_MANAGERS = ["apt", "apt-get", "dnf", "yum"] as const;

/**
 * Stands in for a build image's package manager: a build runs on its user's own machine, which is not its to change. What is
 * there already counts as installed; what is not ends the command, with the names of what to install.
 */
export const packageManagerScript = (name: string): string => `#!/bin/sh
command=''
missing=''
for word in "$@"; do
  case "$word" in -*) continue ;; esac
  if [ -z "$command" ]; then command=$word; continue; fi
  case "$command" in install | reinstall | groupinstall) ;; *) continue ;; esac
  program=\${word%%=*}
  case "$program" in
${Object.entries(PROGRAMS)
  .map(([packageName, program]) => `    ${packageName}) program=${program} ;;`)
  .join("\n")}
  esac
  if command -v "$program" >/dev/null 2>&1; then echo "Package $word is already installed on this machine."
  else missing="$missing $word"
  fi
done
[ -z "$missing" ] && exit 0
echo "aloft: builds run on this machine, and ${name} does not change it. Install there what this build needs:$missing" >&2
exit 1
`;

/** Packages that are called otherwise than their programs. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "awscli | aws-cli": "aws",
  "build-essential | gcc-c++": "g++",
  graphviz: "dot",
  "nodejs | nodejs*": "node",
  "openssh-client | openssh-clients": "ssh",
  "python3-pip | python-pip": "pip3",
  "python3 | python3-devel | python3-dev": "python3",
};
