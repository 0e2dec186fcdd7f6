import type { HttpRequest } from "../../../kernel/http.ts";

/** What the Git host's door is joined to. */
export interface GitDoorParts {
  /** Opens the Git host's room. */
  readonly open: () => Promise<unknown>;
  /** The cloud's own credentials: their secret opens every repository, and makes one that is pushed to. */
  readonly secretAccessKey: string;
  /** What Secrets Manager keeps under a name, in the cloud's own account and region. */
  readonly secret: (name: string) => Promise<string | undefined>;
  /** Whether a browser has the console open: it may see what lies here. */
  readonly hasSession: (request: HttpRequest) => boolean;
}
