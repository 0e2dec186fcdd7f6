import { AwsError } from "../../kernel/errors.ts";
import { MAX_KEY_BYTES } from "./limits.ts";

// The SDK's exception classes carry neither S3's status nor the details its documents name, so S3's refusals are AwsErrors.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html

export const noSuchBucket = (bucket: string) =>
  new AwsError("NoSuchBucket", "The specified bucket does not exist", 404, { BucketName: bucket });

export const noSuchKey = (key: string, headers: Readonly<Record<string, string>> = {}) =>
  new AwsError("NoSuchKey", "The specified key does not exist.", 404, { Key: key, ...headers });

export const noSuchVersion = (key: string, versionId: string) =>
  new AwsError("NoSuchVersion", "The specified version does not exist.", 404, { Key: key, VersionId: versionId });

export const noSuchUpload = (uploadId: string) =>
  new AwsError(
    "NoSuchUpload",
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    404,
    { UploadId: uploadId },
  );

/** What HEAD answers: no body, so no code but the status. */
export const notFound = () => new AwsError("NotFound", "Not Found", 404);

export const bucketAlreadyExists = (bucket: string) =>
  new AwsError(
    "BucketAlreadyExists",
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
    409,
    { BucketName: bucket },
  );

export const bucketAlreadyOwned = (bucket: string) =>
  new AwsError(
    "BucketAlreadyOwnedByYou",
    "Your previous request to create the named bucket succeeded and you already own it.",
    409,
    { BucketName: bucket },
  );

export const tooManyBuckets = () =>
  new AwsError("TooManyBuckets", "You have attempted to create more buckets than allowed", 400);

export const illegalLocation = (constraint: string | undefined) =>
  new AwsError(
    "IllegalLocationConstraintException",
    `The ${constraint ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    400,
  );

export const aclWithoutOwnership = () =>
  new AwsError(
    "InvalidBucketAclWithObjectOwnership",
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    400,
  );

export const bucketNotEmpty = (bucket: string) =>
  new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty", 409, { BucketName: bucket });

export const versionsNotEmpty = (bucket: string) =>
  new AwsError(
    "BucketNotEmpty",
    "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
    409,
    { BucketName: bucket },
  );

export const invalidBucketName = (bucket: string) =>
  new AwsError("InvalidBucketName", "The specified bucket is not valid.", 400, { BucketName: bucket });

export const keyTooLong = (bytes: number) =>
  new AwsError("KeyTooLongError", "Your key is too long", 400, {
    Size: String(bytes),
    MaxSizeAllowed: String(MAX_KEY_BYTES),
  });

export const accessDenied = (message = "Access Denied") => new AwsError("AccessDenied", message, 403);

export const preconditionFailed = (condition: string) =>
  new AwsError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412, {
    Condition: condition,
  });

export const invalidArgument = (message: string, name?: string, value?: string) =>
  new AwsError("InvalidArgument", message, 400, {
    ...(name === undefined ? {} : { ArgumentName: name }),
    ...(value === undefined ? {} : { ArgumentValue: value }),
  });

export const invalidRequest = (message: string) => new AwsError("InvalidRequest", message, 400);

export const invalidRange = (range: string, size: number) =>
  new AwsError("InvalidRange", "The requested range is not satisfiable", 416, {
    RangeRequested: range,
    ActualObjectSize: String(size),
  });

export const invalidPartNumber = (requested: number, count: number) =>
  new AwsError("InvalidPartNumber", "The requested partnumber is not satisfiable", 416, {
    PartNumberRequested: String(requested),
    ActualPartCount: String(count),
  });

export const malformedXml = () =>
  new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
    400,
  );

export const malformedAcl = () => new AwsError("MalformedACLError", malformedXml().message, 400);

/** AWS: what S3 itself has not built, for values of headers that other APIs know. */
export const unknownCondition = (header: string, additionalMessage?: string) =>
  new AwsError("NotImplemented", "A header you provided implies functionality that is not implemented", 501, {
    Header: header,
    ...(additionalMessage === undefined ? {} : { additionalMessage }),
  });

export const invalidObjectState = (message: string, storageClass: string) =>
  new AwsError("InvalidObjectState", message, 403, { StorageClass: storageClass });

export const noObjectLock = () =>
  new AwsError("NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration", 404);

export const conditionalConflict = (key: string, condition: string) =>
  new AwsError(
    "ConditionalRequestConflict",
    "The conditional request cannot succeed due to a conflicting operation against this resource.",
    409,
    { Key: key, Condition: condition },
  );

export const invalidBucketState = (message: string) => new AwsError("InvalidBucketState", message, 409);

export const invalidLocation = (constraint: string) =>
  new AwsError("InvalidLocationConstraint", "The specified location-constraint is not valid", 400, {
    LocationConstraint: constraint,
  });

export const invalidBucketOwner = (owner: string) =>
  new AwsError(
    "InvalidBucketOwnerAWSAccountID",
    `The value of the expected bucket owner parameter must be an AWS Account ID... [${owner}]`,
    400,
  );

export const invalidVersionId = (versionId: string) =>
  invalidArgument("Invalid version id specified", "versionId", versionId);

export const unexpectedContent = () => new AwsError("UnexpectedContent", "This request does not support content", 400);

export const missingHeader = (name: string) =>
  new AwsError("MissingSecurityHeader", "Your request was missing a required header", 400, {
    MissingHeaderName: name,
  });

export const malformedPost = () =>
  new AwsError("MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.", 400);

export const malformedPolicy = (message: string) => new AwsError("MalformedPolicy", message, 400);

export const badDigest = (what: string, details: Readonly<Record<string, string>> = {}) =>
  new AwsError("BadDigest", `The ${what} you specified did not match what we received.`, 400, details);

export const badChecksum = (algorithm: string) =>
  new AwsError("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`, 400);

export const invalidDigest = (value: string) =>
  new AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.", 400, { "Content-MD5": value });

export const entityTooLarge = (maxBytes: number) =>
  new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400, {
    MaxSizeAllowed: String(maxBytes),
  });

export const entityTooSmall = (size: number, minSize: number, partNumber: number, etag: string) =>
  new AwsError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400, {
    ProposedSize: String(size),
    MinSizeAllowed: String(minSize),
    PartNumber: String(partNumber),
    ETag: etag,
  });

export const invalidPart = (uploadId: string, partNumber: number, etag: string) =>
  new AwsError(
    "InvalidPart",
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    400,
    { UploadId: uploadId, PartNumber: String(partNumber), ETag: etag },
  );

export const invalidPartOrder = (uploadId: string) =>
  new AwsError(
    "InvalidPartOrder",
    "The list of parts was not in ascending order. Parts must be ordered by part number.",
    400,
    { UploadId: uploadId },
  );

export const metadataTooLarge = (size: number, max: number) =>
  new AwsError("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", 400, {
    Size: String(size),
    MaxSizeAllowed: String(max),
  });

export const invalidStorageClass = (storageClass: string) =>
  new AwsError("InvalidStorageClass", "The storage class you specified is not valid", 400, {
    StorageClassRequested: storageClass,
  });

export const invalidEncryption = (
  algorithm: string,
  message = "The encryption request that you specified is not valid. The valid value is AES256.",
) =>
  new AwsError("InvalidEncryptionAlgorithmError", message, 400, {
    ArgumentName: "x-amz-server-side-encryption",
    ArgumentValue: algorithm,
  });

export const invalidTag = (message: string, key?: string, value?: string) =>
  new AwsError("InvalidTag", message, 400, {
    ...(key === undefined ? {} : { TagKey: key }),
    ...(value === undefined ? {} : { TagValue: value }),
  });

export const aclNotSupported = () =>
  new AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs", 400);

export const methodNotAllowedOnMarker = (method: string, versionId: string) =>
  new AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", 405, {
    Method: method,
    ResourceType: "DeleteMarker",
    "x-amz-delete-marker": "true",
    "x-amz-version-id": versionId,
  });

/** A bucket's configuration that was never set: each has its own code. */
export const notConfigured = (code: string, message: string, bucket: string) =>
  new AwsError(code, message, 404, { BucketName: bucket });
