import type { ChangeStream } from "../../engines/changes/changeLogs.ts";
import { streamNotFound } from "./errors.ts";
import type { Room } from "./room.ts";

/** The stream an operation names. */
export const findStream = ({ changes, clock }: Room, arn: string): ChangeStream => {
  const stream = changes.current(arn, clock.now());
  if (!stream) throw streamNotFound(arn);
  return stream;
};
