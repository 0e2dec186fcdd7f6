import type { Output } from "../../api/call.ts";

/** A function as Lambda tells of it. */
export type FunctionConfiguration = NonNullable<Output<"lambda", "GetFunction">["Configuration"]>;
