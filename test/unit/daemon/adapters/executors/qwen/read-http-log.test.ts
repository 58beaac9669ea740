import { describe, expect, it } from 'vitest';
import { createHttpLogReader } from '../../../../../../main/daemon/adapters/executors/qwen/read-http-log.ts';

const answered = (what: string) =>
  `[log_be26f1, retryOf: log_0, x-request-id: "r"] post http://127.0.0.1:1/v1/chat/completions ${what}`;
const retry = (attempt: number, text: string) => {
  const [status] = /\d+$/.exec(text) ?? [];
  const told = status === undefined ? {} : { status: Number(status) };
  return { of: 'activity', activity: { kind: 'retry', attempt, text, ...told } };
};
const refused = (kind: string, text: string) => ({
  of: 'model_request',
  isFruitful: false,
  refusal: { kind, text },
});

describe('QWEN-6: what the library behind Qwen Code tells', () => {
  it('each failure is a retry, and the one by which it gives up a request of which nothing came', () => {
    const read = createHttpLogReader();
    const text = 'The service answers HTTP 429';
    expect(read(answered('failed with status 429 in 27ms - retrying, 3 attempts remaining'))).toEqual([retry(1, text)]);
    expect(read(answered('failed with status 429 in 9ms - error; no more retries left'))).toEqual([
      retry(2, text),
      refused('rate_limit', text),
    ]);
  });

  it.each([
    ['connection failed - error; no more retries left', 'model', 'The connection to the service failed'],
    ['connection timed out - error; no more retries left', 'model', 'The connection to the service timed out'],
    ['post http://h/v1 failed with status 401 in 3ms - error; not retryable', 'auth', 'The service answers HTTP 401'],
    [
      'post http://h/v1 failed with status 500 in 3ms - error; no more retries left',
      'model',
      'The service answers HTTP 500',
    ],
  ])('%s', (line, kind, text) => {
    expect(createHttpLogReader()(`[log_1] ${line}`)).toEqual([retry(1, text), refused(kind, text)]);
  });

  it('counts anew after an answer, which is nothing that has to be told', () => {
    const read = createHttpLogReader();
    read('[log_1] connection failed - retrying, 3 attempts remaining');
    expect(read(answered('succeeded with status 200 in 34ms'))).toEqual([]);
    expect(read('[log_1] connection failed - retrying, 3 attempts remaining')).toEqual([
      retry(1, 'The connection to the service failed'),
    ]);
  });

  it.each([
    '{"type":"system","subtype":"init"}',
    'Ripgrep not available',
    '[log_1] sending request',
    '{"text":"[log_1] connection failed - error; no more retries left"}',
  ])('passes over %s', (line) => {
    expect(createHttpLogReader()(line)).toEqual([]);
  });
});
