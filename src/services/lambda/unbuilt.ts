import { NotImplemented } from "../../kernel/errors.ts";

/** Members that ask for what is not built, wherever an operation takes them: durable, multi-tenant and managed functions. */
const UNBUILT = [
  "CapacityProviderConfig",
  "DurableConfig",
  "DurableExecutionName",
  "ImageConfig",
  "PublishTo",
  "TenancyConfig",
  "TenantId",
] as const;

type Unbuilt = { readonly [Member in (typeof UNBUILT)[number]]?: unknown };

/** Throws NotImplemented where an input names one of them. */
export const refuseUnbuilt = (
  input: Unbuilt & { readonly FileSystemConfigs?: readonly unknown[] | undefined },
): void => {
  const member = UNBUILT.find((name) => input[name] !== undefined);
  if (member) throw new NotImplemented(`lambda's ${member}`);
  if (input.FileSystemConfigs?.length) throw new NotImplemented("lambda's FileSystemConfigs");
};
