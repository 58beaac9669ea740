import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { SeenText } from '../../parts/seen-text.tsx';
import { VirtualGrid } from '../../parts/virtual-grid.tsx';
import { formatBytes } from '../../words/format-number.ts';

interface ArtifactListProps {
  readonly artifacts: readonly ClientArtifact[];
  readonly chosenId: string | null;
  readonly onChoose: (artifact: ClientArtifact) => void;
}

/** Every file of evidence of an attempt. */
export const ArtifactList = ({ artifacts, chosenId, onChoose }: ArtifactListProps) => (
  <VirtualGrid
    label="Artifacts"
    columns="minmax(0,1fr) 6rem 5.5rem 7.5rem"
    headings={['Name', 'Type', 'Size', 'Hash']}
    count={artifacts.length}
    total={artifacts.length}
    keyOf={(index) => artifacts[index]?.id ?? String(index)}
    isSelected={(index) => artifacts[index]?.id === chosenId}
    onOpen={(index) => {
      const artifact = artifacts[index];
      if (artifact !== undefined) onChoose(artifact);
    }}
    renderRow={(index) => {
      const artifact = artifacts[index];
      return artifact === undefined ? null : <Cells artifact={artifact} />;
    }}
  />
);

const Cells = ({ artifact: { name, type, sizeBytes, sha256 } }: { readonly artifact: ClientArtifact }) => (
  <>
    <span role="gridcell" className="truncate pl-2" title={name}>
      <SeenText text={name} />
    </span>
    <span role="gridcell" className="truncate text-ink-2">
      {type}
    </span>
    <span role="gridcell" className="text-right whitespace-nowrap">
      {formatBytes(sizeBytes)}
    </span>
    <span role="gridcell" className="font-mono text-log text-ink-3">
      {sha256.slice(0, 12)}
    </span>
  </>
);
