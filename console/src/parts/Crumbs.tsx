import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";

export const Crumbs = ({ items }: { readonly items: readonly (readonly [string, string])[] }) => (
  <BreadcrumbGroup ariaLabel="Where you are" items={items.map(([text, href]) => ({ text, href }))} />
);
