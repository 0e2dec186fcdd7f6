/** What ends a phase: the code and the message of its context, as BatchGetBuilds shows them. */
export class BuildFailure extends Error {
  readonly statusCode: string;

  constructor(statusCode: string, message: string) {
    super(message);
    this.name = "BuildFailure";
    this.statusCode = statusCode;
  }
}

/** A buildspec that cannot be used. */
export const yamlFileError = (message: string): BuildFailure => new BuildFailure("YAML_FILE_ERROR", message);

/** A mistake in what the build was asked to do, such as artifacts that do not exist. */
export const clientError = (message: string): BuildFailure => new BuildFailure("CLIENT_ERROR", message);

/** The reason with which a build's signal is aborted when somebody asked for its end. */
export class BuildStopRequested extends Error {
  constructor() {
    super("Build was stopped by the user");
    this.name = "BuildStopRequested";
  }
}

/** The reason with which a build's own time ends it. */
export class BuildTimedOut extends Error {
  constructor() {
    super("Build has timed out. ");
    this.name = "BuildTimedOut";
  }
}
