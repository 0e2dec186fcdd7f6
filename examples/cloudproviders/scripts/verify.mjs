// Asks the API for its rows and fails unless every row of data/providers.json is among them.
//   node scripts/verify.mjs URL
import { lookup } from "node:dns";
import { readFile } from "node:fs/promises";
import { get as getHttp } from "node:http";
import { get as getHttps } from "node:https";
import { isDeepStrictEqual } from "node:util";

/** A new API's name may take a moment to be known everywhere: this is some thirty seconds in all. */
const ATTEMPTS = 8;
const FIRST_WAIT_MS = 250;
const TIMEOUT_MS = 10_000;

const [url] = process.argv.slice(2);
if (!url) throw new Error("usage: node scripts/verify.mjs URL");

const body = await retried(() => fetchText(new URL(url)));
/** @type {unknown[]} */
const rows = JSON.parse(body);
const missing = (await expectedRows()).filter((row) => !rows.some((each) => isDeepStrictEqual(each, row)));
if (missing.length > 0) throw new Error(`${url} does not answer these rows: ${JSON.stringify(missing)}`);
console.log(`${url} answers ${rows.length} rows, and every expected one is among them`);

async function expectedRows() {
  /** @type {Record<string, { S: string } | { N: string }>[]} */
  const items = JSON.parse(await readFile("data/providers.json", "utf8"));
  return items.map((item) =>
    Object.fromEntries(Object.entries(item).map(([name, value]) => [name, "N" in value ? Number(value.N) : value.S])),
  );
}

/** @param {() => Promise<string>} attempt */
async function retried(attempt) {
  for (let n = 1, waitMs = FIRST_WAIT_MS; ; n++, waitMs *= 2) {
    try {
      return await attempt();
    } catch (error) {
      if (n === ATTEMPTS) throw error;
      console.log(`attempt ${n}: ${error instanceof Error ? error.message : error}`);
      await new Promise((resolve) => {
        setTimeout(resolve, waitMs);
      });
    }
  }
}

/**
 * @param {URL} address
 * @returns {Promise<string>}
 */
function fetchText(address) {
  const get = address.protocol === "https:" ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    const request = get(address, { timeout: TIMEOUT_MS, lookup: lookupLoopback }, (response) => {
      response.setEncoding("utf8");
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${address} answered ${response.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    request.on("timeout", () => request.destroy(new Error(`${address} did not answer in ${TIMEOUT_MS} ms`)));
    request.on("error", reject);
  });
}

/**
 * Every name under `localhost` is this machine (RFC 6761); browsers and curl know, many systems' resolvers do not.
 * @type {import("node:net").LookupFunction}
 */
function lookupLoopback(hostname, options, callback) {
  if (!hostname.endsWith(".localhost")) lookup(hostname, options, callback);
  else if (options.all) callback(null, [{ address: "127.0.0.1", family: 4 }]);
  else callback(null, "127.0.0.1", 4);
}
