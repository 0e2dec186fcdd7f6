// Makes https addresses of this cloud work as AWS's do: functions write `https://` before the name they were called by.
import dns from "node:dns";
import { readFileSync } from "node:fs";
import tls from "node:tls";

/** Leads names below localhost to this machine, and trusts the cloud's own authority beside the public ones. */
export const installCloudNames = () => {
  const path = process.env.ALOFT_CA;
  delete process.env.ALOFT_CA;
  resolveLocalNames();
  // Who brings certificates of their own has chosen whom to trust.
  if (path !== undefined && process.env.NODE_EXTRA_CA_CERTS === undefined) trustAuthority(path);
};

const LOOPBACK = { address: "127.0.0.1", family: 4 };

/**
 * RFC 6761, 6.3: such names are this machine's; not every system's resolver knows. Others are what SDKs make of the cloud's
 * address for operations with a host of their own, as `sync-` for StartSyncExecution.
 */
const LOCAL_NAME = /\.localhost\.?$|^[a-z]+-127\.0\.0\.1$/i;

const resolveLocalNames = () => {
  const { lookup } = dns;
  dns.lookup = (name, ...rest) => {
    const answer = rest[rest.length - 1];
    if (typeof name !== "string" || typeof answer !== "function" || !LOCAL_NAME.test(name))
      return lookup(name, ...rest);
    const isAll = rest.length > 1 && rest[0]?.all === true;
    process.nextTick(() => (isAll ? answer(null, [LOOPBACK]) : answer(null, LOOPBACK.address, LOOPBACK.family)));
    return {};
  };
};

/**
 * NODE_EXTRA_CA_CERTS would do, but before Node.js 22 it costs every start the reading of all public roots. The file comes to
 * be when somebody first connects by TLS or by WebSocket.
 */
const trustAuthority = (path) => {
  const { createSecureContext } = tls;
  let certificate;
  tls.createSecureContext = (options) => {
    const context = createSecureContext(options);
    if (options?.ca !== undefined) return context;
    certificate ??= readIfThere(path);
    if (certificate !== undefined) context.context.addCACert(certificate);
    return context;
  };
};

const readIfThere = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
};
