// https://docs.aws.amazon.com/dtconsole/latest/userguide/limits-notifications.html
export const MAX_TARGETS = 10;
export const PAGE_SIZE = 100;
/** Executions whose failures and sources are remembered for the messages of what comes after. */
export const MAX_REMEMBERED_EXECUTIONS = 1000;
