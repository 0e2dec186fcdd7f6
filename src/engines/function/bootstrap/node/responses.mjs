import { createRequire, syncBuiltinESMExports } from "node:module";

/**
 * Responses of custom resources. The response modules of AWS, CDK and many templates take only host and path of an
 * event's `ResponseURL` and send by HTTPS to port 443, which is right on AWS; this cloud answers plain HTTP on a port of
 * its own. From the first such event on, what goes to that host and path by HTTPS goes where the URL says.
 */
export const eventOf = (text) => {
  const event = JSON.parse(text);
  const url = event?.ResponseURL ?? urlInNotification(event);
  if (typeof url === "string" && url.startsWith("http://")) routeResponses(new URL(url));
  return event;
};

/** A custom resource behind a topic. */
const urlInNotification = (event) => {
  const message = event?.Records?.[0]?.Sns?.Message;
  if (typeof message !== "string" || !message.includes('"ResponseURL"')) return undefined;
  try {
    return JSON.parse(message).ResponseURL;
  } catch {
    return undefined;
  }
};

let target;

const routeResponses = (url) => {
  const isFirst = target === undefined;
  target = url;
  if (!isFirst) return;
  // Loaded only now: a function that serves no custom resource pays for neither module.
  const require = createRequire(import.meta.url);
  const http = require("node:http");
  const https = require("node:https");
  const { request } = https;
  https.request = (...args) => {
    const options = mergedOptions(args);
    if (!isResponse(options)) return request(...args);
    const { agent: _agent, ...kept } = options;
    const callback = args.find((each) => typeof each === "function");
    return http.request({ ...kept, protocol: "http:", hostname: target.hostname, port: target.port }, callback);
  };
  syncBuiltinESMExports();
};

const FOLDER = /^.*\/responses\//;

const isResponse = ({ hostname, host, port, path }) => {
  const name = hostname ?? host;
  if (name !== target.hostname && name !== target.host) return false;
  const folder = FOLDER.exec(target.pathname)?.[0];
  return folder !== undefined && String(path).startsWith(folder) && (!port || Number(port) === 443);
};

/** What `https.request` takes: a URL, options, or both. */
const mergedOptions = (args) =>
  Object.assign({}, ...args.filter((each) => each !== undefined && typeof each !== "function").map(optionsOf));

const optionsOf = (given) => {
  const url = typeof given === "string" ? new URL(given) : given;
  return url instanceof URL ? { hostname: url.hostname, port: url.port, path: url.pathname + url.search } : url;
};
