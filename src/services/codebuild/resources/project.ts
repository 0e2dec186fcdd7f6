import type * as sdk from "@aws-sdk/client-codebuild";
import type { CallInputOf } from "../../../kernel/aws.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext, type ResourceState } from "../../../kernel/resource.ts";
import { textOf } from "../../../kernel/resourceReading.ts";
import { fromProperties, type Properties } from "../../../kernel/spelledProperties.ts";
import { readProject } from "./readProject.ts";
import { tagsOf } from "./tags.ts";

type CreateInput = CallInputOf<typeof sdk, "CreateProject">;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-project.html */
interface ProjectProperties extends Properties<Omit<CreateInput, "name" | "source" | "tags">> {
  readonly Name?: string;
  readonly Source?: SourceProperties;
  readonly SecondarySources?: readonly SourceProperties[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly Triggers?: TriggerProperties;
  readonly Visibility?: string;
}

type WebhookInput = CallInputOf<typeof sdk, "CreateWebhook">;
type TriggerProperties = Properties<Pick<WebhookInput, "filterGroups" | "buildType">> & { readonly Webhook?: boolean };

/** The one member that templates spell otherwise. */
type SourceProperties = Properties<Omit<NonNullable<CreateInput["source"]>, "buildspec">> & {
  readonly BuildSpec?: string;
};

export const projectType = defineResourceType<ProjectProperties>({
  name: "AWS::CodeBuild::Project",
  create: async (ctx, desired) => {
    refuseUnbuilt(desired);
    const name = desired.Name ?? ctx.physicalName({ maxLength: 150 });
    const { project } = await ctx.call("codebuild", "CreateProject", inputOf(ctx, name, desired));
    await setWebhook(ctx, name, undefined, desired.Triggers);
    return stateOf(name, project?.arn);
  },
  update: async (ctx, { physicalId, properties }, desired) => {
    refuseUnbuilt(desired);
    const gone = Object.entries(WHEN_REMOVED).filter(([property]) => property in properties && !(property in desired));
    const cleared = Object.assign({}, ...gone.map(([, value]) => value));
    const input = { ...inputOf(ctx, physicalId, desired), ...cleared };
    const { project } = await ctx.call("codebuild", "UpdateProject", input);
    await setWebhook(ctx, physicalId, properties.Triggers, desired.Triggers);
    return stateOf(physicalId, project?.arn);
  },
  delete: async (ctx, { physicalId }) => {
    await ctx.call("codebuild", "DeleteProject", { name: physicalId });
  },
  read: async (ctx, physicalId, given) => {
    const properties = await readProject(ctx, physicalId, given);
    return properties && { ...stateOf(physicalId, textOf(properties, "Arn")), properties, unread: [] };
  },
});

const stateOf = (name: string, arn: string | undefined): ResourceState => ({
  physicalId: name,
  attributes: { Arn: arn ?? "", Id: name },
});

/** What an update says for a property that is no longer there: UpdateProject leaves alone what it does not name. */
const WHEN_REMOVED = {
  Description: { description: "" },
  SecondarySources: { secondarySources: [] },
  SecondaryArtifacts: { secondaryArtifacts: [] },
  SecondarySourceVersions: { secondarySourceVersions: [] },
  SourceVersion: { sourceVersion: "" },
  Cache: { cache: { type: "NO_CACHE" } },
  TimeoutInMinutes: { timeoutInMinutes: 60 },
  QueuedTimeoutInMinutes: { queuedTimeoutInMinutes: 480 },
  LogsConfig: { logsConfig: {} },
  VpcConfig: { vpcConfig: {} },
} as const;

const inputOf = (ctx: ResourceContext, name: string, desired: ProjectProperties): CreateInput => {
  const {
    Name: _name,
    Source,
    SecondarySources,
    Tags: _tags,
    Triggers: _triggers,
    Visibility: _visibility,
    ...rest
  } = desired;
  return {
    ...fromProperties<Omit<CreateInput, "name" | "source" | "tags">>(rest),
    name,
    source: Source && sourceOf(Source),
    ...(SecondarySources ? { secondarySources: SecondarySources.map(sourceOf) } : {}),
    tags: tagsOf(ctx, desired),
  };
};

const sourceOf = ({ BuildSpec, ...source }: SourceProperties): NonNullable<CreateInput["source"]> => ({
  ...fromProperties<Omit<NonNullable<CreateInput["source"]>, "buildspec">>(source),
  ...(BuildSpec === undefined ? {} : { buildspec: BuildSpec }),
});

/** A webhook is part of the project in a template, and a thing of its own in the API. */
const setWebhook = async (
  ctx: ResourceContext,
  projectName: string,
  before: TriggerProperties | undefined,
  after: TriggerProperties | undefined,
): Promise<void> => {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const { Webhook, ...more } = after ?? {};
  if (!Webhook) {
    if (before?.Webhook) await ctx.call("codebuild", "DeleteWebhook", { projectName });
    return;
  }
  const input = { ...fromProperties<Omit<WebhookInput, "projectName">>(more), projectName };
  await ctx.call("codebuild", before?.Webhook ? "UpdateWebhook" : "CreateWebhook", input);
};

const refuseUnbuilt = ({ Visibility }: ProjectProperties): void => {
  if (Visibility === "PUBLIC_READ") throw new NotImplemented("Visibility PUBLIC_READ of AWS::CodeBuild::Project");
};
