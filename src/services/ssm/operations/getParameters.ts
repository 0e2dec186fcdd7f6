import { ParameterNotFound, ParameterVersionNotFound } from "@aws-sdk/client-ssm";
import type { Context } from "../../../kernel/context.ts";
import { BY_PATH, checkFilters } from "../filterChecks.ts";
import { isUnder, passes } from "../filters.ts";
import { type Found, findParameter, findVersion, versionsOf } from "../find.ts";
import { DEFAULT_HISTORY_PAGE_SIZE, DEFAULT_PAGE_SIZE } from "../limits.ts";
import { checkPath, checkReference } from "../names.ts";
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
    checkPath(input.Path);
    const { Recursive = false, ParameterFilters = [] } = input;
    checkFilters(ParameterFilters, BY_PATH);
    const label = ParameterFilters.find(({ Key }) => Key === "Label")?.Values?.[0];
    const found = [...room.parameters.range(input.Path === "/" ? {} : { gt: input.Path })]
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

export const getParameterHistory =
  (room: Shelves): Operation<"GetParameterHistory"> =>
  async (_ctx, input) => {
    const { name } = findParameter(room, input.Name);
    const size = input.MaxResults ?? DEFAULT_HISTORY_PAGE_SIZE;
    const { items, ...next } = page(versionsOf(room, name), input.NextToken, size);
    return { Parameters: items.map((version) => historyView(room, version, input.WithDecryption)), ...next };
  };
