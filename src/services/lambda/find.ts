import { parseArn } from "../../kernel/arn.ts";
import type { Context } from "../../kernel/context.ts";
import { aliasNotFound, functionNotFound, functionsOnly, invalidValue, notInRegion, otherAccount } from "./errors.ts";
import { type AliasRecord, type FunctionRecord, LATEST, type VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

type Functions = Pick<Room, "functions" | "versions" | "aliases">;

/** Which function, and which of its versions or aliases, a caller means. */
export interface FunctionReference {
  readonly name: string;
  readonly qualifier: string | undefined;
}

/** As the inputs of operations name a function. */
export interface Named {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

type Place = Pick<Context, "partition" | "region" | "account">;

/** Reads a name, a name with a qualifier, a partial ARN or an ARN, beside a qualifier of its own. */
export const functionReference = (ctx: Place, named: string, qualifier?: string): FunctionReference => {
  const { region, account, resource } = parseArn(named) ?? partialArn(named);
  const [name = "", own] = resource.replace(/^function:/, "").split(":");
  if (region && region !== ctx.region) throw notInRegion(region, ctx.region);
  // AWS: what no policy can let other accounts do is refused as if none did.
  if (account && account !== ctx.account)
    throw otherAccount(functionArn({ partition: ctx.partition, region: ctx.region, account }, name, own));
  if (own !== undefined && qualifier !== undefined && own !== qualifier) {
    throw invalidValue("The derived qualifier from the function name does not match the specified qualifier.");
  }
  return { name, qualifier: qualifier ?? own };
};

/** The key of what belongs to a function, a version or an alias; the function's own qualifier is empty. */
export const qualifiedKey = (ctx: Place, { FunctionName, Qualifier }: Named): readonly [string, string] => {
  const { name, qualifier = "" } = functionReference(ctx, FunctionName, Qualifier);
  return [name, qualifier];
};

/** The key of how asynchronous invocations are handled: of the function itself and of its `$LATEST` the same. */
export const eventInvokeKey = (name: string, qualifier: string): readonly [string, string] => [
  name,
  qualifier === LATEST ? "" : qualifier,
];

/** `ACCOUNT:function:NAME`, which names an account as well. */
export const partialArn = (named: string) => {
  const [, account, resource] = /^(\d{12}):(function:.*)$/.exec(named) ?? [];
  return { region: undefined, account, resource: resource ?? named };
};

export const functionArn = (ctx: Place, name: string, qualifier?: string) =>
  `arn:${ctx.partition}:lambda:${ctx.region}:${ctx.account}:function:${name}${qualifier === undefined ? "" : `:${qualifier}`}`;

export const findFunction = ({ functions }: Pick<Room, "functions">, ctx: Context, named: string): FunctionRecord => {
  const { name } = functionReference(ctx, named);
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
  const alias = isVersion(qualifier) ? undefined : room.aliases.get([name, qualifier]);
  if (alias?.version === LATEST) return { record, version: record.latest, alias };
  const number = alias?.version ?? qualifier;
  const version = isVersion(number) ? room.versions.get([name, Number(number)]) : undefined;
  if (!version) throw functionNotFound(arn);
  return { record, version, alias };
};

/** The same where AWS tells an alias that is missing from a version that is. */
export const findQualified = (room: Functions, ctx: Context, reference: FunctionReference): FoundVersion => {
  const { name, qualifier = LATEST } = reference;
  if (ALIAS.test(qualifier) && !room.aliases.has([name, qualifier])) {
    throw aliasNotFound(functionArn(ctx, name, qualifier));
  }
  return findVersion(room, ctx, reference);
};

const ALIAS = /^(?!\d+$)[\w-]+$/;

/** The name of a function, where AWS takes no version or alias of it. */
export const unqualified = (ctx: Place, named: string): string => {
  const { name, qualifier } = functionReference(ctx, named);
  if (qualifier !== undefined && qualifier !== LATEST) throw functionsOnly();
  return name;
};

export const isVersion = (qualifier: string): boolean => /^\d+$/.test(qualifier);

export const findAlias = (room: Functions, ctx: Context, named: string, alias: string): AliasRecord => {
  const { name } = findFunction(room, ctx, named);
  const found = room.aliases.get([name, alias]);
  if (!found) throw aliasNotFound(functionArn(ctx, name, alias));
  return found;
};
