import type { Context } from "../../kernel/context.ts";
import { NotImplemented } from "../../kernel/errors.ts";
import { invalidInput } from "./errors.ts";
import { fleetNameOf } from "./find.ts";
import { MAX_TAGS } from "./limits.ts";
import type { ProjectSettings, TagRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Refuses settings that contradict each other, in AWS's words where they are known. */
export const checkSettings = ({
  source,
  artifacts,
  secondarySources = [],
  secondaryArtifacts = [],
  cache,
}: ProjectSettings): void => {
  if (cache?.type === "S3" && !cache.location)
    throw invalidInput("Invalid cache: location must be a valid S3 bucket, followed by slash and the prefix");
  if ((source.type === "CODEPIPELINE") !== (artifacts.type === "CODEPIPELINE"))
    throw invalidInput(
      "Invalid input: when using CodePipeline both sourceType, and artifactType must be set to: CODEPIPELINE",
    );
  for (const each of [source, ...secondarySources]) {
    if (!LOCATED.has(each.type) && !each.location)
      throw invalidInput(`Source location is required for source type ${each.type}`);
  }
  if (source.type === "NO_SOURCE" && !source.buildspec)
    throw invalidInput("Buildspec must be specified for source type NO_SOURCE");
  for (const each of [artifacts, ...secondaryArtifacts]) {
    if (each.type === "S3" && !each.location) throw invalidInput("Artifact location is required for artifact type S3");
  }
  unique(
    secondarySources.map(({ sourceIdentifier }) => sourceIdentifier),
    "sourceIdentifier",
  );
  unique(
    secondaryArtifacts.map(({ artifactIdentifier }) => artifactIdentifier),
    "artifactIdentifier",
  );
};

/** Refuses by name what would make a build another one than it would be on AWS. */
export const refuseUnbuilt = ({ environment }: ProjectSettings): void => {
  if (environment.type.startsWith("WINDOWS") || environment.type === "MAC_ARM")
    throw new NotImplemented(`builds in an environment of type ${environment.type}`);
};

/** AWS: a fleet that settings name must be there. */
export const checkFleetOf = ({ fleets }: Pick<Room, "fleets">, { environment }: ProjectSettings): void => {
  const arn = environment.fleet?.fleetArn;
  if (arn && fleets.get(fleetNameOf(arn))?.arn !== arn) throw invalidInput(`Fleet cannot be found: ${arn}`);
};

/** What settings have no effect here, in the words in which a build's log names them. */
export const notApplied = ({
  environment: { fleet },
  vpcConfig,
  fileSystemLocations = [],
}: ProjectSettings): readonly string[] => [
  ...(fleet?.fleetArn ? [`fleet is not applied: the build runs on this machine, not on ${fleet.fleetArn}`] : []),
  ...(vpcConfig?.vpcId
    ? [`vpcConfig is not applied: the build runs in this machine's network, not in ${vpcConfig.vpcId}`]
    : []),
  ...fileSystemLocations.map(
    ({ identifier, location, mountPoint }) =>
      `fileSystemLocations is not applied: ${location ?? identifier ?? "a file system"} is not mounted at ${mountPoint ?? "its place"}`,
  ),
];

/** AWS takes a role's name as well as its ARN, and no other account's. */
export const roleArn = (ctx: Pick<Context, "partition" | "account">, role: string): string => {
  if (!role.startsWith("arn:")) return `arn:${ctx.partition}:iam::${ctx.account}:role/${role}`;
  if (role.split(":")[4] === ctx.account) return role;
  throw invalidInput("Invalid service role: Service role account ID does not match caller's account");
};

/** Tags as records; each key once. */
export const tagsOf = (
  tags: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[] = [],
): readonly TagRecord[] => {
  if (tags.length > MAX_TAGS) throw invalidInput(`Cannot have more than ${MAX_TAGS} tags`);
  return tags.map(({ key = "", value = "" }) => ({ key, value }));
};

const LOCATED: ReadonlySet<string> = new Set(["CODEPIPELINE", "NO_SOURCE"]);

const unique = (identifiers: readonly (string | undefined)[], name: string): void => {
  if (identifiers.includes(undefined)) throw invalidInput(`${name} is required`);
  if (identifiers.some((identifier) => !/^\w{1,127}$/.test(identifier ?? ""))) {
    throw invalidInput(
      "Invalid input: identifier must contain only alphanumeric characters and underscores and be less than 128 characters in length",
    );
  }
  if (new Set(identifiers).size < identifiers.length) throw invalidInput(`${name} must be unique`);
};
