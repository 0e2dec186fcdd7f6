import {
  GetBucketLifecycleConfigurationCommand,
  HeadObjectCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  type PutBucketLifecycleConfigurationCommandInput,
  PutObjectCommand,
  type Transition,
  type TransitionDefaultMinimumObjectSize,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "../s3Fixture.ts";

const Bucket = BUCKET;
const EXPIRES: LifecycleRule = { ID: "week", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 7 } };

const configure = (
  { s3 }: S3Fixture,
  Rules: LifecycleRule[],
  more: Partial<PutBucketLifecycleConfigurationCommandInput> = {},
) => s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules }, ...more }));

const configured = ({ s3 }: S3Fixture) => s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));

describe("shape", () => {
  test("rules without an id are given one, and the least size of what is moved is told", async () => {
    await using fixture = await s3Fixture();
    const { ID: _id, ...nameless } = EXPIRES;
    expect(await configure(fixture, [nameless])).toMatchObject({
      TransitionDefaultMinimumObjectSize: "all_storage_classes_128K",
    });
    expect(await configured(fixture)).toMatchObject({
      Rules: [{ ...nameless, ID: expect.stringMatching(/^\w{48}$/) }],
      TransitionDefaultMinimumObjectSize: "all_storage_classes_128K",
    });
    await configure(fixture, [EXPIRES], { TransitionDefaultMinimumObjectSize: "varies_by_storage_class" });
    expect(await configured(fixture)).toMatchObject({
      Rules: [EXPIRES],
      TransitionDefaultMinimumObjectSize: "varies_by_storage_class",
    });
  });
});

describe("refusals", () => {
  const { Filter: _filter, ...everything } = EXPIRES;
  const moved = (transition: Transition): LifecycleRule => ({ ...EXPIRES, Transitions: [transition] });
  const tags = ["1", "2"].map((Value) => ({ Key: "a", Value }));
  test.each<[string, LifecycleRule[], string]>([
    ["neither filter nor prefix", [everything], "MalformedXML"],
    ["filter and prefix", [{ ...EXPIRES, Prefix: "" }], "MalformedXML"],
    ["two things in one filter", [{ ...EXPIRES, Filter: { Prefix: "", ObjectSizeGreaterThan: 5 } }], "MalformedXML"],
    ["nothing of older versions", [{ ...EXPIRES, NoncurrentVersionExpiration: {} }], "MalformedXML"],
    ["two expirations", [{ ...EXPIRES, Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } }], "MalformedXML"],
    ["no midnight", [{ ...EXPIRES, Expiration: { Date: new Date(1000) } }], "'Date' must be at midnight GMT"],
    ["a tag twice", [{ ...EXPIRES, Filter: { And: { Tags: tags } } }], "Duplicate Tag Keys are not allowed."],
    ["a move back in time", [moved({ Days: -1, StorageClass: "GLACIER" })], "Transition action must be nonnegative"],
    [
      "a move too early",
      [moved({ Days: 29, StorageClass: "STANDARD_IA" })],
      "equal to 30 for storageClass 'STANDARD_IA'",
    ],
    ["an id too long", [{ ...EXPIRES, ID: "i".repeat(256) }], "ID length should not exceed allowed limit of 255"],
    [
      "newer versions without days",
      [{ ...EXPIRES, NoncurrentVersionExpiration: { NewerNoncurrentVersions: 1 } }],
      "XML",
    ],
    [
      "nothing small enough",
      [{ ...EXPIRES, Filter: { ObjectSizeLessThan: 0 } }],
      "should be between 1 and 1099511627776",
    ],
    [
      "sizes that leave nothing",
      [{ ...EXPIRES, Filter: { And: { ObjectSizeLessThan: 5, ObjectSizeGreaterThan: 5 } } }],
      "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
    ],
    [
      "uploads with tags",
      [
        {
          ...EXPIRES,
          Filter: { Tag: { Key: "a", Value: "b" } },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
      ],
      "AbortIncompleteMultipartUpload cannot be specified with Tags.",
    ],
    [
      "markers with a size",
      [{ ...EXPIRES, Filter: { ObjectSizeLessThan: 9 }, Expiration: { ExpiredObjectDeleteMarker: true } }],
      "ExpiredObjectDeleteMarker cannot be specified with Object Size.",
    ],
    [
      "a filter after a prefix",
      [
        { ...everything, Prefix: "a" },
        { ...EXPIRES, ID: "b" },
      ],
      "only be used in Lifecycle V2",
    ],
    ["a prefix after a filter", [EXPIRES, { ...everything, ID: "b", Prefix: "a" }], "Base level prefix cannot be used"],
    ["an id twice", [EXPIRES, EXPIRES], "Rule ID must be unique. Found same ID for more than one rule"],
  ])("%s", async (_name, rules, message) => {
    await using fixture = await s3Fixture();
    expect(await refusal(configure(fixture, rules))).toContain(message);
  });

  test("a size that is none", async () => {
    await using fixture = await s3Fixture();
    const TransitionDefaultMinimumObjectSize = "value" as TransitionDefaultMinimumObjectSize;
    expect(await refusal(configure(fixture, [EXPIRES], { TransitionDefaultMinimumObjectSize }))).toContain(
      "Invalid TransitionDefaultMinimumObjectSize found: value",
    );
  });
});

describe("behaviour", () => {
  test("who writes or reads an object is told when it expires, and by which rule: the first to do so", async () => {
    await using fixture = await s3Fixture();
    const { s3 } = fixture;
    await configure(fixture, [
      EXPIRES,
      { ...EXPIRES, ID: "two days", Filter: { Prefix: "tmp/" }, Expiration: { Days: 2 } },
      { ...EXPIRES, ID: "off", Status: "Disabled", Expiration: { Days: 1 } },
    ]);
    // The cloud of tests begins at a midnight.
    const soon = 'expiry-date="Sat, 03 Jan 2026 00:00:00 GMT", rule-id="two days"';
    expect(await s3.send(new PutObjectCommand({ Bucket, Key: "tmp/a", Body: "a" }))).toMatchObject({
      Expiration: soon,
    });
    const { VersionId, Expiration } = await s3.send(new HeadObjectCommand({ Bucket, Key: "tmp/a" }));
    expect([VersionId, Expiration]).toEqual([undefined, soon]);
    const byId = await s3.send(new HeadObjectCommand({ Bucket, Key: "tmp/a", VersionId: "null" }));
    expect(byId.Expiration).toBeUndefined();
    expect((await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "a" }))).Expiration).toContain(
      'rule-id="week"',
    );
  });
});
