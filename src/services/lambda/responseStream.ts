import { PassThrough, type Readable } from "node:stream";
import type { Invocation, InvocationResult } from "../../engines/function/spec.ts";

/** An answer that is read while the function still writes it. */
export interface ResponseStream {
  readonly contentType: string;
  readonly chunks: Readable;
  /** The invocation's end. */
  readonly result: Promise<InvocationResult>;
}

/** Runs an invocation and gives its answer once it has begun: with the first bytes, or with the end of one that has none. */
export const responseStream = async (
  invoke: (listen: Pick<Invocation, "onChunk">) => Promise<InvocationResult>,
): Promise<ResponseStream> => {
  const chunks = new PassThrough();
  let begin: (contentType: string) => void = () => {};
  const begun = new Promise<string>((resolve) => {
    begin = resolve;
  });
  const result = invoke({
    onChunk: (chunk, contentType) => {
      begin(contentType);
      // The function waits until whoever reads has caught up.
      return chunks.write(chunk) ? undefined : new Promise((resolve) => chunks.once("drain", resolve));
    },
  }).finally(() => chunks.end());
  // Whoever stops reading no longer holds the function up.
  chunks.once("close", () => chunks.emit("drain"));
  const contentType = await Promise.race([begun, result.then((ended) => ended.contentType)]);
  return { contentType, chunks, result };
};
