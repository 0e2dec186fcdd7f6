import { Readable } from "node:stream";
import { StateFailure } from "../../../engines/states/failure.ts";

/** What a state may give on. */
const MAX_RESULT_BYTES = 262_144;

/** An answer with its streams, such as an object's body, read to their end. AWS: what a state cannot give on fails it. */
export const readBodies = async (service: string, answer: unknown): Promise<unknown> => {
  if (typeof answer !== "object" || answer === null) return answer;
  const members = Object.entries(answer).map(async ([name, value]: [string, unknown]) => [
    name,
    value instanceof Readable ? await read(service, value) : value,
  ]);
  return Object.fromEntries(await Promise.all(members));
};

const read = async (service: string, body: Readable): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_RESULT_BYTES) {
      throw new StateFailure(
        "States.DataLimitExceeded",
        `The state/task '${service}' returned a result with a size exceeding the maximum number of bytes service limit.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
