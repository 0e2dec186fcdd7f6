import { errorCode } from "./errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./json.ts";
import type { ResourceContext, ResourceType } from "./resource.ts";
import type { TagList } from "./resourceTags.ts";

// What readers of resource types share: from what a service answers to what a template says.

/** Reads a resource as it is now. */
export type ResourceReader = NonNullable<ResourceType["read"]>;

/** An answer as plain JSON: what has no value is left out, moments are text. */
export const plain = (answer: object): JsonObject => JSON.parse(JSON.stringify(answer));

/** Some members of an answer, under the names they have there; what has no value is left out. */
export const picked = (answer: object, names: readonly string[]): JsonObject => {
  const wanted = new Set(names);
  return Object.fromEntries(Object.entries(plain(answer)).filter(([name]) => wanted.has(name)));
};

/** An answer in the spelling of templates, a capital on every member; below the names of maps, keys are left alone. */
export const capitalized = (answer: object, maps: readonly string[] = []): JsonObject => {
  const spell = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(spell);
    return isJsonObject(value) ? spellMembers(value) : value;
  };
  const spellMembers = (value: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name.charAt(0).toUpperCase() + name.slice(1),
        maps.includes(name) ? member : spell(member),
      ]),
    );
  return spellMembers(plain(answer));
};

/** A document that a service keeps as text; undefined when there is none. */
export const parsed = (text: string | undefined): JsonValue | undefined =>
  text === undefined || text === "" ? undefined : JSON.parse(text);

/** A name or id as the template gives it, where that is another name of the same thing, such as the end of its ARN. */
export const asGiven = (given: JsonValue | undefined, actual: string | undefined): string | undefined => {
  if (typeof given !== "string" || actual === undefined || given === "" || actual === "") return actual;
  const isSame = [":", "/"].some((mark) => actual.endsWith(mark + given) || given.endsWith(mark + actual));
  return isSame ? given : actual;
};

/** A KMS key as the template gives it, by id, ARN or alias, where that is the one. */
export const keyAsGiven = async (
  { call }: Pick<ResourceContext, "call">,
  given: JsonValue | undefined,
  actual: string | undefined,
): Promise<string | undefined> => {
  const spelled = asGiven(given, actual);
  if (typeof given !== "string" || !given.includes("alias/") || spelled === given) return spelled;
  const found = await unlessMissing(call("kms", "DescribeKey", { KeyId: given }), "NotFoundException");
  return found?.KeyMetadata?.Arn === actual || found?.KeyMetadata?.KeyId === actual ? given : actual;
};

/** A moment as the template writes it, where it is the same one. */
export const momentAsGiven = (given: JsonValue | undefined, actual: Date | undefined): string | undefined =>
  typeof given === "string" && Date.parse(given) === actual?.getTime() ? given : actual?.toISOString();

type AnyTag = { readonly [P in "Key" | "key" | "TagKey" | "Value" | "value" | "TagValue"]?: string | undefined };

/** The tags a resource bears, as templates list them; those that AWS sets itself are no part of it. */
export const tagList = (tags: readonly AnyTag[] | Readonly<Record<string, string>> = []): TagList => {
  const pairs = Array.isArray(tags)
    ? tags.map((tag: AnyTag) => [tag.Key ?? tag.key ?? tag.TagKey ?? "", tag.Value ?? tag.value ?? tag.TagValue ?? ""])
    : Object.entries(tags);
  return pairs.flatMap(([Key = "", Value = ""]) => (Key.startsWith("aws:") ? [] : [{ Key, Value }]));
};

/** The same as a map, for the types that take one. */
export const tagMap = (tags: Readonly<Record<string, string>> = {}): JsonObject =>
  Object.fromEntries(tagList(tags).map(({ Key, Value }) => [Key, Value]));

/** A property's texts, those that it lists. */
export const textsOf = (properties: JsonObject, name: string): readonly string[] => {
  const value = properties[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
};

/** A property's text, or undefined. */
export const textOf = (properties: JsonObject, name: string): string | undefined => {
  const value = properties[name];
  return typeof value === "string" ? value : undefined;
};

/** A property's object; an empty one where there is none. */
export const objectIn = (properties: JsonObject, name: string): JsonObject => {
  const value = properties[name];
  return isJsonObject(value) ? value : {};
};

/** A property's objects, those that it lists. */
export const objectsIn = (properties: JsonObject, name: string): readonly JsonObject[] => {
  const value = properties[name];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
};

/** What a call answers, or undefined when it fails because what it asks for is not there. */
export const unlessMissing = async <T>(call: Promise<T>, ...codes: readonly string[]): Promise<T | undefined> => {
  try {
    return await call;
  } catch (error) {
    if (codes.includes(errorCode(error))) return undefined;
    throw error;
  }
};

/** One page of a list, and the token that asks for the next. */
interface Page<T> {
  readonly items: readonly T[] | undefined;
  readonly next: string | undefined;
}

/** What a service tells of only in a list of all, page by page; undefined where none is it. */
export const foundInPages = async <T>(
  ask: (token: string | undefined) => Promise<Page<T>>,
  isIt: (item: T) => boolean,
): Promise<T | undefined> => {
  let token: string | undefined;
  do {
    const { items, next } = await ask(token);
    const found = items?.find(isIt);
    if (found !== undefined) return found;
    token = next;
  } while (token !== undefined);
  return undefined;
};
