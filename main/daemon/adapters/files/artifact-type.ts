import type { ArtifactType } from '../../../../contract/records.ts';

/** What a file of an attempt is, by its name (`/`-separated, relative to the attempt's folder). The first rows are inherited. */
export function artifactTypeOf(name: string): ArtifactType {
  const known = BY_NAME.get(name);
  if (known !== undefined) return known;
  if (name.startsWith('validations/')) return 'validations';
  if (/\.(patch|diff)$/.test(name)) return 'diff';
  return name.endsWith('.bundle') ? 'bundle' : 'file';
}

const BY_NAME: ReadonlyMap<string, ArtifactType> = new Map([
  ['stdout.log', 'stdout'],
  ['stderr.log', 'stderr'],
  ['result.json', 'result_json'],
  ['trajectory.json', 'result_json'],
  ['normalized-task.json', 'input_json'],
  ['changed-files.json', 'changed_files'],
]);
