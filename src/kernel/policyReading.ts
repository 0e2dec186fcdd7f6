import { isDeepStrictEqual } from "node:util";
import type { JsonValue } from "./json.ts";
import type { ResourceContext } from "./resource.ts";
import { plain, type ResourceReader, textOf, textsOf } from "./resourceReading.ts";

/** The policy that one thing has, or undefined: it has none, or there is no such thing. */
type PolicyOf = (ctx: ResourceContext, name: string) => Promise<JsonValue | undefined>;

/** Reads one document on all that the template names in a property: those that have another one are not among them. */
export const sharedPolicyReader =
  (property: string, policyOf: PolicyOf): ResourceReader =>
  async (ctx, physicalId, given) => {
    const shared = await sharedDocument(textsOf(given, property), (name) => policyOf(ctx, name));
    if (shared === undefined) return undefined;
    const properties = plain({ PolicyDocument: shared.document, [property]: shared.holders });
    return { physicalId, attributes: { Id: physicalId }, properties, unread: [] };
  };

/** Reads the policy of the one thing that an inline policy names. */
export const inlinePolicyReader =
  (property: string, policyOf: PolicyOf): ResourceReader =>
  async (ctx, physicalId, given) => {
    const name = textOf(given, property) ?? physicalId;
    const PolicyDocument = await policyOf(ctx, name);
    if (PolicyDocument === undefined) return undefined;
    return { physicalId, attributes: {}, properties: plain({ PolicyDocument, [property]: name }), unread: [] };
  };

/** The document of the first of some things that has any, and which of them have the same. */
const sharedDocument = async (
  names: readonly string[],
  documentOf: (name: string) => Promise<JsonValue | undefined>,
): Promise<{ readonly document: JsonValue; readonly holders: readonly string[] } | undefined> => {
  let shared: { readonly document: JsonValue; readonly holders: string[] } | undefined;
  for (const name of names) {
    const document = await documentOf(name);
    if (document === undefined) continue;
    shared ??= { document, holders: [] };
    if (isDeepStrictEqual(document, shared.document)) shared.holders.push(name);
  }
  return shared;
};
