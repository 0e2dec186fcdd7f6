import type { GitServer } from "../../../kernel/gitHost.ts";

/** Serves repositories of the Git host to who has been let in elsewhere; what is behind it is loaded with the first request. */
export const gitServer =
  (open: () => Promise<unknown>): GitServer =>
  async (asked) =>
    (await import("./serveAsked.ts")).serveAsked(await open(), asked);
