import { CfnResource } from "../cfnResource.ts";
import type { SamResource } from "../context.ts";
import { getAtt } from "../intrinsics.ts";
import type { Dict, Value } from "../values/value.ts";

/** What the parts of one GraphQL API share while they are made. */
export class GraphQlBuilder {
  readonly apiId: string;
  /** Names of data sources by the names the template gives them. */
  readonly sourceNames = new Map<string, Value>();
  /** Ids of functions by the names the template gives them. */
  readonly functionIds = new Map<string, Value>();
  /** The data source of functions that use none, made when first asked for. */
  noneSource: CfnResource | undefined;
  private readonly owner: SamResource;

  constructor(owner: SamResource) {
    this.owner = owner;
    this.apiId = owner.logicalId;
  }

  get apiIdAttribute(): Dict {
    return getAtt(this.apiId, "ApiId");
  }

  get schemaId(): string {
    return `${this.apiId}Schema`;
  }

  /** A resource with the API's own attributes and dependencies. */
  resource(type: string, logicalId: string, properties: Record<string, Value>): CfnResource {
    const made = new CfnResource(type, logicalId, this.owner.attributes, properties);
    made.dependsOn = this.owner.dependsOn;
    return made;
  }
}
