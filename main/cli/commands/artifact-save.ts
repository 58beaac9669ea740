import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import type { CliFailure } from '../cli-failure.ts';
import { type CommandOutcome, defineCommand } from '../define-command.ts';
import { draftFile } from '../draft-file.ts';
import { formatBytes } from '../format-bytes.ts';
import { formatJson } from '../format-json.ts';
import { type OpenArtifact, openRecorded, verify } from '../open-artifact.ts';
import { brokenOff } from '../show-stream.ts';
import { printable } from '../terminal.ts';

/** Writes an artifact into a file: as `path`, or by its own last name into the folder `path`, or into this one. */
export const command = defineCommand({
  usage: 'artifact save <artifactID> [path] [--force] [--json]',
  words: { atLeast: 1, atMost: 2 },
  flags: { force: 'switch' },
  run: (context, { words: [artifactId = '', path = '.'], flags }) =>
    context.interruptible(async (signal) => {
      const opened = await openRecorded(context, artifactId, signal);
      if (!opened.ok) return opened;
      const target = targetOf(context, path, opened.value.artifact.name);
      if (!target.ok) return target;
      try {
        return await save(context, opened.value, {
          path: target.value,
          isOverwriting: flags.force,
          isJson: flags.json,
        });
      } catch (error) {
        return err(brokenOff(error, signal));
      }
    }),
});

/** The name comes from an executor: only what is a plain file name on every system is taken, and only its last part. */
function targetOf(context: CliContext, path: string, name: string): Result<string, CliFailure> {
  const named = resolve(context.cwd, path);
  const isFolder = statSync(named, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder && !path.endsWith('/')) return ok(named);
  const last = name.split('/').at(-1) ?? '';
  if (PLAIN_NAME.test(last)) return ok(join(named, last));
  return err({
    ...saving(`its name ${JSON.stringify(name)} is not taken for the name of a file here`),
    nextStep: `Name the file: ${context.programName} artifact save <artifactID> <path>`,
  });
}

/** No dot in front, no device name, nothing that a shell or some file system reads differently. */
const PLAIN_NAME = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[\p{L}\p{N}_][\p{L}\p{N}_ .@+=,-]*(?<![ .])$/iu;

interface SaveOptions {
  readonly path: string;
  readonly isOverwriting: boolean;
  readonly isJson: boolean;
}

async function save(context: CliContext, opened: OpenArtifact, options: SaveOptions): CommandOutcome {
  const { path, isOverwriting, isJson } = options;
  const draft = await draftFile(path, opened.content.bytes);
  if (!draft.ok) return err(saving(draft.error));
  const verified = verify(opened, context.programName);
  if (!verified.ok) {
    await draft.value.drop();
    return verified;
  }
  const kept = await draft.value.keep({ isOverwriting });
  if (!kept.ok) return err(saving(kept.error));
  const { id, sha256 } = opened.artifact;
  const { sizeBytes } = draft.value;
  const sentence = `${path} (${formatBytes(sizeBytes)}, SHA-256 ${sha256 === '' ? 'not recorded' : 'as recorded'})\n`;
  const document = { artifact_id: id, path, size: sizeBytes, sha256: verified.value };
  context.terminal.out(isJson ? formatJson(document) : printable(sentence));
  return ok(0);
}

const saving = (message: string): CliFailure => ({ error: 'saving the artifact', message, exit: EXIT.usage });
