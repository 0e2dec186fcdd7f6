import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { useAct } from "../../api/useAws.ts";
import { DialogButtons } from "../../parts/DialogButtons.tsx";
import { attempt } from "../../parts/flash.tsx";
import { type TableDescription, untyped } from "./reading.ts";
import { fieldText, fieldValue, type Item, TYPE_NAMES, TYPES, type Type, typeOf } from "./values.ts";

interface Field {
  readonly id: number;
  readonly name: string;
  readonly type: Type;
  readonly text: string;
}

interface Props {
  readonly table: TableDescription;
  readonly item: Item;
  readonly onClose: () => void;
}

let count = 0;
const nextId = () => ++count;

const fieldsOf = (table: TableDescription, item: Item): readonly Field[] => {
  const keys = (table.KeySchema ?? []).map(({ AttributeName = "" }) => AttributeName);
  const declared = (name: string): Type =>
    TYPES.find(
      (type) => type === table.AttributeDefinitions?.find(({ AttributeName }) => AttributeName === name)?.AttributeType,
    ) ?? "S";
  const others = Object.keys(item).filter((name) => !keys.includes(name));
  return [...keys, ...others].map((name) => ({
    id: nextId(),
    name,
    type: item[name] ? typeOf(item[name]) : declared(name),
    text: fieldText(item[name]),
  }));
};

/** An item as a form: each attribute with its type. */
export const ItemForm = ({ table, item, onClose }: Props) => {
  const [fields, setFields] = useState(() => fieldsOf(table, item));
  const keys = new Set((table.KeySchema ?? []).map(({ AttributeName = "" }) => AttributeName));
  const isNew = Object.keys(item).length === 0;
  const change = (id: number, changes: Partial<Field>) =>
    setFields(fields.map((field) => (field.id === id ? { ...field, ...changes } : field)));
  const problems = fields.map(problemIn);
  const save = useAct(async () => {
    const Item = Object.fromEntries(fields.map(({ name, type, text }) => [name, fieldValue(type, text)]));
    if (await attempt("The item was written", () => untyped("PutItem", { TableName: table.TableName, Item })))
      onClose();
  }, ["dynamodb"]);
  return (
    <Modal
      visible
      size="large"
      onDismiss={onClose}
      header={isNew ? "New item" : "Edit item"}
      footer={
        <DialogButtons act={save} disabled={problems.some((problem) => problem !== undefined)} onCancel={onClose}>
          Save
        </DialogButtons>
      }
    >
      <SpaceBetween size="s">
        {fields.map((field, index) => {
          const isKey = keys.has(field.name);
          return (
            <div key={field.id} className="item-field">
              <Input
                ariaLabel="Attribute"
                value={field.name}
                disabled={isKey}
                placeholder="Attribute"
                onChange={({ detail }) => change(field.id, { name: detail.value })}
              />
              <Select
                ariaLabel={`Type of ${field.name}`}
                disabled={isKey}
                options={TYPES.map((value) => ({ value, label: TYPE_NAMES[value] }))}
                selectedOption={{ value: field.type, label: TYPE_NAMES[field.type] }}
                onChange={({ detail }) =>
                  change(field.id, { type: TYPES.find((type) => type === detail.selectedOption.value) ?? "S" })
                }
              />
              <FormField errorText={problems[index]} stretch>
                <ValueField field={field} onChange={(text) => change(field.id, { text })} />
              </FormField>
              <Button
                variant="icon"
                iconName="remove"
                disabled={isKey}
                ariaLabel={`Remove ${field.name}`}
                onClick={() => setFields(fields.filter(({ id }) => id !== field.id))}
              />
            </div>
          );
        })}
        <Button
          iconName="add-plus"
          onClick={() => setFields([...fields, { id: nextId(), name: "", type: "S", text: "" }])}
        >
          Add attribute
        </Button>
      </SpaceBetween>
    </Modal>
  );
};

const ValueField = ({
  field: { name, type, text },
  onChange,
}: {
  readonly field: Field;
  readonly onChange: (text: string) => void;
}) => {
  const ariaLabel = `Value of ${name}`;
  if (type === "NULL") return <Box color="text-status-inactive">null</Box>;
  if (type === "BOOL")
    return (
      <Select
        ariaLabel={ariaLabel}
        options={[{ value: "true" }, { value: "false" }]}
        selectedOption={{ value: text === "true" ? "true" : "false" }}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "false")}
      />
    );
  if (type === "S" || type === "N" || type === "B")
    return (
      <Input
        ariaLabel={ariaLabel}
        value={text}
        inputMode={type === "N" ? "decimal" : "text"}
        onChange={({ detail }) => onChange(detail.value)}
      />
    );
  return (
    <Textarea
      ariaLabel={ariaLabel}
      value={text}
      rows={4}
      spellcheck={false}
      onChange={({ detail }) => onChange(detail.value)}
    />
  );
};

const problemIn = ({ name, type, text }: Field): string | undefined => {
  if (name === "") return "An attribute needs a name.";
  try {
    fieldValue(type, text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
