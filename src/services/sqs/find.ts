import { parseArn } from "../../kernel/arn.ts";
import { queueDoesNotExist } from "./errors.ts";
import type { QueueRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** The name at the end of a queue's URL; clients also pass the bare name. */
export const queueName = (url: string): string => url.split("/").at(-1) ?? "";

/** The queue of a URL. Throws QueueDoesNotExist. */
export const findQueue = ({ queues }: Pick<Room, "queues">, url: string): QueueRecord => {
  const queue = queues.get(queueName(url));
  if (!queue) throw queueDoesNotExist();
  return queue;
};

/** The queue of an ARN, if it is here. */
export const queueByArn = ({ queues }: Pick<Room, "queues">, arn: string): QueueRecord | undefined => {
  const queue = queues.get(parseArn(arn)?.resource ?? "");
  return queue?.arn === arn ? queue : undefined;
};

/** A queue's address. AWS: clients send their requests there. */
export const urlOf = ({ endpoint, account }: Pick<Room, "endpoint" | "account">, name: string): string =>
  `${endpoint()}/${account}/${name}`;
