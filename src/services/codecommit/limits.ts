/** https://docs.aws.amazon.com/codecommit/latest/userguide/limits.html: repositories of an account and region. */
export const MAX_REPOSITORIES = 5000;
/** Repositories of one page of a list, which says nothing of its size. */
export const MAX_LISTED = 1000;
export const MAX_BATCH_REPOSITORIES = 100;
/** https://docs.aws.amazon.com/codecommit/latest/APIReference/API_BatchGetCommits.html */
export const MAX_BATCH_COMMITS = 100;
export const MAX_TAGS = 50;
/** Files of up to 6 MB go through the API; larger ones through Git. */
export const MAX_FILE_BYTES = 6 * 1024 * 1024;
/** What one commit of the API may bring. */
export const MAX_COMMIT_BYTES = 7 * 1024 * 1024;
/** https://docs.aws.amazon.com/codecommit/latest/APIReference/API_CreateCommit.html: changes of one commit. */
export const MAX_FILES_PER_COMMIT = 100;
/** Differences of one page. */
export const MAX_DIFFERENCES = 500;
/** What AWS says of a commit's message: 256 KB. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
/** Names and addresses of authors. */
export const MAX_NAME = 256;
/** https://docs.aws.amazon.com/codecommit/latest/userguide/limits.html: triggers of a repository. */
export const MAX_TRIGGERS = 10;
export const MAX_TRIGGER_BRANCHES = 10;
/** What a trigger says of itself. */
export const MAX_TRIGGER_DATA = 1000;
/** Files with conflicts, and places in one, of one answer. */
export const MAX_CONFLICT_FILES = 1000;
export const MAX_MERGE_HUNKS = 1000;
/** Versions of a file in one answer. */
export const MAX_HISTORY = 100;
/** https://docs.aws.amazon.com/codecommit/latest/userguide/limits.html: open pull requests of a repository. */
export const MAX_OPEN_PULLS = 1000;
export const MAX_PULLS_LISTED = 100;
/** Approval rules of a pull request. */
export const MAX_RULES = 30;
/** Approval rule templates of an account and region, and those of one repository. */
export const MAX_TEMPLATES = 1000;
export const MAX_TEMPLATES_OF_REPOSITORY = 25;
/** Characters of a comment. */
export const MAX_COMMENT = 10_240;
export const MAX_COMMENTS_LISTED = 500;
export const MAX_REACTIONS_LISTED = 1000;
