/** What a route's integration said. */
export interface RouteAnswer {
  readonly status: number;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** What the client is told in its place, where it is not simply the server's fault. */
  readonly refusal?: string | undefined;
}

export const FAILED: RouteAnswer = { status: 500, body: undefined, headers: {} };

/** Of an integration that has nothing to say. */
export const NOTHING: RouteAnswer = { status: 200, body: undefined, headers: {} };
