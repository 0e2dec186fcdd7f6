import * as model from "@aws-sdk/client-ecr";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { batchGetImage, describeImages, listImages } from "./operations/images.ts";
import {
  deleteLifecyclePolicy,
  deleteRepositoryPolicy,
  getLifecyclePolicy,
  getRepositoryPolicy,
  putLifecyclePolicy,
  setRepositoryPolicy,
} from "./operations/policies.ts";
import {
  createRepository,
  deleteRepository,
  describeRepositories,
  putImageScanningConfiguration,
  putImageTagMutability,
} from "./operations/repositories.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import { repositoryType } from "./resources/repository.ts";
import { openRoom, type Room } from "./room.ts";

/** Amazon Elastic Container Registry. */
export default defineService<Room, "ecr">({
  name: "ecr",
  model,
  scope: "region",
  constraints,
  validationErrorCode: "InvalidParameterException",
  open: openRoom,
  operations: {
    BatchGetImage: batchGetImage,
    CreateRepository: createRepository,
    DeleteLifecyclePolicy: deleteLifecyclePolicy,
    DeleteRepository: deleteRepository,
    DeleteRepositoryPolicy: deleteRepositoryPolicy,
    DescribeImages: describeImages,
    DescribeRepositories: describeRepositories,
    GetLifecyclePolicy: getLifecyclePolicy,
    GetRepositoryPolicy: getRepositoryPolicy,
    ListImages: listImages,
    ListTagsForResource: listTagsForResource,
    PutImageScanningConfiguration: putImageScanningConfiguration,
    PutImageTagMutability: putImageTagMutability,
    PutLifecyclePolicy: putLifecyclePolicy,
    SetRepositoryPolicy: setRepositoryPolicy,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
  iam,
  resources: [repositoryType],
});
