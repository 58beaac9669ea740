import { get, json } from '../answers.ts';
import { fixed, type HttpCase, type Label, SAME, type Story } from '../case.ts';

const CONTAINED = fixed(20, 'links pointed at themselves, and a copy followed a link out of the repository', [
  'links lead to the repository; what leads out of it is refused',
  'a worktree gets what the repository declares, and nothing of the rest of the disk',
]);

const TRUE_DECLARATION = (was: string, now: string): Label =>
  fixed('unlisted', was, [now, 'what is declared either happens or is told']);

interface Provisioned {
  readonly id: string;
  readonly name: string;
  readonly label: Label;
  /** `.codencer/workspace.json`. */
  readonly declares: string;
  readonly validations?: readonly { readonly name: string; readonly command: string }[];
  readonly result: Readonly<Record<string, unknown>>;
}

/** Writes the declaration, runs a step, and looks at its result. */
const provisioned = ({ id, name, label, declares, validations = [], result }: Provisioned): HttpCase => ({
  id,
  name,
  label,
  given: [
    { file: '.codencer/workspace.json', holds: declares },
    {
      task: { step_id: id.toLowerCase(), adapter_profile: 'codex', validations },
      in: 'w1',
      until: 'ended',
    },
  ],
  request: get(`/api/v1/steps/${id.toLowerCase()}/result`),
  answer: json(200, 'Result', result),
});

const copying = (path: string): string => JSON.stringify({ provisioning: { copy: [path] } });
const linking = (path: string): string => JSON.stringify({ provisioning: { symlinks: [path] } });

const refusing = (summary: RegExp) => ({
  state: 'failed_bridge',
  summary,
  provisioning: { success: false },
  validations: [],
});

/** What a repository declares that its worktrees need. */
export const P: Story = {
  section: 'P',
  title: 'provisioning',
  files: { 'README.md': '# sample\n', '.gitignore': '.env\nnode_modules/\n', 'docs/a.md': 'a\n' },
  given: [
    { run: 'w1' },
    { file: '.env', holds: 'A=1\n' },
    { file: 'node_modules/x/index.js', holds: '1\n' },
    { file: 'foo..bar', holds: 'dots\n' },
    { file: 'tools/run.sh', holds: 'true\n' },
    { link: 'linkout', to: '/etc/hostname' },
  ],
  cases: [
    provisioned({
      id: 'P1',
      name: 'a copy, a link and a hook',
      label: CONTAINED,
      declares: JSON.stringify({
        provisioning: {
          copy: ['.env'],
          symlinks: ['node_modules'],
          hooks: { post_create: 'echo hooked > hook_out; echo visible' },
        },
      }),
      validations: [{ name: 'ls', command: 'cat .env node_modules/x/index.js hook_out' }],
      result: {
        state: 'completed',
        provisioning: {
          success: true,
          summary: '',
          log: ['[COPY] .env', '[SYMLINK] node_modules', '[HOOK] echo hooked > hook_out; echo visible', 'visible\n'],
          environment_files: ['.env'],
          symlinks: ['node_modules'],
          post_create_hook: 'echo hooked > hook_out; echo visible',
          hook_status: 'success',
        },
        validations: [{ passed: true }],
      },
    }),
    provisioned({
      id: 'P2',
      name: 'a copy from above the repository',
      label: SAME,
      declares: copying('../outside.txt'),
      result: refusing(/^Provisioning failed: .*\.\.\/outside\.txt/),
    }),
    provisioned({
      id: 'P3',
      name: 'a copy by an absolute path',
      label: SAME,
      declares: copying('/etc/passwd'),
      result: refusing(/^Provisioning failed: .*\/etc\/passwd/),
    }),
    provisioned({
      id: 'P4',
      name: 'a name with two dots in it',
      label: TRUE_DECLARATION('refused as a way upwards', 'copied: it is a name like any other'),
      declares: copying('foo..bar'),
      validations: [{ name: 'there', command: 'cat foo..bar' }],
      result: { state: 'completed', provisioning: { success: true, environment_files: ['foo..bar'] } },
    }),
    provisioned({
      id: 'P5',
      name: 'a link that leads out of the repository',
      label: CONTAINED,
      declares: copying('linkout'),
      result: refusing(/^Provisioning failed: .*linkout/),
    }),
    provisioned({
      id: 'P6',
      name: 'a copy of nothing',
      label: SAME,
      declares: copying('missing.txt'),
      result: refusing(/^Provisioning failed: .*missing\.txt/),
    }),
    provisioned({
      id: 'P7',
      name: 'a link to nothing',
      label: CONTAINED,
      declares: linking('does-not-exist'),
      result: refusing(/^Provisioning failed: .*does-not-exist/),
    }),
    provisioned({
      id: 'P8',
      name: 'a link where the commit has something',
      label: SAME,
      declares: linking('docs'),
      result: refusing(/^Provisioning failed: .*docs/),
    }),
    provisioned({
      id: 'P9',
      name: 'a copy of a folder',
      label: TRUE_DECLARATION('refused: only files could be copied', 'copied with what is in it'),
      declares: copying('tools'),
      validations: [{ name: 'there', command: 'sh tools/run.sh' }],
      result: { state: 'completed', provisioning: { success: true, environment_files: ['tools'] } },
    }),
    provisioned({
      id: 'P10',
      name: 'a hook that fails',
      label: SAME,
      declares: '{"provisioning":{"hooks":{"post_create":"exit 4"}}}',
      result: {
        ...refusing(/^Provisioning failed: .*\b4$/),
        provisioning: { success: false, log: ['[HOOK] exit 4'], post_create_hook: 'exit 4', hook_status: 'failed' },
      },
    }),
    provisioned({
      id: 'P11',
      name: 'a declaration that cannot be read',
      label: TRUE_DECLARATION('skipped: the step ran without what it needs', 'the step is refused as `failed_bridge`'),
      declares: '{bad json',
      result: refusing(/^Provisioning failed: .*workspace\.json/),
    }),
  ],
};
