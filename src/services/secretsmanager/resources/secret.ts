import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { keyAsGiven, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html */
interface SecretProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly SecretString?: string;
  readonly GenerateSecretString?: GenerateSecretString;
  readonly ReplicaRegions?: readonly ReplicaRegion[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

interface ReplicaRegion {
  readonly Region: string;
  readonly KmsKeyId?: string;
}

interface GenerateSecretString {
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
  readonly PasswordLength?: number;
  readonly ExcludeCharacters?: string;
  readonly ExcludeLowercase?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly IncludeSpace?: boolean;
  readonly RequireEachIncludedType?: boolean;
}

export const secretType = defineResourceType<SecretProperties>({
  name: "AWS::SecretsManager::Secret",
  unbuilt: ["Type"],
  create: async (ctx, desired) => {
    const { ARN = "" } = await ctx.call("secretsmanager", "CreateSecret", {
      Name: desired.Name ?? ctx.physicalName(),
      Description: desired.Description,
      KmsKeyId: desired.KmsKeyId,
      ClientRequestToken: ctx.clientToken,
      SecretString: await initialValue(ctx, desired),
      Tags: tagsOf(ctx, desired),
      AddReplicaRegions: desired.ReplicaRegions && [...desired.ReplicaRegions],
    });
    return { physicalId: ARN, attributes: { Id: ARN } };
  },
  update: async (ctx, current, desired) => {
    const { physicalId, attributes, properties } = current;
    const generates = JSON.stringify(desired.GenerateSecretString) !== JSON.stringify(properties.GenerateSecretString);
    const valued = generates || desired.SecretString !== properties.SecretString;
    await ctx.call("secretsmanager", "UpdateSecret", {
      SecretId: physicalId,
      Description: desired.Description ?? "",
      KmsKeyId: desired.KmsKeyId ?? (properties.KmsKeyId && "alias/aws/secretsmanager"),
      ClientRequestToken: ctx.newToken(),
      SecretString: valued ? await initialValue(ctx, desired) : undefined,
    });
    await changeReplicas(ctx, physicalId, properties.ReplicaRegions, desired.ReplicaRegions);
    const tags = tagsOf(ctx, desired);
    const gone = (properties.Tags ?? []).filter(({ Key }) => !tags.some((tag) => tag.Key === Key));
    if (gone.length > 0) {
      await ctx.call("secretsmanager", "UntagResource", { SecretId: physicalId, TagKeys: gone.map(({ Key }) => Key) });
    }
    if (tags.length > 0) await ctx.call("secretsmanager", "TagResource", { SecretId: physicalId, Tags: tags });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties }) => {
    await changeReplicas(ctx, physicalId, properties.ReplicaRegions, []);
    // AWS: a stack deletes its secrets without a window for recovery.
    await ctx.call("secretsmanager", "DeleteSecret", { SecretId: physicalId, ForceDeleteWithoutRecovery: true });
  },
  read: async (ctx, physicalId, given) => {
    const asked = ctx.call("secretsmanager", "DescribeSecret", { SecretId: physicalId });
    const secret = await unlessMissing(asked, "ResourceNotFoundException");
    if (!secret || secret.DeletedDate !== undefined) return undefined;
    const { ARN = physicalId, Name, Description, Tags } = secret;
    const KmsKeyId = await keyAsGiven(ctx, given["KmsKeyId"], secret.KmsKeyId);
    const properties = plain({ Name, Description, KmsKeyId, Tags: tagList(Tags) });
    return { physicalId: ARN, attributes: { Id: ARN }, properties, unread: UNREAD };
  },
});

/** AWS: a secret's value is no part of what drift is looked for in. */
const UNREAD = ["GenerateSecretString", "ReplicaRegions", "SecretString", "Type"];

const changeReplicas = async (
  ctx: ResourceContext,
  SecretId: string,
  current: readonly ReplicaRegion[] = [],
  desired: readonly ReplicaRegion[] = [],
): Promise<void> => {
  const isIn = (regions: readonly ReplicaRegion[], { Region, KmsKeyId }: ReplicaRegion) =>
    regions.some((each) => each.Region === Region && each.KmsKeyId === KmsKeyId);
  const RemoveReplicaRegions = current.filter((each) => !isIn(desired, each)).map(({ Region }) => Region);
  const AddReplicaRegions = desired.filter((each) => !isIn(current, each));
  if (RemoveReplicaRegions.length > 0)
    await ctx.call("secretsmanager", "RemoveRegionsFromReplication", { SecretId, RemoveReplicaRegions });
  if (AddReplicaRegions.length > 0)
    await ctx.call("secretsmanager", "ReplicateSecretToRegions", { SecretId, AddReplicaRegions });
};

const tagsOf = (ctx: ResourceContext, { Tags = [] }: SecretProperties) => {
  const own = new Map(Object.entries(ctx.tags).concat(Tags.map(({ Key, Value }) => [Key, Value])));
  return [...own].map(([Key, Value]) => ({ Key, Value }));
};

const initialValue = async (ctx: ResourceContext, { SecretString, GenerateSecretString }: SecretProperties) => {
  if (!GenerateSecretString) return SecretString;
  const { SecretStringTemplate, GenerateStringKey, ...options } = GenerateSecretString;
  const { RandomPassword = "" } = await ctx.call("secretsmanager", "GetRandomPassword", options);
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return RandomPassword;
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: RandomPassword });
};
