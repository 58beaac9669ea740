import { useMemo, useState } from 'react';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { parseJson } from '../../../contract/client/json-value.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { VirtualGrid } from '../../parts/virtual-grid.tsx';
import { formatBytes, formatCount } from '../../words/format-number.ts';
import { JsonTree } from './json-tree.tsx';
import { useArtifactText } from './use-artifact-text.ts';

const BRIEF_CHARACTERS = 400;

/** A document a line: a list of them, and the chosen one as a tree. */
export function DocumentsView({ artifact }: { readonly artifact: ClientArtifact }) {
  const text = useArtifactText(artifact);
  return (
    <Answer asked={text} what={artifact.name}>
      {(data) => (
        <>
          <Documents name={artifact.name} text={data} isWhole={!text.hasNextPage} />
          {text.hasNextPage ? (
            <p className="flex items-center gap-3 py-2 text-ink-2">
              {formatBytes(text.readBytes)} of {formatBytes(artifact.sizeBytes)} are shown.
              <Button aria-disabled={text.isFetching} onClick={() => void text.fetchNextPage()}>
                {text.isFetching ? 'Reading…' : 'Read more'}
              </Button>
            </p>
          ) : null}
        </>
      )}
    </Answer>
  );
}

interface DocumentsProps {
  readonly name: string;
  readonly text: string;
  readonly isWhole: boolean;
}

function Documents({ name, text, isWhole }: DocumentsProps) {
  const lines = useMemo(() => linesOf(text, isWhole), [text, isWhole]);
  const [chosen, setChosen] = useState(0);
  if (lines.length === 0) return <EmptyNote>Nothing was written.</EmptyNote>;
  return (
    <div className="grid gap-3 medium:grid-cols-2">
      <div className="h-[60vh] border border-line">
        <VirtualGrid
          label={`Lines of ${name}`}
          columns="4rem minmax(0,1fr)"
          headings={['Line', 'Document']}
          count={lines.length}
          total={isWhole ? lines.length : null}
          keyOf={(index) => String(index)}
          isSelected={(index) => index === chosen}
          onOpen={setChosen}
          renderRow={(index) => <LineCells number={index + 1} text={lines[index] ?? ''} />}
        />
      </div>
      <Chosen number={chosen + 1} text={lines[chosen] ?? ''} />
    </div>
  );
}

const LineCells = ({ number, text }: { readonly number: number; readonly text: string }) => (
  <>
    <span role="gridcell" className="text-right text-ink-3">
      {formatCount(number)}
    </span>
    <span role="gridcell" className="truncate font-mono text-log">
      <SeenText text={text.slice(0, BRIEF_CHARACTERS)} />
    </span>
  </>
);

function Chosen({ number, text }: { readonly number: number; readonly text: string }) {
  const parsed = useMemo(() => parseJson(text), [text]);
  return (
    <section aria-label={`Line ${number}`}>
      <p className="pb-1 text-ink-2">
        Line {formatCount(number)}
        {parsed.ok ? '' : ` is no JSON. ${parsed.error}`}
      </p>
      {parsed.ok ? (
        <JsonTree value={parsed.value} />
      ) : (
        <pre className="bg-sunken p-2 whitespace-pre-wrap wrap-anywhere">
          <SeenText text={text} />
        </pre>
      )}
    </section>
  );
}

/** The last line of a part may not be whole yet. */
function linesOf(text: string, isWhole: boolean): readonly string[] {
  const lines = text.split('\n');
  if (!isWhole) lines.pop();
  return lines.filter((line) => line.trim() !== '');
}
