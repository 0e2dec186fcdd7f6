/** What may follow a command. */
export interface CommandWords {
  /** The words that name it, without `aloft`; empty for aloft itself. */
  readonly path: string;
  readonly subcommands: readonly Word[];
  readonly options: readonly Word[];
}

interface Word {
  readonly name: string;
  readonly description: string;
}

/** A line of `case` each, with the words that fit. */
const cases = (commands: readonly CommandWords[]): string =>
  commands
    .map(({ path, subcommands, options }) => {
      const words = [...subcommands, ...options].map(({ name }) => name).join(" ");
      return `    "${path}") words="${words}" ;;`;
    })
    .join("\n");

/** The command typed so far is as many of the words, from the first, as name one; options between them are skipped. */
const bash = (commands: readonly CommandWords[]): string => `_aloft() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " ${pathWords(commands)} " in
      *" \${path:+$path/}$word "*) path="\${path:+$path/}$word" ;;
    esac
  done
  case "\${path//\\// }" in
${cases(commands)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _aloft aloft`;

const pathWords = (commands: readonly CommandWords[]): string =>
  commands
    .filter(({ path }) => path !== "")
    .map(({ path }) => path.replaceAll(" ", "/"))
    .join(" ");

const zsh = (commands: readonly CommandWords[]): string => `#compdef aloft
_aloft() {
  local typed="" word
  local -a described
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case " ${pathWords(commands)} " in
      *" \${typed:+$typed/}$word "*) typed="\${typed:+$typed/}$word" ;;
    esac
  done
  case "\${typed//\\// }" in
${commands
  .map(
    ({ path, subcommands, options }) =>
      `    "${path}") described=(${[...subcommands, ...options].map(({ name, description }) => quoted(`${name}:${description}`)).join(" ")}) ;;`,
  )
  .join("\n")}
  esac
  _describe aloft described || _files
}
compdef _aloft aloft`;

const fish = (commands: readonly CommandWords[]): string => {
  const [root, ...rest] = commands;
  const lines = [
    "complete -c aloft -f",
    ...(root?.subcommands ?? []).map(
      ({ name, description }) => `complete -c aloft -n __fish_use_subcommand -a ${name} -d ${fishQuoted(description)}`,
    ),
    ...rest.flatMap(({ path, subcommands, options }) => {
      const seen = path
        .split(" ")
        .map((word) => `__fish_seen_subcommand_from ${word}`)
        .join("; and ");
      return [
        ...subcommands.map(
          ({ name, description }) => `complete -c aloft -n '${seen}' -a ${name} -d ${fishQuoted(description)}`,
        ),
        ...options
          .filter(({ name }) => name.startsWith("--"))
          .map(
            ({ name, description }) =>
              `complete -c aloft -n '${seen}' -l ${name.slice(2)} -d ${fishQuoted(description)}`,
          ),
      ];
    }),
  ];
  return lines.join("\n");
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** In fish's single quotes a backslash escapes. */
const fishQuoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** The scripts by shell. */
export const SHELLS = { bash, zsh, fish } as const;
export type Shell = keyof typeof SHELLS;
