import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import { principalArn } from "../../../kernel/principal.ts";
import {
  oldestVersionLabelled,
  parameterAlreadyExists,
  patternMismatch,
  tooManyTags,
  typeMismatch,
  validation,
} from "../errors.ts";
import { latestOf, parameterNamed } from "../find.ts";
import { MAX_ADVANCED_VALUE_LENGTH, MAX_STANDARD_VALUE_LENGTH, MAX_TAGS, MAX_VERSIONS } from "../limits.ts";
import { arnResource, checkName } from "../names.ts";
import { schedulePolicies } from "../policies/enforce.ts";
import { policiesFrom } from "../policies/parse.ts";
import type { ParameterRecord, VersionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Input = InputOf<AwsModels["ssm"], "PutParameter">;

export const putParameter =
  (room: Room): Operation<"PutParameter"> =>
  async (ctx, input) => {
    checkName(input.Name);
    const existing = parameterNamed(room, input.Name);
    if (existing && !input.Overwrite) throw parameterAlreadyExists();
    checkTags(input);
    const before = existing && latestOf(room, existing);
    const name = existing?.name ?? input.Name;
    const version = newVersion(room, { ...input, Name: name }, before, principalArn(ctx.principal));
    const parameter: ParameterRecord = existing
      ? { ...existing, latest: version.version }
      : {
          name,
          arn: ctx.arn(arnResource(name)),
          tags: (input.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
          latest: version.version,
        };
    makeRoom(room, parameter);
    room.parameters.put(parameter.name, parameter);
    room.versions.put([parameter.name, version.version], version);
    schedulePolicies(room, version);
    room.announce(existing ? "Update" : "Create", { ...version, arn: parameter.arn });
    return { Version: version.version, Tier: version.tier };
  };

const checkTags = ({ Overwrite, Tags = [] }: Input): void => {
  if (Overwrite && Tags.length > 0) {
    throw validation(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  if (Tags.length > MAX_TAGS) throw tooManyTags();
};

const DEFAULT_KEY = "alias/aws/ssm";
const DATA_TYPES = new Set(["text", "aws:ec2:image", "aws:ssm:integration"]);

const newVersion = (room: Room, input: Input, before: VersionRecord | undefined, by: string): VersionRecord => {
  const type = typeOf(input, before);
  const dataType = input.DataType ?? before?.dataType ?? "text";
  if (!DATA_TYPES.has(dataType)) {
    throw validation(`The following data type is not supported: ${dataType} (Data type names are all lowercase.)`);
  }
  checkPattern(input);
  const tier = tierOf(input, before);
  checkPolicies(input, tier);
  const keyId = type === "SecureString" ? (input.KeyId ?? before?.keyId ?? DEFAULT_KEY) : undefined;
  const description = input.Description ?? before?.description;
  return {
    name: input.Name,
    version: (before?.version ?? 0) + 1,
    type,
    value: type === "SecureString" ? room.cipher.seal(input.Value) : input.Value,
    ...(description === undefined ? {} : { description }),
    ...(keyId === undefined ? {} : { keyId }),
    ...(input.AllowedPattern ? { allowedPattern: input.AllowedPattern } : {}),
    tier,
    dataType,
    ...policiesOf(input, before),
    labels: [],
    modifiedAt: room.clock.now(),
    modifiedBy: by,
  };
};

const typeOf = ({ Type, KeyId }: Input, before: VersionRecord | undefined): VersionRecord["type"] => {
  const type = Type ?? before?.type;
  if (!type) throw validation("A parameter type is required when you create a parameter.");
  if (before && type !== before.type) throw typeMismatch(before.type, type);
  if (KeyId !== undefined && type !== "SecureString") {
    throw validation("KeyId is required for SecureString type parameter only.");
  }
  return type;
};

const checkPattern = ({ Value, AllowedPattern }: Input): void => {
  if (Value === "") throw validation("Parameter value can't be empty.");
  if (!AllowedPattern) return;
  let pattern: RegExp;
  try {
    pattern = new RegExp(AllowedPattern);
  } catch {
    throw validation(`The request doesn't meet the regular expression requirement: ${AllowedPattern}`);
  }
  if (!pattern.test(Value)) throw patternMismatch(AllowedPattern);
};

const checkPolicies = ({ Policies }: Input, tier: VersionRecord["tier"]): void => {
  if (Policies === undefined || policiesFrom(Policies).length === 0) return;
  if (tier === "Standard") {
    throw validation("Parameter policies are only supported for advanced tier parameters.");
  }
};

/** AWS: policies stay until others come, or an empty one. */
const policiesOf = ({ Policies }: Input, before: VersionRecord | undefined): Pick<VersionRecord, "policies"> => {
  if (Policies === undefined) return before?.policies === undefined ? {} : { policies: before.policies };
  return policiesFrom(Policies).length === 0 ? {} : { policies: Policies };
};

const tierOf = ({ Tier, Value, Policies }: Input, before: VersionRecord | undefined): VersionRecord["tier"] => {
  const needsAdvanced = Value.length > MAX_STANDARD_VALUE_LENGTH || Policies !== undefined;
  const chosen = Tier === "Intelligent-Tiering" ? (needsAdvanced ? "Advanced" : before?.tier) : (Tier ?? before?.tier);
  const tier = chosen === "Advanced" ? "Advanced" : "Standard";
  if (before?.tier === "Advanced" && tier === "Standard") {
    throw validation(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
    );
  }
  if (tier === "Standard" && Value.length > MAX_STANDARD_VALUE_LENGTH) {
    throw validation(
      `Standard tier parameters support a maximum parameter value of ${MAX_STANDARD_VALUE_LENGTH} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html`,
    );
  }
  if (Value.length > MAX_ADVANCED_VALUE_LENGTH) {
    throw validation(
      `Advanced tier parameters support a maximum parameter value of ${MAX_ADVANCED_VALUE_LENGTH} characters.`,
    );
  }
  return tier;
};

/** AWS: a hundred versions are kept; the oldest goes, unless a label holds it. */
const makeRoom = (room: Room, { name, latest }: ParameterRecord): void => {
  for (const { key, value } of room.versions.range({ prefix: [name] })) {
    if (value.version > latest - MAX_VERSIONS) return;
    if (value.labels.length > 0) throw oldestVersionLabelled(name, value.version);
    room.versions.delete(key);
  }
};
