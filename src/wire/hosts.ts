/** AWS's names for services, APIs, buckets and function URLs: what is asked of them through the proxy is answered here. */
const AWS_HOST = /^(?:[^:]+\.amazonaws\.com(?:\.cn)?|[^:]+\.lambda-url\.[a-z0-9-]+\.on\.aws)$/i;
/** With what SDKs put before an endpoint's host for some operations: `sync-127.0.0.1`, `streaming-logs.127.0.0.1`, which nobody can own. */
const LOCAL_HOST = /^(?:(?:[^:]+\.)?localhost|(?:[a-z]+-|[a-z-]+\.)?127\.\d+\.\d+\.\d+|\[::1\])$/i;
/** Names under which there is the API and nothing else: no bucket, no HTTP API, no website. */
const PLAIN_HOST = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;

/** The domains whose names are this cloud's, beside those it was told of. */
export const OUR_DOMAINS = ["localhost", "amazonaws.com", "amazonaws.com.cn", "on.aws"] as const;

/**
 * A web page can make its own name resolve to this machine and then read answers as its own origin.
 * It cannot fake the Host header, so a name that is not ours gets nothing.
 */
export const isOurHost = (host: string, hosts: readonly string[]): boolean => {
  const name = withoutPort(host);
  return host === "" || isAwsName(name) || isLocalName(name, hosts) || hosts.includes("*");
};

export const isAwsName = (name: string): boolean => AWS_HOST.test(name);

/** Whether a name is this machine's, as far as its own names or the cloud's options tell. */
export const isLocalName = (name: string, hosts: readonly string[]): boolean =>
  LOCAL_HOST.test(name) || hosts.includes(name);

export const isPlainHost = (host: string, hosts: readonly string[]): boolean =>
  PLAIN_HOST.test(host) || hosts.includes(withoutPort(host));

export const withoutPort = (host: string): string => host.replace(/:\d+$/, "");
