import type { PipeTargetParameters } from "@aws-sdk/client-pipes";
import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidField, missingField } from "../errors.ts";
import { type EndpointKind, endpointKind } from "./endpoint.ts";

type Member = Exclude<keyof PipeTargetParameters, "InputTemplate">;

/** The parameters of each kind of target. */
const MEMBERS: Readonly<Record<EndpointKind, Member | undefined>> = {
  api: "HttpParameters",
  apiDestination: "HttpParameters",
  bus: "EventBridgeEventBusParameters",
  lambda: "LambdaFunctionParameters",
  logs: "CloudWatchLogsParameters",
  sns: undefined,
  sqs: "SqsQueueParameters",
  states: "StepFunctionStateMachineParameters",
};

/** Checks what a pipe says of its target; what fits it is kept. */
export const readTarget = (arn: string, given: PipeTargetParameters = {}): PipeTargetParameters => {
  const kind = endpointKind(arn);
  if (kind === undefined) throw invalidField("Target", `The target ${arn} is not supported.`);
  const { InputTemplate, ...services } = given;
  for (const [member, value] of Object.entries(services)) {
    if (value !== undefined && member !== MEMBERS[kind])
      throw invalidField(`TargetParameters.${member}`, "The parameter does not fit the target.");
  }
  if (given.EventBridgeEventBusParameters?.EndpointId !== undefined)
    throw new NotImplemented("pipes that send to a global endpoint");
  if (kind === "sns" && arn.endsWith(".fifo")) throw invalidField("Target", "SNS FIFO topics are not supported.");
  if (kind === "sqs" && arn.endsWith(".fifo") && !given.SqsQueueParameters?.MessageGroupId)
    throw missingField("TargetParameters.SqsQueueParameters.MessageGroupId");
  return { ...services, ...(InputTemplate ? { InputTemplate } : {}) };
};

/** What of a pipe's parameters still fits once it has another target. */
export const fittingParameters = (arn: string, kept: PipeTargetParameters = {}): PipeTargetParameters => {
  const kind = endpointKind(arn);
  const member = kind && MEMBERS[kind];
  return {
    ...(kept.InputTemplate === undefined ? {} : { InputTemplate: kept.InputTemplate }),
    ...(member && kept[member] !== undefined ? { [member]: kept[member] } : {}),
  };
};
