import { defineResourceType, type ResourceType } from "../../../kernel/resource.ts";
import { validationError } from "../errors.ts";
import { responseUrl } from "../responseDoor.ts";
import type { Room } from "../room.ts";
import { collectSignals } from "../run/creationSignals.ts";
import { resourcesOf } from "../run/journal.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitcondition.html */
interface WaitConditionProperties {
  readonly Handle?: string;
  readonly Timeout?: string;
  readonly Count?: number;
}

/** An address to which something outside sends signals; they are kept until a wait condition asks for them. */
export const waitConditionHandleType = (room: Room): ResourceType =>
  defineResourceType({
    name: "AWS::CloudFormation::WaitConditionHandle",
    create: async ({ stackId }) => {
      const token = room.ids.mixed(40);
      room.tables.handles.put(token, stackId);
      return { physicalId: responseUrl(room, token), attributes: {} };
    },
    delete: async (_ctx, { physicalId }) => {
      const token = tokenOf(physicalId);
      room.tables.handles.delete(token);
      room.tables.signals.clear({ prefix: [token] });
    },
  });

/** Waits until its handle has been signalled as often as it asks; with a CreationPolicy, that waits in its place. */
export const waitConditionType = (room: Room): ResourceType =>
  defineResourceType<WaitConditionProperties>({
    name: "AWS::CloudFormation::WaitCondition",
    create: async (ctx, { Handle, Timeout, Count = 1 }) => {
      if (Handle === undefined && Timeout === undefined) return { physicalId: ctx.physicalName(), attributes: {} };
      if (Handle === undefined || Timeout === undefined) {
        throw validationError("WaitCondition needs a Handle and a Timeout.");
      }
      const count = Number(Count);
      const signals = await collectSignals(room, tokenOf(Handle), {
        count,
        timeoutMs: Number(Timeout) * 1000,
        signal: ctx.signal,
        failed: (id, { reason }) => `WaitCondition received failed message: '${reason}' for uniqueId: ${id}`,
        late: (received) => `WaitCondition timed out. Received ${received} conditions when expecting ${count}`,
      });
      const data = Object.fromEntries([...signals].map(([id, signal]) => [id, signal.data]));
      // AWS: a wait condition is known by its stack and the handle it listens to.
      const handle = resourcesOf(room, ctx.stackId).find(({ physicalId }) => physicalId === Handle);
      const physicalId = `${ctx.stackId}/${handle?.logicalId ?? ctx.logicalId}`;
      return { physicalId, attributes: { Data: JSON.stringify(data) } };
    },
    delete: async () => {},
  });

const tokenOf = (handle: string): string => handle.split("/").at(-1) ?? "";
