import type { Context } from "../../../kernel/context.ts";
import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import { validationError } from "../errors.ts";
import { type DynamicReference, dynamicReferencesIn } from "../template/dynamicReferences.ts";
import { noResources } from "../template/resolve.ts";
import type { CompiledStack } from "./compile.ts";

/** A reference, and the property it stands in: `AWS::IAM::User/Properties/LoginProfile/Password`. */
interface Placed {
  readonly reference: DynamicReference;
  readonly place: string;
}

/** Properties that take secure parameters, of the types that are served here. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html */
const TAKES_SECURE = new Set(["AWS::IAM::User/Properties/LoginProfile/Password"]);

/** Where a stack's resources refer to stored parameters, as far as that is known before anything is made. */
export const placedReferences = (compiled: CompiledStack): readonly Placed[] =>
  [...compiled.resources].flatMap(([logicalId, { type }]) =>
    placedIn(compiled.properties(logicalId, noResources), `${type}/Properties`),
  );

/** AWS: within a list, the place is the list's. */
const placedIn = (value: JsonValue, place: string): readonly Placed[] => {
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([name, member]) => placedIn(member, `${place}/${name}`));
  }
  return dynamicReferencesIn(value).map((reference) => ({ reference, place }));
};

/** AWS: secure parameters are read for a few properties only. The refusal names all others that ask for one. */
export const misplacedSecure = (placed: readonly Placed[]): string | undefined => {
  const misplaced = placed.filter(
    ({ reference, place }) => reference.service === "ssm-secure" && !TAKES_SECURE.has(place),
  );
  if (misplaced.length === 0) return undefined;
  return `SSM Secure reference is not supported in: [${misplaced.map(({ place }) => place).join(",")}]`;
};

const MAX_NAMES_AT_A_TIME = 10;

/**
 * Refuses references to parameters that are not there. Differs: one that the template itself makes is looked for when it
 * is needed; whether AWS refuses it is not known.
 */
export const refuseMissingParameters = async (
  { call }: Pick<Context, "call">,
  placed: readonly Placed[],
  compiled: CompiledStack,
): Promise<void> => {
  const own = new Set(
    [...compiled.resources].map(([id, { type }]) =>
      type === "AWS::SSM::Parameter" ? compiled.properties(id, noResources)["Name"] : undefined,
    ),
  );
  const wanted = placed.flatMap(({ reference }) =>
    reference.service === "ssm" && !own.has(reference.name) ? [nameOf(reference)] : [],
  );
  const names = [...new Set(wanted)];
  const missing: string[] = [];
  for (let at = 0; at < names.length; at += MAX_NAMES_AT_A_TIME) {
    const Names = names.slice(at, at + MAX_NAMES_AT_A_TIME);
    const { InvalidParameters = [] } = await call("ssm", "GetParameters", { Names });
    missing.push(...InvalidParameters);
  }
  if (missing.length === 0) return;
  throw validationError(`Parameters: [${missing.map((name) => `ssm:${name}`).join(", ")}] cannot be found.`);
};

const nameOf = ({ name, version }: Extract<DynamicReference, { service: "ssm" | "ssm-secure" }>): string =>
  version === undefined ? name : `${name}:${version}`;
