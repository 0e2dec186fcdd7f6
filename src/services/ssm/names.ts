import { parseArn } from "../../kernel/arn.ts";
import { accessToReservedName, validation } from "./errors.ts";
import { MAX_HIERARCHY_LEVELS, MAX_NAME_LENGTH } from "./limits.ts";

const NAME = /^[a-zA-Z0-9_.\-/]+$/;
const SHAPE =
  "If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_";

/** Refuses what may not be a parameter's name. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const checkName = (name: string): void => {
  const bare = name.toLowerCase().replace(/^\//, "");
  if (bare.startsWith("aws")) throw accessToReservedName(name);
  if (bare.startsWith("ssm"))
    throw validation(`Parameter name: can't be prefixed with "ssm" (case-insensitive). ${SHAPE}`);
  if (name.includes("/") && !name.startsWith("/")) throw validation("Parameter name must be a fully qualified name.");
  if (!NAME.test(name) || name.length > MAX_NAME_LENGTH || /\/\/|\/$/.test(name)) {
    throw validation(`Parameter name: ${SHAPE}`);
  }
  if (name.split("/").length - 1 > MAX_HIERARCHY_LEVELS) {
    throw validation(`A parameter hierarchy can have a maximum of ${MAX_HIERARCHY_LEVELS} levels.`);
  }
};

/** Refuses to look for what may not be a parameter's name. */
export const checkReference = (text: string): void => {
  const { name } = referenceOf(text);
  if ((name.includes("/") && !name.startsWith("/")) || name.includes("//"))
    throw validation(`Parameter name: ${SHAPE}`);
};

/** Refuses what may not be a hierarchy of names. */
export const checkPath = (path: string): void => {
  if (!PATH.test(path)) throw validation(PATH_RULE);
};

const PATH = /^\/(?:[a-zA-Z0-9_.-]+(?:\/[a-zA-Z0-9_.-]+)*\/?)?$/;
const PATH_RULE =
  'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.';

/** A name as callers write it, `NAME`, `NAME:VERSION`, `NAME:LABEL` or the parameter's ARN, in its parts. */
export interface Reference {
  readonly name: string;
  /** A version's number or label. */
  readonly selector?: string;
}

export const referenceOf = (text: string): Reference => {
  const arn = parseArn(text);
  const [name = "", selector] = (arn ? nameIn(arn.resource) : text).split(":");
  return { name, ...(selector === undefined ? {} : { selector }) };
};

/** AWS: a name's leading slash and the one after `parameter` are the same. */
const nameIn = (resource: string): string => {
  const name = resource.replace(/^parameter\//, "");
  return name.includes("/") ? `/${name}` : name;
};

/** What follows `parameter/` in the ARN of a name. */
export const arnResource = (name: string): string => `parameter/${name.replace(/^\//, "")}`;
