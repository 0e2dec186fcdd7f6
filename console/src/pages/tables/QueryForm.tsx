import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Grid from "@cloudscape-design/components/grid";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import {
  EVERYTHING,
  FILTER_OPERATORS,
  indexNames,
  SORT_OPERATORS,
  schemaOf,
  type TableDescription,
  type Wanted,
} from "./reading.ts";

interface Props {
  readonly table: TableDescription;
  readonly onRun: (wanted: Wanted) => void;
}

/** Which items to read: by key a query, without one a scan. */
export const QueryForm = ({ table, onRun }: Props) => {
  const [wanted, setWanted] = useState(EVERYTHING);
  const change = (changes: Partial<Wanted>) => setWanted({ ...wanted, ...changes });
  const [hash, range] = schemaOf(table, wanted.index);
  const indexes = [{ value: "", label: "The table" }, ...indexNames(table).map((value) => ({ value, label: value }))];
  return (
    <ExpandableSection headerText="Query and filter" variant="container">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onRun(wanted);
        }}
      >
        <SpaceBetween size="m">
          <Grid
            gridDefinition={[
              { colspan: { default: 12, s: 4 } },
              { colspan: { default: 12, s: 4 } },
              { colspan: { default: 12, s: 4 } },
            ]}
          >
            <FormField label="Read">
              <Select
                options={indexes}
                selectedOption={indexes.find(({ value }) => value === wanted.index) ?? null}
                onChange={({ detail }) => change({ index: detail.selectedOption.value ?? "" })}
              />
            </FormField>
            <FormField
              label={hash?.AttributeName ?? "Key"}
              description="Partition key; left empty, everything is scanned."
            >
              <Input value={wanted.partition} onChange={({ detail }) => change({ partition: detail.value })} />
            </FormField>
            {range ? (
              <FormField label={range.AttributeName} description="Sort key">
                <Choice
                  label="Comparison of the sort key"
                  options={SORT_OPERATORS}
                  value={wanted.sortOperator}
                  onChange={(sortOperator) => change({ sortOperator })}
                />
                <Input
                  ariaLabel="Value of the sort key"
                  value={wanted.sort}
                  disabled={wanted.partition === ""}
                  onChange={({ detail }) => change({ sort: detail.value })}
                />
              </FormField>
            ) : null}
          </Grid>
          <Grid
            gridDefinition={[
              { colspan: { default: 12, s: 4 } },
              { colspan: { default: 12, s: 4 } },
              { colspan: { default: 12, s: 4 } },
            ]}
          >
            <FormField label="Filter by attribute">
              <Input value={wanted.filterName} onChange={({ detail }) => change({ filterName: detail.value })} />
            </FormField>
            <FormField label="Comparison">
              <Choice
                label="Comparison of the filter"
                options={FILTER_OPERATORS}
                value={wanted.filterOperator}
                onChange={(filterOperator) => change({ filterOperator })}
              />
            </FormField>
            <FormField label="Value">
              <Input
                value={wanted.filter}
                disabled={wanted.filterOperator === "exists" || wanted.filterOperator === "does not exist"}
                onChange={({ detail }) => change({ filter: detail.value })}
              />
            </FormField>
          </Grid>
          <SpaceBetween direction="horizontal" size="s">
            <Button variant="primary" formAction="submit">
              {wanted.partition === "" ? "Scan" : "Query"}
            </Button>
            <Button
              formAction="none"
              onClick={() => {
                setWanted(EVERYTHING);
                onRun(EVERYTHING);
              }}
            >
              Clear
            </Button>
            <Toggle
              checked={wanted.descending}
              disabled={wanted.partition === ""}
              onChange={({ detail }) => change({ descending: detail.checked })}
            >
              Descending
            </Toggle>
          </SpaceBetween>
        </SpaceBetween>
      </form>
    </ExpandableSection>
  );
};

function Choice<T extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly T[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <Select
      ariaLabel={label}
      options={options.map((option) => ({ value: option, label: option.replace("_", " ") }))}
      selectedOption={{ value, label: value.replace("_", " ") }}
      onChange={({ detail }) => onChange(options.find((option) => option === detail.selectedOption.value) ?? value)}
    />
  );
}
