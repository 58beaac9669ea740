import { describe, expect, it } from 'vitest';
import { createMessageStream } from '../../../../../../main/daemon/adapters/executors/acp/message-stream.ts';

const line = (message: object) => JSON.stringify({ jsonrpc: '2.0', ...message });

describe('ACP-12: messages over lines', () => {
  it('wait for the program, and are a line each', async () => {
    const { stream, begin } = createMessageStream();
    const written: string[] = [];
    const writer = stream.writable.getWriter();
    const writing = writer.write({ jsonrpc: '2.0', id: 1, method: 'initialize' });
    expect(written).toEqual([]);
    begin({ write: (text) => void written.push(text), end: () => undefined });
    await writing;
    expect(written).toEqual(['{"jsonrpc":"2.0","id":1,"method":"initialize"}\n']);
  });

  it('are handed on when they call, or answer what was asked, once', async () => {
    const { stream, begin, take } = createMessageStream();
    begin({ write: () => undefined, end: () => undefined });
    await stream.writable.getWriter().write({ jsonrpc: '2.0', id: 1, method: 'initialize' });
    expect(take(line({ id: 1, result: {} }))).toBe(true);
    expect(take(line({ id: 1, result: {} }))).toBe(false);
    expect(take(line({ id: 9, error: { code: 1, message: '' } }))).toBe(false);
    expect(take(line({ method: 'session/update', params: {} }))).toBe(true);
    expect(take(line({ id: 0, method: 'session/request_permission' }))).toBe(true);
    for (const noise of ['', 'prose', '[]', 'null', '{}', '{"jsonrpc":"1.0","id":1}', line({})]) {
      expect(take(noise)).toBe(false);
    }
    const reader = stream.readable.getReader();
    const first = await reader.read();
    expect(first.value).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
  });
});
