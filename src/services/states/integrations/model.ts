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

/** For whom and until when a task's resource is asked. */
export interface TaskPlace {
  readonly room: Room;
  /** The state machine's. */
  readonly machineArn: string;
  readonly signal: AbortSignal;
}

/** What a resource of `arn:aws:states:::` does. */
export interface Integration extends Refusing {
  readonly pattern: Pattern | undefined;
  call(ctx: Context, args: JsonValue, place: TaskPlace): Promise<JsonValue>;
  /** Waits for what the call began, when the pattern is `sync`. */
  wait(room: Room, ctx: Context, begun: JsonValue, signal: AbortSignal): Promise<JsonValue>;
}
