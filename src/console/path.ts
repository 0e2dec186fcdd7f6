/** Below it lies everything of the console; no bucket can have this name. */
export const CONSOLE_PATH = "/_aloft/console/";
/** Below it lie the Git host's pages. */
export const GIT_PATH = "/git/";
