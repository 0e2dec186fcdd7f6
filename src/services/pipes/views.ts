import type { PipeRecord } from "./records.ts";

/** What every operation on a pipe answers. */
export const stateView = ({ arn, name, state, createdAt, changedAt }: PipeRecord) => ({
  Arn: arn,
  Name: name,
  CurrentState: state,
  CreationTime: new Date(createdAt),
  LastModifiedTime: new Date(changedAt),
});

export const pipeSummary = (pipe: PipeRecord) => ({
  ...stateView(pipe),
  DesiredState: requested(pipe),
  StateReason: pipe.stateReason,
  Source: pipe.source,
  Target: pipe.target,
  Enrichment: pipe.enrichment,
});

export const pipeView = (pipe: PipeRecord) => ({
  ...pipeSummary(pipe),
  DesiredState: pipe.desiredState,
  Description: pipe.description,
  SourceParameters: pipe.sourceParameters,
  EnrichmentParameters: pipe.enrichmentParameters,
  TargetParameters: pipe.targetParameters,
  RoleArn: pipe.roleArn,
  Tags: pipe.tags,
  LogConfiguration: pipe.logging,
  KmsKeyIdentifier: pipe.kmsKey,
});

/** A state as those who may not ask for DELETED are told it. */
export const requested = ({ desiredState }: PipeRecord) => (desiredState === "DELETED" ? undefined : desiredState);
