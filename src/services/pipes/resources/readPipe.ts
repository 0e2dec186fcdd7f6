import type { DescribePipeCommandOutput } from "@aws-sdk/client-pipes";
import type { ResourceState } from "../../../kernel/resource.ts";
import { plain, type ResourceReader, tagMap, unlessMissing } from "../../../kernel/resourceReading.ts";

/** A pipe as a template says it. */
export const readPipe: ResourceReader = async (ctx, Name) => {
  const found = await unlessMissing(ctx.call("pipes", "DescribePipe", { Name }), "NotFoundException");
  if (!found) return undefined;
  const { Description, DesiredState, Source, Enrichment, EnrichmentParameters, Target, TargetParameters } = found;
  const properties = plain({
    Name: found.Name,
    Description,
    DesiredState,
    Source,
    SourceParameters: found.SourceParameters,
    Enrichment,
    EnrichmentParameters,
    Target,
    TargetParameters,
    RoleArn: found.RoleArn,
    LogConfiguration: found.LogConfiguration,
    KmsKeyIdentifier: found.KmsKeyIdentifier,
    Tags: tagMap(found.Tags),
  });
  return { ...stateOf(found), properties, unread: [] };
};

export const stateOf = (
  pipe: Pick<
    DescribePipeCommandOutput,
    "Name" | "Arn" | "CurrentState" | "StateReason" | "CreationTime" | "LastModifiedTime"
  >,
): ResourceState => ({
  physicalId: pipe.Name ?? "",
  attributes: {
    Arn: pipe.Arn ?? "",
    CurrentState: pipe.CurrentState ?? "",
    StateReason: pipe.StateReason ?? "",
    CreationTime: pipe.CreationTime?.toISOString() ?? "",
    LastModifiedTime: pipe.LastModifiedTime?.toISOString() ?? "",
  },
});
