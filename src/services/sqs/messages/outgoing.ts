/** A message as SendMessage and SendMessageBatch bring it. */
export interface Outgoing {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Readonly<Record<string, OutgoingAttribute>> | undefined;
  readonly MessageSystemAttributes?: { readonly [name: string]: OutgoingAttribute | undefined } | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

export interface OutgoingAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}
