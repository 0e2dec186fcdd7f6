/** What AWS would refuse where its SDK has no exception class for the code: AWS's own code, message and status. */
export class AwsError extends Error {
  readonly code: string;
  readonly statusCode: number;
  /** Further members of the error's document, such as S3's `BucketName`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, statusCode = 400, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.statusCode = statusCode;
    this.details = details;
  }
}

/** A refusal of a service that left the query protocol: that protocol's code, and the name its model gives the shape. */
export class RenamedError extends AwsError {
  readonly shape: string;

  constructor(code: string, shape: string, message: string) {
    super(code, message);
    this.shape = shape;
  }
}

/** What AWS does and aloft does not yet: 501, naming the operation or the member. */
export class NotImplemented extends AwsError {
  constructor(what: string) {
    super("NotImplemented", `aloft has not built ${what} yet.`, 501);
  }
}

/** Our own bug: a state the code holds to be impossible. */
export class AssertionFailed extends Error {
  constructor(what: string) {
    super(`aloft is in a state it should never be in: ${what}. Please report this.`);
    this.name = "AssertionFailed";
  }
}

/** Narrows a value the code knows to be there. */
export const known = <T>(value: T | undefined | null, what: string): T => {
  if (value === undefined || value === null) throw new AssertionFailed(`${what} is missing`);
  return value;
};

/** A failure that was not thrown but has a name: how a build or an execution ended, for those who are told of it. */
export const namedError = (name: string, message: string): Error => Object.assign(new Error(message), { name });

/** An error's code as AWS names it: the SDK's exception name, or ours. */
export const errorCode = (error: unknown): string =>
  error instanceof AwsError ? error.code : error instanceof Error ? error.name : "InternalFailure";

/** An error's message, whatever was thrown. */
export const errorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether an error is what a client is told: something is missing, forbidden, wrong or not built. Anything else is a bug of ours. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Error && ("$fault" in error || error instanceof AwsError);
