import type { ActionRun, Execution, NamedArtifact, Outcome } from "../../../engines/pipeline/model.ts";
import type { Act } from "../../../engines/pipeline/ports.ts";
import type { Context } from "../../../kernel/context.ts";
import type { PipelineRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** What a provider is given to do its action. */
export interface Job {
  readonly room: Room;
  readonly pipeline: PipelineRecord;
  readonly execution: Execution;
  readonly run: ActionRun;
  /** With its variables resolved. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Replaces the variables in a text. */
  readonly resolve: (text: string) => string;
  /** The context of the role the action runs as. */
  readonly ctx: Context;
  readonly inputs: readonly NamedArtifact[];
  readonly began: Act["began"];
  readonly signal: AbortSignal;
}

export type Provide = (job: Job) => Promise<Outcome>;
