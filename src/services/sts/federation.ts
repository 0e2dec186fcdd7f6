import type { Context } from "../../kernel/context.ts";

/** The ARN of somebody who is let in by GetFederationToken. */
export const federatedUserArn = ({ partition, account }: Context, name: string): string =>
  `arn:${partition}:sts::${account}:federated-user/${name}`;
