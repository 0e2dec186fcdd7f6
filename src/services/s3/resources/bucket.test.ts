import {
  GetBucketAccelerateConfigurationCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

describe("AWS::S3::Bucket", () => {
  it("sets all that a template says, and changes it in place", async () => {
    await using cloud = await testCloud();
    const properties = {
      BucketName: "templated",
      VersioningConfiguration: { Status: "Enabled" },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }],
      },
      CorsConfiguration: { CorsRules: [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"], MaxAge: 60 }] },
      LifecycleConfiguration: { Rules: [{ Id: "old", Status: "Enabled", Prefix: "tmp/", ExpirationInDays: 7 }] },
      WebsiteConfiguration: { IndexDocument: "index.html", ErrorDocument: "error.html" },
      PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false },
      Tags: [{ Key: "team", Value: "web" }],
    };
    const policy = {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: { "Fn::Sub": "${Bucket.Arn}/*" } },
      ],
    };
    const template = (Properties: object) => ({
      Resources: {
        Bucket: { Type: "AWS::S3::Bucket", Properties },
        Policy: { Type: "AWS::S3::BucketPolicy", Properties: { Bucket: { Ref: "Bucket" }, PolicyDocument: policy } },
      },
      Outputs: { Arn: { Value: { "Fn::GetAtt": ["Bucket", "Arn"] } } },
    });
    const stack = stackOf(cloud, "site");
    expect(await stack.create(template(properties))).toMatchObject({
      status: "CREATE_COMPLETE",
      outputs: { Arn: "arn:aws:s3:::templated" },
    });
    const s3 = cloud.client(S3Client);
    const Bucket = "templated";
    expect(await s3.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({ Status: "Enabled" });
    expect(await s3.send(new GetBucketEncryptionCommand({ Bucket }))).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }],
      },
    });
    expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toMatchObject([{ MaxAgeSeconds: 60 }]);
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toMatchObject([
      { ID: "old", Filter: { Prefix: "tmp/" }, Expiration: { Days: 7 } },
    ]);
    expect(await s3.send(new GetBucketWebsiteCommand({ Bucket }))).toMatchObject({
      ErrorDocument: { Key: "error.html" },
    });
    const { Policy = "" } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
    expect(JSON.parse(Policy).Statement[0].Resource).toBe("arn:aws:s3:::templated/*");
    const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
    expect(TagSet).toContainEqual({ Key: "team", Value: "web" });
    expect(TagSet).toContainEqual({ Key: "aws:cloudformation:logical-id", Value: "Bucket" });

    const { WebsiteConfiguration: _website, ...fewer } = properties;
    const changed = { ...fewer, VersioningConfiguration: { Status: "Suspended" } };
    expect(await stack.update(template(changed))).toMatchObject({ status: "UPDATE_COMPLETE" });
    expect(await s3.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({ Status: "Suspended" });
    await expect(s3.send(new GetBucketWebsiteCommand({ Bucket }))).rejects.toMatchObject({
      name: "NoSuchWebsiteConfiguration",
    });
  });

  it("opens a bucket by an access list alone, as templates did before April 2023", async () => {
    await using cloud = await testCloud();
    const Properties = { AccessControl: "PublicRead", WebsiteConfiguration: { IndexDocument: "index.html" } };
    const { status, outputs } = await stackOf(cloud, "site").create({
      Resources: { Site: { Type: "AWS::S3::Bucket", Properties } },
      Outputs: {
        Name: { Value: { Ref: "Site" } },
        Domain: { Value: { "Fn::GetAtt": ["Site", "RegionalDomainName"] } },
      },
    });
    expect(status).toBe("CREATE_COMPLETE");
    const Bucket = outputs["Name"] ?? "";
    expect(Bucket).toMatch(/^site-site-[a-z0-9]+$/);
    await cloud.client(S3Client).send(new PutObjectCommand({ Bucket, Key: "k", Body: "hi", ACL: "public-read" }));
    const anonymous = cloud.client(S3Client, { signer: { sign: async (request: unknown) => request } });
    const { Body } = await anonymous.send(new GetObjectCommand({ Bucket, Key: "k" }));
    expect(await Body!.transformToString()).toBe("hi");
  });

  it("takes the word private of a bucket that takes no lists", async () => {
    await using cloud = await testCloud();
    const bucket = (AccessControl: string) => ({
      Resources: { Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: "quiet-bucket", AccessControl } } },
    });
    expect(await stackOf(cloud).create(bucket("Private"))).toMatchObject({ status: "CREATE_COMPLETE" });
  });

  it("is not deleted while it holds objects", async () => {
    await using cloud = await testCloud();
    const Properties = { BucketName: "full-bucket" };
    const stack = stackOf(cloud);
    await stack.create({ Resources: { Bucket: { Type: "AWS::S3::Bucket", Properties } } });
    const s3 = cloud.client(S3Client);
    await s3.send(new PutObjectCommand({ Bucket: "full-bucket", Key: "k", Body: "hi" }));
    const { status, reasons } = await stack.delete();
    expect(status).toBe("DELETE_FAILED");
    expect(reasons.join()).toContain("The bucket you tried to delete is not empty");
    await s3.send(new HeadBucketCommand({ Bucket: "full-bucket" }));
  });

  it("does not take over a bucket that is there already", async () => {
    await using cloud = await testCloud();
    const s3 = cloud.client(S3Client);
    const { CreateBucketCommand } = await import("@aws-sdk/client-s3");
    await s3.send(new CreateBucketCommand({ Bucket: "mine-already" }));
    const Properties = { BucketName: "mine-already" };
    const { status, reasons } = await stackOf(cloud).create({
      Resources: { Bucket: { Type: "AWS::S3::Bucket", Properties } },
    });
    expect(status).toBe("ROLLBACK_COMPLETE");
    expect(reasons.join()).toContain("identifier 'mine-already' already exists");
    await s3.send(new HeadBucketCommand({ Bucket: "mine-already" }));
  });

  it("locks, accelerates and logs as a template says", async () => {
    await using cloud = await testCloud();
    const stack = stackOf(cloud, "kept");
    const Properties = {
      BucketName: "kept",
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: "Enabled",
        Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: 1 } },
      },
      AccelerateConfiguration: { AccelerationStatus: "Enabled" },
      LoggingConfiguration: { LogFilePrefix: "log/" },
    };
    const made = await stack.create({ Resources: { Bucket: { Type: "AWS::S3::Bucket", Properties } } });
    expect(made).toMatchObject({ status: "CREATE_COMPLETE" });
    const s3 = cloud.client(S3Client);
    const Bucket = "kept";
    expect(await s3.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({ Status: "Enabled" });
    expect(await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).toMatchObject({
      ObjectLockConfiguration: Properties.ObjectLockConfiguration,
    });
    expect(await s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket }))).toMatchObject({ Status: "Enabled" });
    expect(await s3.send(new GetBucketLoggingCommand({ Bucket }))).toMatchObject({
      LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: "log/" },
    });
  });
});
