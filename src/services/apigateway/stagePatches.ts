import type { CanarySettings, PatchOperation } from "@aws-sdk/client-api-gateway";
import { badRequest } from "./errors.ts";
import { invalidSetting, isMethodSetting, unsetSetting, withSetting } from "./methodSettings.ts";
import { type PatchShape, patched, pathOf } from "./patch.ts";
import type { StageRecord } from "./records.ts";

const CANARY = {
  percentTraffic: "number",
  deploymentId: "text",
  stageVariableOverrides: "map",
  useStageCache: "boolean",
} as const;

const ACCESS_LOG = { destinationArn: "text", format: "text" } as const;

const SHAPE: PatchShape = {
  deploymentId: "text",
  description: "text",
  clientCertificateId: "text",
  documentationVersion: "text",
  variables: "map",
  tracingEnabled: "boolean",
  cacheClusterEnabled: "boolean",
  cacheClusterSize: "text",
  accessLogSettings: ACCESS_LOG,
  canarySettings: CANARY,
};

/** A stage with patches applied, in the order in which they come. */
export const patchedStage = (stage: StageRecord, operations: readonly PatchOperation[]): StageRecord =>
  operations.reduce(patchedOnce, stage);

const patchedOnce = (stage: StageRecord, operation: PatchOperation): StageRecord => {
  if (operation.op === "copy") return copied(stage, operation);
  if (isMethodSetting(operation, SHAPE)) {
    return { ...stage, methodSettings: withSetting(stage.methodSettings ?? {}, operation) };
  }
  const [member = ""] = pathOf(operation);
  if (member === "accessLogSettings") checkAccessLog(operation);
  if (member !== "canarySettings") return patched(stage, [operation], SHAPE);
  checkCanary(operation);
  if (operation.op === "remove") return patched(stage, [operation], SHAPE);
  return patched({ ...stage, canarySettings: canaryFor(stage, stage.canarySettings ?? {}) }, [operation], SHAPE);
};

/** AWS: what is not said of a canary is that it takes nothing yet, and answers as the stage does. */
export const canaryFor = (
  { deploymentId }: Partial<Pick<StageRecord, "deploymentId">>,
  given: CanarySettings,
): CanarySettings => ({ percentTraffic: 0, useStageCache: false, deploymentId, ...given });

/** AWS: what is removed below a member that can only be removed whole is looked for among the methods' settings. */
const checkRemoval = (operation: PatchOperation): void => {
  if (operation.op === "remove" && pathOf(operation).length > 1) throw unsetSetting(operation);
};

const checkAccessLog = (operation: PatchOperation): void => {
  checkRemoval(operation);
  if (operation.op === "remove") return;
  const [, member = ""] = pathOf(operation);
  if (!Object.hasOwn(ACCESS_LOG, member)) {
    const members = Object.keys(ACCESS_LOG).map((name) => `/accessLogSettings/${name}`);
    throw badRequest(`Invalid accessLogSettings path. Must be one of : [${members.join(", ")}]`);
  }
  if (!operation.value) throw badRequest("Access Log value must not be empty");
};

const checkCanary = (operation: PatchOperation): void => {
  const [, member = "", override] = pathOf(operation);
  if (operation.op === "remove" && override !== undefined) return;
  checkRemoval(operation);
  if (operation.op === "remove") return;
  if (!Object.hasOwn(CANARY, member)) throw invalidSetting(operation);
  if (operation.op !== "replace" && override === undefined) {
    throw badRequest(`Invalid ${operation.op} operation with path: ${operation.path}`);
  }
};

/** AWS: a canary is promoted by copying what it has to the stage. */
const copied = (stage: StageRecord, { from, path }: PatchOperation): StageRecord => {
  const { canarySettings: canary } = stage;
  const isDeployment = from === "/canarySettings/deploymentId" && path === "/deploymentId";
  if (!isDeployment && !(from === "/canarySettings/stageVariableOverrides" && path === "/variables")) {
    const paths = "Valid copy:path are [/deploymentId, /variables]";
    const sources = "valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]";
    throw badRequest(`Invalid copy operation with path: ${path} and from ${from}. ${paths} and ${sources}`);
  }
  if (!canary) throw badRequest("Promotion not available. Canary does not exist.");
  if (isDeployment) return { ...stage, deploymentId: canary.deploymentId ?? stage.deploymentId };
  return { ...stage, variables: { ...stage.variables, ...canary.stageVariableOverrides } };
};
