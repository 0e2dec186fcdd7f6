import { availableParallelism } from "node:os";

// Quotas of https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html and the API reference.

export const DEFAULT_TIMEOUT_MINUTES = 60;
export const DEFAULT_QUEUED_TIMEOUT_MINUTES = 480;
/** Names and ids in one page of a list. */
export const PAGE_SIZE = 100;
/** How long a repeated StartBuild with the same token is known. */
export const IDEMPOTENCY_MS = 5 * 60 * 1000;
export const MAX_TAGS = 50;
/** Builds that run at once, one a core; two at least, for a build may wait for another. The others wait in the queue. */
export const MAX_RUNNING_BUILDS = Math.max(2, availableParallelism());
/** Sandboxes, which mostly wait for somebody, have places of their own. */
export const MAX_RUNNING_SANDBOXES = 10;
/** Of what a command in a sandbox prints, both streams together. */
export const MAX_COMMAND_OUTPUT_BYTES = 1024 * 1024;
/** A call of PutLogEvents carries at most so many events and bytes, 26 of which each event costs besides its text. */
export const MAX_LOG_EVENTS = 10_000;
export const MAX_LOG_BYTES = 1_048_576;
export const LOG_EVENT_OVERHEAD_BYTES = 26;
/** Of an archive that is a build's source. */
export const MAX_SOURCE_BYTES = 8 * 1024 ** 3;
/** Test cases, or files of a coverage report, that a report holds. */
export const MAX_TEST_CASES = 500;
/** Of one file of a report; larger ones are a mistake. */
export const MAX_REPORT_FILE_BYTES = 64 * 1024 ** 2;
/** AWS: "A test report expires 30 days after it is created." */
export const REPORT_LIFE_MS = 30 * 24 * 60 * 60 * 1000;
export const DEFAULT_BATCH_TIMEOUT_MINUTES = 480;
/** Builds of a batch whose project says no other number. */
export const DEFAULT_BATCH_BUILDS = 100;
