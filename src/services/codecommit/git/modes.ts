type FileMode = "EXECUTABLE" | "NORMAL" | "SYMLINK";

/** https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
const MODES = { NORMAL: "100644", EXECUTABLE: "100755", SYMLINK: "120000" } as const;

export const gitModeOf = (mode: FileMode): string => MODES[mode];

export const fileModeOf = (gitMode: string): FileMode =>
  gitMode === MODES.SYMLINK ? "SYMLINK" : gitMode === MODES.EXECUTABLE ? "EXECUTABLE" : "NORMAL";

export const isLink = (gitMode: string): boolean => gitMode === MODES.SYMLINK;
