import type { AwsModels, InputOf, OperationName, OutputOf, ServiceName } from "./aws.ts";
import type { Context } from "./context.ts";

/** One AWS operation: validated input to output. It throws what AWS would refuse. */
export type Operation<S extends ServiceName, O extends OperationName<AwsModels[S]>> = (
  ctx: Context,
  input: InputOf<AwsModels[S], O>,
) => Promise<OutputOf<AwsModels[S], O> | EncodedOutput<OutputOf<AwsModels[S], O>>>;

/** An operation with its room open to it. */
export type OperationIn<Room, S extends ServiceName, O extends OperationName<AwsModels[S]>> = (
  room: Room,
) => Operation<S, O>;

/** The operations a service has built. What is absent answers NotImplemented. */
export type Operations<Room, S extends ServiceName> = {
  readonly [O in OperationName<AwsModels[S]>]?: OperationIn<Room, S, O>;
};

/** Set on an output to answer with another status than the operation's own, such as 206 for a part of an object. */
export const httpStatus: unique symbol = Symbol("httpStatus");

/** Set on an output to answer with headers that its model does not know. */
export const httpHeaders: unique symbol = Symbol("httpHeaders");

/** What an output says of its answer beside its members. */
export interface HttpExtras {
  readonly [httpStatus]?: number;
  readonly [httpHeaders]?: Readonly<Record<string, string>>;
}

/**
 * An output whose JSON is at hand, such as an item stored as it is answered: a JSON protocol sends that instead of walking
 * the members, which are made only for callers within the process. Both say the same.
 */
export class EncodedOutput<T> {
  readonly json: string;
  readonly members: () => T;

  constructor(json: string, members: () => T) {
    this.json = json;
    this.members = members;
  }
}

/** The members of an output, encoded or not. */
export const membersOf = (output: unknown): unknown => (output instanceof EncodedOutput ? output.members() : output);
