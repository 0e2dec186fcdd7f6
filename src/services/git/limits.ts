/** The zip that fills a repository, as long as it is held in memory. */
export const MAX_CODE_BYTES = 512 * 1024 * 1024;
/** An archive of a commit's files. */
export const MAX_ARCHIVE_BYTES = 1024 * 1024 * 1024;
/** What one git command may write to its output as text. */
export const MAX_TEXT_BYTES = 16 * 1024 * 1024;
/** Commits of one push that are told one by one; of a larger push only the last is. */
export const MAX_COMMITS_PER_PUSH = 50;
/** The commands of one push, before its pack. */
export const MAX_COMMAND_BYTES = 1024 * 1024;
/** Statuses kept of one commit, by context. */
export const MAX_STATUSES = 100;
/** Lines of progress that wait for a slow reader of a push; then the oldest go. */
export const MAX_WAITING_LINES = 10_000;
/** https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits: names. */
export const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/;
export const REPOSITORY = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
