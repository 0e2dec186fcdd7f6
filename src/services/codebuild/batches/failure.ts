import type { EndStatus } from "../../../engines/build/phases.ts";

/** What ends a batch before its builds have. */
export class BatchFailure extends Error {
  readonly status: EndStatus;
  readonly statusCode: string;

  constructor(status: EndStatus, statusCode: string, message: string) {
    super(message);
    this.name = "BatchFailure";
    this.status = status;
    this.statusCode = statusCode;
  }
}
