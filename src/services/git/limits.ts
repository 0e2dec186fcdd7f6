/** The zip that fills a repository, as long as it is held in memory. */
export const MAX_CODE_BYTES = 512 * 1024 * 1024;
/** Commits of one push that are told one by one; of a larger push only the last is. */
export const MAX_COMMITS_PER_PUSH = 50;
/** The commands of one push, before its pack. */
export const MAX_COMMAND_BYTES = 1024 * 1024;
/** https://docs.github.com/en/rest/commits/statuses: statuses of one commit, there for each context. */
export const MAX_STATUSES = 1000;
/** Lines of progress that wait for a slow reader of a push; then the oldest go. */
export const MAX_WAITING_LINES = 10_000;
/** https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits: names. `api` is where the API is. */
export const OWNER = /^(?!api$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/i;
export const REPOSITORY = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
/** Of an answer of git that a slow client has not taken yet. */
export const MAX_WAITING_BYTES = 1024 * 1024;
/** https://docs.github.com/en/get-started/using-git/troubleshooting-the-2-gb-push-limit */
export const MAX_PUSH_BYTES = 2 * 1024 * 1024 * 1024;
/** Of git's answer to a push that is read for what it says it changed. */
export const MAX_REPORT_BYTES = 16 * 1024 * 1024;
/** A request to the REST API; content comes in base64. */
export const MAX_API_BODY_BYTES = 140 * 1024 * 1024;
/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export const DEFAULT_PAGE = 30;
export const MAX_PAGE = 100;
/** https://docs.github.com/en/webhooks/about-webhooks: hooks of one repository for each event. */
export const MAX_HOOKS = 20;
/** GitHub keeps deliveries for three days; here, so many of each hook. */
export const MAX_DELIVERIES = 200;
/** https://docs.github.com/en/webhooks/using-webhooks/handling-webhook-deliveries */
export const DELIVERY_TIMEOUT_MS = 10_000;
/** Of an answer to a delivery that is kept. */
export const MAX_DELIVERY_ANSWER_BYTES = 64 * 1024;
/** How often a followed repository is looked at where the system does not tell of its changes. */
export const MIRROR_POLL_MS = 2000;
/** https://docs.github.com/en/repositories/releasing-projects-on-github/about-releases: files of a release, under 2 GiB each. */
export const MAX_ASSET_BYTES = 2 * 1024 * 1024 * 1024;
