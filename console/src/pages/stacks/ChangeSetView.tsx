import { useAws } from "../../api/useAws.ts";
import { Loaded } from "../../parts/states.tsx";

const ChangeSetView = ({ stack, changeSet }: { readonly stack: string; readonly changeSet: string }) => {
  const query = useAws("cloudformation", "DescribeChangeSet", { StackName: stack, ChangeSetName: changeSet });
  return (
    <Loaded query={query} what="the change set">
      {(set) => <pre className="pre">{JSON.stringify(set.Changes, null, 2)}</pre>}
    </Loaded>
  );
};

export default ChangeSetView;
