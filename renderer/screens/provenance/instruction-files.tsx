import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { ShortHash } from '../../parts/short-hash.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { formatBytes } from '../../words/format-number.ts';
import { useArtifactText } from '../artifacts/use-artifact-text.ts';
import { readInstructions } from './read-instructions.ts';

/** What told agents how to work here, by hash. */
export function InstructionFiles({ artifact }: { readonly artifact: ClientArtifact }) {
  const text = useArtifactText(artifact);
  return (
    <Answer asked={text} what="the instruction files">
      {(data) => {
        const files = readInstructions(data);
        if (!files.ok)
          return <EmptyNote>They are recorded in a form that this page cannot read: {files.error}</EmptyNote>;
        if (files.value.length === 0) {
          return <EmptyNote>The repository had none: no AGENTS.md and no CLAUDE.md.</EmptyNote>;
        }
        return (
          <Table label="Instruction files" headings={['File', 'Size', 'Hash']}>
            {files.value.map(({ path, sha256, sizeBytes, problem }) => (
              <Row key={path}>
                <Cell>{path}</Cell>
                <Cell>{problem === '' ? formatBytes(sizeBytes) : problem}</Cell>
                <Cell>{sha256 === '' ? '' : <ShortHash hash={sha256} />}</Cell>
              </Row>
            ))}
          </Table>
        );
      }}
    </Answer>
  );
}
