import type { ReplicationRule as ApiRule, ReplicationConfiguration } from "@aws-sdk/client-s3";
import type { CallOutputs } from "../../../kernel/aws.ts";

interface TagFilter {
  readonly Key: string;
  readonly Value: string;
}

/** A rule as templates spell it: ids and tags have other names there. */
interface ReplicationRule extends Omit<ApiRule, "ID" | "Filter"> {
  readonly Id?: string | undefined;
  readonly Filter?:
    | {
        readonly Prefix?: string | undefined;
        readonly TagFilter?: TagFilter | undefined;
        readonly And?: { readonly Prefix?: string | undefined; readonly TagFilters?: readonly TagFilter[] | undefined };
      }
    | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-replicationconfiguration.html */
export interface ReplicationProperty {
  readonly Role: string;
  readonly Rules: readonly ReplicationRule[];
}

export const replicationDocument = ({ Role, Rules }: ReplicationProperty): ReplicationConfiguration => ({
  Role,
  Rules: Rules.map(({ Id, Filter, ...rule }) => ({
    ...rule,
    ...(Id === undefined ? {} : { ID: Id }),
    ...(Filter ? { Filter: filterDocument(Filter) } : {}),
  })),
});

const filterDocument = ({ Prefix, TagFilter, And }: NonNullable<ReplicationRule["Filter"]>): ApiRule["Filter"] => ({
  ...(Prefix === undefined ? {} : { Prefix }),
  ...(TagFilter ? { Tag: TagFilter } : {}),
  ...(And ? { And: { Prefix: And.Prefix, Tags: And.TagFilters && [...And.TagFilters] } } : {}),
});

type Given = NonNullable<CallOutputs["s3"]["GetBucketReplication"]["ReplicationConfiguration"]>;

export const replicationProperty = ({ Role, Rules = [] }: Given) => ({
  Role,
  Rules: Rules.map(({ ID, Filter, ...rule }) => ({
    Id: ID,
    ...rule,
    Filter: Filter && {
      Prefix: Filter.Prefix,
      TagFilter: Filter.Tag,
      And: Filter.And && { Prefix: Filter.And.Prefix, TagFilters: Filter.And.Tags },
    },
  })),
});
