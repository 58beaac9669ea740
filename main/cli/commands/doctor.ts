import { EXIT } from '../../../contract/errors.ts';
import { ok } from '../../../contract/result.ts';
import type { Check } from '../checks/check.ts';
import { checkDaemon } from '../checks/check-daemon.ts';
import { checkGit } from '../checks/check-git.ts';
import { checkDisk, checkLimits, checkMkfifo } from '../checks/check-machine.ts';
import { checkLibc, checkNode, checkTerminal } from '../checks/check-node.ts';
import { checkStateFolder } from '../checks/check-state-folder.ts';
import type { CliContext } from '../cli-context.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { findRepository } from '../instance-file.ts';
import { paint } from '../state-tone.ts';
import { oneLine, type Screen } from '../terminal.ts';

/** Looks at this machine, this repository and its daemon. Exits 0 only when nothing is a problem. */
export const command = defineCommand({
  usage: 'doctor [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: async (context, { flags }) => {
    const checks = await runChecks(context);
    const isOk = checks.every(({ result }) => result !== 'problem');
    const document = { ok: isOk, checks: checks.map((check) => ({ ...check })) };
    context.terminal.out(flags.json ? formatJson(document) : describe(checks, context.terminal.outScreen));
    return ok(isOk ? EXIT.ok : EXIT.infrastructure);
  },
});

async function runChecks(context: CliContext): Promise<readonly Check[]> {
  const repoRoot = findRepository(context.cwd);
  const [git, disk, daemon] = await Promise.all([checkGit(), checkDisk(repoRoot ?? context.cwd), checkDaemon(context)]);
  const state = repoRoot === null ? null : checkStateFolder(repoRoot);
  const here = [
    git,
    checkNode(),
    checkLibc(),
    disk,
    checkLimits(),
    checkMkfifo(context.env['PATH']),
    state,
    checkTerminal(context.entryPath),
  ];
  return [...here.filter((check) => check !== null), ...daemon];
}

const LABELS = { ok: '[OK]', warning: '[WARN]', problem: '[ERROR]' } as const;
const TONES = { ok: 'done', warning: 'warn', problem: 'fail' } as const;
const LABEL_WIDTH = 9;

function describe(checks: readonly Check[], screen: Screen): string {
  const lines = checks.flatMap(({ name, result, detail, advice }) => [
    `${label(result, screen)}${name}: ${oneLine(detail)}`,
    ...(result === 'ok' || advice === '' ? [] : [`         → ${oneLine(advice)}`]),
  ]);
  const isOk = checks.every(({ result }) => result !== 'problem');
  const verdict = isOk ? 'Nothing stands in the way.' : 'Something will not work until it is mended.';
  return `${[...lines, '', verdict].join('\n')}\n`;
}

const label = (result: Check['result'], screen: Screen): string =>
  `${paint(screen, TONES[result], LABELS[result])}${' '.repeat(LABEL_WIDTH - LABELS[result].length)}`;
