import type { ChangeStream } from "../../engines/changes/changeLogs.ts";
import { streamNotFound, validationError } from "./errors.ts";
import type { Room } from "./room.ts";

/** The stream an operation names. Throws ValidationException for what can be the ARN of none. */
export const findStream = ({ changes, clock }: Room, arn: string): ChangeStream => {
  if (!STREAM_ARN.test(arn)) throw validationError(`Invalid StreamArn: ${arn}`);
  const stream = changes.current(arn, clock.now());
  if (!stream) throw streamNotFound(arn);
  return stream;
};

const STREAM_ARN = /^arn:[\w-]+:dynamodb:[\w-]+:\d+:table\/[\w.-]+\/stream\/.+$/;
