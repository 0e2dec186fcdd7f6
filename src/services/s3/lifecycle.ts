import type { LifecycleDocument } from "./configurations.ts";

/** A lifecycle as it was put: the store keeps its dates as text. */
export const lifecycleView = ({ Rules }: LifecycleDocument): LifecycleDocument => ({
  Rules: Rules.map((rule) => ({
    ...rule,
    ...(rule.Expiration ? { Expiration: revived(rule.Expiration) } : {}),
    ...(rule.Transitions ? { Transitions: rule.Transitions.map(revived) } : {}),
  })),
});

const revived = <T extends { readonly Date?: Date | undefined }>(dated: T): T =>
  dated.Date === undefined ? dated : { ...dated, Date: new Date(dated.Date) };
