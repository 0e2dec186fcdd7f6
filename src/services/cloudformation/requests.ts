import type { Context } from "../../kernel/context.ts";
import { NotImplemented } from "../../kernel/errors.ts";
import type { StackRequest } from "./definition/prepare.ts";
import { validationError } from "./errors.ts";
import type { TagRecord } from "./records.ts";

/** The members that requests to make or change a stack share. */
interface StackInput {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
  readonly UsePreviousTemplate?: boolean | undefined;
  readonly Parameters?:
    | readonly {
        readonly ParameterKey?: string | undefined;
        readonly ParameterValue?: string | undefined;
        readonly UsePreviousValue?: boolean | undefined;
      }[]
    | undefined;
  readonly Tags?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
  readonly Capabilities?: readonly string[] | undefined;
  readonly NotificationARNs?: readonly string[] | undefined;
  readonly RoleARN?: string | undefined;
}

/** Members that would be ignored if they were taken: AWS does something with them that is not built here. */
interface UnbuiltInput {
  readonly StackPolicyBody?: string | undefined;
  readonly StackPolicyURL?: string | undefined;
  readonly StackPolicyDuringUpdateBody?: string | undefined;
  readonly StackPolicyDuringUpdateURL?: string | undefined;
  readonly ResourceTypes?: readonly string[] | undefined;
  readonly ResourcesToImport?: readonly unknown[] | undefined;
  readonly RollbackConfiguration?: { readonly RollbackTriggers?: readonly unknown[] | undefined } | undefined;
}

/** Refuses what is not built, by name. */
export const refuseUnbuilt = (input: UnbuiltInput): void => {
  const policies = [
    input.StackPolicyBody,
    input.StackPolicyURL,
    input.StackPolicyDuringUpdateBody,
    input.StackPolicyDuringUpdateURL,
  ];
  if (policies.some((policy) => policy !== undefined)) throw new NotImplemented("stack policies");
  if ((input.ResourceTypes ?? []).length > 0) throw new NotImplemented("the parameter ResourceTypes of stacks");
  if ((input.ResourcesToImport ?? []).length > 0) throw new NotImplemented("importing resources");
  if ((input.RollbackConfiguration?.RollbackTriggers ?? []).length > 0) throw new NotImplemented("rollback triggers");
};

/** A request's members in our own words. */
export const stackRequest = (
  input: StackInput,
  options: { readonly mustAcknowledgeExpansion: boolean },
): StackRequest => ({
  source: {
    TemplateBody: input.TemplateBody,
    TemplateURL: input.TemplateURL,
    UsePreviousTemplate: input.UsePreviousTemplate,
  },
  parameters: (input.Parameters ?? []).map((parameter) => ({
    name: parameter.ParameterKey ?? "",
    value: parameter.ParameterValue,
    usePreviousValue: parameter.UsePreviousValue ?? false,
  })),
  tags: input.Tags && tagRecords(input.Tags),
  notificationArns: input.NotificationARNs,
  roleArn: input.RoleARN,
  capabilities: input.Capabilities ?? [],
  ...options,
});

const tagRecords = (tags: NonNullable<StackInput["Tags"]>): readonly TagRecord[] => {
  const records = tags.map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));
  const reserved = records.find(({ key }) => key.toLowerCase().startsWith("aws:"));
  if (reserved !== undefined) throw validationError(`Tag keys with the prefix aws: are reserved: ${reserved.key}`);
  if (new Set(records.map(({ key }) => key)).size < records.length) throw validationError("Duplicate tag keys found.");
  return records;
};

/** A name that a new stack may have. */
export const checkStackName = (name: string): void => {
  if (/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) return;
  throw validationError(
    `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
  );
};

/** The id of a stack yet to be made. */
export const newStackId = (ctx: Context, name: string, uuid: string): string => ctx.arn(`stack/${name}/${uuid}`);
