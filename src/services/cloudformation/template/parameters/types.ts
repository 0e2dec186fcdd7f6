/** What a parameter's type asks for. */
export interface ParameterType {
  readonly name: string;
  readonly isList: boolean;
  readonly isNumber: boolean;
  /** Set for `AWS::SSM::Parameter::Value<…>`: the value is a parameter's name and its stored value is what Ref gives. */
  readonly isStored: boolean;
}

/** The parameter type of that name; undefined when AWS has none. */
export const parameterType = (name: string): ParameterType | undefined => {
  const stored = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(name)?.[1];
  if (stored !== undefined) {
    const inner = STORABLE.has(stored) || isAwsType(stored) ? listing(stored) : undefined;
    return inner && { ...inner, name, isStored: true };
  }
  return KNOWN.has(name) || isAwsType(name) ? { ...listing(name), name } : undefined;
};

const listing = (name: string): ParameterType => ({
  name,
  isList: name === "CommaDelimitedList" || name.startsWith("List<"),
  isNumber: name === "Number" || name === "List<Number>",
  isStored: false,
});

const KNOWN = new Set([
  "String",
  "Number",
  "List<Number>",
  "List<String>",
  "CommaDelimitedList",
  "AWS::SSM::Parameter::Name",
]);
const STORABLE = new Set(["String", "List<String>", "CommaDelimitedList"]);

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
const AWS_TYPES = new Set([
  "AWS::EC2::AvailabilityZone::Name",
  "AWS::EC2::Image::Id",
  "AWS::EC2::Instance::Id",
  "AWS::EC2::KeyPair::KeyName",
  "AWS::EC2::SecurityGroup::GroupName",
  "AWS::EC2::SecurityGroup::Id",
  "AWS::EC2::Subnet::Id",
  "AWS::EC2::Volume::Id",
  "AWS::EC2::VPC::Id",
  "AWS::Route53::HostedZone::Id",
]);

const isAwsType = (name: string): boolean => {
  const element = /^List<(.+)>$/.exec(name)?.[1] ?? name;
  return AWS_TYPES.has(element) && name !== "List<AWS::EC2::KeyPair::KeyName>";
};
