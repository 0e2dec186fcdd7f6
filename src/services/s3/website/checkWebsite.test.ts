import { PutBucketWebsiteCommand, type WebsiteConfiguration } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import { BUCKET, s3Fixture } from "../s3Fixture.ts";

const IndexDocument = { Suffix: "index.html" };

describe("a website is refused", () => {
  test.each<[string, WebsiteConfiguration, string]>([
    ["with a folder in its index", { IndexDocument: { Suffix: "a/b" } }, "The IndexDocument Suffix is not well formed"],
    ["without an index", { ErrorDocument: { Key: "e" } }, "A value for IndexDocument Suffix must be provided"],
    [
      "that redirects as a whole and has pages",
      { IndexDocument, RedirectAllRequestsTo: { HostName: "example.com" } },
      "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
    ],
    [
      "whose rule replaces both a key and its prefix",
      { IndexDocument, RoutingRules: [{ Redirect: { ReplaceKeyPrefixWith: "new/", ReplaceKeyWith: "new" } }] },
      "You can only define ReplaceKeyPrefix or ReplaceKey but not both.",
    ],
    [
      "whose rule has an empty condition",
      { IndexDocument, RoutingRules: [{ Condition: {}, Redirect: { ReplaceKeyWith: "new" } }] },
      "Condition cannot be empty.",
    ],
  ])("%s", async (_name, WebsiteConfiguration, message) => {
    await using room = await s3Fixture();
    const put = room.s3.send(new PutBucketWebsiteCommand({ Bucket: BUCKET, WebsiteConfiguration }));
    expect(await refusal(put)).toContain(message);
  });
});
