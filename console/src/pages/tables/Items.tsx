import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { usePages } from "../../api/usePages.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { countOf } from "../../parts/count.ts";
import { ReadMore } from "../../parts/ReadMore.tsx";
import { Empty, Loading, Refusal } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { ItemForm } from "./ItemForm.tsx";
import { QueryForm } from "./QueryForm.tsx";
import { EVERYTHING, type Page, readItems, type TableDescription, untyped, type Wanted } from "./reading.ts";
import { compareValues, type Item, keyId, keyOf, valueText } from "./values.ts";

const MAX_COLUMNS = 12;

/** A table's items: query, scan, filter, change. Pages are read as they are asked for. */
export const Items = ({ table }: { readonly table: TableDescription }) => {
  const name = table.TableName ?? "";
  const schema = table.KeySchema ?? [];
  const [wanted, setWanted] = useState<Wanted>(EVERYTHING);
  const [editing, setEditing] = useState<Item>();
  const [chosen, setChosen] = useState<readonly Item[]>([]);
  const query = usePages<Page, Item>(
    ["dynamodb", "items", name, wanted],
    (from) => readItems(table, wanted, from),
    ({ next }) => next,
  );
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const scanned = query.data?.pages.reduce((sum, page) => sum + page.scanned, 0) ?? 0;
  const remove = async () => {
    for (const item of chosen) await untyped("DeleteItem", { TableName: name, Key: keyOf(item, schema) });
    setChosen([]);
  };
  const more = query.hasNextPage ? "+" : "";
  return (
    <SpaceBetween size="m">
      <QueryForm table={table} onRun={setWanted} />
      {query.error && <Refusal error={query.error} />}
      {query.isLoading ? (
        <Loading what="items" />
      ) : (
        <DataTable
          title="Items"
          items={items}
          counter={`(${items.length}${more})`}
          description={`${scanned}${more} read`}
          idOf={(item) => keyId(item, schema)}
          empty={<Empty title="No items" text={emptiness(query.hasNextPage, wanted)} />}
          selection={{
            selectionType: "multi",
            selectedItems: [...chosen],
            onSelectionChange: ({ detail }) => setChosen(detail.selectedItems),
          }}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <ReadMore query={query} />
              <Confirm
                verb="Delete"
                what={countOf(chosen.length, "item")}
                text="This cannot be taken back."
                done={`${countOf(chosen.length, "item")} deleted`}
                services={["dynamodb"]}
                disabled={chosen.length === 0}
                act={remove}
              />
              <Button disabled={chosen.length !== 1} onClick={() => setEditing(chosen[0])}>
                Edit
              </Button>
              <Button variant="primary" onClick={() => setEditing({})}>
                New item
              </Button>
            </SpaceBetween>
          }
          columns={columnsOf(
            items,
            schema.map(({ AttributeName = "" }) => AttributeName),
          ).map((attribute, index) => ({
            id: attribute,
            header: attribute,
            minWidth: 120,
            cell: (item: Item) => <span className="cell">{valueText(item[attribute])}</span>,
            sortingComparator: (a: Item, b: Item) => compareValues(a[attribute], b[attribute]),
            isRowHeader: index === 0,
          }))}
        />
      )}
      {editing && <ItemForm table={table} item={editing} onClose={() => setEditing(undefined)} />}
    </SpaceBetween>
  );
};

const emptiness = (hasMore: boolean, wanted: Wanted): string => {
  if (hasMore) return "None so far: read more.";
  return wanted === EVERYTHING ? "The table is empty." : "None is as you ask.";
};

/** Keys first, then what most items have. */
const columnsOf = (items: readonly Item[], keys: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const item of items) for (const name of Object.keys(item)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const others = [...counts].filter(([name]) => !keys.includes(name)).toSorted((a, b) => b[1] - a[1]);
  return [...keys, ...others.map(([name]) => name)].slice(0, MAX_COLUMNS);
};
