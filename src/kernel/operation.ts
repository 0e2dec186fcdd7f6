import type { AwsModels, InputOf, OperationName, OutputOf, ServiceName } from "./aws.ts";
import type { Context } from "./context.ts";

/** One AWS operation: validated input to output. It throws what AWS would refuse. */
export type Operation<S extends ServiceName, O extends OperationName<AwsModels[S]>> = (
  ctx: Context,
  input: InputOf<AwsModels[S], O>,
) => Promise<OutputOf<AwsModels[S], O>>;

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

/**
 * Set on an output whose JSON is at hand, such as an item stored as it is answered: the body a JSON protocol sends
 * instead of walking the output. It must say what the output's members say; those serve every other reader.
 */
export const encodedJson: unique symbol = Symbol("encodedJson");

/** An output with its JSON. */
export const withJson = <T extends object>(output: T, json: string): T =>
  Object.assign(output, { [encodedJson]: json });
