import type { Globals } from "../awscli/globals.ts";
import type { Io } from "../awscli/io.ts";
import type { Given } from "./options/given.ts";
import type { OptionRow } from "./options/row.ts";

/** One command of `sam`. */
export interface SamCommand {
  /** Its own options; those of every command go without saying. */
  readonly options: readonly OptionRow[];
  /** The word it takes besides options, as its usage names it. */
  readonly argument?: string;
  run(call: SamCall): Promise<number>;
}

/** A command line, taken apart, with what the configuration file adds. */
export interface SamCall {
  readonly given: Given;
  readonly argument: string | undefined;
  readonly globals: Pick<Globals, "region" | "profile" | "endpointUrl">;
  readonly io: Io;
  /** Notes the AWS operation under way, for the text of its refusal. */
  readonly names: (operation: string) => void;
}
