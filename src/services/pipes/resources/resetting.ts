import type { CreatePipeCommandInput } from "@aws-sdk/client-pipes";
import { own } from "../../../kernel/own.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-pipes-pipe.html */
export interface PipeProperties extends Omit<CreatePipeCommandInput, "Name" | "Tags"> {
  readonly Name?: string;
  readonly Tags?: Readonly<Record<string, string>>;
}

/** What empties a member that is no object of settings. */
const BLANKS = { FilterCriteria: { Filters: [] }, InputTemplate: "" };

/** Members that have left the template, as what empties them. */
const emptied = (before: object = {}, desired: object = {}) =>
  Object.fromEntries(
    Object.keys(before).flatMap((name) => (name in desired ? [] : [[name, own<object | string>(BLANKS, name) ?? {}]])),
  );

/** An update that puts what has left the template back to its default: UpdatePipe keeps what it is not told. */
export const resetting = (before: PipeProperties, { Source: _source, Tags: _tags, ...desired }: PipeProperties) => {
  const { SourceParameters, EnrichmentParameters, TargetParameters } = desired;
  const isSameTarget = before.Target === desired.Target;
  return {
    Description: "",
    DesiredState: "RUNNING" as const,
    Enrichment: "",
    KmsKeyIdentifier: "",
    ...(before.LogConfiguration ? { LogConfiguration: { Level: "OFF" as const } } : {}),
    ...desired,
    SourceParameters: { ...emptied(before.SourceParameters, SourceParameters), ...SourceParameters },
    EnrichmentParameters: { ...emptied(before.EnrichmentParameters, EnrichmentParameters), ...EnrichmentParameters },
    // AWS: parameters of a target that is another now go by themselves.
    TargetParameters: {
      ...(isSameTarget ? emptied(before.TargetParameters, TargetParameters) : { InputTemplate: "" }),
      ...TargetParameters,
    },
  };
};
