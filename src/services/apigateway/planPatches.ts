import type { ApiStage, PatchOperation } from "@aws-sdk/client-api-gateway";
import { badRequest } from "./errors.ts";
import { type PatchShape, patched, pathOf } from "./patch.ts";
import type { UsagePlanRecord } from "./records.ts";

const SHAPE: PatchShape = {
  name: "text",
  description: "text",
  productCode: "text",
  throttle: { rateLimit: "number", burstLimit: "number" },
  quota: { limit: "number", offset: "number", period: "text" },
};

/** A usage plan with patches applied: stages are named as `API:STAGE`, and have limits of their own for methods. */
export const patchedPlan = (plan: UsagePlanRecord, operations: readonly PatchOperation[]): UsagePlanRecord => {
  const ofStages = (operation: PatchOperation) => pathOf(operation)[0] === "apiStages";
  const others = operations.filter((operation) => !ofStages(operation));
  const apiStages = operations
    .filter(ofStages)
    .reduce<readonly ApiStage[]>(
      (stages, operation) => patchedStages(stages, operation, pathOf(operation).slice(1)),
      plan.apiStages ?? [],
    );
  return { ...patched(plan, others, SHAPE), apiStages: [...apiStages] };
};

const patchedStages = (stages: readonly ApiStage[], operation: PatchOperation, rest: readonly string[]): ApiStage[] => {
  const [named = operation.value ?? "", ...within] = rest;
  const [apiId = "", stage = ""] = named.split(":");
  if (apiId === "" || stage === "") throw badRequest("Invalid API Stage specified");
  const others = stages.filter((one) => one.apiId !== apiId || one.stage !== stage);
  const found = stages.find((one) => one.apiId === apiId && one.stage === stage);
  if (within.length === 0) return operation.op === "remove" ? others : [...others, found ?? { apiId, stage }];
  if (!found) throw badRequest(`API Stage ${named} is not part of the usage plan`);
  return [...others, { ...found, throttle: patchedThrottle(found.throttle ?? {}, operation, within) }];
};

/** `throttle/PATH/METHOD/rateLimit` */
const patchedThrottle = (
  throttle: NonNullable<ApiStage["throttle"]>,
  operation: PatchOperation,
  [, path = "", method = "", member = ""]: readonly string[],
): NonNullable<ApiStage["throttle"]> => {
  const key = `${path}/${method}`;
  const { [key]: before = {}, ...others } = throttle;
  if (operation.op === "remove" && member === "") return others;
  const shape: PatchShape = { rateLimit: "number", burstLimit: "number" };
  return { ...throttle, [key]: patched(before, [{ ...operation, path: `/${member}` }], shape) };
};
