import { EXIT } from '../../../contract/errors.ts';
import { err, ok } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import type { CliFailure } from '../cli-failure.ts';
import { type CommandOutcome, defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { type OpenArtifact, openRecorded, verify } from '../open-artifact.ts';
import { showBytes } from '../show-bytes.ts';
import { brokenOff } from '../show-stream.ts';

/** The content on stdout, as it is. Exits 5 when it is not what was recorded, which is known at its end only. */
export const command = defineCommand({
  usage: 'artifact cat <artifactID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [artifactId = ''], flags }) =>
    context.interruptible(async (signal) => {
      const opened = await openRecorded(context, artifactId, signal);
      if (!opened.ok) return opened;
      try {
        return flags.json ? await printDocument(context, opened.value) : await copy(context, opened.value);
      } catch (error) {
        return err(brokenOff(error, signal));
      }
    }),
});

async function copy({ terminal, programName }: CliContext, opened: OpenArtifact): CommandOutcome {
  await showBytes(terminal, opened.content.bytes);
  const verified = verify(opened, programName);
  return verified.ok ? ok(0) : verified;
}

/** Beyond it the document could not be made. */
const MAX_DOCUMENT_BYTES = 200_000_000;

async function printDocument({ terminal, programName }: CliContext, opened: OpenArtifact): CommandOutcome {
  const { artifact, content } = opened;
  if (artifact.sizeBytes > MAX_DOCUMENT_BYTES) return err(tooLarge(artifact.id, programName));
  const chunks: Uint8Array[] = [];
  for await (const chunk of content.bytes) chunks.push(chunk);
  const verified = verify(opened, programName);
  if (!verified.ok) return verified;
  const { id, name, mediaType } = artifact;
  const facts = { artifact_id: id, name, content_type: mediaType, sha256: verified.value };
  terminal.out(formatJson({ ...facts, ...encode(Buffer.concat(chunks)) }));
  return ok(0);
}

/** Text as text, anything else as base64. */
function encode(bytes: Buffer) {
  try {
    const content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { encoding: 'utf-8', content };
  } catch {
    return { encoding: 'base64', content: bytes.toString('base64') }; // no text: that is no failure
  }
}

const tooLarge = (artifactId: string, programName: string): CliFailure => ({
  error: 'parsing response',
  message: 'the content is too large for one JSON document',
  exit: EXIT.infrastructure,
  nextStep: `Save it as a file: ${programName} artifact save ${artifactId}`,
});
