import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aws, directory, file, freshForEachTest, objects, types } from "../testAws.ts";

freshForEachTest();

describe("aws s3", () => {
  it("syncs a folder, deletes what is gone, and leaves alone what is the same", async () => {
    file("site/index.html", "<p>");
    file("site/css/a.css", "p{}");
    objects.set("b/old.txt", Buffer.from("old"));
    const first = await aws("s3", "sync", "site", "s3://b", "--delete", "--cache-control", "no-cache");
    expect(first.out.trim().split("\n").sort()).toEqual([
      "delete: s3://b/old.txt",
      "upload: site/css/a.css to s3://b/css/a.css",
      "upload: site/index.html to s3://b/index.html",
    ]);
    expect(types.get("b/index.html")).toBe("text/html");
    expect((await aws("s3", "sync", "site", "s3://b", "--delete")).out).toBe("");
    expect((await aws("s3", "sync", "site", "s3://b/x", "--exclude", "*", "--include", "*.css", "--dryrun")).out).toBe(
      "(dryrun) upload: site/css/a.css to s3://b/x/css/a.css\n",
    );
    await aws("s3", "sync", "s3://b", "down");
    expect(readFileSync(join(directory, "down/css/a.css"), "utf8")).toBe("p{}");
  });

  it("copies, moves, lists and removes", async () => {
    file("a.txt", "a");
    expect((await aws("s3", "cp", "a.txt", "s3://b/")).out).toBe("upload: ./a.txt to s3://b/a.txt\n");
    expect((await aws("s3", "cp", "-", "s3://b/in")).code).toBe(0);
    expect((await aws("s3", "cp", "s3://b/in", "-")).out).toBe("from stdin");
    expect((await aws("s3", "mv", "s3://b/a.txt", "s3://b/d/c.txt")).out).toBe(
      "move: s3://b/a.txt to s3://b/d/c.txt\n",
    );
    expect((await aws("s3", "cp", "s3://b/d", "x", "--recursive")).out).toBe("download: s3://b/d/c.txt to x/c.txt\n");
    expect((await aws("s3", "ls", "s3://b")).out).toMatch(/^ {27}PRE d\/\n\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {9}10 in\n$/);
    expect((await aws("s3", "ls", "s3://b/nothing")).code).toBe(1);
    expect((await aws("s3", "rm", "s3://b", "--recursive")).out).toBe("delete: s3://b/d/c.txt\ndelete: s3://b/in\n");
    expect((await aws("s3", "mb", "s3://new")).out).toBe("make_bucket: new\n");
    expect((await aws("s3", "rb", "s3://new", "--force")).out).toBe("remove_bucket: new\n");
  });

  it("fails with 1 for what cannot be copied, and with 255 or 252 for what was not understood", async () => {
    const missing = await aws("s3", "cp", "s3://b/none", "x");
    expect(missing.code).toBe(1);
    expect(missing.err).toContain(
      "download failed: s3://b/none to ./x An error occurred (NoSuchKey) when calling the GetObject operation",
    );
    expect((await aws("s3", "cp", "none.txt", "s3://b/")).code).toBe(255);
    expect((await aws("s3", "cp", "a", "b")).code).toBe(252);
    expect((await aws("s3", "website", "s3://b")).err).toContain("has no 's3 website'");
    const { out } = await aws("s3", "presign", "s3://b/a b.txt", "--expires-in", "60");
    expect(out).toMatch(
      /^http:\/\/127\.0\.0\.1:4566\/b\/a%20b\.txt\?.*X-Amz-Expires=60.*&X-Amz-Signature=[0-9a-f]{64}\n$/,
    );
  });
});
