import type { JsonObject } from "../../kernel/json.ts";
import type { Demand, Physical, RemovalPolicy, ResourceRecord, StackOperation, StackStatus } from "./model.ts";
import type { AdoptedThing, Driver, Journal, LiveValues, StackWork, Target } from "./ports.ts";
import { runOperation } from "./run.ts";

/** A stack in a few words; a property `@A` is a reference to A. Changing `name` replaces, changing anything else updates. */
export type Sketch = Readonly<
  Record<
    string,
    {
      readonly after?: readonly string[];
      readonly properties?: JsonObject;
      readonly deletionPolicy?: RemovalPolicy;
      readonly replacePolicy?: RemovalPolicy;
    }
  >
>;

/** What shall go wrong. */
export interface Faults {
  failCreate?: readonly string[];
  failHalfway?: readonly string[];
  failUpdate?: readonly string[];
  failDelete?: readonly string[];
  nameTaken?: readonly string[];
  failConclude?: boolean | "always";
  /** Each fault strikes one time. */
  onlyOnce?: boolean;
}

class Crash extends Error {}

/** A stack, its records and its world in memory. */
export const openFake = (faults: Faults = {}) => {
  const world = new Map<string, { readonly logicalId: string; readonly properties: JsonObject }>();
  const byToken = new Map<string, string>();
  const records = new Map<string, ResourceRecord>();
  const events: string[] = [];
  const denied = new Set<string>();
  const letGo: string[] = [];
  let adopting: Readonly<Record<string, AdoptedThing>> = {};
  let operation: StackOperation;
  let sketch: Sketch = {};
  let count = 0;
  let writesLeft = Number.POSITIVE_INFINITY;
  let stop = new AbortController();

  const written = () => {
    writesLeft -= 1;
    if (writesLeft > 0) return;
    stop.abort(new Crash());
    throw stop.signal.reason;
  };
  const strikes = (list: Exclude<keyof Faults, "failConclude" | "onlyOnce">, name: string) => {
    if (!faults[list]?.includes(name)) return false;
    if (faults.onlyOnce) faults[list] = faults[list]?.filter((other) => other !== name) ?? [];
    return true;
  };

  const driver: Driver = {
    create: async ({ logicalId, properties, token }, made) => {
      if (strikes("failCreate", logicalId)) throw new Error(`cannot create ${logicalId}`);
      // A retried creation brings the same token and finds what it made before.
      const physicalId = byToken.get(token) ?? `id-${logicalId}-${++count}`;
      byToken.set(token, physicalId);
      world.set(physicalId, { logicalId, properties });
      if (strikes("failHalfway", logicalId)) {
        made(physicalId);
        throw new Error(`cannot finish ${logicalId}`);
      }
      return { physicalId, attributes: {} };
    },
    adopt: async (_record, thing) => {
      const physicalId = thing["Id"] ?? "";
      if (!world.has(physicalId)) throw new Error(`no ${physicalId}`);
      return { physicalId, attributes: {} };
    },
    letGo: async ({ physicalId }) => {
      if (physicalId !== undefined) letGo.push(physicalId);
    },
    update: async ({ logicalId, properties }, { physicalId }) => {
      if (strikes("failUpdate", logicalId)) throw new Error(`cannot update ${logicalId}`);
      world.set(physicalId, { logicalId, properties });
      return { physicalId, attributes: {} };
    },
    delete: async (logicalId: string, { physicalId }: Physical) => {
      if (strikes("failDelete", logicalId)) throw new Error(`cannot delete ${logicalId}`);
      world.delete(physicalId);
    },
    change: async (_logicalId, { properties: before }, after) => {
      if (JSON.stringify(before) === JSON.stringify(after)) return "none";
      return before["name"] === after["name"] ? "update" : "replace";
    },
    reasonOf: (error) => (error instanceof Error ? error.message : String(error)),
  };

  const journal: Journal = {
    operation: () => operation,
    setPhase: (phase) => {
      operation = { ...operation, phase };
    },
    resources: () => [...records.values()],
    resource: (name) => records.get(name),
    put: (record) => {
      written();
      records.set(record.logicalId, record);
    },
    drop: (name) => {
      written();
      records.delete(name);
    },
    announce: ({ logicalId, status, reason }) => {
      events.push([logicalId, status, ...(reason === undefined ? [] : [reason])].join(" "));
    },
    status: (status: StackStatus, reason) => {
      events.push(["stack", status, ...(reason === undefined ? [] : [reason])].join(" "));
    },
    now: () => 0,
    newToken: () => `token-${++count}`,
  };

  const target = (): Target => ({
    demands: new Map(Object.entries(sketch).map(([name, part]) => [name, demandOf(name, part)])),
    properties: async (name, values) => resolved(sketch[name]?.properties ?? {}, values),
    adopted: (name) => adopting[name],
    taken: async (names) =>
      names.flatMap((name) =>
        strikes("nameTaken", name) ? [{ logicalId: name, properties: {}, reason: `${name} is there` }] : [],
      ),
    permit: (name, _type, action) => {
      if (denied.has(`${action} ${name}`)) throw new Error(`${action} of ${name} is denied`);
    },
    conclude: async () => {
      if (!faults.failConclude) return;
      if (faults.failConclude !== "always") faults.failConclude = false;
      throw new Error("cannot conclude. ");
    },
  });

  const run = async (): Promise<void> => {
    const work: StackWork = {
      journal,
      driver,
      target: target(),
      stopping: stop.signal,
      givenUp: new AbortController().signal,
    };
    await runOperation(work);
  };
  const begin = async (kind: StackOperation["kind"], fields: Partial<StackOperation>): Promise<void> => {
    operation = {
      id: `operation-${++count}`,
      kind,
      phase: kind === "DELETE" ? "REMOVE" : "APPLY",
      onFailure: "ROLLBACK",
      passOver: [],
      cancelled: false,
      ...fields,
    };
    journal.status(`${kind}_IN_PROGRESS`);
    await run();
  };
  return {
    events,
    faults,
    denied,
    /** What operations took over and gave back. */
    letGo,
    create: (
      to: Sketch,
      onFailure: StackOperation["onFailure"] = "ROLLBACK",
      fields: Pick<StackOperation, "retainExceptOnCreate"> = {},
    ) => {
      sketch = to;
      return begin("CREATE", { onFailure, ...fields });
    },
    import: (to: Sketch, things: typeof adopting) => {
      sketch = to;
      adopting = things;
      return begin("IMPORT", {});
    },
    update: (to: Sketch) => {
      sketch = to;
      return begin("UPDATE", {});
    },
    delete: (passOver: readonly string[] = [], force = false) => begin("DELETE", { passOver, force }),
    continueRollback: run,
    resume: async () => {
      writesLeft = Number.POSITIVE_INFINITY;
      stop = new AbortController();
      if (!/(COMPLETE|FAILED)$/.test((events.at(-1) ?? "").replace(/^(?!stack ).*/, ""))) await run();
    },
    crashAfter: async (writes: number, work: () => Promise<void>) => {
      writesLeft = writes + 1;
      try {
        await work();
      } catch (error) {
        if (!stop.signal.aborted) throw error;
      }
    },
    /** Something that no stack has made. */
    found: (physicalId: string, logicalId: string, properties: JsonObject = {}) => {
      world.set(physicalId, { logicalId, properties });
    },
    worldState: () =>
      Object.fromEntries([...world.values()].map(({ logicalId, properties }) => [logicalId, properties])),
    worldCount: () => world.size,
    recordCount: () => records.size,
    physicalIds: () =>
      Object.fromEntries([...records.values()].map(({ logicalId, physicalId }) => [logicalId, physicalId])),
  };
};

const demandOf = (logicalId: string, part: Sketch[string]): Demand => ({
  logicalId,
  type: "Fake",
  dependsOn: part.after ?? [],
  deletionPolicy: part.deletionPolicy ?? "Delete",
  updateReplacePolicy: part.replacePolicy ?? "Delete",
  metadata: undefined,
});

const resolved = (properties: JsonObject, values: LiveValues): JsonObject =>
  Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      typeof value === "string" && value.startsWith("@") ? (values.reference(value.slice(1)) ?? null) : value,
    ]),
  );
