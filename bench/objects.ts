import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { firstLine, residentBytes, startCloudChild } from "./cloudChild.ts";
import { median, mib, report, times } from "./figures.ts";

/** S3: an object of 1 GiB up and down, beside a bare node:http file server, and the memory that takes. */
const MIB = 1024 * 1024;
const BYTES = 1024 * MIB;
const RUNS = 3;
const CHUNK = Buffer.alloc(MIB, "0123456789abcdef");
const SAMPLE_MS = 20;

function* chunks(): Generator<Buffer> {
  for (let sent = 0; sent < BYTES; sent += CHUNK.length) yield CHUNK;
}

/** Bytes a second of one upload or download. */
const transfer = async (url: string, method: "GET" | "PUT"): Promise<number> => {
  const startedAt = performance.now();
  const sent = request(url, { method, headers: method === "PUT" ? { "content-length": BYTES } : {} });
  const answered = once(sent, "response");
  if (method === "PUT") await pipeline(Readable.from(chunks()), sent);
  else sent.end();
  const [response] = await answered;
  let received = 0;
  for await (const chunk of response) received += chunk.length;
  if (response.statusCode !== 200 || (method === "GET" && received !== BYTES))
    throw new Error(`${method} ${url} answered ${response.statusCode} with ${received} bytes`);
  return (BYTES / (performance.now() - startedAt)) * 1000;
};

const BARE = `
const { createReadStream, createWriteStream } = require("node:fs");
const { pipeline } = require("node:stream");
const server = require("node:http").createServer((request, response) => {
  const file = process.argv[1];
  if (request.method === "PUT") pipeline(request, createWriteStream(file), () => response.end());
  else pipeline(createReadStream(file), response, () => {});
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

const startBare = async (): Promise<{ child: ChildProcess; url: string; folder: string }> => {
  const folder = mkdtempSync(join(tmpdir(), "aloft-bench-"));
  const child = spawn(process.execPath, ["-e", BARE, join(folder, "file")], { stdio: ["ignore", "pipe", "inherit"] });
  return { child, url: `http://127.0.0.1:${(await firstLine(child)).trim()}/`, folder };
};

/** Presigned, so that the client does the same work for both servers. */
const presigned = (endpoint: string, key: { accessKeyId: string; secretAccessKey: string }, method: string): string => {
  const expires = Math.floor(Date.now() / 1000) + 3600;
  const text = `${method}\n\n\n${expires}\n/bench/object`;
  const signature = encodeURIComponent(createHmac("sha1", key.secretAccessKey).update(text).digest("base64"));
  return `${endpoint}/bench/object?AWSAccessKeyId=${key.accessKeyId}&Expires=${expires}&Signature=${signature}`;
};

/** The most memory a process held while work went on, above what it held before. */
const growthDuring = async (pid: number, work: () => Promise<void>): Promise<number> => {
  const before = residentBytes(pid);
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, residentBytes(pid));
  }, SAMPLE_MS);
  await work();
  clearInterval(timer);
  return most - before;
};

await using cloud = await startCloudChild();
await new S3Client(cloud.config).send(new CreateBucketCommand({ Bucket: "bench" }));
const bare = await startBare();
const rates = { put: [] as number[], get: [] as number[], barePut: [] as number[], bareGet: [] as number[] };
const growth = await growthDuring(cloud.pid, async () => {
  for (let run = 0; run < RUNS; run++) {
    rates.barePut.push(await transfer(bare.url, "PUT"));
    rates.put.push(await transfer(presigned(cloud.endpoint, cloud.config.credentials, "PUT"), "PUT"));
    rates.bareGet.push(await transfer(bare.url, "GET"));
    rates.get.push(await transfer(presigned(cloud.endpoint, cloud.config.credentials, "GET"), "GET"));
  }
});
const show = (ours: readonly number[], theirs: readonly number[]) =>
  `${mib(median(ours))}/s, ${times(median(ours) / median(theirs))} of a bare file server (${mib(median(theirs))}/s)`;
report("S3, 1 GiB up", show(rates.put, rates.barePut), ">= 0.5x");
report("S3, 1 GiB down", show(rates.get, rates.bareGet), ">= 0.5x");
report("memory growth meanwhile", mib(growth), "<= 64 MiB");
bare.child.kill();
rmSync(bare.folder, { recursive: true, force: true });
