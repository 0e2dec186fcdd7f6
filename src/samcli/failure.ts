/** What ends a command, in the words of the SAM CLI; exit code 1. */
export class SamFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SamFailure";
  }
}

/** A command line that was not understood, in Click's words; exit code 2. */
export class UsageFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageFailure";
  }
}
