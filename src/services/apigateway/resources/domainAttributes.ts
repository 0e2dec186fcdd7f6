interface MadeDomain {
  readonly domainNameArn?: string | undefined;
  readonly distributionDomainName?: string | undefined;
  readonly distributionHostedZoneId?: string | undefined;
  readonly regionalDomainName?: string | undefined;
  readonly regionalHostedZoneId?: string | undefined;
}

/** What a stack may ask of a domain. */
export const attributesOf = (made: MadeDomain) => ({
  DomainNameArn: made.domainNameArn ?? "",
  DistributionDomainName: made.distributionDomainName ?? "",
  DistributionHostedZoneId: made.distributionHostedZoneId ?? "",
  RegionalDomainName: made.regionalDomainName ?? "",
  RegionalHostedZoneId: made.regionalHostedZoneId ?? "",
});
