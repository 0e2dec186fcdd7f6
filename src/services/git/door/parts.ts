/** What the Git host's door is joined to. */
export interface GitDoorParts {
  /** Opens the Git host's room. */
  readonly open: () => Promise<unknown>;
  /** The cloud's own credentials: their secret opens every repository, and makes one that is pushed to. */
  readonly secretAccessKey: string;
}
