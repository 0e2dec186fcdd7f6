import type { Operation } from "../room.ts";

/**
 * The standard images by their names, as templates give them.
 * Differs: none of them is used; builds see the programs of this machine.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/available-runtimes.html
 */
export const listCuratedEnvironmentImages = (): Operation<"ListCuratedEnvironmentImages"> => async () => ({
  platforms: PLATFORMS.map(({ platform, images }) => ({
    platform,
    languages: [
      {
        language: "BASE" as const,
        images: images.map(({ name, description }) => ({ name, description, versions: [name] })),
      },
    ],
  })),
});

const PLATFORMS = [
  {
    platform: "AMAZON_LINUX" as const,
    images: [
      { name: "aws/codebuild/amazonlinux-x86_64-standard:5.0", description: "AWS CodeBuild - Amazon Linux 2023" },
      { name: "aws/codebuild/amazonlinux-aarch64-standard:3.0", description: "AWS CodeBuild - Amazon Linux 2023, ARM" },
      { name: "aws/codebuild/amazonlinux2-x86_64-standard:5.0", description: "AWS CodeBuild - Amazon Linux 2" },
      { name: "aws/codebuild/amazonlinux2-aarch64-standard:3.0", description: "AWS CodeBuild - Amazon Linux 2, ARM" },
    ],
  },
  {
    platform: "UBUNTU" as const,
    images: [
      { name: "aws/codebuild/standard:7.0", description: "AWS CodeBuild - Ubuntu 22.04" },
      { name: "aws/codebuild/standard:6.0", description: "AWS CodeBuild - Ubuntu 22.04" },
      { name: "aws/codebuild/standard:5.0", description: "AWS CodeBuild - Ubuntu 20.04" },
    ],
  },
];
