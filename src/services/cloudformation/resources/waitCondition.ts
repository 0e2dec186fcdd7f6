import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext, type ResourceType } from "../../../kernel/resource.ts";
import { validationError } from "../errors.ts";
import { responseUrl } from "../responseDoor.ts";
import type { Room } from "../room.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitcondition.html */
interface WaitConditionProperties {
  readonly Handle?: string;
  readonly Timeout?: string;
  readonly Count?: number;
}

/** An address to which something outside sends signals. */
export const waitConditionHandleType = (room: Room): ResourceType =>
  defineResourceType({
    name: "AWS::CloudFormation::WaitConditionHandle",
    create: async () => ({ physicalId: responseUrl(room, room.ids.mixed(40)), attributes: {} }),
    delete: async () => {},
  });

/** Waits until its handle has been signalled as often as it asks. */
export const waitConditionType = (room: Room): ResourceType =>
  defineResourceType<WaitConditionProperties>({
    name: "AWS::CloudFormation::WaitCondition",
    create: async (ctx, { Handle, Timeout, Count = 1 }) => {
      const token = Handle?.split("/").at(-1);
      if (token === undefined || Timeout === undefined)
        throw validationError("WaitCondition needs a Handle and a Timeout.");
      const signals = await collect(room, ctx, token, Number(Count), Number(Timeout) * 1000);
      const data = JSON.stringify(
        Object.fromEntries(signals.map(({ UniqueId, Data }) => [String(UniqueId), Data ?? ""])),
      );
      return { physicalId: ctx.physicalName(), attributes: { Data: data } };
    },
    delete: async () => {},
  });

const collect = async (
  room: Room,
  ctx: ResourceContext,
  token: string,
  count: number,
  timeoutMs: number,
): Promise<readonly JsonObject[]> => {
  const signals = new Map<string, JsonObject>();
  if (count < 1) return [];
  const over = new AbortController();
  const enough = new Promise<void>((resolve, reject) => {
    const stop = room.responses.listen(token, (signal) => {
      // AWS: signals with an id that has been seen do not count again.
      signals.set(String(signal["UniqueId"]), signal);
      if (signal["Status"] === "FAILURE") {
        reject(
          validationError(
            `WaitCondition received failed message: '${String(signal["Reason"])}' for uniqueId: ${String(signal["UniqueId"])}`,
          ),
        );
      } else if (signals.size >= count) resolve();
    });
    over.signal.addEventListener("abort", stop, { once: true });
    ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason), { once: true });
  });
  const late = room.clock.sleep(timeoutMs, over.signal).then(() => {
    throw validationError(`WaitCondition timed out. Received ${signals.size} conditions when expecting ${count}`);
  });
  late.catch(() => {});
  try {
    await Promise.race([enough, late]);
    return [...signals.values()];
  } finally {
    over.abort(new Error("the wait is over"));
  }
};
