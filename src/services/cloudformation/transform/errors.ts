import { byCodePoint } from "./values/text.ts";

/** One finding against a template. Findings are collected; the service reports them all in one message. */
export class SamError extends Error {
  /** Where the finding sorts in the report: by logical id, else by event id, else by its message. */
  readonly sortKey: string;
  constructor(message: string, sortKey: string) {
    super(message);
    this.name = new.target.name;
    this.sortKey = sortKey;
  }
}

/** A resource of the template is invalid. */
export class InvalidResource extends SamError {
  constructor(logicalId: string, problem: string) {
    super(`Resource with id [${logicalId}] is invalid. ${problem}`, logicalId);
  }
}

/** An event of a function or state machine is invalid; its resource reports it as its own. */
export class InvalidEvent extends SamError {
  constructor(eventId: string, problem: string) {
    super(`Event with id [${eventId}] is invalid. ${problem}`, eventId);
  }
}

/** The template as a whole is malformed. */
export class InvalidStructure extends SamError {
  constructor(problem: string) {
    const message = `Structure of the SAM template is invalid. ${problem}`;
    super(message, message);
  }
}

export class InvalidGlobals extends SamError {
  constructor(problem: string) {
    super(`'Globals' section is invalid. ${problem}`, "Globals");
  }
}

export class DuplicateLogicalId extends SamError {
  constructor(logicalId: string, duplicateId: string, type: string) {
    super(
      `Transforming resource with id [${logicalId}] attempts to create a new resource with id [${duplicateId}] and type "${type}". A resource with that id already exists within this template. Please use a different id for that resource.`,
      logicalId,
    );
  }
}

/** Findings that end the transform at once, whatever else may be wrong. */
export class InvalidDocument extends Error {
  readonly causes: readonly SamError[];
  constructor(causes: readonly SamError[]) {
    super("invalid document");
    this.causes = causes;
  }
}

/** Ends the transform with one finding about the template's structure. */
export const invalidStructure = (problem: string): InvalidDocument =>
  new InvalidDocument([new InvalidStructure(problem)]);

/** What `transformSam` throws: the message is the service's whole report. */
export class InvalidSamTemplate extends Error {
  readonly causes: readonly SamError[];
  constructor(found: readonly SamError[]) {
    const causes = [...new Map(found.map((cause) => [cause.message, cause])).values()];
    const sorted = [...causes].sort((left, right) => byCodePoint(left.sortKey, right.sortKey));
    const head = `Invalid Serverless Application Specification document. Number of errors found: ${causes.length}.`;
    super([head, ...sorted.map((cause) => cause.message)].join(" "));
    this.name = "InvalidSamTemplate";
    this.causes = sorted;
  }
}
