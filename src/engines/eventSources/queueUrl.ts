import type { PollerMeans } from "./source.ts";

/** The address of a queue. AWS: pollers do not ask for it, so their role need not be allowed to. */
export const queueUrl = ({ endpoint }: Pick<PollerMeans, "endpoint">, queueArn: string): string => {
  const [, , , , account = "", name = ""] = queueArn.split(":");
  return `${endpoint()}/${account}/${name}`;
};
