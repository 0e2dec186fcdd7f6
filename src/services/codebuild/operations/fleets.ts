import type { Fleet } from "@aws-sdk/client-codebuild";
import type { Answer } from "../../../kernel/aws.ts";
import { fleetNotFound, invalidInput, resourceAlreadyExists } from "../errors.ts";
import { fleetNameOf } from "../find.ts";
import { arnsInOrder } from "../listing.ts";
import { after, openToken, pageOf } from "../paging.ts";
import type { FleetRecord, FleetSettings } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagsOf } from "../settings.ts";

type Parts = Pick<Room, "fleets" | "clock" | "ids">;

/** Differs: a fleet is there at once, and has no machines. */
export const createFleet =
  ({ fleets, clock, ids }: Parts): Operation<"CreateFleet"> =>
  async (ctx, { name, tags, ...settings }) => {
    checkFleet(settings);
    if (fleets.has(name)) throw resourceAlreadyExists(`Fleet already exists: ${fleets.get(name)?.arn}`);
    const [id, now] = [ids.uuid(), clock.now()];
    const arn = ctx.arn(`fleet/${name}`, id);
    const fleet = { arn, id, name, settings, tags: tagsOf(tags), createdAt: now, modifiedAt: now };
    fleets.put(name, fleet);
    return { fleet: fleetView(fleet) };
  };

export const updateFleet =
  ({ fleets, clock }: Parts): Operation<"UpdateFleet"> =>
  async (_ctx, { arn, tags, ...changes }) => {
    const fleet = fleets.get(fleetNameOf(arn));
    if (fleet?.arn !== arn) throw fleetNotFound(arn);
    const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const settings: FleetSettings = { ...fleet.settings, ...named };
    checkFleet(settings);
    const updated: FleetRecord = {
      ...fleet,
      settings,
      tags: tags === undefined ? fleet.tags : tagsOf(tags),
      modifiedAt: clock.now(),
    };
    fleets.put(fleet.name, updated);
    return { fleet: fleetView(updated) };
  };

/** AWS: deleting a fleet that is not there succeeds. */
export const deleteFleet =
  ({ fleets }: Parts): Operation<"DeleteFleet"> =>
  async (_ctx, { arn }) => {
    const name = fleetNameOf(arn);
    if (fleets.get(name)?.arn === arn) fleets.delete(name);
    return {};
  };

/** AWS takes names and ARNs. */
export const batchGetFleets =
  ({ fleets }: Parts): Operation<"BatchGetFleets"> =>
  async (_ctx, { names }) => {
    const found = (name: string) => fleets.get(fleetNameOf(name));
    return {
      fleets: names.flatMap((name) => found(name) ?? []).map(fleetView),
      fleetsNotFound: names.filter((name) => !found(name)),
    };
  };

export const listFleets =
  ({ fleets }: Parts): Operation<"ListFleets"> =>
  async (_ctx, { sortOrder, sortBy, nextToken, maxResults }) => {
    const arns = arnsInOrder(
      [...fleets.range()].map(({ value }) => value),
      sortBy,
      sortOrder,
    );
    const page = pageOf(after(arns, openToken(nextToken)), maxResults);
    return { fleets: page.items, ...(page.nextToken ? { nextToken: page.nextToken } : {}) };
  };

/** https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateFleet.html */
const checkFleet = (settings: FleetSettings): void => {
  const { baseCapacity, computeType, computeConfiguration, scalingConfiguration, vpcConfig, fleetServiceRole } =
    settings;
  if (baseCapacity < 1) throw invalidInput("Invalid base capacity: it must be at least 1");
  const most = scalingConfiguration?.maxCapacity;
  if (most !== undefined && most <= baseCapacity)
    throw invalidInput("Invalid scaling configuration: the maximum capacity must be greater than the base capacity");
  const isConfigured = computeType === "ATTRIBUTE_BASED_COMPUTE" || computeType === "CUSTOM_INSTANCE_TYPE";
  if (isConfigured !== (computeConfiguration !== undefined))
    throw invalidInput(
      `Invalid compute configuration: it ${isConfigured ? "is required" : "is not supported"} for the compute type ${computeType}`,
    );
  if (vpcConfig?.vpcId && !fleetServiceRole)
    throw invalidInput("Invalid fleet: a fleet service role is required with a VPC configuration");
};

const fleetView = ({ arn, id, name, settings, tags, createdAt, modifiedAt }: FleetRecord): Answer<Fleet> => {
  const { scalingConfiguration, overflowBehavior = "QUEUE", ...shown } = settings;
  return {
    arn,
    id,
    name,
    ...shown,
    overflowBehavior,
    ...(scalingConfiguration
      ? { scalingConfiguration: { ...scalingConfiguration, desiredCapacity: settings.baseCapacity } }
      : {}),
    status: { statusCode: "ACTIVE" },
    created: new Date(createdAt),
    lastModified: new Date(modifiedAt),
    tags: tags.map(({ key, value }) => ({ key, value })),
  };
};
