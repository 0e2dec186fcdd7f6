/** Tells whether a log message is one a filter asks for. */
export type MessageMatcher = (message: string) => boolean;
