import type { Globals } from "./globals.ts";
import type { Io } from "./io.ts";

/** A command line, taken apart. */
export interface CommandLine {
  readonly service: string;
  readonly word: string;
  readonly words: readonly string[];
  readonly globals: Globals;
  readonly io: Io;
}
