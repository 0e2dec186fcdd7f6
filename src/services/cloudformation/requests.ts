import type { Context } from "../../kernel/context.ts";
import type { StackRequest } from "./definition/prepare.ts";
import { validationError } from "./errors.ts";
import type { RollbackSettings, StackRecord, TagRecord } from "./records.ts";

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
  readonly ResourceTypes?: readonly string[] | undefined;
  readonly RollbackConfiguration?: RollbackInput | undefined;
}

interface RollbackInput {
  readonly RollbackTriggers?:
    | readonly { readonly Arn?: string | undefined; readonly Type?: string | undefined }[]
    | undefined;
  readonly MonitoringTimeInMinutes?: number | undefined;
}

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
  resourceTypes: input.ResourceTypes ?? [],
  rollback: input.RollbackConfiguration && rollbackSettings(input.RollbackConfiguration),
  ...options,
});

const TRIGGER_TYPES = new Set(["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"]);

const rollbackSettings = ({ RollbackTriggers = [], MonitoringTimeInMinutes }: RollbackInput): RollbackSettings => ({
  triggers: RollbackTriggers.map(({ Arn = "", Type = "" }) => {
    if (!TRIGGER_TYPES.has(Type)) throw validationError(`Rollback trigger type ${Type} is not supported`);
    return { arn: Arn, type: Type };
  }),
  monitoringMinutes: MonitoringTimeInMinutes,
});

const tagRecords = (tags: NonNullable<StackInput["Tags"]>): readonly TagRecord[] => {
  const records = tags.map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));
  const reserved = records.find(({ key }) => key.toLowerCase().startsWith("aws:"));
  if (reserved !== undefined) throw validationError(`Tag keys with the prefix aws: are reserved: ${reserved.key}`);
  if (new Set(records.map(({ key }) => key)).size < records.length) throw validationError("Duplicate tag keys found.");
  return records;
};

/** AWS: a request with the token of the operation that is under way, or was the last, is the same request again. */
export const isRepeated = (
  { operation, lastOperation }: Pick<StackRecord, "operation" | "lastOperation">,
  token: string | undefined,
): boolean => token !== undefined && (operation ?? lastOperation)?.clientRequestToken === token;

/** A name that a new stack may have. */
export const checkStackName = (name: string, member: "stackName" | "stackSetName" = "stackName"): void => {
  if (/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) return;
  throw validationError(
    `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
  );
};

/** The id of a stack yet to be made. */
export const newStackId = (ctx: Context, name: string, uuid: string): string => ctx.arn(`stack/${name}/${uuid}`);
