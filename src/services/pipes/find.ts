import { pipeNotFound, resourceNotFound } from "./errors.ts";
import type { PipeRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const findPipe = ({ pipes }: Pick<Room, "pipes">, name: string): PipeRecord => {
  const found = pipes.get(name);
  if (!found) throw pipeNotFound(name);
  return found;
};

/** The name in the ARN of a pipe. */
export const nameIn = (arn: string): string => arn.split(":pipe/")[1] ?? "";

export const findByArn = ({ pipes }: Pick<Room, "pipes">, arn: string): PipeRecord => {
  const found = pipes.get(nameIn(arn));
  if (found?.arn !== arn) throw resourceNotFound(arn);
  return found;
};
