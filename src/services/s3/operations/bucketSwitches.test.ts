import {
  DeleteBucketMetricsConfigurationCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketMetricsConfigurationCommand,
  GetBucketRequestPaymentCommand,
  ListBucketInventoryConfigurationsCommand,
  ListBucketMetricsConfigurationsCommand,
  PutBucketAccelerateConfigurationCommand,
  PutBucketAnalyticsConfigurationCommand,
  PutBucketInventoryConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketMetricsConfigurationCommand,
  PutBucketRequestPaymentCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { BUCKET as Bucket, s3Fixture } from "../s3Fixture.ts";

describe("what a bucket has many of", () => {
  test("is put, told, listed by id and deleted", async () => {
    await using room = await s3Fixture();
    const put = (Id: string, Prefix: string) =>
      room.s3.send(
        new PutBucketMetricsConfigurationCommand({ Bucket, Id, MetricsConfiguration: { Id, Filter: { Prefix } } }),
      );
    await put("b", "logs/");
    await put("a", "x/");
    await put("a", "y/");
    const { MetricsConfiguration } = await room.s3.send(new GetBucketMetricsConfigurationCommand({ Bucket, Id: "a" }));
    expect(MetricsConfiguration).toEqual({ Id: "a", Filter: { Prefix: "y/" } });
    const listed = await room.s3.send(new ListBucketMetricsConfigurationsCommand({ Bucket }));
    expect(listed.MetricsConfigurationList?.map(({ Id }) => Id)).toEqual(["a", "b"]);
    await room.s3.send(new DeleteBucketMetricsConfigurationCommand({ Bucket, Id: "a" }));
    await expect(room.s3.send(new DeleteBucketMetricsConfigurationCommand({ Bucket, Id: "a" }))).rejects.toMatchObject({
      name: "NoSuchConfiguration",
    });
  });

  test("is refused under another id, and with a destination that is no bucket", async () => {
    await using room = await s3Fixture();
    const put = (Id: string, destination: string) =>
      room.s3.send(
        new PutBucketInventoryConfigurationCommand({
          Bucket,
          Id,
          InventoryConfiguration: {
            Id: "daily",
            IsEnabled: true,
            IncludedObjectVersions: "All",
            Schedule: { Frequency: "Daily" },
            Destination: { S3BucketDestination: { Bucket: destination, Format: "CSV" } },
          },
        }),
      );
    await expect(put("other", Bucket)).rejects.toMatchObject({ name: "IdMismatch" });
    const AnalyticsConfiguration = { Id: "daily", StorageClassAnalysis: {} };
    await expect(
      room.s3.send(new PutBucketAnalyticsConfigurationCommand({ Bucket, Id: "other", AnalyticsConfiguration })),
    ).rejects.toMatchObject({ name: "MalformedXML" });
    await expect(put("daily", Bucket)).rejects.toMatchObject({ name: "InvalidS3DestinationBucket" });
    const listed = await room.s3.send(new ListBucketInventoryConfigurationsCommand({ Bucket }));
    expect(listed).toMatchObject({ IsTruncated: false });
  });
});

describe("what a bucket is switched to", () => {
  test("is told as it was put", async () => {
    await using room = await s3Fixture();
    await room.s3.send(
      new PutBucketAccelerateConfigurationCommand({ Bucket, AccelerateConfiguration: { Status: "Enabled" } }),
    );
    expect(await room.s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket }))).toMatchObject({
      Status: "Enabled",
    });
    expect(await room.s3.send(new GetBucketRequestPaymentCommand({ Bucket }))).toMatchObject({ Payer: "BucketOwner" });
    const RequestPaymentConfiguration = { Payer: "Requester" as const };
    await room.s3.send(new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration }));
    expect(await room.s3.send(new GetBucketRequestPaymentCommand({ Bucket }))).toMatchObject({ Payer: "Requester" });
    const log = (TargetBucket: string) =>
      new PutBucketLoggingCommand({
        Bucket,
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket, TargetPrefix: "log" } },
      });
    await room.s3.send(log(Bucket));
    const { LoggingEnabled } = await room.s3.send(new GetBucketLoggingCommand({ Bucket }));
    expect(LoggingEnabled).toMatchObject({ TargetBucket: Bucket, TargetPrefix: "log" });
    await expect(room.s3.send(log("elsewhere"))).rejects.toMatchObject({ name: "InvalidTargetBucketForLogging" });
  });
});
