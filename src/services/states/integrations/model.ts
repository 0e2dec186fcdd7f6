import type { Context } from "../../../kernel/context.ts";
import type { JsonValue } from "../../../kernel/json.ts";
import type { Room } from "../room.ts";

export type Pattern = "sync" | "sync:2" | "waitForTaskToken";

/** What a resource of `arn:aws:states:::` does. */
export interface Integration {
  readonly pattern: Pattern | undefined;
  readonly errorPrefix: string;
  call(ctx: Context, args: JsonValue): Promise<JsonValue>;
  /** Waits for what the call began, when the pattern is `sync`. */
  wait(room: Room, ctx: Context, begun: JsonValue, signal: AbortSignal): Promise<JsonValue>;
}
