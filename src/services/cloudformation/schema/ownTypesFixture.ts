import type { ResourceContext, ResourceType } from "../../../kernel/resource.ts";
import { ownTypes } from "../resources/ownTypes.ts";
import type { Room } from "../room.ts";

/** CloudFormation's own types; what they ask of their room, which is no call, stands among the calls they make. */
export const tracedOwnTypes = (): readonly ResourceType[] =>
  ownTypes(roomFor(undefined)).map((plain, index): ResourceType => {
    const within = (ctx: ResourceContext): ResourceType => ownTypes(roomFor(ctx))[index] ?? plain;
    const update: ResourceType["update"] = async (ctx, before, desired) => {
      const { update: own } = within(ctx);
      if (own === undefined) throw new Error(`${plain.name} does not change in place`);
      return own(ctx, before, desired);
    };
    return {
      ...plain,
      create: async (ctx, desired) => within(ctx).create(ctx, desired),
      ...(plain.update ? { update } : {}),
      delete: async (ctx, existing) => within(ctx).delete(ctx, existing),
    };
  });

/** A room in which everything has gone well already, and nothing that is waited for ever comes. */
const roomFor = (ctx: ResourceContext | undefined): Room => {
  const never = () => new Promise(() => {});
  const told = (what: string) => async (first: unknown) =>
    void (await ctx?.call(what as never, "asked" as never, first as never));
  const tables = new Proxy({}, { get: (_target, name) => tableOf(String(name), told(String(name))) });
  return {
    account: "123456789012",
    region: "us-east-1",
    partition: "aws",
    tables,
    clock: { sleep: told("sleep") },
    ids: { mixed: () => "token", uuid: () => "uuid" },
    deps: { endpoint: "http://localhost", cipher: {} },
    running: { ended: async () => {} },
    responses: { next: never, arrival: never, wake: () => {} },
    returning: new Set(),
  } as unknown as Room;
};

const tableOf = (name: string, told: (what: unknown) => Promise<void>) => {
  const record = RECORDS[name];
  return {
    get: () => record,
    has: () => record !== undefined,
    put: (key: unknown, value: unknown) => void told([key, value]),
    delete: (key: unknown) => void told([key]),
    clear: (key: unknown) => void told([key]),
    range: (of: unknown) => {
      void told(of);
      return record === undefined ? [] : [{ key: ["one"], value: record }];
    },
  };
};

/** What the tables hold, under whatever key it is asked for. */
const RECORDS: Readonly<Record<string, object>> = {
  stacks: { stackId: "stack", status: "UPDATE_COMPLETE", outputs: [] },
  stackSets: { stackSetId: "arn:aws:any:us-east-1:123456789012:thing/one", name: "one", status: "ACTIVE" },
  stackSetOperations: { status: "SUCCEEDED", results: [] },
};
