import { ParameterNotFound, ParameterVersionNotFound } from "@aws-sdk/client-ssm";
import type { Context } from "../../../kernel/context.ts";
import { validation } from "../errors.ts";
import { isUnder, passes } from "../filters.ts";
import { type Found, findParameter, findVersion, versionsOf } from "../find.ts";
import { DEFAULT_HISTORY_PAGE_SIZE, DEFAULT_PAGE_SIZE } from "../limits.ts";
import { checkReference } from "../names.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { isSecretReference, secretParameter } from "../secretReferences.ts";
import { historyView, parameterView } from "../views.ts";

type Shelves = Pick<Room, "parameters" | "versions" | "cipher" | "clock">;

export const getParameter =
  (room: Shelves): Operation<"GetParameter"> =>
  async (ctx, input) => ({ Parameter: await readParameter(room, ctx, input.Name, input.WithDecryption) });

export const getParameters =
  (room: Shelves): Operation<"GetParameters"> =>
  async (ctx, input) => {
    const names = [...new Set(input.Names)];
    const found = await Promise.all(
      names.map((name) => orNone(() => readParameter(room, ctx, name, input.WithDecryption))),
    );
    return {
      Parameters: found.flatMap((each) => each ?? []),
      InvalidParameters: names.filter((_name, index) => found[index] === undefined),
    };
  };

/** What a name answers: a parameter here, or a secret that it refers to. */
const readParameter = async (room: Shelves, ctx: Context, name: string, decrypt?: boolean) => {
  if (isSecretReference(name)) return secretParameter(ctx, name, decrypt);
  checkReference(name);
  return parameterView(room, findVersion(room, name), decrypt);
};

const orNone = async <T>(find: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await find();
  } catch (error) {
    if (error instanceof ParameterNotFound || error instanceof ParameterVersionNotFound) return undefined;
    throw error;
  }
};

export const getParametersByPath =
  (room: Shelves): Operation<"GetParametersByPath"> =>
  async (_ctx, input) => {
    if (!/^\/[a-zA-Z0-9_.\-/]*$/.test(input.Path)) throw validation(PATH_RULE);
    const { Recursive = false, ParameterFilters = [] } = input;
    const label = ParameterFilters.find(({ Key }) => Key === "Label")?.Values?.[0];
    const found = [...room.parameters.range(input.Path === "/" ? { gte: "/", lt: "0" } : { gt: input.Path })]
      .map(({ value }) => value)
      .filter(({ name }) => isUnder(name, input.Path, Recursive))
      .flatMap(({ name }) => labelled(room, name, label))
      .filter(({ parameter, version }) => passes(parameter, version, ParameterFilters));
    const { items, ...next } = page(found, input.NextToken, input.MaxResults ?? DEFAULT_PAGE_SIZE);
    return { Parameters: items.map((each) => parameterView(room, each, input.WithDecryption)), ...next };
  };

/** The newest version of a parameter, or the one of that label; none where no version has it. */
const labelled = (room: Shelves, name: string, label: string | undefined): readonly Found[] => {
  const has = label === undefined || versionsOf(room, name).some(({ labels }) => labels.includes(label));
  return has ? [findVersion(room, label === undefined ? name : `${name}:${label}`)] : [];
};

const PATH_RULE =
  'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.';

export const getParameterHistory =
  (room: Shelves): Operation<"GetParameterHistory"> =>
  async (_ctx, input) => {
    const { name } = findParameter(room, input.Name);
    const size = input.MaxResults ?? DEFAULT_HISTORY_PAGE_SIZE;
    const { items, ...next } = page(versionsOf(room, name), input.NextToken, size);
    return { Parameters: items.map((version) => historyView(room, version, input.WithDecryption)), ...next };
  };
