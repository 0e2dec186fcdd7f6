/** An option of a command: a row of its table. */
export interface OptionRow {
  /** All its spellings; the first gives its name in `samconfig.toml`. */
  readonly names: readonly [string, ...string[]];
  /** The spelling that turns a flag off. */
  readonly off?: string;
  /** How many words follow: none, one, one each time it is given, or all up to the next option. */
  readonly takes: "flag" | "one" | "each" | "rest";
  readonly choices?: readonly string[];
  /** Why it changes nothing here, which is told when it is given. */
  readonly notApplied?: string;
  /** What to do instead, where it cannot be done here. */
  readonly refused?: string;
}

/** `--s3-bucket` is `s3_bucket` in configuration files. */
export const keyOf = ({ names: [name] }: OptionRow): string => name.replace(/^-+/, "").replaceAll("-", "_");

export const flag = (...names: OptionRow["names"]): OptionRow => ({ names, takes: "flag" });
export const one = (...names: OptionRow["names"]): OptionRow => ({ names, takes: "one" });
export const each = (...names: OptionRow["names"]): OptionRow => ({ names, takes: "each" });
export const rest = (...names: OptionRow["names"]): OptionRow => ({ names, takes: "rest" });

/** `--cached/--no-cached` */
export const toggle = (...names: OptionRow["names"]): OptionRow => ({
  ...flag(...names),
  off: names[0].replace(/^--/, "--no-"),
});
