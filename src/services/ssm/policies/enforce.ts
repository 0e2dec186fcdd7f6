import { latestOf } from "../find.ts";
import { MAX_POLICIES } from "../limits.ts";
import type { ParameterRecord, VersionRecord } from "../records.ts";
import { removeParameter } from "../remove.ts";
import type { Room } from "../room.ts";
import { policiesFrom } from "./parse.ts";

/** Puts what a parameter's policies ask for on the agenda, in place of what was there. */
export const schedulePolicies = (room: Pick<Room, "agenda">, { name, policies, modifiedAt }: VersionRecord): void => {
  const asked = policies === undefined ? [] : policiesFrom(policies);
  for (let index = 0; index < MAX_POLICIES; index++) {
    const policy = asked[index];
    if (policy) room.agenda.set(agendaId(name, index), policy.dueAt(modifiedAt));
    else room.agenda.clear(agendaId(name, index));
  }
};

/** Does what a policy asks for, now that it is due: tells of it, and removes a parameter that expires. */
export const applyDuePolicy = (room: Room, id: string): void => {
  const [, index = "", name = ""] = /^(\d+) (.*)$/s.exec(id) ?? [];
  const parameter = room.parameters.get(name);
  if (!parameter) return;
  const version = latestOf(room, parameter);
  const policy = version.policies === undefined ? undefined : policiesFrom(version.policies)[Number(index)];
  if (!policy) return;
  room.announcePolicy(policy, { ...version, arn: parameter.arn });
  if (policy.type === "Expiration") removeParameter(room, parameter);
};

/** Forgets what was to happen to a parameter that is gone. */
export const clearPolicies = (room: Pick<Room, "agenda">, { name }: Pick<ParameterRecord, "name">): void => {
  for (let index = 0; index < MAX_POLICIES; index++) room.agenda.clear(agendaId(name, index));
};

const agendaId = (name: string, index: number): string => `${index} ${name}`;
