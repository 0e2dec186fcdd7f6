import { parseArn } from "../../../kernel/arn.ts";
import type { Context } from "../../../kernel/context.ts";
import { invalidValue, notFound } from "../errors.ts";
import { findFunction, functionReference } from "../find.ts";
import { MAX_TAGS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

export const listTags =
  (room: Room): Operation<"ListTags"> =>
  async (ctx, { Resource }) => ({ Tags: { ...tagged(room, ctx, Resource).tags } });

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (ctx, { Resource, Tags }) => {
    const { tags, put } = tagged(room, ctx, Resource);
    if (Object.keys(Tags).length === 0) throw invalidValue("An error occurred and the request cannot be processed.");
    const all = { ...tags, ...Tags };
    checkTags(all);
    put(all);
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (ctx, { Resource, TagKeys }) => {
    const { tags, put } = tagged(room, ctx, Resource);
    put(Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key))));
    return {};
  };

type Tags = Readonly<Record<string, string>>;

/** What carries tags: functions, event source mappings, code signing configurations. */
const tagged = (room: Room, ctx: Context, arn: string): { readonly tags: Tags; put(tags: Tags): void } => {
  const [kind, id = ""] = parseArn(arn)?.resource.split(":") ?? [];
  if (kind === "event-source-mapping") return within(room.eventSources, id, `Event source mapping not found: ${arn}`);
  if (kind === "code-signing-config") return within(room.codeSigning, id, `Code signing config not found: ${arn}`);
  // Capacity providers are not made here; so there is none.
  if (kind === "capacity-provider") throw notFound(`Capacity provider not found: ${arn}`);
  if (functionReference(ctx, arn).qualifier !== undefined) {
    throw invalidValue("Tags on function aliases and versions are not supported. Please specify a function ARN.");
  }
  const record = findFunction(room, ctx, arn);
  // AWS: a function whose tags change has another revision.
  const put = (tags: Tags) =>
    room.functions.put(record.name, { ...record, latest: { ...record.latest, revisionId: room.ids.uuid() }, tags });
  return { tags: record.tags, put };
};

/** AWS: fifty tags at most; of a function that is made with too many, the same. */
export const checkTags = (tags: Tags): void => {
  if (Object.keys(tags).length > MAX_TAGS) throw invalidValue("Number of tags exceeds resource tag limit.");
};

const within = <R extends { readonly tags: Tags }>(
  collection: { get(key: string): R | undefined; put(key: string, value: R): void },
  id: string,
  missing: string,
) => {
  const record = collection.get(id);
  if (!record) throw notFound(missing);
  return { tags: record.tags, put: (tags: Tags) => collection.put(id, { ...record, tags }) };
};
