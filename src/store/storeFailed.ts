/** The store could not write, and takes no more writes: what is on disk is the last state that was committed whole. */
export class StoreFailed extends Error {
  constructor(cause: unknown) {
    super(`The state could not be written: ${reasonOf(cause)} Everything confirmed before is kept. ${ADVICE}`, {
      cause,
    });
    this.name = "StoreFailed";
  }
}

const ADVICE = "Mend the cause and start aloft again.";

const reasonOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return `${String(cause)}.`;
  const code = "code" in cause ? String(cause.code) : "";
  if (code.startsWith("SQLITE_FULL") || code === "ENOSPC") return "the disk is full.";
  return `${cause.message}${code === "" ? "" : ` (${code})`}.`;
};
