import type { Context } from "../../../kernel/context.ts";
import type { JsonValue } from "../../../kernel/json.ts";
import type { Room } from "../room.ts";

export type Pattern = "sync" | "sync:2" | "waitForTaskToken";

/** Whose refusals a task tells. */
export interface Refusing {
  /** What errors begin with. */
  readonly errorPrefix: string;
  /** The client by which Step Functions' own integrations ask the service; those of the SDK have none. */
  readonly client?: string | undefined;
}

/** What a resource of `arn:aws:states:::` does. */
export interface Integration extends Refusing {
  readonly pattern: Pattern | undefined;
  call(ctx: Context, args: JsonValue): Promise<JsonValue>;
  /** Waits for what the call began, when the pattern is `sync`. */
  wait(room: Room, ctx: Context, begun: JsonValue, signal: AbortSignal): Promise<JsonValue>;
}
