import { useRef, useState } from 'react';
import { Link } from 'wouter';
import type { ClientSalvageEntry } from '../../../contract/client/client-salvage.ts';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { Region } from '../../parts/region.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { ShortHash } from '../../parts/short-hash.tsx';
import { ReleaseDialog } from './release-dialog.tsx';

/** What is kept of one attempt, how to bring it back, and the way to let go of it. */
export function SalvageDetail({ entry }: { readonly entry: ClientSalvageEntry }) {
  const [isAsked, setAsked] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 pb-2">
        <h2 ref={heading} tabIndex={-1} className="grow wrap-anywhere">
          {entry.attemptId}
        </h2>
        <Link
          href={`/steps/${encodeURIComponent(entry.stepId)}`}
          className="inline-flex min-h-7 items-center text-accent"
        >
          Open step
        </Link>
        <Button look="risky" onClick={() => setAsked(true)}>
          Release…
        </Button>
      </div>
      <Region heading="Kept">
        <Facts facts={keptFacts(entry)} />
      </Region>
      {entry.notSaved.length === 0 ? null : (
        <Region heading="Not saved">
          <Facts facts={entry.notSaved.map(({ path, reason }) => ({ name: path, value: reason }))} />
        </Region>
      )}
      <Restore commands={entry.restore} />
      <ReleaseDialog entry={entry} isOpen={isAsked} onClose={() => setAsked(false)} />
    </>
  );
}

/** Shown, never run: what happens to a checkout is its owner's doing. */
function Restore({ commands }: { readonly commands: readonly string[] }) {
  const text = commands.join('\n');
  return (
    <Region
      heading="Bring it back"
      aside={
        commands.length === 0 ? null : <Button onClick={() => void copyText(text, 'commands')}>Copy commands</Button>
      }
    >
      {commands.length === 0 ? (
        <EmptyNote>There is no command for it: only files of evidence are kept. The step lists them.</EmptyNote>
      ) : (
        <>
          <p className="pb-1 text-ink-2">Run these in your checkout. This page never runs them.</p>
          <pre className="overflow-x-auto border border-line bg-sunken p-2 whitespace-pre-wrap wrap-anywhere">
            <SeenText text={text} />
          </pre>
        </>
      )}
    </Region>
  );
}

const mono = (text: string) => <span className="font-mono text-log">{text}</span>;

const keptFacts = ({ refs, bundles, keptWorktree, containsSecret }: ClientSalvageEntry): readonly Fact[] => [
  ...(keptWorktree === null ? [] : [{ name: 'Folder', value: mono(keptWorktree) }]),
  ...refs.map(({ name, commit, holds }, index) => ({
    name: refs.length === 1 ? 'Ref' : `Ref ${index + 1}`,
    value: (
      <>
        {mono(name)} <ShortHash hash={commit} />
        {holds === 'work' ? '' : ', commits that nothing else leads to'}
      </>
    ),
  })),
  ...bundles.map(({ path, artifact }, index) => ({ name: `Bundle ${index + 1}`, value: mono(`${path}: ${artifact}`) })),
  ...(containsSecret ? [{ name: 'Secrets', value: 'A file of it looks like one.' }] : []),
];
