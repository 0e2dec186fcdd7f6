import { GATEWAY_ANSWERS } from "../gatewayResponseTypes.ts";
import type { Room } from "../room.ts";
import type { Learned } from "./journal.ts";
import type { Refusal } from "./refusal.ts";
import type { MethodRequest } from "./request.ts";

/** Who checks a caller before what they may do is looked at: nobody, their signature, or a Lambda authorizer. */
type Checked = "authenticate" | "authorizer";

/** Takes down for an access log how a check of the caller went. */
export const throughPhases = async <Said extends object>(
  room: Room,
  { journal }: MethodRequest,
  checked: Checked,
  ask: () => Promise<Said | Refusal>,
): Promise<Said | Refusal> => {
  if (!journal) return ask();
  const begun = room.clock.now();
  const said = await ask();
  journal.learn(learned(checked, "refusal" in said ? said : undefined, room.clock.now() - begun));
  return said;
};

/** AWS: of those who are known, what they may do is a check of its own. */
const learned = (checked: Checked, refusal: Refusal | undefined, latencyMs: number): Learned => {
  if (!refusal) return { [checked]: { status: 200, latencyMs }, authorize: { status: 200, latencyMs: 0 } };
  const { statusCode = 500, message } = GATEWAY_ANSWERS[refusal.refusal];
  const error = refusal.message ?? message ?? refusal.refusal;
  const failure = { status: statusCode, latencyMs, error };
  if (refusal.refusal !== "ACCESS_DENIED") return { [checked]: failure };
  return { [checked]: { status: 200, latencyMs }, authorize: { ...failure, latencyMs: 0 } };
};
