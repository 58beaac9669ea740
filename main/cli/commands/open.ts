import { type ClientLink, makeLink } from '../../../contract/client/link-routes.ts';
import { err, ok } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { failureOf } from '../cli-failure.ts';
import { connectionTo } from '../daemon-control.ts';
import { type CommandOutcome, defineCommand } from '../define-command.ts';
import { DAEMON_FLAGS, type EnsuredDaemon, ensureDaemon, readySentence } from '../ensure-daemon.ts';
import { formatJson } from '../format-json.ts';
import { openBrowser } from '../open-browser.ts';
import { readDocument } from '../show-document.ts';

export const command = defineCommand({
  usage: `open [--print] [--repo-root path] [--port n] [--config file] [--sim] [--json]
Starts the daemon when none runs. The address is good once, within five minutes.`,
  words: { atLeast: 0, atMost: 0 },
  flags: { ...DAEMON_FLAGS, print: 'switch' },
  run: async (context, { flags }) => {
    const daemon = await ensureDaemon(context, flags);
    if (!daemon.ok) return daemon;
    const reply = await makeLink(connectionTo(daemon.value.instance));
    if (!reply.ok) return err(failureOf(reply.error, context.programName));
    const link = readDocument(context, reply.value);
    if (!link.ok) return link;
    return show(context, { daemon: daemon.value, link: link.value, isPrinted: flags.print, isJson: flags.json });
  },
});

interface Opening {
  readonly daemon: EnsuredDaemon;
  readonly link: ClientLink;
  /** It is told, and opened by whoever asked. */
  readonly isPrinted: boolean;
  readonly isJson: boolean;
}

async function show(context: CliContext, { daemon, link, isPrinted, isJson }: Opening): CommandOutcome {
  const { terminal } = context;
  const openedWith = isPrinted ? null : await openBrowser(context, link.url);
  if (isJson) {
    terminal.out(formatJson(documentOf({ daemon, link, openedWith })));
    return ok(0);
  }
  if (daemon.isNew || !isPrinted) terminal.err(`${readySentence(daemon)}\n`);
  terminal.out(`${link.url}\n`);
  terminal.err(`${guidance(isPrinted, openedWith)} The address is good once, within five minutes.\n`);
  return ok(0);
}

function guidance(isPrinted: boolean, openedWith: string | null): string {
  if (openedWith !== null) return `Opened in your browser with ${openedWith}.`;
  return isPrinted ? 'Open it in a browser.' : 'No browser was found here: open the address in one on this machine.';
}

const documentOf = ({
  daemon,
  link,
  openedWith,
}: Pick<Opening, 'daemon' | 'link'> & { readonly openedWith: string | null }) => ({
  status: daemon.isNew ? 'started' : 'already_running',
  base_url: daemon.instance.baseUrl,
  pid: daemon.instance.pid,
  repo_root: daemon.instance.repoRoot,
  url: link.url,
  expires_at: link.expiresAtMs === null ? null : new Date(link.expiresAtMs).toISOString(),
  opened_with: openedWith,
});
