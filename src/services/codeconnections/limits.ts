// https://docs.aws.amazon.com/dtconsole/latest/userguide/limits-connections.html
export const MAX_CONNECTIONS = 250;
export const DEFAULT_PAGE_SIZE = 100;
