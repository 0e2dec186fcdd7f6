/** Why a state failed, in the words of the language: an error's name and its cause. */
export class StateFailure extends Error {
  readonly error: string;
  readonly reason: string | undefined;
  /** The field whose expression failed, where one did. */
  readonly location: string | undefined;

  constructor(error: string, cause?: string, location?: string) {
    super(cause ?? error);
    this.name = error;
    this.error = error;
    this.reason = cause;
    this.location = location;
  }
}

/** A worker gave no sign in time. AWS: it is told as a timeout, and caught by either name. */
export class HeartbeatMissed extends StateFailure {
  constructor() {
    super("States.Timeout");
  }
}

/** A failure that no Retry or Catch of States.ALL sees. */
export const runtimeFailure = (cause: string): StateFailure => new StateFailure("States.Runtime", cause);
