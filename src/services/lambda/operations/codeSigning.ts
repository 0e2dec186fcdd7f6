import type { Context } from "../../../kernel/context.ts";
import { codeSigningConfigNotFound, conflict, noSuchCodeSigningConfig, unsignedCode } from "../errors.ts";
import { findFunction, functionArn } from "../find.ts";
import { page } from "../paging.ts";
import type { CodeSigningRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lambdaTime } from "../views.ts";

const ID_LENGTH = 17;

/** Kept and shown as on AWS. There are no signing profiles here, so no package is signed by one. */
export const createCodeSigningConfig =
  (room: Room): Operation<"CreateCodeSigningConfig"> =>
  async (ctx, input) => {
    const config: CodeSigningRecord = {
      id: `csc-${room.ids.hex(ID_LENGTH)}`,
      description: input.Description ?? "",
      publishers: input.AllowedPublishers.SigningProfileVersionArns,
      policy: input.CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? "Warn",
      modifiedAt: room.clock.now(),
      tags: { ...input.Tags },
    };
    room.codeSigning.put(config.id, config);
    return { CodeSigningConfig: view(ctx, config) };
  };

export const getCodeSigningConfig =
  (room: Room): Operation<"GetCodeSigningConfig"> =>
  async (ctx, input) => ({ CodeSigningConfig: view(ctx, existing(room, input.CodeSigningConfigArn)) });

export const updateCodeSigningConfig =
  (room: Room): Operation<"UpdateCodeSigningConfig"> =>
  async (ctx, input) => {
    const before = existing(room, input.CodeSigningConfigArn);
    const config: CodeSigningRecord = {
      ...before,
      description: input.Description ?? before.description,
      publishers: input.AllowedPublishers?.SigningProfileVersionArns ?? before.publishers,
      policy: input.CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? before.policy,
      modifiedAt: room.clock.now(),
    };
    room.codeSigning.put(config.id, config);
    return { CodeSigningConfig: view(ctx, config) };
  };

export const deleteCodeSigningConfig =
  (room: Room): Operation<"DeleteCodeSigningConfig"> =>
  async (_ctx, input) => {
    const { id } = existing(room, input.CodeSigningConfigArn);
    if (functionsUsing(room, id).length > 0) {
      throw conflict(
        `Cannot delete code signing configuration ${input.CodeSigningConfigArn} because it is being used by one or more functions.`,
      );
    }
    room.codeSigning.delete(id);
    return {};
  };

export const listCodeSigningConfigs =
  (room: Room): Operation<"ListCodeSigningConfigs"> =>
  async (ctx, input) => {
    const all = [...room.codeSigning.range()].map(({ value }) => value);
    const { items, next } = page(all, ({ id }) => id, input);
    return {
      CodeSigningConfigs: items.map((config) => view(ctx, config)),
      ...next,
    };
  };

export const putFunctionCodeSigningConfig =
  (room: Room): Operation<"PutFunctionCodeSigningConfig"> =>
  async (ctx, input) => {
    const { id } = codeSigningOf(room, input.CodeSigningConfigArn);
    const record = findFunction(room, ctx, input.FunctionName);
    room.functions.put(record.name, { ...record, codeSigningId: id });
    return { CodeSigningConfigArn: input.CodeSigningConfigArn, FunctionName: record.name };
  };

/** The configuration that a function is to get. */
export const codeSigningOf = (room: Room, arn: string): CodeSigningRecord => {
  const config = configOf(room, arn);
  if (!config) throw codeSigningConfigNotFound(arn);
  return config;
};

/** AWS: where its configuration enforces signatures, a function takes no code without one; elsewhere it is taken all the same. */
export const refuseUnsigned = (room: Room, id: string | undefined): void => {
  if (id !== undefined && room.codeSigning.get(id)?.policy === "Enforce") throw unsignedCode();
};

/** AWS: a function without one is answered by its name alone. */
export const getFunctionCodeSigningConfig =
  (room: Room): Operation<"GetFunctionCodeSigningConfig"> =>
  async (ctx, input) => {
    const { name, codeSigningId } = findFunction(room, ctx, input.FunctionName);
    // AWS: of a function that has none, nothing is told, not even its name.
    return codeSigningId
      ? { CodeSigningConfigArn: arnOf(ctx, codeSigningId), FunctionName: name }
      : { CodeSigningConfigArn: undefined, FunctionName: undefined };
  };

export const deleteFunctionCodeSigningConfig =
  (room: Room): Operation<"DeleteFunctionCodeSigningConfig"> =>
  async (ctx, input) => {
    const { codeSigningId: _, ...record } = findFunction(room, ctx, input.FunctionName);
    room.functions.put(record.name, record);
    return {};
  };

export const listFunctionsByCodeSigningConfig =
  (room: Room): Operation<"ListFunctionsByCodeSigningConfig"> =>
  async (ctx, input) => {
    const { id } = existing(room, input.CodeSigningConfigArn);
    const { items, next } = page(functionsUsing(room, id), (name) => name, input);
    return {
      FunctionArns: items.map((name) => functionArn(ctx, name)),
      ...next,
    };
  };

const functionsUsing = ({ functions }: Room, id: string): string[] =>
  [...functions.range()].flatMap(({ value }) => (value.codeSigningId === id ? [value.name] : []));

const configOf = ({ codeSigning }: Room, arn: string): CodeSigningRecord | undefined =>
  codeSigning.get(arn.split(":").at(-1) ?? "");

const existing = (room: Room, arn: string): CodeSigningRecord => {
  const config = configOf(room, arn);
  if (!config) throw noSuchCodeSigningConfig(arn);
  return config;
};

const arnOf = (ctx: Context, id: string): string =>
  `arn:${ctx.partition}:lambda:${ctx.region}:${ctx.account}:code-signing-config:${id}`;

const view = (ctx: Context, { id, description, publishers, policy, modifiedAt }: CodeSigningRecord) => ({
  CodeSigningConfigId: id,
  CodeSigningConfigArn: arnOf(ctx, id),
  Description: description,
  AllowedPublishers: { SigningProfileVersionArns: [...(publishers ?? [])] },
  CodeSigningPolicies: { UntrustedArtifactOnDeployment: policy },
  LastModified: lambdaTime(modifiedAt),
});
