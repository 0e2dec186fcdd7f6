import { useCollection } from "@cloudscape-design/collection-hooks";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { ReactNode } from "react";
import { holds } from "./searching.ts";
import { Empty } from "./states.tsx";

interface Props<T extends object> {
  readonly title: string;
  readonly items: readonly T[];
  readonly columns: readonly TableProps.ColumnDefinition<T>[];
  readonly empty: ReactNode;
  readonly idOf: (item: T) => string;
  readonly actions?: ReactNode;
  readonly description?: ReactNode;
  readonly loading?: boolean;
  readonly pageSize?: number;
  readonly variant?: TableProps.Variant;
  readonly filterable?: boolean;
  readonly selection?: Pick<TableProps<T>, "selectedItems" | "selectionType" | "onSelectionChange">;
  readonly headingTag?: "h1" | "h2" | "h3";
  /** Shown in place of the number of items, where more are known to be there. */
  readonly counter?: string;
}

const PAGE_SIZE = 25;

/** A table that filters, sorts and pages: however many rows there are, a page of them is drawn. */
export function DataTable<T extends object>({
  title,
  items: all,
  columns,
  empty,
  idOf,
  actions,
  description,
  loading = false,
  pageSize = PAGE_SIZE,
  variant = "container",
  filterable = all.length > 8,
  selection,
  headingTag = "h2",
  counter,
}: Props<T>) {
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount } = useCollection(all, {
    filtering: {
      empty,
      noMatch: <Empty title="No matches" text="Nothing has the words you look for." />,
      filteringFunction: holds,
    },
    pagination: { pageSize },
    sorting: {},
  });
  return (
    <Table
      {...collectionProps}
      {...selection}
      items={items}
      columnDefinitions={columns}
      trackBy={idOf}
      variant={variant}
      loading={loading}
      loadingText={`Loading ${title.toLowerCase()}`}
      wrapLines
      ariaLabels={{
        tableLabel: title,
        selectionGroupLabel: "Selection",
        itemSelectionLabel: (_data, row) => `Select ${idOf(row)}`,
        allItemsSelectionLabel: () => "Select all",
      }}
      header={
        <Header variant={headingTag} counter={counter ?? `(${all.length})`} actions={actions} description={description}>
          {title}
        </Header>
      }
      {...(filterable
        ? {
            filter: (
              <TextFilter
                {...filterProps}
                filteringPlaceholder={`Find ${title.toLowerCase()}`}
                filteringAriaLabel={`Find ${title.toLowerCase()}`}
                countText={filteredItemsCount === 1 ? "1 match" : `${filteredItemsCount ?? 0} matches`}
              />
            ),
          }
        : {})}
      {...(all.length > pageSize ? { pagination: <Pagination {...paginationProps} /> } : {})}
    />
  );
}
