import type { CallInputs, CallOutputs, ServiceName } from "../../../src/kernel/aws.ts";
import { ask } from "./session.ts";

/** The SDK's types as they come over JSON: dates and bytes are texts, streams are not there. */
export type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends Date | Uint8Array | bigint
    ? string
    : T extends readonly (infer E)[]
      ? readonly Plain<E>[]
      : T extends AsyncIterable<unknown>
        ? never
        : { readonly [K in keyof T]: Plain<T[K]> };

export type { ServiceName };
export type OperationOf<S extends ServiceName> = keyof CallInputs[S] & keyof CallOutputs[S] & string;
export type Input<S extends ServiceName, O extends OperationOf<S>> = Plain<CallInputs[S][O]>;
export type Output<S extends ServiceName, O extends OperationOf<S>> = Plain<CallOutputs[S][O]>;

/** Calls one AWS operation as the session's principal. Throws CallError with AWS's code. */
export const call = async <S extends ServiceName, O extends OperationOf<S>>(
  service: S,
  operation: O,
  input: Input<S, O>,
): Promise<Output<S, O>> => {
  const { output } = await ask<{ readonly output: Output<S, O> }>("call", {
    method: "POST",
    body: JSON.stringify({ service, operation, input }),
  });
  return output;
};
