import type { FrontDoor } from "../../../kernel/http.ts";

/** `BUCKET.s3-website.localhost`, and AWS's own hosts with a region before or after a dash or a dot. */
const WEBSITE_HOST =
  /^(.+)\.s3-website(?:[.-][a-z]{2}(?:-[a-z]+)+-\d)?\.(?:localhost|amazonaws\.com(?:\.cn)?)(?::\d+)?$/i;

/** The door for websites in buckets; what is behind it is loaded when the first request comes. `open` opens S3's room. */
export const websiteDoor =
  (open: () => Promise<unknown>): FrontDoor =>
  (request) => {
    const bucket = WEBSITE_HOST.exec(request.host)?.[1]?.toLowerCase();
    if (bucket === undefined) return undefined;
    return import("./serveWebsite.ts").then(({ serveWebsite }) => serveWebsite(request, bucket, open));
  };
