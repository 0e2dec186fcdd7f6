import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { ActForm } from "../../parts/ActForm.tsx";

interface Props {
  readonly name: string;
  readonly type: "String" | "StringList" | "SecureString";
}

/** Gives a parameter another value: a version of its own. */
export const ValueForm = ({ name, type }: Props) => {
  const [value, setValue] = useState("");
  const put = async () => {
    await call("ssm", "PutParameter", { Name: name, Value: value, Type: type, Overwrite: true });
    setValue("");
  };
  return (
    <ActForm
      title="Change"
      verb="Save as new version"
      done="The value is changed"
      services={["ssm"]}
      act={put}
      disabled={value === ""}
    >
      <FormField label="New value" description={type === "StringList" ? "Items are separated by commas." : undefined}>
        <Input
          value={value}
          type={type === "SecureString" ? "password" : "text"}
          autoComplete={false}
          onChange={({ detail }) => setValue(detail.value)}
        />
      </FormField>
    </ActForm>
  );
};
