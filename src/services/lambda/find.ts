import { parseArn } from "../../kernel/arn.ts";
import type { Context } from "../../kernel/context.ts";
import { functionNotFound, invalidValue, notFound } from "./errors.ts";
import { type AliasRecord, type FunctionRecord, LATEST, type VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

type Functions = Pick<Room, "functions" | "versions" | "aliases">;

/** Which function, and which of its versions or aliases, a caller means. */
export interface FunctionReference {
  readonly name: string;
  readonly qualifier: string | undefined;
}

/** Reads a name, a name with a qualifier, a partial ARN or an ARN, beside a qualifier of its own. */
export const functionReference = (named: string, qualifier?: string): FunctionReference => {
  const resource = parseArn(named)?.resource ?? named.replace(/^\d{12}:function:/, "function:");
  const [name = "", own] = resource.replace(/^function:/, "").split(":");
  if (own !== undefined && qualifier !== undefined && own !== qualifier) {
    throw invalidValue("The derived qualifier from the function name does not match the specified qualifier.");
  }
  return { name, qualifier: qualifier ?? own };
};

export const functionArn = (ctx: Pick<Context, "partition" | "region" | "account">, name: string, qualifier?: string) =>
  `arn:${ctx.partition}:lambda:${ctx.region}:${ctx.account}:function:${name}${qualifier === undefined ? "" : `:${qualifier}`}`;

export const findFunction = ({ functions }: Pick<Room, "functions">, ctx: Context, named: string): FunctionRecord => {
  const { name } = functionReference(named);
  const record = functions.get(name);
  if (!record) throw functionNotFound(functionArn(ctx, name));
  return record;
};

/** A version, and the alias it was reached by. */
export interface FoundVersion {
  readonly record: FunctionRecord;
  readonly version: VersionRecord;
  readonly alias: AliasRecord | undefined;
}

/** The version a reference means; an alias means its main version. */
export const findVersion = (room: Functions, ctx: Context, { name, qualifier }: FunctionReference): FoundVersion => {
  const record = room.functions.get(name);
  const arn = functionArn(ctx, name, qualifier);
  if (!record) throw functionNotFound(arn);
  if (qualifier === undefined || qualifier === LATEST) return { record, version: record.latest, alias: undefined };
  const alias = /^\d+$/.test(qualifier) ? undefined : room.aliases.get([name, qualifier]);
  const version = room.versions.get([name, Number(alias?.version ?? qualifier)]);
  if (alias?.version === LATEST) return { record, version: record.latest, alias };
  if (!version) throw functionNotFound(arn);
  return { record, version, alias };
};

export const findAlias = (room: Functions, ctx: Context, named: string, alias: string): AliasRecord => {
  const { name } = findFunction(room, ctx, named);
  const found = room.aliases.get([name, alias]);
  if (!found) throw notFound(`Cannot find alias arn: ${functionArn(ctx, name, alias)}`);
  return found;
};
