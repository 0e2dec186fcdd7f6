import { CFNRegistryException, TypeNotFoundException } from "@aws-sdk/client-cloudformation";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { isCustom, loadSchema } from "../schema/load.ts";
import { registrySchema } from "../schema/registrySchema.ts";
import { allTypeNames } from "../schema/typeNames.ts";
import { typeFinder } from "../types.ts";

const PAGE_SIZE = 100;
/** AWS: a type that Amazon publishes has one version for all. */
const VERSION = "00000001";

/** The types that the rooms here serve. Nothing can be registered, so nothing is private. */
export const listTypes =
  (room: Room): Operation<"ListTypes"> =>
  async (_ctx, input) => {
    const { Category, TypeNamePrefix = "" } = input.Filters ?? {};
    const isOurs =
      (input.Visibility === "PUBLIC" || Category === "AWS_TYPES") &&
      (Category === undefined || Category === "AWS_TYPES") &&
      (input.Type ?? "RESOURCE") === "RESOURCE" &&
      input.DeprecatedStatus !== "DEPRECATED";
    const served = isOurs ? await servedTypes(room, TypeNamePrefix) : [];
    const wanted = served.filter(({ mutability }) => (input.ProvisioningType ?? mutability) === mutability);
    const { items, nextToken } = page(wanted, input.NextToken, input.MaxResults ?? PAGE_SIZE);
    return {
      TypeSummaries: items.map(({ name }) => ({
        Type: "RESOURCE" as const,
        TypeName: name,
        TypeArn: arnOf(room, name),
        Description: `Resource type definition for ${name}`,
        IsActivated: true,
      })),
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };

export const describeType =
  (room: Room): Operation<"DescribeType"> =>
  async (_ctx, input) => {
    const name = nameOf(input.Arn, input.TypeName);
    if (input.VersionId !== undefined && input.VersionId !== VERSION) throw typeNotFound(name);
    const { schema, mutability } = await served(room, name);
    return {
      Arn: arnOf(room, name),
      Type: "RESOURCE",
      TypeName: name,
      Description: `Resource type definition for ${name}`,
      Schema: JSON.stringify(registrySchema(schema)),
      ProvisioningType: mutability,
      DeprecatedStatus: "LIVE",
      Visibility: "PUBLIC",
      IsActivated: true,
    };
  };

export const listTypeVersions =
  (room: Room): Operation<"ListTypeVersions"> =>
  async (_ctx, input) => {
    const name = nameOf(input.Arn, input.TypeName);
    await served(room, name);
    if (input.DeprecatedStatus === "DEPRECATED") return { TypeVersionSummaries: [] };
    return {
      TypeVersionSummaries: [
        { Type: "RESOURCE", TypeName: name, VersionId: VERSION, IsDefaultVersion: true, Arn: arnOf(room, name) },
      ],
    };
  };

/** Nothing has been registered: registering is not built. */
export const listTypeRegistrations =
  (_room: Room): Operation<"ListTypeRegistrations"> =>
  async () => ({
    RegistrationTokenList: [],
  });

const served = async (room: Room, name: string) => {
  const type = isCustom(name) ? undefined : await typeFinder(room)(name);
  const schema = type && (await loadSchema(name));
  if (type === undefined || schema === undefined) throw typeNotFound(name);
  return { schema, mutability: mutabilityOf(type) };
};

const servedTypes = async (room: Room, prefix: string) => {
  const find = typeFinder(room);
  const served: { readonly name: string; readonly mutability: ReturnType<typeof mutabilityOf> }[] = [];
  for (const name of await allTypeNames()) {
    const type = name.startsWith(prefix) ? await find(name) : undefined;
    if (type !== undefined) served.push({ name, mutability: mutabilityOf(type) });
  }
  return served;
};

const mutabilityOf = (type: { readonly update?: unknown }) =>
  type.update === undefined ? ("IMMUTABLE" as const) : ("FULLY_MUTABLE" as const);

const arnOf = ({ partition, region }: Room, name: string): string =>
  `arn:${partition}:cloudformation:${region}::type/resource/${name.replaceAll("::", "-")}`;

const nameOf = (arn: string | undefined, name: string | undefined): string => {
  const given = name ?? arn?.split("/").at(2)?.replaceAll("-", "::");
  if (given !== undefined) return given;
  throw new CFNRegistryException({ message: "Either the Arn or the Type and TypeName must be given", $metadata: {} });
};

const typeNotFound = (name: string) =>
  new TypeNotFoundException({ message: `The type '${name}' cannot be found.`, $metadata: {} });
