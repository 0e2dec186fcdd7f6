import type * as sdk from "@aws-sdk/client-codepipeline";
import type { OutputOf } from "../../kernel/aws.ts";
import type { ActionTypeRecord } from "./records.ts";
import type { ActionTypeRule } from "./structure/actionTypes.ts";
import { categoryOf, ownerOf } from "./views.ts";

type ActionType = NonNullable<OutputOf<typeof sdk, "ListActionTypes">["actionTypes"]>[number];

/** A type of somebody's own as ListActionTypes gives it. */
export const customTypeView = (type: ActionTypeRecord) =>
  ({
    id: idView(type),
    settings: { ...type.settings },
    actionConfigurationProperties: type.properties.map((property) => ({ ...property })),
    inputArtifactDetails: { minimumCount: type.inputs.min, maximumCount: type.inputs.max },
    outputArtifactDetails: { minimumCount: type.outputs.min, maximumCount: type.outputs.max },
  }) satisfies ActionType;

/** One of AWS's own. */
export const builtInTypeView = ({ inputs, outputs, required, optional, ...type }: ActionTypeRule) =>
  ({
    id: idView({ ...type, version: "1" }),
    settings: {},
    actionConfigurationProperties: [...required, ...optional].map((name) => ({
      name,
      required: required.includes(name),
      key: required.includes(name),
      secret: name === "OAuthToken",
      queryable: false,
    })),
    inputArtifactDetails: { minimumCount: inputs.min, maximumCount: inputs.max },
    outputArtifactDetails: { minimumCount: outputs.min, maximumCount: outputs.max },
  }) satisfies ActionType;

const idView = ({
  category,
  owner,
  provider,
  version,
}: Pick<ActionTypeRecord, "category" | "provider" | "version"> & { readonly owner: string }) => ({
  category: categoryOf(category),
  owner: ownerOf(owner),
  provider,
  version,
});
