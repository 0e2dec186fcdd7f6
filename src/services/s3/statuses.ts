/** AWS: what puts tags, a policy or a report on a bucket answers so, whatever the reference says. */
export const NO_CONTENT = 204;
