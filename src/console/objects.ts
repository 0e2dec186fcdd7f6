import { Readable } from "node:stream";
import { AwsError } from "../kernel/errors.ts";
import { header } from "../kernel/http.ts";
import { type Asked, type ConsoleRoute, callerOf, json } from "./parts.ts";

/** An object's bytes or a part of them: `?bucket=&key=&version=`, with `Range` as in HTTP; `&download` saves it. */
export const getObject: ConsoleRoute = async (asked) => {
  const { parts, request, query } = asked;
  const range = header(request.headers, "range");
  const version = query.get("version");
  const found = await parts.dispatch.contextOf(callerOf(asked), "s3").call("s3", "GetObject", {
    ...address(asked),
    ...(range ? { Range: range } : {}),
    ...(version ? { VersionId: version } : {}),
  });
  const name = encodeURIComponent((query.get("key") ?? "").split("/").at(-1) ?? "object");
  return {
    status: range ? 206 : 200,
    headers: {
      // Whatever it holds, it is shown as text or as a picture and never runs as a page of the console's origin.
      "content-type": found.ContentType ?? "application/octet-stream",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "content-disposition": `${query.has("download") ? "attachment" : "inline"}; filename*=UTF-8''${name}`,
      ...(found.ContentLength === undefined ? {} : { "content-length": String(found.ContentLength) }),
      ...(found.ContentRange ? { "content-range": found.ContentRange } : {}),
    },
    body: found.Body ?? "",
  };
};

/** Stores the request's body as an object. */
export const putObject: ConsoleRoute = async (asked) => {
  const { parts, request } = asked;
  const length = Number(header(request.headers, "content-length"));
  const type = header(request.headers, "content-type");
  const stored = await parts.dispatch.contextOf(callerOf(asked), "s3").call("s3", "PutObject", {
    ...address(asked),
    Body: Readable.from(request.body),
    ContentLength: length,
    ...(type ? { ContentType: type } : {}),
  });
  return json({ versionId: stored.VersionId });
};

const address = ({ query }: Asked) => {
  const [Bucket, Key] = [query.get("bucket"), query.get("key")];
  if (!Bucket || !Key) throw new AwsError("ValidationException", "An object is named by bucket and key.");
  return { Bucket, Key };
};
