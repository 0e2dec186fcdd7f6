import { parseArn } from "../../../kernel/arn.ts";
import { callByName } from "../../../kernel/callByName.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import type { DeliveryRecord, TargetRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { Routed } from "./transform.ts";

/**
 * AWS: what a target's input says stands in the request, so that a rule may name the source's revision and variables.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/triggering.html
 */
export const startPipeline = async (ctx: Context, delivery: DeliveryRecord, name: string): Promise<void> => {
  // A delivery that a crash repeats starts no second execution.
  const request = { clientRequestToken: delivery.id, ...requestIn(delivery), name };
  await callByName(ctx, "codepipeline", "startPipelineExecution", request);
};

/** AWS: the same for a build, whose variables and source version a rule may give. */
export const startBuild = async (ctx: Context, delivery: DeliveryRecord, projectName: string): Promise<void> => {
  await callByName(ctx, "codebuild", "startBuild", { ...requestIn(delivery), projectName });
};

/** What a payload asks for; an event that is passed on as it is asks for nothing. */
const requestIn = ({ target, payload }: DeliveryRecord): JsonObject => {
  const isEvent = target.input === undefined && target.inputPath === undefined && !target.inputTransformer;
  const value = isEvent ? undefined : parsed(payload);
  return isJsonObject(value) ? value : {};
};

const parsed = (payload: string): unknown => {
  try {
    return JSON.parse(payload);
  } catch {
    // An input transformer's template need not be JSON.
    return undefined;
  }
};

export const isPipeline = ({ arn }: TargetRecord): boolean => parseArn(arn)?.service === "codepipeline";

const pipelineOf = ({ arn }: TargetRecord): string => parseArn(arn)?.resource ?? arn;

/** Our own event, for who follows a push: a rule is about to start a pipeline for an event. */
export const tellAwaited = (room: Room, { id, target }: DeliveryRecord, { id: event }: Routed): void =>
  tell(room, "Pipeline Awaited", { delivery: id, event: String(event), pipeline: pipelineOf(target) });

/** Our own event as well: that was tried; what went wrong is tried again. */
export const tellTried = (room: Room, { id, target }: DeliveryRecord, error?: unknown): void =>
  tell(room, "Pipeline Tried", {
    delivery: id,
    pipeline: pipelineOf(target),
    ...(error === undefined ? {} : { cause: errorMessage(error) }),
  });

const tell = ({ events, ids, clock, account, region }: Room, detailType: string, detail: JsonObject): void =>
  events.emit({
    id: ids.uuid(),
    time: clock.now(),
    source: "aloft.events",
    detailType,
    account,
    region,
    resources: [],
    detail,
  });
