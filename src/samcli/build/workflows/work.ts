import { SamFailure } from "../../failure.ts";
import type { Buildable } from "../buildable.ts";
import type { RunProgram } from "../program.ts";

/** One build, as a workflow sees it. */
export interface Work {
  readonly buildable: Buildable;
  /** The folder of the code; it is only read, but for a build in source. */
  readonly source: string;
  /** Where what is made goes. */
  readonly artifacts: string;
  /** A folder that is gone afterwards. */
  readonly scratch: string;
  /** Of the application: where tools may be installed, too. */
  readonly projectFolder: string;
  /** `--manifest`: a file that stands for the workflow's own, such as `package.json`. */
  readonly manifest: string | undefined;
  readonly inSource: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunProgram;
  readonly say: (line: string) => void;
}

export type Workflow = (work: Work) => Promise<void>;

/** Runs a step of a workflow; its failure is told after its name, as by the SAM CLI. */
export const step = async (
  { say }: Pick<Work, "say">,
  name: `${string}:${string}`,
  act: () => Promise<unknown>,
): Promise<void> => {
  say(` Running ${name}`);
  try {
    await act();
  } catch (error) {
    throw new SamFailure(`${name} - ${error instanceof Error ? error.message : String(error)}`);
  }
};
