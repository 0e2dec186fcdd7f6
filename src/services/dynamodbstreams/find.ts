import type { ChangeStream } from "../../engines/changes/changeLogs.ts";
import { streamNotFound } from "./errors.ts";
import type { Room } from "./room.ts";

/** The stream an operation names. */
export const findStream = ({ changes }: Pick<Room, "changes">, arn: string): ChangeStream => {
  const stream = changes.find(arn);
  if (!stream) throw streamNotFound(arn);
  return stream;
};
