/** Where an API is imported. */
interface ImportPlace {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
}

/**
 * A definition with its `${AWS::…}` variables filled in.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/import-api-aws-variables.html
 */
export const withAwsVariables = (definition: string, { account, partition, region }: ImportPlace): string =>
  definition
    .replaceAll("${AWS::AccountId}", account)
    .replaceAll("${AWS::Partition}", partition)
    .replaceAll("${AWS::Region}", region);
