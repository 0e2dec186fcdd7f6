import { allPages } from "../../api/pages.ts";

export const aliasesHere = (KeyId?: string) =>
  allPages("kms", "ListAliases", KeyId === undefined ? {} : { KeyId }, ({ Aliases, Truncated, NextMarker }) => ({
    items: Aliases,
    next: Truncated ? { Marker: NextMarker } : undefined,
  }));

export const grantsOf = (KeyId: string) =>
  allPages("kms", "ListGrants", { KeyId }, ({ Grants, Truncated, NextMarker }) => ({
    items: Grants,
    next: Truncated ? { Marker: NextMarker } : undefined,
  }));
