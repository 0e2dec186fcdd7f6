import type { InputOf } from "../../../kernel/aws.ts";
import { checkBatch } from "../definition/endpoint.ts";
import { checkEnrichment, readEnrichment } from "../definition/enrichment.ts";
import { readLogging } from "../definition/logging.ts";
import { batchSizeOf, readSource } from "../definition/source.ts";
import { readTarget } from "../definition/target.ts";
import { pipeExists, tooManyPipes } from "../errors.ts";
import { begin } from "../lifecycle/settle.ts";
import { MAX_PIPES } from "../limits.ts";
import type { PipeRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { requested, stateView } from "../views.ts";

type Input = InputOf<typeof import("@aws-sdk/client-pipes"), "CreatePipe">;
type Definition = Omit<PipeRecord, "state" | "createdAt" | "changedAt">;

export const createPipe =
  (room: Room): Operation<"CreatePipe"> =>
  async (ctx, input) => {
    const definition = checked({ ...definitionOf(input), arn: ctx.arn(`pipe/${input.Name}`) });
    if (room.pipes.has(input.Name)) throw pipeExists(input.Name);
    if ([...room.pipes.range({ limit: MAX_PIPES })].length >= MAX_PIPES) throw tooManyPipes(input.Name);
    const now = room.clock.now();
    const pipe = await begin(room, { ...definition, state: "CREATING", createdAt: now, changedAt: now });
    return { ...stateView(pipe), DesiredState: requested(pipe) };
  };

const definitionOf = (input: Input): Omit<Definition, "arn"> => {
  const logging = readLogging(input.LogConfiguration);
  const enrichmentParameters = readEnrichment(input.EnrichmentParameters);
  return {
    name: input.Name,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    desiredState: input.DesiredState ?? "RUNNING",
    roleArn: input.RoleArn,
    source: input.Source,
    sourceParameters: readSource(input.Source, input.SourceParameters),
    ...(input.Enrichment ? { enrichment: input.Enrichment } : {}),
    ...(enrichmentParameters ? { enrichmentParameters } : {}),
    target: input.Target,
    ...(input.TargetParameters ? { targetParameters: readTarget(input.Target, input.TargetParameters) } : {}),
    ...(logging ? { logging } : {}),
    ...(input.KmsKeyIdentifier ? { kmsKey: input.KmsKeyIdentifier } : {}),
    tags: { ...input.Tags },
  };
};

/** Checks what fits only together. */
export const checked = <D extends Omit<Definition, "arn">>(pipe: D): D => {
  const batchSize = batchSizeOf(pipe.sourceParameters);
  readTarget(pipe.target, pipe.targetParameters);
  checkBatch(batchSize, "target", pipe.target);
  if (pipe.enrichment !== undefined) {
    checkEnrichment(pipe.enrichment, pipe.enrichmentParameters);
    checkBatch(batchSize, "enrichment", pipe.enrichment);
  }
  return pipe;
};
