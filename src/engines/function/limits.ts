// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html

/** The largest buffered response: AWS leaves room for its envelope. */
export const MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100;

/** The largest streamed response. */
export const MAX_STREAMED_RESPONSE_BYTES = 200 * 1024 * 1024;

/** How much of the log `LogType: Tail` gives. */
export const MAX_LOG_TAIL_BYTES = 4096;

/** The largest single log event CloudWatch Logs takes is 1 MB; a longer line is cut into events of this size. */
export const MAX_LOG_EVENT_BYTES = 1024 * 1024 - 256;

/** The initialisation phase of an on-demand environment. */
export const INIT_TIMEOUT_MS = 10_000;

/** Concurrent executions of an account. */
export const ACCOUNT_CONCURRENCY = 1000;

/** How long an environment waits for its next event before it is ended. AWS keeps its own counsel; minutes are usual. */
export const IDLE_TIMEOUT_MS = 5 * 60_000;

/** How often a busy environment's memory is looked at. */
export const MEMORY_SAMPLE_MS = 100;

/** How often that of what its other threads than the first have started. */
export const THREADS_SAMPLE_MS = 1000;

/** How often a busy environment's temporary files are measured. */
export const STORAGE_SAMPLE_MS = 1000;

/** An environment that has been idle for so long stands still until its next event. */
export const FREEZE_AFTER_MS = 100;

/** How often it is looked at whether waiting requests are worth another environment. */
export const SCALE_UP_WAIT_MS = 20;

/** How long an environment that has answered is waited for, before another one is started: its process asks for the next event. */
export const SETTLING_MS = 200;

/** What a start counts at least: one that found a spare process is quick, but the next one has to make its own. */
export const MIN_START_MS = 50;

/** Past this many environments of one function, another one starts only for a request that has waited long: this is one machine. */
export const EASY_ENVIRONMENTS = 16;

/** How long. A bound, so that functions which wait for one another never wait for ever. */
export const CROWDED_WAIT_MS = 500;

/** Extensions an environment takes. */
export const MAX_EXTENSIONS = 10;

/** How long extensions have to end after they have been told to. */
export const SHUTDOWN_MS = 2000;

/** How much of it the function's own process has beside external extensions, and beside internal ones alone. */
export const EXTERNAL_GRACE_MS = 300;
export const INTERNAL_GRACE_MS = 500;
