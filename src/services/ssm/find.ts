import { parameterNotFound, versionNotFound } from "./errors.ts";
import { type Reference, referenceOf } from "./names.ts";
import type { ParameterRecord, VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

type Shelves = Pick<Room, "parameters" | "versions">;

/** A parameter and one of its versions. */
export interface Found {
  /** The parameter's name as it was asked for. */
  readonly name: string;
  readonly parameter: ParameterRecord;
  readonly version: VersionRecord;
  readonly selector?: string;
}

/** The parameter of a name. AWS: `a` and `/a` are one parameter. */
export const parameterNamed = (
  { parameters }: Pick<Shelves, "parameters">,
  name: string,
): ParameterRecord | undefined =>
  parameters.get(name) ?? parameters.get(name.startsWith("/") ? name.slice(1) : `/${name}`);

/** The parameter of that name, or of that ARN. Throws ParameterNotFound. */
export const findParameter = (room: Shelves, text: string): ParameterRecord => {
  const { name } = referenceOf(text);
  const parameter = parameterNamed(room, name);
  if (!parameter) throw parameterNotFound(name);
  return parameter;
};

/** The version that `NAME`, `NAME:VERSION` or `NAME:LABEL` names. Throws ParameterNotFound or ParameterVersionNotFound. */
export const findVersion = (room: Shelves, text: string): Found => {
  const reference = referenceOf(text);
  const parameter = findParameter(room, text);
  const version = selected(room, parameter, reference);
  if (!version) throw versionNotFound(reference.selector ?? "", parameter.name);
  const name = text.startsWith("arn:") ? parameter.name : reference.name;
  const { selector } = reference;
  return { name, parameter, version, ...(selector === undefined ? {} : { selector: `:${selector}` }) };
};

const selected = (room: Shelves, { name, latest }: ParameterRecord, { selector }: Reference) => {
  if (selector === undefined) return room.versions.get([name, latest]);
  if (/^\d+$/.test(selector)) return room.versions.get([name, Number(selector)]);
  return versionsOf(room, name).find(({ labels }) => labels.includes(selector));
};

/** All versions of a parameter, the oldest first. */
export const versionsOf = ({ versions }: Shelves, name: string): readonly VersionRecord[] =>
  [...versions.range({ prefix: [name] })].map(({ value }) => value);

/** The newest version of a parameter. */
export const latestOf = (room: Shelves, { name, latest }: ParameterRecord): VersionRecord => {
  const version = room.versions.get([name, latest]);
  if (!version) throw versionNotFound(String(latest), name);
  return version;
};
