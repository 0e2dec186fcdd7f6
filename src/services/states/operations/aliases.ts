import { machineArn, partsOf } from "../arns.ts";
import { conflict, invalidRouting, noResource, nothingReferenced, quotaExceeded } from "../errors.ts";
import { findAlias, findLiveMachine, findVersion, page } from "../find.ts";
import { MAX_ALIASES } from "../limits.ts";
import type { AliasRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { aliasView } from "../views.ts";

interface Route {
  readonly stateMachineVersionArn?: string | undefined;
  readonly weight?: number | undefined;
}

/** The machine and the versions that a routing names. */
const routing = (room: Room, routes: readonly Route[]): Pick<AliasRecord, "machine" | "routes"> => {
  if (routes.length < 1 || routes.length > 2)
    throw invalidRouting("The routing configuration must have one or two versions.");
  const arns = routes.map(({ stateMachineVersionArn = "" }) => stateMachineVersionArn);
  if (arns.some((arn) => !/^\d+$/.test(partsOf(arn, "stateMachine")[1] ?? "")))
    throw invalidRouting(
      `Routing configuration must contain state machine version ARNs. Received: [${arns.join(", ")}]`,
    );
  if (new Set(arns).size < arns.length)
    throw invalidRouting(
      `Routing configuration must contain distinct state machine version ARNs. Received: [${arns.join(", ")}]`,
    );
  const weights = routes.map(({ weight = 0 }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100)
    throw invalidRouting(`Sum of routing configuration weights must equal 100. Received: [${weights.join(", ")}]`);
  const found = routes.map(({ stateMachineVersionArn: arn = "", weight = 0 }) => {
    findLiveMachine(room, arn);
    const version = findVersion(room, arn);
    if (!version) throw noResource(arn);
    return { machine: version.machine, version: version.version, weight };
  });
  const [first, second] = found;
  if (second && second.machine !== first?.machine)
    throw invalidRouting("The routing configuration must name two versions of one state machine.");
  return { machine: first?.machine ?? "", routes: found.map(({ version, weight }) => ({ version, weight })) };
};

export const createStateMachineAlias =
  (room: Room): Operation<"CreateStateMachineAlias"> =>
  async (_ctx, { name, description, routingConfiguration }) => {
    const { deps, aliases } = room;
    const { machine, routes } = routing(room, routingConfiguration);
    const now = deps.clock.now();
    const wanted = { machine, name, routes, ...(description === undefined ? {} : { description }) };
    const existing = aliases.get([machine, name]);
    // AWS: the same alias once more is the alias that is there.
    if (existing && JSON.stringify(existing.routes) !== JSON.stringify(routes))
      throw conflict(
        "Failed to create alias because an alias with the same name and a different routing configuration already exists.",
      );
    if (!existing && aliases.count({ prefix: [machine] }) >= MAX_ALIASES)
      throw quotaExceeded(`The state machine has ${MAX_ALIASES} aliases already.`);
    const alias = existing ?? { ...wanted, createdAt: now, updatedAt: now };
    aliases.put([machine, name], alias);
    return { stateMachineAliasArn: machineArn(deps, machine, name), creationDate: new Date(alias.createdAt) };
  };

export const updateStateMachineAlias =
  (room: Room): Operation<"UpdateStateMachineAlias"> =>
  async (_ctx, { stateMachineAliasArn, description, routingConfiguration }) => {
    const alias = findAlias(room, stateMachineAliasArn, nothingReferenced);
    const routed = routingConfiguration === undefined ? alias : routing(room, routingConfiguration);
    if (routed.machine !== alias.machine) throw invalidRouting("The versions must be of the alias's state machine.");
    const updatedAt = room.deps.clock.now();
    room.aliases.put([alias.machine, alias.name], {
      ...alias,
      routes: routed.routes,
      updatedAt,
      ...(description === undefined ? {} : { description }),
    });
    return { updateDate: new Date(updatedAt) };
  };

export const describeStateMachineAlias =
  (room: Room): Operation<"DescribeStateMachineAlias"> =>
  async (_ctx, input) =>
    aliasView(room, findAlias(room, input.stateMachineAliasArn));

export const deleteStateMachineAlias =
  (room: Room): Operation<"DeleteStateMachineAlias"> =>
  async (_ctx, input) => {
    const { machine, name } = findAlias(room, input.stateMachineAliasArn);
    room.aliases.delete([machine, name]);
    return {};
  };

export const listStateMachineAliases =
  (room: Room): Operation<"ListStateMachineAliases"> =>
  async (_ctx, input) => {
    const { name } = findLiveMachine(room, input.stateMachineArn);
    const version = findVersion(room, input.stateMachineArn)?.version;
    const all = [...room.aliases.values({ prefix: [name] })].filter(
      ({ routes }) => version === undefined || routes.some((route) => route.version === version),
    );
    const { items, nextToken } = page(all, input);
    const stateMachineAliases = items.map((alias) => ({
      stateMachineAliasArn: machineArn(room.deps, name, alias.name),
      creationDate: new Date(alias.createdAt),
    }));
    return { stateMachineAliases, nextToken };
  };
