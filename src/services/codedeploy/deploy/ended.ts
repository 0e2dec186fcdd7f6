import type { Failure } from "../records.ts";

/** Thrown where a deployment ends other than well. */
export class Ended extends Error {
  readonly status: "Failed" | "Stopped";
  readonly failure: Failure;

  constructor(status: "Failed" | "Stopped", failure: Failure) {
    super(failure.message);
    this.name = "Ended";
    this.status = status;
    this.failure = failure;
  }
}
