import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Result } from '../../../../contract/result.ts';
import type { LoadedPolicy, PolicyShelf } from '../../domain/policy/choose-policy.ts';
import { parsePolicy } from '../../domain/policy/parse-policy.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { resolveContained } from './contained-path.ts';
import { type FileProblem, hasCode, tryFile } from './file-problem.ts';
import { parseYaml } from './parse-settings.ts';
import { readSettingsFile } from './read-settings-file.ts';

/** Where policies are looked for; of one name the first folder counts. See domain/policy/SPEC.md. */
const POLICY_FOLDERS = ['.codencer/policies', '.codencer/config/policies', 'config/policies'] as const;

/** Reads every policy file of a repository. What cannot be used is on the shelf too, under the name it would have had. */
export async function loadPolicies(repoRoot: string): Promise<PolicyShelf> {
  const policies = new Map<string, LoadedPolicy>();
  const broken = new Map<string, readonly string[]>();
  const unreadable: string[] = [];
  for (const folder of POLICY_FOLDERS) {
    const names = await listPolicyFiles(repoRoot, folder);
    if (!names.ok) {
      unreadable.push(names.error.sentence);
      continue;
    }
    const found = await Promise.all(names.value.map((name) => readPolicyFile(repoRoot, `${folder}/${name}`)));
    for (const [name, files] of Map.groupBy(found, ({ name }) => name)) {
      if (policies.has(name) || broken.has(name)) continue;
      const problems = problemsOf(files);
      const [file] = files;
      if (problems.length > 0) broken.set(name, problems);
      else if (file?.policy !== null && file !== undefined)
        policies.set(name, { policy: file.policy, file: file.file });
    }
  }
  return { policies, broken, unreadable };
}

interface PolicyFile {
  readonly file: string;
  readonly name: string;
  readonly policy: Policy | null;
  readonly problems: readonly string[];
}

async function listPolicyFiles(repoRoot: string, folder: string): Promise<Result<readonly string[], FileProblem>> {
  const place = await resolveContained(repoRoot, folder);
  if (!place.ok) return place;
  const { path } = place.value;
  return tryFile('list', path, async () => {
    const names = await readdir(path).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    });
    return names.filter((name) => ['.yaml', '.yml'].includes(extname(name))).sort();
  });
}

async function readPolicyFile(repoRoot: string, file: string): Promise<PolicyFile> {
  const fallbackName = file.slice(file.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
  const failed = (problems: readonly string[]): PolicyFile => ({ file, name: fallbackName, policy: null, problems });
  const text = await readSettingsFile(repoRoot, file);
  if (!text.ok) return failed([text.error.sentence]);
  const content = parseYaml(text.value ?? '', file);
  if (!content.ok) return failed([content.error]);
  const policy = parsePolicy({ content: content.value, file, fallbackName });
  if (policy.ok) return { file, name: policy.value.name, policy: policy.value, problems: [] };
  return { ...failed(policy.error), name: declaredName(content.value) ?? fallbackName };
}

const declaredName = (content: unknown): string | null =>
  typeof content === 'object' && content !== null && 'name' in content && typeof content.name === 'string'
    ? content.name
    : null;

function problemsOf(files: readonly PolicyFile[]): readonly string[] {
  const problems = files.flatMap((file) => file.problems);
  if (files.length === 1) return problems;
  return [...problems, `${files.map(({ file }) => file).join(' and ')} define the same policy`];
}
