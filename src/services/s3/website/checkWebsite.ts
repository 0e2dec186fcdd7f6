import type { WebsiteDocument } from "../configurations.ts";
import { invalidArgument, invalidRequest, malformedXml } from "../errors.ts";

type RoutingRule = NonNullable<WebsiteDocument["RoutingRules"]>[number];

/** Throws what S3 says of a website that is none. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html */
export const checkWebsite = (website: WebsiteDocument): void => {
  const { IndexDocument, RedirectAllRequestsTo, ErrorDocument, RoutingRules } = website;
  if (RedirectAllRequestsTo && (IndexDocument || ErrorDocument || RoutingRules))
    throw invalidArgument(
      "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
      "RedirectAllRequestsTo",
      "not null",
    );
  if (!RedirectAllRequestsTo && !IndexDocument)
    throw invalidArgument(
      "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
      "IndexDocument",
      "null",
    );
  if (IndexDocument && (IndexDocument.Suffix === "" || IndexDocument.Suffix.includes("/")))
    throw invalidArgument("The IndexDocument Suffix is not well formed", "IndexDocument", IndexDocument.Suffix);
  checkProtocol(RedirectAllRequestsTo?.Protocol);
  if (RoutingRules?.length === 0) throw malformedXml();
  for (const rule of RoutingRules ?? []) checkRule(rule);
};

const checkRule = ({ Redirect, Condition }: RoutingRule): void => {
  checkProtocol(Redirect?.Protocol);
  if (Redirect?.ReplaceKeyPrefixWith !== undefined && Redirect.ReplaceKeyWith !== undefined)
    throw invalidRequest("You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
  if (Condition && Condition.KeyPrefixEquals === undefined && Condition.HttpErrorCodeReturnedEquals === undefined)
    throw invalidRequest(
      "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
    );
};

const checkProtocol = (protocol: string | undefined): void => {
  if (protocol === undefined || protocol === "http" || protocol === "https") return;
  throw invalidRequest(
    "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.",
  );
};
