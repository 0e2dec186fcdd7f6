import { parseArn } from "../../kernel/arn.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { invalidArn, wrongResourceType } from "./errors.ts";
import type { ExecutionRecord } from "./records.ts";

type Place = Pick<RoomDeps, "partition" | "region" | "account">;

const arn = ({ partition, region, account }: Place, resource: string): string =>
  `arn:${partition}:states:${region}:${account}:${resource}`;

/** A machine's ARN, or with a version's number or an alias's name that one's. */
export const machineArn = (place: Place, name: string, qualifier?: string | number): string =>
  arn(place, `stateMachine:${name}${qualifier === undefined ? "" : `:${qualifier}`}`);

export const executionArn = (place: Place, { id, type }: Pick<ExecutionRecord, "id" | "type">): string =>
  arn(place, `${type === "EXPRESS" ? "express" : "execution"}:${id}`);

/** A machine's name as its executions have it: a child's has the Map's label. */
export const nameOfMachine = ({ machine, mapRun }: Pick<ExecutionRecord, "machine" | "mapRun">): string =>
  mapRun ? `${machine}/${mapRun.label}` : machine;

export const activityArn = (place: Place, name: string): string => arn(place, `activity:${name}`);

export const mapRunArn = (place: Place, id: string): string => arn(place, `mapRun:${id}`);

/** What an ARN of this service names. Throws InvalidArn for one of another kind. */
export const partsOf = (
  text: string,
  kind: "stateMachine" | "execution" | "activity" | "express" | "mapRun",
): readonly string[] => {
  const { service, resource = "" } = parseArn(text) ?? {};
  const [found, ...parts] = resource.split(":");
  if (!text.startsWith("arn:")) throw invalidArn(`Invalid ARN prefix: ${text}`);
  if (service === "states" && found === "express" && kind !== found) throw wrongResourceType(found);
  if (service !== "states" || found !== kind || !parts[0]) throw invalidArn(text);
  return parts;
};
