import * as model from "@aws-sdk/client-s3";
import { defineService } from "../../kernel/rooms.ts";
import { deliverLogs } from "./accessLogs/deliver.ts";
import { onRestorationDue } from "./archive/restorations.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { malformedAcl, malformedXml } from "./errors.ts";
import { applyLifecycles } from "./expiry.ts";
import { iam } from "./iam.ts";
import { resumeNotices } from "./notices.ts";
import { getBucketAcl, getObjectAcl, putBucketAcl, putObjectAcl } from "./operations/acl.ts";
import * as analytics from "./operations/bucketAnalytics.ts";
import * as configured from "./operations/bucketConfigurations.ts";
import * as inventory from "./operations/bucketInventory.ts";
import * as lifecycle from "./operations/bucketLifecycle.ts";
import * as metrics from "./operations/bucketMetrics.ts";
import {
  deleteBucketPolicy,
  getBucketPolicy,
  getBucketPolicyStatus,
  putBucketPolicy,
} from "./operations/bucketPolicy.ts";
import * as replication from "./operations/bucketReplication.ts";
import * as switches from "./operations/bucketSwitches.ts";
import { deleteBucket, getBucketLocation, headBucket, listBuckets } from "./operations/buckets.ts";
import * as tiering from "./operations/bucketTiering.ts";
import { completeMultipartUpload } from "./operations/completeMultipartUpload.ts";
import { copyObject } from "./operations/copyObject.ts";
import { createBucket } from "./operations/createBucket.ts";
import { deleteObject, deleteObjects } from "./operations/deleteObject.ts";
import { getObject, headObject } from "./operations/getObject.ts";
import { getObjectAttributes } from "./operations/getObjectAttributes.ts";
import { listObjects, listObjectsV2 } from "./operations/listObjects.ts";
import { listObjectVersions } from "./operations/listObjectVersions.ts";
import { listMultipartUploads, listParts } from "./operations/listUploads.ts";
import {
  abortMultipartUpload,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
} from "./operations/multipartUpload.ts";
import {
  getBucketNotificationConfiguration,
  putBucketNotificationConfiguration,
} from "./operations/notificationConfiguration.ts";
import * as lock from "./operations/objectLock.ts";
import * as access from "./operations/publicAccess.ts";
import { putObject } from "./operations/putObject.ts";
import { restoreObject } from "./operations/restoreObject.ts";
import * as tagging from "./operations/tagging.ts";
import { getBucketVersioning, putBucketVersioning } from "./operations/versioning.ts";
import { resumeReplications } from "./replication/queue.ts";
import { bucketType } from "./resources/bucket.ts";
import { bucketPolicyType } from "./resources/bucketPolicy.ts";
import { openRoom, type Room } from "./room.ts";

// What travels in headers and queries, and a few members of documents, S3 refuses in words of its own; the operations do.
const OWN_WORDS: ReadonlySet<string> = new Set([
  "AccelerateConfiguration",
  "CreateBucketConfiguration",
  "FilterRule",
  "Redirect",
  "RedirectAllRequestsTo",
  "TargetGrant",
]);
const ofDocuments = Object.fromEntries(
  Object.entries(constraints).filter(([structure]) => !structure.endsWith("Request") && !OWN_WORDS.has(structure)),
);

/** Amazon S3. */
export default defineService<Room, "s3">({
  name: "s3",
  model,
  // AWS: the names of buckets are shared by all accounts and regions of a partition.
  scope: "partition",
  open: (deps) => openRoom(deps, onRestorationDue),
  resume: (room) => {
    room.daily.start(() => applyLifecycles(room));
    resumeReplications(room);
    room.restorations.resume();
    resumeNotices(room);
    if (room.accessLines.count({ limit: 1 }) > 0) room.logDelivery.start(() => deliverLogs(room));
  },
  close: async ({ daily, logDelivery, restorations }) => {
    restorations.close();
    await Promise.all([daily.stop(), logDelivery.stop()]);
  },
  constraints: {
    ...ofDocuments,
    // AWS: whether there is such a bucket is asked before whether there are rules.
    ServerSideEncryptionConfiguration: { Rules: { isOptional: true } },
    // AWS: tagging without a set of tags is tagging with none.
    Tagging: { TagSet: { isOptional: true } },
  },
  // AWS: what nobody may do, a bucket's policy says.
  unsigned: "all",
  invalidInput: (operation) => (operation.endsWith("Acl") ? malformedAcl() : malformedXml()),
  operations: {
    AbortMultipartUpload: abortMultipartUpload,
    CompleteMultipartUpload: completeMultipartUpload,
    CopyObject: copyObject,
    CreateBucket: createBucket,
    CreateMultipartUpload: createMultipartUpload,
    DeleteBucket: deleteBucket,
    DeleteBucketAnalyticsConfiguration: analytics.deleteBucketAnalyticsConfiguration,
    DeleteBucketCors: configured.deleteBucketCors,
    DeleteBucketEncryption: configured.deleteBucketEncryption,
    DeleteBucketIntelligentTieringConfiguration: tiering.deleteBucketIntelligentTieringConfiguration,
    DeleteBucketInventoryConfiguration: inventory.deleteBucketInventoryConfiguration,
    DeleteBucketLifecycle: lifecycle.deleteBucketLifecycle,
    DeleteBucketMetricsConfiguration: metrics.deleteBucketMetricsConfiguration,
    DeleteBucketOwnershipControls: access.deleteBucketOwnershipControls,
    DeleteBucketPolicy: deleteBucketPolicy,
    DeleteBucketReplication: replication.deleteBucketReplication,
    DeleteBucketTagging: tagging.deleteBucketTagging,
    DeleteBucketWebsite: configured.deleteBucketWebsite,
    DeleteObject: deleteObject,
    DeleteObjectTagging: tagging.deleteObjectTagging,
    DeleteObjects: deleteObjects,
    DeletePublicAccessBlock: access.deletePublicAccessBlock,
    GetBucketAccelerateConfiguration: switches.getBucketAccelerateConfiguration,
    GetBucketAcl: getBucketAcl,
    GetBucketAnalyticsConfiguration: analytics.getBucketAnalyticsConfiguration,
    GetBucketCors: configured.getBucketCors,
    GetBucketEncryption: configured.getBucketEncryption,
    GetBucketIntelligentTieringConfiguration: tiering.getBucketIntelligentTieringConfiguration,
    GetBucketInventoryConfiguration: inventory.getBucketInventoryConfiguration,
    GetBucketLifecycleConfiguration: lifecycle.getBucketLifecycleConfiguration,
    GetBucketLocation: getBucketLocation,
    GetBucketLogging: switches.getBucketLogging,
    GetBucketMetricsConfiguration: metrics.getBucketMetricsConfiguration,
    GetBucketNotificationConfiguration: getBucketNotificationConfiguration,
    GetBucketOwnershipControls: access.getBucketOwnershipControls,
    GetBucketPolicy: getBucketPolicy,
    GetBucketPolicyStatus: getBucketPolicyStatus,
    GetBucketReplication: replication.getBucketReplication,
    GetBucketRequestPayment: switches.getBucketRequestPayment,
    GetBucketTagging: tagging.getBucketTagging,
    GetBucketVersioning: getBucketVersioning,
    GetBucketWebsite: configured.getBucketWebsite,
    GetObject: getObject,
    GetObjectAcl: getObjectAcl,
    GetObjectAttributes: getObjectAttributes,
    GetObjectLegalHold: lock.getObjectLegalHold,
    GetObjectLockConfiguration: lock.getObjectLockConfiguration,
    GetObjectRetention: lock.getObjectRetention,
    GetObjectTagging: tagging.getObjectTagging,
    GetPublicAccessBlock: access.getPublicAccessBlock,
    HeadBucket: headBucket,
    HeadObject: headObject,
    ListBucketAnalyticsConfigurations: analytics.listBucketAnalyticsConfigurations,
    ListBucketIntelligentTieringConfigurations: tiering.listBucketIntelligentTieringConfigurations,
    ListBucketInventoryConfigurations: inventory.listBucketInventoryConfigurations,
    ListBucketMetricsConfigurations: metrics.listBucketMetricsConfigurations,
    ListBuckets: listBuckets,
    ListMultipartUploads: listMultipartUploads,
    ListObjectVersions: listObjectVersions,
    ListObjects: listObjects,
    ListObjectsV2: listObjectsV2,
    ListParts: listParts,
    PutBucketAccelerateConfiguration: switches.putBucketAccelerateConfiguration,
    PutBucketAcl: putBucketAcl,
    PutBucketAnalyticsConfiguration: analytics.putBucketAnalyticsConfiguration,
    PutBucketCors: configured.putBucketCors,
    PutBucketEncryption: configured.putBucketEncryption,
    PutBucketIntelligentTieringConfiguration: tiering.putBucketIntelligentTieringConfiguration,
    PutBucketInventoryConfiguration: inventory.putBucketInventoryConfiguration,
    PutBucketLifecycleConfiguration: lifecycle.putBucketLifecycleConfiguration,
    PutBucketLogging: switches.putBucketLogging,
    PutBucketMetricsConfiguration: metrics.putBucketMetricsConfiguration,
    PutBucketNotificationConfiguration: putBucketNotificationConfiguration,
    PutBucketOwnershipControls: access.putBucketOwnershipControls,
    PutBucketPolicy: putBucketPolicy,
    PutBucketReplication: replication.putBucketReplication,
    PutBucketRequestPayment: switches.putBucketRequestPayment,
    PutBucketTagging: tagging.putBucketTagging,
    PutBucketVersioning: putBucketVersioning,
    PutBucketWebsite: configured.putBucketWebsite,
    PutObject: putObject,
    PutObjectAcl: putObjectAcl,
    PutObjectLegalHold: lock.putObjectLegalHold,
    PutObjectLockConfiguration: lock.putObjectLockConfiguration,
    PutObjectRetention: lock.putObjectRetention,
    PutObjectTagging: tagging.putObjectTagging,
    PutPublicAccessBlock: access.putPublicAccessBlock,
    RestoreObject: restoreObject,
    UploadPart: uploadPart,
    UploadPartCopy: uploadPartCopy,
  },
  iam,
  resources: [bucketType, bucketPolicyType],
});
