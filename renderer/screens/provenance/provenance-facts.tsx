import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import type { Fact } from '../../parts/facts.tsx';
import { ShortHash } from '../../parts/short-hash.tsx';

const mono = (text: string) => <span className="font-mono text-log">{text}</span>;
const hash = (text: string) => <ShortHash hash={text} />;
const NOT_REPORTED = <span className="text-ink-3">not reported</span>;

/** On what, where and by which program. */
export const runFacts = ({
  executor,
  baseCommit,
  worktreePath,
  session,
  invocation,
}: ClientAttempt): readonly Fact[] => [
  { name: 'Executor', value: executor },
  { name: 'Base commit', value: baseCommit === '' ? 'None: it did not get that far' : hash(baseCommit) },
  { name: 'Worktree', value: worktreePath === '' ? 'None: it did not get that far' : mono(worktreePath) },
  ...(invocation === null
    ? [{ name: 'Program', value: 'None of a vendor' }]
    : [
        { name: 'Program', value: mono(`${invocation.program} ${invocation.version ?? ''}`) },
        { name: 'Profile', value: invocation.profile },
        { name: 'Profile hash', value: hash(invocation.profileHash) },
        { name: 'Model asked for', value: invocation.model ?? 'The program’s own choice' },
        { name: 'Model reported', value: invocation.reportedModel ?? NOT_REPORTED },
      ]),
  ...(session === '' ? [] : [{ name: 'Session', value: mono(session) }]),
];

/** Where the work of it is. */
export function salvageFacts({ salvage }: ClientAttempt): readonly Fact[] {
  if (salvage === null) return [{ name: 'Saved', value: 'Nothing yet: it has not ended' }];
  const { refs, bundles, notSaved, keptWorktree, containsSecret } = salvage;
  const kept = [
    ...refs.map(({ name, commit, holds }) => ({
      name: holds === 'work' ? 'Ref' : 'Ref of commits that nothing else leads to',
      value: (
        <>
          {mono(name)} {hash(commit)}
        </>
      ),
    })),
    ...bundles.map(({ path, artifact }) => ({ name: 'Bundle', value: mono(`${path}: ${artifact}`) })),
    ...(keptWorktree === null ? [] : [{ name: 'Kept folder', value: mono(keptWorktree) }]),
    ...notSaved.map(({ path, reason }) => ({ name: 'Not saved', value: `${path}: ${reason}` })),
    ...(containsSecret ? [{ name: 'Secrets', value: 'A file of it looks like one' }] : []),
  ];
  return kept.length === 0 ? [{ name: 'Saved', value: 'Nothing: no file was changed' }] : kept.map(numbered);
}

/** Two of one kind stay apart. */
const numbered = (fact: Fact, index: number, all: readonly Fact[]): Fact =>
  all.filter(({ name }) => name === fact.name).length === 1
    ? fact
    : { ...fact, name: `${fact.name} ${all.slice(0, index + 1).filter(({ name }) => name === fact.name).length}` };
