import { functionError } from "../errors.ts";
import { type Intrinsic, KNOWN_AFTER_APPLY, NO_VALUE } from "./intrinsic.ts";

/** `Ref`: a parameter's value, or a resource's reference value. */
export const ref: Intrinsic = {
  name: "Ref",
  check(argument, path) {
    if (typeof argument !== "string" || argument === "") {
      throw functionError("every Ref object must have a single String value.", path);
    }
  },
  resolve(argument, { parameters, resources }) {
    if (argument === "AWS::NoValue") return NO_VALUE;
    const name = String(argument);
    // AWS: a parameter may bring it too.
    if (parameters.get(name) === "AWS::NoValue") return NO_VALUE;
    return parameters.get(name) ?? resources.reference(name) ?? KNOWN_AFTER_APPLY;
  },
};
