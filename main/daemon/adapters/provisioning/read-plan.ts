import { err, ok, type Result } from '../../../../contract/result.ts';
import { parseJson, parseYaml } from '../files/parse-settings.ts';
import { readSettingsFile } from '../files/read-settings-file.ts';
import { type DeclaredPlan, readGroveRc, readGroveYaml, readWorkspaceJson } from './plan-sources.ts';

/** What a fresh worktree gets, in the order in which it gets it. Paths are relative to the repository. */
export interface ProvisioningPlan {
  readonly copy: readonly string[];
  readonly symlinks: readonly string[];
  readonly postCreate: string | null;
}

type Decode = (text: string, file: string) => Result<unknown, string>;
type Read = (content: unknown) => Result<DeclaredPlan, string>;

/** Inherited places; each field is taken from the first one that declares it. */
const SOURCES: readonly (readonly [file: string, decode: Decode, read: Read])[] = [
  ['.codencer/workspace.json', parseJson, readWorkspaceJson],
  ['grove.yaml', parseYaml, readGroveYaml],
  ['.groverc.json', parseJson, readGroveRc],
];

/** The plan that a repository declares. A source that cannot be read is an error: leaving it out would be another plan. */
export async function readProvisioningPlan(repoRoot: string): Promise<Result<ProvisioningPlan, string>> {
  const declared: DeclaredPlan[] = [];
  for (const [file, decode, read] of SOURCES) {
    const text = await readSettingsFile(repoRoot, file);
    if (!text.ok) return err(text.error.sentence);
    if (text.value === null) continue;
    const content = decode(text.value, file);
    if (!content.ok) return content;
    const plan = read(content.value);
    if (!plan.ok) return err(`${file}: ${plan.error}`);
    declared.push(plan.value);
  }
  return ok({
    copy: declared.map(({ copy }) => copy).find((list) => list.length > 0) ?? [],
    symlinks: declared.map(({ symlinks }) => symlinks).find((list) => list.length > 0) ?? [],
    postCreate: declared.map(({ postCreate }) => postCreate).find((command) => command.trim() !== '') ?? null,
  });
}
