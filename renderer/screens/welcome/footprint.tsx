import type { ClientInstance } from '../../../contract/client/client-instance.ts';
import { Facts } from '../../parts/facts.tsx';

const mono = (text: string) => <span className="font-mono text-log">{text}</span>;

/** Everything that is written, and where; and what is not. */
export const Footprint = ({
  instance: { repoRoot, stateDir, workspaceRoot },
}: {
  readonly instance: ClientInstance;
}) => (
  <Facts
    facts={[
      { name: 'Repository', value: mono(repoRoot) },
      {
        name: 'One folder',
        value: (
          <>
            {mono(stateDir)}: the record, the evidence and the token. It has a .gitignore of its own, so git does not
            see it.
          </>
        ),
      },
      {
        name: 'Worktrees',
        value: (
          <>
            {mono(workspaceRoot)}: each attempt works in one of its own, made from a commit. It is removed when its work
            is saved.
          </>
        ),
      },
      {
        name: 'Refs',
        value: (
          <>
            {mono('refs/codencer/')}: what attempts made, apart from your branches and tags, until you release it. An
            ordinary push does not send them along.
          </>
        ),
      },
      {
        name: 'Untouched',
        value:
          'Your files, your branches, your index and your settings of git. Nothing is merged, pushed or committed for you.',
      },
    ]}
  />
);
