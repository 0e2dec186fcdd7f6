import type { ActionRun } from "../../engines/pipeline/model.ts";
import { known } from "../../kernel/errors.ts";
import type { RolePrincipal } from "../../kernel/principal.ts";
import { outputPlaces, storeIn } from "./artifacts.ts";
import { secretPlace } from "./declaration.ts";
import { actionRole } from "./roles.ts";
import type { Room } from "./room.ts";
import { actionTypeView } from "./views.ts";

/** How long the credentials of a job serve. */
const CREDENTIALS_SECONDS = 3600;

/** A job as workers and functions see it, with the secrets of its configuration and credentials for its artifacts. */
export const jobView = async (room: Room, run: ActionRun, continuationToken: string | undefined) => {
  const { action } = run;
  const execution = known(room.tables.executions.get(run.executionId), `the execution ${run.executionId}`);
  const pipeline = known(room.tables.pipelines.get(run.pipelineName), `the pipeline ${run.pipelineName}`);
  const role = await actionRole(room, execution, run);
  const outputs = outputPlaces(room, pipeline, run);
  const revision = (name: string) => execution.revisions.find(({ artifactName }) => artifactName === name)?.revisionId;
  const key = storeIn(pipeline, action.region ?? room.deps.region).encryptionKey;
  return {
    id: run.id,
    accountId: room.deps.account,
    data: {
      actionTypeId: actionTypeView(run),
      actionConfiguration: { configuration: withSecrets(room, run, pipeline.secrets) },
      pipelineContext: {
        pipelineName: run.pipelineName,
        stage: { name: run.stageName },
        action: { name: action.name, actionExecutionId: run.id },
        pipelineArn: pipeline.arn,
        pipelineExecutionId: run.executionId,
      },
      inputArtifacts: run.inputs.map((artifact) => ({ ...artifactView(artifact), revision: revision(artifact.name) })),
      outputArtifacts: outputs.map(artifactView),
      artifactCredentials:
        role.principal.kind === "role"
          ? credentialsView(room, role.principal, artifactsPolicy(role.partition, run.inputs, outputs, key?.id))
          : undefined,
      ...(key ? { encryptionKey: { id: key.id, type: key.type } } : {}),
      ...(continuationToken ? { continuationToken } : {}),
    },
  };
};

export type JobView = Awaited<ReturnType<typeof jobView>>;

const artifactView = ({ name, bucket, key }: ActionRun["inputs"][number]) => ({
  name,
  location: { type: "S3" as const, s3Location: { bucketName: bucket, objectKey: key } },
});

/** AWS: the credentials of a job serve for its artifacts alone, whatever else the role may do. */
const artifactsPolicy = (
  partition: string,
  inputs: ActionRun["inputs"],
  outputs: ActionRun["inputs"],
  key: string | undefined,
): string => {
  const arns = (places: ActionRun["inputs"]) =>
    places.map(({ bucket, key }) => `arn:${partition}:s3:::${bucket}/${key}`);
  const allow = (Action: readonly string[], Resource: readonly string[]) =>
    Resource.length > 0 ? [{ Effect: "Allow", Action, Resource }] : [];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      ...allow(["s3:GetObject", "s3:GetObjectVersion"], [...arns(inputs), ...arns(outputs)]),
      ...allow(["s3:PutObject", "s3:AbortMultipartUpload"], arns(outputs)),
      ...allow(
        ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        key ? ["*"] : [],
      ),
    ],
  });
};

const credentialsView = ({ deps }: Room, role: RolePrincipal, policy: string) => {
  const principal = { ...role, sessionPolicies: [policy] };
  const { accessKeyId, secretAccessKey, sessionToken } = deps.credentialsFor(principal, CREDENTIALS_SECONDS);
  return { accessKeyId, secretAccessKey, sessionToken };
};

const withSecrets = ({ deps }: Room, run: ActionRun, secrets: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(run.configuration ?? run.action.configuration).map(([name, value]) => {
      const sealed = secrets[secretPlace(run.stageName, run.action.name, name)];
      return [name, sealed === undefined ? value : deps.cipher.open(sealed).toString()];
    }),
  );
