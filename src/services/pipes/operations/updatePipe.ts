import type { PipeTargetParameters } from "@aws-sdk/client-pipes";
import type { InputOf } from "../../../kernel/aws.ts";
import { readEnrichment } from "../definition/enrichment.ts";
import { readLogging } from "../definition/logging.ts";
import { readSource, type SourceSettings } from "../definition/source.ts";
import { fittingParameters, readTarget } from "../definition/target.ts";
import { findPipe } from "../find.ts";
import { change } from "../lifecycle/settle.ts";
import type { PipeRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { requested, stateView } from "../views.ts";
import { checked } from "./createPipe.ts";

type Input = InputOf<typeof import("@aws-sdk/client-pipes"), "UpdatePipe">;

/** AWS: what a request leaves out stays, but the parameters of one service change as one: what they leave out has its default. */
export const updatePipe =
  (room: Room): Operation<"UpdatePipe"> =>
  async (_ctx, input) => {
    const changed = checked(changedBy(findPipe(room, input.Name), input));
    const pipe = await change(room, changed, "UPDATING");
    return { ...stateView(pipe), DesiredState: requested(pipe) };
  };

const changedBy = (before: PipeRecord, input: Input): PipeRecord => {
  const { description, enrichment: had, enrichmentParameters, targetParameters, logging, kmsKey, ...rest } = before;
  const target = input.Target ?? before.target;
  const enrichment = input.Enrichment ?? had;
  const parameters = readEnrichment({ ...enrichmentParameters, ...input.EnrichmentParameters });
  const sending = changedTarget(before, target, input.TargetParameters);
  const logged = input.LogConfiguration ? readLogging(input.LogConfiguration) : logging;
  const text = input.Description ?? description;
  const key = input.KmsKeyIdentifier ?? kmsKey;
  return {
    ...rest,
    ...(text === undefined ? {} : { description: text }),
    desiredState: input.DesiredState ?? before.desiredState,
    roleArn: input.RoleArn,
    sourceParameters: changedSource(before, input.SourceParameters),
    ...(enrichment ? { enrichment } : {}),
    // AWS: an enrichment that is taken away takes its parameters with it.
    ...(enrichment && parameters ? { enrichmentParameters: parameters } : {}),
    target,
    ...(Object.keys(sending).length > 0 ? { targetParameters: sending } : {}),
    ...(logged ? { logging: logged } : {}),
    ...(key ? { kmsKey: key } : {}),
  };
};

const changedSource = (
  { source, sourceParameters: before }: PipeRecord,
  given: Input["SourceParameters"],
): SourceSettings => {
  if (!given) return before;
  const { DynamoDBStreamParameters: stream, ...others } = given;
  // Where a stream was begun with cannot be changed; one that is no source here is refused below.
  const { StartingPosition = "LATEST" } = before.DynamoDBStreamParameters ?? {};
  const changed = { ...others, ...(stream ? { DynamoDBStreamParameters: { ...stream, StartingPosition } } : {}) };
  return readSource(source, { ...before, ...changed });
};

const changedTarget = (
  { target: before, targetParameters: kept }: PipeRecord,
  target: string,
  given: PipeTargetParameters | undefined,
): PipeTargetParameters => {
  const staying = target === before ? kept : fittingParameters(target, kept);
  return readTarget(target, { ...staying, ...given });
};
