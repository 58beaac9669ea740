import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { err } from '../../../../../contract/result.ts';
import type { ByteSink } from '../../../../../main/daemon/adapters/process/byte-sink.ts';
import { findMarked } from '../../../../../main/daemon/adapters/process/environment-mark.ts';
import { startInTerminal, type TerminalSpec } from '../../../../../main/daemon/adapters/terminal/start-in-terminal.ts';
import { USUAL_SIZE } from '../../../../../main/daemon/adapters/terminal/terminal-size.ts';
import { successOf } from '../../../../support/success-of.ts';
import { waitUntil } from '../../../../support/wait-until.ts';

const talker = join(import.meta.dirname, '../../../../fixtures/programs/terminal-talker.mjs');

function collect() {
  const chunks: Buffer[] = [];
  const sink: ByteSink = {
    write: (chunk) => {
      chunks.push(Buffer.from(chunk));
      return undefined;
    },
  };
  return { sink, bytes: () => Buffer.concat(chunks), text: () => Buffer.concat(chunks).toString() };
}

let marks = 0;

async function start(argv: TerminalSpec['argv'], more: Partial<TerminalSpec> = {}) {
  marks += 1;
  const mark = `terminal-test-${process.pid}-${marks}`;
  const output = collect();
  const env = { PATH: process.env['PATH'] ?? '', ...more.env };
  const spec = { argv, cwd: tmpdir(), mark, output: output.sink, size: USUAL_SIZE, graceMs: 500, ...more, env };
  const program = successOf(await startInTerminal({ clock: Date.now }, spec));
  onTestFinished(() => program.stop('the test is over').then(() => undefined));
  return { program, output, mark };
}

const shell = (script: string, more?: Partial<TerminalSpec>) => start(['/bin/sh', '-c', script], more);
const seen = (output: { text: () => string }, text: string) => waitUntil(() => output.text().includes(text));

describe('a program on a terminal', () => {
  it('TERM-1: leads a session on a terminal of its own, with the mark and the environment it is given', async () => {
    const env = { COLUMNS: '7', TMUX: 'x', GIVEN: 'yes', TERM: 'dumb' };
    const { program, output, mark } = await shell(
      'tty; echo "$TERM/$GIVEN/$COLUMNS/$TMUX/$CODENCER_MARK"; ps -o pid=,sid= -p $$; pwd',
      { env },
    );
    const { exitCode, signal, stoppedFor } = await program.exited;
    expect({ exitCode, signal, stoppedFor }).toEqual({ exitCode: 0, signal: null, stoppedFor: null });
    const [tty, variables, ids = '', folder] = output.text().trim().split('\r\n');
    expect(tty).toMatch(/^\/dev\/pts\/\d+$/);
    expect(variables).toBe(`xterm-256color/yes///${mark}`);
    expect(ids.trim().split(/\s+/)).toEqual([String(program.pid), String(program.pid)]);
    expect(folder).toBe(tmpdir());
  });

  it('TERM-2: gives every byte as it was shown', async () => {
    const script = `stty raw; i=0; while [ $i -lt 256 ]; do printf "\\\\$(printf %03o $i)"; i=$((i+1)); done`;
    const { program, output } = await shell(script);
    await program.exited;
    expect(output.bytes()).toEqual(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
  });

  it('TERM-2: waits for a slow sink, and loses nothing of a program that has ended meanwhile', async () => {
    const chunks: Buffer[] = [];
    const { promise: open, resolve } = Promise.withResolvers<void>();
    const output: ByteSink = {
      write: (chunk) => {
        chunks.push(Buffer.from(chunk));
        return open;
      },
    };
    const { program } = await shell('seq 1 400', { output });
    await waitUntil(() => Buffer.concat(chunks).includes('\n400\r\n'));
    await waitUntil(() => findMarked(`terminal-test-${process.pid}-${marks}`).length === 0);
    resolve();
    const exit = await program.exited;
    expect(exit).toMatchObject({ exitCode: 0, leftovers: { isOutputCut: false } });
    expect(Buffer.concat(chunks).toString().trim().split('\r\n')).toEqual(
      Array.from({ length: 400 }, (_, index) => String(index + 1)),
    );
  });

  it('TERM-5: reads what is typed, and the terminal echoes it', async () => {
    const { program, output } = await start([process.execPath, talker]);
    await seen(output, 'size 80x24');
    expect(output.text()).toContain('terminal\r\n');
    const [one, other] = [program.type(Buffer.from('hel')), program.type(Buffer.from('lo\r'))];
    expect([await one, await other]).toEqual([
      { ok: true, value: undefined },
      { ok: true, value: undefined },
    ]);
    await seen(output, 'heard hello');
    expect(output.text()).toContain('\r\nhello\r\nheard hello\r\n');
    await program.type(Buffer.from('bye\r'));
    expect(await program.exited).toMatchObject({ exitCode: 7, signal: null });
    expect(await program.type(Buffer.from('x'))).toEqual({
      ok: false,
      error: { sentence: 'its terminal is closed', typedBytes: 0 },
    });
  });

  it('TERM-5: is waited for while it does not read, and then it is said what is missing', {
    timeout: 20_000,
  }, async () => {
    const { program, output } = await shell('stty raw -echo; echo ready; exec sleep 60');
    await seen(output, 'ready');
    const typed = await program.type(Buffer.alloc(300_000, 'x'));
    expect(typed).toMatchObject({ ok: false, error: { sentence: 'it does not read what is typed' } });
    expect(typed.ok ? 0 : typed.error.typedBytes).toBeLessThan(300_000);
  });

  it('TERM-6: sees its size, and that it changes', async () => {
    const { program, output } = await start([process.execPath, talker], { size: { columns: 101, rows: 33 } });
    await seen(output, 'size 101x33');
    program.resize({ columns: 120, rows: 40 });
    await seen(output, 'size 120x40');
  });

  it('TERM-3: is stopped with everybody whom it has started', async () => {
    const { program, output, mark } = await shell(
      `trap '' TERM; setsid sh -c 'trap "" TERM HUP; echo there; sleep 60' & sleep 60 & wait`,
    );
    await seen(output, 'there');
    const report = await program.stop('cancel');
    expect(report.left).toEqual([]);
    expect(await program.exited).toMatchObject({ exitCode: null, signal: 'SIGKILL', stoppedFor: 'cancel' });
    expect(findMarked(mark)).toEqual([]);
  });

  it('TERM-3: leaves nobody behind when it ends by itself', async () => {
    const { program, mark } = await shell(
      `trap 'exit 3' USR1; (trap "" HUP; kill -USR1 $$; exec sleep 60) & wait; wait`,
    );
    const { exitCode, leftovers } = await program.exited;
    expect(exitCode).toBe(3);
    expect([...leftovers.ended, ...leftovers.killed]).toHaveLength(1);
    expect(findMarked(mark)).toEqual([]);
  });

  it('TERM-4: is not started where node-pty is missing, and it is said', async () => {
    const spec = { argv: ['/bin/sh'] as const, cwd: '/', env: {}, mark: 'terminal-test-none', size: USUAL_SIZE };
    const load = async () => err(new Error("Cannot find package 'node-pty'"));
    const started = await startInTerminal({ clock: Date.now }, { ...spec, output: collect().sink }, load);
    expect(started).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/^this profile wants a terminal, and node-pty is not installed: /) },
    });
  });

  it('says why it cannot be started', async () => {
    const spec = { cwd: '/', env: {}, mark: 'terminal-test-none', output: collect().sink, size: USUAL_SIZE };
    const missing = await startInTerminal({ clock: Date.now }, { ...spec, argv: ['/no/such/program'] });
    expect(missing).toMatchObject({ ok: false, error: { code: 'program_not_found' } });
    const nowhere = await startInTerminal({ clock: Date.now }, { ...spec, argv: ['/bin/sh'], cwd: '/no/such/folder' });
    expect(nowhere).toMatchObject({ ok: false, error: { code: 'cwd_missing' } });
  });
});
