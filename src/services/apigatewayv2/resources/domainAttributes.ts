interface MadeDomain {
  readonly DomainNameArn?: string | undefined;
  readonly DomainNameConfigurations?:
    | readonly { readonly ApiGatewayDomainName?: string | undefined; readonly HostedZoneId?: string | undefined }[]
    | undefined;
}

/** What a stack may ask of a domain. */
export const attributesOf = (domain: MadeDomain) => {
  const [first] = domain.DomainNameConfigurations ?? [];
  return {
    DomainNameArn: domain.DomainNameArn ?? "",
    RegionalDomainName: first?.ApiGatewayDomainName ?? "",
    RegionalHostedZoneId: first?.HostedZoneId ?? "",
  };
};
